"""What a trader is shown of a vehicle once its connection has ended: addresses and doors tell the same (§2.4, §6.5).

An address that a page is given is one that opens; what does not open is not told.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from persistence.traders.connections import connect
from tests.server import sales
from tests.server.houses import World
from tests.server.rights.stock import A_PDF, an_image

BATTERY = {"energy": "electric", "battery_health_percent": 91}


@asynccontextmanager
async def removed(world: World) -> AsyncIterator[None]:
    """Anne's connection has ended, for this while."""
    lines = (await world.http.get("/api/connections", headers=world.dealer.bearer)).json()["items"]
    held = next(line["id"] for line in lines if line["trader"] == world.anne.company_id)
    assert (await world.http.delete(f"/api/connections/{held}", headers=world.dealer.bearer)).status_code == 204
    try:
        yield
    finally:
        await connect(world.database, world.entity, world.anne.company_id, world.running.doors.clock.now())


async def photographed(world: World, vehicle: int, **query: Any) -> str:
    """Where a new photo of the vehicle is read."""
    headers = world.dealer.bearer | {"Content-Type": "image/jpeg"}
    path = f"/api/vehicles/{vehicle}/photos"
    answer = await world.http.post(path, params=query, content=an_image("JPEG"), headers=headers)
    assert answer.status_code == 201, answer.text
    return f"/{answer.json()['address']}"


async def certified(world: World, vehicle: int) -> str:
    """Where the certificate of its battery is read."""
    headers = world.dealer.bearer | {"Content-Type": "application/pdf"}
    path = f"/api/vehicles/{vehicle}/files?kind=battery_certificate"
    answer = await world.http.post(path, content=A_PDF, headers=headers)
    assert answer.status_code == 201, answer.text
    return f"/{answer.json()['address']}"


async def opens(world: World, *addresses: str) -> list[int]:
    return [(await world.http.get(address, headers=world.anne.bearer)).status_code for address in addresses]


async def told(world: World, auction: int) -> set[str]:
    """Every address that the auction's page and its line on the list give Anne."""
    page = (await world.http.get(f"/api/auctions/{auction}", headers=world.anne.bearer)).json()
    (vehicle,) = [vehicle for lot in page["lots"] for vehicle in lot["vehicles"]]
    listed = (await world.http.get(f"/api/auctions?number={page['number']}", headers=world.anne.bearer)).json()
    (line,) = listed["items"]
    addresses = [
        *vehicle["photos"],
        *(photo for defect in vehicle["defects"] for photo in defect["photos"]),
        (vehicle["battery"] or {}).get("certificate"),
        line["photo"],
    ]
    return {f"/{address}" for address in addresses if address is not None}


async def test_a_trader_whose_connection_ended_sees_what_it_bought_and_what_its_bids_stand_in(world: World) -> None:
    """§2.4, §6.5: no other photos, whatever it was invited to before."""
    offer = await sales.won(world)
    vehicles = [offer["vehicles"][0]["id"], *[await world.vehicle(**BATTERY) for _ in range(3)]]
    photos = [await photographed(world, vehicle) for vehicle in vehicles]
    certificates = [await certified(world, vehicle) for vehicle in vehicles[1:]]
    forms: list[dict[str, Any]] = [{"vehicles": [{"id": vehicle, "reserve_price": "1500"}]} for vehicle in vehicles[1:]]
    forms[0] |= {"duration_seconds": 1, "soft_close": sales.SUDDEN}
    auctions = [offer["auction"]["id"]]
    async with world.live(world.anne) as anne:
        for name, form in (("lost", forms[0]), ("runs", forms[1])):
            made = await world.auction(**form)
            auctions.append(made["id"])
            bid = {"auction": made["id"], "lot": made["lots"][0]["number"], "amount": "1000"}
            assert (await anne.ask("bid", id=name, **bid))["type"] == "accepted"
        auctions.append((await world.auction(**forms[2]))["id"])
        await anne.hear_of("notice", kind="lot_not_won")

    async def seen() -> list[int]:
        """What opens; what is told opens, and what opens is told."""
        found = [await opens(world, photo) for photo in photos]
        files = [[200], *[await opens(world, certificate) for certificate in certificates]]
        for auction, photo, file, photo_found, file_found in zip(
            auctions, photos, ["", *certificates], found, files, strict=True
        ):
            expected = {photo, f"{photo}/thumbnail", file} - {""} if photo_found == [200] else set()
            assert photo_found == file_found or not file
            assert await told(world, auction) == expected
        return [status for (status,) in found]

    assert await seen() == [200, 200, 200, 200]
    async with removed(world):
        assert await seen() == [200, 404, 200, 404]
        await sales.done(world, "POST", f"/api/offers/{offer['id']}/abandonment", sales.WHY)
        assert await seen() == [404, 404, 200, 404]
        page = await world.http.get(f"/api/auctions/{auctions[1]}", headers=world.dealer.bearer)
        assert [f"/{photo}" for photo in page.json()["lots"][0]["vehicles"][0]["photos"]] == [photos[1]]


async def test_what_was_bought_keeps_its_photos_wherever_it_is_brought(world: World) -> None:
    """§2.4, §6.2, §6.5: lent to an offer that was never sent, or delivered by hand; what is offered alone, not."""
    await sales.by_hand(world)
    sold, draft = await sales.won(world), await sales.direct(world, "1200.00", "1300.00")
    lent, (handed, offered) = sales.ids(sold)[0], sales.ids(draft)
    photos = [await photographed(world, vehicle) for vehicle in (lent, handed, offered)]
    await sales.done(world, "POST", f"/api/offers/{draft['id']}/vehicles", {"vehicles": [{"id": lent}]})
    await sales.done(world, "POST", f"/api/vehicles/{handed}/manual-delivery", sales.a_manual_delivery(world))
    async with removed(world):
        assert await opens(world, *photos) == [200, 200, 404]


async def test_a_defect_of_a_vehicle_that_is_not_shown_is_told_without_its_photos(world: World) -> None:
    """§2.4, §1.4: what the auction said in words it goes on saying."""
    vehicle = await world.vehicle()
    change = {"revision": 1, "defects": [{"name": "Rayure", "repair_cost_ht": "120.00"}]}
    sheet = await sales.done(world, "PATCH", f"/api/vehicles/{vehicle}", change)
    photo = await photographed(world, vehicle, defect=sheet["defects"][0]["id"])
    made = await world.auction(vehicles=[{"id": vehicle}])
    assert photo in await told(world, made["id"])
    async with removed(world):
        assert (await told(world, made["id"]), await opens(world, photo)) == (set(), [404])
        page = (await world.http.get(f"/api/auctions/{made['id']}", headers=world.anne.bearer)).json()
        (defect,) = page["lots"][0]["vehicles"][0]["defects"]
        assert defect == {"name": "Rayure", "repair_cost_ht": "120.00", "photos": []}
