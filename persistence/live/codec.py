"""Events and kept answers as columns, and back. A round trip gives the same values, for every event there is.

Knows nothing of SQL but the columns' names and their order. A trader's key is the text of its id in trader_companies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

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
from engine.auction.refusals import KeptAnswer, RefusalCode, Refused
from engine.money import format_amount, parse_bid

if TYPE_CHECKING:
    from persistence.database import Row

EVENT_COLUMNS: Final = (
    ("seq", "integer"),
    ("at", "timestamptz"),
    ("kind", "text"),
    ("lot", "integer"),
    ("trader_id", "bigint"),
    ("command_id", "text"),
    ("alias", "integer"),
    ("amount_cents", "bigint"),
    ("cause", "text"),
    ("from_at", "timestamptz"),
    ("to_at", "timestamptz"),
    ("outcome", "text"),
    ("reason", "text"),
)
BID_COLUMNS: Final = (
    ("seq", "integer"),
    ("at", "timestamptz"),
    ("lot", "integer"),
    ("trader_id", "bigint"),
    ("command_id", "text"),
    ("alias", "integer"),
    ("amount_cents", "bigint"),
)
"""What a bid has of EVENT_COLUMNS beside its kind."""
ANSWER_COLUMNS: Final = (
    ("trader_id", "bigint"),
    ("command_id", "text"),
    ("at", "timestamptz"),
    ("after_seq", "integer"),
    ("code", "text"),
    ("minimum_cents", "bigint"),
    ("lot", "bigint"),
    ("amount", "text"),
)
LONGEST_AMOUNT: Final = 64
"""The longest text that is kept of a refused bid's amount."""

_LARGEST_BIGINT: Final = 2**63 - 1

Columns: TypeAlias = tuple[int | str | None, ...]


def event_columns(event: AnyEvent) -> Columns:
    """The event in the order of EVENT_COLUMNS."""
    seq, at = event.seq, event.at
    match event:
        case BidPlaced():
            return (seq, at, "bid", *bid_columns(event)[2:], None, None, None, None, None)
        case Started():
            return _plain(seq, at, "started")
        case ReserveReached(lot=lot):
            return _plain(seq, at, "reserve_reached", lot=lot)
        case Extended(cause=cause, old_end=old_end, new_end=new_end):
            return _plain(seq, at, "extended", cause=cause.value, from_at=old_end, to_at=new_end)
        case Declined(trader=trader, command_id=command):
            return _plain(seq, at, "declined", trader=trader, command=command)
        case ConnectionRemoved(trader=trader):
            return _plain(seq, at, "connection_removed", trader=trader)
        case Recovered(down_from=down_from, down_until=down_until):
            return _plain(seq, at, "recovered", from_at=down_from, to_at=down_until)
        case Ended():
            return _plain(seq, at, "ended")
        case LotDecided(lot=lot, outcome=outcome, winner=winner, price_cents=cents):
            return _plain(seq, at, "lot_decided", lot=lot, trader=winner, cents=cents, outcome=outcome.value)
        case Cancelled():
            return _plain(seq, at, "cancelled")
        case SaleCancelled(lot=lot, reason=reason):
            return _plain(seq, at, "sale_cancelled", lot=lot, reason=reason)
        case _:
            assert_never(event)


def bid_columns(bid: BidPlaced) -> Columns:
    """The bid in the order of BID_COLUMNS."""
    command = storable(bid.command_id)
    return (bid.seq, bid.at, bid.lot, int(bid.trader), command, bid.alias, bid.amount_cents)


def _plain(  # noqa: PLR0913 - a row has as many columns as it needs
    seq: int,
    at: int,
    kind: str,
    *,
    lot: int | None = None,
    trader: str | None = None,
    command: str | None = None,
    cents: int | None = None,
    cause: str | None = None,
    from_at: int | None = None,
    to_at: int | None = None,
    outcome: str | None = None,
    reason: str | None = None,
) -> Columns:
    trader_id = None if trader is None else int(trader)
    written = None if command is None else storable(command)
    why = None if reason is None else storable(reason)
    return (seq, at, kind, lot, trader_id, written, None, cents, cause, from_at, to_at, outcome, why)


def event_of(row: Row) -> AnyEvent:
    """The event that a row of auction_events holds."""
    seq, at = row["seq"], row["at"]
    match row["kind"]:
        case "bid":
            command = as_given(row["command_id"])
            return BidPlaced(seq, at, row["lot"], str(row["trader_id"]), command, row["alias"], row["amount_cents"])
        case "started":
            return Started(seq, at)
        case "reserve_reached":
            return ReserveReached(seq, at, row["lot"])
        case "extended":
            return Extended(seq, at, ExtensionCause(row["cause"]), row["from_at"], row["to_at"])
        case "declined":
            written = row["command_id"]
            return Declined(seq, at, str(row["trader_id"]), None if written is None else as_given(written))
        case "connection_removed":
            return ConnectionRemoved(seq, at, str(row["trader_id"]))
        case "recovered":
            return Recovered(seq, at, row["from_at"], row["to_at"])
        case "ended":
            return Ended(seq, at)
        case "lot_decided":
            winner = None if row["trader_id"] is None else str(row["trader_id"])
            return LotDecided(seq, at, row["lot"], Outcome(row["outcome"]), winner, row["amount_cents"])
        case "cancelled":
            return Cancelled(seq, at)
        case "sale_cancelled":
            return SaleCancelled(seq, at, row["lot"], as_given(row["reason"]))
        case kind:
            raise AssertionError(f"no event is called {kind!r}")


def answer_columns(kept: KeptAnswer) -> Columns:
    """The answer in the order of ANSWER_COLUMNS."""
    refusal = kept.refusal
    code = None if refusal is None else refusal.code.value
    minimum_cents = None if refusal is None else refusal.minimum_cents
    lot = kept.lot if kept.lot is None or abs(kept.lot) <= _LARGEST_BIGINT else 0  # no lot has such a number
    amount = None if kept.amount is None else storable(_short_amount(kept.amount))
    return (int(kept.trader), storable(kept.command_id), kept.at, kept.after_seq, code, minimum_cents, lot, amount)


def answer_of(row: Row) -> KeptAnswer:
    """The kept answer that a row of auction_answers holds."""
    code = row["code"]
    refusal = None if code is None else Refused(RefusalCode(code), row["minimum_cents"])
    command = as_given(row["command_id"])
    amount = None if row["amount"] is None else as_given(row["amount"])
    return KeptAnswer(row["at"], str(row["trader_id"]), command, row["after_seq"], refusal, row["lot"], amount)


def _short_amount(amount: str) -> str:
    """The amount, or a short text with which the rules would do the same."""
    if len(amount) <= LONGEST_AMOUNT:
        return amount
    cents = parse_bid(amount)
    return f"{amount[: LONGEST_AMOUNT - 1]}…" if cents is None else format_amount(cents)


def storable(text: str) -> str:
    """A client's text as PostgreSQL takes it: NUL, which it refuses, becomes two characters, and so does their mark."""
    if "\x00" not in text and "\x01" not in text:
        return text
    return text.replace("\x01", "\x01\x02").replace("\x00", "\x01\x03")


def as_given(text: str) -> str:
    """The text that `storable` was given."""
    if "\x01" not in text:
        return text
    return text.replace("\x01\x03", "\x00").replace("\x01\x02", "\x01")
