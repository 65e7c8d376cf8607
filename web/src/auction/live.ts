/**
 * The auctions that this page follows now: one room per auction, holding the view the server's entries make and the
 * answers to one's own commands. No React: screens subscribe to a room and read its snapshot, which is never changed
 * in place. A room left is kept for a moment, so that going from the list to the auction shows it at once.
 */
import type { LiveConnection } from "../wire/connection";
import type { Amount, Answer, DealerView, RefusedMessage, TraderView } from "../wire/messages";
import type { UnansweredBids } from "../wire/unanswered";
import { applyAll, decline, standAt } from "./reducer";

const LINGER_MS = 5_000;

export type BidProgress =
  | { state: "pending"; amount: Amount }
  | { state: "accepted"; amount: Amount }
  | { state: "refused"; amount: Amount; refusal: RefusedMessage };

export interface RoomSnapshot<View> {
  view: View | null;
  /** Why there is no view: the door's code. */
  missing: string | null;
  /** The last bid of this page on each lot. */
  bids: ReadonlyMap<number, BidProgress>;
  declining: "pending" | RefusedMessage | null;
}

type AnyView = TraderView | DealerView;
type AnySnapshot = RoomSnapshot<AnyView>;

const EMPTY: AnySnapshot = { view: null, missing: null, bids: new Map(), declining: null };

export class AuctionRoom {
  snapshot: AnySnapshot = EMPTY;
  private readonly readers = new Set<() => void>();

  constructor(
    readonly auction: number,
    private readonly connection: LiveConnection,
    private readonly unanswered: UnansweredBids,
    private readonly leave: (room: AuctionRoom) => void,
  ) {}

  subscribe = (reader: () => void): (() => void) => {
    this.readers.add(reader);
    return () => {
      this.readers.delete(reader);
      if (this.readers.size === 0) this.leave(this);
    };
  };

  get empty(): boolean {
    return this.readers.size === 0;
  }

  enter(): () => void {
    for (const { id, lot, amount } of this.unanswered.on(this.auction)) this.send(lot, amount, id);
    return this.connection.watch(this.auction, {
      state: (message) => this.become({ view: message.view, missing: null }),
      events: (events, synthesis) => {
        const { view } = this.snapshot;
        if (view) this.become({ view: applyAll(view, events, synthesis) });
      },
      refused: (code) => this.become({ missing: code }),
    });
  }

  /** Places a bid; the view moves only when the server's entry comes. */
  bid(lot: number, amount: Amount): void {
    if (this.snapshot.bids.get(lot)?.state === "pending") return;
    const id = this.connection.newId();
    this.unanswered.keep({ id, auction: this.auction, lot, amount });
    this.send(lot, amount, id);
  }

  private send(lot: number, amount: Amount, id: string): void {
    this.note(lot, { state: "pending", amount });
    void this.connection.command({ type: "bid", auction: this.auction, lot, amount }, id).then((answer) => {
      this.unanswered.forget(id);
      this.answered(lot, amount, answer);
    });
  }

  decline(): void {
    if (this.snapshot.declining === "pending") return;
    this.become({ declining: "pending" });
    void this.connection.command({ type: "decline", auction: this.auction }).then((answer) => {
      const { view } = this.snapshot;
      if (answer.type === "refused") this.become({ declining: answer });
      else this.become({ declining: null, view: view && "you" in view ? decline(view) : view });
    });
  }

  private answered(lot: number, amount: Amount, answer: Answer): void {
    if (answer.type === "refused") {
      this.note(lot, { state: "refused", amount, refusal: answer });
      return;
    }
    const { view } = this.snapshot;
    if (view && "you" in view && answer.standing) this.become({ view: standAt(view, answer.standing) });
    this.note(lot, { state: "accepted", amount });
  }

  private note(lot: number, progress: BidProgress): void {
    this.become({ bids: new Map(this.snapshot.bids).set(lot, progress) });
  }

  private become(change: Partial<AnySnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const reader of this.readers) reader();
  }
}

export class LiveAuctions {
  private readonly rooms = new Map<number, { room: AuctionRoom; leave: () => void }>();

  constructor(
    private readonly connection: LiveConnection,
    private readonly unanswered: UnansweredBids,
    private readonly later: (ms: number, action: () => void) => void,
  ) {}

  /** The room of an auction, entered if it was not. */
  room(auction: number): AuctionRoom {
    const known = this.rooms.get(auction);
    if (known) return known.room;
    const room = new AuctionRoom(auction, this.connection, this.unanswered, (left) => this.left(left));
    this.rooms.set(auction, { room, leave: room.enter() });
    return room;
  }

  /** What is known of an auction now, without entering its room. */
  peek(auction: number): RoomSnapshot<TraderView | DealerView> {
    return this.rooms.get(auction)?.room.snapshot ?? EMPTY;
  }

  private left(room: AuctionRoom): void {
    this.later(LINGER_MS, () => {
      const held = this.rooms.get(room.auction);
      if (held?.room !== room || !room.empty) return;
      held.leave();
      this.rooms.delete(room.auction);
    });
  }
}
