/**
 * What the creation form reckons while one types (§5.1.2): margins HT and the spread of a lot's starting price. The same
 * sums as the rules', for showing only: what counts is what the server makes of the form. Integers throughout.
 */
import type { Cents } from "../../money";
import { divideHalfUp } from "../../reckoning";

/**
 * The margin HT at a TTC price, from the margin at the trade price that the server reckoned: every euro more or less is
 * worth 1 / 1.20 HT, under the margin scheme as with recoverable VAT (domain §0).
 */
export function marginAt(price_cents: Cents, trade_price_cents: Cents, margin_at_trade_cents: Cents): Cents {
  return margin_at_trade_cents + divideHalfUp((price_cents - trade_price_cents) * 5, 6);
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
