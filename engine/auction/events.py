"""What has happened in an auction. Past tense, numbered by `seq` from 1 without gaps.

Events are the truth: the state is what `apply` makes of them, live and recovered alike. An event
holds what was decided, never what can be worked out from the events before it.
"""

import enum
from typing import TypeAlias

from msgspec import Struct

from engine.instants import Instant
from engine.money import Cents


class Outcome(enum.StrEnum):
    """What became of a lot (§5.4.1), of a cancelled auction's lots, of a cancelled sale."""

    WON = "won"
    RESERVE_NOT_REACHED = "reserve_not_reached"
    NO_BIDS = "no_bids"
    CANCELLED = "cancelled"
    SALE_CANCELLED = "sale_cancelled"


class ExtensionCause(enum.StrEnum):
    """§5.3.1 and §5.3.4."""

    LATE_BID = "late_bid"
    OUTAGE = "outage"


class Event(Struct, frozen=True, gc=False, tag_field="type"):
    """An entry of the history: `seq` counts from 1, `at` is the instant it took effect."""

    seq: int
    at: Instant


class Started(Event, frozen=True, gc=False, tag="started"):
    """The auction opened."""


class BidPlaced(Event, frozen=True, gc=False, tag="bid"):
    """A bid was accepted; `alias` is the trader's number in order of first bids (§1.4)."""

    lot: int
    trader: str
    command_id: str
    alias: int
    amount_cents: Cents


class ReserveReached(Event, frozen=True, gc=False, tag="reserve_reached"):
    """The lot's best bid reached its reserve for the first time."""

    lot: int


class Extended(Event, frozen=True, gc=False, tag="extended"):
    """The auction's end moved later (§5.3)."""

    cause: ExtensionCause
    old_end: Instant
    new_end: Instant


class Declined(Event, frozen=True, gc=False, tag="declined"):
    """A trader declined; `command_id` is `None` where the command had none."""

    trader: str
    command_id: str | None = None


class ConnectionRemoved(Event, frozen=True, gc=False, tag="connection_removed"):
    """A trader of the audience may bid no more (§2.4)."""

    trader: str


class Recovered(Event, frozen=True, gc=False, tag="recovered"):
    """The service was down while the auction was open (§5.3.4)."""

    down_from: Instant
    down_until: Instant


class Ended(Event, frozen=True, gc=False, tag="ended"):
    """The end, at its own time even when written later."""


class LotDecided(Event, frozen=True, gc=False, tag="lot_decided"):
    """A lot's outcome at the end; `winner` and `price_cents` only if it is won (§5.4.1)."""

    lot: int
    outcome: Outcome
    winner: str | None = None
    price_cents: Cents | None = None


class Cancelled(Event, frozen=True, gc=False, tag="cancelled"):
    """The auction was cancelled (§5.1.4)."""


class SaleCancelled(Event, frozen=True, gc=False, tag="sale_cancelled"):
    """The sale of a won lot was cancelled (§5.4.5)."""

    lot: int
    reason: str


AnyEvent: TypeAlias = (
    Started
    | BidPlaced
    | ReserveReached
    | Extended
    | Declined
    | ConnectionRemoved
    | Recovered
    | Ended
    | LotDecided
    | Cancelled
    | SaleCancelled
)
