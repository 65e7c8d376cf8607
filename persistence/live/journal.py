"""The journal: one writer, its own connection, batches that form themselves (architecture, laws 1, 4, 6, 7).

It waits for one entry, takes all that have come, writes them with one statement and one commit, and only then tells
anybody. No timer, no thread, no decision. What it cannot write it says so, in the order in which it was given.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

import asyncpg
import structlog

from persistence.errors import BookError, EntryForsaken, JournalDown, JournalFull, JournalStopped
from persistence.live.batch import write_alone, write_together
from persistence.live.book import awaited

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from persistence.database import Connection
    from persistence.live.book import Entry, Tell

CAPACITY_ENTRIES: Final = 16_384
"""Waiting entries beyond which nothing more is taken."""
BATCH_ENTRIES: Final = 2_048
"""The most that one statement writes; a longer queue is written in several."""
FIRST_RETRY_SECONDS: Final = 0.05
LAST_RETRY_SECONDS: Final = 2.0

assert BATCH_ENTRIES <= CAPACITY_ENTRIES

_GOING_AWAY: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
)
_REFUSED_BY_DATA: Final = (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError)

_log = structlog.get_logger("adjuge.journal")

_Waiting = tuple["Entry", "Tell"]


class Forsaken:
    """The epochs of which an entry failed. Whatever comes after it with the same epoch would leave a gap, which the
    primary key does not see; a claim gives a new epoch.
    """

    def __init__(self) -> None:
        self._last: dict[int, int] = {}

    def add(self, entry: Entry) -> None:
        """An entry failed."""
        self._last[entry.auction_id] = max(entry.epoch, self._last.get(entry.auction_id, 0))

    def __bool__(self) -> bool:
        """Whether any entry has failed at all."""
        return bool(self._last)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry of this auction and epoch, or of a later epoch, has failed."""
        return entry.epoch <= self._last.get(entry.auction_id, -1)


class Journal:
    """The one writer of the house. `connect` makes its connection, at first and after every loss."""

    def __init__(self, connect: Callable[[], Awaitable[Connection]]) -> None:
        self._connect = connect
        self._connection: Connection | None = None
        self._queue: deque[_Waiting] = deque()
        self._arrived = asyncio.Event()
        self._turned_away = Forsaken()  # at the door; what had been taken before may still be written
        self._forsaken = Forsaken()
        self._stopping = False
        self._writer: asyncio.Task[None] | None = None
        self.batches_written = 0
        self.entries_written = 0

    @property
    def queued(self) -> int:
        """How many entries wait to be taken."""
        return len(self._queue)

    async def start(self) -> None:
        """Connect and begin to write; raises what the connection raises."""
        assert self._writer is None, "a journal has one writer"
        self._connection = await self._connect()
        self._writer = asyncio.create_task(self._write_what_comes(), name="journal")

    async def stop(self) -> None:
        """Write what was given, then take nothing more."""
        self._stopping = True
        self._arrived.set()
        if self._writer is not None:
            await self._writer

    def write(self, entry: Entry, tell: Tell) -> None:
        """See `Book.write`."""
        fault: BookError | None = None
        if self._stopping or self._writer is None or self._writer.done():
            fault = JournalStopped()
        elif self._has_failed(entry):
            fault = EntryForsaken(entry.auction_id, entry.epoch)
        elif len(self._queue) >= CAPACITY_ENTRIES:
            fault = JournalFull(len(self._queue))
        if fault is None:
            self._queue.append((entry, tell))
            self._arrived.set()
        else:
            self._turned_away.add(entry)
            asyncio.get_running_loop().call_soon(tell, fault)

    def append(self, entry: Entry) -> asyncio.Future[None]:
        """See `Book.append`."""
        return awaited(entry, self.write)

    def _has_failed(self, entry: Entry) -> bool:
        return bool(self._turned_away or self._forsaken) and (
            self._turned_away.holds(entry) or self._forsaken.holds(entry)
        )

    async def _write_what_comes(self) -> None:
        try:
            while not (self._stopping and not self._queue):
                await self._arrived.wait()
                self._arrived.clear()
                while self._queue:
                    await self._write_some()
        finally:
            self._fail(self._take(CAPACITY_ENTRIES), JournalStopped())
            if self._connection is not None:
                self._connection.terminate()

    async def _write_some(self) -> None:
        if self._connection is not None and self._connection.is_closed():
            # Lost while nothing was written: an outage all the same, which the house must hear of (§5.3.4).
            self._down([], ConnectionResetError("the connection was lost"), outcome_unknown=False)
        if self._connection is None:
            await self._reconnect()
            return
        batch = self._take(BATCH_ENTRIES)
        if self._forsaken:  # what came while the batch that failed was written
            batch = self._without_forsaken(batch)
            if not batch:
                return
        entries = [entry for entry, _ in batch]
        try:
            faults = await self._write(self._connection, entries)
        except Exception as fault:  # noqa: BLE001 - a driver says in many ways that its connection is dying
            # The server itself refused: the transaction is rolled back, unless what it says is that it goes away.
            refused = isinstance(fault, asyncpg.PostgresError) and not isinstance(fault, _GOING_AWAY)
            self._down(batch, fault, outcome_unknown=not refused)
        except BaseException as fault:
            self._down(batch, fault, outcome_unknown=True)
            raise
        else:
            self.batches_written += 1
            self.entries_written += len(batch)
            self._resolve(batch, faults)

    async def _write(self, connection: Connection, entries: Sequence[Entry]) -> Sequence[BookError | None]:
        """Write all at once; where one contradicts the book, each auction by itself, so that only its own fall."""
        try:
            return await write_together(connection, entries)
        except (*_REFUSED_BY_DATA, asyncpg.DeadlockDetectedError):
            return await write_alone(connection, entries)

    def _take(self, most: int) -> list[_Waiting]:
        return [self._queue.popleft() for _ in range(min(most, len(self._queue)))]

    def _down(self, batch: list[_Waiting], fault: BaseException, *, outcome_unknown: bool) -> None:
        """Law 6: what was in flight and what waits fails; whoever gave it reloads from the book."""
        reason = str(fault) or type(fault).__name__
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
        self._fail(batch, JournalDown(reason, outcome_unknown=outcome_unknown), fault)
        self._fail(self._take(CAPACITY_ENTRIES), JournalDown(reason, outcome_unknown=False), fault)

    async def _reconnect(self) -> None:
        """Connect anew; each failure fails what has come meanwhile, and the pauses grow."""
        pause_seconds = FIRST_RETRY_SECONDS
        while self._connection is None or self._connection.is_closed():
            try:
                self._connection = await self._connect()
            except Exception as fault:  # noqa: BLE001 - see _write_some
                self._down([], fault, outcome_unknown=False)
                if self._stopping:
                    return
                await asyncio.sleep(pause_seconds)
                pause_seconds = min(2 * pause_seconds, LAST_RETRY_SECONDS)

    def _without_forsaken(self, batch: list[_Waiting]) -> list[_Waiting]:
        doomed = [(entry, tell) for entry, tell in batch if self._forsaken.holds(entry)]
        self._resolve(doomed, [EntryForsaken(entry.auction_id, entry.epoch) for entry, _ in doomed])
        return [(entry, tell) for entry, tell in batch if not self._forsaken.holds(entry)]

    def _fail(self, waiting: list[_Waiting], fault: BookError, cause: BaseException | None = None) -> None:
        fault.__cause__ = cause
        self._resolve(waiting, [fault] * len(waiting))

    def _resolve(self, waiting: Sequence[_Waiting], faults: Sequence[BookError | None]) -> None:
        for (entry, _), fault in zip(waiting, faults, strict=True):
            if fault is not None:
                self._forsaken.add(entry)
        for (_, tell), fault in zip(waiting, faults, strict=True):
            try:
                tell(fault)
            except Exception:  # noqa: BLE001 - the others wait for theirs
                _log.exception("a listener of the journal failed")
