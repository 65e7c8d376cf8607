/** The sections of a card and what stands in each (§4.1): everything that the server's form takes, once. */
import type { FieldSpec } from "./draft";

export type SectionName =
  | "what"
  | "registration"
  | "place"
  | "prices"
  | "condition"
  | "inspections"
  | "comments";

export const SECTIONS: Record<SectionName, readonly FieldSpec[]> = {
  what: [
    { member: "make", kind: "text", needed: true },
    { member: "model", kind: "text", needed: true },
    { member: "custom_make", kind: "flag" },
    { member: "version", kind: "text" },
    { member: "trim", kind: "text" },
    { member: "kind", kind: "codes", needed: true },
    { member: "body", kind: "suggested" },
    { member: "energy", kind: "suggested" },
    { member: "gearbox", kind: "suggested" },
    { member: "power_ch", kind: "whole" },
    { member: "fiscal_power_cv", kind: "whole" },
    { member: "doors", kind: "whole" },
    { member: "co2_g_km", kind: "whole", field: "co2_g_per_km" },
    { member: "crit_air", kind: "suggested" },
    { member: "colour", kind: "suggested" },
    { member: "interior_colour", kind: "suggested" },
  ],
  registration: [
    { member: "plate", kind: "text" },
    { member: "vin", kind: "text" },
    { member: "first_registration", kind: "date" },
    { member: "mileage_km", kind: "whole" },
    { member: "internal_number", kind: "text" },
    { member: "police_book_number", kind: "text" },
    { member: "entered_at", kind: "date" },
    { member: "origin", kind: "text" },
    { member: "mileage_guaranteed", kind: "flag" },
  ],
  place: [
    { member: "site", kind: "site", field: "site_name", needed: true },
    { member: "physical_site", kind: "site", field: "physical_site_name" },
    { member: "destination", kind: "codes" },
    { member: "moved_to_site", kind: "site" },
    { member: "trade_sale_authorised", kind: "flag" },
    { member: "retail_offer", kind: "flag" },
    { member: "reserved_for_client", kind: "text" },
  ],
  prices: [
    { member: "vat", kind: "codes", needed: true },
    { member: "market_value", kind: "amount" },
    { member: "sale_price", kind: "amount" },
    { member: "trade_price", kind: "amount" },
    { member: "staff_price", kind: "amount" },
    { member: "proposed_market_value", kind: "amount" },
    { member: "proposed_sale_price", kind: "amount" },
    { member: "proposed_trade_price", kind: "amount" },
    { member: "purchase_price", kind: "amount" },
    { member: "planned_costs_ht", kind: "amount" },
    { member: "actual_costs_ht", kind: "amount" },
    { member: "amount_owed", kind: "amount" },
  ],
  condition: [
    { member: "running", kind: "flag" },
    { member: "accident_damaged", kind: "flag" },
    { member: "imported", kind: "flag" },
    { member: "first_owner", kind: "flag" },
    { member: "service_book", kind: "flag" },
    { member: "warranty", kind: "text" },
    { member: "warranty_months", kind: "whole" },
  ],
  inspections: [
    { member: "last_inspection_on", kind: "date" },
    { member: "next_inspection_on", kind: "date" },
  ],
  comments: [{ member: "comments", kind: "prose", wide: true }],
};

const INSPECTED = new Set(["motorcycle", "scooter", "quad"]);

/** §4.6: whose inspections are kept. */
export function isInspected(kind: string): boolean {
  return INSPECTED.has(kind);
}

/** §4.5: whether a battery drives it; energies are words that people typed. */
export function hasBattery(energy: string): boolean {
  return /elec|hybrid|bev|phev/i.test(energy.normalize("NFD").replace(/[\u0300-\u036f]/g, ""));
}

/** Where a field is mended: the section that holds a member. */
export function sectionOf(member: string): SectionName | undefined {
  return (Object.keys(SECTIONS) as SectionName[]).find((name) =>
    SECTIONS[name].some((spec) => spec.member === member),
  );
}
