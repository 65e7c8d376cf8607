/**
 * What forms reckon while one types (domain §0): a price HT, the commercial margin HT. The rules' own sums, for showing
 * only: what counts is what the server makes of the form. Integers throughout.
 */
import { type Cents, centsOf } from "./money";
import type { Vat } from "./wire/generated/http";
import type { Amount } from "./wire/messages";

/** Half away from zero; `denominator` is positive. */
export function divideHalfUp(numerator: number, denominator: number): number {
  const quotient = Math.floor((2 * Math.abs(numerator) + denominator) / (2 * denominator));
  return numerator >= 0 ? quotient : -quotient;
}

/** TTC / 1.20 with recoverable VAT; under the margin scheme, and where nobody knows, the same. */
export function priceHt(price_cents: Cents, vat: Vat): Cents {
  return vat === "recoverable" ? divideHalfUp(price_cents * 5, 6) : price_cents;
}

export interface Costs {
  purchase_cents: Cents;
  planned_ht_cents: Cents;
  actual_ht_cents: Cents;
}

/** At a TTC price, less the actual costs or, before there are any, the planned ones. */
export function marginHt(price_cents: Cents, costs: Costs, vat: Vat): Cents {
  const costs_cents = costs.actual_ht_cents || costs.planned_ht_cents;
  return vat === "recoverable"
    ? divideHalfUp(price_cents * 5 - (costs.purchase_cents + costs_cents) * 6, 6)
    : divideHalfUp((price_cents - costs.purchase_cents) * 5 - costs_cents * 6, 6);
}

/** A card's costs as the wire has them. */
interface Card {
  vat: Vat;
  purchase_price: Amount;
  planned_costs_ht: Amount;
  actual_costs_ht: Amount;
}

/** The margin HT of a vehicle at a TTC price. */
export function marginOf(price_cents: Cents, card: Card): Cents {
  const costs = {
    purchase_cents: centsOf(card.purchase_price),
    planned_ht_cents: centsOf(card.planned_costs_ht),
    actual_ht_cents: centsOf(card.actual_costs_ht),
  };
  return marginHt(price_cents, costs, card.vat);
}
