"""Invitations go to strangers: each entity sends so many within an hour, and so many of them to one address (§2.2)."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from engine.instants import SECOND
from server.auth.throttle import (
    INVITATIONS_PER_ADDRESS,
    INVITATIONS_PER_ENTITY,
    INVITATIONS_SECONDS,
    InvitationThrottle,
)
from tests.server.houses import Copies, World, peopled

NOW = 1_700_000_000 * SECOND
ADDRESS = "new@example.test"


@pytest.fixture
async def world(copies: Copies) -> AsyncIterator[World]:
    """A house of each test's own: what was sent counts."""
    async with peopled(copies()) as it:
        yield it


async def post(world: World, path: str, body: Any = None) -> httpx.Response:
    return await world.http.post(f"/api/{path}", json=body, headers=world.dealer.bearer)


def throttled(answer: httpx.Response) -> bool:
    if answer.status_code != 429:
        return False
    assert answer.json()["error"]["code"] == "too_many_attempts"
    assert "Trop d’invitations" in answer.json()["error"]["message"]
    assert 0 < int(answer.headers["Retry-After"]) <= INVITATIONS_SECONDS
    return True


async def test_one_address_is_written_to_so_often_however_it_is_invited(world: World) -> None:
    """§2.2: sent again, withdrawn and sent anew, or asked as a colleague; another address is another."""
    body = {"entities": [world.entity], "email": ADDRESS}
    sent = (await post(world, "invitations", body)).json()["id"]
    for _ in range(INVITATIONS_PER_ADDRESS - 2):
        assert (await post(world, f"invitations/{sent}/sending")).status_code == 200
    assert (await post(world, "invitations", body)).status_code == 409  # nothing was sent: it does not count
    await world.http.delete(f"/api/invitations/{sent}", headers=world.dealer.bearer)
    again = await post(world, "invitations", {**body, "email": ADDRESS.upper()})
    assert again.status_code == 201
    assert throttled(await post(world, f"invitations/{again.json()['id']}/sending"))
    colleague = {"email": ADDRESS, "entity": world.entity, "preset": "seller"}
    assert throttled(await post(world, "user-invitations", colleague))
    assert (await post(world, "invitations", {**body, "email": "other@example.test"})).status_code == 201
    async with world.database.acquire() as connection:
        mails = await connection.fetchval("SELECT count(*) FROM notices WHERE email = $1", ADDRESS)
    assert mails == INVITATIONS_PER_ADDRESS


async def test_an_entity_sends_so_many_within_an_hour(world: World) -> None:
    """§2.2."""
    throttle, now = world.running.doors.invitation_throttle, world.running.doors.clock.now()
    for number in range(INVITATIONS_PER_ENTITY - 1):
        assert throttle.take([world.entity], f"{number}@example.test", now) == 0
    body = {"entities": [world.entity], "email": ADDRESS}
    assert (await post(world, "invitations", body)).status_code == 201
    assert throttled(await post(world, "invitations", {**body, "email": "other@example.test"}))
    assert throttled(await post(world, "user-invitations", {"email": "o@example.test", "entity": world.entity}))


def test_a_mail_counts_for_each_entity_that_it_names_until_the_hour_is_over() -> None:
    it = InvitationThrottle()
    for _ in range(INVITATIONS_PER_ADDRESS):
        assert it.take([1, 2], ADDRESS, NOW) == 0
    assert it.take([2, 3], ADDRESS, NOW + SECOND) == INVITATIONS_SECONDS - 1
    assert it.take([3], ADDRESS, NOW + SECOND) == 0  # refused, it counted for nobody
    it.give_back([1, 2], ADDRESS, NOW)
    assert it.take([2], ADDRESS, NOW + SECOND) == 0
    assert it.take([2], ADDRESS, NOW + SECOND) > 0
    assert it.take([2], ADDRESS, NOW + INVITATIONS_SECONDS * SECOND) == 0
