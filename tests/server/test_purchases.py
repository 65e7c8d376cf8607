"""What traders have bought, over HTTP: what they read of it, and of what they were offered (§6.5)."""

from typing import Any

from tests.server.houses import World
from tests.server.sales import (
    HANDED_OVER,
    a_manual_delivery,
    an_invoice,
    ask,
    by_hand,
    direct,
    done,
    ids,
    ordered,
    scheduled,
    won,
)


async def test_a_trader_keeps_every_vehicle_that_it_bought(world: World) -> None:
    """§6.5: with dates, price, state and papers; the dealer sees its group's sales on the trader's card."""
    sold = await won(world, {"make": "PEUGEOT", "model": "308", "vat": "recoverable"}, amount="1500.00")
    car = ids(sold)[0]

    async def seen(**asked: str) -> dict[str, Any]:
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        page = await done(world, "GET", f"/api/purchases?{query}", who=world.anne)
        return next((item for item in page["items"] if item["vehicle"] == car), {})

    won_only = await seen()
    assert (won_only["state"], won_only["price"], won_only["price_ht"]) == ("reserved", "1500.00", "1250.00")
    order = await ordered(world, sold)
    assert (await seen(state="ordered"))["order_number"] == order["display_number"]
    delivery = await scheduled(world, order)
    assert (await seen())["papers"]["delivery"] == f"/api/deliveries/{delivery['id']}/note.pdf"
    await done(world, "POST", f"/api/deliveries/{delivery['id']}/declaration", HANDED_OVER)
    assert (await seen())["state"] == "delivered"
    await done(world, "POST", "/api/invoices", an_invoice(order))
    kept = await seen(q="308")
    assert (kept["state"], kept["invoice"], kept["invoiced_on"]) == ("released", f"F-{order['id']}", "2025-03-02")
    assert kept["delivered_at"] is not None
    on_card = await done(world, "GET", f"/api/traders/{world.anne.company_id}/purchases?q=308")
    assert car in {item["vehicle"] for item in on_card["items"]}
    whole = await done(world, "GET", f"/api/purchases/{sold['id']}", who=world.anne)
    assert (whole["seller"]["entity"], whole["total"], whole["total_ht"]) == ("Concession Nord", "1500.00", "1250.00")
    assert whole["order"]["delivery_place"] == "Lille, 59000 Lille"
    assert (whole["order"]["site"]["name"], whole["order"]["site"]["city"]) == ("Lille", "Lille")
    assert whole["auction"]["display_number"] == sold["auction"]["display_number"]
    fetched = whole["order"]["deliveries"]
    assert [(each["status"], each["vehicles"], each["site"]["name"]) for each in fetched] == [
        ("honoured", [car], "Lille")
    ]
    assert fetched[0]["note"] == f"/api/deliveries/{delivery['id']}/note.pdf"
    assert "report" not in fetched[0], "the report is the dealer's"
    assert (await done(world, "GET", "/api/purchases", who=world.bruno))["items"] == []


async def test_purchases_are_found_by_what_their_buyer_is_shown(world: World) -> None:
    """§6.5, §0.1: whatever the accents; never by a number that is the dealer's own."""
    named = {"make": "CITROËN", "model": "C3", "version": "Élégance"}
    car = ids(await won(world, {**named, "internal_number": "SECRET-77", "police_book_number": "POLICE-88"}))[0]

    async def is_found(text: str) -> bool:
        page = await done(world, "GET", f"/api/purchases?q={text}", who=world.anne)
        return car in {item["vehicle"] for item in page["items"]}

    for text in ("citroen c3", "CITROËN C3", "citroën c3 elegance", "elegance", "Élégance", "C3 É"):
        assert await is_found(text), text
    for text in ("SECRET-77", "secret", "POLICE-88", "88 citroen", "citroen c4"):
        assert not await is_found(text), text


async def test_purchases_are_found_by_a_plate_however_it_is_typed(world: World) -> None:
    """§6.5: as everywhere else; whether the card has it with dashes or without."""
    for stored in ("ZA-321-AB", "ZA322AB"):
        car = ids(await won(world, {"plate": stored}))[0]
        bare = stored.replace("-", "")
        for text in (
            bare,
            f"{bare[:2]}-{bare[2:5]}-{bare[5:]}",
            f"{bare[:2]} {bare[2:5]} {bare[5:]}",
            bare[:5].lower(),
        ):
            page = await done(world, "GET", f"/api/purchases?q={text}", who=world.anne)
            assert [item["vehicle"] for item in page["items"]] == [car], (stored, text)
    assert (await done(world, "GET", "/api/purchases?q=--", who=world.anne))["items"] == []


async def test_purchases_are_found_by_their_seller_whatever_its_accents(world: World) -> None:
    """§6.5: as auctions are (§5.5.3)."""
    car = ids(await won(world, {"make": "PEUGEOT", "model": "5008"}))[0]

    async def called(name: str) -> None:
        async with world.database.acquire() as connection:
            await connection.execute("UPDATE entities SET name = $2 WHERE id = $1", world.entity, name)

    async def is_found(text: str) -> bool:
        page = await done(world, "GET", f"/api/purchases?q={text}", who=world.anne)
        return car in {item["vehicle"] for item in page["items"]}

    await called("Générale de l'Été")
    try:
        for text in ("generale", "GÉNÉRALE DE", "l'ete", "été", "générale de l'été peugeot"):
            assert await is_found(text), text
        assert not await is_found("general motors")
    finally:
        await called("Concession Nord")


async def test_a_won_vehicle_is_always_among_its_buyers_purchases(world: World) -> None:
    """§6.2, §6.5: brought into an offer that the trader was never sent, it is told by the one that it came from."""
    sold, draft = await won(world), await direct(world, "1999.00")
    car = ids(sold)[0]
    await done(world, "POST", f"/api/offers/{draft['id']}/vehicles", {"vehicles": [{"id": car}]})

    async def bought() -> dict[int, dict[str, Any]]:
        page = await done(world, "GET", "/api/purchases", who=world.anne)
        return {item["vehicle"]: item for item in page["items"]}

    async def is_found(offer: dict[str, Any]) -> bool:
        page = await done(world, "GET", f"/api/purchases?q={offer['display_number']}", who=world.anne)
        return car in {item["vehicle"] for item in page["items"]}

    for _ in ("in progress", "validated"):
        assert (await is_found(sold), await is_found(draft)) == (True, False), "nobody told her of the draft's number"
        found = await bought()
        assert ids(draft)[0] not in found
        assert (found[car]["state"], found[car]["price"], found[car]["offer"]) == ("reserved", "1700.00", sold["id"])
        assert found[car]["offer_number"] == sold["display_number"]
        assert (await ask(world, "GET", found[car]["papers"]["offer"], who=world.anne)).status_code == 200
        own = await done(world, "GET", f"/api/purchases/{sold['id']}", who=world.anne)
        assert (ids(own), own["total"]) == ([car], "1700.00")
        await ask(world, "POST", f"/api/offers/{draft['id']}/validation")
    await done(world, "POST", f"/api/offers/{draft['id']}/sending")
    assert ids(await done(world, "GET", f"/api/purchases/{sold['id']}", who=world.anne)) == []
    sent = (await bought())[car]
    assert (sent["offer"], sent["bought_at"]) == (draft["id"], sold["made_at"])
    assert (await is_found(sold), await is_found(draft)) == (False, True)


async def test_what_was_delivered_by_hand_is_a_purchase_of_the_trader_it_was_kept_for(world: World) -> None:
    """§6.3, §6.5: of an offer that was never sent too, with its dates."""
    await by_hand(world)
    offer = await direct(world)
    vehicle = ids(offer)[0]

    async def bought() -> dict[str, Any]:
        page = await done(world, "GET", "/api/purchases", who=world.anne)
        return next((item for item in page["items"] if item["vehicle"] == vehicle), {})

    assert await bought() == {}
    made = await done(world, "POST", f"/api/vehicles/{vehicle}/manual-delivery", a_manual_delivery(world))
    kept = await bought()
    assert (kept["state"], kept["delivery_at"], kept["papers"]["delivery"]) == ("reserved", made["scheduled_at"], None)
    await done(world, "POST", f"/api/deliveries/{made['id']}/declaration", HANDED_OVER)
    assert (await bought())["state"] == "delivered"
    await done(world, "POST", "/api/invoices", {"number": f"P-{vehicle}", "date": "2025-03-02", "delivery": made["id"]})
    assert ((await bought())["state"], (await bought())["invoice"]) == ("released", f"P-{vehicle}")


async def test_a_direct_offer_is_the_traders_to_read_once_it_is_sent(world: World) -> None:
    """§6.1, §1.4: neither the purchase price nor the margin is in what it reads."""
    offer = await direct(world, "1234.00")
    path = f"/api/purchases/{offer['id']}"
    assert (await ask(world, "GET", path, who=world.anne)).status_code == 404
    await done(world, "POST", f"/api/offers/{offer['id']}/sending")
    page = await ask(world, "GET", "/api/purchases?state=offered", who=world.anne)
    read = (await ask(world, "GET", path, who=world.anne)).content + page.content
    assert b"1234.00" in read
    for secret in (b'margin":', b"800.00", b"361.67", b"Bruno"):
        assert secret not in read
    assert (await ask(world, "GET", path, who=world.bruno)).status_code == 404
    assert offer["id"] not in {
        item["offer"] for item in (await done(world, "GET", "/api/purchases", who=world.anne))["items"]
    }


async def test_a_draft_tells_its_buyer_what_was_delivered_by_hand_and_nothing_else(world: World) -> None:
    """§6.5, §1.4: no other vehicle, no extra and no total of an offer that was never sent; undone, no price at all."""
    await by_hand(world)
    offer = await direct(world, "1234.00", "5678.00")
    handed, kept = ids(offer)
    path, draft = f"/api/purchases/{offer['id']}", f"/api/offers/{offer['id']}"
    extras = [{"kind": "fees", "amount": "91.11", "label": "Frais"}]
    await done(world, "PATCH", draft, {"extras": extras, "version": offer["version"]})
    sold = await won(world)
    await done(world, "POST", f"{draft}/vehicles", {"vehicles": [{"id": ids(sold)[0]}]})
    await done(world, "POST", f"/api/vehicles/{handed}/manual-delivery", a_manual_delivery(world))

    async def listed() -> dict[int, int]:
        pages = [await done(world, "GET", f"/api/purchases{asked}", who=world.anne) for asked in ("", "?state=offered")]
        items = {item["vehicle"]: item["offer"] for page in pages for item in page["items"]}
        return {vehicle: items[vehicle] for vehicle in (handed, kept, *ids(sold)) if vehicle in items}

    assert await listed() == {handed: offer["id"], ids(sold)[0]: sold["id"]}
    read = await done(world, "GET", path, who=world.anne)
    assert (ids(read), read["extras"], read["total"]) == ([handed], [], "1234.00")
    assert ids(await done(world, "GET", f"/api/purchases/{sold['id']}", who=world.anne)) == ids(sold)

    await done(world, "POST", f"/api/vehicles/{handed}/status", {"status": "sales_stock"})
    assert await listed() == {ids(sold)[0]: sold["id"]}
    undone = await done(world, "GET", path, who=world.anne)
    assert (ids(undone), undone["total"]) == ([], "0.00")
    assert (await ask(world, "GET", f"{draft}/paper.pdf", who=world.anne)).status_code == 200
    await done(world, "POST", f"{draft}/sending")
    assert ids(await done(world, "GET", path, who=world.anne)) == [handed, kept, *ids(sold)]
