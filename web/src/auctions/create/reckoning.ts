/**
 * What the creation form reckons while one types (§5.1.2): margins HT and the spread of a lot's starting price. The same
 * sums as the rules', for showing only: what counts is what the server makes of the form. Integers throughout.
 */
import type { Cents } from "../../money";
import type { Vat } from "../../wire/messages";

/** Half away from zero; `denominator` is positive. */
function divideHalfUp(numerator: number, denominator: number): number {
  const quotient = Math.floor((2 * Math.abs(numerator) + denominator) / (2 * denominator));
  return numerator >= 0 ? quotient : -quotient;
}

export interface Cost {
  vat: Vat;
  purchase_price_cents: Cents;
  costs_ht_cents: Cents;
}

/** The margin HT at a TTC price: (price − purchase) / 1.20, or price / 1.20 − purchase with recoverable VAT, less costs. */
export function marginAt(price_cents: Cents, { vat, purchase_price_cents, costs_ht_cents }: Cost): Cents {
  if (vat === "recoverable")
    return divideHalfUp(price_cents * 5 - (purchase_price_cents + costs_ht_cents) * 6, 6);
  return divideHalfUp((price_cents - purchase_price_cents) * 5 - costs_ht_cents * 6, 6);
}

/** `total` in proportion to `weights` by largest remainder, ties to the earlier: the shares add up (§5.4.3). */
export function shares(total_cents: Cents, weights: number[]): Cents[] {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) return weights.map(() => 0);
  const parts = weights.map((weight, place) => {
    const product = BigInt(total_cents) * BigInt(weight);
    return { place, share: Number(product / whole), remainder: product % whole };
  });
  const left = total_cents - parts.reduce((sum, { share }) => sum + share, 0);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.place - b.place : a.remainder > b.remainder ? -1 : 1,
  );
  const lucky = new Set(byRemainder.slice(0, left).map(({ place }) => place));
  return parts.map(({ place, share }) => share + (lucky.has(place) ? 1 : 0));
}
