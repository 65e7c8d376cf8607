"""A server process and a PostgreSQL that may be killed, with two auctions and three traders that bid through sockets.

PostgreSQL is started here first, so that it outlives the server, and what it holds can be read when all is over.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.auction.events import AnyEvent
from engine.auction.terms import AuctionTerms, SoftClose
from engine.instants import SECOND, Instant
from persistence.database import Database
from persistence.embedded import EmbeddedPostgres
from persistence.errors import BookError
from persistence.live.book import StoredAuction
from persistence.live.postgres import PostgresBook
from persistence.migrations.migrate import migrate
from persistence.people.registry import EmailTaken, NewUser, add_trader_user
from persistence.people.sessions import make_token
from server.auth.identification import MARK, new_secret, sha256_of
from tests.persistence.published import ANNE, BRUNO, CELIA, publish, terms

PATIENCE_SECONDS = 40
PAUSE_SECONDS = 0.05
WINDOW_SECONDS = 3
SHORT_SECONDS = 4
"""How long the short auction lasts: its end falls into the outage."""


class Seat(Struct, frozen=True):
    """A trader with a token."""

    trader: str
    token: str


class Scene:
    """The processes and what they hold."""

    def __init__(self, directory: Path, postgres: EmbeddedPostgres, database: Database) -> None:
        self.postgres = postgres
        self.seats: list[Seat] = []
        self.long_auction = 0
        self.short_auction = 0
        self.short_ends_at: Instant = 0
        self._directory = directory
        self._database = database
        self._server: subprocess.Popen[bytes] | None = None
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port: int = found.getsockname()[1]

    async def furnish(self) -> None:
        """Publish the long auction, and sign everybody in."""
        now = time.time_ns() // 1000
        self.long_auction = await publish(self._database, _terms(1, now, 600))
        for trader in (ANNE, BRUNO, CELIA):
            user = NewUser(email=f"{trader}@trader.example", name=trader, password_hash="$argon2id$none")
            user_id = await add_trader_user(self._database, int(trader), user)
            assert not isinstance(user_id, EmailTaken)
            secret = new_secret(MARK)
            await make_token(self._database, user_id, "bidder", sha256_of(secret), now)
            self.seats.append(Seat(trader, secret))

    async def publish_short_auction(self) -> None:
        """It starts now; the house takes it up when the first bidder comes."""
        short = _terms(2, time.time_ns() // 1000, SHORT_SECONDS)
        self.short_auction, self.short_ends_at = await publish(self._database, short), short.ends_at

    # Processes -------------------------------------------------------------------------------------------------------

    async def start_server(self) -> None:
        """Start it, and wait until its port answers."""
        server = self._server = self._started()
        until = time.monotonic() + PATIENCE_SECONDS
        while not await self._answers():
            assert server.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            await pause()

    def _started(self) -> "subprocess.Popen[bytes]":
        log = (self._directory / "server.log").open("ab")
        command = [
            sys.executable,
            "-m",
            "server.cli",
            "serve",
            "--port",
            str(self.port),
            "--data",
            str(self._directory),
        ]
        settings = {"ADJUGE_COMMANDS_PER_SECOND": "10000", "ADJUGE_COMMANDS_BURST": "10000"}
        with log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | settings)

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True

    def kill_server(self) -> None:
        """As `kill -9` does."""
        assert self._server is not None
        self._server.send_signal(signal.SIGKILL)
        self._server.wait()

    def kill_postgres(self) -> None:
        """As `kill -9` on the postmaster does; its children leave by themselves."""
        postmaster = self.postgres.postmaster_pid()
        assert postmaster is not None
        os.kill(postmaster, signal.SIGKILL)

    def stop_server(self) -> None:
        """In order, at the end."""
        if self._server is not None and self._server.poll() is None:
            self._server.terminate()
            self._server.wait(PATIENCE_SECONDS)

    def said(self) -> str:
        """The last of what the server wrote to its log."""
        return (self._directory / "server.log").read_text()[-4_000:]

    # The book --------------------------------------------------------------------------------------------------------

    async def stored(self, auction_id: int) -> StoredAuction:
        """The auction as the book has it, as soon as PostgreSQL answers."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                try:
                    return await PostgresBook(self._database).load(auction_id)
                except BookError:
                    await pause()

    async def history(self, auction_id: int) -> tuple[AnyEvent, ...]:
        """Its entries."""
        return (await self.stored(auction_id)).events


def _terms(number: int, starts_at: Instant, lasts_seconds: int) -> AuctionTerms:
    return msgspec.structs.replace(
        terms(number, vehicles=1),
        starts_at=starts_at,
        ends_at=starts_at + lasts_seconds * SECOND,
        minimum_increment_cents=1,
        soft_close=SoftClose(WINDOW_SECONDS * SECOND, 0),
    )


async def pause() -> None:
    """Before it is tried again."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PAUSE_SECONDS):
            await asyncio.Event().wait()


@asynccontextmanager
async def furnished(directory: Path) -> AsyncIterator[Scene]:
    """A scene in `directory`, its server running, until the end of the block."""
    postgres = EmbeddedPostgres(directory)
    await postgres.start()
    await migrate(postgres.dsn)
    database = Database(postgres.dsn, revive=postgres.revive)
    await database.open()
    scene = Scene(directory, postgres, database)
    try:
        await scene.furnish()
        await scene.start_server()
        yield scene
    finally:
        scene.stop_server()
        await database.close()
        await postgres.stop()
