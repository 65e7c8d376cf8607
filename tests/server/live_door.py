"""A door to knock at: a real uvicorn with one live endpoint, and clients that speak frames by hand.

Tests of the edge open it, send what they like, and read what the endpoint's listener was told. Nothing is faked:
sockets are sockets, the loop is uvloop, the frames are bytes.
"""

import asyncio
import os
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from server.live.edge import Edge, LiveSocket, live_socket, websocket_settings

PROTOCOL = Subprotocol("adjuge.v1")


class Listener:
    """What one live socket told, in order; `told` waits for the next thing."""

    def __init__(self, live: LiveSocket) -> None:
        self.live = live
        self._told: asyncio.Queue[tuple[str, object]] = asyncio.Queue()
        live.attach(
            on_text=lambda text: self._tell("text", text),
            on_fault=lambda code: self._tell("fault", code),
            on_closed=lambda code: self._tell("closed", code),
            on_writable=lambda: self._tell("writable", None),
        )

    def _tell(self, what: str, detail: object) -> None:
        self._told.put_nowait((what, detail))

    async def told(self) -> tuple[str, object]:
        return await asyncio.wait_for(self._told.get(), 5)

    @property
    def untold(self) -> int:
        return self._told.qsize()


class Door:
    """A listening server with one live endpoint; `connections` are the scopes it saw, `listeners` what it attached."""

    def __init__(self, port: int, edge: Edge, server: uvicorn.Server) -> None:
        self.port = port
        self.edge = edge
        self.server = server
        self.listeners: asyncio.Queue[Listener] = asyncio.Queue()
        self.headers: list[dict[str, str]] = []

    def connect(self, **options: Any) -> "connect":
        return connect(f"ws://127.0.0.1:{self.port}/live", subprotocols=[PROTOCOL], **options)

    async def listener(self) -> Listener:
        return await asyncio.wait_for(self.listeners.get(), 5)

    @asynccontextmanager
    async def raw(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter, Listener]]:
        """A connection by hand, after its handshake."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [
            "GET /live HTTP/1.1",
            "Host: 127.0.0.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101")
        yield reader, writer, await self.listener()
        writer.close()


@asynccontextmanager
async def opened(
    heartbeat_seconds: float = 25.0,
    before_attach: Callable[[], None] = lambda: None,
    endpoint: Callable[[WebSocket], Awaitable[None]] | None = None,
) -> AsyncIterator[Door]:
    """A server of one live endpoint, a listener's unless another is given, on a port of its own, until the end of the
    block.
    """

    async def live(websocket: WebSocket) -> None:
        it.headers.append(dict(websocket.headers))
        await websocket.accept(subprotocol=PROTOCOL)
        before_attach()
        it.listeners.put_nowait(Listener(live_socket(websocket.scope)))

    async def forgetful(websocket: WebSocket) -> None:
        await websocket.accept()

    async def refusing(websocket: WebSocket) -> None:
        await websocket.send_denial_response(PlainTextResponse("not signed in", status_code=401))

    async def page(_: HTTPConnection) -> PlainTextResponse:
        return PlainTextResponse("page")

    routes = [
        WebSocketRoute("/live", endpoint or live),
        WebSocketRoute("/forgetful", forgetful),
        WebSocketRoute("/refusing", refusing),
        Route("/page", page),
    ]
    edge = Edge(heartbeat_seconds=heartbeat_seconds)
    config = uvicorn.Config(Starlette(routes=routes), lifespan="off", log_config=None, **websocket_settings(edge))
    config.load()
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    it = Door(listening.getsockname()[1], edge, server)
    try:
        yield it
    finally:
        for listener in server.servers:
            listener.close()
        for live_one in edge:
            live_one.abort()
        await edge.emptied()
        listening.close()


def masked(first: int, payload: bytes, *, length: int | None = None) -> bytes:
    """A client's frame with `first` as its first byte; `length` may lie about the payload's."""
    size, mask = len(payload) if length is None else length, os.urandom(4)
    if size < 126:
        head = struct.pack("!BB", first, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", first, 0x80 | 127, size)
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


async def close_code(reader: asyncio.StreamReader) -> int:
    """The code of the close frame that comes next, after which nothing comes."""
    head = await reader.readexactly(2)
    assert head[0] == 0x88
    payload = await reader.readexactly(head[1])
    assert await reader.read() == b""
    return int.from_bytes(payload[:2], "big")
