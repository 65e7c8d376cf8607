"""The stock found by any field, sorted by any, a page at a time (§4.8)."""

from datetime import date
from typing import Any

import pytest

from persistence.stock.cards import VehicleCard, add_vehicle
from persistence.stock.fields import FIELDS, Shape
from tests.server.houses import World

CARS: tuple[dict[str, Any], ...] = (
    {"plate": "GD147JH", "make": "RENAULT", "model": "Clio", "version": "1.5 dCi 90", "trade_price_cents": 3_608_16,
     "mileage_km": 98_000, "energy": "diesel", "colour": "bleu", "entered_at": "2026-01-10", "co2_g_per_km": 90},
    {"plate": "GD250GH", "make": "OPEL", "model": "Mokka", "trade_price_cents": 14_185_47, "mileage_km": 12_000,
     "energy": "electric", "colour": "gris", "co2_g_per_km": 0, "first_registration": "2023-05-04",
     "battery_health_percent": 93},
    {"plate": "FG463RT", "make": "CITROËN", "model": "Berlingo", "version": "Équipé", "kind": "van",
     "trade_price_cents": None, "internal_number": "INT-77", "destination": "private"},
    {"plate": "XX999XX", "make": "PEUGEOT", "model": "208", "status": "released", "police_book_number": "PB 4"},
)  # fmt: skip


@pytest.fixture(scope="module")
async def stock(world: World) -> World:
    """The cars above, the last of which has left."""
    for car in CARS:
        days: dict[str, Any] = {
            name: date.fromisoformat(car[name]) for name in ("entered_at", "first_registration") if name in car
        }
        await world.vehicle(**{**car, **days})
    return world


async def asked(world: World, query: str) -> dict[str, Any]:
    answer = await world.http.get(f"/api/vehicles?{query}", headers=world.dealer.bearer)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def plates(world: World, query: str) -> list[str]:
    return [item["card"]["plate"] for item in (await asked(world, query))["items"]]


CLIO, MOKKA, BERLINGO, GONE = (str(car["plate"]) for car in CARS)
SEARCHES: tuple[tuple[str, list[str]], ...] = (
    ("", [BERLINGO, MOKKA, CLIO]),
    ("q=citroen", [BERLINGO]),
    ("q=CITROËN", [BERLINGO]),
    ("q=equipe", [BERLINGO]),
    ("q=berlingo%20citro", [BERLINGO]),
    ("q=gd-147-jh", [CLIO]),
    ("q=GD147", [CLIO]),
    ("q=int-77", [BERLINGO]),
    ("q=%25", []),
    ("q=_", []),
    ("q=%EF%BC%85", []),
    ("q=kk", [MOKKA]),
    ("q=kk%20ope%20mokka", [MOKKA]),
    ("q=pb%204", []),
    ("q=pb%204&status=released", [GONE]),
    ("status=released,sales_stock", [BERLINGO, MOKKA, GONE, CLIO]),
    ("make=renault,Opel", [MOKKA, CLIO]),
    ("make=REN", []),
    ("version=DCI", [CLIO]),
    ("kind=van", [BERLINGO]),
    ("energy=electric", [MOKKA]),
    ("colour=bleu", [CLIO]),
    ("destination=private", [BERLINGO]),
    ("trade_price_min=3608.16", [MOKKA, CLIO]),
    ("trade_price_min=3608.17", [MOKKA]),
    ("trade_price_max=3608.16", [CLIO]),
    ("mileage_km_max=50000", [MOKKA]),
    ("co2_g_per_km_min=90&co2_g_per_km_max=90", [CLIO]),
    ("year_min=2023&year_max=2023", [MOKKA]),
    ("first_registration_from=2023-05-05", []),
    ("days_in_stock_min=30", [CLIO]),
    ("days_in_stock_max=-30000", []),
    ("known=trade_price", [MOKKA, CLIO]),
    ("known=mileage_km,co2_g_per_km", [MOKKA, CLIO]),
    ("unknown=trade_price", [BERLINGO]),
    ("known=photos", []),
    ("unknown=photos,version", [MOKKA]),
    ("free=true", [MOKKA, CLIO]),
    ("free=false", [BERLINGO]),
    ("reserved=true", []),
    ("in_auction=false", [BERLINGO, MOKKA, CLIO]),
    ("sort=trade_price", [CLIO, MOKKA, BERLINGO]),
    ("sort=-trade_price", [MOKKA, CLIO, BERLINGO]),
    ("sort=-make", [CLIO, MOKKA, BERLINGO]),
    ("sort=-days_in_stock&known=entered_at", [CLIO]),
    ("limit=1&page=2", [MOKKA]),
    ("limit=2&page=2", [CLIO]),
    ("limit=2&page=9", []),
)


@pytest.mark.parametrize(("query", "found"), SEARCHES, ids=[query or "everything" for query, _ in SEARCHES])
async def test_a_search_finds_these_vehicles_in_this_order(stock: World, query: str, found: list[str]) -> None:
    """§4.8."""
    assert await plates(stock, query) == found


async def test_pages_of_two_entities_follow_each_other(stock: World) -> None:
    """§4.8: whoever works for several entities reads one list."""
    async with stock.database.acquire() as connection:
        site = await connection.fetchval(
            "INSERT INTO sites (entity_id, name) VALUES ($1, 'Arras') RETURNING id", stock.sister
        )
        await connection.execute(
            """INSERT INTO memberships (user_id, entity_id, rights)
               SELECT user_id, $2, rights FROM memberships WHERE user_id = $1""",
            stock.dealer.user_id,
            stock.sister,
        )
    for model in ("C3", "Meriva", "Zafira"):
        await add_vehicle(stock.database, stock.sister, site, VehicleCard(make="OPEL", model=model))
    pages = [await asked(stock, f"limit=2&page={page}") for page in (1, 2, 3)]
    assert [[item["card"]["model"] for item in page["items"]] for page in pages] == [
        ["Berlingo", "C3"],
        ["Meriva", "Mokka"],
        ["Zafira", "Clio"],
    ]
    assert {(page["pages"], page["total"]) for page in pages} == {(3, 6)}
    async with stock.database.acquire() as connection:
        await connection.execute(
            "DELETE FROM memberships WHERE user_id = $1 AND entity_id = $2", stock.dealer.user_id, stock.sister
        )


async def test_vehicles_are_asked_for_by_their_ids(stock: World) -> None:
    """§5.1.1: the form of an auction reads those that were chosen; another house's are not there."""
    first, _, third = (await asked(stock, ""))["items"]
    found = await asked(stock, f"ids={third['id']},{first['id']},999999")
    assert [item["id"] for item in found["items"]] == [first["id"], third["id"]]


async def test_a_page_tells_how_many_there_are(stock: World) -> None:
    page = await asked(stock, "limit=2&page=9")
    assert (page["page"], page["pages"], page["total"]) == (9, 2, 3)


@pytest.mark.parametrize("name", FIELDS)
async def test_every_field_is_sorted_filtered_and_shown(stock: World, name: str) -> None:
    """§4.8: on any field."""
    shown = await asked(stock, f"columns={name}&sort=-{name}&known={name}")
    assert all(item["values"][name] not in {None, ""} for item in shown["items"])
    assert (await asked(stock, f"unknown={name}"))["total"] + shown["total"] == 3
    assert (await asked(stock, f"sort={name}"))["total"] == 3
    match FIELDS[name].shape:
        case Shape.NUMBER | Shape.AMOUNT:
            query = f"{name}_min=1&{name}_max=2"
        case Shape.DATE:
            query = f"{name}_from=2026-01-01&{name}_to=2026-01-02"
        case Shape.FLAG:
            query = f"{name}=true"
        case _:
            query = f"{name}=x"
    assert (await asked(stock, query))["total"] <= 3


async def test_values_are_as_json_has_them(stock: World) -> None:
    """§0.1: amounts are decimal strings."""
    columns = "columns=trade_price,mileage_km,entered_at,matched,site_name,vin"
    (item,) = (await asked(stock, f"q={CLIO}&{columns}"))["items"]
    assert item["values"] == {
        "trade_price": "3608.16",
        "mileage_km": 98_000,
        "entered_at": "2026-01-10",
        "matched": True,
        "site_name": "Lille",
        "vin": None,
    }


REFUSED = (
    ("sort=password_hash", "sort"),
    ("sort=make;drop", "sort"),
    ("columns=make,secret", "columns"),
    ("known=nothing", "known"),
    ("limit=501", "limit"),
    ("page=0", "page"),
    ("site=1,x", "site"),
    ("ids=1,x", "ids"),
    ("trade_price_min=12.345", "trade_price_min"),
    ("trade_price_min=999999999", "trade_price_min"),
    ("mileage_km_min=many", "mileage_km_min"),
    ("entered_at_from=yesterday", "entered_at_from"),
    ("free=perhaps", "free"),
    ("q=" + "%20a" * 9, "q"),
    ("plate=" + "x" * 201, "plate"),
    ("nonsense=1", "nonsense"),
)


@pytest.mark.parametrize(("query", "field"), REFUSED, ids=[query[:30] for query, _ in REFUSED])
async def test_what_cannot_be_asked_is_refused_by_its_name(world: World, query: str, field: str) -> None:
    refused = await world.http.get(f"/api/vehicles?{query}", headers=world.dealer.bearer)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, field)


async def test_free_means_that_nothing_is_missing(stock: World) -> None:
    """§4.3, §4.4: the filter says what the rule says."""
    for card in ({"matched": False}, {"status": "pre_arrival"}, {"destination": "private"}, {"destination": None},
                 {"destination": "private", "trade_sale_authorised": True}, {"status": "delivery"}):  # fmt: skip
        await stock.vehicle(model="Rule", **card)
    await stock.auction(vehicles=[{"id": await stock.vehicle(model="Rule")}])
    for free in ("true", "false"):
        items = (await asked(stock, f"model=rule&free={free}"))["items"]
        assert items
        assert all((item["missing"] == []) is (free == "true") for item in items)


async def test_the_columns_are_named_in_the_readers_language(world: World) -> None:
    columns = (await world.http.get("/api/vehicles/columns", headers=world.dealer.bearer)).json()["items"]
    assert [column["name"] for column in columns] == list(FIELDS)
    assert columns[0] == {
        "name": "make",
        "label": "Marque",
        "type": "choice",
        "filterable": True,
        "sortable": True,
        "usual": True,
    }


async def test_a_field_of_a_choice_says_what_stands_in_the_stock(stock: World) -> None:
    """§4.8: by number of vehicles, without those that have left; other fields and other entities are refused."""
    for car in ("Zoe", "Twingo"):
        await stock.vehicle(model=car, make="RENAULT", colour="parme")
    answer = await stock.http.get("/api/vehicles/choices?field=colour", headers=stock.dealer.bearer)
    found = {item["value"]: item["vehicles"] for item in answer.json()["items"]}
    assert (found["parme"], found["bleu"], "" in found) == (2, 1, False)
    counts = [item["vehicles"] for item in answer.json()["items"]]
    assert counts == sorted(counts, reverse=True)
    models = await stock.http.get("/api/vehicles/choices?field=model", headers=stock.dealer.bearer)
    assert "208" not in {item["value"] for item in models.json()["items"]}
    for query, status in (("field=comments", 422), ("field=nothing", 422), ("field=make&entity=999999", 403)):
        refused = await stock.http.get(f"/api/vehicles/choices?{query}", headers=stock.dealer.bearer)
        assert refused.status_code == status


async def test_what_a_stock_says_is_told_to_its_own_dealers(stock: World) -> None:
    """§1.4, §4.8: not to a stranger, who is told of its own, nor to a trader; nobody names another's entity."""
    await stock.vehicle(colour="bouton d'or")
    path = "/api/vehicles/choices?field=colour"
    for person, told in ((stock.dealer, True), (stock.sister_dealer, False), (stock.stranger_dealer, False)):
        items = (await stock.http.get(path, headers=person.bearer)).json()["items"]
        assert ("bouton d'or" in {item["value"] for item in items}) is told, person.email
    assert (await stock.http.get(path, headers=stock.anne.bearer)).status_code == 403
    named = await stock.http.get(f"{path}&entity={stock.entity}", headers=stock.stranger_dealer.bearer)
    assert (named.status_code, named.json()["error"]["field"]) == (403, "entity")


_MANY = """
    INSERT INTO vehicles (entity_id, site_id, make, model, trade_price_cents, status)
    SELECT $1, sites.id, 'FIAT', 'Panda ' || lpad(n::text, 5, '0'), CASE WHEN n > 60 THEN n * 100 END, 'sales_stock'
    FROM sites CROSS JOIN generate_series(1, 10050) AS n WHERE sites.entity_id = $1
"""


async def test_beyond_ten_thousand_a_list_says_that_there_are_more(world: World) -> None:
    """§4.8: counted to a bound, and every page can be read all the same, in whatever order."""

    async def read(query: str) -> dict[str, Any]:
        answer = await world.http.get(f"/api/vehicles?limit=50&{query}", headers=world.stranger_dealer.bearer)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    async def models(query: str) -> list[int]:
        return [int(item["card"]["model"].removeprefix("Panda ")) for item in (await read(query))["items"]]

    async with world.database.acquire() as connection:
        await connection.execute(_MANY, world.elsewhere)
    first, known_last, last, behind = [await read(f"page={page}") for page in (1, 200, 201, 202)]
    assert {(page["total"], page["total_is_bound"]) for page in (first, known_last, last, behind)} == {(10_000, True)}
    assert [page["pages"] for page in (first, known_last, last, behind)] == [200, 201, 202, 200]
    assert [len(page["items"]) for page in (first, known_last, last, behind)] == [50, 50, 50, 0]
    assert await models("page=201") == list(range(10_001, 10_051))
    assert await models("sort=-make&page=201") == list(range(50, 0, -1))
    assert await models("sort=trade_price") == list(range(61, 111))
    assert await models("sort=trade_price&page=201") == [*range(11, 61)]
    assert await models("sort=-trade_price") == list(range(10_050, 10_000, -1))
    assert await models("sort=-trade_price&page=200") == [*range(100, 60, -1), *range(60, 50, -1)]
    assert await models("q=panda&sort=-days_in_stock&page=201") == list(range(10_001, 10_051))
    few = await read("trade_price_min=101")
    assert (few["total"], few["total_is_bound"], few["pages"]) == (9_950, False, 199)
    for filters, found in (({}, (1_000, True)), ({"trade_price_max": "100"}, (40, False))):
        body = {"name": str(filters), "filters": filters, "pinned": True}
        kept = (await world.http.post("/api/saved-searches", json=body, headers=world.stranger_dealer.bearer)).json()
        assert (kept["count"], kept["count_is_bound"]) == found
