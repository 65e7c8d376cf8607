"""The book: what a house needs of whoever keeps its auctions' history, in PostgreSQL or in memory.

One contract, held by one suite of tests over both keepers. The book stores and orders; it never decides.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, TypeAlias

from msgspec import Struct

from engine.auction.events import AnyEvent
from engine.auction.refusals import KeptAnswer
from engine.auction.terms import AuctionTerms
from engine.instants import Instant
from engine.sales import Consequence
from persistence.errors import BookError

Tell: TypeAlias = Callable[[BookError | None], None]
"""Hears what became of an entry."""


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


def awaited(entry: Entry, write: Callable[[Entry, Tell], None]) -> asyncio.Future[None]:
    """Write an entry and hand out its fate as a future; whoever waited may have gone."""
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def tell(fault: BookError | None) -> None:
        if future.done():
            return
        if fault is None:
            future.set_result(None)
        else:
            future.set_exception(fault)

    write(entry, tell)
    return future


class Book(Protocol):
    """Who keeps the history. Faults are `persistence.errors`; nothing here refuses."""

    def write(self, entry: Entry, tell: Tell) -> None:
        """Give an entry to the one writer; `tell` hears `None` when the entry cannot be lost, or why it is not written.

        Each is told once, after `write` has returned, in the order in which entries were given. Faults are Fenced,
        JournalDown, JournalFull, JournalStopped or EntryRejected; and once an entry has failed, every later one of
        that auction and epoch is EntryForsaken (or what failed before it): a history has no gaps.
        """
        ...

    def append(self, entry: Entry) -> asyncio.Future[None]:
        """Write an entry and wait: the future resolves when it cannot be lost, or raises its fault."""
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
