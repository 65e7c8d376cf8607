/** Mails that could not be delivered: to whom, about what, why; sent again. In a demonstration, where the mails are caught. */
import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { rootAddress } from "../../address";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { FormProblem } from "../../desk/form/refusal";
import { Empty, usePageTitle } from "../../desk/pieces";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { everyPage, FILE_PAGE } from "../../desk/table/every-page";
import { ListFile } from "../../desk/table/ListFile";
import { ListFrame } from "../../desk/table/ListFrame";
import { useListSearch } from "../../desk/table/search";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { useSession } from "../../session/session";
import type { DeadLetter } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { SettingsTabs } from "./SettingsTabs";

const DEAD_LETTERS = ["dead-letters"] as const;

export function MailsPage() {
  const { t } = useTranslation("people");
  const search = useListSearch();
  const session = useSession();
  usePageTitle(t("mails.title"));
  const list = useQuery({
    queryKey: [...DEAD_LETTERS, search.page],
    queryFn: ({ signal }) => ask("GET /api/dead-letters", { query: { page: search.page }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("mails.title")}</h1>
        {session.data?.demonstration ? (
          <Button
            component="a"
            href={new URL("demo/mails", rootAddress).href}
            target="_blank"
            variant="default"
          >
            {t("mails.caught")}
          </Button>
        ) : (
          <span />
        )}
      </div>
      <SettingsTabs />
      <ListFrame list={list} search={search} empty={<Empty>{t("mails.empty")}</Empty>} foot={<MailsFile />}>
        {({ items }) => <MailsTable letters={items} />}
      </ListFrame>
    </>
  );
}

function MailsTable({ letters }: { letters: DeadLetter[] }) {
  const { t } = useTranslation("people");
  const language = useLanguage();
  const columns: Column<DeadLetter>[] = [
    { key: "to", head: t("mails.to"), cell: ({ email }) => email, phone: "title" },
    { key: "kind", head: t("mails.about"), cell: ({ kind }) => t(`mails.kinds.${kind}`) },
    { key: "why", head: t("mails.why"), cell: ({ failure }) => failure },
    { key: "tries", head: t("mails.tries"), cell: ({ attempts }) => attempts, right: true },
    {
      key: "dead",
      head: t("mails.given_up"),
      cell: ({ dead_at }) => formatTime(dead_at, "dayClock", language),
    },
    { key: "again", head: t("actions"), cell: (letter) => <Retry letter={letter} />, phone: "bare" },
  ];
  return <DataTable label={t("mails.title")} columns={columns} rows={letters} rowKey={({ id }) => id} />;
}

function Retry({ letter: { id, email } }: { letter: DeadLetter }) {
  const { t } = useTranslation("people");
  const retrying = useAction(() => ask("POST /api/dead-letters/{id}/retry", { ids: { id } }), {
    refresh: [DEAD_LETTERS],
    said: t("mails.queued", { email }),
  });
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        loading={retrying.isPending}
        aria-label={t("mails.retry_to", { email })}
        onClick={() => retrying.mutate()}
      >
        {t("mails.retry")}
      </Button>
      <FormProblem error={retrying.error} />
    </>
  );
}

function MailsFile() {
  const { t } = useTranslation("people");
  return (
    <ListFile<DeadLetter>
      name={t("mails.file")}
      load={() => everyPage((page) => ask("GET /api/dead-letters", { query: { page, limit: FILE_PAGE } }))}
      columns={[
        { head: t("mails.to"), cell: ({ email }) => email },
        { head: t("mails.about"), cell: ({ kind }) => t(`mails.kinds.${kind}`) },
        { head: t("mails.why"), cell: ({ failure }) => failure },
        { head: t("mails.tries"), cell: ({ attempts }) => attempts },
        { head: t("mails.given_up"), cell: ({ dead_at }) => dead_at },
      ]}
    />
  );
}
