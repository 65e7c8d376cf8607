/**
 * The live protocol, version 1 (`adjuge.v1`), in the pages' words: what a page says to the server and what it hears.
 * The shapes are the server's own (generated/live.ts); here they only get names. Amounts are decimal strings
 * ("20900.00"), instants RFC 3339 UTC, `auction` is the auction's global id, `lot` the lot's number. Nothing here runs.
 */
import type {
  AcceptedCommand,
  Bid,
  BidView,
  Bye,
  ConnectionRemovedView,
  DealerState,
  DealerVehicle,
  DealerView,
  DeclineAuction,
  DeclinedView,
  Event,
  Events,
  ExtendedView,
  FromClient,
  FromServer,
  Invitee,
  Kind,
  LotDecidedView,
  Notice,
  Pong,
  RecoveredView,
  RefusedCommand,
  ReserveReachedView,
  SaleCancelledView,
  SoftCloseView,
  Status,
  SynthesisView,
  TraderState,
  TraderVehicle,
  Welcome,
} from "./generated/live";

export type {
  DealerLot,
  DealerView,
  Outcome,
  Role,
  Standing,
  TraderLot,
  TraderView,
  Vat,
  You,
} from "./generated/live";

export type Amount = string;
export type Instant = string;

export type AuctionKind = Kind;
export type AuctionStatus = Status;
export type SoftClose = SoftCloseView;
/** Totals of an auction (§5.5.1); the dealer's alone. */
export type SynthesisTotals = SynthesisView;
export type AudienceMember = Invitee;
/** A lot's vehicle, as either side reads it. */
export type LotVehicle = TraderVehicle & Partial<DealerVehicle>;

/** An entry of the history; what a trader may not read of it is not there. */
export type AuctionEvent = DealerView["recent"][number];
export type BidEvent = BidView;
export type ReserveReachedEvent = ReserveReachedView;
export type ExtendedEvent = ExtendedView;
export type LotDecidedEvent = LotDecidedView;
export type SaleCancelledEvent = SaleCancelledView;
export type RecoveredEvent = RecoveredView;
/** About a trader: the dealer reads who; a trader's page sees `noted` instead. */
export type TraderEvent = DeclinedView | ConnectionRemovedView;

export type WelcomeMessage = Welcome;
export type StateMessage = TraderState | DealerState;
/** `synthesis`: the totals after these entries, for the dealer alone. */
export type EventMessage = Event;
export type EventsMessage = Events;
export type AcceptedMessage = AcceptedCommand;
export type RefusedMessage = RefusedCommand;
export type NoticeMessage = Notice;
export type PongMessage = Pong;
export type ByeMessage = Bye;
export type ServerMessage = FromServer;

export type BidCommand = Bid;
export type DeclineCommand = DeclineAuction;
export type Command = BidCommand | DeclineCommand;
export type ClientMessage = FromClient;

/** The answer to one command. */
export type Answer = AcceptedMessage | RefusedMessage;
