"""The life line over HTTP: moving, what hinders, the reservation, the time in stock, the entity's own line (§4.2)."""

import asyncio
import json
from datetime import timedelta
from typing import Any

from engine.instants import SECOND, day_of, format_instant
from persistence.audit import By
from persistence.people import registry as people
from persistence.stock.life_line import set_status
from tests.server import sales
from tests.server.houses import World
from tests.server.test_vehicles import ENTRY, entered, numbers, patch, reasons

WORKSHOP = {"code": "workshop", "label": "Atelier", "after": "physical_entry"}
PACKED = {"code": "packed", "label": "Préparé", "after": "sales_stock"}


async def ask(world: World, method: str, vehicle: int, what: str, **body: Any) -> Any:
    path = f"/api/vehicles/{vehicle}/{what}"
    return await world.http.request(method, path, json=body or None, headers=world.dealer.bearer)


async def move(world: World, vehicle: int, status: str, **body: Any) -> Any:
    return await ask(world, "POST", vehicle, "status", status=status, **body)


async def settle(world: World, **settings: Any) -> Any:
    path = f"/api/entities/{world.entity}/stock-settings"
    return await world.http.put(path, json=settings, headers=world.dealer.bearer)


async def records(world: World, vehicle: int) -> list[tuple[str, Any]]:
    async with world.database.acquire() as connection:
        rows = await connection.fetch(
            "SELECT action, change FROM audit WHERE subject = 'vehicle' AND subject_id = $1 ORDER BY id", vehicle
        )
    return [(row["action"], json.loads(row["change"])) for row in rows]


async def stand(world: World, vehicle: int, status: str) -> None:
    """As after a sale."""
    async with world.database.transaction() as connection:
        await set_status(connection, By(world.dealer.user_id, world.running.doors.clock.now()), (vehicle,), status)


# -------------------------------------------------------------------------------------------------------------- moving


async def test_physical_entry_names_each_field_that_it_misses(world: World) -> None:
    """§4.2."""
    made = await world.http.post(
        "/api/vehicles", json={"make": "Renault", "model": "Clio", "site": world.site}, headers=world.dealer.bearer
    )
    vehicle = made.json()["id"]
    needed = ["colour", "interior_colour", "origin", "plate", "vin", "police_book_number", "entered_at"]
    needed += ["first_registration", "mileage_km", "co2_g_km"]
    for status in ("physical_entry", "sales_stock"):
        assert reasons(await move(world, vehicle, status)) == [(field, "required") for field in needed], status
    assert made.json()["entry_lacks"] == needed
    sheet = (await patch(world, made.json(), **ENTRY, plate="LL-100-AA")).json()
    moved = (await move(world, vehicle, "physical_entry", reason="arrived by truck")).json()
    assert (moved["status"], moved["revision"]) == ("physical_entry", sheet["revision"] + 1)
    assert moved["entry_lacks"] == []
    assert moved["may_move_to"] == ["pre_arrival", "price_destination", "sales_stock"]
    assert (await records(world, vehicle))[-1] == (
        "status_changed",
        {"status": ["pre_arrival", "physical_entry"], "reason": [None, "arrived by truck"]},
    )


async def test_sales_stock_is_left_by_hand_where_the_entity_lets(world: World) -> None:
    """§4.2."""
    vehicle = await world.vehicle()
    assert (await settle(world)).status_code == 200
    for status, code in (
        ("pre_arrival", "not_by_hand"),
        ("delivery", "after_the_sale"),
        ("released", "after_the_sale"),
    ):
        refused = await move(world, vehicle, status)
        assert (refused.status_code, refused.json()["error"]["reasons"][0]["code"]) == (409, code)
    assert (await settle(world, leave_sales_stock_by_hand=True)).status_code == 200
    assert (await move(world, vehicle, "pre_arrival")).json()["status"] == "pre_arrival"
    refused = await move(world, vehicle, "nowhere")
    assert reasons(refused) == [("status", "not_on_the_line")]
    await settle(world)


async def test_leaving_the_stock_is_undone_by_who_has_the_right(world: World) -> None:
    """§4.2; unless another vehicle has the plate by now."""
    vehicle = await world.vehicle(plate="LL-101-AA")
    await stand(world, vehicle, "delivery")
    await stand(world, vehicle, "released")
    assert [action for action, _ in await records(world, vehicle)] == ["status_changed", "released"]
    path = f"/api/vehicles/{vehicle}/status"
    idle = await world.http.post(path, json={"status": "sales_stock"}, headers=world.idle_dealer.bearer)
    assert idle.status_code == 403
    assert (await move(world, vehicle, "sales_stock", reason="never fetched")).json()["status"] == "sales_stock"
    await stand(world, vehicle, "released")
    await world.vehicle(plate="LL101AA")
    assert reasons(await move(world, vehicle, "sales_stock")) == [("plate", "taken")]


async def test_a_release_is_undone_and_made_again_and_a_delivery_undone_is_cancelled(world: World) -> None:
    """§4.2, §6.3: a delivery made by hand has no order that would be cancelled in its place."""
    vehicle, now = await reserved(world), world.running.doors.clock.now()
    await settle(world, leave_sales_stock_by_hand=True)
    form = {"seller": "Paul", "client": "Anne", "date": format_instant(now + 3_600 * SECOND)}
    places = {"delivery_site": world.site, "physical_site": world.site}
    made = await ask(world, "POST", vehicle, "manual-delivery", **form, **places)
    assert made.status_code == 201, made.text
    headers, path = world.dealer.bearer, f"/api/deliveries/{made.json()['id']}/declaration"
    handed = await world.http.post(path, json={"honoured": True, "report": "Remis"}, headers=headers)
    assert handed.status_code == 200, handed.text
    assert (await move(world, vehicle, "released")).status_code == 409  # it is not invoiced
    invoice = {"number": "LL-1", "date": day_of(now).isoformat(), "delivery": made.json()["id"]}
    assert (await world.http.post("/api/invoices", json=invoice, headers=headers)).status_code in {200, 201}
    back = (await move(world, vehicle, "delivery")).json()
    assert (back["status"], "released" in back["may_move_to"]) == ("delivery", True)
    assert (await move(world, vehicle, "released")).json()["status"] == "released"
    back = (await move(world, vehicle, "sales_stock", reason="the client gave it back")).json()
    assert (back["status"], "released" in back["may_move_to"]) == ("sales_stock", False)
    again = await ask(world, "POST", vehicle, "manual-delivery", **form, **places)
    assert (await move(world, vehicle, "sales_stock")).json()["status"] == "sales_stock"
    async with world.database.acquire() as connection:
        status = await connection.fetchval("SELECT status FROM deliveries WHERE id = $1", again.json()["id"])
        told = await connection.fetch(
            """SELECT kind FROM notices WHERE entity_id = $1 AND params ->> 'vehicle_id' = $2 ORDER BY id""",
            world.entity,
            str(vehicle),
        )
    assert status == "cancelled"
    passages = ["vehicle_in_delivery", "vehicle_released"]  # each is told, whoever made it
    assert [row["kind"] for row in told] == [*passages, *passages, "vehicle_in_delivery"]
    await settle(world)


async def test_nothing_leaves_an_auction_by_the_back_door(world: World) -> None:
    """§4.4."""
    vehicle = await world.vehicle()
    await settle(world, leave_sales_stock_by_hand=True)
    await world.auction(vehicles=[{"id": vehicle}])
    refused = await move(world, vehicle, "physical_entry")
    assert (refused.status_code, refused.json()["error"]["reasons"][0]["code"]) == (409, "in_auction")
    await settle(world)


async def test_two_moves_at_once_are_one_after_the_other(world: World) -> None:
    vehicle = (await entered(world, **ENTRY | numbers(world)))["id"]
    answers = await asyncio.gather(*(move(world, vehicle, "physical_entry") for _ in range(5)))
    assert [answer.status_code for answer in answers] == [200] * 5
    assert [action for action, _ in await records(world, vehicle)] == ["created", "status_changed"]


# --------------------------------------------------------------------------------------------------------- reservation


async def reserved(world: World) -> int:
    vehicle = await world.vehicle()
    async with world.database.acquire() as connection:
        await connection.execute(
            "UPDATE vehicles SET reserved_for_trader_id = $2, reserved_at = $3 WHERE id = $1",
            vehicle,
            world.anne.company_id,
            world.running.doors.clock.now(),
        )
    return vehicle


async def test_a_reservation_shows_for_whom_and_is_removed(world: World) -> None:
    """§4.2."""
    vehicle = await reserved(world)
    sheet = (await world.http.get(f"/api/vehicles/{vehicle}", headers=world.dealer.bearer)).json()
    assert (sheet["reserved"], sheet["reserved_for"]) == (True, "Anne et fils")
    freed = await ask(world, "DELETE", vehicle, "reservation")
    assert (freed.json()["reserved"], freed.json()["missing"]) == (False, [])
    assert (await records(world, vehicle))[-1][0] == "reservation_removed"
    again = await ask(world, "DELETE", vehicle, "reservation")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "conflict")


async def test_a_won_vehicle_is_freed_by_the_cancellation_of_its_sale_alone(world: World) -> None:
    """§4.2, §5.4.5."""
    vehicle = await reserved(world)
    async with world.database.transaction() as connection:
        group = await connection.fetchval("SELECT group_id FROM entities WHERE id = $1", world.entity)
        offer = await connection.fetchval(
            "INSERT INTO offers (group_id, number, entity_id, trader_id, status, price_cents, price_ht_cents, "
            "made_at) VALUES ($1, $2, $3, $4, 'validated', 100, 100, $5) RETURNING id",
            group,
            7_001,
            world.entity,
            world.anne.company_id,
            world.running.doors.clock.now(),
        )
        await connection.execute(
            "INSERT INTO offer_lines (offer_id, position, vehicle_id, price_cents, vat) "
            "VALUES ($1, 1, $2, 100, 'margin')",
            offer,
            vehicle,
        )
    refused = await ask(world, "DELETE", vehicle, "reservation")
    assert refused.status_code == 409
    assert "7001" in refused.json()["error"]["message"]


# ------------------------------------------------------------------------------------------------------- time in stock


async def test_a_vehicle_over_the_target_asks_for_a_reason_until_it_has_one_or_is_muted(world: World) -> None:
    """§4.2."""
    today = day_of(world.running.doors.clock.now())
    old = await world.vehicle(entered_at=today - timedelta(days=91))
    await settle(world, days_target=90)
    sheet = (await world.http.get(f"/api/vehicles/{old}", headers=world.dealer.bearer)).json()
    assert (sheet["days_in_stock"], sheet["over_target"], sheet["asks_reason"]) == (91, True, True)
    muted = (await ask(world, "POST", old, "mute", muted=True)).json()
    assert (muted["over_target"], muted["asks_reason"], muted["muted"]) == (True, False, True)
    assert (await ask(world, "POST", old, "mute", muted=False)).json()["asks_reason"] is True
    told = (await ask(world, "POST", old, "stock-reason", reason="waits for a part")).json()
    assert (told["asks_reason"], told["stock_reason"]) == (False, "waits for a part")
    assert [action for action, _ in await records(world, old)] == ["stock_muted", "stock_muted", "stock_explained"]
    young = await world.vehicle(entered_at=today - timedelta(days=90))
    assert (await world.http.get(f"/api/vehicles/{young}", headers=world.dealer.bearer)).json()["over_target"] is False
    await settle(world)


# ------------------------------------------------------------------------------------------------- an entity's own line


async def test_an_entity_adds_statuses_to_the_line_of_a_destination(world: World) -> None:
    """§4.2, §4.3: a vehicle passes through them, sells there if its entity sells there, and holds them in place."""
    line = {"added": [WORKSHOP, PACKED]}
    set_up = await settle(world, saleable_from="physical_entry", leave_sales_stock_by_hand=True, trade=line)
    assert set_up.json()["trade"] == {"price_destination": True, "added": [WORKSHOP, PACKED]}
    vehicle = await world.vehicle(destination="trade")
    for status, missing in (("workshop", []), ("packed", ["not_saleable"]), ("sales_stock", []), ("workshop", [])):
        moved = (await move(world, vehicle, status)).json()
        assert (moved["status"], moved["missing"], moved["saleable"]) == (status, missing, not missing), moved
    sheet = (await world.http.get(f"/api/vehicles/{vehicle}", headers=world.dealer.bearer)).json()
    private = await world.vehicle(destination="private")
    assert reasons(await move(world, private, "workshop")) == [("status", "not_on_the_line")]
    assert reasons(await patch(world, sheet, destination="private")) == [("destination", "not_on_the_line")]
    kept = await settle(world)
    assert (kept.status_code, kept.json()["error"]["field"]) == (409, "trade")
    made = await world.auction(vehicles=[{"id": vehicle}])
    assert made["id"]
    listed = (await world.http.get("/api/vehicles?limit=200", headers=world.dealer.bearer)).json()["items"]
    assert next(item for item in listed if item["id"] == vehicle)["status"] == "workshop"
    assert (await move(world, vehicle, "sales_stock")).status_code == 200
    assert (await settle(world)).status_code == 200


async def test_an_order_of_a_vehicle_that_has_changed_its_line_blocks_no_settings(world: World) -> None:
    """§4.2, §6.1: it would return to a status that the line of its new destination never had."""
    await settle(world, leave_sales_stock_by_hand=True, saleable_from="physical_entry", trade={"added": [WORKSHOP]})
    vehicle = await world.vehicle()
    assert (await move(world, vehicle, "workshop")).status_code == 200
    body = {"trader": world.anne.company_id, "vehicles": [{"id": vehicle}]}
    offer = await sales.done(world, "POST", "/api/offers", body)
    await sales.done(world, "POST", f"/api/offers/{offer['id']}/validation")
    order = await sales.ordered(world, offer)
    assert (await settle(world)).status_code == 409, "it would return to the workshop"
    sheet = (await world.http.get(f"/api/vehicles/{vehicle}", headers=world.dealer.bearer)).json()
    assert (await patch(world, sheet, destination="private")).status_code == 200
    assert (await settle(world)).status_code == 200
    await sales.done(world, "POST", f"/api/orders/{order['id']}/cancellation", sales.WHY)
    await stand(world, vehicle, "sales_stock")


async def test_settings_are_read_as_they_were_put_and_their_change_is_on_record(world: World) -> None:
    """§4.2, §4.3."""
    wish = {
        "saleable_from": "price_destination",
        "publishable_from": "physical_entry",
        "matching_required": False,
        "leave_sales_stock_by_hand": True,
        "days_target": 60,
        "private": {"price_destination": False, "added": [WORKSHOP]},
        "trade": {"price_destination": True, "added": []},
    }
    assert (await settle(world, **wish)).json() == wish
    path = f"/api/entities/{world.entity}/stock-settings"
    assert (await world.http.get(path, headers=world.idle_dealer.bearer)).json() == wish
    async with world.database.acquire() as connection:
        change = await connection.fetchval(
            "SELECT change FROM audit WHERE subject = 'entity' AND subject_id = $1 ORDER BY id DESC LIMIT 1",
            world.entity,
        )
    assert json.loads(change)["matching_required"] == [True, False]
    twice = {"added": [WORKSHOP, {**WORKSHOP, "code": "delivery"}, WORKSHOP]}
    assert reasons(await settle(world, private=twice)) == [
        ("private.added[1].code", "taken"),
        ("private.added[2].code", "taken"),
    ]
    for wrong, field in (
        ({"saleable_from": "delivery"}, "saleable_from"),
        ({"days_target": 0}, "days_target"),
        ({"trade": {"added": [{**WORKSHOP, "after": "released"}]}}, "trade.added[0].after"),
        ({"trade": {"added": [{**WORKSHOP, "code": "Work shop"}]}}, "trade.added[0].code"),
    ):
        refused = await settle(world, **wrong)
        assert (refused.status_code, refused.json()["error"]["field"]) == (422, field)
    await settle(world)


async def test_a_vehicle_is_saleable_from_where_its_entity_says(world: World) -> None:
    """§4.2, §4.3."""
    vehicle = await world.vehicle(status="physical_entry")
    path = f"/api/vehicles/{vehicle}"
    assert (await world.http.get(path, headers=world.dealer.bearer)).json()["missing"] == ["not_saleable"]
    await settle(world, saleable_from="physical_entry", publishable_from="pre_arrival")
    sheet = (await world.http.get(path, headers=world.dealer.bearer)).json()
    assert (sheet["missing"], sheet["saleable"], sheet["publishable"]) == ([], True, True)
    await settle(world)


async def test_sites_of_the_group_may_hold_a_vehicle(world: World) -> None:
    """§4.1: the physical site, and where it was moved to; another group's are none."""
    sister = await people.add_site(world.database, world.sister, people.Site(name="Arras", city="Arras"))
    sheet = await entered(world, physical_site=sister, destination="moved", moved_to_site=sister)
    assert (sheet["physical_site_name"], sheet["moved_to_site_name"]) == ("Arras", "Arras")
    assert reasons(await patch(world, sheet, moved_to_site=None)) == [("moved_to_site", "required")]
