"""Deliveries and invoices, over HTTP: of orders and by hand (§6.1, §6.3, §6.4)."""

import asyncio

from tests.server.houses import World
from tests.server.sales import (
    ABSENT,
    HANDED_OVER,
    WHY,
    a_manual_delivery,
    an_invoice,
    an_order,
    ask,
    by_hand,
    direct,
    done,
    ids,
    notice,
    ordered,
    refused,
    represented,
    scheduled,
    soon,
    statuses,
    told,
    validated,
    won,
)


async def test_a_delivery_that_was_not_honoured_is_scheduled_again(world: World) -> None:
    """§6.1: the vehicle stays in delivery; honoured and invoiced, it is released, and the entity is told."""
    offer = await validated(world)
    order = await ordered(world, offer)
    first = await scheduled(world, order)
    assert (first["status"], first["site"]["name"], [each["id"] for each in first["vehicles"]]) == (
        "scheduled", "Lille", ids(offer),
    )  # fmt: skip
    busy = await ask(world, "POST", f"/api/orders/{order['id']}/deliveries", {"scheduled_at": soon(world)})
    assert refused(busy) == (409, "vehicles", ["no_vehicles"])
    failed = await done(world, "POST", f"/api/deliveries/{first['id']}/declaration", ABSENT)
    assert (failed["status"], failed["report"]) == ("not_honoured", ABSENT["report"])
    assert len(await told(world, "delivery_not_honoured", str(first["id"]))) == 2
    twice = await ask(world, "POST", f"/api/deliveries/{first['id']}/declaration", HANDED_OVER)
    assert refused(twice) == (409, "delivery", ["already_declared"])
    second = await scheduled(world, order)
    assert len(await told(world, "delivery_scheduled", str(second["id"]))) == 1
    await done(world, "POST", f"/api/deliveries/{second['id']}/declaration", HANDED_OVER)
    assert [status for status, _ in await statuses(world, *ids(offer))] == ["delivery"]
    invoice = await done(world, "POST", "/api/invoices", an_invoice(order))
    assert (invoice["amount"], invoice["released"]) == ("1200.00", ids(offer))
    assert [status for status, _ in await statuses(world, *ids(offer))] == ["released"]
    (key,) = await told(world, "vehicle_released", str(order["id"]))
    said = await notice(world, key)
    assert (said["buyer"], said["invoice"]) == ("Anne et fils", f"F-{order['id']}")
    cancelled = await ask(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    assert refused(cancelled) == (409, "order", ["invoiced"])


async def test_an_invoice_that_comes_first_releases_each_vehicle_at_its_delivery(world: World) -> None:
    """§6.1: whichever comes last; some vehicles of an order may be delivered before others."""
    offer = await validated(world, "1200.00", "1300.00")
    order = await ordered(world, offer)
    invoice = await done(world, "POST", "/api/invoices", an_invoice(order, amount="2500"))
    assert (invoice["released"], invoice["amount"]) == ([], "2500.00")
    one, other = ids(offer)
    part = await scheduled(world, order, vehicles=[one])
    rest = await scheduled(world, order)
    assert [each["id"] for each in rest["vehicles"]] == [other]
    await done(world, "POST", f"/api/deliveries/{part['id']}/declaration", HANDED_OVER)
    assert [status for status, _ in await statuses(world, one, other)] == ["released", "delivery"]
    await done(world, "POST", f"/api/deliveries/{rest['id']}/declaration", HANDED_OVER)
    assert [status for status, _ in await statuses(world, one, other)] == ["released", "released"]
    assert len(await told(world, "vehicle_released", str(order["id"]))) == 2


async def test_an_invoice_and_a_delivery_at_once_release_once(world: World) -> None:
    """§6.1: neither misses the other."""
    for _ in range(3):
        offer = await validated(world)
        order = await ordered(world, offer)
        delivery = await scheduled(world, order)
        both = await asyncio.gather(
            ask(world, "POST", f"/api/deliveries/{delivery['id']}/declaration", HANDED_OVER),
            ask(world, "POST", "/api/invoices", an_invoice(order)),
        )
        assert [answer.status_code for answer in both] == [200, 201]
        assert (await statuses(world, *ids(offer)))[0][0] == "released"
        assert len(await told(world, "vehicle_released", str(order["id"]))) == 1


async def test_a_delivery_that_does_not_fit_is_refused(world: World) -> None:
    """§6.1: field by field; of two declarations at once, one counts."""
    order = await ordered(world, await validated(world))
    path = f"/api/orders/{order['id']}/deliveries"
    for form, answer in (
        ({"scheduled_at": soon(world, -3600)}, (422, "scheduled_at", ["in_the_past"])),
        ({"scheduled_at": soon(world), "site": 10**9}, (422, "site", ["unknown_site"])),
        ({"scheduled_at": soon(world), "vehicles": [10**9]}, (422, "vehicles", ["unknown_vehicle"])),
        ({"scheduled_at": "tomorrow"}, (422, "scheduled_at", [])),
        ({"scheduled_at": "9999-12-31T23:30:00Z"}, (422, "scheduled_at", ["too_far_ahead"])),
    ):
        assert refused(await ask(world, "POST", path, form)) == answer, form
    delivery = await scheduled(world, order)
    declare = f"/api/deliveries/{delivery['id']}/declaration"
    ahead = await ask(world, "POST", declare, {**HANDED_OVER, "at": soon(world)})
    assert refused(ahead) == (422, "at", ["in_the_future"])
    for report in ("  ", "ok\x1b[31m"):
        assert refused(await ask(world, "POST", declare, {"honoured": True, "report": report}))[:2] == (422, "report")
    at_once = await asyncio.gather(*(ask(world, "POST", declare, form) for form in (HANDED_OVER, ABSENT)))
    assert sorted(answer.status_code for answer in at_once) == [200, 409]
    delivered = await ask(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    if at_once[0].status_code == 200:
        assert refused(delivered) == (409, "order", ["delivered"])
    else:
        assert delivered.status_code == 200


async def test_an_invoice_is_declared_once_per_key(world: World) -> None:
    """§6.1: the dealer's management system may ask again and again."""
    order = await ordered(world, await validated(world))
    form, key = an_invoice(order), {"Idempotency_Key": f"dms-{order['id']}"}
    answers = await asyncio.gather(*(ask(world, "POST", "/api/invoices", form, None, **key) for _ in range(4)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    delivery = await scheduled(world, order)
    await done(world, "POST", f"/api/deliveries/{delivery['id']}/declaration", HANDED_OVER)
    later = await ask(world, "POST", "/api/invoices", form, None, **key)
    assert later.content == answers[0].content
    other = await ask(world, "POST", "/api/invoices", {**form, "number": "another"}, None, **key)
    assert refused(other) == (409, "Idempotency-Key", ["key_used"])
    without = await ask(world, "POST", "/api/invoices", form)
    assert refused(without) == (409, "order", ["invoiced"])
    long = await ask(world, "POST", "/api/invoices", form, None, Idempotency_Key="k" * 256)
    assert refused(long) == (422, "Idempotency-Key", [])


async def test_a_refused_invoice_does_not_use_up_its_key(world: World) -> None:
    """§6.1: it did nothing; put right, it is done."""
    first, second = [await ordered(world, await validated(world)) for _ in range(2)]
    key = {"Idempotency_Key": f"again-{first['id']}"}
    wrong = await ask(world, "POST", "/api/invoices", an_invoice(first, amount="1.00"), None, **key)
    assert refused(wrong) == (409, "amount", ["amount_differs"])
    await done(world, "POST", "/api/invoices", an_invoice(second))
    taken = an_invoice(first, number=f"F-{second['id']}")
    assert refused(await ask(world, "POST", "/api/invoices", taken, None, **key)) == (409, "number", ["number_taken"])
    assert (await ask(world, "POST", "/api/invoices", an_invoice(first), None, **key)).status_code == 201
    for form, field in (
        ({**an_invoice(first), "order": None}, "order"),
        ({**an_invoice(first), "date": "2026-13-01"}, "date"),
        ({**an_invoice(first), "date": soon(world, 3 * 86_400)[:10]}, "date"),
    ):
        assert refused(await ask(world, "POST", "/api/invoices", form))[:2] == (422, field)
    assert (await ask(world, "POST", "/api/invoices", an_invoice({"id": 10**9}))).status_code == 404


async def test_a_reserved_vehicle_leaves_the_sales_stock_by_hand_where_that_is_allowed(world: World) -> None:
    """§6.3."""
    vehicle = ids(await direct(world))[0]
    path = f"/api/vehicles/{vehicle}/manual-delivery"
    form = a_manual_delivery(world)
    await by_hand(world, allowed=False)
    assert refused(await ask(world, "POST", path, form)) == (409, "vehicle", ["manual_delivery_off"])
    await by_hand(world)
    free = f"/api/vehicles/{await world.vehicle()}/manual-delivery"
    assert refused(await ask(world, "POST", free, form)) == (409, "vehicle", ["not_reserved"])
    assert refused(await ask(world, "POST", path, {**form, "physical_site": 10**9}))[:2] == (422, "physical_site")
    never = await ask(world, "POST", path, {**form, "date": "9999-12-31T23:30:00Z"})
    assert refused(never) == (422, "date", ["too_far_ahead"])
    made = await done(world, "POST", path, form)
    assert (made["order"], made["seller"], made["buyer"]) == (None, "Jean Martin", "Anne et fils")
    assert made["physical_site"]["name"] == "Lille"
    assert await statuses(world, vehicle) == [("delivery", world.anne.company_id)]
    assert await told(world, "vehicle_in_delivery", f"by_hand-{made['id']}") != []
    assert refused(await ask(world, "POST", path, form)) == (409, "vehicle", ["not_in_sales_stock"])
    await done(world, "POST", f"/api/deliveries/{made['id']}/declaration", ABSENT)
    again = await done(world, "POST", path, form)
    await done(world, "POST", f"/api/deliveries/{again['id']}/declaration", HANDED_OVER)
    bill = {"number": f"M-{again['id']}", "date": "2025-03-02", "delivery": again["id"]}
    assert (await done(world, "POST", "/api/invoices", bill))["released"] == [vehicle]
    assert (await statuses(world, vehicle))[0][0] == "released"


async def test_a_trader_is_told_of_a_delivery_by_hand_and_never_how_the_dealer_called_it(world: World) -> None:
    """§6.3, §6.4, §1.4: the site's address and contact; what was typed stays with the entity, of the note too."""
    await by_hand(world)
    offer = await direct(world)
    vehicle, path = ids(offer)[0], f"/api/vehicles/{ids(offer)[0]}/manual-delivery"
    made = await done(world, "POST", path, {**a_manual_delivery(world), "client": "Bruno, l'autre"})
    buyer, entity = f"t{world.anne.company_id}", f"d{world.entity}"
    available = await notice(world, f"vehicle_available-by_hand-{made['id']}-{buyer}")
    assert (available["site"], available["postcode"], available["entity"]) == ("Lille", "59000", "Concession Nord")
    assert (available["vehicle_id"], available["offer_id"]) == (vehicle, offer["id"])
    assert (await notice(world, f"vehicle_in_delivery-by_hand-{made['id']}-{entity}"))["buyer"] == "Bruno, l'autre"
    assert (await done(world, "GET", f"/api/purchases/{offer['id']}", who=world.anne))["offer"] == offer["id"]
    note = f"/api/deliveries/{made['id']}/note.pdf"
    assert (await ask(world, "GET", note, who=world.anne)).status_code == 404
    assert (await ask(world, "GET", note)).status_code == 200
    await done(world, "POST", f"/api/deliveries/{made['id']}/declaration", ABSENT)
    failed = await notice(world, f"delivery_not_honoured-{made['id']}-{vehicle}-{buyer}")
    assert str(ABSENT["report"]) not in str(failed)
    assert "Bruno" not in str(failed) + str(available)
    assert len(await told(world, "delivery_not_honoured", str(made["id"]))) == 2


async def test_a_delivery_by_hand_that_was_undone_is_not_invoiced(world: World) -> None:
    """§6.1, §6.3: scheduled or honoured, its vehicle is back in the stock; the one made afterwards is invoiced."""
    await by_hand(world)
    vehicle = ids(await direct(world))[0]
    path, form = f"/api/vehicles/{vehicle}", a_manual_delivery(world)
    for honoured in (False, True):
        made = await done(world, "POST", f"{path}/manual-delivery", form)
        if honoured:
            await done(world, "POST", f"/api/deliveries/{made['id']}/declaration", HANDED_OVER)
        await done(world, "POST", f"{path}/status", {"status": "sales_stock"})
        bill = {"number": f"U-{made['id']}", "date": "2025-03-02", "delivery": made["id"]}
        assert refused(await ask(world, "POST", "/api/invoices", bill)) == (409, "delivery", ["order_cancelled"])
    again = await done(world, "POST", f"{path}/manual-delivery", form)
    bill = {"number": f"U-{again['id']}", "date": "2025-03-02", "delivery": again["id"]}
    assert (await done(world, "POST", "/api/invoices", bill))["released"] == []
    await done(world, "POST", f"/api/deliveries/{again['id']}/declaration", HANDED_OVER)
    assert (await statuses(world, vehicle))[0][0] == "released"


async def test_a_vehicle_at_an_added_status_after_delivery_is_released(world: World) -> None:
    """§4.2, §6.1: by its order as by hand."""
    washed = {"code": "washed", "label": "Lavé", "after": "delivery"}
    settings = f"/api/entities/{world.entity}/stock-settings"
    await done(world, "PUT", settings, {"leave_sales_stock_by_hand": True, "trade": {"added": [washed]}})
    offer, sold_by_hand = await validated(world), await direct(world)
    order = await ordered(world, offer)
    by_order = await scheduled(world, order)
    path = f"/api/vehicles/{ids(sold_by_hand)[0]}/manual-delivery"
    made = await done(world, "POST", path, a_manual_delivery(world))
    bills = (an_invoice(order), {"number": f"W-{made['id']}", "date": "2025-03-02", "delivery": made["id"]})
    for sold, delivery, bill in zip((offer, sold_by_hand), (by_order, made), bills, strict=True):
        await done(world, "POST", f"/api/vehicles/{ids(sold)[0]}/status", {"status": "washed"})
        await done(world, "POST", f"/api/deliveries/{delivery['id']}/declaration", HANDED_OVER)
        assert (await done(world, "POST", "/api/invoices", bill))["released"] == ids(sold)
        assert (await statuses(world, *ids(sold)))[0][0] == "released"
    await done(world, "PUT", settings, {})


async def test_a_vehicle_at_an_added_status_after_delivery_has_left(world: World) -> None:
    """§4.2, §6.1, §6.3: it is offered to nobody, ordered by nobody, and delivered by hand again if that failed."""
    washed = {"code": "washed", "label": "Lavé", "after": "delivery"}
    ready = {"code": "ready", "label": "Préparé", "after": "sales_stock"}
    settings = f"/api/entities/{world.entity}/stock-settings"
    await done(world, "PUT", settings, {"leave_sales_stock_by_hand": True, "trade": {"added": [ready, washed]}})
    away = await world.vehicle(status="washed")
    body = {"trader": world.anne.company_id, "vehicles": [{"id": away}]}
    assert refused(await ask(world, "POST", "/api/offers", body)) == (409, "vehicles[0]", ["has_left"])

    sold = await validated(world)
    vehicle, path = ids(sold)[0], f"/api/vehicles/{ids(sold)[0]}"
    await done(world, "POST", f"{path}/status", {"status": "ready"})
    made = await done(world, "POST", f"{path}/manual-delivery", a_manual_delivery(world))
    await done(world, "POST", f"{path}/status", {"status": "washed"})
    await represented(world)
    answer = await ask(world, "POST", f"/api/offers/{sold['id']}/order", an_order(world))
    assert refused(answer) == (409, "vehicles", ["has_left"])
    await done(world, "POST", f"/api/deliveries/{made['id']}/declaration", ABSENT)
    again = await done(world, "POST", f"{path}/manual-delivery", a_manual_delivery(world))
    assert again["status"] == "scheduled"
    assert (await statuses(world, vehicle))[0][0] == "washed"
    await done(world, "POST", f"/api/vehicles/{vehicle}/status", {"status": "sales_stock"})
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE vehicles SET status = 'sales_stock' WHERE id = $1", away)
    await done(world, "PUT", settings, {})


async def test_a_sale_delivered_by_hand_is_not_taken_back(world: World) -> None:
    """§5.4.5, §6.3: neither scheduled nor honoured, of an auction or not; once the delivery is undone it is."""
    await by_hand(world)
    auctioned, sold = await won(world), await direct(world, "1200.00", "1300.00")
    for offer in (auctioned, sold):
        vehicle, path = ids(offer)[0], f"/api/offers/{offer['id']}"
        made = await done(world, "POST", f"/api/vehicles/{vehicle}/manual-delivery", a_manual_delivery(world))
        for declared in (False, True):
            if declared:
                await done(world, "POST", f"/api/deliveries/{made['id']}/declaration", HANDED_OVER)
            answer = await ask(world, "POST", f"{path}/abandonment", WHY)
            if offer is auctioned:
                assert (answer.status_code, answer.json()["error"]["code"]) == (409, "order_first")
                sale = f"/api/auctions/{offer['auction']['id']}/lots/{offer['auction']['lot']}/sale-cancellation"
                assert (await ask(world, "POST", sale, WHY)).json()["error"]["code"] == "order_first"
            else:
                assert refused(answer) == (409, "vehicles", ["in_delivery"])
                taken_out = await ask(world, "DELETE", f"{path}/vehicles/{vehicle}")
                assert refused(taken_out) == (409, "vehicle", ["in_delivery"])
            assert await statuses(world, vehicle) == [("delivery", world.anne.company_id)]
        await done(world, "POST", f"/api/vehicles/{vehicle}/status", {"status": "sales_stock"})
        await done(world, "POST", f"{path}/abandonment", WHY)
        assert await statuses(world, vehicle) == [("sales_stock", None)]
