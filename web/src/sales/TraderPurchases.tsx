/** What a trader has bought from the dealer's group, with dates, prices and papers (§6.5): shown on the trader's card. */
import "./words";
import { NativeSelect, Pagination, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { Chip, Empty, Problem, type Tone } from "../desk/pieces";
import { type Column, DataTable } from "../desk/table/DataTable";
import { Tools } from "../desk/table/ListFrame";
import type { PurchaseItem } from "../wire/generated/http";
import { ask } from "../wire/http";
import { PurchasesFile } from "./files";
import { Moment, Money, PaperLink, VehicleName } from "./pieces";
import css from "./sales.module.css";

const STATES = ["reserved", "ordered", "delivered", "released", "offered"] as const;
const LOOKS: Record<PurchaseItem["state"], [Tone, string]> = {
  offered: ["plain", "○"],
  reserved: ["warn", "◐"],
  ordered: ["warn", "◷"],
  delivered: ["win", "✓"],
  released: ["win", "✓"],
};
const WAIT_MS = 250;
const SHOWN = 20;

export function TraderPurchases({ trader }: { trader: number }) {
  const { t } = useTranslation("sales");
  const [typed, setTyped] = useState("");
  const [state, setState] = useState<PurchaseItem["state"] | null>(null);
  const [page, setPage] = useState(1);
  const [q] = useDebouncedValue(typed.trim(), WAIT_MS);
  return (
    <section aria-label={t("purchases.title")}>
      <div className={css.bar}>
        <h2>{t("purchases.title")}</h2>
      </div>
      <Tools>
        <TextInput
          type="search"
          aria-label={t("purchases.search")}
          placeholder={t("purchases.search_hint")}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setPage(1);
          }}
        />
        <NativeSelect
          aria-label={t("purchases.state")}
          value={state ?? ""}
          data={[
            { value: "", label: t("purchases.bought") },
            ...STATES.map((one) => ({ value: one, label: t(`purchase_states.${one}`) })),
          ]}
          onChange={(event) => {
            setState(STATES.find((one) => one === event.currentTarget.value) ?? null);
            setPage(1);
          }}
        />
      </Tools>
      <Bought trader={trader} state={state} q={q} page={page} turn={setPage} />
    </section>
  );
}

interface Asked {
  trader: number;
  state: PurchaseItem["state"] | null;
  q: string;
  page: number;
  turn: (page: number) => void;
}

function Bought({ trader, state, q, page, turn }: Asked) {
  const { t } = useTranslation("sales");
  const { t: tt } = useTranslation();
  const columns = useColumns();
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
  if (list.isPending) return <Skeleton height={120} aria-busy="true" />;
  if (list.isError) return <Problem error={list.error} retry={() => void list.refetch()} />;
  if (list.data.total === 0)
    return <Empty>{t(state === null && q === "" ? "purchases.empty" : "purchases.nothing")}</Empty>;
  return (
    <>
      <DataTable
        label={t("purchases.title")}
        columns={columns}
        rows={list.data.items}
        rowKey={({ vehicle, offer }) => `${offer}-${vehicle}`}
        href={({ offer }) => `/offers/${offer}`}
      />
      <div className={`${css.bar} ${css.below}`}>
        <span className={desk.muted}>
          {tt("table.count", { count: list.data.total, figure: String(list.data.total) })}
        </span>
        {list.data.pages > 1 ? (
          <Pagination
            size="sm"
            value={list.data.page}
            total={list.data.pages}
            onChange={turn}
            aria-label={tt("table.pages")}
            getControlProps={(control) => ({ "aria-label": tt(`table.page_${control}`) })}
          />
        ) : null}
        <PurchasesFile trader={trader} state={state} q={q} />
      </div>
    </>
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
      cell: ({ papers, order }) => (
        <PaperLink
          path={(order ? (papers.order ?? papers.offer) : papers.offer).replace(/^\/api\//, "")}
          compact
        >
          PDF
        </PaperLink>
      ),
    },
  ];
}
