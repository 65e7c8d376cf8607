/** All the purchases that a list finds, as a file for a spreadsheet. */
import { useTranslation } from "react-i18next";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import { type FileColumn, ListFile } from "../desk/table/ListFile";
import type { PurchaseItem } from "../wire/generated/http";
import { ask } from "../wire/http";
import type { PurchasesAsked } from "./PurchasesPage";
import { stateOf } from "./state";

export function PurchasesFile({ asked, name }: { asked: PurchasesAsked; name: string }) {
  const { t } = useTranslation("purchases");
  const heads = [
    "offer",
    "order",
    "seller",
    "vehicle",
    "plate",
    "vin",
    "mileage",
    "first_registration",
    "vat",
    "price",
    "price_ht",
    "state",
    "bought",
    "delivery",
    "delivered",
    "invoice",
  ] as const;
  const cells: Record<(typeof heads)[number], FileColumn<PurchaseItem>["cell"]> = {
    offer: (item) => item.offer_number,
    order: (item) => item.order_number,
    seller: (item) => item.entity,
    vehicle: (item) => [item.make, item.model, item.version].filter(Boolean).join(" "),
    plate: (item) => item.plate,
    vin: (item) => item.vin,
    mileage: (item) => item.mileage_km,
    first_registration: (item) => item.first_registration,
    vat: (item) => t(`vat.${item.vat}`),
    price: (item) => item.price,
    price_ht: (item) => item.price_ht,
    state: (item) => t(`states.${stateOf(item)}`),
    bought: (item) => item.bought_at,
    delivery: (item) => item.delivery_at,
    delivered: (item) => item.delivered_at,
    invoice: (item) => item.invoice,
  };
  return (
    <ListFile
      name={name}
      columns={heads.map((head) => ({ head: t(`columns.${head}`), cell: cells[head] }))}
      load={() =>
        everyPage((page) => ask("GET /api/purchases", { query: { ...asked, page, limit: FILE_PAGE } }))
      }
    />
  );
}
