"""Auctions before their start: who is told of the publication, and what of one may still be changed (§3.4, §5.1)."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.server.houses import Persona, World


def later(minutes: int = 60) -> str:
    """An hour from now, or so."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


async def notices(world: World, auction: int, **about: Any) -> list[dict[str, Any]]:
    """What is written to be told of an auction, oldest first."""
    async with world.database.acquire() as connection:
        rows = await connection.fetch(
            "SELECT * FROM notices WHERE (params->>'auction')::bigint = $1 ORDER BY id", auction
        )
    return [dict(row) for row in rows if all(row[name] == value for name, value in about.items())]


async def kinds(world: World, auction: int, person: Persona) -> list[str]:
    """What a trader is told of it."""
    return [notice["kind"] for notice in await notices(world, auction, trader_id=person.company_id)]


async def test_all_invited_traders_are_told_of_the_publication_at_one_instant(world: World) -> None:
    """§5.1.5: wherever they are, and in the book."""
    async with world.live(world.anne) as anne, world.live(world.bruno) as bruno:
        made = await world.auction(starts_at=later())
        told = [await each.hear_of("notice", kind="auction_published") for each in (anne, bruno)]
    assert told[0] == told[1]
    assert (told[0]["auction"], told[0]["number"]) == (made["id"], made["number"])
    written = await notices(world, made["id"], kind="auction_published")
    assert {notice["trader_id"] for notice in written} == {world.anne.company_id, world.bruno.company_id}
    assert len({notice["at"] for notice in written}) == 1
    assert all(notice["key"].startswith(told[0]["id"]) for notice in written)


async def test_an_auction_that_starts_at_once_is_told_once(world: World) -> None:
    """§5.1.5: that it is open."""
    async with world.live(world.anne) as anne:
        made = await world.auction()
        assert (await anne.hear_of("notice"))["kind"] == "auction_opened"
    assert await kinds(world, made["id"], world.anne) == ["auction_opened"]


async def test_a_group_that_has_switched_auctions_off_makes_none_and_keeps_the_others(world: World) -> None:
    """§5.1.5."""
    made = await world.auction(starts_at=later())
    vehicle = await world.vehicle()
    await switched(world, on=False)
    body = {"kind": "unit", "vehicles": [{"id": vehicle}], "duration_seconds": 600, "minimum_increment": "100.00"}
    refused = await world.http.post("/api/auctions", json=body, headers=world.dealer.bearer)
    assert (refused.status_code, refused.json()["error"]["reasons"][0]["code"]) == (422, "module_off")
    for person in (world.dealer, world.anne):
        page = await world.http.get("/api/auctions", headers=person.bearer)
        assert made["id"] in {item["id"] for item in page.json()["items"]}
        seen = await world.http.get(f"/api/auctions/{made['id']}", headers=person.bearer)
        assert seen.status_code == 200
    cancelled = await world.http.post(f"/api/auctions/{made['id']}/cancellation", headers=world.dealer.bearer)
    assert cancelled.status_code == 200
    await switched(world, on=True)


async def switched(world: World, *, on: bool) -> None:
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE groups SET stock_auctions = $1", on)


# ------------------------------------------------------------------------------------------------- changing the terms


async def patched(world: World, auction: int, version: int = 1, **change: Any) -> httpx.Response:
    body = {"version": version, **change}
    return await world.http.patch(f"/api/auctions/{auction}", json=body, headers=world.dealer.bearer)


async def test_a_change_is_followed_live_and_told_to_those_it_concerns(world: World) -> None:
    """§3.4, §5.1.4: added, removed, staying; and who is removed sees the auction no more."""
    made = await world.auction(starts_at=later(), traders=[world.anne.company_id])
    auction = made["id"]
    async with (
        world.live(world.anne) as anne,
        world.live(world.bruno) as bruno,
        world.live(world.dealer) as dealer,
    ):
        before = await dealer.watch(auction)
        await anne.watch(auction)
        changed = await patched(world, auction, traders=[world.bruno.company_id], duration_seconds=900)
        assert (changed.status_code, changed.json()["version"]) == (200, 2), changed.text
        state = await dealer.hear_of("state", auction=auction)
        assert state["epoch"] > before["epoch"]
        assert state["view"]["ends_at"] == changed.json()["ends_at"]
        assert [invitee["trader"] for invitee in state["view"]["audience"]] == ["Bruno Autos"]
        assert (await anne.hear_of("refused"))["code"] == "unknown_auction"
        assert (await anne.hear_of("notice"))["kind"] == "auction_uninvited"
        assert (await bruno.hear_of("notice"))["kind"] == "auction_invited"
        assert (await bruno.watch(auction))["view"]["you"]["invited"]
    assert (await world.http.get(f"/api/auctions/{auction}", headers=world.anne.bearer)).status_code == 404
    assert (await world.http.get(f"/api/auctions/{auction}", headers=world.bruno.bearer)).status_code == 200
    again = await patched(world, auction, 2, minimum_increment="250.00")
    assert again.status_code == 200
    assert await kinds(world, auction, world.anne) == ["auction_published", "auction_uninvited"]
    assert await kinds(world, auction, world.bruno) == ["auction_invited", "auction_changed"]


async def test_a_reserve_is_changed_and_no_trader_learns_of_it(world: World) -> None:
    """§1.4."""
    made = await world.auction(starts_at=later())
    vehicle = made["lots"][0]["vehicles"][0]["id"]
    changed = await patched(world, made["id"], vehicles=[{"id": vehicle, "reserve_price": "1234.56"}])
    assert changed.status_code == 200, changed.text
    sheet = await world.http.get(f"/api/auctions/{made['id']}/synthesis", headers=world.dealer.bearer)
    assert b"1234.56" in sheet.content
    assert await kinds(world, made["id"], world.anne) == ["auction_published"]


async def test_of_two_dealers_who_change_the_same_version_one_is_told(world: World) -> None:
    """§5.1.4."""
    made = await world.auction(starts_at=later())
    answers = await asyncio.gather(
        *(patched(world, made["id"], duration_seconds=seconds) for seconds in (60, 120, 180))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    refused = [answer.json()["error"] for answer in answers if answer.status_code == 409]
    assert {(error["code"], error["field"]) for error in refused} == {("changed_meanwhile", "version")}


async def test_from_its_start_on_the_terms_stand(world: World) -> None:
    """§3.4, §5.1.4."""
    made = await world.auction()
    refused = await patched(world, made["id"], duration_seconds=900)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "already_started")
    cancelled = await world.auction(starts_at=later())
    await world.http.post(f"/api/auctions/{cancelled['id']}/cancellation", headers=world.dealer.bearer)
    refused = await patched(world, cancelled["id"], duration_seconds=900)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "closed")


async def test_an_auction_can_be_started_now(world: World) -> None:
    """§5.1.4, §5.1.5: the old start does not ring, and everyone is told once, that it is open."""
    made = await world.auction(starts_at=later())
    async with world.live(world.anne) as anne:
        await anne.watch(made["id"])
        changed = await patched(world, made["id"], starts_at=None, duration_seconds=60)
        assert changed.status_code == 200, changed.text
        assert (await anne.hear_of("state", auction=made["id"]))["view"]["status"] == "open"
        lot = made["lots"][0]["number"]
        bid = await anne.ask("bid", id="1", auction=made["id"], lot=lot, amount="1000")
        assert bid["type"] == "accepted"
    assert await kinds(world, made["id"], world.anne) == ["auction_published", "auction_opened"]


async def test_a_trader_who_has_declined_can_be_taken_out_and_keeps_its_name_in_the_history(world: World) -> None:
    """§3.4, §5.5.2."""
    made = await world.auction(starts_at=later())
    auction = made["id"]
    async with world.live(world.anne) as anne:
        assert (await anne.ask("decline", id="1", auction=auction))["type"] == "accepted"
        assert (await patched(world, auction, traders=[world.bruno.company_id])).status_code == 200
        refused = await anne.ask("decline", id="2", auction=auction)
        assert refused["code"] == "not_invited"
    history = await world.http.get(f"/api/auctions/{auction}/history", headers=world.dealer.bearer)
    assert [(item["event"], item["trader"]) for item in history.json()["items"]] == [
        ("declined", "Anne et fils"),
        ("connection_removed", "Anne et fils"),
    ]
    for path in ("", "/history"):
        seen = await world.http.get(f"/api/auctions/{auction}{path}", headers=world.anne.bearer)
        assert seen.status_code == 404
    back = await patched(world, auction, 2, traders=[world.anne.company_id, world.bruno.company_id])
    assert (back.status_code, back.json()["error"]["reasons"][0]["code"]) == (422, "not_connected")


async def test_what_does_not_fit_is_named_and_changes_nothing(world: World) -> None:
    """§4.3, §4.4, §5.1.1."""
    made, other = await world.auction(starts_at=later()), await world.auction(starts_at=later())
    taken, bad = other["lots"][0]["vehicles"][0]["id"], await world.vehicle(matched=False)
    for change, reason in (
        ({"vehicles": [{"id": taken}]}, ("in_another_auction", "vehicles", taken)),
        ({"vehicles": [{"id": bad}]}, ("not_matched", "vehicles", bad)),
        ({"traders": [world.stranger.company_id]}, ("nobody_invited", "traders", None)),
        ({"mailing_list": 10**9}, ("unknown_list", "mailing_list", None)),
        ({"minimum_increment": "0"}, ("invalid_amount", "minimum_increment", None)),
        ({"starting_price": "5000"}, ("only_for_lots", "starting_price", None)),
    ):
        refused = await patched(world, made["id"], **change)
        assert refused.status_code == 422, change
        first = refused.json()["error"]["reasons"][0]
        assert (first["code"], first["field"], first["vehicle"]) == reason
    past = await patched(world, made["id"], starts_at="2020-01-01T00:00:00Z")
    assert (past.status_code, past.json()["error"]["field"]) == (422, "starts_at")
    seen = await world.http.get(f"/api/auctions/{made['id']}", headers=world.dealer.bearer)
    assert seen.json() == made


# ----------------------------------------------------------------------------------------------------------- following


async def test_the_sheet_says_where_who_and_how_it_came_out(world: World) -> None:
    """§5.5.1: place, audience, who has answered, the word for how it stands, the offer of a won lot."""
    made = await world.auction(lots=2, duration_seconds=1, soft_close={"window_seconds": 0, "extension_seconds": 0})
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne, world.live(world.bruno) as bruno:
        assert (await anne.ask("bid", id="1", auction=auction, lot=lot, amount="1600"))["type"] == "accepted"
        await bruno.ask("decline", id="1", auction=auction)
        assert (await anne.hear_of("notice", auction=auction, kind="lot_won"))["lot"] == lot
    sheet = (await world.http.get(f"/api/auctions/{auction}/synthesis", headers=world.dealer.bearer)).json()
    assert (sheet["state"], sheet["kind"], sheet["vehicles_count"]) == ("partly_won", "unit", 2)
    assert (sheet["entity"]["name"], sheet["site"]["name"], sheet["site"]["city"]) == (
        "Concession Nord",
        "Lille",
        "Lille",
    )
    assert (sheet["audience_count"], sheet["answered_count"], sheet["declined_count"]) == (2, 2, 1)
    offer = sheet["offers"][str(lot)]
    assert set(sheet["offers"]) == {str(lot)}
    seen = {
        name: (await world.http.get(f"/api/auctions/{auction}", headers=world.personas[name].bearer)).json()
        for name in ("dealer", "anne", "bruno")
    }
    assert {name: each["state"] for name, each in seen.items()} == {
        "dealer": "partly_won",
        "anne": "won",
        "bruno": "declined",
    }
    assert [seen[name]["lots"][0]["offer"] for name in seen] == [offer, offer, None]
    assert [each["lots"][0].get("reserve_price") for each in seen.values()] == ["1500.00", None, None]
    path = f"/api/auctions/{auction}/lots/{lot}/sale-cancellation"
    done = await world.http.post(path, json={"reason": "engine"}, headers=world.dealer.bearer)
    assert done.status_code == 200
    again = (await world.http.get(f"/api/auctions/{auction}", headers=world.dealer.bearer)).json()
    assert again["state"] == "sale_cancelled"


async def test_who_did_what_before_and_after_an_auction_is_on_record(world: World) -> None:
    """§5.1.4: publication, change and cancellation, each with its user."""
    made = await world.auction(starts_at=later())
    await patched(world, made["id"], minimum_increment="250.00")
    await world.http.post(f"/api/auctions/{made['id']}/cancellation", headers=world.dealer.bearer)
    async with world.database.acquire() as connection:
        rows = await connection.fetch(
            "SELECT * FROM audit WHERE subject = 'auction' AND subject_id = $1 ORDER BY id", made["id"]
        )
    assert [row["action"] for row in rows] == ["published", "changed", "cancelled"]
    assert {(row["user_id"], row["entity_id"]) for row in rows} == {(world.dealer.user_id, world.entity)}
    assert json.loads(rows[1]["change"]) == {"minimum_increment": ["100.00", "250.00"]}


async def test_an_ordered_sale_is_not_cancelled_before_its_order(world: World) -> None:
    """§5.4.5."""
    made = await world.auction(duration_seconds=1, soft_close={"window_seconds": 0, "extension_seconds": 0})
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.anne) as anne:
        await anne.ask("bid", id="1", auction=auction, lot=lot, amount="1600")
        await anne.hear_of("notice", auction=auction, kind="lot_won")
    offer = (await world.http.get(f"/api/auctions/{auction}", headers=world.dealer.bearer)).json()["lots"][0]["offer"]
    async with world.database.acquire() as connection:
        await connection.execute(
            "UPDATE trader_companies SET legal_representative = 'Anne' WHERE id = $1", world.anne.company_id
        )
    order = {
        "delivery_date": later(60 * 24 * 10)[:10],
        "delivery_site": world.site,
        "payment_method": "transfer",
        "documents": ["invoice"],
    }
    placed = await world.http.post(f"/api/offers/{offer['id']}/order", json=order, headers=world.dealer.bearer)
    assert placed.status_code in {200, 201}, placed.text
    path = f"/api/auctions/{auction}/lots/{lot}/sale-cancellation"
    refused = await world.http.post(path, json={"reason": "engine"}, headers=world.dealer.bearer)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "order_first")
