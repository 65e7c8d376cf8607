/**
 * State + event → state, for a trader's view and a dealer's alike: the client's half of the third law
 * (a snapshot and the events after it make the later snapshot, byte for byte). Pure: no clock, no React, no wire.
 * It reads what the events say and works nothing out that the server has not decided.
 */
import type {
  AuctionEvent,
  AudienceMember,
  BidEvent,
  DealerLot,
  DealerView,
  LotDecidedEvent,
  Standing,
  SynthesisTotals,
  TraderLot,
  TraderView,
  You,
} from "../wire/messages";

/** As many entries as a snapshot carries. */
export const RECENT_ENTRIES = 50;

type AnyView = TraderView | DealerView;
type AnyLot = TraderLot | DealerLot;

/** The view after `event`; `view` is left as it was. */
export function apply<View extends AnyView>(view: View, event: AuctionEvent): View {
  const recent = [...view.recent, entryOf(event)].slice(-RECENT_ENTRIES);
  return { ...view, recent, ...changes(view, event) };
}

/** The view after several entries that came together, with the dealer's totals after the last of them. */
export function applyAll<View extends AnyView>(
  view: View,
  events: AuctionEvent[],
  synthesis?: SynthesisTotals,
): View {
  const after = events.reduce(apply<View>, view);
  return synthesis && "synthesis" in after ? { ...after, synthesis } : after;
}

/**
 * What the trader's own accepted command says of it: its number, which everybody else's frames do not tell, and its offer.
 * The price does not move here: it moves with the event.
 */
export function standAt(view: TraderView, standing: Pick<Standing, "bidder">): TraderView {
  return { ...view, you: { ...view.you, bidder: standing.bidder ?? view.you.bidder } };
}

export function decline(view: TraderView): TraderView {
  return { ...view, you: { ...view.you, declined: true } };
}

function changes(view: AnyView, event: AuctionEvent): Partial<AnyView> {
  switch (event.event) {
    case "started":
      return { status: "open" };
    case "bid":
      return afterBid(view, event);
    case "reserve_reached":
      return withLot(view, event.lot, () => ({ reserve_reached: true }));
    case "extended":
      return { ends_at: event.to };
    case "ended":
      return { status: "ended" };
    case "lot_decided":
      return withLot(view, event.lot, () => afterDecision(event, "audience" in view));
    case "cancelled":
      return {
        status: "cancelled",
        ...withLots(view, () => ({ outcome: "cancelled", minimum_next_bid: null })),
      };
    case "sale_cancelled":
      return withLot(view, event.lot, (lot) => ({
        outcome: "sale_cancelled",
        ...("winner" in lot ? { winner: null } : {}),
      }));
    case "declined":
    case "connection_removed":
      return withMember(
        view,
        event.trader,
        event.event === "declined" ? { declined: true } : { removed: true },
      );
    case "recovered":
    case "noted":
      return {};
  }
}

function afterBid(view: AnyView, bid: BidEvent): Partial<AnyView> {
  return {
    ...withLot(view, bid.lot, (lot) => lotAfterBid(lot, bid)),
    ...(bid.ends_at === undefined ? {} : { ends_at: bid.ends_at }),
    ...("you" in view ? { you: youAfterBid(view, bid) } : {}),
    ...withMember(view, bid.trader, { bidder: bid.bidder, declined: false }),
  };
}

function lotAfterBid(lot: AnyLot, bid: BidEvent): Partial<DealerLot> {
  const after: Partial<DealerLot> = {
    last_offer: bid.amount,
    bidder: bid.bidder,
    bids: bid.bids ?? lot.bids + 1,
    minimum_next_bid: bid.minimum ?? lot.minimum_next_bid,
    reserve_reached: bid.reserve_reached ?? lot.reserve_reached,
  };
  if (bid.prices && "leader" in lot)
    after.vehicles = lot.vehicles.map((one, i) => ({ ...one, price: bid.prices?.[i] ?? null }));
  if (bid.trader !== undefined) after.leader = bid.trader;
  if (bid.gain !== undefined) after.gain = bid.gain;
  if (bid.gain_ht !== undefined) after.gain_ht = bid.gain_ht;
  if (bid.margin !== undefined) after.margin = bid.margin;
  return after;
}

/** A bid of one's own replaces one's offer on the lot, in the lots' order, and withdraws a refusal (§5.2.5). */
function youAfterBid({ you, lots }: TraderView, bid: BidEvent): You {
  if (you.bidder !== bid.bidder) return you;
  const offer = { lot: bid.lot, amount: bid.amount };
  const offers = lots.flatMap(({ number }) =>
    number === bid.lot ? [offer] : you.offers.filter(({ lot }) => lot === number),
  );
  return { ...you, declined: false, offers };
}

function afterDecision(event: LotDecidedEvent, named: boolean): Partial<DealerLot> {
  return {
    outcome: event.outcome,
    minimum_next_bid: null,
    ...(named ? { winner: event.winner ?? null } : {}),
  };
}

function withLots(view: AnyView, change: (lot: AnyLot) => Partial<DealerLot>): { lots: AnyView["lots"] } {
  return { lots: view.lots.map((lot: AnyLot) => ({ ...lot, ...change(lot) })) as AnyView["lots"] };
}

function withLot(
  view: AnyView,
  number: number,
  change: (lot: AnyLot) => Partial<DealerLot>,
): Partial<AnyView> {
  return withLots(view, (lot) => (lot.number === number ? change(lot) : {})) as Partial<AnyView>;
}

function withMember(
  view: AnyView,
  trader: string | undefined,
  change: Partial<AudienceMember>,
): Partial<AnyView> {
  if (!("audience" in view) || trader === undefined) return {};
  return { audience: view.audience.map((one) => (one.trader === trader ? { ...one, ...change } : one)) };
}

/** An entry as a snapshot keeps it: a bid without where its lot stood when it was streamed. */
function entryOf(event: AuctionEvent): AuctionEvent {
  const {
    type: _type,
    auction: _auction,
    synthesis: _synthesis,
    ...entry
  } = event as AuctionEvent & {
    type?: string;
    auction?: number;
    synthesis?: SynthesisTotals;
  };
  if (entry.event !== "bid") return entry;
  const { seq, at, event: kind, lot, amount, bidder, trader } = entry;
  return { seq, at, event: kind, lot, amount, bidder, ...(trader === undefined ? {} : { trader }) };
}
