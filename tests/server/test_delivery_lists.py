"""Lists of deliveries and of what is still to be delivered, and offers by who made them, over HTTP (§6.1)."""

from typing import Any

from tests.server.houses import World
from tests.server.sales import a_day, ask, direct, done, ids, ordered, refused, scheduled, validated, won

HANDED_OVER = {"honoured": True, "report": "Remis avec deux clés."}
ABSENT = {"honoured": False, "report": "Le client n'est pas venu."}


async def due(world: World, query: str = "") -> dict[int, Any]:
    """The orders that need a delivery, by id."""
    page = await done(world, "GET", f"/api/deliveries/due?limit=200{query}")
    return {item["order"]["id"]: item for item in page["items"]}


async def listed(world: World, query: str) -> list[int]:
    """The ids of the deliveries that a list holds, in its order."""
    return [item["id"] for item in (await done(world, "GET", f"/api/deliveries?limit=200&{query}"))["items"]]


async def test_an_order_is_due_until_each_vehicle_has_a_delivery(world: World) -> None:
    """§6.1: in part, again when it was not honoured; never once it is delivered or the order cancelled."""
    offer = await validated(world, "1200.00", "1300.00")
    order = await ordered(world, offer)
    one, other = ids(offer)
    waiting = (await due(world))[order["id"]]
    assert [vehicle["id"] for vehicle in waiting["vehicles"]] == [one, other]
    assert (waiting["delivery_date"], waiting["site"]["name"], waiting["buyer"], waiting["failed"]) == (
        order["delivery_date"], "Lille", "Anne et fils", 0,
    )  # fmt: skip
    assert waiting["order"] == {"id": order["id"], "display_number": order["display_number"], "offer": offer["id"]}
    await scheduled(world, order, vehicles=[one])
    assert [vehicle["id"] for vehicle in (await due(world))[order["id"]]["vehicles"]] == [other]
    rest = await scheduled(world, order)
    assert order["id"] not in await due(world)
    await done(world, "POST", f"/api/deliveries/{rest['id']}/declaration", ABSENT)
    again = (await due(world))[order["id"]]
    assert ([vehicle["id"] for vehicle in again["vehicles"]], again["failed"]) == ([other], 1)
    last = await scheduled(world, order)
    await done(world, "POST", f"/api/deliveries/{last['id']}/declaration", HANDED_OVER)
    assert order["id"] not in await due(world)
    taken_back = await ordered(world, await validated(world))
    assert taken_back["id"] in await due(world)
    await done(world, "POST", f"/api/orders/{taken_back['id']}/cancellation", {"reason": "the buyer has gone"})
    assert taken_back["id"] not in await due(world)


async def test_what_is_due_comes_by_its_date_and_is_found(world: World) -> None:
    """The soonest first; by order, buyer and vehicle; nothing of another's."""
    late = await ordered(world, await validated(world), delivery_date=a_day(5, 2))
    early = await ordered(world, await validated(world), delivery_date=a_day(5, 1))
    order = list(await due(world))
    assert order.index(early["id"]) < order.index(late["id"])
    assert list(await due(world, f"&q={early['display_number']}")) == [early["id"]]
    assert {early["id"], late["id"]} <= set(await due(world, "&q=ANNE"))
    assert await due(world, "&q=nobody-has-this") == {}
    assert {early["id"], late["id"]} <= set(await due(world, f"&site={world.site}"))
    assert await due(world, "&site=1000000000") == {}
    elsewhere = await done(world, "GET", "/api/deliveries/due", who=world.stranger_dealer)
    assert elsewhere["items"] == []
    paged = await done(world, "GET", "/api/deliveries/due?limit=1&page=2")
    assert (len(paged["items"]), paged["pages"]) == (1, paged["total"])


async def test_deliveries_are_listed_by_date_and_by_what_was_invoiced(world: World) -> None:
    """§6.1: the soonest first if one asks so, between two dates, invoiced or not, and found by words."""
    order = await ordered(world, await validated(world, "1200.00", "1300.00"))
    one, other = order["vehicles"]
    second = await scheduled(world, order, vehicles=[one], scheduled_at=f"{a_day(5, 3)}T10:00:00Z")
    first = await scheduled(world, order, vehicles=[other], scheduled_at=f"{a_day(5, 2)}T10:00:00Z")
    ours = f"order={order['id']}"
    assert await listed(world, ours) == [second["id"], first["id"]]
    assert await listed(world, f"{ours}&sort=scheduled_at") == [first["id"], second["id"]]
    assert await listed(world, f"{ours}&from={a_day(5, 3)}T00:00:00Z") == [second["id"]]
    assert await listed(world, f"{ours}&to={a_day(5, 3)}T00:00:00Z") == [first["id"]]
    assert await listed(world, f"{ours}&q={order['display_number']}") == [second["id"], first["id"]]
    assert await listed(world, f"{ours}&q=anne") == [second["id"], first["id"]]
    assert await listed(world, f"{ours}&q=nobody") == []
    assert await listed(world, f"{ours}&site={world.site}&invoiced=false") == [second["id"], first["id"]]
    await done(
        world, "POST", "/api/invoices", {"number": f"L-{order['id']}", "date": "2025-03-02", "order": order["id"]}
    )
    assert await listed(world, f"{ours}&invoiced=false") == []
    assert await listed(world, f"{ours}&invoiced=true") == [second["id"], first["id"]]
    billed = await done(world, "GET", f"/api/orders/{order['id']}")
    brought = (await done(world, "GET", f"/api/deliveries?{ours}"))["items"][0]
    assert billed["invoiced_at"] is not None
    assert brought["invoiced_at"] == billed["invoiced_at"]
    assert refused(await ask(world, "GET", "/api/deliveries?from=yesterday"))[:2] == (422, "from")


async def test_a_number_is_found_bare_or_with_its_own_prefix_and_dashes_alone_find_nothing(world: World) -> None:
    """§5.1.3, §6.1: in the lists of offers, of deliveries and of what is due."""
    offer, waiting = await validated(world), await validated(world)
    order, due_order = await ordered(world, offer), await ordered(world, waiting)
    delivery = await scheduled(world, order)

    async def offers(q: str) -> list[int]:
        return [item["id"] for item in (await done(world, "GET", f"/api/offers?limit=200&q={q}"))["items"]]

    for found, thing, number in (
        (offers, offer["id"], offer["number"]),
        (lambda q: listed(world, f"q={q}"), delivery["id"], order["number"]),
        (lambda q: due(world, f"&q={q}"), due_order["id"], due_order["number"]),
    ):
        assert thing in await found(f"{number}")
        assert thing in await found(f"45-{number}")
        assert thing not in await found(f"99-{number}")
        for dashes in ("-", "--", "- -"):
            assert thing not in await found(dashes), dashes
    assert delivery["id"] in await listed(world, "q=anne"), "by its buyer"
    assert await listed(world, "q=nobody") == []


async def test_offers_are_listed_by_origin_and_by_whether_they_were_sent(world: World) -> None:
    """§6.1: an auction's, or the dealer's own; sent or not yet."""
    sold, made = await won(world), await direct(world)

    async def found(query: str) -> set[int]:
        page = await done(world, "GET", f"/api/offers?limit=200&{query}")
        return {item["id"] for item in page["items"]} & {sold["id"], made["id"]}

    assert await found("origin=auction") == {sold["id"]}
    assert await found("origin=direct") == {made["id"]}
    assert await found("sent=true") == set()
    await done(world, "POST", f"/api/offers/{made['id']}/sending")
    assert (await found("sent=true"), await found("sent=false")) == ({made["id"]}, {sold["id"]})
