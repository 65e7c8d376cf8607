"""The lines of a replay's history: every entry with its own fields, names included.

The report of a replay is for whoever may read the whole auction; what a trader may read is in
`event_views`.
"""

from typing import assert_never

from msgspec import UNSET, Struct, UnsetType

from engine.auction.events import (
    AnyEvent,
    BidPlaced,
    Cancelled,
    ConnectionRemoved,
    Declined,
    Ended,
    Extended,
    LotDecided,
    Recovered,
    ReserveReached,
    SaleCancelled,
    Started,
)
from engine.auction.state import AuctionState
from engine.instants import format_instant
from engine.money import format_amount


class Line(Struct, frozen=True):
    """`started`, `ended`, `cancelled`: nothing of their own."""

    seq: int
    at: str
    type: str


class BidLine(Line, frozen=True):
    """A bid, with the trader's name and alias."""

    lot: int
    trader: str
    alias: str
    amount: str


class LotLine(Line, frozen=True):
    """`reserve_reached`."""

    lot: int


class ExtendedLine(Line, frozen=True, rename={"from_": "from"}):
    """The end moved; for a late bid this follows the bid that caused it."""

    cause: str
    from_: str
    to: str


class TraderLine(Line, frozen=True):
    """`declined`, `connection_removed`."""

    trader: str


class RecoveredLine(Line, frozen=True):
    """An outage that overlapped the open auction."""

    down_from: str
    down_until: str


class LotDecidedLine(Line, frozen=True):
    """A lot's outcome; winner and price if it is won."""

    lot: int
    outcome: str
    winner: str | UnsetType = UNSET
    price: str | UnsetType = UNSET


class SaleCancelledLine(Line, frozen=True):
    """A cancelled sale, with its reason."""

    lot: int
    reason: str


def history_line(state: AuctionState, event: AnyEvent) -> Line:
    """An event as the report prints it."""
    seq, at = event.seq, format_instant(event.at)
    kind = str(event.__struct_config__.tag)
    match event:
        case BidPlaced():
            name, alias = state.names[event.trader], f"Trader {event.alias}"
            amount = format_amount(event.amount_cents)
            return BidLine(seq, at, kind, event.lot, name, alias, amount)
        case ReserveReached():
            return LotLine(seq, at, kind, event.lot)
        case Extended():
            old_end, new_end = format_instant(event.old_end), format_instant(event.new_end)
            return ExtendedLine(seq, at, kind, event.cause, old_end, new_end)
        case Declined() | ConnectionRemoved():
            return TraderLine(seq, at, kind, state.names[event.trader])
        case Recovered():
            down_from, down_until = event.down_from, event.down_until
            return RecoveredLine(seq, at, kind, format_instant(down_from), format_instant(down_until))
        case LotDecided():
            if event.winner is None or event.price_cents is None:
                return LotDecidedLine(seq, at, kind, event.lot, event.outcome)
            winner, price = state.names[event.winner], format_amount(event.price_cents)
            return LotDecidedLine(seq, at, kind, event.lot, event.outcome, winner, price)
        case SaleCancelled():
            return SaleCancelledLine(seq, at, kind, event.lot, event.reason)
        case Started() | Ended() | Cancelled():
            return Line(seq, at, kind)
        case _:
            assert_never(event)
