"""The house: which auctions run here, since when, and what becomes of them when the book fails.

It claims and reads every unfinished auction when it opens, lets each run on the clock, and takes them up again after a
failure. A heartbeat in the book tells the next opening how long nobody was served (§5.3.4).
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Coroutine
from functools import partial
from typing import Final, TypeAlias, TypeVar

import structlog

from engine.auction.commands import RemoveConnection
from engine.auction.state import AuctionState, Status
from engine.instants import SECOND, Instant
from engine.notices import NoticeKind
from persistence.auctions.changes import AuctionChanged, Told
from persistence.errors import BookError, Fenced, JournalDown, JournalStopped, SaleOrdered, UnknownAuction
from persistence.live.book import Book, StoredAuction
from persistence.live.recovery import last_written, recovered_state
from server.clock import Clock
from server.errors import DoorCode
from server.live.announcer import Announcer
from server.live.auctioneer import Auctioneer, Make
from server.live.presence import Presence
from server.live.saying import Spoken

BEAT_SECONDS: Final = 1.0
BEAT_PATIENCE_SECONDS: Final = 5.0
FIRST_RETRY_SECONDS: Final = 0.1
LAST_RETRY_SECONDS: Final = 2.0
HANDOVER_SECONDS: Final = 1
"""How long a change of terms may hold an auction that starts meanwhile; if it takes longer, that was an outage."""
SWEEP_BEATS: Final = 300
"""After how many beats an auction that is over and followed by nobody is forgotten; it is read again if asked for."""

Write: TypeAlias = Callable[[int, Instant], Awaitable[Told]]
_Told = TypeVar("_Told")
_log = structlog.get_logger("adjuge.house")


class House:
    """The auctions that this process owns."""

    def __init__(self, book: Book, clock: Clock, presence: Presence, caused: Callable[[], None] | None = None) -> None:
        self._book = book
        self._clock = clock
        self._announcer = Announcer(presence, caused)
        self._auctioneers: dict[int, Auctioneer] = {}
        self._taking: dict[int, asyncio.Task[Auctioneer]] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        self._idle: set[int] = set()
        self._prefixes: dict[int, str] = {}  # of the entities whose numbers have been called anew
        self._answered_at: Instant | None = None
        self._unwell_since: Instant | None = None
        self._owed_from: dict[int, Instant] = {}  # auctions whose recovery is not written yet: since when it is due
        self._closing = False

    # -------------------------------------------------------------------------------------------- opening, closing

    async def open(self) -> None:
        """Claim and read every unfinished auction, then keep the heartbeat going."""
        down_from = await self._book.last_alive()
        if down_from is None:  # from the very first command on, a crash must find how long nobody served
            await self._book.beat(self._clock.now())
        for auction_id in await self._book.unfinished():
            await self._pay(await self._take(auction_id, down_from))
        now = self._clock.now()
        await self._book.beat(now)  # not before: a crash in between must find the whole time that nobody served
        self._answered_at = now
        self._start(self._keep_beating())

    async def close(self) -> None:
        """Take nothing more, wait until all that was taken is said, write down that the house stops now."""
        self._closing = True
        for auctioneer in self.auctioneers:
            if auctioneer.is_running:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(BEAT_PATIENCE_SECONDS):
                        await self._settled(auctioneer)
            auctioneer.halt()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(BookError, TimeoutError):
            async with asyncio.timeout(BEAT_PATIENCE_SECONDS):
                await self._book.beat(self._served_until(self._clock.now()))

    @staticmethod
    async def _settled(auctioneer: Auctioneer) -> None:
        said: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def say() -> None:
            if not said.done():
                said.set_result(None)

        auctioneer.look(lambda _: say, lost=say)
        await said

    @property
    def is_well(self) -> bool:
        """Whether the book answers and the house is open: what readiness says."""
        return self._answered_at is not None and self._unwell_since is None and not self._closing

    @property
    def auctioneers(self) -> list[Auctioneer]:
        """The auctions that are here."""
        return list(self._auctioneers.values())

    # ---------------------------------------------------------------------------------------------- finding, asking

    def find(self, auction_id: int) -> Auctioneer | None:
        """The auction, if it is here."""
        return self._auctioneers.get(auction_id)

    def call_numbers(self, entity_ids: Collection[int], prefix: str) -> None:
        """From now on the numbers of these entities' auctions begin so, one being read included (§5.1.3)."""
        self._prefixes.update(dict.fromkeys(entity_ids, prefix))
        for auctioneer in self.auctioneers:
            if auctioneer.entity_id in entity_ids:
                auctioneer.prefix = prefix

    async def fetch(self, auction_id: int) -> Auctioneer | None:
        """The auction, read from the book if need be; `None` if there is no such auction or the house is closing."""
        auctioneer = self._auctioneers.get(auction_id)
        if auctioneer is not None or self._closing:
            return auctioneer
        try:
            return await self._take(auction_id, None)
        except UnknownAuction:
            return None

    async def ask(self, auction_id: int, make: Make) -> Spoken | DoorCode:
        """Put a command to an auction; its answer is durable."""
        auctioneer = await self.fetch(auction_id)
        if auctioneer is None or self._closing:
            return DoorCode.UNAVAILABLE if self._closing else DoorCode.UNKNOWN_AUCTION
        told: asyncio.Future[Spoken | DoorCode] = asyncio.get_running_loop().create_future()
        auctioneer.ask(make, lambda answer: None if told.done() else told.set_result(answer))
        return await told

    async def look(self, auction_id: int, view: Callable[[Auctioneer, AuctionState], _Told]) -> _Told | DoorCode:
        """Read an auction; what comes back rests on nothing that could still be lost."""
        auctioneer = await self.fetch(auction_id)
        if auctioneer is None:
            return DoorCode.UNKNOWN_AUCTION
        found = auctioneer
        told: asyncio.Future[_Told | DoorCode] = asyncio.get_running_loop().create_future()

        def tell(seen: _Told | DoorCode) -> None:
            if not told.done():
                told.set_result(seen)

        def show(state: AuctionState) -> Callable[[], None]:
            seen = view(found, state)
            return lambda: tell(seen)

        auctioneer.look(show, lost=lambda: tell(DoorCode.UNAVAILABLE))
        return await told

    async def publish(self, auction_id: int, version: int, at: Instant) -> None:
        """Take up an auction that was made at `at`, and tell whom it invites; one that is open by now tells that
        itself (§5.1.5). Raises BookError.
        """
        auctioneer = await self._take(auction_id, None)
        if auctioneer.is_running and auctioneer.state.status is Status.SCHEDULED:
            kind, traders = NoticeKind.AUCTION_PUBLISHED, auctioneer.state.names
            self._announcer.published(auctioneer, kind, version, at, traders)

    async def change(self, auction_id: int, write: Write) -> Told | DoorCode | Status:
        """Change the terms of a scheduled auction (§5.1.4): `write` is given an epoch and the stamp up to which the old
        terms hold. Nothing is decided from then on until what it wrote has been read from the book; who asks waits.
        Of an auction that is not scheduled any more, gives what it is.
        """
        auctioneer = await self.fetch(auction_id)
        while auctioneer is not None and not self._closing:
            await self._settled(auctioneer)  # until another change, or a failure, is over
            if self._auctioneers.get(auction_id) is not auctioneer:
                return DoorCode.UNAVAILABLE
            if not auctioneer.is_running:
                continue
            held_at = auctioneer.hold()
            if held_at is not None:
                handing = asyncio.create_task(self._hand_over(auctioneer, held_at, write))
                self._tasks.add(handing)
                handing.add_done_callback(self._handed_over)
                return await asyncio.shield(handing)
            status = auctioneer.state.status
            await self._settled(auctioneer)
            return status
        return DoorCode.UNAVAILABLE if self._closing else DoorCode.UNKNOWN_AUCTION

    async def _hand_over(self, auctioneer: Auctioneer, held_at: Instant, write: Write) -> Told:
        """From one version of the terms to the next; whatever becomes of the writing, the auction goes on."""
        try:
            told = await write(await self._book.claim(auctioneer.auction_id), held_at)
        except Exception:
            await self._take_up_again(auctioneer, held_at)
            raise
        await self._take_up_again(auctioneer, held_at)
        if isinstance(told, AuctionChanged):
            for trader in map(str, told.silenced):
                auctioneer.ask(partial(_removal, trader), lambda _: None)
            for kind, traders in told.told:
                self._announcer.published(auctioneer, kind, told.version, held_at, map(str, traders))
        return told

    def _handed_over(self, handing: asyncio.Task[Told]) -> None:
        self._tasks.discard(handing)
        if not handing.cancelled():
            handing.exception()  # whoever asked may be gone

    # ------------------------------------------------------------------------------------- taking up, taking up again

    async def _take(self, auction_id: int, down_from: Instant | None) -> Auctioneer:
        here = self._auctioneers.get(auction_id)
        if here is not None:
            return here
        taking = self._taking.get(auction_id)
        if taking is None:
            taking = asyncio.ensure_future(self._claim(auction_id, down_from))
            self._taking[auction_id] = taking
            taking.add_done_callback(lambda done: self._taken(auction_id, done))
        return await asyncio.shield(taking)

    def _taken(self, auction_id: int, taking: asyncio.Task[Auctioneer]) -> None:
        self._taking.pop(auction_id, None)
        if not taking.cancelled():
            taking.exception()  # whoever asked may be gone: nobody else need hear of it

    async def _claim(self, auction_id: int, down_from: Instant | None) -> Auctioneer:
        epoch = await self._book.claim(auction_id)
        stored = await self._book.load(auction_id)
        auctioneer = Auctioneer(
            stored,
            self._book,
            self._clock,
            on_failure=self._failed,
            on_spoken=self._announcer.spoken,
            down_since=self._down_since,
        )
        auctioneer.prefix = self._prefixes.get(stored.entity_id, stored.prefix)
        self._auctioneers[auction_id] = auctioneer
        if down_from is not None:
            self._owe(auctioneer, down_from)
        auctioneer.run(recovered_state(stored), epoch, last_written(stored) or 0, down_from)
        return auctioneer

    def _failed(self, auctioneer: Auctioneer, failure: BaseException, down_from: Instant) -> None:
        """The book did not take what was decided; nothing was said of it (architecture, law 6)."""
        if isinstance(failure, SaleOrdered):  # whoever cancelled is told to cancel the order first
            _log.info("sale not cancelled", auction=auctioneer.auction_id, why=str(failure))
        else:
            _log.error("auction halted", auction=auctioneer.auction_id, failure=str(failure))
        if isinstance(failure, Fenced):
            self._auctioneers.pop(auctioneer.auction_id, None)
            auctioneer.give_up()
            return
        alive = down_from if self._answered_at is None else min(down_from, self._answered_at)
        self._owe(auctioneer, alive)
        if isinstance(failure, JournalDown) and self._unwell_since is None:
            self._unwell_since = alive  # nobody could have written: the other auctions are owed the time as well
        if not self._closing and not isinstance(failure, JournalStopped):
            self._start(self._take_up_again(auctioneer))

    async def _take_up_again(self, auctioneer: Auctioneer, held_at: Instant | None = None) -> None:
        asked_at, epoch, stored = await self._read_again(auctioneer.auction_id)
        self._answered(asked_at)
        if held_at is not None and self._clock.now() - held_at > HANDOVER_SECONDS * SECOND:
            self._owe(auctioneer, held_at)
        down_from = self._owed_from.get(auctioneer.auction_id)
        auctioneer.run(recovered_state(stored), epoch, last_written(stored) or 0, down_from)
        _log.info("auction taken up again", auction=auctioneer.auction_id, epoch=epoch)
        if down_from is not None:
            await self._pay(auctioneer)

    def _down_since(self, auctioneer: Auctioneer) -> Instant | None:
        """An end falls due while nobody knows whether the book is back: the auction is owed the time at once."""
        if self._unwell_since is not None:
            self._owe(auctioneer, self._unwell_since)
            self._start(self._pay(auctioneer))
        return self._unwell_since

    def _owe(self, auctioneer: Auctioneer, down_from: Instant) -> None:
        """Nobody serves the auction since `down_from`: it is owed until its recovery is written (§5.3.4)."""
        auction_id = auctioneer.auction_id
        self._owed_from[auction_id] = min(down_from, self._owed_from.get(auction_id, down_from))

    async def _pay(self, auctioneer: Auctioneer) -> None:
        """Wait until the recovery is written, even if the book fails again before."""
        await self._settled(auctioneer)
        self._owed_from.pop(auctioneer.auction_id, None)

    def _served_until(self, now: Instant) -> Instant:
        """Up to when every auction here has been served, whatever crashes next."""
        unwritten = [auctioneer.unwritten_since for auctioneer in self._auctioneers.values()]
        return min([now, *self._owed_from.values(), *(since for since in unwritten if since is not None)])

    async def _read_again(self, auction_id: int) -> tuple[Instant, int, StoredAuction]:
        retry_seconds = FIRST_RETRY_SECONDS
        while True:
            asked_at = self._clock.now()
            try:
                return asked_at, await self._book.claim(auction_id), await self._book.load(auction_id)
            except (BookError, OSError, TimeoutError) as failure:
                _log.warning("auction not readable yet", auction=auction_id, failure=str(failure))
            await asyncio.sleep(retry_seconds)
            retry_seconds = min(2 * retry_seconds, LAST_RETRY_SECONDS)

    # ------------------------------------------------------------------------------------------------- the heartbeat

    async def _keep_beating(self) -> None:
        beats = 0
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            now, was_well = self._clock.now(), self._unwell_since is None
            try:
                async with asyncio.timeout(BEAT_PATIENCE_SECONDS):  # wait_for may swallow the end of this task
                    await self._book.beat(self._served_until(now))
            except (BookError, OSError, TimeoutError) as failure:
                if self._unwell_since is None:
                    self._unwell_since = self._answered_at
                    _log.error("the book does not answer", failure=str(failure))
                continue
            if was_well and self._unwell_since is not None:
                continue  # this beat got through before the book failed: it does not say that the book is back
            self._answered(now)
            beats += 1
            if beats % SWEEP_BEATS == 0:
                self._sweep()

    def _answered(self, asked_at: Instant) -> None:
        """The book answered what it was asked then; after a failure, who runs is given the time lost (§5.3.4)."""
        down_from, self._unwell_since = self._unwell_since, None
        self._answered_at = max(asked_at, self._answered_at or asked_at)
        if down_from is None:
            return
        _log.info("the book answers again")
        for auctioneer in self._auctioneers.values():
            if auctioneer.is_running:
                self._owe(auctioneer, down_from)
                auctioneer.recover(down_from)
                self._start(self._pay(auctioneer))

    def _sweep(self) -> None:
        idle = {auction_id for auction_id, auctioneer in self._auctioneers.items() if auctioneer.is_idle}
        for auction_id in idle & self._idle:
            self._auctioneers.pop(auction_id).halt()
        self._idle = idle - self._idle

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _removal(trader: str, at: Instant) -> RemoveConnection:
    """Out of the audience with a word in the history: its place in it says until when that was (§3.4)."""
    return RemoveConnection(at, trader)
