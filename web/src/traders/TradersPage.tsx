/** The traders that the group knows: searched and filtered, with what each entity has with them. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { useMay, useMe } from "../desk/me";
import { usePageTitle } from "../desk/pieces";
import { type Column, DataTable } from "../desk/table/DataTable";
import { EntityFilter } from "../desk/table/EntityFilter";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import { Filter } from "../desk/table/Filter";
import { type FileColumn, ListFile } from "../desk/table/ListFile";
import { ListFrame, SearchField, Tools } from "../desk/table/ListFrame";
import { Nothing } from "../desk/table/Nothing";
import { type ListSearch, useListSearch } from "../desk/table/search";
import type { TraderLine } from "../wire/generated/http";
import { ask } from "../wire/http";
import { TRADER_STATES, type TradersQuery, tradersAsked, useInvitations, useTraders } from "./api";
import { formatSiret } from "./company";
import { Standings, useSince } from "./Standing";
import css from "./traders.module.css";

export function TradersPage() {
  const { t } = useTranslation("traders");
  const search = useListSearch();
  const query = tradersAsked(search);
  const list = useTraders(query, search.page);
  usePageTitle(t("title"));
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("title")}</h1>
        <Actions />
      </div>
      <Tools>
        <SearchField search={search} label={t("list.search")} hint={t("list.search_hint")} />
        <Filters search={search} />
      </Tools>
      <ListFrame
        list={list}
        search={search}
        empty={<NoTraders searched={Object.keys(search.asked).length > 0} />}
        foot={<TradersFile query={query} />}
      >
        {({ items }) => <TraderTable items={items} search={search} />}
      </ListFrame>
    </>
  );
}

function Actions() {
  const { t } = useTranslation("traders");
  const may = useMay()("manage_connections");
  const pending = useInvitations({ state: "pending", limit: 1 }, may);
  if (!may) return null;
  return (
    <div className={css.actions}>
      <Button component={Link} href="/invitations" variant="default">
        {pending.data ? t("list.invitations", { count: pending.data.total }) : t("invitations.title")}
      </Button>
      <Button component={Link} href="/traders/new">
        {t("list.add")}
      </Button>
    </div>
  );
}

function Filters({ search }: { search: ListSearch }) {
  const { t } = useTranslation("traders");
  return (
    <>
      <Filter
        search={search}
        name="state"
        label={t("list.state")}
        any={t("list.any_state")}
        options={TRADER_STATES.map((state) => ({ value: state, label: t(`states.${state}`) }))}
      />
      <EntityFilter search={search} />
      <Filter
        search={search}
        name="kind"
        label={t("list.kind")}
        any={t("list.any_kind")}
        options={[
          { value: "merchant", label: t("kinds.merchant") },
          { value: "bidder", label: t("kinds.bidder") },
        ]}
      />
    </>
  );
}

function TraderTable({ items, search }: { items: TraderLine[]; search: ListSearch }) {
  const { t } = useTranslation("traders");
  const columns: Column<TraderLine>[] = [
    {
      key: "name",
      head: t("company.legal_name"),
      sort: "name",
      phone: "title",
      cell: ({ legal_name }) => <span className={css.name}>{legal_name}</span>,
    },
    { key: "city", head: t("company.city"), sort: "city", cell: ({ city }) => city || "–" },
    { key: "siret", head: t("company.siret"), cell: ({ siret }) => formatSiret(siret), phone: "hidden" },
    { key: "kind", head: t("company.kind"), cell: ({ kind }) => t(`kinds.${kind}`), phone: "corner" },
    {
      key: "standings",
      head: t("list.connections"),
      sort: "since",
      phone: "bare",
      cell: ({ standings }) => <Standings standings={standings} />,
    },
  ];
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={items}
      rowKey={({ id }) => id}
      href={({ id }) => `/traders/${id}`}
      sort={search.sort ?? "name"}
      onSort={(sort) => search.change({ sort: sort === "name" ? "" : sort })}
    />
  );
}

function NoTraders({ searched }: { searched: boolean }) {
  const { t } = useTranslation("traders");
  const may = useMay()("manage_connections");
  return (
    <Nothing
      narrowed={searched}
      nothing={t("list.nothing")}
      all={{ says: t("list.show_all"), href: "/traders" }}
      empty={t("list.empty")}
      first={may ? { says: t("list.add"), href: "/traders/new" } : null}
    />
  );
}

function TradersFile({ query }: { query: TradersQuery }) {
  const { t } = useTranslation("traders");
  const { entities } = useMe();
  const since = useSince();
  const load = () =>
    everyPage((page) => ask("GET /api/traders", { query: { ...query, page, limit: FILE_PAGE } }));
  const columns: FileColumn<TraderLine>[] = [
    { head: t("company.legal_name"), cell: ({ legal_name }) => legal_name },
    { head: t("company.siret"), cell: ({ siret }) => siret },
    { head: t("company.city"), cell: ({ city }) => city },
    { head: t("company.kind"), cell: ({ kind }) => t(`kinds.${kind}`) },
    ...entities.map(({ id, name }) => ({
      head: name,
      cell: ({ standings }: TraderLine) =>
        standings
          .filter(({ entity }) => entity === id)
          .map((one) => `${t(`states.${one.state}`)} ${since(one)}`)
          .join(" · "),
    })),
  ];
  return <ListFile name={t("list.file")} columns={columns} load={load} />;
}
