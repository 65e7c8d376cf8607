"""What becomes of a stored auction after it: notices written once, and a file that replays it."""

import json

import msgspec
import pytest

from engine.auction.commands import CancelSale, Decline, PlaceBid, Recover, RemoveConnection, Tick
from engine.auction.replay import replay
from engine.auction.replay_export import export
from engine.auction.state import published
from engine.instants import SECOND, format_instant
from engine.money import format_amount
from persistence.auctions.consequences import is_ordered
from persistence.auctions.creation import create
from persistence.database import Row
from persistence.errors import SaleOrdered
from persistence.live.postgres import PostgresBook
from persistence.live.recovery import recovered_state
from tests.persistence.dealership import NOW, Dealership, a_dealership
from tests.persistence.keepers import Owner


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


async def test_each_notice_is_written_once(book: PostgresBook) -> None:
    """§5.4.4: and only the dealer reads the winner's name."""
    dealer, owner = await auctioned(book)
    await book.append(owner.entry(CancelSale(owner.state.ends_at + 1, 65, "vice caché")))
    written = await notices(book)
    assert len(written) == len({notice["key"] for notice in written})
    to_dealer = [notice for notice in written if notice["trader_id"] is None]
    assert {notice["entity_id"] for notice in to_dealer} == {dealer.entity}
    about = {
        "auction": owner.auction_id,
        "number": 43,
        "display_number": "45-43",
        "auction_kind": "lot",
        "entity": "Concession",
        "site": "Point de vente 2",
        "city": "ORLEANS",
        "starts_at": format_instant(NOW),
        "ends_at": format_instant(owner.state.ends_at),
    }
    sold = about | {"lot": 65, "lot_display_number": "45-65", "amount": "20900.00"}
    assert [(notice["kind"], json.loads(notice["params"])) for notice in to_dealer] == [
        ("lot_result", sold | {"outcome": "won", "winner": "SARL LA BONNE OCCAZE"}),
        (
            "sale_cancelled",
            sold | {"outcome": "sale_cancelled", "winner": "SARL LA BONNE OCCAZE", "reason": "vice caché"},
        ),
    ]
    assert not [notice for notice in written if notice["trader_id"] and "winner" in json.loads(notice["params"])]
    first, second, third = dealer.traders
    assert {trader: [each["kind"] for each in written if each["trader_id"] == trader] for trader in dealer.traders} == {
        first: ["auction_opened", "lot_won", "sale_cancelled"],
        second: ["auction_opened", "lot_not_won"],
        third: ["auction_opened"],
    }


async def test_a_sale_whose_order_was_faster_is_not_cancelled(book: PostgresBook) -> None:
    """§5.4.5: the door has asked; what comes in between contradicts the book, and nothing is done."""
    dealer, owner = await auctioned(book)
    cancelled = owner.entry(CancelSale(owner.state.ends_at + 1, 65, "vice caché"))
    async with book.database.acquire() as connection:
        await connection.execute(
            """WITH placed AS (
                   INSERT INTO orders (group_id, number, offer_id, entity_id, trader_id, placed_at,
                       legal_representative, delivery_on, delivery_site_id, payment_method, documents, paper)
                   SELECT group_id, 1, id, entity_id, trader_id, now(),
                       'Anne', '2023-12-01', $1, 'cash', '{invoice}', '{}'
                   FROM offers RETURNING id, offer_id)
               INSERT INTO order_vehicles (order_id, position, vehicle_id, status_before)
               SELECT placed.id, position, vehicle_id, 'sales_stock' FROM placed JOIN offer_lines USING (offer_id)""",
            dealer.site,
        )
        assert await is_ordered(connection, owner.auction_id, 65)
    with pytest.raises(SaleOrdered):
        await book.append(cancelled)
    assert not [notice for notice in await notices(book) if notice["kind"] == "sale_cancelled"]
    async with book.database.acquire() as connection:
        await connection.execute("UPDATE orders SET status = 'cancelled', cancelled_at = now()")
        assert not await is_ordered(connection, owner.auction_id, 65)


async def test_everyone_invited_is_told_of_the_publication_in_its_transaction(book: PostgresBook) -> None:
    """§5.1.5: of an auction that starts at once, that it opens, and nothing else."""
    dealer = await a_dealership(book.database)
    later = msgspec.structs.replace(dealer.form(), starts_at=NOW + 60 * SECOND)
    auction_id = await create(book.database, later)
    assert isinstance(auction_id, int)
    written = await notices(book)
    assert {each["key"] for each in written} == {f"auction_published-{auction_id}-1-t{each}" for each in dealer.traders}
    assert {(each["kind"], each["at"]) for each in written} == {("auction_published", NOW)}
    assert json.loads(written[0]["params"])["starts_at"] == format_instant(NOW + 60 * SECOND)
    another = await a_dealership(book.database, "Ailleurs", siret=10)
    assert isinstance(await create(book.database, another.form()), int)
    assert len(await notices(book)) == len(written)


async def notices(book: PostgresBook) -> list[Row]:
    async with book.database.acquire() as connection:
        return await connection.fetch("SELECT * FROM notices ORDER BY id")
