/**
 * What a trader's page reads off the view: where it stands on a lot, what to bid, how long is left and why the end moved.
 * Pure functions of the view and of the server's time.
 */
import { amountOf, type Cents, centsOf } from "../money";
import type { Amount, AuctionEvent, ExtendedEvent, TraderLot, TraderView } from "../wire/messages";
import type { BidProgress } from "./live";

/** `none`: no offer of yours. After the decision: won, lost, or what became of the lot. */
export type LotStanding = "winning" | "losing" | "none" | "won" | "lost" | "not_sold" | "cancelled";

/** A bid over 20 % above the minimum asks once more. */
export const SURPRISING_PERCENT = 20;

export function ownOffer(view: TraderView, lot: number): Amount | null {
  return view.you.offers.find((offer) => offer.lot === lot)?.amount ?? null;
}

export function standing(view: TraderView, lot: TraderLot): LotStanding {
  const leads = lot.bidder !== null && lot.bidder === view.you.bidder;
  const offered = leads || ownOffer(view, lot.number) !== null;
  switch (lot.outcome) {
    case null:
      if (leads) return "winning";
      return offered ? "losing" : "none";
    case "won":
      if (leads) return "won";
      return offered ? "lost" : "not_sold";
    case "reserve_not_reached":
    case "no_bids":
      return offered ? "lost" : "not_sold";
    case "cancelled":
    case "sale_cancelled":
      return "cancelled";
  }
}

/**
 * Of a lot's last bid, what is still to be said: an acceptance goes once a higher offer stands, whoever's it is, and
 * while the line is down, when nobody knows. The answer may come before the offer that it speaks of.
 */
export function stillSaid(
  progress: BidProgress | undefined,
  lot: TraderLot,
  live: boolean,
): BidProgress | undefined {
  if (progress?.state !== "accepted") return progress;
  const overtaken = lot.last_offer !== null && centsOf(lot.last_offer) > centsOf(progress.amount);
  return live && !overtaken ? progress : undefined;
}

export type BidObstacle = "not_open" | "over" | "not_invited" | null;

/** Why this lot takes no bid now, as far as the page can know: the server has the last word. */
export function obstacle(view: TraderView, lot: TraderLot): BidObstacle {
  if (view.status === "scheduled") return "not_open";
  if (view.status !== "open" || lot.outcome !== null || lot.minimum_next_bid === null) return "over";
  return view.you.invited ? null : "not_invited";
}

/** Whether an amount is so far above the minimum that a slip of the finger is likely. */
export function isSurprising(amount_cents: Cents, minimum: Amount): boolean {
  return amount_cents * 100 > centsOf(minimum) * (100 + SURPRISING_PERCENT);
}

/** A next step worth proposing in the other field: five increments above the minimum. */
export function suggestion(minimum: Amount, increment: Amount): Amount {
  return amountOf(centsOf(minimum) + 5 * centsOf(increment));
}

export function milliseconds(instant: string): number {
  return Date.parse(instant);
}

/** The last time the end moved, if it did. */
export function lastExtension(recent: AuctionEvent[]): ExtendedEvent | null {
  for (let i = recent.length - 1; i >= 0; i -= 1) {
    const entry = recent[i];
    if (entry?.event === "extended") return entry;
  }
  return null;
}

/** Whether the end is near enough for a bid to move it. */
export function isUrgent(left_ms: number, window_seconds: number): boolean {
  return left_ms <= window_seconds * 1000;
}

/** The share of the soft-close window that is left, from 0 to 1. */
export function windowLeft(left_ms: number, window_seconds: number): number {
  if (window_seconds <= 0) return 0;
  return Math.min(1, Math.max(0, left_ms / (window_seconds * 1000)));
}
