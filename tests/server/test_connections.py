"""Connections are listed, removed and made again (§2.3, §2.4), over HTTP and on the live wire."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec import structs

from engine.auction.commands import PlaceBid
from engine.auction.events import ConnectionRemoved
from engine.auction.refusals import Accepted, Refused
from persistence.people import registry as people
from persistence.people.registry import NewUser
from persistence.traders.connections import connect, remove_connection
from server.app import Running, opened
from server.live.saying import Spoken
from server.settings import Settings
from tests.server.houses import PASSWORD, QUICK, Copies, Persona, World, peopled


@pytest.fixture
async def world(database_dsn: str) -> AsyncIterator[World]:
    """A house of each test's own: connections end here."""
    async with peopled(database_dsn) as it:
        yield it


async def lines(world: World, query: str = "") -> list[dict[str, Any]]:
    answer = await world.http.get(f"/api/connections{query}", headers=world.dealer.bearer)
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def remove(world: World, persona: Persona) -> None:
    held = next(each["id"] for each in await lines(world) if each["trader"] == persona.company_id)
    removed = await world.http.delete(f"/api/connections/{held}", headers=world.dealer.bearer)
    assert removed.status_code == 204, removed.text


async def test_who_is_removed_bids_no_more_and_what_it_bid_stands(world: World) -> None:
    """§2.4: at once, on what runs and on what is made afterwards; the trader is told."""
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.bruno) as bruno, world.live(world.anne) as anne:
        assert (await bruno.ask("bid", id="1", auction=auction, lot=lot, amount="2000"))["type"] == "accepted"
        await remove(world, world.bruno)
        refused = await bruno.ask("bid", id="2", auction=auction, lot=lot, amount="3000")
        assert (refused["type"], refused["code"]) == ("refused", "not_invited")
        later = await world.auction()
        refused = await bruno.ask("bid", id="3", auction=later["id"], lot=later["lots"][0]["number"], amount="3000")
        assert refused["code"] in {"unknown_auction", "not_invited"}
        below = await anne.ask("bid", id="4", auction=auction, lot=lot, amount="2000")
        assert below["code"] == "below_minimum"  # his bid stands
    history = await world.http.get(f"/api/auctions/{auction}/history", headers=world.dealer.bearer)
    assert b'"connection_removed"' in history.content
    assert later["audience_count"] == 1
    async with world.database.acquire() as connection:
        told = await connection.fetch("SELECT trader_id, params FROM notices WHERE kind = 'connection_removed'")
    assert [row["trader_id"] for row in told] == [world.bruno.company_id]
    assert json.loads(told[0]["params"])["entity"] == "Concession Nord"


async def test_a_removal_that_no_auction_heard_is_told_when_the_house_opens(copies: Copies) -> None:
    """§2.4: the process may die between the book and the auction; a second telling writes nothing."""
    dsn = copies()
    async with peopled(dsn) as world:
        made = await world.auction()
        auction, lot, bruno = made["id"], made["lots"][0]["number"], str(world.bruno.company_id)
        at = world.running.doors.clock.now()
        assert await remove_connection(world.database, world.entity, world.bruno.company_id, at) == (auction,)
        answer = await bid(world.running, auction, PlaceBid(at, bruno, "1", lot, "2000"))
        assert isinstance(answer, Accepted)  # nobody has told the auction
    for opening in ("2", "3"):
        async with opened(Settings(database_url=dsn, port=0)) as running:
            answer = await bid(running, auction, PlaceBid(at, bruno, opening, lot, "3000"))
            assert isinstance(answer, Refused)
            assert answer.code == "not_invited"
            events = await running.book.events(auction, after=0, limit=100)
            assert [event.trader for event in events if isinstance(event, ConnectionRemoved)] == [bruno]


async def bid(running: Running, auction: int, command: PlaceBid) -> Accepted | Refused:
    told = await running.house.ask(auction, lambda at: structs.replace(command, at=at))
    assert isinstance(told, Spoken)
    return told.decision.answer


async def test_a_removed_one_is_listed_as_such_and_may_be_connected_again(world: World) -> None:
    """§2.3, §2.4: the latest counts, and shows its date; the card keeps them all."""
    await remove(world, world.bruno)
    assert [each["name"] for each in await lines(world)] == ["Anne et fils"]
    removed = await lines(world, "?state=removed")
    assert [(each["name"], each["removed_at"] is None) for each in removed] == [("Bruno Autos", False)]
    again = await world.http.delete(f"/api/connections/{removed[0]['id']}", headers=world.dealer.bearer)
    assert again.status_code == 404
    body = {"entities": [world.entity], "trader": world.bruno.company_id}
    assert (await world.http.post("/api/invitations", json=body, headers=world.dealer.bearer)).status_code == 201
    both = await lines(world, "?state=invited,removed&q=bruno")
    assert sorted(each["state"] for each in both) == ["invited", "removed"]
    await connect(world.database, world.entity, world.bruno.company_id, world.running.doors.clock.now())
    assert await lines(world, "?state=removed") == []
    card = (await world.http.get(f"/api/traders/{world.bruno.company_id}", headers=world.dealer.bearer)).json()
    assert [each["state"] for each in card["connections"]] == ["active", "removed"]


async def test_a_pending_invitation_does_not_bring_back_who_was_removed(world: World) -> None:
    """§2.4: the entity's part of it is withdrawn, on record; what the sister offers stands."""
    trader = world.bruno.company_id
    async with world.database.acquire() as connection:
        held = "UPDATE connections SET removed_at = {} WHERE trader_id = $1 AND removed_at IS {} NULL"
        user = NewUser(email="both@example.test", name="Claire Both", password_hash=QUICK.hash(PASSWORD))
        made = await people.add_dealer(world.database, (world.entity, world.sister), user)
        claire = await world._known("both", world.entity, made)
        await connection.execute(held.format("activated_at", ""), trader)
        body = {"entities": [world.entity, world.sister], "trader": trader}
        sent = (await world.http.post("/api/invitations", json=body, headers=claire.bearer)).json()["id"]
        await connection.execute(held.format("NULL", "NOT"), trader)
    await remove(world, world.bruno)
    items = (await world.http.get("/api/invitations", headers=claire.bearer)).json()["items"]
    assert [(each["id"], [entity["id"] for entity in each["entities"]]) for each in items] == [(sent, [world.sister])]
    await connect(world.database, world.sister, trader, world.running.doors.clock.now())
    line = next(
        each
        for each in (await world.http.get("/api/connections", headers=claire.bearer)).json()["items"]
        if (each["trader"], each["entity"]) == (trader, world.sister)
    )
    assert (await world.http.delete(f"/api/connections/{line['id']}", headers=claire.bearer)).status_code == 204
    gone = (await world.http.get("/api/invitations?state=withdrawn", headers=claire.bearer)).json()["items"]
    assert [each["id"] for each in gone] == [sent]


async def test_the_list_pages_and_refuses_what_it_does_not_know(world: World) -> None:
    """§2.3."""
    page = (await world.http.get("/api/connections?limit=1&page=2", headers=world.dealer.bearer)).json()
    assert (page["total"], page["pages"], [each["name"] for each in page["items"]]) == (2, 2, ["Bruno Autos"])
    beyond = (await world.http.get("/api/connections?limit=1&page=9", headers=world.dealer.bearer)).json()
    assert (beyond["total"], beyond["items"]) == (2, [])
    for query, field in (("state=lost", "state"), ("limit=201", "limit"), ("page=0", "page"), ("colour=red", "colour")):
        refused = await world.http.get(f"/api/connections?{query}", headers=world.dealer.bearer)
        assert (refused.status_code, refused.json()["error"]["field"]) == (422, field)
    assert await lines(world, "?q=%25") == []
