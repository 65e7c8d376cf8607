"""The routes of traders."""

import itertools
from typing import Any

from persistence.connections import connect, connections_with
from persistence.mailing_lists import add_mailing_list
from tests.server.houses import World
from tests.server.rights.case import DEALERS, Case

numbers = itertools.count(1)

OF_THE_ENTITY = (401, 403, 403, 200, 404, 404, 200)


async def mailing_list(world: World) -> dict[str, int]:
    made = await add_mailing_list(world.database, world.entity, f"Liste {next(numbers)}", (world.anne.company_id,))
    assert isinstance(made, int)
    return {"id": made}


async def list_form(world: World) -> dict[str, Any]:
    return {"title": f"Marchands {next(numbers)}", "traders": [world.anne.company_id]}


async def new_list(world: World) -> dict[str, Any]:
    return {"entity": world.entity, **await list_form(world)}


async def connection(world: World) -> dict[str, int]:
    await connect(world.database, world.entity, world.stranger.company_id, world.running.doors.clock.now())
    held = await connections_with(world.database, world.stranger.company_id, [world.entity])
    return {"id": held[0].id}


CASES: dict[str, Case] = {
    "GET /api/mailing-lists": Case(DEALERS),
    "POST /api/mailing-lists": Case((401, 403, 403, 403, 403, 403, 201), body=new_list),
    "GET /api/mailing-lists/{id}": Case(OF_THE_ENTITY, mailing_list),
    "PUT /api/mailing-lists/{id}": Case((401, 403, 403, 403, 404, 404, 200), mailing_list, list_form),
    "DELETE /api/mailing-lists/{id}": Case((401, 403, 403, 403, 404, 404, 204), mailing_list),
    "GET /api/audiences": Case((401, 403, 403, 422, 422, 422, 422)),  # it needs an entity
    "GET /api/connections": Case(DEALERS),
    "DELETE /api/connections/{id}": Case((401, 403, 403, 403, 404, 404, 204), connection),
    "GET /api/dealers": Case((401, 200, 200, 403, 403, 403, 403)),
}
