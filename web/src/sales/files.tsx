/** Tables after the sale as files: every row that a search finds, not only the page on the screen. */
import { useTranslation } from "react-i18next";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import { type FileColumn, ListFile, RowsFile } from "../desk/table/ListFile";
import { useCodeText, useFieldName } from "../stock/values";
import type {
  DeliveryAnswer,
  DueDeliveryAnswer,
  Offer,
  OfferedVehicleAnswer,
  PurchaseItem,
} from "../wire/generated/http";
import { ask } from "../wire/http";
import type { DeliveriesQuery, DueQuery, OffersQuery } from "./api";
import { nameOf } from "./pieces";

type Cells<Head extends string, Row> = Record<Head, FileColumn<Row>["cell"]>;

/** The columns in the order of their cells. */
function columnsOf<Head extends string, Row>(
  cells: Cells<Head, Row>,
  head: (name: Head) => string,
): FileColumn<Row>[] {
  return (Object.keys(cells) as Head[]).map((name) => ({ head: head(name), cell: cells[name] }));
}

export function OffersFile({ query }: { query: OffersQuery }) {
  const { t } = useTranslation("sales");
  const columns = columnsOf(
    {
      number: (offer: Offer) => offer.display_number,
      entity: ({ entity }) => entity.name,
      buyer: ({ trader }) => trader.name,
      vehicles: ({ vehicles }) =>
        vehicles
          .map((vehicle) => `${nameOf(vehicle)} ${vehicle.plate ?? vehicle.vin ?? ""}`.trim())
          .join(", "),
      origin: ({ auction }) =>
        auction
          ? t("offers.auction_of", { number: auction.display_number, lot: auction.lot_display_number })
          : t("offers.origins.direct"),
      state: ({ status }) => t(`offer_states.${status}`),
      made: ({ made_at }) => made_at,
      sent: ({ sent_at }) => sent_at,
      order: ({ order }) => order?.display_number,
      total_ttc: ({ totals }) => totals.total,
      total_ht: ({ totals }) => totals.total_ht,
      margin: ({ totals }) => totals.margin,
      balance: ({ totals }) => totals.balance_due,
    },
    (name) => t(`offers.columns.${name}`),
  );
  return (
    <ListFile
      name={t("offers.file")}
      columns={columns}
      load={() =>
        everyPage((page) => ask("GET /api/offers", { query: { ...query, page, limit: FILE_PAGE } }))
      }
    />
  );
}

/** What one offer sells, at the prices that are saved. */
export function OfferedFile({ offer }: { offer: Offer }) {
  const { t } = useTranslation("sales");
  const fieldName = useFieldName();
  const codeText = useCodeText();
  const field = (
    name: "plate" | "vin" | "mileage_km" | "first_registration" | "vat",
  ): FileColumn<OfferedVehicleAnswer> => ({
    head: fieldName({ name, label: name }),
    cell: ({ [name]: value }) => (name === "vat" ? codeText(name, String(value)) : value),
  });
  return (
    <RowsFile
      name={t("offer.file", { number: offer.display_number })}
      rows={offer.vehicles}
      columns={[
        { head: t("offer.vehicle"), cell: (vehicle) => nameOf(vehicle) },
        ...(["plate", "vin", "mileage_km", "first_registration", "vat"] as const).map(field),
        { head: t("offer.status"), cell: ({ status }) => codeText("status", status) },
        { head: t("offer.price_ht"), cell: ({ price_ht }) => price_ht },
        { head: t("offer.price_ttc"), cell: ({ price }) => price },
        { head: t("offer.margin"), cell: ({ margin }) => margin },
      ]}
    />
  );
}

const vehiclesOf = (vehicles: { make: string; model: string; plate: string | null }[]) =>
  vehicles.map(({ make, model, plate }) => [make, model, plate].filter(Boolean).join(" ")).join(", ");

export function DueFile({ query }: { query: DueQuery }) {
  const { t } = useTranslation("sales");
  const columns = columnsOf(
    {
      order: ({ order }: DueDeliveryAnswer) => order.display_number,
      buyer: ({ buyer }) => buyer,
      vehicles: ({ vehicles }) => vehiclesOf(vehicles),
      agreed: ({ delivery_date }) => delivery_date,
      site: ({ site }) => site.name,
    },
    (name) => t(`deliveries.${name}`),
  );
  return (
    <ListFile
      name={t("deliveries.file")}
      columns={columns}
      load={() =>
        everyPage((page) => ask("GET /api/deliveries/due", { query: { ...query, page, limit: FILE_PAGE } }))
      }
    />
  );
}

export function DeliveriesFile({ query }: { query: DeliveriesQuery }) {
  const { t } = useTranslation("sales");
  const columns = columnsOf(
    {
      when: ({ scheduled_at }: DeliveryAnswer) => scheduled_at,
      order: ({ order }) => order?.display_number ?? t("delivery.by_hand"),
      buyer: ({ buyer }) => buyer,
      vehicles: ({ vehicles }) => vehiclesOf(vehicles),
      site: ({ site }) => site.name,
      state: ({ status }) => t(`delivery_states.${status}`),
      declared: ({ declared_at }) => declared_at,
      report: ({ report }) => report,
      invoice: ({ invoice }) => invoice,
    },
    (name) => (name === "state" ? t("offers.columns.state") : t(`deliveries.${name}`)),
  );
  return (
    <ListFile
      name={t("deliveries.file")}
      columns={columns}
      load={() =>
        everyPage((page) => ask("GET /api/deliveries", { query: { ...query, page, limit: FILE_PAGE } }))
      }
    />
  );
}

interface Bought {
  trader: number;
  state: PurchaseItem["state"] | null;
  q: string;
}

export function PurchasesFile({ trader, state, q }: Bought) {
  const { t } = useTranslation("sales");
  const columns = columnsOf(
    {
      vehicle: (item: PurchaseItem) => nameOf(item),
      plate: ({ plate }) => plate,
      vin: ({ vin }) => vin,
      offer: ({ offer_number }) => offer_number,
      seller: ({ entity }) => entity,
      price: ({ price }) => price,
      price_ht: ({ price_ht }) => price_ht,
      state: (item) => t(`purchase_states.${item.state}`),
      bought: ({ bought_at }) => bought_at,
      ordered: ({ ordered_at }) => ordered_at,
      delivered: ({ delivered_at }) => delivered_at,
      invoice: ({ invoice }) => invoice,
    },
    (name) => t(`purchases.columns.${name}`),
  );
  const load = () =>
    everyPage((page) =>
      ask("GET /api/traders/{id}/purchases", {
        ids: { id: trader },
        query: { q, state, page, limit: FILE_PAGE },
      }),
    );
  return <ListFile name={t("purchases.file")} columns={columns} load={load} />;
}
