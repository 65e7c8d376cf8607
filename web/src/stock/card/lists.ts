/** The lists of a card and what each row says (§4.1, §4.7): equipment of its own, repairs, contracts, defects. */
import type { VehicleChangeForm } from "../../wire/generated/http";
import type { Row } from "./draft";

export type ListName = "equipment" | "repairs" | "service_contracts" | "defects";

export interface RowSpec {
  name:
    | "label"
    | "category"
    | "price_ht"
    | "vat_rate"
    | "price_ttc"
    | "cost_ht"
    | "done_on"
    | "price"
    | "ends_on"
    | "name"
    | "repair_cost_ht";
  kind: "text" | "amount" | "date" | "rate";
}

export const RATES = ["20", "10", "5.5", "2.1", "0"] as const;

export const LISTS: Record<ListName, { required: string; specs: readonly RowSpec[]; empty: Row }> = {
  equipment: {
    required: "label",
    specs: [
      { name: "label", kind: "text" },
      { name: "category", kind: "text" },
      { name: "price_ht", kind: "amount" },
      { name: "vat_rate", kind: "rate" },
      { name: "price_ttc", kind: "amount" },
    ],
    empty: { label: "", category: "", price_ht: "", vat_rate: "20", price_ttc: "" },
  },
  repairs: {
    required: "label",
    specs: [
      { name: "label", kind: "text" },
      { name: "cost_ht", kind: "amount" },
      { name: "done_on", kind: "date" },
    ],
    empty: { label: "", cost_ht: "", done_on: "" },
  },
  service_contracts: {
    required: "label",
    specs: [
      { name: "label", kind: "text" },
      { name: "price", kind: "amount" },
      { name: "ends_on", kind: "date" },
    ],
    empty: { label: "", price: "", ends_on: "" },
  },
  defects: {
    required: "name",
    specs: [
      { name: "name", kind: "text" },
      { name: "repair_cost_ht", kind: "amount" },
    ],
    empty: { id: "", name: "", repair_cost_ht: "" },
  },
};

/** The list as a change of the card. */
export function listChange(
  name: ListName,
  rows: Record<string, string | number | null>[],
): Partial<VehicleChangeForm> {
  return { [name]: rows };
}

/** Of equipment, the price that was not typed follows from the other (§4.7): the server reckons it. */
export function withOnePrice(row: Row, changed: string): Row {
  if (changed === "price_ht" || changed === "vat_rate") return row.price_ht ? { ...row, price_ttc: "" } : row;
  return changed === "price_ttc" ? { ...row, price_ht: "" } : row;
}
