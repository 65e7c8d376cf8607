/** Deliveries by what is to be done with them (§6.1): scheduled, declared, invoiced, in place; each list as a file. */
import { Tabs, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useMe } from "../../desk/me";
import { usePageTitle } from "../../desk/pieces";
import { SearchField, Tools } from "../../desk/table/ListFrame";
import { type ListSearch, useListSearch } from "../../desk/table/search";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";
import { type DeliveriesQuery, type DueQuery, useDeliveries, useDue, useSites } from "../api";
import { dayBegins } from "../moments";
import { EntityFilter, Filter } from "../pieces";
import css from "../sales.module.css";
import { DeliveryTable } from "./DeliveryTable";
import { DueTable } from "./DueTable";

const STATES = ["due", "scheduled", "not_honoured", "delivered", "released", "cancelled"] as const;
export type DeliveriesState = (typeof STATES)[number];

/** What a tab asks the server for; what is due is asked elsewhere. */
const ASKED: Record<Exclude<DeliveriesState, "due">, DeliveriesQuery> = {
  scheduled: { status: "scheduled", sort: "scheduled_at" },
  not_honoured: { status: "not_honoured" },
  delivered: { status: "honoured", invoiced: false },
  released: { status: "honoured", invoiced: true },
  cancelled: { status: "cancelled" },
};
export const FILTERS = ["q", "entity", "site", "from", "to"];

function dueQueryOf(search: ListSearch): DueQuery {
  const entity = Number(search.value("entity"));
  const site = Number(search.value("site"));
  return { q: search.value("q"), ...(entity ? { entity } : {}), ...(site ? { site } : {}) };
}

function queryOf(search: ListSearch, state: Exclude<DeliveriesState, "due">): DeliveriesQuery {
  const from = dayBegins(search.value("from"));
  const to = dayBegins(search.value("to"), 1);
  return { ...dueQueryOf(search), ...ASKED[state], ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

export function DeliveriesPage() {
  const { t } = useTranslation("sales");
  const search = useListSearch();
  usePageTitle(t("deliveries.title"));
  const state = STATES.find((one) => one === search.value("status")) ?? "due";
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("deliveries.title")}</h1>
      </div>
      <Tools>
        <SearchField search={search} label={t("deliveries.search")} hint={t("deliveries.search_hint")} />
        <EntityFilter search={search} />
        <SiteFilter search={search} />
        {state === "due" ? null : <Days search={search} />}
      </Tools>
      <Tabs
        value={state}
        keepMounted={false}
        onChange={(next) => search.change({ status: next === "due" ? "" : (next ?? "") })}
      >
        <Tabs.List aria-label={t("deliveries.title")} mb="sm">
          <DueTab query={dueQueryOf(search)} />
          {STATES.map((one) =>
            one === "due" ? null : <StateTab key={one} state={one} query={queryOf(search, one)} />,
          )}
        </Tabs.List>
        <Tabs.Panel value={state}>
          {state === "due" ? (
            <DueTable search={search} query={dueQueryOf(search)} />
          ) : (
            <DeliveryTable key={state} search={search} state={state} query={queryOf(search, state)} />
          )}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function DueTab({ query }: { query: DueQuery }) {
  const { t } = useTranslation("sales");
  const { data } = useDue({ ...query, limit: 1 });
  return (
    <Tabs.Tab value="due" rightSection={<Count of={data?.total} />}>
      {t("deliveries.states.due")}
    </Tabs.Tab>
  );
}

function StateTab({ state, query }: { state: Exclude<DeliveriesState, "due">; query: DeliveriesQuery }) {
  const { t } = useTranslation("sales");
  const { data } = useDeliveries({ ...query, limit: 1 });
  return (
    <Tabs.Tab value={state} rightSection={<Count of={data?.total} />}>
      {t(`deliveries.states.${state}`)}
    </Tabs.Tab>
  );
}

function Count({ of }: { of: number | undefined }) {
  const language = useLanguage();
  return of === undefined ? null : <span className={css.count}>{formatCount(of, language)}</span>;
}

function SiteFilter({ search }: { search: ListSearch }) {
  const { t } = useTranslation("sales");
  const { entities } = useMe();
  const sites = useSites(undefined);
  const entity = Number(search.value("entity"));
  const offered = (sites.data ?? []).filter((site) =>
    entity ? site.entity === entity : entities.some(({ id }) => id === site.entity),
  );
  return (
    <Filter
      search={search}
      name="site"
      label={t("deliveries.site")}
      any={t("anyone")}
      options={offered.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}

function Days({ search }: { search: ListSearch }) {
  const { t } = useTranslation("sales");
  return (["from", "to"] as const).map((name) => (
    <TextInput
      key={name}
      className={css.filter ?? ""}
      type="date"
      label={t(`deliveries.${name}`)}
      value={search.value(name)}
      onChange={(event) => search.change({ [name]: event.currentTarget.value })}
    />
  ));
}
