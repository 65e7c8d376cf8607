"""A live socket lasts no longer than the session that it came by (§1.5): in virtual time, and once on the wire."""

import asyncio
from typing import Any, cast

import pytest
from websockets.exceptions import ConnectionClosed

from engine.instants import SECOND, Instant
from server.caller import Caller, Role
from server.live.messages import Limits
from server.live.outbox import Outbox
from server.live.presence import Presence
from server.live.session import Doors, Session
from server.settings import DAY_SECONDS
from tests.server.houses import PASSWORD, Copies, peopled
from tests.server.slow_socket import SlowSocket
from tests.simulation.virtual_loop import LoopClock, VirtualLoop, elapse, run_virtually

ORIGIN: Instant = 1_700_000_000 * SECOND
EXPIRES_AT = ORIGIN + 30 * DAY_SECONDS * SECOND


class SlowClock(LoopClock):
    """Runs behind the loop, by one second in a day: its timers are early."""

    def now(self) -> Instant:
        return super().now() - (super().now() - ORIGIN) // DAY_SECONDS


def session_of(clock: LoopClock, expires_at: Instant | None) -> tuple[Session, SlowSocket, Presence]:
    socket, presence = SlowSocket(), Presence()
    caller = Caller(1, "Anne", Role.TRADER, "Anne et fils", "s", expires_at=expires_at, trader="101")
    doors = Doors(cast(Any, None), presence, clock, Limits())
    session = Session(caller, doors, Outbox(socket, asyncio.get_running_loop()))
    session.open()
    return session, socket, presence


@pytest.mark.parametrize("kind", [LoopClock, SlowClock])
def test_a_socket_is_closed_when_its_session_expires_and_not_before(kind: type[LoopClock]) -> None:
    """§1.5: with 4401, for signing in again is what helps; whatever the timers think of the time."""
    loop = VirtualLoop()
    clock = kind(loop, ORIGIN)

    async def story() -> None:
        _, socket, presence = session_of(clock, EXPIRES_AT)
        while clock.now() < EXPIRES_AT - 10 * SECOND:
            assert socket.closed_with is None
            await elapse((EXPIRES_AT - clock.now()) / SECOND - 9.5)
        assert (socket.closed_with, len(presence)) == (None, 1)
        await elapse(20)
        assert (socket.closed_with, len(presence)) == (4401, 0)
        assert socket.written[-1] == {
            "type": "bye",
            "code": 4401,
            "reason": "the session has expired",
            "reconnect_after": None,
        }

    run_virtually(story(), loop)


def test_a_socket_of_a_token_has_no_end_and_one_that_is_closed_waits_for_none() -> None:
    loop = VirtualLoop()

    async def story() -> None:
        _, by_token, _ = session_of(LoopClock(loop, ORIGIN), None)
        session, left, _ = session_of(LoopClock(loop, ORIGIN), EXPIRES_AT)
        session.closed()
        await elapse(31 * DAY_SECONDS)
        assert (by_token.closed_with, left.closed_with) == (None, None)

    run_virtually(story(), loop)


async def test_an_expired_session_closes_its_socket_on_the_wire(copies: Copies) -> None:
    """§1.5."""
    async with peopled(copies(), session_seconds=1) as world:
        signed_in = await world.http.post("/api/sessions", json={"email": world.anne.email, "password": PASSWORD})
        cookie = {"Cookie": signed_in.headers["Set-Cookie"].partition(";")[0]}
        async with world.live(headers=cookie) as anne:
            assert (await anne.hear_of("bye"))["code"] == 4401
            with pytest.raises(ConnectionClosed):
                await anne.hear()
