/** The offers of the dealer's entities by state (§6.1): found, filtered, counted, with totals HT or TTC, and as a file. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { useMay, useMe } from "../desk/me";
import { usePageTitle } from "../desk/pieces";
import { type Column, DataTable } from "../desk/table/DataTable";
import { EntityFilter } from "../desk/table/EntityFilter";
import { Filter } from "../desk/table/Filter";
import { ListFrame, SearchField, Tools } from "../desk/table/ListFrame";
import { Nothing } from "../desk/table/Nothing";
import { Count, StateTabs } from "../desk/table/StateTabs";
import { type ListSearch, useListSearch } from "../desk/table/search";
import type { Offer } from "../wire/generated/http";
import { type OffersQuery, useOffers } from "./api";
import { OffersFile } from "./files";
import { BuyerFilter, Moment, Money, OfferChip, type Tax, TaxSwitch, useTax, VehicleName } from "./pieces";
import css from "./sales.module.css";

const STATES = ["in_progress", "validated", "ordered", "abandoned", "cancelled"] as const;

/** What the address asks for, as the server takes it. */
function queryOf(search: ListSearch): OffersQuery {
  const status = STATES.find((state) => state === search.value("status"));
  const origin = (["auction", "direct"] as const).find((one) => one === search.value("origin"));
  const sent = search.value("sent");
  return {
    q: search.value("q"),
    ...(status ? { status } : {}),
    ...(origin ? { origin } : {}),
    ...(sent ? { sent: sent === "yes" } : {}),
    ...(Number(search.value("entity")) ? { entity: Number(search.value("entity")) } : {}),
    ...(Number(search.value("trader")) ? { trader: Number(search.value("trader")) } : {}),
    ...(Number(search.value("auction")) ? { auction: Number(search.value("auction")) } : {}),
  };
}

export function OffersPage() {
  const { t } = useTranslation("sales");
  const search = useListSearch();
  const may = useMay();
  usePageTitle(t("offers.title"));
  const query = queryOf(search);
  const { status: _, ...ofAnyState } = query;
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("offers.title")}</h1>
        {may("make_offers") ? (
          <Button component={Link} href="/offers/new">
            {t("offers.new")}
          </Button>
        ) : null}
      </div>
      <StateTabs
        label={t("offers.columns.state")}
        search={search}
        name="status"
        states={["all", ...STATES]}
        word={(state) => (state === "all" ? t("all") : t(`offers.states.${state}`))}
        count={(state) => <Found query={state === "all" ? ofAnyState : { ...ofAnyState, status: state }} />}
        tools={<Filters search={search} />}
      >
        {() => <List search={search} query={query} />}
      </StateTabs>
    </>
  );
}

function Filters({ search }: { search: ListSearch }) {
  const { t } = useTranslation("sales");
  return (
    <Tools>
      <SearchField search={search} label={t("offers.search")} hint={t("offers.search_hint")} />
      <EntityFilter search={search} />
      <BuyerFilter search={search} />
      <Filter
        search={search}
        name="origin"
        label={t("offers.origin")}
        any={t("offers.any_origin")}
        options={[
          { value: "auction", label: t("offers.origins.auction") },
          { value: "direct", label: t("offers.origins.direct") },
        ]}
      />
      <Filter
        search={search}
        name="sent"
        label={t("offers.sent")}
        any={t("offers.sent_any")}
        options={[
          { value: "yes", label: t("offers.sent_yes") },
          { value: "no", label: t("offers.sent_no") },
        ]}
      />
      <span className={css.end}>
        <TaxSwitch search={search} />
      </span>
    </Tools>
  );
}

/** How many offers are found so. */
function Found({ query }: { query: OffersQuery }) {
  return <Count of={useOffers({ ...query, limit: 1 }).data?.total} />;
}

const FILTERS = ["q", "status", "origin", "sent", "entity", "trader", "auction"];

function List({ search, query }: { search: ListSearch; query: OffersQuery }) {
  const { t } = useTranslation("sales");
  const may = useMay();
  const tax = useTax(search);
  const columns = useColumns(tax);
  const list = useOffers({ ...query, page: search.page });
  const narrowed = FILTERS.some((name) => search.value(name) !== "");
  return (
    <ListFrame
      list={list}
      search={search}
      empty={
        <Nothing
          narrowed={narrowed}
          nothing={t("offers.nothing")}
          all={{ says: t("offers.clear"), href: tax === "ht" ? "/offers?tax=ht" : "/offers" }}
          empty={t("offers.empty")}
          first={may("make_offers") ? { says: t("offers.new"), href: "/offers/new" } : null}
        />
      }
      foot={<OffersFile query={query} />}
    >
      {({ items }) => (
        <DataTable
          label={t("offers.title")}
          columns={columns}
          rows={items}
          rowKey={({ id }) => id}
          href={({ id }) => `/offers/${id}`}
        />
      )}
    </ListFrame>
  );
}

function useColumns(tax: Tax): Column<Offer>[] {
  const { t } = useTranslation("sales");
  const several = useMe().entities.length > 1;
  return [
    {
      key: "number",
      head: t("offers.columns.number"),
      phone: "title",
      cell: (offer) => offer.display_number,
    },
    {
      key: "buyer",
      head: t("offers.columns.buyer"),
      phone: "bare",
      cell: ({ trader, entity }) => (
        <span className={css.wrap}>
          {trader.name}
          {several ? <span className={css.under}>{entity.name}</span> : null}
        </span>
      ),
    },
    {
      key: "vehicles",
      head: t("offers.columns.vehicles"),
      phone: "bare",
      cell: (offer) => <Vehicles offer={offer} />,
    },
    { key: "origin", head: t("offers.columns.origin"), cell: (offer) => <Origin offer={offer} /> },
    {
      key: "state",
      head: t("offers.columns.state"),
      phone: "corner",
      cell: ({ status }) => <OfferChip status={status} />,
    },
    {
      key: "sent",
      head: t("offers.columns.sent"),
      cell: ({ sent_at }) => (sent_at ? <Moment at={sent_at} shape="date" /> : t("offers.sent_no")),
    },
    {
      key: "total",
      head: t(tax === "ht" ? "offers.columns.total_ht" : "offers.columns.total_ttc"),
      right: true,
      cell: ({ totals }) => (
        <b>
          <Money amount={tax === "ht" ? totals.total_ht : totals.total} />
        </b>
      ),
    },
  ];
}

function Vehicles({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const [first, ...others] = offer.vehicles;
  if (!first) return <>{t("none")}</>;
  const { mileage_km: _km, first_registration: _on, vat: _vat, ...short } = first;
  return (
    <VehicleName vehicle={short}>
      {others.length > 0 ? t("offers.more", { count: others.length }) : null}
    </VehicleName>
  );
}

function Origin({ offer: { auction } }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  if (!auction) return <>{t("offers.origins.direct")}</>;
  return (
    <Link href={`/auctions/${auction.id}`}>
      {t("offers.auction_of", { number: auction.display_number, lot: auction.lot_display_number })}
    </Link>
  );
}
