/**
 * Written by `make wire` from the server's own types (scripts/wire.py): never by hand.
 */

/**
 * What a client says.
 */
export type FromClient = Watch | Unwatch | Bid | DeclineAuction | Ping;
/**
 * What the house says.
 */
export type FromServer =
  Welcome | State | Events | AcceptedCommand | RefusedCommand | Notice | Pong | Bye | Event;
/**
 * A dealer works for entities that sell, a trader for a company that buys.
 */
export type Role = "dealer" | "trader";
/**
 * The whole view of an auction for this reader, as of `seq`.
 */
export type State = TraderState | DealerState;
/**
 * One lot per vehicle, each sold alone; or one lot holding every vehicle, sold whole.
 */
export type Kind = "lot" | "unit";
/**
 * §5.5.1; won, partly won and not won are told by the lots' outcomes.
 */
export type Status = "cancelled" | "ended" | "open" | "scheduled";
/**
 * §5.3.3: `add` moves the end by the length, `reset` to the bid's stamp plus the length.
 */
export type SoftCloseMode = "add" | "reset";
/**
 * What became of a lot (§5.4.1), of a cancelled auction's lots, of a cancelled sale.
 */
export type Outcome = "cancelled" | "no_bids" | "reserve_not_reached" | "sale_cancelled" | "won";
/**
 * The VAT regime of a vehicle; `unknown` is reckoned as `margin`.
 */
export type Vat = "margin" | "recoverable" | "unknown";
/**
 * §5.3.1 and §5.3.4.
 */
export type ExtensionCause = "late_bid" | "outage";
/**
 * One entry of an auction's history; the dealer's carries the totals after it.
 */
export type Event = {
  type: "event";
  auction: number;
  synthesis?: SynthesisView;
} & (
  | StartedView
  | BidView
  | ReserveReachedView
  | ExtendedView
  | DeclinedView
  | ConnectionRemovedView
  | NotedView
  | RecoveredView
  | EndedView
  | LotDecidedView
  | CancelledView
  | SaleCancelledView
);

/**
 * What is said and heard on the live wire.
 */
export interface Live {
  say: FromClient;
  hear: FromServer;
}
/**
 * Follow an auction; `after` and `epoch` say what was seen last.
 */
export interface Watch {
  type: "watch";
  /**
   * The auction's id.
   */
  auction: number;
  after?: number;
  epoch?: number;
}
/**
 * Follow it no more.
 */
export interface Unwatch {
  type: "unwatch";
  /**
   * The auction's id.
   */
  auction: number;
}
/**
 * Bid on a lot; the same `id` is the same bid, however often it is sent.
 */
export interface Bid {
  type: "bid";
  /**
   * The client's own id.
   */
  id: string;
  /**
   * The auction's id.
   */
  auction: number;
  lot: number;
  /**
   * EUR, at most two decimals.
   */
  amount: string;
}
/**
 * Decline an auction (§5.2.5).
 */
export interface DeclineAuction {
  type: "decline";
  /**
   * The client's own id.
   */
  id: string;
  /**
   * The auction's id.
   */
  auction: number;
}
/**
 * Ask for the server's time; `t` comes back as it was.
 */
export interface Ping {
  type: "ping";
  t: number | string;
}
/**
 * The first message: the server's clock, the user, the limits.
 */
export interface Welcome {
  type: "welcome";
  protocol: string;
  time: string;
  user: User;
  heartbeat_seconds: number;
  limits: Limits;
}
/**
 * Who the server takes the client for.
 */
export interface User {
  id: number;
  name: string;
  role: Role;
  company: string;
}
/**
 * What a client may do; beyond it commands are refused `busy`.
 */
export interface Limits {
  message_bytes: number;
  commands_per_second: number;
  burst: number;
  outbox_bytes: number;
}
/**
 * The whole view of an auction for this reader, as of `seq`.
 */
export interface TraderState {
  type: "state";
  auction: number;
  epoch: number;
  seq: number;
  time: string;
  role: "trader";
  view: TraderView;
}
/**
 * The whole auction for one trader; `recent` is the end of the history, oldest first.
 */
export interface TraderView {
  auction: number;
  number: number;
  kind: Kind;
  status: Status;
  starts_at: string;
  ends_at: string;
  minimum_increment: string;
  soft_close: SoftCloseView;
  lots: TraderLot[];
  recent: (
    | StartedView
    | BidView
    | ReserveReachedView
    | ExtendedView
    | DeclinedView
    | ConnectionRemovedView
    | NotedView
    | RecoveredView
    | EndedView
    | LotDecidedView
    | CancelledView
    | SaleCancelledView
  )[];
  you: You;
}
/**
 * §5.3.3, in seconds.
 */
export interface SoftCloseView {
  window_seconds: number;
  extension_seconds: number;
  mode: SoftCloseMode;
}
/**
 * A lot: the standing bid, whose number it is, and what a bid must reach now.
 */
export interface TraderLot {
  number: number;
  starting_price: string;
  last_offer: string | null;
  bidder: number | null;
  bids: number;
  minimum_next_bid: string | null;
  reserve_reached: boolean | null;
  outcome: Outcome | null;
  vehicles: TraderVehicle[];
}
/**
 * A vehicle of a lot; what it is comes from its card, over HTTP.
 */
export interface TraderVehicle {
  ref: string;
  vat: Vat;
}
/**
 * The auction opened.
 */
export interface StartedView {
  event: "started";
  seq: number;
  at: string;
}
/**
 * A bid: `bidder` is the trader's number; the dealer also reads `trader`, the name.
 *
 * As it is streamed it says where the lot stands after it (`bids`, `minimum`,
 * `reserve_reached`) and when the auction ends; as an entry of the past it does not. The dealer
 * also reads the lot's figures and the vehicles' `prices`, its shares, in the lot's order.
 */
export interface BidView {
  event: "bid";
  seq: number;
  at: string;
  lot: number;
  amount: string;
  bidder: number;
  trader?: string;
  bids?: number;
  minimum?: string;
  reserve_reached?: boolean;
  ends_at?: string;
  gain?: string;
  gain_ht?: string;
  margin?: string;
  prices?: string[];
}
/**
 * The lot's reserve is reached; the figure is nobody's but the dealer's.
 */
export interface ReserveReachedView {
  event: "reserve_reached";
  seq: number;
  at: string;
  lot: number;
}
/**
 * The end moved, because of a `late_bid` or an `outage`; `ends_at` is `to`.
 */
export interface ExtendedView {
  event: "extended";
  seq: number;
  at: string;
  cause: ExtensionCause;
  from: string;
  to: string;
  ends_at: string;
}
/**
 * A trader declined: for the dealer alone.
 */
export interface DeclinedView {
  event: "declined";
  seq: number;
  at: string;
  trader: string;
}
/**
 * A trader's connection ended: for the dealer alone.
 */
export interface ConnectionRemovedView {
  event: "connection_removed";
  seq: number;
  at: string;
  trader: string;
}
/**
 * For traders: something that is not theirs to know; it keeps `seq` without gaps.
 */
export interface NotedView {
  event: "noted";
  seq: number;
  at: string;
}
/**
 * The service was down while the auction was open (§5.3.4).
 */
export interface RecoveredView {
  event: "recovered";
  seq: number;
  at: string;
  down_from: string;
  down_until: string;
}
/**
 * The end.
 */
export interface EndedView {
  event: "ended";
  seq: number;
  at: string;
}
/**
 * A lot's outcome; if it is won: `price`, the winner's number, the name for the dealer.
 *
 * What shows a price says when the auction ended: `ends_at`.
 */
export interface LotDecidedView {
  event: "lot_decided";
  seq: number;
  at: string;
  lot: number;
  outcome: Outcome;
  price?: string;
  bidder?: number;
  ends_at?: string;
  winner?: string;
}
/**
 * The auction was cancelled.
 */
export interface CancelledView {
  event: "cancelled";
  seq: number;
  at: string;
}
/**
 * A sale was cancelled; the reason is for the dealer (the buyer reads it in a notice).
 */
export interface SaleCancelledView {
  event: "sale_cancelled";
  seq: number;
  at: string;
  lot: number;
  reason?: string;
}
/**
 * Who the reader is in this auction: its number (`None` before its first bid).
 */
export interface You {
  bidder: number | null;
  declined: boolean;
  invited: boolean;
  offers: OwnOffer[];
}
/**
 * The reader's own best offer on a lot.
 */
export interface OwnOffer {
  lot: number;
  amount: string;
}
/**
 * The whole view of an auction for this reader, as of `seq`.
 */
export interface DealerState {
  type: "state";
  auction: number;
  epoch: number;
  seq: number;
  time: string;
  role: "dealer";
  view: DealerView;
}
/**
 * The whole auction for its dealer: the synthesis, the lots and the audience by name.
 */
export interface DealerView {
  auction: number;
  number: number;
  kind: Kind;
  status: Status;
  starts_at: string;
  ends_at: string;
  minimum_increment: string;
  soft_close: SoftCloseView;
  synthesis: SynthesisView;
  lots: DealerLot[];
  recent: (
    | StartedView
    | BidView
    | ReserveReachedView
    | ExtendedView
    | DeclinedView
    | ConnectionRemovedView
    | NotedView
    | RecoveredView
    | EndedView
    | LotDecidedView
    | CancelledView
    | SaleCancelledView
  )[];
  audience: Invitee[];
}
/**
 * The totals of an auction, in the words of `Synthesis`.
 */
export interface SynthesisView {
  starting_total: string;
  initial_margin: string;
  last_offers_total: string;
  reserve_total: string | null;
  gain: string;
  gain_ht: string;
  margin: string;
  lots_with_offer: number;
  lots_with_reserve_reached: number;
}
/**
 * A lot with its reserve, its leader by name and its figures (§5.5.1).
 */
export interface DealerLot {
  number: number;
  starting_price: string;
  reserve_price: string | null;
  last_offer: string | null;
  leader: string | null;
  bidder: number | null;
  bids: number;
  minimum_next_bid: string | null;
  reserve_reached: boolean | null;
  initial_margin: string;
  gain: string;
  gain_ht: string;
  margin: string;
  outcome: Outcome | null;
  winner: string | null;
  vehicles: DealerVehicle[];
}
/**
 * A vehicle with its share of the last offer (§5.4.3).
 */
export interface DealerVehicle {
  ref: string;
  vat: Vat;
  starting_price: string;
  initial_margin: string;
  price: string | null;
}
/**
 * A trader of the audience as the dealer follows it (§5.5.1).
 */
export interface Invitee {
  trader: string;
  bidder: number | null;
  declined: boolean;
  removed: boolean;
}
/**
 * Entries `from` to `seq` of the history, in one frame; the dealer's carries the totals after them.
 *
 * A single one is sent as `event`: the same fields as its entry, with `auction` (and `synthesis`).
 */
export interface Events {
  type: "events";
  auction: number;
  from: number;
  seq: number;
  events: (
    | StartedView
    | BidView
    | ReserveReachedView
    | ExtendedView
    | DeclinedView
    | ConnectionRemovedView
    | NotedView
    | RecoveredView
    | EndedView
    | LotDecidedView
    | CancelledView
    | SaleCancelledView
  )[];
  synthesis?: SynthesisView;
}
/**
 * Yes, and it is durable. `seq` is its entry of the history, if it made one.
 */
export interface AcceptedCommand {
  type: "accepted";
  id: string;
  auction: number;
  seq: number | null;
  duplicate?: boolean;
  standing?: Standing;
}
/**
 * Where the bidder stands on the lot once its command was decided.
 */
export interface Standing {
  lot: number;
  bidder: number | null;
  leading: boolean;
  last_offer: string | null;
  minimum: string | null;
  reserve_reached: boolean | null;
  ends_at: string;
}
/**
 * No, why, and what to do; `field` names what does not fit in a message.
 */
export interface RefusedCommand {
  type: "refused";
  code: string;
  message: string;
  id?: string;
  auction?: number;
  minimum?: string;
  ends_at?: string;
  field?: string;
  duplicate?: boolean;
}
/**
 * Something the user is told wherever it is; its `id` shows it once.
 */
export interface Notice {
  type: "notice";
  id: string;
  kind:
    | "user_invited"
    | "password_reset"
    | "connection_invited"
    | "connection_activated"
    | "connection_removed"
    | "auction_published"
    | "auction_changed"
    | "auction_invited"
    | "auction_uninvited"
    | "auction_opened"
    | "auction_cancelled"
    | "lot_result"
    | "lot_won"
    | "lot_not_won"
    | "sale_cancelled"
    | "offer_sent"
    | "offer_abandoned"
    | "order_placed"
    | "order_cancelled"
    | "vehicle_in_delivery"
    | "vehicle_available"
    | "delivery_scheduled"
    | "delivery_not_honoured"
    | "vehicle_released"
    | "too_long_in_stock"
    | "outbid";
  at: string;
  auction?: number;
  number?: number;
  display_number?: string;
  lot?: number;
  lot_display_number?: string;
  outcome?: Outcome;
  amount?: string;
  ends_at?: string;
  winner?: string;
  reason?: string;
  params?: {
    [k: string]: string | number | null;
  };
}
/**
 * The server's time, with the client's own `t`.
 */
export interface Pong {
  type: "pong";
  t: number | string;
  time: string;
}
/**
 * The last message before the server closes; `reconnect_after` in seconds, `None`: do not.
 */
export interface Bye {
  type: "bye";
  code: number;
  reason: string;
  reconnect_after: number | null;
}
