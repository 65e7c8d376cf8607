"""Signing in, auctions and what they are made of."""

from typing import Any

from tests.server.houses import PASSWORD, World
from tests.server.rights.case import ANYONE, DEALERS, SIGNED_IN, Case


async def auction(world: World) -> dict[str, int]:
    return {"id": (await world.auction())["id"]}


async def lot(world: World) -> dict[str, int]:
    made = await world.auction()
    return {"id": made["id"], "number": made["lots"][0]["number"]}


async def token(world: World) -> dict[str, int]:
    return {"id": 10**9}


async def form(world: World) -> dict[str, Any]:
    vehicles = [{"id": await world.vehicle()}]
    sold = {"kind": "lot", "vehicles": vehicles, "duration_seconds": 60, "minimum_increment": "50"}
    return {**sold, "entity": world.entity, "site": world.site}


async def reason(world: World) -> dict[str, Any]:
    return {"reason": "the engine was replaced"}


async def name(world: World) -> dict[str, Any]:
    return {"name": "robot"}


async def credentials(world: World) -> dict[str, Any]:
    return {"email": world.bruno.email, "password": PASSWORD}


OF_THE_AUCTION = (401, 200, 404, 200, 404, 404, 200)

CASES = {
    "POST /api/sessions": Case((201,) * 7, body=credentials),
    "GET /api/sessions/current": Case((200,) * 7),
    "DELETE /api/sessions/current": Case((401, 204, 204, 204, 204, 204, 204)),
    "GET /api/me": Case(SIGNED_IN),
    "GET /api/tokens": Case(SIGNED_IN),
    "POST /api/tokens": Case((401, 403, 403, 403, 403, 403, 403), body=name),  # by a session only
    "DELETE /api/tokens/{id}": Case((401, 404, 404, 404, 404, 404, 404), token),
    "GET /api/auctions": Case(SIGNED_IN),
    "GET /api/auctions/{id}": Case(OF_THE_AUCTION, auction),
    "GET /api/auctions/{id}/history": Case(OF_THE_AUCTION, auction),
    "GET /api/auctions/{id}/synthesis": Case((401, 403, 403, 200, 404, 404, 200), auction),
    "POST /api/auctions": Case((401, 403, 403, 403, 403, 403, 201), body=form),
    "POST /api/auctions/{id}/cancellation": Case((401, 403, 403, 403, 404, 404, 200), auction),
    "POST /api/auctions/{id}/lots/{number}/sale-cancellation": Case((401, 403, 403, 403, 404, 404, 409), lot, reason),
    "GET /api/vehicles": Case(DEALERS),
    "GET /api/sites": Case(DEALERS),
    "GET /api/demo": Case((404,) * 7),
    "GET /healthz": Case(ANYONE),
    "GET /readyz": Case(ANYONE),
    "GET /metrics": Case(ANYONE),
}
