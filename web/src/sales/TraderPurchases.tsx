/** What a trader has bought from the dealer's group, with dates, prices and papers (§6.5): shown on the trader's card. */
import "./words";
import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PaperLink } from "../desk/PaperLink";
import { Chip, Empty, type Tone } from "../desk/pieces";
import { type Column, DataTable } from "../desk/table/DataTable";
import { ListFrame, SearchField, Tools } from "../desk/table/ListFrame";
import { type ListSearch, useListSearch } from "../desk/table/search";
import type { PurchaseItem } from "../wire/generated/http";
import { ask } from "../wire/http";
import { PurchasesFile } from "./files";
import { Moment, Money, nameOf, VehicleName } from "./pieces";
import css from "./sales.module.css";

const STATES = ["reserved", "ordered", "delivered", "released", "offered"] as const;
const LOOKS: Record<PurchaseItem["state"], [Tone, string]> = {
  offered: ["plain", "○"],
  reserved: ["warn", "◐"],
  ordered: ["warn", "◷"],
  delivered: ["win", "✓"],
  released: ["win", "✓"],
};
const SHOWN = 20;

/** The search, the state and the page are the address's: a reload and the way back show the same list. */
export function TraderPurchases({ trader }: { trader: number }) {
  const { t } = useTranslation("sales");
  const search = useListSearch();
  return (
    <section aria-label={t("purchases.title")}>
      <div className={css.bar}>
        <h2>{t("purchases.title")}</h2>
      </div>
      <Tools>
        <SearchField search={search} label={t("purchases.search")} hint={t("purchases.search_hint")} />
        <NativeSelect
          aria-label={t("purchases.state")}
          value={stateOf(search) ?? ""}
          data={[
            { value: "", label: t("purchases.bought") },
            ...STATES.map((one) => ({ value: one, label: t(`purchase_states.${one}`) })),
          ]}
          onChange={(event) => search.change({ state: event.currentTarget.value })}
        />
      </Tools>
      <Bought trader={trader} search={search} />
    </section>
  );
}

function stateOf(search: ListSearch): PurchaseItem["state"] | null {
  return STATES.find((one) => one === search.value("state")) ?? null;
}

function Bought({ trader, search }: { trader: number; search: ListSearch }) {
  const { t } = useTranslation("sales");
  const columns = useColumns();
  const state = stateOf(search);
  const q = search.value("q");
  const { page } = search;
  const list = useQuery({
    queryKey: ["traders", trader, "purchases", state, q, page],
    queryFn: ({ signal }) =>
      ask("GET /api/traders/{id}/purchases", {
        ids: { id: trader },
        query: { state, q, page, limit: SHOWN },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  return (
    <ListFrame
      list={list}
      search={search}
      empty={<Empty>{t(state === null && q === "" ? "purchases.empty" : "purchases.nothing")}</Empty>}
      foot={<PurchasesFile trader={trader} state={state} q={q} />}
    >
      {({ items }) => (
        <DataTable
          label={t("purchases.title")}
          columns={columns}
          rows={items}
          rowKey={({ vehicle, offer }) => `${offer}-${vehicle}`}
          href={({ offer }) => `/offers/${offer}`}
        />
      )}
    </ListFrame>
  );
}

function useColumns(): Column<PurchaseItem>[] {
  const { t } = useTranslation("sales");
  return [
    {
      key: "vehicle",
      head: t("purchases.columns.vehicle"),
      phone: "title",
      cell: (item) => <VehicleName vehicle={item} />,
    },
    {
      key: "offer",
      head: t("purchases.columns.offer"),
      cell: ({ offer, offer_number }) => <Link href={`/offers/${offer}`}>{offer_number}</Link>,
    },
    {
      key: "state",
      head: t("purchases.columns.state"),
      phone: "corner",
      cell: ({ state }) => (
        <Chip tone={LOOKS[state][0]} sign={LOOKS[state][1]}>
          {t(`purchase_states.${state}`)}
        </Chip>
      ),
    },
    {
      key: "bought",
      head: t("purchases.columns.bought"),
      cell: ({ bought_at }) => <Moment at={bought_at} shape="date" />,
    },
    {
      key: "delivered",
      head: t("purchases.columns.delivered"),
      cell: ({ delivered_at }) => (delivered_at ? <Moment at={delivered_at} shape="date" /> : t("none")),
    },
    {
      key: "price",
      head: t("purchases.columns.price"),
      right: true,
      cell: ({ price }) => (
        <b>
          <Money amount={price} />
        </b>
      ),
    },
    {
      key: "paper",
      head: "PDF",
      phone: "bare",
      cell: ({ papers, order, order_number, offer_number, ...vehicle }) => (
        <PaperLink
          address={order ? (papers.order ?? papers.offer) : papers.offer}
          says="PDF"
          name={`PDF · ${order ? (order_number ?? offer_number) : offer_number} · ${nameOf(vehicle)}`}
          look="small-button"
        />
      ),
    },
  ];
}
