"""Who comes in on the live wire while its rights change or its login ends: never with what it had (§1.3, §1.5).

The door is the house's own; the test only stands between the book's answer and the accept.
"""

from collections.abc import Awaitable, Callable

import httpx
import pytest
from starlette.websockets import WebSocket
from websockets.exceptions import ConnectionClosed

from server.caller import Caller
from server.errors import DoorCode
from server.live.door import live_endpoint
from server.live.messages import Limits
from server.live.session import Doors
from tests.server.houses import PASSWORD, Talk, World
from tests.server.live_door import opened


async def farewell(world: World, headers: dict[str, str], meanwhile: Callable[[], Awaitable[None]]) -> tuple[str, int]:
    """Why somebody who comes in while this happens is sent away again, and with which close code."""
    running = world.running

    async def identify(websocket: WebSocket) -> Caller | DoorCode:
        caller = await running.doors.identification.of_socket(websocket)
        await meanwhile()
        return caller

    live = Doors(running.house, running.presence, running.doors.clock, Limits())
    async with (
        opened(endpoint=live_endpoint(live, identify)) as door,
        door.connect(additional_headers=headers, origin=None) as socket,
    ):
        talk = Talk(socket)
        bye = await talk.hear_of("bye")
        with pytest.raises(ConnectionClosed) as closed:
            await talk.hear()
        assert closed.value.rcvd is not None
        return bye["reason"], closed.value.rcvd.code


def good(answer: httpx.Response) -> None:
    assert answer.status_code < 300, answer.text


async def test_whose_rights_change_on_the_way_in_is_told_to_come_back(world: World) -> None:
    """§1.3: the book had answered with the old ones already."""

    async def change() -> None:
        path = f"/api/users/{world.idle_dealer.user_id}/entities/{world.entity}"
        good(await world.http.put(path, json={"preset": "seller"}, headers=world.dealer.bearer))

    assert await farewell(world, world.idle_dealer.bearer, change) == ("your rights changed", 4001)


async def test_who_signs_out_on_the_way_in_is_out(world: World) -> None:
    """§1.5."""
    body = {"email": world.anne.email, "password": PASSWORD}
    signed_in = await world.http.post("/api/sessions", json=body)
    cookie = {"Cookie": signed_in.headers["Set-Cookie"].partition(";")[0]}
    world.http.cookies.clear()

    async def sign_out() -> None:
        good(await world.http.delete("/api/sessions/current", headers=cookie))

    assert await farewell(world, cookie, sign_out) == ("signed out", 4409)
