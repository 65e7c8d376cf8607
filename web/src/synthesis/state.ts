/**
 * What the dealer reads of a whole auction (§5.5.1): its state in the trade's words, who answered, and the offers over
 * time. Pure functions of the view and of the entries of the history.
 */
import type { DealerState } from "../auctions/api";
import { centsOf } from "../money";
import type { Amount, AuctionEvent, DealerLot, DealerView } from "../wire/messages";

/** Won, partly won, not won once ended; sale cancelled when no sale of it stands. */
export function stateOf(view: DealerView): DealerState {
  if (view.status !== "ended") return view.status;
  const outcomes = view.lots.map(({ outcome }) => outcome);
  const won = outcomes.filter((outcome) => outcome === "won").length;
  if (won > 0) return won === outcomes.length ? "won" : "partly_won";
  return outcomes.includes("sale_cancelled") ? "sale_cancelled" : "not_won";
}

export interface Answers {
  invited: number;
  bid: number;
  declined: number;
  /** Neither bid nor declined. */
  silent: number;
  removed: number;
}

export function answersOf({ audience }: DealerView): Answers {
  return {
    invited: audience.length,
    bid: audience.filter(({ bidder }) => bidder !== null).length,
    declined: audience.filter(({ declined }) => declined).length,
    silent: audience.filter(({ bidder, declined }) => bidder === null && !declined).length,
    removed: audience.filter(({ removed }) => removed).length,
  };
}

/** Entries known from the history and from the live view, in order, each once. */
export function merged(history: AuctionEvent[], recent: AuctionEvent[]): AuctionEvent[] {
  const known = new Map([...history, ...recent].map((entry) => [entry.seq, entry]));
  return [...known.values()].sort((a, b) => a.seq - b.seq);
}

/** Whether something is missing between the entries: the history must be asked again. */
export function hasHole(entries: AuctionEvent[]): boolean {
  return entries.some((entry, i) => entry.seq !== i + 1);
}

/** When the end moved, in ms (§5.3.2). */
export function extensionsOf(entries: AuctionEvent[]): number[] {
  const moved = entries.filter(({ event }) => event === "extended").map(({ at }) => Date.parse(at));
  return [...new Set(moved)];
}

/** The entries of one lot and of one kind; what concerns all lots is every lot's. */
export function narrowed(entries: AuctionEvent[], lot: number | undefined, kind: string): AuctionEvent[] {
  return entries.filter(
    (entry) =>
      (kind === "" || entry.event === kind) && (lot === undefined || !("lot" in entry) || entry.lot === lot),
  );
}

/** One moment of the chart: `at` in ms, and per lot its standing offer in euros, for drawing only. */
export interface Moment {
  at: number;
  [lot: `lot${number}`]: number;
}

/** The offers of each lot as steps: from the starting price at the start, through every bid, up to `until_ms`. */
export function moments(view: DealerView, entries: AuctionEvent[], until_ms: number): Moment[] {
  const euros = (amount: string) => centsOf(amount) / 100;
  const first: Moment = { at: Date.parse(view.starts_at) };
  const last: Moment = { at: until_ms };
  for (const lot of view.lots) {
    if (lot.last_offer === null) continue;
    first[`lot${lot.number}`] = euros(lot.starting_price);
    last[`lot${lot.number}`] = euros(lot.last_offer);
  }
  const bids = entries.flatMap((entry): Moment[] =>
    entry.event === "bid" ? [{ at: Date.parse(entry.at), [`lot${entry.lot}`]: euros(entry.amount) }] : [],
  );
  return [first, ...bids, last];
}

const LEVELS = 4;

/** Round amounts in euros, four to six of them evenly apart, from below the least to above the most that is drawn. */
export function levelsOf(drawn: Moment[], lots: DealerLot[], reserve: Amount | null | undefined): number[] {
  const amounts = drawn.flatMap((moment) => lots.flatMap(({ number }) => moment[`lot${number}`] ?? []));
  if (reserve) amounts.push(centsOf(reserve) / 100);
  if (amounts.length === 0) return [];
  const least = Math.min(...amounts);
  const most = Math.max(...amounts, least + LEVELS);
  const rough = (most - least) / LEVELS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((one) => one * power >= rough) ?? 10);
  const first = Math.floor(least / step);
  return Array.from({ length: Math.ceil(most / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** Why nothing is drawn: not open yet, no offer so far, none at all; `null`: there are offers. `lot`: of that one alone. */
export function undrawn({ status, lots }: DealerView, lot?: number): "later" | "first" | "none" | null {
  if (status === "scheduled") return "later";
  if (lots.some(({ last_offer, number }) => last_offer !== null && (lot === undefined || number === lot)))
    return null;
  return status === "open" ? "first" : "none";
}

/** The start, the middle and the end, but none that `said` would write as the one before: a minute has no middle. */
export function ticksOf(starts_ms: number, ends_ms: number, said: (ms: number) => string): number[] {
  const all = [starts_ms, (starts_ms + ends_ms) / 2, ends_ms];
  return all.filter((ms, i) => i === 0 || said(ms) !== said(all[i - 1] ?? ms));
}
