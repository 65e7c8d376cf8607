/**
 * How the creation form spreads a lot's starting price while one types (§5.1.2). The same sum as the rules', for showing
 * only: what counts is what the server makes of the form. Integers throughout.
 */
import type { Cents } from "../../money";

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
