"""A card over HTTP: entered, read whole, changed field by field, each change on record (§4.1, §4.5, §4.6, §4.7)."""

import asyncio
import json
from typing import Any

import pytest

from persistence.database import AnyConnection
from tests.server.houses import Persona, World

ENTRY = {
    "colour": "Bleu",
    "interior_colour": "Noir",
    "origin": "Reprise client",
    "vin": "VF1RFB00X12345678",
    "police_book_number": "2026-17",
    "entered_at": "2026-01-02",
    "first_registration": "2020-05-04",
    "mileage_km": 41_000,
    "co2_g_km": 104,
}
CUSTOM = {
    "make": "BOLLORÉ",
    "model": "BLUECAR",
    "custom_make": True,
    "kind": "passenger",
    "version": "Autolib",
    "trim": "Base",
    "body": "Berline",
    "doors": 3,
    "gearbox": "Automatique",
    "energy": "Électrique",
    "fiscal_power_cv": 4,
    "power_ch": 68,
}


async def enter(world: World, by: Persona | None = None, **card: Any) -> Any:
    body = {"make": "Renault", "model": "Clio IV", "site": world.site, **card}
    return await world.http.post("/api/vehicles", json=body, headers=(by or world.dealer).bearer)


async def entered(world: World, **card: Any) -> dict[str, Any]:
    made = await enter(world, plate=f"EN-{next(world.plates):03}-TR", **card)
    assert made.status_code == 201, made.text
    sheet: dict[str, Any] = made.json()
    return sheet


def numbers(world: World) -> dict[str, Any]:
    """A VIN and a line of the police book that no other vehicle has."""
    number = next(world.plates)
    return {"vin": f"VF1RFB00X{number:08}", "police_book_number": f"2026-{number}"}


async def patch(world: World, sheet: dict[str, Any], **changes: Any) -> Any:
    body = {"revision": sheet["revision"], **changes}
    return await world.http.patch(f"/api/vehicles/{sheet['id']}", json=body, headers=world.dealer.bearer)


def reasons(refused: Any) -> list[tuple[str, str]]:
    assert refused.status_code == 422, refused.text
    return [(reason["field"], reason["code"]) for reason in refused.json()["error"]["reasons"]]


async def recorded(connection: AnyConnection, vehicle: int) -> list[tuple[str, int, dict[str, Any]]]:
    rows = await connection.fetch(
        "SELECT action, user_id, change FROM audit WHERE subject = 'vehicle' AND subject_id = $1 ORDER BY id", vehicle
    )
    return [(row["action"], row["user_id"], json.loads(row["change"])) for row in rows]


# ------------------------------------------------------------------------------------------------------ a new vehicle


async def test_a_vehicle_enters_at_pre_arrival_with_what_is_known(world: World) -> None:
    """§4.1, §4.2, §4.3."""
    sheet = await entered(world, **ENTRY, sale_price="12900.00", trade_price="9900.5", kind="van")
    assert (sheet["status"], sheet["matched"], sheet["revision"]) == ("pre_arrival", True, 1)
    assert (sheet["make"], sheet["model"], sheet["kind"]) == ("RENAULT", "CLIO IV", "van")
    assert (sheet["sale_price"], sheet["trade_price"], sheet["purchase_price"]) == ("12900.00", "9900.50", "0.00")
    assert sheet["sale_price_changed_at"].endswith("Z")
    assert sheet["missing"] == ["wrong_destination", "not_saleable"]
    read = await world.http.get(f"/api/vehicles/{sheet['id']}", headers=world.dealer.bearer)
    assert read.json() == sheet
    assert sheet["days_in_stock"] > 0
    assert {**ENTRY}.items() <= sheet.items()


async def test_everything_that_does_not_fit_is_named_at_once_and_nothing_is_entered(world: World) -> None:
    """§4.1: field by field, by the bounds of the card: the form has none of its own."""
    stock = (await world.http.get("/api/vehicles", headers=world.dealer.bearer)).json()
    refused = await enter(
        world, plate="?!", vin="SHORT", first_registration="2199-01-01", mileage_km=10**20, trade_price="0"
    )
    assert reasons(refused) == [
        ("plate", "not_a_plate"),
        ("vin", "not_a_vin"),
        ("mileage_km", "out_of_range"),
        ("trade_price", "out_of_range"),
        ("first_registration", "in_the_future"),
    ]
    assert refused.json()["error"]["field"] == "plate"
    assert all(field in refused.json()["error"]["message"] for field in ("plate", "vin", "17", "mileage_km"))
    for words in ("doit être entre 0 et 3000000", "doit être entre 0.01 et 100000000.00"):
        assert words in refused.json()["error"]["message"]
    assert (await world.http.get("/api/vehicles", headers=world.dealer.bearer)).json() == stock


@pytest.mark.parametrize(
    ("card", "field"),
    [
        ({"make": None}, "make"),
        ({"model": " "}, "model"),
        ({"colour": "a\nb"}, "colour"),
        ({"kind": None}, "kind"),
        ({"kind": "boat"}, "kind"),
        ({"doors": -1}, "doors"),
        ({"mileage_km": "many"}, "mileage_km"),
        ({"sale_price": 12}, "sale_price"),
        ({"sale_price": "-1.00"}, "sale_price"),
        ({"entered_at": "yesterday"}, "entered_at"),
        ({"status": "sales_stock"}, "status"),
        ({"matched": True}, "matched"),
        ({"equipment": [{"label": ""}]}, "equipment[0].label"),
        ({"defects": [{"name": "Rayure", "repair_cost_ht": "x"}]}, "defects[0].repair_cost_ht"),
        ({"battery": {"score": 3}}, "battery.score"),
    ],
    ids=str,
)
async def test_what_has_no_shape_is_refused_by_its_field(world: World, card: dict[str, Any], field: str) -> None:
    refused = await enter(world, **card)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, field), refused.text


async def test_a_plate_is_once_in_a_stock_however_it_is_typed(world: World) -> None:
    """§4.1: kept as typed, in upper case."""
    made = await enter(world, plate=" ez-101-xa ")
    assert made.json()["plate"] == "EZ-101-XA"
    assert reasons(await enter(world, plate="EZ101XA")) == [("plate", "taken")]
    other = await entered(world)
    assert reasons(await patch(world, other, plate="EZ 101 XA")) == [("plate", "taken")]


async def test_two_who_enter_the_same_plate_at_once_enter_it_once(world: World) -> None:
    answers = await asyncio.gather(*(enter(world, plate="EZ-102-XB") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422]


async def test_a_site_of_others_does_not_exist(world: World) -> None:
    """§1.4."""
    sites = (await world.http.get("/api/sites", headers=world.stranger_dealer.bearer)).json()["items"]
    for site in (sites[0]["id"], 10**9):
        assert reasons(await enter(world, site=site)) == [("site", "unknown")]
    sheet = await entered(world)
    wishes = {"site": 10**9, "physical_site": sites[0]["id"], "moved_to_site": 10**9}
    assert reasons(await patch(world, sheet, **wishes)) == [
        ("site", "unknown"),
        ("physical_site", "unknown"),
        ("moved_to_site", "unknown"),
    ]


# -------------------------------------------------------------------------------------------------- make and model


async def test_a_custom_make_says_everything_itself_and_stays_its_own(world: World) -> None:
    """§4.7."""
    assert reasons(await enter(world, make="BOLLORÉ", model="BLUECAR")) == [("make", "not_in_catalogue")]
    bare = await enter(world, make="BOLLORÉ", model="BLUECAR", custom_make=True)
    needed = ["kind", "version", "trim", "body", "doors", "gearbox", "energy", "fiscal_power_cv", "power_ch"]
    assert reasons(bare) == [(field, "required") for field in needed]
    sheet = await entered(world, **CUSTOM)
    assert (sheet["status"], sheet["matched"], sheet["custom_make"]) == ("pre_arrival", False, True)
    assert "not_matched" in sheet["missing"]
    makes = (await world.http.get("/api/catalogue/makes", headers=world.dealer.bearer)).json()["items"]
    assert "BOLLORÉ" not in {make["name"] for make in makes}
    assert reasons(await patch(world, sheet, trim=None)) == [("trim", "required")]
    known = await patch(world, sheet, make="Renault", model="Twingo", custom_make=False)
    assert (known.json()["matched"], known.json()["make"]) == (True, "RENAULT")


async def test_the_catalogue_tells_its_makes_and_their_models(world: World) -> None:
    """§4.3, §4.7."""
    makes = (await world.http.get("/api/catalogue/makes", headers=world.dealer.bearer)).json()["items"]
    assert len(makes) >= 45
    assert sum(make["models"] for make in makes) >= 400
    models = await world.http.get("/api/catalogue/models?make=citroen", headers=world.dealer.bearer)
    assert models.json()["make"] == "CITROËN"
    assert {"name": "C3 AIRCROSS", "kind": "passenger"} in models.json()["items"]
    unknown = await world.http.get("/api/catalogue/models?make=Bollore", headers=world.dealer.bearer)
    assert (unknown.status_code, unknown.json()["error"]["field"]) == (422, "make")


# ----------------------------------------------------------------------------------------------------------- changes


async def test_absent_stays_null_empties_and_every_change_is_on_record(world: World) -> None:
    """§4.1: who, when, before and after."""
    sheet = await entered(world, colour="Bleu", sale_price="12900.00", warranty="Constructeur", warranty_months=6)
    changed = await patch(world, sheet, colour=None, sale_price="11900.00", amount_owed="150.00", warranty_months=None)
    after = changed.json()
    assert (after["colour"], after["sale_price"], after["amount_owed"]) == ("", "11900.00", "150.00")
    assert (after["warranty"], after["warranty_months"], after["revision"]) == ("Constructeur", None, 2)
    assert after["sale_price_changed_at"] > sheet["sale_price_changed_at"]
    async with world.database.acquire() as connection:
        made, change = await recorded(connection, sheet["id"])
    assert (made[0], made[1], made[2]["sale_price"]) == ("created", world.dealer.user_id, [None, "12900.00"])
    assert change == (
        "changed",
        world.dealer.user_id,
        {
            "colour": ["Bleu", ""],
            "sale_price": ["12900.00", "11900.00"],
            "amount_owed": [None, "150.00"],
            "warranty_months": [6, None],
        },
    )


async def test_nothing_changed_is_nothing_recorded_and_the_price_keeps_its_age(world: World) -> None:
    sheet = await entered(world, colour="Bleu", sale_price="12900.00")
    assert (await patch(world, sheet, colour="Bleu")).json() == sheet
    repainted = (await patch(world, sheet, colour="Gris", sale_price="12900")).json()
    assert repainted["sale_price_changed_at"] == sheet["sale_price_changed_at"]
    async with world.database.acquire() as connection:
        assert len(await recorded(connection, sheet["id"])) == 2


async def test_who_has_read_an_older_card_changes_nothing(world: World) -> None:
    sheet = await entered(world)
    assert (await patch(world, sheet, colour="Bleu")).status_code == 200
    late = await patch(world, sheet, colour="Gris")
    assert (late.status_code, late.json()["error"]["code"], late.json()["error"]["field"]) == (
        409,
        "conflict",
        "revision",
    )
    fresh = await entered(world)
    answers = await asyncio.gather(*(patch(world, fresh, mileage_km=km) for km in range(1, 7)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]


@pytest.mark.parametrize("field", ["plate", "vin", "police_book_number"])
async def test_what_names_a_vehicle_names_one(world: World, field: str) -> None:
    """§4.1: made or changed, by hand or from a file; a line of the police book even when the vehicle has left."""
    mine: dict[str, Any] = {"plate": f"WN-{next(world.plates):03}-XN", **numbers(world)}
    made = await enter(world, **mine)
    assert made.status_code == 201
    assert reasons(await enter(world, **{field: mine[field]})) == [(field, "taken")]
    other = (await enter(world)).json()
    assert reasons(await patch(world, other, **{field: mine[field]})) == [(field, "taken")]
    file = f"make;model;{field}\nFIAT;500;{mine[field]}\n".encode()
    typed = world.dealer.bearer | {"Content-Type": "text/csv"}
    path = f"/api/vehicles/imports?site={world.site}"
    report = (await world.http.post(path, content=file, headers=typed)).json()
    assert [(each["field"], each["code"]) for each in report["refused"]] == [(field, "taken")]
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE vehicles SET status = 'released' WHERE id = $1", made.json()["id"])
    again = await enter(world, **{field: mine[field]})
    if field == "police_book_number":
        assert reasons(again) == [(field, "taken")]
    else:
        assert again.status_code == 201
        back = f"/api/vehicles/{made.json()['id']}/status"
        returned = await world.http.post(back, json={"status": "pre_arrival"}, headers=world.dealer.bearer)
        assert reasons(returned) == [(field, "taken")]


async def test_a_card_entered_physically_keeps_what_that_asked_for(world: World) -> None:
    """§4.2."""
    sheet = await entered(world, **ENTRY | numbers(world))
    moved = await world.http.post(
        f"/api/vehicles/{sheet['id']}/status", json={"status": "physical_entry"}, headers=world.dealer.bearer
    )
    assert moved.status_code == 200, moved.text
    assert reasons(await patch(world, moved.json(), vin=None, colour=None)) == [
        ("colour", "required"),
        ("vin", "required"),
    ]


async def test_what_an_auction_rests_on_does_not_change_under_it(world: World) -> None:
    """§4.4."""
    vehicle = await world.vehicle()
    await world.auction(vehicles=[{"id": vehicle}])
    sheet = (await world.http.get(f"/api/vehicles/{vehicle}", headers=world.dealer.bearer)).json()
    assert reasons(await patch(world, sheet, destination="scrap", vat="unknown")) == [
        ("destination", "in_auction"),
        ("vat", "in_auction"),
    ]
    assert (await patch(world, sheet, mileage_km=41_000)).status_code == 200


# ------------------------------------------------------------------------------------- battery, inspections, lists


async def test_a_battery_is_an_electric_vehicles(world: World) -> None:
    """§4.5."""
    battery = {"score_percent": 91, "certified_on": "2026-01-05", "expires_on": "2027-01-05"}
    refused = await enter(world, energy="Diesel", battery=battery)
    assert reasons(refused) == [(f"battery.{field}", "not_electric") for field in battery]
    sheet = await entered(world, make="Renault", model="Zoe", energy="Électrique", battery=battery)
    assert sheet["battery"] == {**battery, "certificate": None}
    early = {"certified_on": "2026-01-05", "expires_on": "2025-01-05"}
    assert reasons(await patch(world, sheet, battery=early)) == [("battery.expires_on", "too_early")]
    assert (await patch(world, sheet, battery=None)).json()["battery"] is None


async def test_inspections_are_for_motorcycles_scooters_and_quads(world: World) -> None:
    """§4.6."""
    assert reasons(await enter(world, next_inspection_on="2028-01-01")) == [("next_inspection_on", "not_inspected")]
    sheet = await entered(world, make="Yamaha", model="MT-07", next_inspection_on="2028-01-01")
    assert (sheet["kind"], sheet["next_inspection_on"]) == ("motorcycle", "2028-01-01")
    assert reasons(await patch(world, sheet, kind="passenger")) == [("next_inspection_on", "not_inspected")]


async def test_equipment_repairs_contracts_and_defects_are_lists_of_the_card(world: World) -> None:
    """§4.1, §4.7: own equipment has a label, a category, a price HT, VAT and a price TTC."""
    sheet = await entered(
        world,
        equipment=[
            {"label": "Attelage", "category": "Confort", "price_ht": "100.00"},
            {"label": "Siège enfant", "vat_rate": "5.5", "price_ttc": "105.50"},
        ],
        repairs=[{"label": "Pare-brise", "cost_ht": "300.00"}],
        service_contracts=[{"label": "Entretien 3 ans", "price": "900.00", "ends_on": "2029-01-01"}],
        defects=[{"name": "Rayure", "repair_cost_ht": "80.00"}, {"name": "Choc"}],
    )
    assert [(own["price_ht"], own["vat_rate"], own["price_ttc"]) for own in sheet["equipment"]] == [
        ("100.00", "20", "120.00"),
        ("100.00", "5.5", "105.50"),
    ]
    scratch, dent = sheet["defects"]
    again = (await patch(world, sheet, defects=[{"id": dent["id"], "name": "Choc arrière"}, {"name": "Jante"}])).json()
    assert [defect["name"] for defect in again["defects"]] == ["Choc arrière", "Jante"]
    assert again["defects"][0]["id"] == dent["id"]
    assert (again["equipment"], again["repairs"]) == (sheet["equipment"], sheet["repairs"])
    gone = await patch(world, again, defects=[{"id": scratch["id"], "name": "Rayure"}])
    assert reasons(gone) == [("defects[0].id", "unknown")]
    sums = [{"label": "Attelage", "price_ht": "100.00", "price_ttc": "100.00"}]
    assert reasons(await patch(world, again, equipment=sums)) == [("equipment[0].price_ttc", "wrong_sum")]
    async with world.database.acquire() as connection:
        _, change = await recorded(connection, sheet["id"])
    assert change[2]["defects"][0][0] == {"name": "Rayure", "repair_cost_ht": "80.00"}


async def test_a_trader_sees_what_a_vehicle_has_and_lacks_and_not_what_it_cost(world: World) -> None:
    """§4.1, §4.5, §1.4."""
    battery = {"score_percent": 91, "certified_on": "2026-01-05", "expires_on": "2027-01-05"}
    sheet = await entered(
        world,
        **ENTRY | numbers(world),
        model="Zoe",
        energy="Électrique",
        battery=battery,
        destination="trade",
        trade_price="9900.00",
        purchase_price="7654.32",
        staff_price="8765.43",
        amount_owed="4321.09",
        equipment=[{"label": "Attelage", "price_ht": "6543.21"}],
        defects=[{"name": "Rayure", "repair_cost_ht": "80.00"}],
        comments="bought from Mme Petit",
    )
    await world.http.post(
        f"/api/vehicles/{sheet['id']}/status", json={"status": "sales_stock"}, headers=world.dealer.bearer
    )
    made = await world.auction(vehicles=[{"id": sheet["id"]}])
    read = await world.http.get(f"/api/auctions/{made['id']}", headers=world.anne.bearer)
    seen = read.json()["lots"][0]["vehicles"][0]
    assert seen["battery"] == {**battery, "certificate": None}
    assert (seen["equipment"], seen["defects"]) == (
        ["Attelage"],
        [{"name": "Rayure", "repair_cost_ht": "80.00", "photos": []}],
    )
    for secret in (b"7654.32", b"8765.43", b"4321.09", b"6543.21", b"Mme Petit"):
        assert secret not in read.content


async def test_a_client_s_reservation_keeps_a_vehicle_out_of_auctions_a_retail_offer_does_not(world: World) -> None:
    """§4.1, §4.3, §4.4."""
    vehicle = await world.vehicle()
    sheet = (await world.http.get(f"/api/vehicles/{vehicle}", headers=world.dealer.bearer)).json()
    offered = (await patch(world, sheet, retail_offer=True)).json()
    assert (offered["retail_offer"], offered["missing"]) == (True, [])
    kept = (await patch(world, offered, reserved_for_client="Mme Petit")).json()
    assert (kept["reserved_for"], kept["missing"]) == ("Mme Petit", ["reserved"])
    form = {"kind": "unit", "vehicles": [{"id": vehicle}], "duration_seconds": 60, "minimum_increment": "50"}
    assert reasons(await world.http.post("/api/auctions", json=form, headers=world.dealer.bearer)) == [
        ("vehicles", "reserved")
    ]
