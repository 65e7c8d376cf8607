"""Auctions before their start: who is told of the publication, and what of one may still be changed (§3.4, §5.1)."""

from datetime import UTC, datetime, timedelta
from typing import Any

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
