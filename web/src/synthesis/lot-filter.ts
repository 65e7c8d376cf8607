/** Which lots of a long sale are shown: all, or those of one fate. Pure. */
import type { DealerLot } from "../wire/messages";

export const FATES = ["all", "offered", "quiet", "short", "sold", "unsold"] as const;
export type Fate = (typeof FATES)[number];

/** Whether a lot has that fate: an offer, none yet, an offer below its reserve; once decided, sold or not. */
export function hasFate(lot: DealerLot, fate: Fate): boolean {
  switch (fate) {
    case "all":
      return true;
    case "offered":
      return lot.bids > 0;
    case "quiet":
      return lot.bids === 0;
    case "short":
      return lot.bids > 0 && lot.reserve_reached === false;
    case "sold":
      return lot.outcome === "won";
    case "unsold":
      return lot.outcome !== null && lot.outcome !== "won";
  }
}

/** The fates that tell some lots from others now, each with how many it has. */
export function fatesOf(lots: DealerLot[]): [fate: Fate, count: number][] {
  const decided = lots.some(({ outcome }) => outcome !== null);
  const told: Fate[] = decided ? ["all", "sold", "unsold", "quiet"] : ["all", "offered", "short", "quiet"];
  return told
    .map((fate): [Fate, number] => [fate, lots.filter((lot) => hasFate(lot, fate)).length])
    .filter(([fate, count]) => fate === "all" || count > 0);
}
