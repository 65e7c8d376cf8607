"""What becomes of a stored auction after it: messages to deliver once, and a file that replays it."""

import json
from collections.abc import AsyncIterator

import pytest

from engine.auction.commands import CancelSale, Decline, PlaceBid, Recover, RemoveConnection, Tick
from engine.auction.replay import replay
from engine.auction.replay_export import export
from engine.auction.state import published
from engine.instants import SECOND, format_instant
from engine.money import format_amount
from persistence.auctions import create
from persistence.database import Database
from persistence.messages import mark_sent, messages_for_entities, messages_for_trader, unsent
from persistence.postgres import PostgresBook
from persistence.recovery import recovered_state
from tests.persistence.dealership import NOW, Dealership, a_dealership
from tests.persistence.keepers import Owner


@pytest.fixture
async def book(database_dsn: str) -> AsyncIterator[PostgresBook]:
    kept = PostgresBook(Database(database_dsn))
    await kept.open()
    yield kept
    await kept.close()


async def auctioned(book: PostgresBook) -> tuple[Dealership, Owner]:
    """A lot auction with bids, refusals, an outage and a late bid, won by the first trader."""
    dealer = await a_dealership(book.database)
    auction_id = await create(book.database, dealer.form())
    assert isinstance(auction_id, int)
    owner = Owner(auction_id, await book.claim(auction_id), published((await book.load(auction_id)).terms))
    first, second, third = map(str, dealer.traders)
    await book.append(owner.entry(Decline(NOW - SECOND, third, "c0")))
    await book.append(owner.entry(Tick(NOW)))
    for command in (
        PlaceBid(NOW + 1 * SECOND, second, "b1", 65, "20700"),
        PlaceBid(NOW + 2 * SECOND, first, "a1", 65, "20750"),  # below_minimum
        PlaceBid(NOW + 3 * SECOND, first, "a2", 66, "30000"),  # unknown_lot
        PlaceBid(NOW + 4 * SECOND, "999999", "x", 65, "30000"),  # not_invited
        PlaceBid(NOW + 5 * SECOND, first, "a3", 65, "20,900"),  # invalid_amount
        Decline(NOW + 6 * SECOND, third, "c1"),  # a yes that writes nothing
        RemoveConnection(NOW + 7 * SECOND, third),
        Recover(NOW + 590 * SECOND, NOW + 560 * SECOND),
        PlaceBid(NOW + 700 * SECOND, first, "a4", 65, "20900.00"),
    ):
        await book.append(owner.entry(command))
    await book.append(owner.entry(Tick(owner.state.ends_at)))
    await book.append(owner.entry(PlaceBid(owner.state.ends_at, second, "b2", 65, "50000")))  # closed
    return dealer, owner


async def test_a_stored_auction_replays_to_what_it_became(book: PostgresBook) -> None:
    dealer, owner = await auctioned(book)
    stored = await book.load(owner.auction_id)
    assert recovered_state(stored) == owner.state
    told = json.loads(replay(export(stored.terms, stored.events, stored.answers, None)))
    assert told["status"] == "ended"
    assert told["ends_at"] == format_instant(owner.state.ends_at)
    assert told["lots"][0]["winner"] == "SARL LA BONNE OCCAZE"
    assert [each["price"] for each in told["lots"][0]["vehicles"]] == ["3661.84", "14396.51", "2841.65"]
    assert told["synthesis"]["margin"] == format_amount(779_22)
    assert len(told["history"]) == len(stored.events)
    refused = [each.get("code") for each in told["answers"]]
    assert refused == [
        None, None, "below_minimum", "unknown_lot", "not_invited", "invalid_amount", None, None, "closed",
    ]  # fmt: skip
    assert dealer.traders


async def test_each_message_is_told_once(book: PostgresBook) -> None:
    """§5.4.4: and only the dealer reads the winner's name."""
    dealer, owner = await auctioned(book)
    await book.append(owner.entry(CancelSale(owner.state.ends_at + 1, 65, "vice\x00caché")))
    waiting = await unsent(book.database)
    assert len(waiting) == len({message.id for message in waiting})
    to_dealer = [message for message in waiting if message.trader_id is None]
    assert [(message.kind.value, message.lot, message.winner, message.price_cents) for message in to_dealer] == [
        ("lot_result", 65, "SARL LA BONNE OCCAZE", 20_900_00),
        ("sale_cancelled", 65, "SARL LA BONNE OCCAZE", 20_900_00),
    ]
    assert to_dealer[1].reason == "vice\x00caché"
    assert all(message.winner is None for message in waiting if message.trader_id is not None)
    first, second, third = dealer.traders
    kinds = {
        trader: [message.kind.value for message in await messages_for_trader(book.database, trader)]
        for trader in dealer.traders
    }
    assert kinds == {
        first: ["sale_cancelled", "lot_won", "auction_opened"],
        second: ["lot_not_won", "auction_opened"],
        third: ["auction_opened"],
    }
    assert [message.id for message in await messages_for_entities(book.database, [dealer.entity])] == [
        message.id for message in reversed(to_dealer)
    ]
    await mark_sent(book.database, [message.id for message in waiting[:3]], NOW)
    assert await unsent(book.database) == waiting[3:]
