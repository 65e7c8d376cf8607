"""Two invited traders of one legal name are two names to the dealer, live and in the history (§1.4, §5.5.2)."""

from collections.abc import AsyncIterator

import pytest

from engine.instants import SECOND, format_instant
from persistence.people import registry as people
from persistence.people.registry import Company
from persistence.traders.connections import connect
from tests.server.houses import Copies, Persona, World, peopled


@pytest.fixture
async def world(copies: Copies) -> AsyncIterator[World]:
    """A house of each test's own: its traders have names of their own."""
    async with peopled(copies()) as it:
        yield it


async def namesake(world: World, number: int, city: str, name: str = "Anne et fils") -> Persona:
    """Another company of Anne's name, connected, with somebody who bids."""
    company = await people.add_company(world.database, Company(legal_name=name, siret=f"{number:014}", city=city))
    await connect(world.database, world.entity, company, world.running.doors.clock.now())
    return await world._trader(f"anne{number}", company)


async def test_who_leads_is_told_by_a_name_that_is_nobody_else_s(world: World) -> None:
    """§1.4: Anne has no city on her card."""
    other = await namesake(world, 90, "Lille")
    made = await world.auction()
    auction, lot = made["id"], made["lots"][0]["number"]
    async with world.live(world.dealer) as dealer, world.live(world.anne) as anne, world.live(other) as rival:
        state = await dealer.watch(auction)
        first = f"Anne et fils ({1:014})"
        names = [each["trader"] for each in state["view"]["audience"]]
        assert sorted(names) == sorted([first, "Anne et fils (Lille)", "Bruno Autos"])
        assert (await anne.ask("bid", id="1", auction=auction, lot=lot, amount="1000"))["type"] == "accepted"
        assert (await dealer.hear_of("event", event="bid"))["trader"] == first
        assert (await rival.ask("bid", id="2", auction=auction, lot=lot, amount="1100"))["type"] == "accepted"
        assert (await dealer.hear_of("event", event="bid"))["trader"] == "Anne et fils (Lille)"
        assert all(b"Lille)" not in frame for talk in (anne, rival) for frame in talk.heard)


async def test_who_is_invited_later_is_told_from_who_was_there_before(world: World) -> None:
    """§3.4: who stays keeps the name by which it is known."""
    other = await namesake(world, 90, "Lille")
    soon = format_instant(world.running.doors.clock.now() + 3_600 * SECOND)
    made = await world.auction(starts_at=soon, traders=[world.anne.company_id])
    change = {"version": made["version"], "traders": [world.anne.company_id, other.company_id]}
    changed = await world.http.patch(f"/api/auctions/{made['id']}", json=change, headers=world.dealer.bearer)
    assert changed.status_code == 200, changed.text
    async with world.live(world.dealer) as dealer:
        state = await dealer.watch(made["id"])
    assert [each["trader"] for each in state["view"]["audience"]] == ["Anne et fils", "Anne et fils (Lille)"]


async def test_who_is_written_otherwise_is_a_namesake_all_the_same(world: World) -> None:
    """§1.4: in capitals, or with a space too many."""
    await namesake(world, 91, "Brest", "ANNE  et Fils")
    made = await world.auction()
    async with world.live(world.dealer) as dealer:
        state = await dealer.watch(made["id"])
    names = {each["trader"] for each in state["view"]["audience"]}
    assert names == {f"Anne et fils ({1:014})", "ANNE  et Fils (Brest)", "Bruno Autos"}
