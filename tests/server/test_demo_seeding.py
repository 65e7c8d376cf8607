"""The demonstration's book is filled once, with a past that reads back as it was played, and never over another's."""

from collections.abc import AsyncIterator

import pytest

from engine.auction.state import Status
from engine.auction.synthesis import synthesis
from engine.instants import SECOND
from persistence.database import Database
from persistence.live.postgres import PostgresBook
from persistence.live.recovery import recovered_state
from persistence.people.registry import add_group
from server.demo.scenery import auctions
from server.demo.seeding import seed
from server.settings import StartRefused

NOW = 1_790_000_000 * SECOND


@pytest.fixture
async def book(database_dsn: str) -> AsyncIterator[PostgresBook]:
    opened = PostgresBook(Database(database_dsn))
    await opened.open()
    yield opened
    await opened.close()


async def test_an_empty_book_is_filled_once(book: PostgresBook) -> None:
    said: list[str] = []
    await seed(book.database, book, NOW, said.append)
    assert len(said) == 3
    await seed(book.database, book, NOW + SECOND, said.append)
    assert said[3:] == ["the book of an earlier run goes on"]

    states = [recovered_state(await book.load(auction)) for auction in range(1, len(auctions.AUCTIONS) + 1)]
    assert [state.terms.number for state in states] == list(range(31, 44))
    assert await book.unfinished() == [
        auction for auction, state in enumerate(states, 1) if state.status in {Status.SCHEDULED, Status.OPEN}
    ]
    by_number = {state.terms.number: synthesis(state) for state in states}
    assert (by_number[36].margin_cents, by_number[43].margin_cents) == (2492_54, 779_22)


async def test_a_book_that_is_somebody_elses_is_left_alone(book: PostgresBook) -> None:
    await add_group(book.database, "Somebody's")
    with pytest.raises(StartRefused, match="--data"):
        await seed(book.database, book, NOW, lambda _: None)
