"""The two books behind one face, so that one suite can ask the same of both."""

from typing import Protocol

from engine.auction.apply import apply, keep
from engine.auction.commands import Command
from engine.auction.decide import decide
from engine.auction.state import AuctionState
from engine.auction.terms import AuctionTerms
from engine.sales import consequences
from persistence.live.book import Book, Entry
from persistence.live.memory import MemoryBook
from persistence.live.postgres import PostgresBook
from tests.persistence.published import publish


class Keeper(Protocol):
    """A book and what a test must see of it beyond the contract."""

    @property
    def book(self) -> Book: ...

    @property
    def batches_written(self) -> int: ...

    async def publish(self, terms: AuctionTerms) -> int: ...

    async def offers(self) -> list[tuple[int, int, int, str, int, tuple[int, ...]]]:
        """By number: auction, lot, number, trader, price in cents, shares in cents."""
        ...

    async def notices(self) -> list[tuple[int, str, int | None, str | None]]:
        """Auction, kind, lot, trader."""
        ...


class InMemory:
    """The book in memory."""

    def __init__(self) -> None:
        self.book = MemoryBook()

    @property
    def batches_written(self) -> int:
        return self.book.batches_written

    async def publish(self, terms: AuctionTerms) -> int:
        self.book.publish(terms.number, terms)
        return terms.number

    async def offers(self) -> list[tuple[int, int, int, str, int, tuple[int, ...]]]:
        return [
            (auction_id, lot, number, offer.trader, offer.price_cents, offer.prices_cents)
            for (auction_id, lot), (number, offer) in self.book.offers.items()
        ]

    async def notices(self) -> list[tuple[int, str, int | None, str | None]]:
        return [(auction_id, notice.kind.value, notice.lot, notice.trader) for auction_id, notice in self.book.notices]


class InPostgres:
    """The book in PostgreSQL."""

    def __init__(self, book: PostgresBook) -> None:
        self.book = book

    @property
    def batches_written(self) -> int:
        return self.book.journal.batches_written

    async def publish(self, terms: AuctionTerms) -> int:
        return await publish(self.book.database, terms)

    async def offers(self) -> list[tuple[int, int, int, str, int, tuple[int, ...]]]:
        async with self.book.database.acquire() as connection:
            rows = await connection.fetch(
                """SELECT auction_id, lot, number, trader_id::text, offers.price_cents,
                          array_agg(line.price_cents ORDER BY line.position)
                   FROM offers JOIN offer_lines AS line ON line.offer_id = offers.id
                   GROUP BY offers.id ORDER BY number"""
            )
        return [(*row[:5], tuple(row[5])) for row in rows]

    async def notices(self) -> list[tuple[int, str, int | None, str | None]]:
        async with self.book.database.acquire() as connection:
            rows = await connection.fetch(
                """SELECT (params->>'auction')::bigint, kind, (params->>'lot')::integer, trader_id::text
                   FROM notices ORDER BY id"""
            )
        return [tuple(row) for row in rows]


class Owner:
    """Who runs one auction: decides, applies, and makes the entries that the book is given."""

    def __init__(self, auction_id: int, epoch: int, state: AuctionState) -> None:
        self.auction_id = auction_id
        self.epoch = epoch
        self.state = state

    def entry(self, command: Command) -> Entry:
        """What the command decides, applied, as an entry."""
        decision = decide(self.state, command)
        for event in decision.events:
            apply(self.state, event)
        if decision.kept is not None:
            keep(self.state, decision.kept)
        caused = consequences(self.state, decision.events)
        return Entry(self.auction_id, self.epoch, decision.events, decision.kept, caused)
