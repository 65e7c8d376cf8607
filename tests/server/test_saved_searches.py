"""Searches that a user keeps and pins (§4.8)."""

from typing import Any

import httpx
import pytest

from persistence.stock.saved_searches import MOST_PINNED
from tests.server.houses import Persona, World

PATH = "/api/saved-searches"


async def kept(world: World, persona: Persona | None = None, /, **form: Any) -> httpx.Response:
    who = persona or world.dealer
    return await world.http.post(PATH, json={"name": "Diesel", **form}, headers=who.bearer)


async def listed(world: World, persona: Persona | None = None) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await world.http.get(PATH, headers=(persona or world.dealer).bearer)).json()["items"]
    return items


async def test_a_search_is_kept_changed_and_forgotten(world: World) -> None:
    """§4.8: with its filters, sort and columns; a pinned one tells how many it finds."""
    for energy in ("diesel", "diesel", "petrol"):
        await world.vehicle(energy=energy)
    form: dict[str, Any] = {
        "name": " Diesels ",
        "filters": {"energy": "diesel"},
        "entity": world.entity,
        "sort": "-trade_price",
        "columns": ["plate", "trade_price"],
        "pinned": True,
    }
    made = await kept(world, **form)
    assert made.status_code == 201
    search = made.json()
    assert search == {**form, "id": search["id"], "name": "Diesels", "count": 2, "count_is_bound": False}
    assert await listed(world) == [search]
    path = f"{PATH}/{search['id']}"
    changed = await world.http.put(path, json={"name": "Tout"}, headers=world.dealer.bearer)
    assert changed.json() == {
        "id": search["id"], "name": "Tout", "filters": {}, "entity": None, "sort": "", "columns": [],
        "pinned": False, "count": None, "count_is_bound": False,
    }  # fmt: skip
    assert (await world.http.delete(path, headers=world.dealer.bearer)).status_code == 204
    assert (await world.http.delete(path, headers=world.dealer.bearer)).status_code == 404
    assert await listed(world) == []


async def test_searches_are_ones_own(world: World) -> None:
    """§1.4: another user's search does not exist, not even a colleague's."""
    search = (await kept(world, name="Mine")).json()
    for person in (world.idle_dealer, world.sister_dealer, world.stranger_dealer):
        assert await listed(world, person) == []
        path = f"{PATH}/{search['id']}"
        assert (await world.http.put(path, json={"name": "x"}, headers=person.bearer)).status_code == 404
        assert (await world.http.delete(path, headers=person.bearer)).status_code == 404
    assert (await kept(world, world.idle_dealer, name="Mine")).status_code == 201


async def test_a_name_is_given_once(world: World) -> None:
    assert (await kept(world, name="Twice")).status_code == 201
    again = await kept(world, name="Twice")
    assert (again.status_code, again.json()["error"]["field"]) == (409, "name")
    assert (await kept(world, name="Twice", entity=world.entity)).status_code == 201


async def test_few_are_pinned(world: World) -> None:
    answers = [
        (await kept(world, world.sister_dealer, name=f"Pin {n}", pinned=True)).status_code
        for n in range(MOST_PINNED + 1)
    ]
    assert answers == [201] * MOST_PINNED + [409]


REFUSED: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"name": " "}, 422, "name"),
    ({"name": "x" * 101}, 422, "name"),
    ({"filters": {"nonsense": "1"}}, 422, "filters.nonsense"),
    ({"filters": {"mileage_km_max": "many"}}, 422, "filters.mileage_km_max"),
    ({"filters": {"known": "nothing"}}, 422, "filters.known"),
    ({"filters": {"sort": "make"}}, 422, "filters.sort"),
    ({"filters": {"limit": "5"}}, 422, "filters.limit"),
    ({"sort": "secret"}, 422, "sort"),
    ({"columns": ["secret"]}, 422, "columns"),
    ({"entity": 10**9}, 403, "entity"),
)


@pytest.mark.parametrize(("form", "status", "field"), REFUSED)
async def test_what_the_list_would_refuse_is_not_kept(
    world: World, form: dict[str, Any], status: int, field: str
) -> None:
    refused = await kept(world, **form)
    assert (refused.status_code, refused.json()["error"]["field"]) == (status, field)
