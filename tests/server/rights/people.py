"""The routes of people."""

import itertools
from typing import Any

from engine.rights import Grant
from persistence.audit import By
from persistence.people import registry as people
from persistence.people import user_groups
from persistence.people.registry import NewUser
from server.auth.identification import new_secret
from tests.server.houses import PASSWORD, QUICK, World
from tests.server.rights.case import DEALERS, SIGNED_IN, Case

_numbers = itertools.count(1)
OF_THE_ENTITY = (401, 403, 403, 200, 404, 404, 200)
MANAGED = (401, 403, 403, 403, 404, 404, 200)
MANAGED_AND_GONE = (401, 403, 403, 403, 404, 404, 204)
GIVEN = (401, 403, 403, 403, 422, 422, 201)
"""Whoever names an entity that is not its own names nothing."""


async def group(world: World) -> dict[str, int]:
    async with world.database.acquire() as connection:
        found: int = await connection.fetchval("SELECT group_id FROM entities WHERE id = $1", world.entity)
    return {"id": found}


async def entity(world: World) -> dict[str, int]:
    return {"id": world.entity}


async def site(world: World) -> dict[str, int]:
    return {"id": world.site}


async def colleague(world: World) -> dict[str, int]:
    user = NewUser(
        email=f"colleague{next(_numbers)}@example.test", name="Chloé Petit", password_hash=QUICK.hash(PASSWORD)
    )
    made = await people.add_dealer(world.database, (world.entity,), user, rights=frozenset({"manage_stock"}))
    assert isinstance(made, int)
    return {"id": made}


async def employment(world: World) -> dict[str, int]:
    return {**await colleague(world), "entity": world.entity}


async def user_group(world: World) -> dict[str, int]:
    by = By(world.dealer.user_id, world.running.doors.clock.now())
    made = await user_groups.create_user_group(
        world.database, by, world.entity, f"Équipe {next(_numbers)}", Grant(), shared=False
    )
    assert isinstance(made, int)
    return {"id": made}


async def member(world: World) -> dict[str, int]:
    made = await user_group(world)
    who = await colleague(world)
    body = {"user": who["id"], "entity": world.entity}
    added = await world.http.post(f"/api/user-groups/{made['id']}/members", json=body, headers=world.dealer.bearer)
    assert added.status_code == 200, added.text
    return {**made, "user": who["id"]}


async def invitation(world: World) -> dict[str, int]:
    made = await world.http.post("/api/user-invitations", json=await invited(world), headers=world.dealer.bearer)
    return {"id": made.json()["id"]}


async def no_session(world: World) -> dict[str, int]:
    return {"id": 10**9}


async def nothing(world: World) -> dict[str, Any]:
    return {}


async def taken_name(world: World) -> dict[str, Any]:
    return {"beside": world.entity, "name": "Concession Nord"}


async def taken_site(world: World) -> dict[str, Any]:
    return {"entity": world.entity, "name": "Lille"}


async def fresh_group(world: World) -> dict[str, Any]:
    return {"entity": world.entity, "name": f"Vendeurs {next(_numbers)}", "preset": "seller"}


async def fresh_member(world: World) -> dict[str, Any]:
    return {"user": (await colleague(world))["id"], "entity": world.entity}


async def invited(world: World) -> dict[str, Any]:
    return {"email": f"new{next(_numbers)}@example.test", "entity": world.entity}


async def unknown_secret(world: World) -> dict[str, Any]:
    return {"secret": new_secret()}


async def unknown_reset(world: World) -> dict[str, Any]:
    return {"secret": new_secret(), "password": PASSWORD}


async def forgotten(world: World) -> dict[str, Any]:
    return {"email": "nobody.at.all@example.test"}


async def wrong_password(world: World) -> dict[str, Any]:
    return {"current": "wrong", "new": PASSWORD}


CASES: dict[str, Case] = {
    "GET /api/groups": Case(DEALERS),
    "PATCH /api/groups/{id}": Case((401, 403, 403, 403, 200, 404, 200), group, nothing),  # of the same holding
    "GET /api/entities": Case(DEALERS),
    "POST /api/entities": Case((401, 403, 403, 403, 422, 422, 409), body=taken_name),
    "GET /api/entities/{id}": Case(OF_THE_ENTITY, entity),
    "PATCH /api/entities/{id}": Case(MANAGED, entity, nothing),
    "POST /api/sites": Case((401, 403, 403, 403, 422, 422, 409), body=taken_site),
    "GET /api/sites/{id}": Case(OF_THE_ENTITY, site),
    "PATCH /api/sites/{id}": Case(MANAGED, site, nothing),
    "GET /api/rights": Case(DEALERS),
    "GET /api/users": Case(DEALERS),
    "GET /api/users/{id}": Case(OF_THE_ENTITY, colleague),
    "PATCH /api/users/{id}": Case(MANAGED, colleague, nothing),
    "PUT /api/users/{id}/entities/{entity}": Case(MANAGED, employment, nothing),
    "DELETE /api/users/{id}/entities/{entity}": Case((401, 403, 403, 403, 404, 404, 409), employment),
    "POST /api/users/{id}/deactivation": Case(MANAGED_AND_GONE, colleague),
    "POST /api/users/{id}/reactivation": Case(MANAGED_AND_GONE, colleague),
    "GET /api/user-groups": Case(DEALERS),
    "POST /api/user-groups": Case(GIVEN, body=fresh_group),
    "GET /api/user-groups/{id}": Case(OF_THE_ENTITY, user_group),
    "PATCH /api/user-groups/{id}": Case(MANAGED, user_group, nothing),
    "DELETE /api/user-groups/{id}": Case(MANAGED_AND_GONE, user_group),
    "POST /api/user-groups/{id}/members": Case(MANAGED, user_group, fresh_member),
    "DELETE /api/user-groups/{id}/members/{user}": Case(MANAGED_AND_GONE, member),
    "POST /api/user-invitations": Case(GIVEN, body=invited),
    "GET /api/user-invitations": Case(DEALERS),
    "DELETE /api/user-invitations/{id}": Case(MANAGED_AND_GONE, invitation),
    "POST /api/user-invitations/reading": Case((410,) * 7, body=unknown_secret),
    "POST /api/user-invitations/acceptance": Case((410,) * 7, body=unknown_secret),
    "POST /api/password-resets": Case((202,) * 7, body=forgotten),
    "POST /api/password-resets/completion": Case((410,) * 7, body=unknown_reset),
    "PATCH /api/me": Case(SIGNED_IN, body=nothing),
    "PUT /api/me/password": Case((401, 422, 422, 422, 422, 422, 422), body=wrong_password),
    "GET /api/sessions": Case(SIGNED_IN),
    "DELETE /api/sessions": Case((401, 204, 204, 204, 204, 204, 204)),
    "DELETE /api/sessions/{id}": Case((401, 404, 404, 404, 404, 404, 404), no_session),
}
