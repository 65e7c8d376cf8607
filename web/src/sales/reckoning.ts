/**
 * What the forms after the sale reckon while one types: prices HT, real margins (domain §0). The same sums as the rules',
 * for showing only: what counts is what the server makes of the form. Integers throughout.
 */
import { type Cents, centsOf } from "../money";
import type { Vat } from "../wire/generated/http";

/** Half away from zero; `denominator` is positive. */
function divideHalfUp(numerator: number, denominator: number): number {
  const quotient = Math.floor((2 * Math.abs(numerator) + denominator) / (2 * denominator));
  return numerator >= 0 ? quotient : -quotient;
}

/** TTC / 1.20 with recoverable VAT; under the margin scheme, and where nobody knows, the same. */
export function priceHt(price_cents: Cents, vat: Vat): Cents {
  return vat === "recoverable" ? divideHalfUp(price_cents * 5, 6) : price_cents;
}

interface Cost {
  vat: Vat;
  purchase_price: string;
  planned_costs_ht: string;
  actual_costs_ht: string;
}

/** The real margin HT at a TTC price. */
export function marginHt(price_cents: Cents, cost: Cost): Cents {
  const purchase_cents = centsOf(cost.purchase_price);
  const actual_cents = centsOf(cost.actual_costs_ht);
  const costs_cents = actual_cents > 0 ? actual_cents : centsOf(cost.planned_costs_ht);
  return cost.vat === "recoverable"
    ? divideHalfUp(price_cents * 5 - (purchase_cents + costs_cents) * 6, 6)
    : divideHalfUp((price_cents - purchase_cents) * 5 - costs_cents * 6, 6);
}
