"""Offers after the sale, over HTTP: made, changed, validated, sent, abandoned, duplicated (§6.1, §6.2)."""

import asyncio
from typing import Any

import pytest

from tests.server.houses import World
from tests.server.sales import WHY, ask, direct, done, ids, ordered, refused, soon, statuses, told, validated, won


async def test_an_auctions_offer_is_validated_and_its_price_stands(world: World) -> None:
    """§6.1, §6.2, §5.4.3: the lot of auction 43, its shares and sums."""
    cards = (
        {"trade_price_cents": 3_608_16, "purchase_price_cents": 3_608_16},
        {"trade_price_cents": 14_185_47, "purchase_price_cents": 13_618_05, "make": "OPEL", "model": "MOKKA"},
        {"trade_price_cents": 2_800_00, "purchase_price_cents": 2_800_00, "vat": "recoverable"},
    )
    offer = await won(world, *cards, amount="20900.00")
    assert (offer["status"], offer["display_number"]) == ("validated", f"45-{offer['number']}")
    assert [(each["price"], each["price_ht"], each["fixed"]) for each in offer["vehicles"]] == [
        ("3661.84", "3661.84", True),
        ("14396.51", "14396.51", True),
        ("2841.65", "2368.04", True),
    ]
    assert [each["margin"] for each in offer["vehicles"]] == ["44.73", "648.72", "-431.96"]
    sums = offer["totals"]
    assert (sums["initial"], sums["initial_ht"]) == ("20900.00", "20426.39")
    assert (sums["total"], sums["total_ht"], sums["vat"]) == (
        "20900.00", "20426.39", "473.61",
    )  # fmt: skip
    assert (sums["margin"], sums["balance_due"]) == ("261.49", "20900.00")
    assert offer["may"] == ["add_vehicles", "send", "order", "abandon", "duplicate"]
    change = {"vehicles": [{"id": ids(offer)[0], "price": "1.00"}], "version": 1}
    assert refused(await ask(world, "PATCH", f"/api/offers/{offer['id']}", change)) == (409, "price", ["price_fixed"])
    again = await ask(world, "POST", f"/api/offers/{offer['id']}/validation")
    assert refused(again) == (409, "offer", ["already_validated"])


async def test_abandoning_an_auctions_offer_cancels_its_sale(world: World) -> None:
    """§5.4.5, §6.1: one and the same thing, told once to each side, and done once."""
    offer = await won(world)
    path = f"/api/offers/{offer['id']}/abandonment"
    assert (await ask(world, "POST", path, WHY, world.idle_dealer)).status_code == 403
    assert (await ask(world, "POST", path, WHY, world.stranger_dealer)).status_code == 404
    twice = await asyncio.gather(*(ask(world, "POST", path, WHY) for _ in range(2)))
    assert sorted(answer.status_code for answer in twice) == [200, 409]
    after = next(answer.json() for answer in twice if answer.status_code == 200)
    assert (after["status"], after["reason"], after["may"]) == ("cancelled", WHY["reason"], ["duplicate"])
    assert await statuses(world, *ids(offer)) == [("sales_stock", None)]
    assert len(await told(world, "sale_cancelled", str(offer["auction"]["id"]))) == 2
    assert refused(await ask(world, "POST", path, WHY)) == (409, "offer", ["offer_over"])
    sheet = await done(world, "GET", f"/api/auctions/{offer['auction']['id']}/synthesis")
    assert sheet["lots"][0]["outcome"] == "sale_cancelled"


async def test_a_direct_offer_takes_its_steps(world: World) -> None:
    """§6.1, §6.2: made, priced anew with extras, sent, validated, abandoned; the trader sees it once it is sent."""
    offer = await direct(world, "1200.00", None)
    path = f"/api/offers/{offer['id']}"
    assert [each["price"] for each in offer["vehicles"]] == ["1200.00", "1000.00"]
    assert await statuses(world, *ids(offer)) == [("sales_stock", world.anne.company_id)] * 2
    assert refused(await ask(world, "POST", f"{path}/order", {})) == (409, "offer", ["not_validated"])
    extras = [
        {"kind": "fees", "amount": "120", "label": "Carte grise"},
        {"kind": "trade_in_aid", "amount": "100"},
        {"kind": "amount_owed", "amount": "250.50"},
    ]
    priced = {"vehicles": [{"id": ids(offer)[0], "price": "1300.00"}], "extras": extras, "version": offer["version"]}
    changed = await done(world, "PATCH", path, priced)
    sums = changed["totals"]
    assert (sums["initial"], sums["initial_ht"], sums["vehicles"], sums["extras"], sums["extras_ht"]) == (
        "2200.00", "2200.00", "2300.00", "120.00", "100.00",
    )  # fmt: skip
    assert (sums["total"], sums["total_ht"], sums["vat"]) == ("2420.00", "2400.00", "20.00")
    # (1300 − 800 + 1000 − 800) / 1.20, vehicle by vehicle, less the aid
    assert (sums["margin"], sums["balance_due"]) == ("483.34", "2570.50")
    sent = await done(world, "POST", f"{path}/sending")
    assert sent["sent_at"] is not None
    await done(world, "POST", f"{path}/sending")
    assert len(await told(world, "offer_sent", str(offer["id"]))) == 2
    assert (await done(world, "POST", f"{path}/validation"))["status"] == "validated"
    gone = await done(world, "POST", f"{path}/abandonment", WHY)
    assert (gone["status"], gone["reason"]) == ("abandoned", WHY["reason"])
    assert await statuses(world, *ids(offer)) == [("sales_stock", None)] * 2
    assert len(await told(world, "offer_abandoned", str(offer["id"]))) == 2
    copy = await done(world, "POST", f"{path}/duplicate")
    assert (copy["status"], copy["copied_from"], copy["totals"]["total"]) == ("in_progress", offer["id"], "2420.00")
    assert refused(await ask(world, "POST", f"{path}/duplicate")) == (409, "vehicles", ["no_vehicles"])


async def test_of_two_dealers_who_price_one_offer_the_second_is_told(world: World) -> None:
    """§6.1: at the same moment or later; nothing of the second is written, nor on record."""
    offer = await direct(world, "1200.00")
    path, vehicle, read = f"/api/offers/{offer['id']}", ids(offer)[0], offer["version"]

    def priced(price: str, version: int) -> dict[str, Any]:
        return {"vehicles": [{"id": vehicle, "price": price}], "version": version}

    answers = await asyncio.gather(*(ask(world, "PATCH", path, priced(each, read)) for each in ("1300.00", "1400.00")))
    (saved,) = [answer.json() for answer in answers if answer.status_code == 200]
    (late,) = [answer for answer in answers if answer.status_code != 200]
    assert (late.status_code, late.json()["error"]["code"]) == (409, "changed_meanwhile")
    assert refused(late)[1] == "version"
    assert saved["version"] == read + 1
    assert await done(world, "GET", path) == saved
    fees = [{"kind": "fees", "amount": "120"}]
    again = await done(world, "PATCH", path, priced("1500.00", saved["version"]) | {"extras": fees})
    assert (again["version"], again["totals"]["total"]) == (read + 2, "1620.00")
    # A save that changes nothing is nobody's conflict, and a step besides takes no price from anybody.
    same = await done(world, "PATCH", path, priced("1500.00", again["version"]) | {"extras": fees})
    assert same == again
    assert (await done(world, "POST", f"{path}/sending"))["version"] == again["version"]
    records = await done(world, "GET", f"/api/history?subject=offer&id={offer['id']}")
    assert [each["action"] for each in records["items"]] == ["sent", "changed", "changed", "made"]


async def test_who_never_knew_of_an_offer_is_not_told_that_it_is_abandoned(world: World) -> None:
    """§6.1, §1.4: validated is not sent; once it was ordered, its buyer reads it whatever becomes of it."""
    unknown, known = await validated(world), await validated(world)
    order = await ordered(world, known)
    read = f"/api/purchases/{known['id']}"
    assert (await done(world, "GET", read, who=world.anne))["order"]["id"] == order["id"]
    await done(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    again = await done(world, "GET", read, who=world.anne)
    assert (again["status"], again["order"]) == ("validated", None)
    paper = await ask(world, "GET", f"/api/offers/{known['id']}/paper.pdf", who=world.anne)
    assert paper.status_code == 200
    page = await done(world, "GET", "/api/purchases?state=offered", who=world.anne)
    assert known["id"] in {item["offer"] for item in page["items"]}
    for offer in (unknown, known):
        await done(world, "POST", f"/api/offers/{offer['id']}/abandonment", WHY)
    entity, trader = f"d{world.entity}", f"t{world.anne.company_id}"
    for offer, whom in ((unknown, [entity]), (known, [entity, trader])):
        keys = await told(world, "offer_abandoned", str(offer["id"]))
        assert [key.rsplit("-", 1)[1] for key in keys] == whom
    assert (await ask(world, "GET", f"/api/purchases/{unknown['id']}", who=world.anne)).status_code == 404
    assert (await done(world, "GET", read, who=world.anne))["status"] == "abandoned"


async def test_a_reserved_vehicle_blocks_every_other_sale(world: World) -> None:
    """§6.1, §4.4: two offers at once on one vehicle make one, numbered without a gap; an auction does not take it."""
    vehicle = await world.vehicle()
    body = {"trader": world.anne.company_id, "vehicles": [{"id": vehicle}]}
    before = (await direct(world))["number"]
    both = await asyncio.gather(*(ask(world, "POST", "/api/offers", body) for _ in range(4)))
    assert sorted(answer.status_code for answer in both) == [201, 409, 409, 409]
    no = next(answer for answer in both if answer.status_code == 409)
    assert refused(no) == (409, "vehicles[0]", ["reserved"])
    assert (await direct(world))["number"] == before + 2
    auction = {"kind": "unit", "vehicles": [{"id": vehicle}], "duration_seconds": 60, "minimum_increment": "50"}
    answer = await ask(world, "POST", "/api/auctions", auction)
    assert "reserved" in {reason["code"] for reason in answer.json()["error"]["reasons"]}


async def test_numbers_have_no_gaps_when_many_are_made_at_once(world: World) -> None:
    """§6.1: in the group's sequence."""
    made = await asyncio.gather(*(direct(world) for _ in range(5)))
    numbers = sorted(offer["number"] for offer in made)
    assert numbers == list(range(numbers[0], numbers[0] + 5))


@pytest.mark.parametrize(
    ("change", "status", "field", "codes"),
    [
        ({"trader": "stranger"}, 422, "trader", ["not_connected"]),
        ({"vehicles": [{"id": 10**9}]}, 422, "vehicles[0]", ["unknown_vehicle"]),
        ({"vehicles": []}, 422, "vehicles", []),
        ({"vehicles": [{"id": 1, "price": "0"}]}, 422, "vehicles[0].price", []),
        ({"extras": [{"kind": "fees", "amount": "1", "label": "a\x1b[31m"}]}, 422, "extras[0].label", []),
        ({"entity": 10**9}, 403, "entity", []),
    ],
)
async def test_a_direct_offer_that_does_not_fit_is_refused(
    world: World, change: dict[str, object], status: int, field: str, codes: list[str]
) -> None:
    """§6.1: field by field, nothing half done."""
    if change.get("trader") == "stranger":
        change = {"trader": world.stranger.company_id}
    body = {"trader": world.anne.company_id, "vehicles": [{"id": await world.vehicle()}], **change}
    assert refused(await ask(world, "POST", "/api/offers", body)) == (status, field, codes)


async def test_every_vehicle_that_cannot_be_offered_is_named(world: World) -> None:
    """§6.1."""
    auctioned = (await world.auction())["lots"][0]["vehicles"][0]["id"]
    gone = await world.vehicle(status="released")
    dear = await world.vehicle(trade_price_cents=None)
    body = {"trader": world.anne.company_id, "vehicles": [{"id": each} for each in (auctioned, gone, dear)]}
    answer = await ask(world, "POST", "/api/offers", body)
    assert refused(answer) == (409, "vehicles[0]", ["in_auction", "has_left", "no_price"])


async def test_other_vehicles_of_the_buyer_travel_into_an_offer_and_home_again(world: World) -> None:
    """§6.2: at their price; the offer that lends them cannot be ordered without them."""
    first, second = await won(world), await won(world, amount="1900.00")
    guest = ids(second)[0]
    path = f"/api/offers/{first['id']}"
    body = {"vehicles": [{"id": guest}]}
    priced = {"vehicles": [{"id": guest, "price": "1.00"}]}
    assert refused(await ask(world, "POST", f"{path}/vehicles", priced)) == (409, "vehicles[0]", ["price_fixed"])
    both = await done(world, "POST", f"{path}/vehicles", body)
    assert [each["price"] for each in both["vehicles"]] == ["1700.00", "1900.00"]
    assert (both["vehicles"][1]["from_offer"], both["totals"]["total"]) == (second["id"], "3600.00")
    assert both["totals"]["initial"] == "1700.00"
    lender = f"/api/offers/{second['id']}"
    assert refused(await ask(world, "POST", f"{lender}/order", {})) == (409, "vehicles", ["no_vehicles"])
    assert (await done(world, "GET", lender))["may"] == ["add_vehicles", "abandon", "duplicate"]
    own = await ask(world, "DELETE", f"{path}/vehicles/{ids(first)[0]}")
    assert refused(own) == (409, "vehicle", ["of_the_auction"])
    alone = await done(world, "DELETE", f"{path}/vehicles/{guest}")
    assert ids(alone) == ids(first)
    assert ids(await done(world, "GET", lender)) == [guest]
    free = {"vehicles": [{"id": await world.vehicle()}]}
    assert refused(await ask(world, "POST", f"{path}/vehicles", free)) == (409, "vehicles[0]", ["not_reserved"])
    await done(world, "POST", f"{path}/vehicles", body)
    order = await ordered(world, first)
    assert order["total"] == "3600.00"
    assert await statuses(world, guest) == [("delivery", world.anne.company_id)]


async def test_what_an_auction_sold_is_not_freed_by_the_offer_that_holds_it(world: World) -> None:
    """§5.4.5, §6.2: its own offer ordered without it, it stays; that order cancelled, it goes home."""
    host, lender = await direct(world), await won(world, {}, {}, amount="5000.00")
    guest, other = ids(lender)
    path = f"/api/offers/{host['id']}"
    await done(world, "POST", f"{path}/vehicles", {"vehicles": [{"id": guest}]})
    order = await ordered(world, lender)
    taken_out = await ask(world, "DELETE", f"{path}/vehicles/{guest}")
    assert refused(taken_out) == (409, "vehicle", ["of_the_auction"])
    given_up = await ask(world, "POST", f"{path}/abandonment", WHY)
    assert refused(given_up) == (409, "vehicles", ["of_the_auction"])
    kept = world.anne.company_id
    assert await statuses(world, guest, other) == [("sales_stock", kept), ("delivery", kept)]
    await done(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    await done(world, "POST", f"{path}/abandonment", WHY)
    assert set(ids(await done(world, "GET", f"/api/offers/{lender['id']}"))) == {guest, other}
    assert await statuses(world, guest, *ids(host)) == [("sales_stock", kept), ("sales_stock", None)]


async def test_what_an_offer_holds_besides_goes_home_when_it_is_given_up(world: World) -> None:
    """§6.2, §5.4.5: an auction's offer as a direct one."""
    for host in (await won(world), await direct(world)):
        lenders = [await won(world), await direct(world)]
        guests = [ids(lender)[0] for lender in lenders]
        path = f"/api/offers/{host['id']}"
        await done(world, "POST", f"{path}/vehicles", {"vehicles": [{"id": guest} for guest in guests]})
        await done(world, "POST", f"{path}/abandonment", WHY)
        for lender, guest in zip(lenders, guests, strict=True):
            assert ids(await done(world, "GET", f"/api/offers/{lender['id']}")) == [guest]
        assert await statuses(world, *guests) == [("sales_stock", world.anne.company_id)] * 2
        assert await statuses(world, *ids(host)) == [("sales_stock", None)]


async def test_no_vehicle_stays_reserved_by_an_offer_that_is_given_up(world: World) -> None:
    """§6.2: whose home is ordered without it, or abandoned, is free; on record."""
    for host in (await won(world), await direct(world)):
        without, over = await validated(world, "1200.00", "1300.00"), await direct(world)
        guests = [ids(without)[0], ids(over)[0]]
        path = f"/api/offers/{host['id']}"
        await done(world, "POST", f"{path}/vehicles", {"vehicles": [{"id": guest} for guest in guests]})
        await ordered(world, without)
        await done(world, "POST", f"/api/offers/{over['id']}/abandonment", WHY)
        assert [status for status, _ in await statuses(world, *guests)] == ["sales_stock"] * 2
        await done(world, "POST", f"{path}/abandonment", WHY)
        assert await statuses(world, *guests, *ids(host)) == [("sales_stock", None)] * 3
        for guest in guests:
            last = await done(world, "GET", f"/api/history?subject=vehicle&id={guest}&limit=1")
            assert last["items"][0]["action"] == "reservation_removed"


async def test_a_sale_is_not_cancelled_under_what_another_auction_sold(world: World) -> None:
    """§5.4.5, §6.2: its own offer ordered without it, nobody would keep it; nor one that is delivered by hand."""
    host, lender, given_up = await won(world), await won(world, {}, {}, amount="5000.00"), await direct(world)
    sold, by_hand = ids(lender)[0], ids(given_up)[0]
    path = f"/api/offers/{host['id']}"
    await done(world, "POST", f"{path}/vehicles", {"vehicles": [{"id": sold}, {"id": by_hand}]})
    order = await ordered(world, lender)
    first = await ask(world, "POST", f"{path}/abandonment", WHY)
    assert (first.status_code, first.json()["error"]["code"]) == (409, "order_first")
    assert await statuses(world, sold) == [("sales_stock", world.anne.company_id)]
    await done(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)

    await done(world, "POST", f"/api/offers/{given_up['id']}/abandonment", WHY)
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE entities SET leave_sales_stock_by_hand = true WHERE id = $1", world.entity)
    form = {"seller": "Jean", "client": "Anne", "date": soon(world)}
    here = {"delivery_site": world.site, "physical_site": world.site}
    await done(world, "POST", f"/api/vehicles/{by_hand}/manual-delivery", {**form, **here})
    sale = f"/api/auctions/{host['auction']['id']}/lots/{host['auction']['lot']}/sale-cancellation"
    assert (await ask(world, "POST", sale, WHY)).json()["error"]["code"] == "order_first"
    await done(world, "POST", f"/api/vehicles/{by_hand}/status", {"status": "sales_stock"})
    await done(world, "POST", sale, WHY)
    kept = world.anne.company_id
    assert await statuses(world, sold, by_hand, *ids(host)) == [("sales_stock", each) for each in (kept, None, None)]


async def test_what_was_put_into_an_auctions_offer_comes_out_again(world: World) -> None:
    """§6.2: only what the auction sold stays; lent on, it stays where it is when the sale is cancelled."""
    host, lender, other = await won(world), await direct(world), await direct(world)
    guest, path = ids(lender)[0], f"/api/offers/{host['id']}"
    await done(world, "POST", f"{path}/vehicles", {"vehicles": [{"id": guest}]})
    await done(world, "POST", f"/api/offers/{lender['id']}/abandonment", WHY)
    held = await done(world, "GET", path)
    assert [vehicle["fixed"] for vehicle in held["vehicles"]] == [True, False]
    await done(world, "POST", f"/api/offers/{other['id']}/vehicles", {"vehicles": [{"id": guest}]})
    await done(world, "POST", f"{path}/abandonment", WHY)
    assert ids(await done(world, "GET", f"/api/offers/{other['id']}")) == [*ids(other), guest]
    assert await statuses(world, guest) == [("sales_stock", world.anne.company_id)]
    await done(world, "DELETE", f"/api/offers/{other['id']}/vehicles/{guest}")
    assert await statuses(world, guest) == [("sales_stock", None)]


async def test_offers_are_listed_a_page_at_a_time_and_found(world: World) -> None:
    """§6.1, §1.4."""
    mine = [await direct(world) for _ in range(3)]
    newest = await validated(world)
    page = await done(world, "GET", "/api/offers?limit=2&page=1")
    assert [each["id"] for each in page["items"]] == [newest["id"], mine[2]["id"]]
    assert page["pages"] == -(-page["total"] // 2)
    found = await done(world, "GET", f"/api/offers?q={newest['vehicles'][0]['plate'].lower()}&status=validated")
    assert [each["id"] for each in found["items"]] == [newest["id"]]
    by_buyer = await done(world, "GET", f"/api/offers?trader={world.bruno.company_id}")
    assert by_buyer["items"] == []
    for person in (world.sister_dealer, world.stranger_dealer):
        assert (await done(world, "GET", "/api/offers", who=person))["items"] == []
    assert (await ask(world, "GET", "/api/offers", who=world.anne)).status_code == 403
