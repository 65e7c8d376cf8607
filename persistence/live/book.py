"""The book: what a house needs of whoever keeps its auctions' history, in PostgreSQL or in memory.

One contract, held by one suite of tests over both keepers. The book stores and orders; it never decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from engine.auction.events import AnyEvent
from engine.auction.refusals import KeptAnswer
from engine.auction.terms import AuctionTerms
from engine.instants import Instant
from engine.sales import Consequence

if TYPE_CHECKING:
    import asyncio


class Entry(Struct, frozen=True, gc=False):
    """One decision to be written whole or not at all, by the owner that holds `epoch`.

    `consequences` (offers, reservations, notices) are written in the transaction of the events that cause them.
    """

    auction_id: int
    epoch: int
    events: tuple[AnyEvent, ...] = ()
    kept: KeptAnswer | None = None
    consequences: tuple[Consequence, ...] = ()


class StoredAuction(Struct, frozen=True):
    """An auction as the book holds it: whose, its terms, its history by `seq`, its kept answers by `after_seq`.
    `prefix` begins the numbers of its group (§5.1.3).
    """

    auction_id: int
    entity_id: int
    terms: AuctionTerms
    events: tuple[AnyEvent, ...]
    answers: tuple[KeptAnswer, ...]
    prefix: str = ""


class Book(Protocol):
    """Who keeps the history. Faults are `persistence.errors`; nothing here refuses."""

    def append(self, entry: Entry) -> asyncio.Future[None]:
        """Give an entry to the one writer; the future resolves when the entry cannot be lost.

        Futures resolve in the order of the appends. Fails with Fenced, JournalDown, JournalFull, JournalStopped or
        EntryRejected; and once an entry has failed, every later one of that auction and epoch with EntryForsaken
        (or what failed before it): a history has no gaps.
        """
        ...

    async def claim(self, auction_id: int) -> int:
        """Become the auction's owner: no entry with an earlier epoch is written after this. Gives the new epoch."""
        ...

    async def load(self, auction_id: int) -> StoredAuction:
        """Read an auction; after `claim`, nothing can be added to it but by the claimer. Raises UnknownAuction."""
        ...

    async def unfinished(self) -> list[int]:
        """The ids of every auction that is scheduled, open, or ended with nothing written of it yet."""
        ...

    async def beat(self, at: Instant) -> None:
        """Write down that the house is alive at `at`."""
        ...

    async def last_alive(self) -> Instant | None:
        """The last beat of any house on this book, or `None` if there never was one."""
        ...
