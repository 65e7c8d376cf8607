"""The edge: where a connection becomes a live socket, and the one heartbeat of all of them.

This is uvicorn's `ws=` protocol. Handshake, routing, sign-in and accept stay with the ASGI application: its endpoint
accepts, takes its LiveSocket from the scope (`live_socket(scope)`), attaches its callbacks and returns. The connection
stays; the task, the scope and everything else of the handshake are gone.
Built on `websockets.server.ServerProtocol`, which is public; of uvicorn it needs only how it makes a `ws=` class, its
`connection_made`, `data_received` and `shutdown` (tests/server/test_edge.py holds uvicorn to that).
permessage-deflate is never accepted: it costs three times the CPU, and ready-made frames are not compressed.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from http import HTTPStatus
from typing import Any, ClassVar, Final, cast
from urllib.parse import unquote

from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.datastructures import Headers
from websockets.frames import CloseCode
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from server.live.live_socket import HOSTILE_MESSAGE_BYTES, MALFORMED, MESSAGE_BYTES, TOO_LARGE, LiveSocket

__all__ = [
    "HOSTILE_MESSAGE_BYTES",
    "MALFORMED",
    "MESSAGE_BYTES",
    "TOO_LARGE",
    "Edge",
    "LiveSocket",
    "live_socket",
    "websocket_settings",
]

HEARTBEAT_SECONDS: Final = 25.0
HEARTBEAT_SLOTS: Final = 25
"""The heartbeat's wheel: each turn visits one slot of sockets, so that pings never come as a flood."""

_EXTENSION: Final = "adjuge.edge"
_DENIAL_EXTENSION: Final = "websocket.http.response"

_log = logging.getLogger("adjuge.edge")

_Message = MutableMapping[str, Any]  # an ASGI event


def live_socket(scope: Mapping[str, Any]) -> LiveSocket:
    """The live socket of an ASGI WebSocket scope, to be attached after the accept. KeyError: not our `ws=` below."""
    return cast(LiveSocket, scope["extensions"][_EXTENSION])


def websocket_settings(edge: "Edge") -> dict[str, Any]:
    """What uvicorn.Config must be told about sockets: our protocol class, no ping and no deflate of its own."""
    return {
        "ws": type("Handshake", (_Handshake,), {"edge": edge}),
        "ws_ping_interval": None,
        "ws_per_message_deflate": False,
        "ws_max_size": HOSTILE_MESSAGE_BYTES,
    }


class Edge:
    """All live sockets of this process, and their one heartbeat.

    uvicorn does not know these sockets, so its own shutdown leaves them alone: whoever stops the house drains them
    (close each, then `await emptied()`) before the lifespan ends.
    """

    def __init__(self, heartbeat_seconds: float = HEARTBEAT_SECONDS) -> None:
        self._turn_seconds = heartbeat_seconds / HEARTBEAT_SLOTS
        self._wheel: tuple[set[LiveSocket], ...] = tuple(set() for _ in range(HEARTBEAT_SLOTS))
        self._next_slot = 0
        self._turn = 0
        self._timer: asyncio.TimerHandle | None = None
        self._count = 0
        self._emptied: asyncio.Event | None = None

    def __len__(self) -> int:
        """How many sockets are attached and not yet lost, those that are closing included."""
        return self._count

    def __iter__(self) -> Iterator[LiveSocket]:
        """These sockets, as of now."""
        return iter([socket for slot in self._wheel for socket in slot])

    async def emptied(self) -> None:
        """Wait until the last socket is lost. Bounded by CLOSE_WAIT_SECONDS once all have been closed."""
        if self._count:
            self._emptied = self._emptied or asyncio.Event()
            await self._emptied.wait()

    def join(self, socket: LiveSocket) -> None:
        """Take a socket into the heartbeat's least recently filled slot."""
        socket.slot = self._next_slot
        self._next_slot = (self._next_slot + 1) % HEARTBEAT_SLOTS
        self._wheel[socket.slot].add(socket)
        self._count += 1
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._turn_seconds, self._visit_next_slot)

    def leave(self, socket: LiveSocket) -> None:
        """Forget a lost socket; one that never joined is nothing to forget."""
        slot = self._wheel[socket.slot]
        if socket in slot:
            slot.remove(socket)
            self._count -= 1
        if self._count == 0:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._emptied is not None:
                self._emptied.set()
                self._emptied = None

    def _visit_next_slot(self) -> None:
        self._turn = (self._turn + 1) % HEARTBEAT_SLOTS
        self._timer = asyncio.get_running_loop().call_later(self._turn_seconds, self._visit_next_slot)
        for socket in tuple(self._wheel[self._turn]):
            socket.beat()


class _Handshake(asyncio.Protocol):
    """One connection between its upgrade and its accept or refusal: one ASGI call, at whose end this is garbage."""

    edge: ClassVar[Edge]

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._config = config
        self._app_state = app_state
        self._connections = cast("set[asyncio.Protocol]", server_state.connections)
        self._tasks = server_state.tasks
        self._default_headers = server_state.default_headers
        self._conn = ServerProtocol(extensions=None, max_size=HOSTILE_MESSAGE_BYTES, logger=_log)
        self._live = LiveSocket(self.edge)
        self._transport: asyncio.Transport = cast(asyncio.Transport, None)  # until connection_made
        self._response: Response | None = None  # the acceptance that awaits the application's word
        self._denial: Response | None = None  # the refusal that the application is writing
        self._connect_told = False
        self._lost = False
        self._settled = False  # accepted, refused or lost: nothing more to answer

    # ------------------------------------------------------------------------------------------------ uvicorn's calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the upgraded connection; until its fate is settled, uvicorn's shutdown may refuse it."""
        self._transport = cast(asyncio.Transport, transport)
        self._connections.add(self)

    def data_received(self, data: bytes) -> None:
        """Take the upgrade request, and start the application on it."""
        self._conn.receive_data(data)
        for event in self._conn.events_received():
            if isinstance(event, Request) and not self._settled:
                self._start(event)
        if self._conn.handshake_exc is not None and not self._settled:
            self._settle()
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio names it
        """The client went before it was answered, or it was refused."""
        self._settled = self._lost = True
        self._connections.discard(self)

    def shutdown(self) -> None:
        """Uvicorn stops: whoever has no answer yet may come back elsewhere."""
        self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    # ------------------------------------------------------------------------------------------ the ASGI conversation

    def _start(self, request: Request) -> None:
        response = self._conn.accept(request)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            self._answer(response)
            self._transport.close()
            return
        self._response = response
        self._transport.pause_reading()  # what comes before the accept waits in the kernel
        task = asyncio.get_running_loop().create_task(self._run(self._scope(request)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _scope(self, request: Request) -> dict[str, Any]:
        path, _, query = request.path.partition("?")
        transport, root = self._transport, self._config.root_path
        offered = ",".join(request.headers.get_all("Sec-WebSocket-Protocol"))
        return {
            "type": "websocket",
            "asgi": {"version": self._config.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "wss" if transport.get_extra_info("sslcontext") else "ws",
            "server": _address(transport.get_extra_info("sockname")),
            "client": _address(transport.get_extra_info("peername")),
            "root_path": root,
            "path": root + unquote(path),
            "raw_path": (root + path).encode("ascii"),
            "query_string": query.encode("ascii"),
            "headers": [(k.lower().encode("ascii"), v.encode("latin-1")) for k, v in request.headers.raw_items()],
            "subprotocols": [name.strip() for name in offered.split(",") if name.strip()],
            "state": self._app_state.copy(),
            "extensions": {_DENIAL_EXTENSION: {}, _EXTENSION: self._live},
        }

    async def _run(self, scope: dict[str, Any]) -> None:
        """Run the application to its end, at which the connection is a live socket, refused or lost."""
        try:
            await self._config.loaded_app(scope, self._receive, self._send)
        except Exception:  # noqa: BLE001 - whatever it is, it is told below and must not sink the server
            if self._lost:
                return  # the client went: nothing that the application can be blamed for
            _log.exception("the live endpoint failed")
            self._live.close(CloseCode.INTERNAL_ERROR)
        self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR)
        if self._live.is_waiting:
            _log.error("the live endpoint accepted a connection and attached nothing to it")
            self._live.close(CloseCode.INTERNAL_ERROR)

    async def _receive(self) -> _Message:
        if self._connect_told:
            raise RuntimeError("a live socket is attached, not received from")
        self._connect_told = True
        return {"type": "websocket.connect"}

    async def _send(self, message: _Message) -> None:
        if self._settled:
            raise ConnectionResetError("the connection is accepted, refused or lost: attach to its live socket")
        match message["type"]:
            case "websocket.accept":
                self._accept(message.get("subprotocol"), message.get("headers", ()))
            case "websocket.close":
                self._refuse(HTTPStatus.FORBIDDEN)
            case "websocket.http.response.start":
                self._denial = _denial(message)
            case "websocket.http.response.body" if self._denial is not None:
                self._denial.body = bytes(self._denial.body or b"") + message.get("body", b"")
                if not message.get("more_body", False):
                    self._deny(self._denial)
            case other:
                raise RuntimeError(f"{other!r} before the accept")

    # ------------------------------------------------------------------------------------------------------ answers

    def _accept(self, subprotocol: str | None, headers: Iterable[tuple[bytes, bytes]]) -> None:
        assert self._response is not None
        response, transport = self._response, self._transport
        del response.headers["Date"]  # uvicorn's default headers bring their own
        for name, value in (*self._default_headers, *headers):
            response.headers[name.decode("latin-1")] = value.decode("latin-1")
        if subprotocol:
            response.headers["Sec-WebSocket-Protocol"] = subprotocol
        self._answer(response)
        self._live.take_over(transport)

    def _deny(self, denial: Response) -> None:
        denial.headers.setdefault("Connection", "close")
        denial.headers.setdefault("Content-Length", str(len(denial.body or b"")))
        self._answer(denial)
        self._transport.close()

    def _refuse(self, status: HTTPStatus) -> None:
        """Refuse with a bare status, if nothing has been answered yet."""
        if not self._settled:
            self._answer(self._conn.reject(status, ""))
            self._transport.close()

    def _answer(self, response: Response) -> None:
        self._conn.send_response(response)
        self._settle()

    def _settle(self) -> None:
        """Send what there is to send, and leave uvicorn's list: what follows is none of its business."""
        self._settled = True
        self._connections.discard(self)
        out = b"".join(self._conn.data_to_send())
        if out and not self._transport.is_closing():
            self._transport.write(out)


def _denial(start: _Message) -> Response:
    """The refusal that a "websocket.http.response.start" begins."""
    headers = Headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in start.get("headers", ()))
    return Response(start["status"], HTTPStatus(start["status"]).phrase, headers, b"")


def _address(name: object) -> tuple[str, int] | None:
    """Host and port of a socket's name; None for one that has none (a Unix socket)."""
    return (str(name[0]), int(name[1])) if isinstance(name, tuple) else None
