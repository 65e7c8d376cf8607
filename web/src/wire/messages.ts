/**
 * The live protocol, version 1 (`adjuge.v1`), as types: what a page says to the server and what it hears.
 * Amounts are decimal strings ("20900.00"), instants RFC 3339 UTC, `auction` is the auction's global id,
 * `lot` the lot's number. Unknown fields are ignored. Nothing here runs.
 */

export type Amount = string;
export type Instant = string;

export type AuctionKind = "unit" | "lot";
export type AuctionStatus = "scheduled" | "open" | "ended" | "cancelled";
export type Outcome = "won" | "reserve_not_reached" | "no_bids" | "cancelled" | "sale_cancelled";
export type Vat = "margin" | "recoverable" | "unknown";
export type Role = "trader" | "dealer";

export interface SoftClose {
  window_seconds: number;
  extension_seconds: number;
  mode: "add" | "reset";
}

/** Totals of an auction (§5.5.1); the dealer's alone. */
export interface SynthesisTotals {
  starting_total: Amount;
  initial_margin: Amount;
  last_offers_total: Amount;
  reserve_total: Amount | null;
  gain: Amount;
  gain_ht: Amount;
  margin: Amount;
  lots_with_offer: number;
  lots_with_reserve_reached: number;
}

interface Entry {
  seq: number;
  at: Instant;
}

export interface BidEvent extends Entry {
  event: "bid";
  lot: number;
  amount: Amount;
  bidder: number;
  bids?: number;
  minimum?: Amount;
  reserve_reached?: boolean;
  ends_at?: Instant;
  /** From here on the dealer's version only. */
  trader?: string;
  gain?: Amount;
  gain_ht?: Amount;
  margin?: Amount;
  /** The vehicles' shares of the bid, in the lot's order. */
  prices?: Amount[];
}
export interface ReserveReachedEvent extends Entry {
  event: "reserve_reached";
  lot: number;
}
export interface ExtendedEvent extends Entry {
  event: "extended";
  cause: "late_bid" | "outage";
  from: Instant;
  to: Instant;
  ends_at: Instant;
}
export interface LotDecidedEvent extends Entry {
  event: "lot_decided";
  lot: number;
  outcome: Outcome;
  bidder?: number;
  winner?: string;
  price?: Amount;
}
export interface SaleCancelledEvent extends Entry {
  event: "sale_cancelled";
  lot: number;
  reason?: string;
}
export interface RecoveredEvent extends Entry {
  event: "recovered";
  down_from: Instant;
  down_until: Instant;
}
/** About a trader: the dealer reads who; a trader's page sees `noted` instead. */
export interface TraderEvent extends Entry {
  event: "declined" | "connection_removed";
  trader?: string;
}
export interface PlainEvent extends Entry {
  event: "started" | "ended" | "cancelled" | "noted";
}

export type AuctionEvent =
  | BidEvent
  | ReserveReachedEvent
  | ExtendedEvent
  | LotDecidedEvent
  | SaleCancelledEvent
  | RecoveredEvent
  | TraderEvent
  | PlainEvent;

export interface LotVehicle {
  ref: string;
  vat: Vat;
  starting_price?: Amount;
  initial_margin?: Amount;
  price?: Amount | null;
}

interface LotView {
  number: number;
  starting_price: Amount;
  last_offer: Amount | null;
  bidder: number | null;
  bids: number;
  minimum_next_bid: Amount | null;
  reserve_reached: boolean | null;
  outcome: Outcome | null;
  vehicles: LotVehicle[];
}
export type TraderLot = LotView;
export interface DealerLot extends LotView {
  reserve_price: Amount | null;
  leader: string | null;
  initial_margin: Amount;
  gain: Amount;
  gain_ht: Amount;
  margin: Amount;
  winner: string | null;
}

interface AuctionView<Lot extends LotView> {
  auction: number;
  number: number;
  kind: AuctionKind;
  status: AuctionStatus;
  starts_at: Instant;
  ends_at: Instant;
  minimum_increment: Amount;
  soft_close: SoftClose;
  lots: Lot[];
  recent: AuctionEvent[];
}
export interface You {
  bidder: number | null;
  declined: boolean;
  invited: boolean;
  offers: { lot: number; amount: Amount }[];
}
export interface TraderView extends AuctionView<TraderLot> {
  you: You;
}
export interface AudienceMember {
  trader: string;
  bidder: number | null;
  declined: boolean;
  removed: boolean;
}
export interface DealerView extends AuctionView<DealerLot> {
  synthesis: SynthesisTotals;
  audience: AudienceMember[];
}

/** Where the bidder stands once a bid is accepted. */
export interface Standing {
  lot: number;
  bidder: number | null;
  leading: boolean;
  last_offer: Amount | null;
  minimum: Amount | null;
  reserve_reached: boolean | null;
  ends_at: Instant;
}

export interface WelcomeMessage {
  type: "welcome";
  protocol: string;
  time: Instant;
  user: { id: number; name: string; role: Role; company?: string | null };
  heartbeat_seconds: number;
}
export type StateMessage = { type: "state"; auction: number; epoch: number; seq: number } & (
  | { role: "trader"; view: TraderView }
  | { role: "dealer"; view: DealerView }
);
/** `synthesis`: the totals after these entries, for the dealer alone. */
export type EventMessage = { type: "event"; auction: number; synthesis?: SynthesisTotals } & AuctionEvent;
export interface EventsMessage {
  type: "events";
  auction: number;
  from: number;
  seq: number;
  events: AuctionEvent[];
  synthesis?: SynthesisTotals;
}
export interface AcceptedMessage {
  type: "accepted";
  id: string;
  auction: number;
  seq: number | null;
  duplicate?: boolean;
  standing?: Standing;
}
export interface RefusedMessage {
  type: "refused";
  id?: string;
  auction?: number;
  code: string;
  message: string;
  minimum?: Amount;
  field?: string;
}
export interface NoticeMessage {
  type: "notice";
  id: string;
  kind: string;
  at: Instant;
  auction?: number;
  number?: number;
  lot?: number;
  outcome?: Outcome;
  amount?: Amount;
  winner?: string;
  reason?: string;
}
export interface PongMessage {
  type: "pong";
  t: number | string;
  time: Instant;
}
export interface ByeMessage {
  type: "bye";
  code: number;
  reason: string;
  reconnect_after?: number | null;
}
export type ServerMessage =
  | WelcomeMessage
  | StateMessage
  | EventMessage
  | EventsMessage
  | AcceptedMessage
  | RefusedMessage
  | NoticeMessage
  | PongMessage
  | ByeMessage;

export interface BidCommand {
  type: "bid";
  id: string;
  auction: number;
  lot: number;
  amount: Amount;
}
export interface DeclineCommand {
  type: "decline";
  id: string;
  auction: number;
}
export type Command = BidCommand | DeclineCommand;
export type ClientMessage =
  | Command
  | { type: "watch"; auction: number; after?: number; epoch?: number }
  | { type: "unwatch"; auction: number }
  | { type: "ping"; t: number };

/** The answer to one command. */
export type Answer = AcceptedMessage | RefusedMessage;
