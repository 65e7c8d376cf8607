/** Deliveries by what is to be done with them (§6.1): scheduled, declared, invoiced, in place; each list as a file. */
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useMe } from "../../desk/me";
import { usePageTitle } from "../../desk/pieces";
import { EntityFilter } from "../../desk/table/EntityFilter";
import { Filter } from "../../desk/table/Filter";
import { SearchField, Tools } from "../../desk/table/ListFrame";
import { Count, StateTabs } from "../../desk/table/StateTabs";
import { type ListSearch, useListSearch } from "../../desk/table/search";
import { type DeliveriesQuery, type DueQuery, useDeliveries, useDue, useSites } from "../api";
import { dayBegins } from "../moments";
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
      <StateTabs
        label={t("deliveries.title")}
        search={search}
        name="status"
        states={STATES}
        word={(one) => t(`deliveries.states.${one}`)}
        count={(one) =>
          one === "due" ? <Due query={dueQueryOf(search)} /> : <Found query={queryOf(search, one)} />
        }
        tools={
          <Tools>
            <SearchField search={search} label={t("deliveries.search")} hint={t("deliveries.search_hint")} />
            <EntityFilter search={search} frees={["site"]} />
            <SiteFilter search={search} />
            {state === "due" ? null : <Days search={search} />}
          </Tools>
        }
      >
        {(shown) =>
          shown === "due" ? (
            <DueTable search={search} query={dueQueryOf(search)} />
          ) : (
            <DeliveryTable key={shown} search={search} state={shown} query={queryOf(search, shown)} />
          )
        }
      </StateTabs>
    </>
  );
}

function Due({ query }: { query: DueQuery }) {
  return <Count of={useDue({ ...query, limit: 1 }).data?.total} />;
}

function Found({ query }: { query: DeliveriesQuery }) {
  return <Count of={useDeliveries({ ...query, limit: 1 }).data?.total} />;
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
      any={t("deliveries.any_site")}
      options={offered.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}

function Days({ search }: { search: ListSearch }) {
  const { t } = useTranslation("sales");
  return (["from", "to"] as const).map((name) => (
    <TextInput
      key={name}
      type="date"
      label={t(`deliveries.${name}`)}
      value={search.value(name)}
      onChange={(event) => search.change({ [name]: event.currentTarget.value })}
    />
  ));
}
