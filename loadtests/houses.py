"""The houses under load: the real one, driven through its public doors alone, and the usual design beside it.

A house here is a process of its own on a port of 127.0.0.1. Auctions are held, tokens asked for and histories read as
any dealer's or trader's program would.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from loadtests import wire
from loadtests.bidders import Bidders
from loadtests.doors import Door
from loadtests.figures import cents_of
from loadtests.processes import CrowdFault, Worker, working
from loadtests.readers import Readers

LIVE: Final = "/live"
BIDDERS: Final = 64
CONNECTIONS_EACH: Final = 4
"""A connection bids again when its last bid is answered, so that bids keep their order: several keep a batch filled."""
GREETINGS: Final = 2
"""What a reader of the real house gets first: `welcome`, then the `state` it asked for."""

_STARTING_PRICE: Final = "1000.00"
_RESERVE_PRICE: Final = "2000.00"
_STEP: Final = "1.00"
_PAGE: Final = 1000
_START_SECONDS: Final = 60
_STOP_SECONDS: Final = 30
_POLL_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Auction:
    """An open auction of one lot, what stands before its first bid, and when it ends if nobody bids late."""

    id: int
    lot: int
    base_cents: int
    step_cents: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Tokens:
    """API tokens, one a trader: of those who bid and of those who read. Each signs several connections."""

    bidders: tuple[str, ...]
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsualHouse:
    """The usual design, running."""

    port: int
    pid: int


class House:
    """The real house, running: its dealer's door and the tokens of its traders, who bid or who read."""

    def __init__(self, port: int, pid: int, dealer: Door, entity: int, tokens: Tokens) -> None:
        self.port = port
        self.pid = pid
        self._dealer = dealer
        self._entity = entity
        self._tokens = tokens

    @contextmanager
    def bidders(self, connections: int = BIDDERS * CONNECTIONS_EACH) -> Iterator[Worker[Bidders]]:
        """The bidders' connections, traders in turn, in a process of their own."""
        tokens = [self._tokens.bidders[n % len(self._tokens.bidders)] for n in range(connections)]
        with working(Bidders, self.port, LIVE, tokens) as bidders:
            yield bidders

    @contextmanager
    def readers(self, count: int, auction: Auction) -> Iterator[Worker[Readers]]:
        """`count` readers in a process of their own, each signed in, following the auction and up to date."""
        greeting = wire.text(b'{"type":"watch","auction":%d}' % auction.id)
        with working(Readers, self.port, LIVE, self._tokens.readers, count, greeting, GREETINGS) as readers:
            yield readers

    def hold_auction(
        self, *, lasts_seconds: int = 3600, window_seconds: int = 180, extension_seconds: int = 180
    ) -> Auction:
        """Open a fresh auction of one lot to every connected trader, and wait until it has started."""
        free = (
            one
            for one in self._dealer.get(f"/api/vehicles?entity={self._entity}&free=true")["items"]
            if may_be_sold(one)
        )
        vehicle = next(free, None)
        if vehicle is None:
            raise CrowdFault("the dealer has no vehicle left to sell")
        made = self._dealer.post(
            "/api/auctions",
            {
                "kind": "unit",
                "vehicles": [{"id": vehicle["id"], "starting_price": _STARTING_PRICE, "reserve_price": _RESERVE_PRICE}],
                "duration_seconds": lasts_seconds,
                "minimum_increment": _STEP,
                "soft_close": {"window_seconds": window_seconds, "extension_seconds": extension_seconds},
                "entity": self._entity,
                "site": vehicle["site"],
            },
        )
        until = time.monotonic() + _START_SECONDS
        while self._dealer.get(f"/api/auctions/{made['id']}")["status"] != "open":
            if time.monotonic() > until:
                raise CrowdFault(f"auction {made['id']} does not start")
            time.sleep(_POLL_SECONDS)
        ends_at = datetime.fromisoformat(made["ends_at"])
        return Auction(made["id"], made["lots"][0]["number"], cents_of(_STARTING_PRICE), cents_of(_STEP), ends_at)

    def history(self, auction: Auction) -> list[dict[str, Any]]:
        """All entries of the auction's history, oldest first."""
        entries: list[dict[str, Any]] = []
        after: int | None = 0
        while after is not None:
            page = self._dealer.get(f"/api/auctions/{auction.id}/history?after={after}&limit={_PAGE}")
            entries += page["items"]
            after = page["next"]
        return entries


def may_be_sold(vehicle: dict[str, Any]) -> bool:
    """Whether an auction may be made of a vehicle of the stock."""
    return not vehicle["missing"] and not vehicle["reserved"] and vehicle["auction"] is None


@contextmanager
def usual_house(dsn: str) -> Iterator[UsualHouse]:
    """The usual design on that database, until the end of the block."""
    port = free_port()
    command = [sys.executable, "-m", "loadtests.peers.row_lock", dsn, str(port)]
    with running(command, port) as pid:
        yield UsualHouse(port, pid)


@contextmanager
def running(
    command: Sequence[str], port: int, log: Path | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[int]:
    """A server process, from the moment at which its port answers until the end of the block; its process id."""
    with (log or Path("/dev/null")).open("a") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **(settings or {})})  # noqa: S603 - a command of ours
        try:
            _wait_for(process, port)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        if process.poll() is not None:
            raise CrowdFault(f"{process.args!r} ended with {process.returncode}")
        try:
            socket.create_connection((wire.HOST, port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise CrowdFault(f"nothing answers on port {port} after {_START_SECONDS} s") from None
            time.sleep(_POLL_SECONDS)
        else:
            return


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses at the moment."""
    with socket.create_server((wire.HOST, 0)) as listening:
        return int(listening.getsockname()[1])
