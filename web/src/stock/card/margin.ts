/**
 * The commercial margin HT of a vehicle as its prices are typed (domain §0): the rules' own sum, for showing only; what
 * counts is what the server makes of the card. Integers throughout.
 */
import type { Cents } from "../../money";
import type { Vat } from "../../wire/generated/http";

/** Half away from zero; `denominator` is positive. */
function divideHalfUp(numerator: number, denominator: number): number {
  const quotient = Math.floor((2 * Math.abs(numerator) + denominator) / (2 * denominator));
  return numerator >= 0 ? quotient : -quotient;
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
