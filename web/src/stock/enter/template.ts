/** What a stock file holds, by the names of fields, and how a report names what it refuses (§4.8). */

/** The heads of an empty file: what a new vehicle usually says; the import takes every field of a card. */
export const TEMPLATE_FIELDS = [
  "make",
  "model",
  "version",
  "trim",
  "kind",
  "body",
  "energy",
  "gearbox",
  "power_ch",
  "fiscal_power_cv",
  "doors",
  "co2_g_per_km",
  "crit_air",
  "colour",
  "interior_colour",
  "plate",
  "vin",
  "internal_number",
  "police_book_number",
  "first_registration",
  "mileage_km",
  "mileage_guaranteed",
  "origin",
  "entered_at",
  "destination",
  "vat",
  "market_value",
  "sale_price",
  "trade_price",
  "purchase_price",
  "planned_costs_ht",
  "trade_sale_authorised",
  "comments",
];

const RENAMED: Record<string, string> = {
  co2_g_km: "co2_g_per_km",
  "battery.score_percent": "battery_health_percent",
  "battery.certified_on": "battery_tested_on",
  "battery.expires_on": "battery_expires_on",
};

/** The field of the list that a member of the card is. */
export function fieldOfColumn(member: string): string {
  return RENAMED[member] ?? member;
}
