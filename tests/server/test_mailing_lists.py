"""Mailing lists and the count of those who would be told (§3), over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from persistence.traders.connections import connect
from tests.server.houses import Copies, Persona, World, peopled


@pytest.fixture(scope="module")
async def world(copies: Copies) -> AsyncIterator[World]:
    """A house of this module's own: connections come and go here."""
    async with peopled(copies()) as it:
        yield it


async def make(world: World, title: str, *traders: Persona) -> dict[str, Any]:
    body = {"entity": world.entity, "title": title, "traders": [trader.company_id for trader in traders]}
    made = await world.http.post("/api/mailing-lists", json=body, headers=world.dealer.bearer)
    assert made.status_code == 201, made.text
    answer: dict[str, Any] = made.json()
    return answer


async def test_a_list_is_made_saved_and_deleted(world: World) -> None:
    """§3.1: save, the stored state to go back to, delete; a counter shows how many."""
    made = await make(world, "Marchands du Nord", world.anne, world.anne)
    assert (made["traders"], made["count"]) == ([world.anne.company_id], 1)
    path = f"/api/mailing-lists/{made['id']}"
    both = [world.bruno.company_id, world.anne.company_id]
    saved = await world.http.put(
        path, json={"title": " Tous ", "traders": both, "version": 1}, headers=world.dealer.bearer
    )
    assert saved.json() == {**made, "title": "Tous", "traders": sorted(both), "count": 2, "version": 2}
    assert (await world.http.get(path, headers=world.dealer.bearer)).json() == saved.json()
    listed = (await world.http.get("/api/mailing-lists", headers=world.dealer.bearer)).json()["items"]
    assert saved.json() in listed
    assert (await world.http.delete(path, headers=world.dealer.bearer)).status_code == 204
    assert (await world.http.get(path, headers=world.dealer.bearer)).status_code == 404
    assert (await world.http.delete(path, headers=world.dealer.bearer)).status_code == 404


async def test_lists_are_read_a_page_at_a_time(world: World) -> None:
    """§3.1, §3.3: by title; one that is removed is not counted."""
    for title, traders in (("Zone A", [world.anne]), ("Zone B", [world.anne, world.bruno])):
        await make(world, title, *traders)

    async def page(query: str) -> dict[str, Any]:
        answer = await world.http.get(f"/api/mailing-lists?entity={world.entity}{query}", headers=world.dealer.bearer)
        found: dict[str, Any] = answer.json()
        return found

    whole = await page("")
    total = whole["total"]
    assert (whole["page"], whole["pages"], len(whole["items"])) == (1, 1, total)
    assert [(each["title"], each["count"]) for each in whole["items"][-2:]] == [("Zone A", 1), ("Zone B", 2)]
    last = await page(f"&limit=1&page={total}")
    assert (last["items"], last["pages"], last["total"]) == (whole["items"][-1:], total, total)
    behind = await page(f"&limit=1&page={total + 1}")
    assert (behind["items"], behind["total"]) == ([], total)


async def test_what_a_list_cannot_be_is_named(world: World) -> None:
    """§3.1, §3.3: at least one trader, connected ones only, one list of a title."""
    made = await make(world, "Première", world.anne)
    path = f"/api/mailing-lists/{made['id']}"
    await make(world, "Seconde", world.anne)
    for wish, status, field in (
        ({"traders": []}, 422, "traders"),
        ({"traders": [world.stranger.company_id]}, 422, "traders"),
        ({"traders": [10**12]}, 422, "traders"),
        ({"title": "  "}, 422, "title"),
        ({"title": "Seconde"}, 409, "title"),
        ({"colour": "red"}, 422, "colour"),
    ):
        body = {"title": "Première", "traders": [world.anne.company_id], "version": 1, **wish}
        refused = await world.http.put(path, json=body, headers=world.dealer.bearer)
        assert (refused.status_code, refused.json()["error"]["field"]) == (status, field), wish
        if field != "title" or status == 422:
            again = {**body, "entity": world.entity, "title": wish.get("title", "Troisième")}
            again.pop("version")
            refused = await world.http.post("/api/mailing-lists", json=again, headers=world.dealer.bearer)
            assert (refused.status_code, refused.json()["error"]["field"]) == (status, field), wish
    assert (await world.http.get(path, headers=world.dealer.bearer)).json() == made


async def test_of_two_dealers_who_save_one_list_the_second_is_told(world: World) -> None:
    """§3.1: at the same moment or later; nothing of the second is written, and its own words say what to do."""
    made = await make(world, "À deux", world.anne)
    path = f"/api/mailing-lists/{made['id']}"
    wishes = [
        {"title": "À deux", "traders": [world.anne.company_id, world.bruno.company_id], "version": made["version"]},
        {"title": "À moi", "traders": [world.bruno.company_id], "version": made["version"]},
    ]
    french = world.dealer.bearer | {"Accept-Language": "fr"}
    answers = await asyncio.gather(*(world.http.put(path, json=wish, headers=french) for wish in wishes))
    (saved,) = [answer.json() for answer in answers if answer.status_code == 200]
    (refused,) = [answer for answer in answers if answer.status_code != 200]
    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["field"]) == (409, "changed_meanwhile", "version")
    assert error["message"] == "Quelqu’un d’autre l’a changé entre-temps\N{NARROW NO-BREAK SPACE}: rechargez."
    assert (await world.http.get(path, headers=world.dealer.bearer)).json() == saved
    # What was read again is saved; a save that changes nothing is nobody's conflict.
    for _ in range(2):
        again = {"title": "À deux et plus", "traders": [world.anne.company_id], "version": saved["version"]}
        written = await world.http.put(path, json=again, headers=world.dealer.bearer)
        assert written.status_code == 200, written.text
        saved = written.json()
    assert saved["version"] == made["version"] + 2


async def test_the_number_of_those_who_would_be_told_is_shown(world: World) -> None:
    """§3.2: a list's connected members, or with no list every connected trader without exception."""
    made = await make(world, "Anne seule", world.anne)

    async def count(query: str) -> dict[str, Any]:
        answer: dict[str, Any] = (await world.http.get(f"/api/audiences?{query}", headers=world.dealer.bearer)).json()
        return answer

    everybody = await count(f"entity={world.entity}")
    assert everybody["count"] == 2
    assert [each["name"] for each in everybody["items"]] == ["Anne et fils", "Bruno Autos"]
    assert (await count(f"entity={world.entity}&mailing_list={made['id']}"))["count"] == 1
    page = await count(f"entity={world.entity}&limit=1&page=2")
    assert (page["pages"], [each["name"] for each in page["items"]]) == (2, ["Bruno Autos"])
    assert (await count(f"entity={world.entity}&mailing_list=999"))["error"]["field"] == "mailing_list"
    assert (await count(f"entity={world.elsewhere}"))["error"]["code"] == "not_allowed"


async def test_a_removed_trader_drops_out_and_the_list_keeps_it_for_its_return(world: World) -> None:
    """§3.3, §2.4: no new audience holds it; saving the list does not untick whom it does not show."""
    made = await make(world, "Les deux", world.anne, world.bruno)
    connections = (await world.http.get("/api/connections?q=Bruno", headers=world.dealer.bearer)).json()["items"]
    assert [each["name"] for each in connections] == ["Bruno Autos"]
    removed = await world.http.delete(f"/api/connections/{connections[0]['id']}", headers=world.dealer.bearer)
    assert removed.status_code == 204
    path = f"/api/mailing-lists/{made['id']}"
    assert (await world.http.get(path, headers=world.dealer.bearer)).json()["count"] == 1
    query = f"/api/audiences?entity={world.entity}&mailing_list={made['id']}"
    assert (await world.http.get(query, headers=world.dealer.bearer)).json()["count"] == 1
    body = {"title": "Les deux", "traders": [world.anne.company_id], "version": 1}
    assert (await world.http.put(path, json=body, headers=world.dealer.bearer)).status_code == 200
    await connect(world.database, world.entity, world.bruno.company_id, world.running.doors.clock.now())
    assert (await world.http.get(path, headers=world.dealer.bearer)).json()["count"] == 2
