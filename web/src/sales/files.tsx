/** Tables after the sale as files: every row that a search finds, not only the page on the screen. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormProblem } from "../desk/form/refusal";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import { saveTable } from "../desk/table-file";
import { useLanguage } from "../language";
import type { DeliveryAnswer, DueDeliveryAnswer, Offer, PurchaseItem } from "../wire/generated/http";
import { ask } from "../wire/http";
import type { DeliveriesQuery, DueQuery, OffersQuery } from "./api";
import { nameOf } from "./pieces";

type Line = (string | number | null)[];

/** Loads every row, then offers the file. */
function FileButton({ name, head, load }: { name: string; head: string[]; load: () => Promise<Line[]> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      saveTable(`adjuge-${name}`, [head, ...(await load())], language);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button variant="default" size="compact-sm" loading={pending} onClick={() => void save()}>
        {t("table.export")}
      </Button>
      <FormProblem error={error} />
    </>
  );
}

export function OffersFile({ query }: { query: OffersQuery }) {
  const { t } = useTranslation("sales");
  const columns = [
    "number",
    "entity",
    "buyer",
    "vehicles",
    "origin",
    "state",
    "made",
    "sent",
    "order",
    "total_ttc",
    "total_ht",
    "margin",
    "balance",
  ] as const;
  const line = (offer: Offer): Line => [
    offer.display_number,
    offer.entity.name,
    offer.trader.name,
    offer.vehicles
      .map((vehicle) => `${nameOf(vehicle)} ${vehicle.plate ?? vehicle.vin ?? ""}`.trim())
      .join(", "),
    offer.auction
      ? t("offers.auction_of", {
          number: offer.auction.display_number,
          lot: offer.auction.lot_display_number,
        })
      : t("offers.origins.direct"),
    t(`offer_states.${offer.status}`),
    offer.made_at,
    offer.sent_at,
    offer.order?.display_number ?? null,
    offer.totals.total,
    offer.totals.total_ht,
    offer.totals.margin,
    offer.totals.balance_due,
  ];
  const load = async () =>
    (await everyPage((page) => ask("GET /api/offers", { query: { ...query, page, limit: FILE_PAGE } }))).map(
      line,
    );
  return (
    <FileButton name={t("offers.file")} head={columns.map((one) => t(`offers.columns.${one}`))} load={load} />
  );
}

const vehiclesOf = (vehicles: { make: string; model: string; plate: string | null }[]) =>
  vehicles.map(({ make, model, plate }) => [make, model, plate].filter(Boolean).join(" ")).join(", ");

export function DueFile({ query }: { query: DueQuery }) {
  const { t } = useTranslation("sales");
  const line = (due: DueDeliveryAnswer): Line => [
    due.order.display_number,
    due.buyer,
    vehiclesOf(due.vehicles),
    due.delivery_date,
    due.site.name,
  ];
  const heads = ["order", "buyer", "vehicles", "agreed", "site"] as const;
  const load = async () =>
    (
      await everyPage((page) =>
        ask("GET /api/deliveries/due", { query: { ...query, page, limit: FILE_PAGE } }),
      )
    ).map(line);
  return (
    <FileButton name={t("deliveries.file")} head={heads.map((one) => t(`deliveries.${one}`))} load={load} />
  );
}

export function DeliveriesFile({ query }: { query: DeliveriesQuery }) {
  const { t } = useTranslation("sales");
  const line = (delivery: DeliveryAnswer): Line => [
    delivery.scheduled_at,
    delivery.order?.display_number ?? t("delivery.by_hand"),
    delivery.buyer,
    vehiclesOf(delivery.vehicles),
    delivery.site.name,
    t(`delivery_states.${delivery.status}`),
    delivery.declared_at,
    delivery.report,
    delivery.invoice,
  ];
  const head = [
    ...(["when", "order", "buyer", "vehicles", "site"] as const).map((one) => t(`deliveries.${one}`)),
    t("offers.columns.state"),
    ...(["declared", "report", "invoice"] as const).map((one) => t(`deliveries.${one}`)),
  ];
  const load = async () =>
    (
      await everyPage((page) => ask("GET /api/deliveries", { query: { ...query, page, limit: FILE_PAGE } }))
    ).map(line);
  return <FileButton name={t("deliveries.file")} head={head} load={load} />;
}

export function PurchasesFile({
  trader,
  state,
  q,
}: {
  trader: number;
  state: PurchaseItem["state"] | null;
  q: string;
}) {
  const { t } = useTranslation("sales");
  const heads = [
    "vehicle",
    "plate",
    "vin",
    "offer",
    "seller",
    "price",
    "price_ht",
    "state",
    "bought",
    "ordered",
    "delivered",
    "invoice",
  ] as const;
  const line = (item: PurchaseItem): Line => [
    nameOf(item),
    item.plate,
    item.vin,
    item.offer_number,
    item.entity,
    item.price,
    item.price_ht,
    t(`purchase_states.${item.state}`),
    item.bought_at,
    item.ordered_at,
    item.delivered_at,
    item.invoice,
  ];
  const load = async () =>
    (
      await everyPage((page) =>
        ask("GET /api/traders/{id}/purchases", {
          ids: { id: trader },
          query: { q, state, page, limit: FILE_PAGE },
        }),
      )
    ).map(line);
  return (
    <FileButton
      name={t("purchases.file")}
      head={heads.map((one) => t(`purchases.columns.${one}`))}
      load={load}
    />
  );
}
