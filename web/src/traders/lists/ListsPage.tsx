/** The mailing lists of the reader's entities (§3.1). */
import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import { useMay, useMe } from "../../desk/me";
import { Empty, Problem, usePageTitle } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { RowsFile } from "../../desk/table/ListFile";
import { SearchField, Tools } from "../../desk/table/ListFrame";
import { useListSearch } from "../../desk/table/search";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";
import { type MailingListLine, useMailingLists } from "./api";

export function ListsPage() {
  const { t } = useTranslation("traders");
  const may = useMay()("manage_mailing_lists");
  const lists = useMailingLists();
  usePageTitle(t("lists.title"));
  const create = (
    <Button component={Link} href="/mailing-lists/new">
      {t("lists.create")}
    </Button>
  );
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("lists.title")}</h1>
        {may ? create : null}
      </div>
      {lists.isLoadingError ? (
        <Problem error={lists.error} retry={() => void lists.refetch()} />
      ) : lists.isPending ? (
        <Skeleton height={180} radius="md" aria-busy="true" />
      ) : lists.data.length === 0 ? (
        <div className={desk.card}>
          <Empty action={may ? create : null}>{t("lists.empty")}</Empty>
        </div>
      ) : (
        <Lists lists={lists.data} />
      )}
    </>
  );
}

function Lists({ lists }: { lists: MailingListLine[] }) {
  const { t } = useTranslation("traders");
  const language = useLanguage();
  const { entities } = useMe();
  const search = useListSearch();
  const nameOf = (entity: number) => entities.find(({ id }) => id === entity)?.name ?? "";
  const shown = lists.filter(({ title }) => title.toLowerCase().includes(search.value("q").toLowerCase()));
  const columns: Column<MailingListLine>[] = [
    { key: "title", head: t("lists.name"), cell: ({ title }) => title, phone: "title" },
    { key: "entity", head: t("lists.entity"), cell: ({ entity }) => nameOf(entity) },
    {
      key: "count",
      head: t("lists.members"),
      right: true,
      phone: "corner",
      cell: ({ count }) => formatCount(count, language),
    },
  ];
  return (
    <>
      <Tools>
        <SearchField search={search} label={t("lists.search")} />
      </Tools>
      {shown.length === 0 ? (
        <div className={desk.card}>
          <Empty>{t("list.nothing")}</Empty>
        </div>
      ) : (
        <>
          <DataTable
            label={t("lists.title")}
            columns={columns}
            rows={shown}
            rowKey={({ id }) => id}
            href={({ id }) => `/mailing-lists/${id}`}
          />
          <RowsFile
            name={t("lists.file")}
            rows={shown}
            columns={[
              { head: t("lists.name"), cell: ({ title }) => title },
              { head: t("lists.entity"), cell: ({ entity }) => nameOf(entity) },
              { head: t("lists.members"), cell: ({ count }) => count },
            ]}
          />
        </>
      )}
    </>
  );
}
