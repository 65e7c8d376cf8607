"""The entries of the history as each audience may read them.

Amounts are decimal strings and times RFC 3339, ready for a wire. What a trader may not read is
never put in: reserves are told as reached or not, other traders are numbers (§1.4).
"""

from typing import TypeAlias, assert_never, final

from msgspec import UNSET, Struct, UnsetType, structs

from engine.auction.events import (
    AnyEvent,
    BidPlaced,
    Cancelled,
    ConnectionRemoved,
    Declined,
    Ended,
    Extended,
    ExtensionCause,
    LotDecided,
    Outcome,
    Recovered,
    ReserveReached,
    SaleCancelled,
    Started,
)
from engine.auction.state import AuctionState
from engine.auction.synthesis import lot_figures
from engine.instants import Instant, format_instant
from engine.money import Cents, format_amount


class EventView(Struct, frozen=True, gc=False, tag_field="event"):
    """An entry: `seq` counts from 1 without gaps, `at` is when it took effect."""

    seq: int
    at: str


class StartedView(EventView, frozen=True, gc=False, tag="started"):
    """The auction opened."""


class BidView(EventView, frozen=True, gc=False, tag="bid"):
    """A bid: `bidder` is the trader's number; the dealer also reads `trader`, the name.

    As it is streamed it says where the lot stands after it (`bids`, `minimum`,
    `reserve_reached`) and when the auction ends; as an entry of the past it does not. The dealer
    also reads the lot's figures and the vehicles' `prices`, its shares, in the lot's order.
    """

    lot: int
    amount: str
    bidder: int
    trader: str | UnsetType = UNSET
    bids: int | UnsetType = UNSET
    minimum: str | UnsetType = UNSET
    reserve_reached: bool | UnsetType = UNSET
    ends_at: str | UnsetType = UNSET
    gain: str | UnsetType = UNSET
    gain_ht: str | UnsetType = UNSET
    margin: str | UnsetType = UNSET
    prices: tuple[str, ...] | UnsetType = UNSET


class ReserveReachedView(EventView, frozen=True, gc=False, tag="reserve_reached"):
    """The lot's reserve is reached; the figure is nobody's but the dealer's."""

    lot: int


class ExtendedView(EventView, frozen=True, gc=False, tag="extended", rename={"from_": "from"}):
    """The end moved, because of a `late_bid` or an `outage`; `ends_at` is `to`."""

    cause: ExtensionCause
    from_: str
    to: str
    ends_at: str


class DeclinedView(EventView, frozen=True, gc=False, tag="declined"):
    """A trader declined: for the dealer alone."""

    trader: str


class ConnectionRemovedView(EventView, frozen=True, gc=False, tag="connection_removed"):
    """A trader's connection ended: for the dealer alone."""

    trader: str


class NotedView(EventView, frozen=True, gc=False, tag="noted"):
    """For traders: something that is not theirs to know; it keeps `seq` without gaps."""


class RecoveredView(EventView, frozen=True, gc=False, tag="recovered"):
    """The service was down while the auction was open (§5.3.4)."""

    down_from: str
    down_until: str


class EndedView(EventView, frozen=True, gc=False, tag="ended"):
    """The end."""


class LotDecidedView(EventView, frozen=True, gc=False, tag="lot_decided"):
    """A lot's outcome; if it is won: `price`, the winner's number, the name for the dealer.

    What shows a price says when the auction ended: `ends_at`.
    """

    lot: int
    outcome: Outcome
    price: str | UnsetType = UNSET
    bidder: int | UnsetType = UNSET
    ends_at: str | UnsetType = UNSET
    winner: str | UnsetType = UNSET


class CancelledView(EventView, frozen=True, gc=False, tag="cancelled"):
    """The auction was cancelled."""


class SaleCancelledView(EventView, frozen=True, gc=False, tag="sale_cancelled"):
    """A sale was cancelled; the reason is for the dealer (the buyer reads it in a notice)."""

    lot: int
    reason: str | UnsetType = UNSET


AnyEventView: TypeAlias = (
    StartedView
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
)


def trader_event(state: AuctionState, event: AnyEvent) -> AnyEventView:
    """An entry as every trader reads it, the same for all."""
    match event:
        case Declined() | ConnectionRemoved():
            return NotedView(event.seq, format_instant(event.at))
        case _:
            return _event(state, event, for_dealer=False)


def dealer_event(state: AuctionState, event: AnyEvent) -> AnyEventView:
    """An entry as the dealer reads it, with names."""
    return _event(state, event, for_dealer=True)


def _event(state: AuctionState, event: AnyEvent, *, for_dealer: bool) -> AnyEventView:
    seq, at = event.seq, format_instant(event.at)
    match event:
        case BidPlaced():
            name = state.names[event.trader] if for_dealer else UNSET
            amount = format_amount(event.amount_cents)
            return BidView(seq, at, event.lot, amount, event.alias, name)
        case ReserveReached():
            return ReserveReachedView(seq, at, event.lot)
        case Extended():
            old_end, new_end = format_instant(event.old_end), format_instant(event.new_end)
            return ExtendedView(seq, at, event.cause, old_end, new_end, new_end)
        case Declined():
            return DeclinedView(seq, at, state.names[event.trader])
        case ConnectionRemoved():
            return ConnectionRemovedView(seq, at, state.names[event.trader])
        case LotDecided():
            return _decided(state, event, at, for_dealer=for_dealer)
        case SaleCancelled():
            reason = event.reason if for_dealer else UNSET
            return SaleCancelledView(seq, at, event.lot, reason)
        case Recovered():
            down_from, down_until = event.down_from, event.down_until
            return RecoveredView(seq, at, format_instant(down_from), format_instant(down_until))
        case Started():
            return StartedView(seq, at)
        case Ended():
            return EndedView(seq, at)
        case Cancelled():
            return CancelledView(seq, at)
        case _:
            assert_never(event)


def _decided(state: AuctionState, event: LotDecided, at: str, *, for_dealer: bool) -> LotDecidedView:
    if event.winner is None or event.price_cents is None:
        return LotDecidedView(event.seq, at, event.lot, event.outcome)
    price, bidder = format_amount(event.price_cents), state.aliases[event.winner]
    name = state.names[event.winner] if for_dealer else UNSET
    return LotDecidedView(event.seq, at, event.lot, event.outcome, price, bidder, at, name)


@final
class StandingBid(Struct, frozen=True, gc=False):
    """A bid and where its lot stood right after it, not in words yet: under a storm most are put into words later."""

    bid: BidPlaced
    bids: int
    minimum_cents: Cents
    reserve_reached: bool
    ends_at: Instant

    def view(self, trader: str | UnsetType = UNSET) -> BidView:
        """The entry as it is streamed; what shows a price says when the auction ends. `trader` is for the dealer."""
        bid = self.bid
        return BidView(
            bid.seq,
            format_instant(bid.at),
            bid.lot,
            format_amount(bid.amount_cents),
            bid.alias,
            trader,
            self.bids,
            format_amount(self.minimum_cents),
            self.reserve_reached,
            format_instant(self.ends_at),
        )


def standing_bid(state: AuctionState, bid: BidPlaced) -> StandingBid:
    """The bid with where its lot stands; `state` is after the whole decision."""
    lot = state.lots[bid.lot]
    return StandingBid(bid, lot.bids, state.minimum_cents(lot), lot.reserve_reached is True, state.ends_at)


def to_stream_to_traders(state: AuctionState, event: AnyEvent) -> StandingBid | AnyEventView:
    """An entry to be streamed to every trader, a bid not in words yet; `state` is after the whole decision."""
    return standing_bid(state, event) if isinstance(event, BidPlaced) else trader_event(state, event)


def streamed_to_traders(state: AuctionState, event: AnyEvent) -> AnyEventView:
    """An entry as it is streamed to every trader; `state` is after the whole decision."""
    entry = to_stream_to_traders(state, event)
    return entry.view() if isinstance(entry, StandingBid) else entry


def streamed_to_dealer(state: AuctionState, event: AnyEvent) -> AnyEventView:
    """An entry as it is streamed to the dealer; `state` is after the whole decision."""
    if not isinstance(event, BidPlaced):
        return dealer_event(state, event)
    figures = lot_figures(state.lots[event.lot])
    assert figures.prices_cents is not None
    return structs.replace(
        standing_bid(state, event).view(state.names[event.trader]),
        gain=format_amount(figures.gain_cents),
        gain_ht=format_amount(figures.gain_ht_cents),
        margin=format_amount(figures.margin_cents),
        prices=tuple(format_amount(price) for price in figures.prices_cents),
    )
