"""Notifications, dead letters, and a demonstration's mail."""

from typing import Any

from tests.server.houses import World
from tests.server.rights.case import SIGNED_IN, Case


async def everything(world: World) -> dict[str, Any]:
    return {"all": True}


async def nobodys(world: World) -> dict[str, int]:
    return {"id": 10**9}


CASES = {
    "GET /api/notifications": Case(SIGNED_IN),
    "POST /api/notifications/read": Case(SIGNED_IN, body=everything),
    "GET /api/dead-letters": Case((401, 403, 403, 403, 200, 200, 200)),
    "POST /api/dead-letters/{id}/retry": Case((401, 403, 403, 403, 404, 404, 404), nobodys),
    "GET /api/demo/mails": Case((404,) * 7),
    "GET /api/demo/mails/{id}": Case((404,) * 7, nobodys),
    "GET /demo/mails": Case((404,) * 7),
    "GET /demo/mails/{id}": Case((404,) * 7, nobodys),
}
