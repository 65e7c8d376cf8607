/** Which lots of many a trader wants to see, and where it must look next: pure functions of the view. */
import type { AuctionDescription, Vehicle } from "../auctions/api";
import type { TraderLot, TraderView } from "../wire/messages";
import { standing } from "./selectors";

export const SHOWN = ["all", "winning", "losing", "none"] as const;
export type Shown = (typeof SHOWN)[number];

/** As many lots as a glance takes in; more get a search and filters. */
export const MANY_LOTS = 6;

export function countOf(view: TraderView, shown: Shown): number {
  return shown === "all" ? view.lots.length : view.lots.filter((lot) => standing(view, lot) === shown).length;
}

/** The vehicles by how the wire names them. */
export function vehiclesOf(description: AuctionDescription | undefined): Map<string, Vehicle> {
  const described = description?.lots.flatMap((lot) => lot.vehicles) ?? [];
  return new Map(described.map((vehicle) => [vehicle.ref, vehicle]));
}

const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function textOf(lot: TraderLot, vehicles: ReadonlyMap<string, Vehicle>): string {
  const words = lot.vehicles.flatMap(({ ref }) => {
    const card = vehicles.get(ref);
    return [ref, card?.make, card?.model, card?.version, card?.trim, card?.plate];
  });
  return folded([lot.number, ...words].join(" "));
}

/** The lots in that standing in whose number or vehicle every word is found, whatever its case and accents. */
export function lotsShown(
  view: TraderView,
  vehicles: ReadonlyMap<string, Vehicle>,
  shown: Shown,
  search: string,
): TraderLot[] {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return view.lots.filter((lot) => {
    if (shown !== "all" && standing(view, lot) !== shown) return false;
    const text = words.length > 0 ? textOf(lot, vehicles) : "";
    return words.every((word) => text.includes(word));
  });
}

/** The next lot after `from` on which the trader was outbid, round to the first; `null`: there is none but `from`. */
export function nextLosing(view: TraderView, from: number): number | null {
  const place = view.lots.findIndex(({ number }) => number === from);
  const after = [...view.lots.slice(place + 1), ...view.lots.slice(0, Math.max(0, place))];
  return after.find((lot) => standing(view, lot) === "losing")?.number ?? null;
}

/** The lot `by` places from `from` in the auction's order; none beyond its ends. */
export function neighbour(view: TraderView, from: number, by: 1 | -1): number | null {
  const place = view.lots.findIndex(({ number }) => number === from);
  return view.lots[place + by]?.number ?? null;
}
