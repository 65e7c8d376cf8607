"""What an auction is at a moment: the sum of its events, and when it must act next.

Only `apply` writes here. The state answers the same after a crash as before it, because it holds
nothing that the stored events and kept answers do not say (law: replay is life).
"""

import enum
from collections import deque
from typing import Final, TypeAlias

from msgspec import Struct, field

from engine.auction.events import AnyEvent, Outcome
from engine.auction.refusals import Accepted, Refused
from engine.auction.terms import AuctionTerms, LotTerms
from engine.instants import Instant
from engine.money import Cents

RECENT_EVENTS: Final = 50
"""How many entries of the history a view carries; the whole is read from the book."""

Answer: TypeAlias = Accepted | Refused


class Status(enum.StrEnum):
    """§5.5.1; won, partly won and not won are told by the lots' outcomes."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    ENDED = "ended"
    CANCELLED = "cancelled"


class LotState(Struct):
    """One lot: the standing bid, whose it is, and every bidder's best offer."""

    terms: LotTerms
    starting_price_cents: Cents
    last_offer_cents: Cents | None = None
    leader: str | None = None
    bids: int = 0
    offers: dict[str, Cents] = field(default_factory=dict)
    outcome: Outcome | None = None

    @property
    def reserve_reached(self) -> bool | None:
        """`None`: no reserve and no bid yet. Without a reserve any bid reaches it (§5.1.1)."""
        reserve = self.terms.reserve_price_cents
        if self.last_offer_cents is None:
            return None if reserve is None else False
        return reserve is None or self.last_offer_cents >= reserve

    @property
    def winner(self) -> str | None:
        """Whose the lot is, while the sale stands."""
        return self.leader if self.outcome is Outcome.WON else None


class AuctionState(Struct):
    """One auction as its events have made it."""

    terms: AuctionTerms
    ends_at: Instant
    names: dict[str, str]
    lots: dict[int, LotState]
    status: Status = Status.SCHEDULED
    seq: int = 0
    aliases: dict[str, int] = field(default_factory=dict)
    declined: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    recent: deque[AnyEvent] = field(default_factory=lambda: deque(maxlen=RECENT_EVENTS))

    @property
    def has_bids(self) -> bool:
        """Whether any lot has a bid."""
        return any(lot.bids for lot in self.lots.values())

    @property
    def is_over(self) -> bool:
        """Ended or cancelled: the clock moves it no more."""
        return self.status in {Status.ENDED, Status.CANCELLED}

    def may_bid(self, trader: str) -> bool:
        """In the audience, and its connection not removed (§5.2.1)."""
        return trader not in self.removed and self.may_see(trader)

    def may_see(self, trader: str) -> bool:
        """In the audience (§1.4). Without a connection too: its bids stand, and it sees what comes of them (§2.4)."""
        return trader in self.names and trader not in self.terms.uninvited

    def minimum_cents(self, lot: LotState) -> Cents:
        """What a bid on the lot must reach now (§5.2.3)."""
        if lot.last_offer_cents is None:
            return lot.starting_price_cents
        return lot.last_offer_cents + self.terms.minimum_increment_cents


def published(terms: AuctionTerms) -> AuctionState:
    """The auction as it is published: scheduled, nothing has happened yet."""
    return AuctionState(
        terms=terms,
        ends_at=terms.ends_at,
        names={invited.trader: invited.name for invited in terms.audience},
        lots={lot.number: LotState(lot, lot.starting_price_cents) for lot in terms.lots},
    )


def next_deadline(state: AuctionState) -> Instant | None:
    """When the auction must be ticked next: its start, then its end, then never."""
    match state.status:
        case Status.SCHEDULED:
            return state.terms.starts_at
        case Status.OPEN:
            return state.ends_at
        case _:
            return None
