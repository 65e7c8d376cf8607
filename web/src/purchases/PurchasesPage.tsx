/** Every vehicle that the trader has bought, by state, with its papers (§6.5); searched, counted, and as a file. */
import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { PaperLink } from "../desk/PaperLink";
import { Empty, usePageTitle } from "../desk/pieces";
import { type Column, DataTable } from "../desk/table/DataTable";
import { ListFrame, SearchField, Tools } from "../desk/table/ListFrame";
import { Count, StateTabs } from "../desk/table/StateTabs";
import { type ListSearch, useListSearch } from "../desk/table/search";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { formatAmount } from "../money";
import type { PurchaseItem } from "../wire/generated/http";
import { ask } from "../wire/http";
import { PurchasesFile } from "./PurchasesFile";
import { PurchaseChip } from "./pieces";
import css from "./purchases.module.css";
import { stateOf } from "./state";

const STATES = ["all", "reserved", "ordered", "delivered", "released", "offered"] as const;
type ListState = (typeof STATES)[number];

/** What the address asks for, as the server takes it. */
export interface PurchasesAsked {
  q: string;
  state?: PurchaseItem["state"];
}

const askedOf = (search: ListSearch, state: ListState): PurchasesAsked => ({
  q: search.value("q"),
  ...(state === "all" ? {} : { state }),
});

function usePurchases(asked: PurchasesAsked, page: number) {
  return useQuery({
    queryKey: ["purchases", "list", asked, page],
    queryFn: ({ signal }) => ask("GET /api/purchases", { query: { ...asked, page }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function PurchasesPage() {
  const { t } = useTranslation("purchases");
  const search = useListSearch();
  usePageTitle(t("title"));
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("title")}</h1>
      </div>
      <StateTabs
        label={t("title")}
        search={search}
        states={STATES}
        word={(state) => t(`tabs.${state}`)}
        count={(state) => <Total asked={askedOf(search, state)} />}
        tools={
          <Tools>
            <SearchField search={search} label={t("search")} hint={t("search_hint")} />
          </Tools>
        }
      >
        {(state) => <List search={search} state={state} />}
      </StateTabs>
    </>
  );
}

function Total({ asked }: { asked: PurchasesAsked }) {
  return <Count of={usePurchases(asked, 1).data?.total} />;
}

function List({ search, state }: { search: ListSearch; state: ListState }) {
  const { t } = useTranslation("purchases");
  const asked = askedOf(search, state);
  const list = usePurchases(asked, search.page);
  const columns = useColumns();
  return (
    <ListFrame
      list={list}
      search={search}
      empty={<Nothing search={search} state={state} />}
      foot={<PurchasesFile asked={asked} name={t(`tabs.${state}`)} />}
    >
      {({ items }) => (
        <DataTable
          label={t(`tabs.${state}`)}
          columns={columns}
          rows={items}
          rowKey={({ offer, vehicle }) => `${offer} ${vehicle}`}
          href={({ offer }) => `/purchases/${offer}`}
        />
      )}
    </ListFrame>
  );
}

function Nothing({ search, state }: { search: ListSearch; state: ListState }) {
  const { t } = useTranslation("purchases");
  const words = search.value("q");
  if (words !== "")
    return (
      <Empty
        action={
          <Button variant="default" onClick={() => search.change({ q: "" })}>
            {t("clear")}
          </Button>
        }
      >
        {t("nothing", { search: words })}
      </Empty>
    );
  return (
    <Empty action={state === "all" ? <Link href="/">{t("to_auctions")}</Link> : undefined}>
      {t(`empty.${state}`)}
    </Empty>
  );
}

function useColumns(): Column<PurchaseItem>[] {
  const { t } = useTranslation("purchases");
  const language = useLanguage();
  const day = (instant: string | null) => (instant ? formatTime(instant, "date", language) : "–");
  const head = (key: Parameters<typeof column>[0]) => t(`columns.${key}`);
  const column = (
    key: "vehicle" | "seller" | "offer" | "price" | "state" | "bought" | "delivery" | "papers",
  ) => ({
    key,
    head: head(key),
  });
  return [
    { ...column("vehicle"), phone: "title", cell: (item) => <VehicleName item={item} /> },
    {
      ...column("seller"),
      cell: ({ entity, city }) => [entity, city].filter(Boolean).join(" · "),
    },
    { ...column("offer"), phone: "hidden", cell: ({ offer_number }) => offer_number },
    {
      ...column("price"),
      right: true,
      phone: "corner",
      cell: ({ price, price_ht }) => (
        <>
          <b>{formatAmount(price, language)}</b>
          {price_ht === price ? null : (
            <span className={css.under}>
              {t("one.total_ht")} {formatAmount(price_ht, language)}
            </span>
          )}
        </>
      ),
    },
    { ...column("state"), phone: "bare", cell: (item) => <PurchaseChip of={stateOf(item)} /> },
    { ...column("bought"), cell: ({ bought_at }) => day(bought_at) },
    {
      ...column("delivery"),
      cell: ({ delivered_at, delivery_at }) =>
        delivered_at ? day(delivered_at) : delivery_at ? formatTime(delivery_at, "dayClock", language) : "–",
    },
    { ...column("papers"), phone: "bare", cell: (item) => <Papers item={item} /> },
  ];
}

function VehicleName({ item }: { item: PurchaseItem }) {
  return (
    <>
      {item.make} {item.model}
      <span className={css.under}>{[item.version, item.plate].filter(Boolean).join(" · ")}</span>
    </>
  );
}

function Papers({ item }: { item: PurchaseItem }) {
  const { t } = useTranslation("purchases");
  const { papers, offer_number, order_number } = item;
  const vehicle = [item.make, item.model, item.plate ?? item.vin].filter(Boolean).join(" ");
  return (
    <span className={css.papers}>
      <PaperLink
        address={papers.offer}
        says={t("papers.short_offer")}
        name={t("papers.offer_of", { number: offer_number })}
      />
      {papers.order ? (
        <PaperLink
          address={papers.order}
          says={t("papers.short_order")}
          name={t("papers.order_of", { number: order_number })}
        />
      ) : null}
      {papers.delivery ? (
        <PaperLink
          address={papers.delivery}
          says={t("papers.short_delivery")}
          name={`${t("papers.delivery")} · ${vehicle}`}
        />
      ) : null}
    </span>
  );
}
