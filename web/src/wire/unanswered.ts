/**
 * The bids that this tab has sent and that nobody has answered yet. They outlive a reload for a moment, so that the page
 * can repeat them with the same ids: the server then answers as it did, or takes what never reached it, once (§5.2).
 * A session that ends takes them with it: nothing is bid for whoever signs in next.
 */
import type { Amount } from "./messages";

export interface UnansweredBid {
  id: string;
  auction: number;
  lot: number;
  amount: Amount;
  /** Milliseconds of this machine's clock, compared with nothing but itself. */
  sent_ms: number;
}

/** A bid older than this was meant for another moment. */
const KEPT_MS = 60_000;
const PREFIX = "adjuge-unanswered-";

export class UnansweredBids {
  constructor(
    private readonly user: number,
    private readonly kept: Storage = sessionStorage,
    private readonly now: () => number = Date.now,
  ) {}

  /** Those on that auction which are still fresh. */
  on(auction: number): UnansweredBid[] {
    return this.all().filter((bid) => bid.auction === auction);
  }

  keep(bid: Omit<UnansweredBid, "sent_ms">): void {
    this.write([...this.all(), { ...bid, sent_ms: this.now() }]);
  }

  forget(id: string): void {
    this.write(this.all().filter((bid) => bid.id !== id));
  }

  forgetAll(): void {
    this.write([]);
  }

  private all(): UnansweredBid[] {
    const text = this.kept.getItem(PREFIX + this.user);
    if (text === null) return [];
    const since_ms = this.now() - KEPT_MS;
    return (JSON.parse(text) as UnansweredBid[]).filter(({ sent_ms }) => sent_ms > since_ms);
  }

  private write(bids: UnansweredBid[]): void {
    if (bids.length > 0) this.kept.setItem(PREFIX + this.user, JSON.stringify(bids));
    else this.kept.removeItem(PREFIX + this.user);
  }
}
