"""The routes of traders."""

import itertools
from typing import Any

from persistence.audit import By
from persistence.traders.connections import connect, connections_with
from persistence.traders.invitations import NewInvitation, invite
from persistence.traders.mailing_lists import add_mailing_list
from server.http.traders.invitations import new_link
from tests.server.houses import World
from tests.server.rights.case import ANYONE, DEALERS, Case

numbers = itertools.count(1)

TRADERS = (401, 200, 200, 403, 403, 403, 403)
OF_THE_ENTITY = (401, 403, 403, 200, 404, 404, 200)


async def mailing_list(world: World) -> dict[str, int]:
    made = await add_mailing_list(world.database, world.entity, f"Liste {next(numbers)}", (world.anne.company_id,))
    assert isinstance(made, int)
    return {"id": made}


async def list_form(world: World) -> dict[str, Any]:
    return {"title": f"Marchands {next(numbers)}", "traders": [world.anne.company_id]}


async def changed_list(world: World) -> dict[str, Any]:
    return {"version": 1, **await list_form(world)}


async def new_list(world: World) -> dict[str, Any]:
    return {"entity": world.entity, **await list_form(world)}


async def connection(world: World) -> dict[str, int]:
    await connect(world.database, world.entity, world.stranger.company_id, world.running.doors.clock.now())
    held = await connections_with(world.database, world.stranger.company_id, [world.entity])
    return {"id": held[0].id}


async def trader(world: World) -> dict[str, int]:
    return {"id": world.anne.company_id}


async def representative(world: World) -> dict[str, Any]:
    return {"legal_representative": "Anne Dupont"}


async def card(world: World) -> dict[str, Any]:
    return {"legal_name": "Nouvelle SARL", "siret": "73282932000074"}


async def sent(world: World) -> tuple[int, str]:
    now = world.running.doors.clock.now()
    link, email = new_link(now), f"case{next(numbers)}@example.test"
    new = NewInvitation(entity_ids=(world.entity,), trader_id=None, email=email, language="fr", company={})
    made = await invite(world.database, new, link, By(world.dealer.user_id, now))
    assert isinstance(made, int)
    return made, link.secret


async def invitation(world: World) -> dict[str, int]:
    return {"id": (await sent(world))[0]}


async def followed(world: World) -> dict[str, Any]:
    return {"token": (await sent(world))[1]}


async def invitation_form(world: World) -> dict[str, Any]:
    return {"entities": [world.entity], "email": f"case{next(numbers)}@example.test"}


CASES: dict[str, Case] = {
    "GET /api/mailing-lists": Case(DEALERS),
    "POST /api/mailing-lists": Case((401, 403, 403, 403, 403, 403, 201), body=new_list),
    "GET /api/mailing-lists/{id}": Case(OF_THE_ENTITY, mailing_list),
    "PUT /api/mailing-lists/{id}": Case((401, 403, 403, 403, 404, 404, 200), mailing_list, changed_list),
    "DELETE /api/mailing-lists/{id}": Case((401, 403, 403, 403, 404, 404, 204), mailing_list),
    "GET /api/audiences": Case((401, 403, 403, 422, 422, 422, 422)),  # it needs an entity
    "GET /api/connections": Case(DEALERS),
    "DELETE /api/connections/{id}": Case((401, 403, 403, 403, 404, 404, 204), connection),
    "GET /api/traders": Case(DEALERS),
    "POST /api/traders": Case((401, 403, 403, 403, 201, 409, 409), body=card),  # the first makes it
    "GET /api/traders/{id}": Case((401, 403, 403, 200, 200, 404, 200), trader),  # the holding knows it
    "PATCH /api/traders/{id}": Case((401, 403, 403, 403, 403, 404, 200), trader, representative),
    "GET /api/companies": Case((401, 403, 403, 422, 422, 422, 422)),  # it needs a SIRET
    "GET /api/bidders": Case(DEALERS),
    "GET /api/company": Case(TRADERS),
    "PATCH /api/company": Case(TRADERS, body=representative),
    "GET /api/invitations": Case((401, 403, 403, 403, 200, 200, 200)),
    "POST /api/invitations": Case((401, 403, 403, 403, 403, 403, 201), body=invitation_form),
    "POST /api/invitations/{id}/sending": Case((401, 403, 403, 403, 404, 404, 200), invitation),
    "DELETE /api/invitations/{id}": Case((401, 403, 403, 403, 404, 404, 204), invitation),
    "POST /api/invitation-links": Case(ANYONE, body=followed),
    "POST /api/invitation-links/acceptance": Case((422, 200, 410, 410, 410, 410, 410), body=followed),  # once
    "GET /api/dealers": Case(TRADERS),
}
