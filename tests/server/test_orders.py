"""Orders, over HTTP: what they need, what they do to vehicles, who is told, how they are taken back (§6.1, §6.4)."""

import asyncio
from datetime import UTC, datetime, timedelta

from structlog.testing import capture_logs

from tests.server.houses import World
from tests.server.sales import (
    WHY,
    an_order,
    ask,
    direct,
    done,
    ids,
    notice,
    ordered,
    refused,
    represented,
    scheduled,
    statuses,
    told,
    validated,
    won,
)


async def test_an_order_names_everything_that_it_lacks_at_once(world: World) -> None:
    """§6.1."""
    await represented(world, "")
    offer = await validated(world)
    path = f"/api/offers/{offer['id']}/order"
    everything = [
        "no_legal_representative",
        "no_delivery_date",
        "no_delivery_site",
        "no_payment_method",
        "no_documents",
    ]
    assert refused(await ask(world, "POST", path, {})) == (422, "buyer.legal_representative", everything)
    await represented(world)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    late = await ask(world, "POST", path, an_order(world, delivery_date=yesterday))
    assert refused(late) == (422, "delivery_date", ["delivery_in_the_past"])
    never = await ask(world, "POST", path, an_order(world, delivery_date="9999-12-31"))
    assert refused(never) == (422, "delivery_date", ["delivery_too_far_ahead"])
    elsewhere = await ask(world, "POST", path, an_order(world, delivery_site=10**9))
    assert refused(elsewhere) == (422, "delivery_site", ["no_delivery_site"])
    much = await ask(world, "POST", path, an_order(world, deposit="1200.01"))
    assert refused(much) == (422, "deposit", ["deposit_too_high"])
    for wish, field in (({"delivery_date": "2026-02-30"}, "delivery_date"), ({"deposit": "-1"}, "deposit")):
        assert refused(await ask(world, "POST", path, an_order(world, **wish)))[:2] == (422, field)
    assert (await done(world, "GET", f"/api/offers/{offer['id']}"))["status"] == "validated"
    assert await statuses(world, *ids(offer)) == [("sales_stock", world.anne.company_id)]


async def test_an_order_sends_its_vehicles_to_delivery_and_says_where(world: World) -> None:
    """§6.1, §6.3, §6.4: of an auction's offer, straight away."""
    offer = await won(world, {"make": "OPEL", "model": "Mokka"}, {}, amount="2500.00")
    order = await ordered(world, offer, deposit="500.00")
    assert (order["status"], order["total"], order["balance_due"]) == ("placed", "2500.00", "2000.00")
    assert order["display_number"] == f"45-{order['number']}"
    assert await statuses(world, *ids(offer)) == [("delivery", world.anne.company_id)] * 2
    after = await done(world, "GET", f"/api/offers/{offer['id']}")
    assert (after["status"], after["order"]["id"], after["may"]) == ("ordered", order["id"], ["send", "duplicate"])
    assert (after["totals"]["deposit"], after["totals"]["balance_due"]) == ("500.00", "2000.00")
    buyer, entity = world.anne.company_id, world.entity
    first = ids(offer)[0]
    assert await told(world, "order_placed", str(order["id"])) == [f"order_placed-{order['id']}-t{buyer}"]
    assert len(await told(world, "vehicle_in_delivery", str(order["id"]))) == 2
    available = await notice(world, f"vehicle_available-{order['id']}-{first}-t{buyer}")
    assert (available["vehicle"], available["site"], available["city"]) == ("OPEL Mokka", "Lille", "Lille")
    assert (available["postcode"], available["entity"]) == ("59000", "Concession Nord")
    assert "buyer" not in available
    in_delivery = await notice(world, f"vehicle_in_delivery-{order['id']}-{first}-d{entity}")
    assert in_delivery["buyer"] == "Anne et fils"


async def test_an_ordered_offer_is_not_ordered_changed_or_given_up(world: World) -> None:
    """§6.1, §5.4.5: after the order, the order is cancelled first."""
    offer = await won(world)
    order = await ordered(world, offer)
    path = f"/api/offers/{offer['id']}"
    for method, step, body in (
        ("POST", "/order", an_order(world)),
        ("POST", "/abandonment", WHY),
        ("POST", "/vehicles", {"vehicles": [{"id": 1}]}),
    ):
        assert refused(await ask(world, method, path + step, body)) == (409, "offer", ["ordered"]), step
    lot = offer["auction"]
    sale = f"/api/auctions/{lot['id']}/lots/{lot['lot']}/sale-cancellation"
    assert (await ask(world, "POST", sale, WHY)).json()["error"]["code"] == "order_first"
    cancelled = await done(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    assert (cancelled["status"], cancelled["reason"]) == ("cancelled", WHY["reason"])
    assert await statuses(world, *ids(offer)) == [("sales_stock", world.anne.company_id)]
    assert len(await told(world, "order_cancelled", str(order["id"]))) == 2
    again = await ask(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    assert refused(again) == (409, "order", ["order_cancelled"])
    second = await ordered(world, offer)
    assert second["number"] == order["number"] + 1
    listed = (await done(world, "GET", f"{path}/orders"))["items"]
    assert [each["status"] for each in listed] == ["placed", "cancelled"]
    await done(world, "POST", f"/api/orders/{second['id']}/cancellation", WHY)
    assert (await ask(world, "POST", sale, WHY)).status_code == 200
    assert (await done(world, "GET", path))["status"] == "cancelled"


async def test_vehicles_return_to_the_status_that_each_had(world: World) -> None:
    """§6.1."""
    early = await world.vehicle(status="physical_entry")
    ready = await world.vehicle()
    body = {"trader": world.anne.company_id, "vehicles": [{"id": early}, {"id": ready}]}
    offer = await done(world, "POST", "/api/offers", body)
    await done(world, "POST", f"/api/offers/{offer['id']}/validation")
    order = await ordered(world, offer)
    await scheduled(world, order)
    await done(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    assert [status for status, _ in await statuses(world, early, ready)] == ["physical_entry", "sales_stock"]
    left = await done(world, "GET", f"/api/deliveries?order={order['id']}")
    assert [each["status"] for each in left["items"]] == ["cancelled"]


async def test_a_status_that_an_ordered_vehicle_would_return_to_stays_on_its_line(world: World) -> None:
    """§4.2, §6.1."""
    settings = f"/api/entities/{world.entity}/stock-settings"
    ready = {"code": "ready", "label": "Préparé", "after": "sales_stock"}
    await done(world, "PUT", settings, {"trade": {"added": [ready]}})
    vehicle = {"id": await world.vehicle(status="ready")}
    offer = await done(world, "POST", "/api/offers", {"trader": world.anne.company_id, "vehicles": [vehicle]})
    await done(world, "POST", f"/api/offers/{offer['id']}/validation")
    order = await ordered(world, offer)
    assert (await ask(world, "PUT", settings, {})).status_code == 409
    await done(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    assert await statuses(world, *ids(offer)) == [("ready", world.anne.company_id)]
    await done(world, "POST", f"/api/vehicles/{ids(offer)[0]}/status", {"status": "sales_stock"})
    await done(world, "PUT", settings, {})


async def test_nobody_orders_at_a_total_that_was_not_read(world: World) -> None:
    """§6.1: between a dealer's reading and its order a colleague may price the offer anew, or put a vehicle into it."""
    await represented(world)
    offer = await validated(world)
    path, car = f"/api/offers/{offer['id']}", ids(offer)[0]
    read = offer["totals"]["total"]
    priced = {"vehicles": [{"id": car, "price": "900.00"}], "version": offer["version"]}
    now = (await done(world, "PATCH", path, priced))["totals"]["total"]
    late = await ask(world, "POST", f"{path}/order", an_order(world, total=read))
    assert (late.status_code, late.json()["error"]["code"]) == (409, "changed_meanwhile")
    assert late.json()["error"]["field"] == "total"
    assert (await done(world, "GET", path))["status"] == "validated"
    assert (await ordered(world, offer, total=now))["total"] == now == "900.00"


async def test_of_two_orders_at_once_one_is_placed(world: World) -> None:
    """§6.1: numbered without a gap."""
    offer = await validated(world)
    await represented(world)
    path = f"/api/offers/{offer['id']}/order"
    answers = await asyncio.gather(*(ask(world, "POST", path, an_order(world)) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    number = next(answer.json()["number"] for answer in answers if answer.status_code == 201)
    assert (await ordered(world, await validated(world)))["number"] == number + 1


async def test_an_order_and_the_cancellation_of_its_sale_at_once_agree(world: World) -> None:
    """§5.4.5, §6.1: one of them wins, and the vehicles, the offer and the auction say the same."""
    for _ in range(3):
        offer = await won(world)
        await represented(world)
        path = f"/api/offers/{offer['id']}"
        order, given_up = await asyncio.gather(
            ask(world, "POST", f"{path}/order", an_order(world)), ask(world, "POST", f"{path}/abandonment", WHY)
        )
        after = await done(world, "GET", path)
        said = (order.status_code == 201, given_up.status_code == 200, after["status"])
        assert said in {(True, False, "ordered"), (False, True, "cancelled")}, (order.text, given_up.text)
        kept = ("delivery", world.anne.company_id) if after["status"] == "ordered" else ("sales_stock", None)
        assert await statuses(world, *ids(offer)) == [kept]


async def test_a_cancellation_that_comes_after_its_order_is_nobodys_alarm(world: World) -> None:
    """§5.4.5: the door finds no order and the book does; that is told as what it is, and not logged as a halt."""
    offer = await won(world)
    await represented(world)
    path = f"/api/offers/{offer['id']}"
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        with capture_logs() as logs:
            async with world.database.transaction() as connection, world.database.acquire() as other:
                await connection.execute("SELECT FROM offers WHERE id = $1 FOR UPDATE", offer["id"])
                tasks = []
                for step, body in (("order", an_order(world)), ("abandonment", WHY)):
                    tasks.append(group.create_task(ask(world, "POST", f"{path}/{step}", body)))
                    while await other.fetchval(waiting) < len(tasks):
                        pass
            order, given_up = [await task for task in tasks]
    assert (order.status_code, given_up.status_code) == (201, 409), (order.text, given_up.text)
    assert given_up.json()["error"]["code"] == "order_first"
    assert [each["event"] for each in logs if each["log_level"] in {"warning", "error", "critical"}] == []
    assert "sale not cancelled" in {each["event"] for each in logs}
    assert (await done(world, "GET", path))["status"] == "ordered"


async def test_a_vehicle_that_is_no_longer_kept_for_the_buyer_stops_the_order(world: World) -> None:
    """§6.2: it is named, and can be taken out."""
    host, lender = await won(world), await direct(world)
    guest = ids(lender)[0]
    path = f"/api/offers/{host['id']}"
    await done(world, "POST", f"{path}/vehicles", {"vehicles": [{"id": guest}]})
    async with world.database.acquire() as connection:
        await connection.execute(
            "UPDATE vehicles SET reserved_for_trader_id = NULL, reserved_at = NULL WHERE id = $1", guest
        )
    await represented(world)
    stopped = await ask(world, "POST", f"{path}/order", an_order(world))
    assert refused(stopped) == (409, "vehicles", ["not_reserved"])
    await done(world, "DELETE", f"{path}/vehicles/{guest}")
    await ordered(world, host)
    assert await statuses(world, guest) == [("sales_stock", None)]


async def test_a_guest_whose_own_sale_is_cancelled_leaves_its_host(world: World) -> None:
    """§5.4.5, §6.2: with its price and on record; what stays can be ordered."""
    host, lender = await validated(world), await won(world)
    guest, path = ids(lender)[0], f"/api/offers/{host['id']}"
    both = await done(world, "POST", f"{path}/vehicles", {"vehicles": [{"id": guest}]})
    assert both["totals"]["total"] == "2900.00"
    await done(world, "POST", f"/api/offers/{lender['id']}/abandonment", WHY)
    alone = await done(world, "GET", path)
    assert (ids(alone), alone["totals"]["total"]) == (ids(host), "1200.00")
    assert await statuses(world, guest, *ids(host)) == [("sales_stock", None), ("sales_stock", world.anne.company_id)]
    async with world.database.acquire() as connection:
        left = await connection.fetchval(
            "SELECT change ->> 'vehicle' FROM audit WHERE subject = 'offer' AND subject_id = $1 "
            "AND action = 'vehicle_removed'",
            host["id"],
        )
    assert left == f"[{guest}, null]"
    assert (await ordered(world, host))["total"] == "1200.00"


async def test_a_guests_sale_is_not_cancelled_while_its_host_is_ordered(world: World) -> None:
    """§5.4.5, §6.2."""
    host, lender = await won(world), await won(world)
    guest = ids(lender)[0]
    await done(world, "POST", f"/api/offers/{host['id']}/vehicles", {"vehicles": [{"id": guest}]})
    await ordered(world, host)
    answer = await ask(world, "POST", f"/api/offers/{lender['id']}/abandonment", WHY)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "order_first")
    assert await statuses(world, guest) == [("delivery", world.anne.company_id)]


async def test_every_step_leaves_its_record(world: World) -> None:
    """§6.1: who did what, with the vehicles' own records."""
    offer = await direct(world)
    path = f"/api/offers/{offer['id']}"
    change = {"version": offer["version"], "vehicles": [{"id": ids(offer)[0], "price": "1250.00"}]}
    await done(world, "PATCH", path, change)
    await done(world, "POST", f"{path}/sending")
    await done(world, "POST", f"{path}/validation")
    order = await ordered(world, offer)
    await done(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    async with world.database.acquire() as connection:
        rows = await connection.fetch(
            """SELECT subject, action FROM audit WHERE user_id = $1 AND entity_id = $2 AND (subject, subject_id) IN (
                   ('offer', $3), ('order', $4), ('vehicle', $5)) ORDER BY id""",
            world.dealer.user_id,
            world.entity,
            offer["id"],
            order["id"],
            ids(offer)[0],
        )
    assert [(row["subject"], row["action"]) for row in rows] == [
        ("vehicle", "reserved"),
        ("offer", "made"),
        ("offer", "changed"),
        ("offer", "sent"),
        ("offer", "validated"),
        ("vehicle", "status_changed"),
        ("order", "placed"),
        ("offer", "ordered"),
        ("vehicle", "status_changed"),
        ("order", "cancelled"),
        ("offer", "order_cancelled"),
    ]
