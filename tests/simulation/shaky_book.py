"""The memory book on a bad day: slow, stalled, cut off, and honest about when.

It adds to `MemoryBook` what a connection and a disk add: time, and faults of reading as well as of writing. What it
holds, and when it came to hold it, is what the laws are checked against.
"""

import asyncio
from collections.abc import Callable
from random import Random

from msgspec import Struct

from engine.auction.events import AnyEvent
from engine.auction.refusals import KeptAnswer
from engine.auction.terms import AuctionTerms
from engine.instants import Instant
from persistence.errors import JournalDown
from persistence.live.book import Entry, StoredAuction, Tell, awaited
from persistence.live.memory import MemoryBook
from tests.simulation.virtual_loop import elapse

SLOWEST_WRITE_SECONDS = 0.004


class Outage(Struct):
    """The book did not answer: from the first that noticed, until it was back."""

    noticed_at: float
    back_at: float


class ShakyBook(MemoryBook):
    """See the law of this file."""

    def __init__(self, dice: Random, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._dice = dice
        self._loop = loop
        self._is_down = False
        self._noticed_at: float | None = None
        self._went_on = asyncio.Event()
        self._went_on.set()
        self.outages: list[Outage] = []
        self.written_at: dict[tuple[int, int], float] = {}
        self.writers: dict[tuple[int, int], int] = {}
        self.after_writing: Callable[[], None] | None = None

    # What is in it ---------------------------------------------------------------------------------------------------

    def history(self, auction_id: int) -> list[AnyEvent]:
        """Every entry that cannot be lost."""
        return self._kept(auction_id).events

    def kept_answer(self, auction_id: int, trader: str, command_id: str) -> KeptAnswer | None:
        """The answer that no entry carries."""
        return self._kept(auction_id).answers.get((trader, command_id))

    def terms(self, auction_id: int) -> AuctionTerms:
        """The terms as published."""
        return self._kept(auction_id).terms

    def is_over(self, auction_id: int) -> bool:
        """Whether its end or its cancellation is written."""
        return self._kept(auction_id).over

    def stored(self, auction_id: int) -> StoredAuction:
        """The auction as `load` gives it."""
        kept = self._kept(auction_id)
        answers = tuple(kept.answers.values())
        return StoredAuction(auction_id, kept.entity_id, kept.terms, tuple(kept.events), answers, kept.prefix)

    async def steal(self, auction_id: int) -> None:
        """Another house claims the auction."""
        await super().claim(auction_id)

    # What befalls it -------------------------------------------------------------------------------------------------

    def stall(self) -> None:
        """Nobody is answered, nothing fails."""
        super().stall()
        self._went_on.clear()

    def go_on(self) -> None:
        """The end of a stall."""
        super().go_on()
        self._went_on.set()

    def go_down(self, *, written: bool) -> None:
        """Cut off: what is under way is written or not, and nobody will know which until it is back."""
        self._is_down = True
        if self._queue:
            (self.fail_after_writing if written else self.fail_before_writing)()
            self._notice()

    def come_back(self) -> None:
        """It answers again."""
        self._is_down = False
        if self._noticed_at is not None:
            self.outages.append(Outage(self._noticed_at, self._loop.time()))
            self._noticed_at = None

    def _notice(self) -> None:
        if self._is_down and self._noticed_at is None:
            self._noticed_at = self._loop.time()

    # The contract, with time -----------------------------------------------------------------------------------------

    async def claim(self, auction_id: int) -> int:
        """See `Book.claim`."""
        await self._reach()
        return await super().claim(auction_id)

    async def load(self, auction_id: int) -> StoredAuction:
        """See `Book.load`."""
        await self._reach()
        return await super().load(auction_id)

    async def unfinished(self) -> list[int]:
        """See `Book.unfinished`."""
        await self._reach()
        return await super().unfinished()

    async def beat(self, at: Instant) -> None:
        """See `Book.beat`."""
        await self._reach()
        await super().beat(at)

    async def last_alive(self) -> Instant | None:
        """See `Book.last_alive`."""
        await self._reach()
        return await super().last_alive()

    async def _reach(self) -> None:
        await elapse(self._dice.uniform(0, SLOWEST_WRITE_SECONDS))
        await self._went_on.wait()
        if self._is_down:
            self._notice()
            raise JournalDown("cut off", outcome_unknown=False)

    def _schedule(self) -> None:
        if self._queue and not self._scheduled:
            self._scheduled = True
            self._loop.call_later(self._dice.uniform(0, SLOWEST_WRITE_SECONDS), self._run)

    def _run(self) -> None:
        if self._is_down and self._queue and self._fault is None and not self._stalled:
            self._notice()
            self._fault, self._fault_after_writing = "cut off", False
        super()._run()
        if self.after_writing is not None and not self._stalled:
            self.after_writing()

    def _add(self, entry: Entry) -> None:
        super()._add(entry)
        for event in entry.events:
            self.written_at[entry.auction_id, event.seq] = self._loop.time()
            self.writers[entry.auction_id, event.seq] = entry.epoch


class OneLife:
    """The book as one run of the house has it: when the house dies, whoever waits in it waits for ever."""

    def __init__(self, book: ShakyBook, loop: asyncio.AbstractEventLoop) -> None:
        self._book = book
        self._loop = loop
        self.ended = asyncio.Event()

    def end(self) -> None:
        """The house is dead: what it had not sent off is lost."""
        self.ended.set()

    def write(self, entry: Entry, tell: Tell) -> None:
        """See `Book.write`."""
        if not self.ended.is_set():
            self._book.write(entry, tell)

    def append(self, entry: Entry) -> asyncio.Future[None]:
        """See `Book.append`."""
        return awaited(entry, self.write)

    async def claim(self, auction_id: int) -> int:
        """See `Book.claim`."""
        self._live()
        epoch = await self._book.claim(auction_id)
        self._live()
        return epoch

    async def load(self, auction_id: int) -> StoredAuction:
        """See `Book.load`."""
        stored = await self._book.load(auction_id)
        self._live()
        return stored

    async def unfinished(self) -> list[int]:
        """See `Book.unfinished`."""
        unfinished = await self._book.unfinished()
        self._live()
        return unfinished

    async def beat(self, at: Instant) -> None:
        """See `Book.beat`."""
        self._live()
        await self._book.beat(at)
        self._live()

    async def last_alive(self) -> Instant | None:
        """See `Book.last_alive`."""
        alive = await self._book.last_alive()
        self._live()
        return alive

    def _live(self) -> None:
        if self.ended.is_set():
            raise asyncio.CancelledError
