"""The routes that change an auction before its start."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.server.houses import World
from tests.server.rights.case import Case


async def scheduled(world: World) -> dict[str, int]:
    starts_at = (datetime.now(UTC) + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    return {"id": (await world.auction(starts_at=starts_at))["id"]}


async def shorter(_: World) -> dict[str, Any]:
    return {"version": 1, "duration_seconds": 300}


CASES = {
    "PATCH /api/auctions/{id}": Case((401, 403, 403, 403, 404, 404, 200), scheduled, shorter),
}
