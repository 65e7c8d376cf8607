"""The live door: a WebSocket at /live becomes a session, if it is one of ours.

Signing in is the caller's business of `identify`; the origin of a page's socket is checked before it. Rights that
change while somebody comes in count as if they had changed just after. After the accept nothing of ASGI is left: the
session hangs on its socket.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.websockets import WebSocket

from server.caller import Caller
from server.errors import CloseCode, DoorCode, sentence
from server.live.edge import live_socket
from server.live.frames import text_frame
from server.live.messages import PROTOCOL, Bye, encode
from server.live.outbox import HIGH_BYTES, LOW_BYTES, Outbox
from server.live.presence import Arrival
from server.live.session import RECONNECT_SECONDS, Doors, Session

Identify: TypeAlias = Callable[[WebSocket], Awaitable[Caller | DoorCode]]

_CLOSE_CODES = {
    DoorCode.NOT_SIGNED_IN: CloseCode.NOT_SIGNED_IN,
    DoorCode.FOREIGN_ORIGIN: CloseCode.NOT_ALLOWED,
    DoorCode.UNAVAILABLE: CloseCode.GOING_DOWN,
}


def live_endpoint(doors: Doors, identify: Identify) -> Callable[[WebSocket], Awaitable[None]]:
    """The endpoint of /live."""

    async def live(websocket: WebSocket) -> None:
        with doors.presence.arriving() as arrival:
            await let_in(websocket, arrival)

    async def let_in(websocket: WebSocket, arrival: Arrival) -> None:
        caller = await identify(websocket)
        offered = websocket.scope.get("subprotocols", [])
        if offered and PROTOCOL not in offered:
            caller = DoorCode.NOT_ALLOWED
        await websocket.accept(subprotocol=PROTOCOL if PROTOCOL in offered else None)
        socket = live_socket(websocket.scope)
        if isinstance(caller, DoorCode):
            code = _CLOSE_CODES.get(caller, CloseCode.NOT_ALLOWED)
            after = RECONNECT_SECONDS if code is CloseCode.GOING_DOWN else None
            socket.attach(on_text=_ignore, on_fault=_ignore, on_closed=_ignore, on_writable=_do_nothing)
            socket.write(text_frame(encode(Bye(code, sentence(caller), after))))
            socket.close(code, caller)
            return
        socket.set_write_limits(high_bytes=HIGH_BYTES, low_bytes=LOW_BYTES)
        outbox = Outbox(socket, asyncio.get_running_loop())
        session = Session(caller, doors, outbox)
        socket.attach(
            on_text=session.receive, on_fault=session.fault, on_closed=session.closed, on_writable=outbox.writable
        )
        session.open()
        doors.presence.settle(arrival, session)

    return live


def _ignore(_: object) -> None:
    """Nobody is there to hear it."""


def _do_nothing() -> None:
    """Nothing waits to be sent."""
