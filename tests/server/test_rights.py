"""Who may call which route on whose auction: every route × every kind of person (§1.3, §1.4).

A route that is missing from the matrix fails the test, so that nobody adds one without saying who may call it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec import Struct

from server.http.door import Route
from server.http.routes import ROUTES
from tests.server.houses import PASSWORD, World

PEOPLE = ("nobody", "anne", "stranger", "idle_dealer", "sister_dealer", "stranger_dealer", "dealer")
"""Anne is invited, the stranger connected to nobody; the idle dealer has no rights; the owner comes last."""


class Case(Struct, frozen=True):
    """What each of PEOPLE is answered, the path's ids, and the body."""

    answers: tuple[int, ...]
    ids: Callable[[World], Awaitable[dict[str, int]]] | None = None
    body: Callable[[World], Awaitable[dict[str, Any]]] | None = None


async def auction(world: World) -> dict[str, int]:
    return {"id": (await world.auction())["id"]}


async def lot(world: World) -> dict[str, int]:
    made = await world.auction()
    return {"id": made["id"], "number": made["lots"][0]["number"]}


async def token(world: World) -> dict[str, int]:
    return {"id": 10**9}


async def form(world: World) -> dict[str, Any]:
    vehicles = [{"id": await world.vehicle()}]
    sold = {"kind": "lot", "vehicles": vehicles, "duration_seconds": 60, "minimum_increment": "50"}
    return {**sold, "entity": world.entity, "site": world.site}


async def reason(world: World) -> dict[str, Any]:
    return {"reason": "the engine was replaced"}


async def name(world: World) -> dict[str, Any]:
    return {"name": "robot"}


async def credentials(world: World) -> dict[str, Any]:
    return {"email": world.bruno.email, "password": PASSWORD}


ANYONE = (200,) * 7
SIGNED_IN = (401, 200, 200, 200, 200, 200, 200)
DEALERS = (401, 403, 403, 200, 200, 200, 200)
OF_THE_AUCTION = (401, 200, 404, 200, 404, 404, 200)

MATRIX = {
    "POST /api/sessions": Case((201,) * 7, body=credentials),
    "GET /api/sessions/current": Case((200,) * 7),
    "DELETE /api/sessions/current": Case((401, 204, 204, 204, 204, 204, 204)),
    "GET /api/me": Case(SIGNED_IN),
    "GET /api/tokens": Case(SIGNED_IN),
    "POST /api/tokens": Case((401, 403, 403, 403, 403, 403, 403), body=name),  # by a session only
    "DELETE /api/tokens/{id}": Case((401, 404, 404, 404, 404, 404, 404), token),
    "GET /api/auctions": Case(SIGNED_IN),
    "GET /api/auctions/{id}": Case(OF_THE_AUCTION, auction),
    "GET /api/auctions/{id}/history": Case(OF_THE_AUCTION, auction),
    "GET /api/auctions/{id}/synthesis": Case((401, 403, 403, 200, 404, 404, 200), auction),
    "POST /api/auctions": Case((401, 403, 403, 403, 403, 403, 201), body=form),
    "POST /api/auctions/{id}/cancellation": Case((401, 403, 403, 403, 404, 404, 200), auction),
    "POST /api/auctions/{id}/lots/{number}/sale-cancellation": Case((401, 403, 403, 403, 404, 404, 409), lot, reason),
    "GET /api/vehicles": Case(DEALERS),
    "GET /api/connections": Case(DEALERS),
    "GET /api/mailing-lists": Case(DEALERS),
    "GET /api/sites": Case(DEALERS),
    "GET /api/demo": Case((404,) * 7),
    "GET /healthz": Case(ANYONE),
    "GET /readyz": Case(ANYONE),
    "GET /metrics": Case(ANYONE),
}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_every_route_answers_each_kind_of_person_as_the_matrix_says(world: World, route: Route) -> None:
    case = MATRIX[route.name]
    ids = {} if case.ids is None else await case.ids(world)
    body = None if case.body is None else await case.body(world)
    answers = {}
    for person in PEOPLE:
        headers = {} if person == "nobody" else world.personas[person].bearer
        sent = await world.http.request(route.method, route.path.format(**ids), json=body, headers=headers)
        answers[person] = sent.status_code
    assert answers == dict(zip(PEOPLE, case.answers, strict=True))


def test_the_matrix_names_no_route_that_is_gone() -> None:
    assert set(MATRIX) == {route.name for route in ROUTES}


# --------------------------------------------------------------------------------------------- whose data is whose


async def test_lists_hold_ones_own_and_nothing_else(world: World) -> None:
    """§1.4: an entity's data is invisible to other entities and to traders that are not connected."""
    mine = (await world.auction())["id"]
    for person, sees in (
        ("dealer", True),
        ("anne", True),
        ("sister_dealer", False),
        ("stranger_dealer", False),
        ("stranger", False),
    ):
        page = await world.http.get("/api/auctions", headers=world.personas[person].bearer)
        assert (mine in {item["id"] for item in page.json()["items"]}) is sees, person
    for path in ("vehicles", "connections", "sites"):
        own = (await world.http.get(f"/api/{path}", headers=world.dealer.bearer)).json()["items"]
        others = (await world.http.get(f"/api/{path}", headers=world.stranger_dealer.bearer)).json()["items"]
        assert own
        assert all(item["entity"] == world.entity for item in own)
        assert all(item["entity"] == world.elsewhere for item in others)
        named = await world.http.get(f"/api/{path}?entity={world.entity}", headers=world.stranger_dealer.bearer)
        assert (named.status_code, named.json()["error"]["field"]) == (403, "entity")


async def test_a_trader_reads_no_reserve_and_no_name_over_http(world: World) -> None:
    """§1.4, searched in the raw bytes of every answer."""
    vehicles = [{"id": await world.vehicle(market_value_cents=4_321_99), "reserve_price": "7654.32"}]
    made = await world.auction(vehicles=vehicles)
    number, lot_number = made["id"], made["lots"][0]["number"]
    async with world.live(world.bruno) as bruno:
        assert (await bruno.ask("bid", id="x", auction=number, lot=lot_number, amount="1000"))["type"] == "accepted"
    read = b""
    for path in (f"auctions/{number}", f"auctions/{number}/history", "auctions", f"auctions?q={number}"):
        read += (await world.http.get(f"/api/{path}", headers=world.anne.bearer)).content
    for secret in (b"7654.32", b"4321.99", b"Bruno", b"800.00"):
        assert secret not in read
    assert b'"bidder":1' in read
    seen = (await world.http.get(f"/api/auctions/{number}/synthesis", headers=world.dealer.bearer)).content
    assert b"7654.32" in seen
    assert b"Bruno Autos" in seen


async def test_a_dealer_without_the_site_or_the_list_cannot_name_it(world: World) -> None:
    for wish, field in (
        ({"site": 10**9}, "site"),
        ({"mailing_list": 10**9}, "mailing_list"),
        ({"traders": [10**9]}, "traders"),
    ):
        body = {**await form(world), **wish}
        refused = await world.http.post("/api/auctions", json=body, headers=world.dealer.bearer)
        assert (refused.status_code, refused.json()["error"]["field"]) == (422, field), wish
    others_vehicle = {**await form(world), "entity": world.elsewhere}
    refused = await world.http.post("/api/auctions", json=others_vehicle, headers=world.stranger_dealer.bearer)
    assert refused.json()["error"]["reasons"][0] == {
        "code": "unknown_site",
        "field": "site",
        "vehicle": None,
    }


async def test_a_vehicle_that_may_not_be_sold_is_named_with_every_condition(world: World) -> None:
    """§4.3."""
    vehicle = await world.vehicle(destination="private", matched=False, trade_price_cents=None)
    body = {**await form(world), "vehicles": [{"id": vehicle, "starting_price": "100.00"}]}
    refused = await world.http.post("/api/auctions", json=body, headers=world.dealer.bearer)
    assert {reason["code"] for reason in refused.json()["error"]["reasons"]} == {
        "not_authorised",
        "no_trade_price",
        "not_matched",
    }
    listed = (await world.http.get("/api/vehicles", headers=world.dealer.bearer)).json()["items"]
    assert next(item for item in listed if item["id"] == vehicle)["missing"] == [
        "not_authorised",
        "no_trade_price",
        "not_matched",
    ]
