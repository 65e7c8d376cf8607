/** What the form of an auction comes to: the chosen vehicles with their figures, and the totals (§5.1.2). Pure. */
import { type Cents, centsOf, parseAmount } from "../../money";
import { marginOf } from "../../reckoning";
import type { Amount } from "../../wire/messages";
import type { StockVehicle } from "./api";
import type { Form } from "./form";
import { shares } from "./reckoning";

export interface Line {
  vehicle: StockVehicle;
  starting_cents: Cents | null;
  reserve_cents: Cents | null;
  initial_margin_cents: Cents | null;
  margin_cents: Cents | null;
}

export interface Sheet {
  lines: Line[];
  market_cents: Cents;
  sale_cents: Cents;
  starting_cents: Cents;
  reserve_cents: Cents | null;
  initial_margin_cents: Cents;
  margin_cents: Cents;
}

const centsOrNull = (amount: Amount | null | undefined) => (amount ? centsOf(amount) : null);
const sum = (all: (Cents | null)[]) => all.reduce<Cents>((total, cents) => total + (cents ?? 0), 0);

/** Whether a reserve changes nothing: the first bid already reaches it (§5.1.1). */
export function isIdle(reserve_cents: Cents | null, starting_cents: Cents | null): boolean {
  return reserve_cents !== null && starting_cents !== null && reserve_cents <= starting_cents;
}

/** Starting prices of the chosen vehicles: typed, spread over the lot, or the trade prices; `null`: cannot be read. */
function startingPrices(form: Form, vehicles: StockVehicle[]): (Cents | null)[] {
  const trade = vehicles.map(({ card }) => centsOrNull(card.trade_price) ?? 0);
  if (form.kind === "lot" && form.lot.starting.trim() !== "") {
    const total = parseAmount(form.lot.starting);
    return total === null ? vehicles.map(() => null) : shares(total, trade);
  }
  return vehicles.map((vehicle, i) => {
    const typed = form.kind === "unit" ? (form.chosen.get(vehicle.id)?.starting ?? "").trim() : "";
    return typed === "" ? trade[i] || null : parseAmount(typed);
  });
}

/** The margin HT at a starting price, reckoned and rounded once, from what the vehicle has cost (domain §0). */
function marginAt(price_cents: Cents, { card, values }: StockVehicle): Cents | null {
  if (values === undefined) return null;
  const cost = (column: string): Amount => String(values[column] ?? "0.00");
  return marginOf(price_cents, {
    vat: card.vat,
    purchase_price: cost("purchase_price"),
    planned_costs_ht: cost("planned_costs_ht"),
    actual_costs_ht: cost("actual_costs_ht"),
  });
}

/** `vehicles`: those of the stock that are known here; only the chosen ones count, in the order in which they were chosen. */
export function sheetOf(form: Form, vehicles: StockVehicle[]): Sheet {
  const known = new Map(vehicles.map((vehicle) => [vehicle.id, vehicle]));
  const chosen = [...form.chosen.keys()].flatMap((id) => known.get(id) ?? []);
  const starting = startingPrices(form, chosen);
  const lines = chosen.map((vehicle, i): Line => {
    const initial = centsOrNull(vehicle.margin_at_trade_price);
    const price = starting[i] ?? null;
    const reserve = form.kind === "unit" ? (form.chosen.get(vehicle.id)?.reserve ?? "") : "";
    return {
      vehicle,
      starting_cents: price,
      reserve_cents: parseAmount(reserve),
      initial_margin_cents: initial,
      margin_cents: price === null || initial === null ? null : marginAt(price, vehicle),
    };
  });
  const reserves = lines.map(({ reserve_cents }) => reserve_cents);
  const anyReserve = reserves.some((cents) => cents !== null);
  return {
    lines,
    market_cents: sum(chosen.map(({ card }) => centsOrNull(card.market_value))),
    sale_cents: sum(chosen.map(({ card }) => centsOrNull(card.sale_price))),
    starting_cents: sum(starting),
    reserve_cents: form.kind === "lot" ? parseAmount(form.lot.reserve) : anyReserve ? sum(reserves) : null,
    initial_margin_cents: sum(lines.map(({ initial_margin_cents }) => initial_margin_cents)),
    margin_cents: sum(lines.map(({ margin_cents }) => margin_cents)),
  };
}
