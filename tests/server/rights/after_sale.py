"""Offers, orders, deliveries, invoices, papers, and what traders have bought (§6)."""

from typing import Any

from tests.server.houses import World
from tests.server.rights.case import DEALERS, Case
from tests.server.sales import WHY, an_order, direct, done, ordered, represented, scheduled, soon, validated


async def in_progress(world: World) -> dict[str, int]:
    return {"id": (await direct(world, "1200.00", "1300.00"))["id"]}


async def ready(world: World) -> dict[str, int]:
    await represented(world)
    return {"id": (await validated(world))["id"]}


async def vehicle_of_an_offer(world: World) -> dict[str, int]:
    offer = await direct(world, "1200.00", "1300.00")
    return {"id": offer["id"], "vehicle": offer["vehicles"][1]["id"]}


async def over(world: World) -> dict[str, int]:
    offer = await direct(world)
    await world.http.post(f"/api/offers/{offer['id']}/abandonment", json=WHY, headers=world.dealer.bearer)
    return {"id": offer["id"]}


async def placed(world: World) -> dict[str, int]:
    return {"id": (await ordered(world, await validated(world)))["id"]}


async def under_way(world: World) -> dict[str, int]:
    return {"id": (await scheduled(world, await ordered(world, await validated(world))))["id"]}


async def kept_vehicle(world: World) -> dict[str, int]:
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE entities SET leave_sales_stock_by_hand = true WHERE id = $1", world.entity)
    return {"id": (await direct(world))["vehicles"][0]["id"]}


async def bought(world: World) -> dict[str, int]:
    offer = await validated(world)
    await ordered(world, offer)
    return {"offer": offer["id"]}


async def buyer(world: World) -> dict[str, int]:
    return {"id": world.anne.company_id}


async def sent(world: World) -> dict[str, int]:
    offer = await direct(world)
    await done(world, "POST", f"/api/offers/{offer['id']}/sending")
    return {"id": offer["id"]}


async def offer_form(world: World) -> dict[str, Any]:
    vehicles = [{"id": await world.vehicle()}]
    return {"trader": world.anne.company_id, "vehicles": vehicles, "entity": world.entity}


async def change(world: World) -> dict[str, Any]:
    return {"extras": [{"kind": "fees", "amount": "10"}], "version": 1}


async def reason(world: World) -> dict[str, Any]:
    return WHY


async def free_vehicle(world: World) -> dict[str, Any]:
    return {"vehicles": [{"id": await world.vehicle()}]}


async def order_form(world: World) -> dict[str, Any]:
    return an_order(world)


async def delivery_form(world: World) -> dict[str, Any]:
    return {"scheduled_at": soon(world)}


async def report(world: World) -> dict[str, Any]:
    return {"honoured": True, "report": "Remis au client."}


async def by_hand(world: World) -> dict[str, Any]:
    place = {"delivery_site": world.site, "physical_site": world.site}
    return {"seller": "Jean", "client": "Anne et fils", "date": soon(world), **place}


async def invoice(world: World) -> dict[str, Any]:
    order = await placed(world)
    return {"number": f"F-{order['id']}", "date": "2025-03-02", "order": order["id"]}


READ = (401, 403, 403, 200, 404, 404, 200)
DONE = (401, 403, 403, 403, 404, 404, 200)
MADE = (401, 403, 403, 403, 404, 404, 201)
PAPER = (401, 200, 404, 200, 404, 404, 200)
NO_RESERVED = (401, 403, 403, 403, 404, 404, 409)

CASES = {
    "GET /api/offers": Case(DEALERS),
    "POST /api/offers": Case((401, 403, 403, 403, 403, 403, 201), body=offer_form),
    "GET /api/offers/{id}": Case(READ, in_progress),
    "PATCH /api/offers/{id}": Case(DONE, in_progress, change),
    "POST /api/offers/{id}/validation": Case(DONE, in_progress),
    "POST /api/offers/{id}/sending": Case(DONE, in_progress),
    "POST /api/offers/{id}/abandonment": Case(DONE, in_progress, reason),
    "POST /api/offers/{id}/duplicate": Case(MADE, over),
    "POST /api/offers/{id}/vehicles": Case(NO_RESERVED, in_progress, free_vehicle),
    "DELETE /api/offers/{id}/vehicles/{vehicle}": Case(DONE, vehicle_of_an_offer),
    "POST /api/offers/{id}/order": Case(MADE, ready, order_form),
    "GET /api/offers/{id}/orders": Case(READ, ready),
    "GET /api/orders/{id}": Case(READ, placed),
    "POST /api/orders/{id}/cancellation": Case(DONE, placed, reason),
    "POST /api/orders/{id}/deliveries": Case(MADE, placed, delivery_form),
    "GET /api/deliveries": Case(DEALERS),
    "GET /api/deliveries/due": Case(DEALERS),
    "POST /api/deliveries/{id}/declaration": Case(DONE, under_way, report),
    "POST /api/vehicles/{id}/manual-delivery": Case(MADE, kept_vehicle, by_hand),
    "POST /api/invoices": Case(MADE, body=invoice),
    "GET /api/purchases": Case((401, 200, 200, 403, 403, 403, 403)),
    "GET /api/purchases/{offer}": Case((401, 200, 404, 403, 403, 403, 403), bought),
    "GET /api/traders/{id}/purchases": Case((401, 403, 403, 200, 200, 404, 200), buyer),
    "GET /api/offers/{id}/paper.pdf": Case(PAPER, sent),
    "GET /api/orders/{id}/paper.pdf": Case(PAPER, placed),
    "GET /api/deliveries/{id}/note.pdf": Case(PAPER, under_way),
}
