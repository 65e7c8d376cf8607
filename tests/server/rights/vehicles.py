"""The routes of vehicles: the card, the life line, the catalogue, an entity's settings."""

from typing import Any

from tests.server.houses import World
from tests.server.rights.case import DEALERS, Case


async def vehicle(world: World) -> dict[str, int]:
    return {"id": await world.vehicle()}


async def entity(world: World) -> dict[str, int]:
    return {"id": world.entity}


async def new_card(world: World) -> dict[str, Any]:
    return {"make": "Renault", "model": "Clio", "site": world.site}


async def change(world: World) -> dict[str, Any]:
    return {"revision": 1, "colour": "Bleu"}


async def status(world: World) -> dict[str, Any]:
    return {"status": "sales_stock"}


async def why(world: World) -> dict[str, Any]:
    return {"reason": "waits for a part"}


async def muted(world: World) -> dict[str, Any]:
    return {"muted": True}


async def settings(world: World) -> dict[str, Any]:
    return {"saleable_from": "sales_stock"}


OWN = (401, 403, 403, 200, 404, 404, 200)
WITH_THE_RIGHT = (401, 403, 403, 403, 404, 404, 200)

CASES: dict[str, Case] = {
    "POST /api/vehicles": Case((401, 403, 403, 403, 422, 422, 201), body=new_card),
    "GET /api/vehicles/{id}": Case(OWN, vehicle),
    "PATCH /api/vehicles/{id}": Case(WITH_THE_RIGHT, vehicle, change),
    "POST /api/vehicles/{id}/status": Case(WITH_THE_RIGHT, vehicle, status),
    "DELETE /api/vehicles/{id}/reservation": Case((401, 403, 403, 403, 404, 404, 409), vehicle),
    "POST /api/vehicles/{id}/stock-reason": Case(WITH_THE_RIGHT, vehicle, why),
    "POST /api/vehicles/{id}/mute": Case(WITH_THE_RIGHT, vehicle, muted),
    "GET /api/entities/{id}/stock-settings": Case(OWN, entity),
    "PUT /api/entities/{id}/stock-settings": Case(WITH_THE_RIGHT, entity, settings),
    "GET /api/catalogue/makes": Case(DEALERS),
    "GET /api/catalogue/models": Case((401, 403, 403, 422, 422, 422, 422)),
}
