"""The way to PostgreSQL: a pool for what reads and for what is not live, and single connections for the journal.

Every connection speaks of instants as integer microseconds, as the engine does: `timestamptz` is no datetime here.
"""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import asynccontextmanager
from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

import asyncpg
from msgspec import Struct

from persistence.errors import DatabaseDown, NotDurable, PoolExhausted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from engine.instants import Instant

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
PooledConnection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
AnyConnection: TypeAlias = "Connection | PooledConnection"
Row: TypeAlias = asyncpg.Record
_Form = TypeVar("_Form", bound=Struct)

POOL_CONNECTIONS: Final = 8
ACQUIRE_SECONDS: Final = 5.0
"""asyncpg waits for ever unless told otherwise."""
CONNECT_SECONDS: Final = 10.0
STATEMENT_SECONDS: Final = 30.0
"""After this a connection is given up; a statement of ours takes milliseconds."""

CLOSE_SECONDS: Final = 10.0

_RELIED_ON: Final = {
    "synchronous_commit": "on",  # §5.2.6, whatever the server's own default is
    "default_transaction_isolation": "read committed",  # the fence looks again at a lease it has waited for
    "jit": "off",
}

_TRIGRAM: Final = re.compile(r"[^\W_]{3}")
_LISTING: Final = """
    SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL work_mem = '32MB';
    SET LOCAL seq_page_cost = 0.5; SET LOCAL random_page_cost = 0.5; SET LOCAL cpu_tuple_cost = 0.05;
    SET LOCAL max_parallel_workers_per_gather = 0
"""

FOR_ANY_VALUES: Final = "SET LOCAL plan_cache_mode = force_generic_plan"
"""The rows of a page are read by their ids: one plan serves whichever these are, and is kept with the connection."""
AS_WRITTEN: Final = "SET LOCAL join_collapse_limit = 1"
"""The lines of a page are joined in the order of their query: to look for a better one takes longer than to join."""

_WENT_AWAY: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
"""All the ways in which asyncpg says that a connection is gone, or was going while it was asked."""

_PG_EPOCH_MICROSECONDS: Final = 946_684_800_000_000
"""PostgreSQL counts from 2000-01-01T00:00:00Z."""


class Database:
    """Where the book is kept. `revive` is called before a lost connection is made anew (the embedded server's)."""

    def __init__(self, dsn: str, revive: Callable[[], Awaitable[None]] | None = None) -> None:
        self.dsn = dsn
        self._revive = revive
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        """Make the pool; raises what asyncpg raises if there is no server, and NotDurable if it does not sync."""
        self._pool = await asyncpg.create_pool(
            self.dsn,
            min_size=1,
            max_size=POOL_CONNECTIONS,
            timeout=CONNECT_SECONDS,
            command_timeout=STATEMENT_SECONDS,
            init=_speak_in_microseconds,
            server_settings={"application_name": "adjuge", **_RELIED_ON},
        )
        async with self.acquire() as connection:
            if await connection.fetchval("SHOW fsync") != "on":
                raise NotDurable

    async def close(self) -> None:
        """Close the pool, after what is running; connections that do not come back in time are cut."""
        pool, self._pool = self._pool, None
        if pool is not None:
            try:
                await asyncio.wait_for(pool.close(), CLOSE_SECONDS)
            except TimeoutError:
                pool.terminate()

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[PooledConnection]:
        """Borrow a connection. Raises PoolExhausted after ACQUIRE_SECONDS, and DatabaseDown if PostgreSQL goes away."""
        pool = self._pool
        assert pool is not None, "the database is not open"
        try:
            connection = await self._borrow(pool)
            try:
                yield connection
            except asyncio.CancelledError:
                connection.terminate()  # else its release would wait until a server that hangs says that it gave up too
                raise
            finally:
                await pool.release(connection)
        except _WENT_AWAY as fault:
            raise DatabaseDown(str(fault) or type(fault).__name__) from fault

    async def _borrow(self, pool: asyncpg.Pool[asyncpg.Record]) -> PooledConnection:
        try:
            return await pool.acquire(timeout=ACQUIRE_SECONDS)
        except TimeoutError as fault:
            raise PoolExhausted(ACQUIRE_SECONDS) from fault
        except _WENT_AWAY:
            if self._revive is None:
                raise
            await self._revive()
            return await pool.acquire(timeout=ACQUIRE_SECONDS)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[PooledConnection]:
        """Borrow a connection for one transaction: committed at the end, rolled back if anything is raised."""
        async with self.acquire() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def listing(self) -> AsyncIterator[PooledConnection]:
        """Borrow a connection to read a list: its count and its page see the same book.

        Each query is planned for the values it comes with: one plan for all of them suits none. What lists read is in
        memory: a page costs little, wherever it lies, and a row of seventy columns more than an entry of an index.
        Nobody helps: starting workers takes a list's time, and their processors are for others.
        """
        async with self.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.execute(_LISTING)
            yield connection

    async def connect(self) -> Connection:
        """Make a connection of one's own, outside the pool; revives the server first if we know how."""
        if self._revive is not None:
            await self._revive()
        connection = await asyncpg.connect(
            self.dsn,
            timeout=CONNECT_SECONDS,
            command_timeout=STATEMENT_SECONDS,
            server_settings={"application_name": "adjuge journal", **_RELIED_ON},
        )
        await _speak_in_microseconds(connection)
        return connection


def has_trigram(word: str) -> bool:
    """Whether an index of trigrams finds the word: it has three letters or digits in a row."""
    return _TRIGRAM.search(word) is not None


def each_as(form: type[_Form], rows: Sequence[Row]) -> list[_Form]:
    """Each row as a `form`, whose fields are its columns.

    Columns that begin like its fields are given by position: a struct looks a name up among all of its own, one after
    the other, and one that is not interned by comparing letters.
    """
    if not rows:
        return []
    names = [sys.intern(name) for name in rows[0].keys()]  # noqa: SIM118 - a row is no dict
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(names, form.__match_args__, strict=False))
    first = sum(1 for _ in alike)
    others = names[first:]
    return [form(*row[:first], **dict(zip(others, row[first:], strict=True))) for row in rows]


async def _speak_in_microseconds(connection: AnyConnection) -> None:
    await connection.set_type_codec(
        "timestamptz", schema="pg_catalog", encoder=_to_wire, decoder=_from_wire, format="tuple"
    )


def _to_wire(instant: Instant) -> tuple[int]:
    return (instant - _PG_EPOCH_MICROSECONDS,)


def _from_wire(wire: tuple[int]) -> Instant:
    return wire[0] + _PG_EPOCH_MICROSECONDS
