"""Who may call which route on whose auction: every route × every kind of person (§1.3, §1.4).

A route that is missing from the matrix fails the test, so that nobody adds one without saying who may call it.
"""

import pytest

from server.http.door import Route
from server.http.routes import ROUTES
from tests.server.houses import World
from tests.server.rights import after_sale, auctions, notices, people, records, schedule, stock, traders, vehicles
from tests.server.rights.auctions import form
from tests.server.rights.case import PEOPLE

AREAS = (auctions, people, traders, vehicles, stock, schedule, after_sale, notices, records)
MATRIX = {name: case for area in AREAS for name, case in area.CASES.items()}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_every_route_answers_each_kind_of_person_as_the_matrix_says(world: World, route: Route) -> None:
    case = MATRIX[route.name]
    ids = {} if case.ids is None else await case.ids(world)
    body = None if case.body is None else await case.body(world)
    answers = {}
    for person in PEOPLE:
        headers = {} if person == "nobody" else world.personas[person].bearer
        path = route.path.format(**ids)
        if case.upload is None:
            sent = await world.http.request(route.method, path, json=body, headers=headers)
        else:
            content, media_type = case.upload
            typed = headers | {"Content-Type": media_type}
            sent = await world.http.request(route.method, path, content=content, headers=typed)
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


async def test_auctions_of_one_entity_are_asked_by_who_works_there(world: World) -> None:
    """§1.4: of another's entity nobody reads; a trader works for none."""
    mine = (await world.auction())["id"]
    asked = f"/api/auctions?entity={world.entity}"
    own = await world.http.get(asked, headers=world.dealer.bearer)
    assert mine in {item["id"] for item in own.json()["items"]}
    for person in ("sister_dealer", "stranger_dealer", "anne"):
        refused = await world.http.get(asked, headers=world.personas[person].bearer)
        assert (refused.status_code, refused.json()["error"]["field"]) == (403, "entity"), person


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
