"""The usual design, built properly: uvicorn and Starlette, a row lock for each bid, one `send_text` for each reader.

A bid is SELECT … FOR UPDATE, INSERT, UPDATE, COMMIT on a pool of connections; then its bidder is answered and every
reader is told. It is spared what would only slow it: no sign-in, no rules beyond the minimum, and a bid that comes too
low is taken at the minimum, so that no turn of the lock is lost on a refusal.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from loadtests import wire

POOL: Final = 8
"""Connections to PostgreSQL: more of them wait for the same row, and it only gets slower."""

STEP_CENTS: Final = 100
_TABLES: Final = """
    DROP TABLE IF EXISTS bids; DROP TABLE IF EXISTS lots;
    CREATE TABLE lots (lot integer PRIMARY KEY, price_cents bigint NOT NULL, bids integer NOT NULL);
    CREATE TABLE bids (
        lot integer NOT NULL REFERENCES lots, seq integer NOT NULL, id text NOT NULL, bidder integer NOT NULL,
        amount_cents bigint NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (lot, seq));
    INSERT INTO lots VALUES (1, 0, 0);
"""


class _Bid(msgspec.Struct):
    id: str
    lot: int
    amount: str


class UsualHouse:
    """One process of the usual design."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._pool: asyncpg.Pool
        self._readers: set[WebSocket] = set()
        self._decode = msgspec.json.Decoder(_Bid).decode

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Fresh tables and a pool."""
        async with asyncpg.create_pool(self._dsn, min_size=POOL, max_size=POOL) as self._pool:
            await self._pool.execute(_TABLES)
            yield

    async def read(self, websocket: WebSocket) -> None:
        """A reader: told of every bid until it leaves."""
        await websocket.accept(subprotocol=wire.PROTOCOL)
        self._readers.add(websocket)
        try:
            while True:
                await websocket.receive_text()
        except WebSocketDisconnect:
            self._readers.discard(websocket)

    async def bid(self, websocket: WebSocket) -> None:
        """A bidder: one bid after the other."""
        await websocket.accept(subprotocol=wire.PROTOCOL)
        bidder = id(websocket) % 1000
        try:
            while True:
                bid = self._decode(await websocket.receive_text())
                seq, cents = await self._write(bid, bidder)
                amount = f"{cents // 100}.{cents % 100:02d}"
                await websocket.send_text(f'{{"type":"accepted","id":"{bid.id}","seq":{seq},"last_offer":"{amount}"}}')
                await self._tell(bid.lot, seq, bidder, amount)
        except WebSocketDisconnect:
            return

    async def _write(self, bid: _Bid, bidder: int) -> tuple[int, int]:
        whole, _, part = bid.amount.partition(".")
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow("SELECT price_cents, bids FROM lots WHERE lot = $1 FOR UPDATE", bid.lot)
            if row is None:
                raise LookupError(bid.lot)
            cents, seq = max(int(whole) * 100 + int(part), row["price_cents"] + STEP_CENTS), row["bids"] + 1
            await connection.execute(
                "INSERT INTO bids (lot, seq, id, bidder, amount_cents) VALUES ($1, $2, $3, $4, $5)",
                bid.lot, seq, bid.id, bidder, cents,
            )  # fmt: skip
            await connection.execute("UPDATE lots SET price_cents = $2, bids = $3 WHERE lot = $1", bid.lot, cents, seq)
        return seq, cents

    async def _tell(self, lot: int, seq: int, bidder: int, amount: str) -> None:
        text = (
            f'{{"type":"event","auction":1,"seq":{seq},"at":"2026-01-01T00:00:00.000000Z","event":"bid","lot":{lot},'
            f'"amount":"{amount}","bidder":{bidder},"bids":{seq},"minimum":"{amount}","reserve_reached":true,'
            '"ends_at":"2026-01-01T01:00:00.000000Z"}'
        )
        for reader in tuple(self._readers):
            await reader.send_text(text)


def main(dsn: str, port: str) -> None:
    """Serve on 127.0.0.1 until told to stop."""
    house = UsualHouse(dsn)
    routes = [WebSocketRoute("/live", house.bid), WebSocketRoute("/read", house.read)]
    app = Starlette(routes=routes, lifespan=house.lifespan)
    uvicorn.run(app, host=wire.HOST, port=int(port), loop="uvloop", log_level="warning", backlog=4096)


if __name__ == "__main__":
    main(*sys.argv[1:])
