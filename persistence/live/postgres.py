"""The book in PostgreSQL: the journal writes, the pool reads. See `Book` for the contract.

To recover an auction: `claim`, then `load`. The claim waits for whatever batch of an older owner is in flight, so what
is loaded after it is all there will ever be from before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from persistence.auctions.terms import read_terms
from persistence.errors import UnknownAuction
from persistence.live.book import StoredAuction
from persistence.live.codec import answer_of, event_of
from persistence.live.journal import Journal

if TYPE_CHECKING:
    import asyncio

    from engine.auction.events import AnyEvent
    from engine.instants import Instant
    from persistence.database import Database
    from persistence.live.book import Entry, Tell

ONLY_NODE: Final = "only"

_CLAIM = """
    UPDATE auction_leases SET epoch = epoch + 1, node = $2, claimed_at = now()
    WHERE auction_id = $1 RETURNING epoch
"""
_WHOSE = "SELECT entity_id, prefix FROM auctions JOIN groups ON groups.id = group_id WHERE auctions.id = $1"
_EVENTS = "SELECT * FROM auction_events WHERE auction_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
_ANSWERS = "SELECT * FROM auction_answers WHERE auction_id = $1 ORDER BY after_seq, ordinal"
_UNFINISHED = "SELECT id FROM auctions WHERE status IN ('scheduled', 'open') ORDER BY id"
_BEAT = """
    INSERT INTO heartbeats (node, last_alive_at) VALUES ($1, $2)
    ON CONFLICT (node) DO UPDATE SET last_alive_at = greatest(heartbeats.last_alive_at, excluded.last_alive_at)
"""
_LAST_ALIVE = "SELECT max(last_alive_at) FROM heartbeats"


class PostgresBook:
    """The book of one house; `node` names it among the houses on the same database."""

    def __init__(self, database: Database, *, node: str = ONLY_NODE) -> None:
        self.database = database
        self.journal = Journal(database.connect)
        self._node = node

    async def open(self) -> None:
        """Open the pool and start the journal."""
        await self.database.open()
        await self.journal.start()

    async def close(self) -> None:
        """Write what was given, then leave."""
        await self.journal.stop()
        await self.database.close()

    def write(self, entry: Entry, tell: Tell) -> None:
        """See `Book.write`."""
        self.journal.write(entry, tell)

    def append(self, entry: Entry) -> asyncio.Future[None]:
        """See `Book.append`."""
        return self.journal.append(entry)

    async def claim(self, auction_id: int) -> int:
        """See `Book.claim`. Raises UnknownAuction."""
        async with self.database.acquire() as connection:
            epoch: int | None = await connection.fetchval(_CLAIM, auction_id, self._node)
        if epoch is None:
            raise UnknownAuction(auction_id)
        return epoch

    async def load(self, auction_id: int) -> StoredAuction:
        """See `Book.load`."""
        async with (
            self.database.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            terms = await read_terms(connection, auction_id)
            whose = await connection.fetchrow(_WHOSE, auction_id)
            events = await connection.fetch(_EVENTS, auction_id, 0, None)
            answers = await connection.fetch(_ANSWERS, auction_id)
        assert whose is not None, "an auction with terms is somebody's"
        return StoredAuction(
            auction_id,
            whose["entity_id"],
            terms,
            tuple(map(event_of, events)),
            tuple(map(answer_of, answers)),
            whose["prefix"],
        )

    async def events(self, auction_id: int, *, after: int, limit: int) -> list[AnyEvent]:
        """A page of the history: the entries with `seq` > `after`, at most `limit`."""
        async with self.database.acquire() as connection:
            rows = await connection.fetch(_EVENTS, auction_id, after, limit)
        return [event_of(row) for row in rows]

    async def unfinished(self) -> list[int]:
        """See `Book.unfinished`."""
        async with self.database.acquire() as connection:
            rows = await connection.fetch(_UNFINISHED)
        return [row["id"] for row in rows]

    async def beat(self, at: Instant) -> None:
        """See `Book.beat`."""
        async with self.database.acquire() as connection:
            await connection.execute(_BEAT, self._node, at)

    async def last_alive(self) -> Instant | None:
        """See `Book.last_alive`."""
        async with self.database.acquire() as connection:
            alive: Instant | None = await connection.fetchval(_LAST_ALIVE)
        return alive
