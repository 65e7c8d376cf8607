"""A world by chance with a seed: auctions, clients, one real house after the other, and whatever can befall them.

`play(seed)` runs it to its end in virtual time and gives back every law that was broken. Real are the house, its
auctioneers, audiences, sessions and outboxes, and the rules; the clock, the lines and the disk are not.
"""

import asyncio
from random import Random
from typing import Any

import structlog

from engine.auction.terms import AuctionTerms
from engine.instants import SECOND, Instant
from persistence.errors import BookError
from server.live.house import House
from server.live.messages import Limits
from server.live.presence import Presence
from server.live.session import Doors
from tests.simulation import plot
from tests.simulation.client import Client
from tests.simulation.dealing import Dealing
from tests.simulation.line import Line
from tests.simulation.shaky_book import OneLife, ShakyBook
from tests.simulation.verdict import verdict
from tests.simulation.virtual_loop import LoopClock, VirtualLoop, elapse, run_virtually
from tests.simulation.witness import Witness

ORIGIN: Instant = 1_700_000_000 * SECOND
ACTIVE_SECONDS = 20.0
PATIENCE_SECONDS = 900.0
SETTLING_SECONDS = 3.0
RESTART_SECONDS = 0.5


class World:
    """See the law of this file."""

    def __init__(self, seed: int, loop: VirtualLoop) -> None:
        self.loop = loop
        self.dice = Random(seed)
        self.clock = LoopClock(loop, ORIGIN)
        self.book = ShakyBook(Random(self.dice.random()), loop)
        self.witness = Witness(self.book)
        self.auctions: dict[int, AuctionTerms] = plot.auctions(self.dice, ORIGIN)
        self.clients: list[Client] = []
        self.dealing = Dealing(self)
        self.house: House | None = None
        self.deaths: list[tuple[float, float]] = []
        self.fenced: set[int] = set()
        self._life: OneLife | None = None
        self._doors: Doors | None = None
        self._lines: list[Line] = []
        self._died_at: float | None = None
        self._closing = False
        self._starting = asyncio.Lock()
        self._troubles: set[asyncio.Task[Any]] = set()

    async def play(self) -> None:
        """From the first opening of the house until everything is decided and told."""
        for auction_id, terms in self.auctions.items():
            self.book.publish(auction_id, terms)
        for caller in plot.callers(self.dice, self.auctions):
            self.witness.hide(caller.trader, plot.secrets(caller, self.auctions))
            self.clients.append(Client(caller, list(self.auctions), self.witness, Random(self.dice.random())))
        await self.open()
        lives = [self._begin(client.live(self, ACTIVE_SECONDS)) for client in self.clients]
        troubles = [self._begin(trouble) for trouble in plot.troubles(self, ACTIVE_SECONDS)]
        await asyncio.gather(*lives, *troubles)
        await self._settle()
        verdict(self)

    async def _settle(self) -> None:
        """No more troubles: the auctions end, everybody comes back and is told what there is to be told."""
        until = self.loop.time() + PATIENCE_SECONDS
        settled = False
        while not settled and self.loop.time() < until:
            for client in self.clients:
                await client.settle(self)
            await elapse(SETTLING_SECONDS)
            settled = all(client.is_settled for client in self.clients) and all(map(self.book.is_over, self.auctions))
        if not settled:
            waiting = [client.caller.name for client in self.clients if not client.is_settled]
            over = [auction_id for auction_id in self.auctions if self.book.is_over(auction_id)]
            self.witness.complain("law 6", f"after {PATIENCE_SECONDS} s {waiting} still wait; over are {over}")
        await elapse(SETTLING_SECONDS)

    # The house -------------------------------------------------------------------------------------------------------

    def connect(self, client: Client) -> Line | None:
        """See `client.Switchboard`."""
        if self._doors is None:
            return None
        line = Line(self.loop, self.witness, client, seconds=self.dice.choice([0.0, 0.001, 0.030]))
        self._lines.append(line)
        line.connect(client.caller, self._doors)
        return line

    async def open(self) -> None:
        """Start the house as the real start does, again and again until the book lets it."""
        async with self._starting:
            await self._open()

    async def _open(self) -> None:
        while self.house is None:
            life = self._life = OneLife(self.book, self.loop)
            presence = Presence()
            house = House(life, self.clock, presence)
            began_at = self.loop.time()
            is_open = await self._opens(house, life)
            if self._died_at is not None:
                self.deaths.append((self._died_at, began_at))
                self._died_at = None if is_open else self.loop.time()
            if is_open:
                self.house, self._doors = house, Doors(house, presence, self.clock, Limits())
            else:
                life.end()
                await elapse(RESTART_SECONDS)

    @staticmethod
    async def _opens(house: House, life: OneLife) -> bool:
        """Whether the house came to open before the book failed it or somebody killed it."""
        opening = asyncio.ensure_future(house.open())
        dying = asyncio.ensure_future(life.ended.wait())
        await asyncio.wait({opening, dying}, return_when=asyncio.FIRST_COMPLETED)
        dying.cancel()
        if not opening.done():
            opening.cancel()
            return False
        if opening.cancelled() or isinstance(opening.exception(), BookError):
            return False
        opening.result()
        return not life.ended.is_set()

    def die(self) -> None:
        """As `kill -9` does: whatever was not in the book is gone, and nobody says goodbye."""
        if self._life is None or self._closing:
            return
        self._life.end()
        self.book.crash()
        for line in self._lines:
            line.die()
        self._lines.clear()
        self._life = self.house = self._doors = None
        if self._died_at is None:
            self._died_at = self.loop.time()

    async def close(self) -> None:
        """An orderly stop: what was taken is said, then everybody is sent away with 4001."""
        house, life = self.house, self._life
        if house is None or life is None:
            return
        self.house = self._doors = None
        self._closing = True
        await house.close()
        self._closing = False
        for line in self._lines:
            line.close(4001, "going down")
        self._lines.clear()
        life.end()
        if self._died_at is None:
            self._died_at = self.loop.time()

    def instant(self, moment: float) -> Instant:
        """A moment of the loop as the house's clock tells it."""
        return ORIGIN + round(moment * SECOND)

    def _begin(self, story: Any) -> asyncio.Task[Any]:
        task = self.loop.create_task(story)
        self._troubles.add(task)
        task.add_done_callback(self._troubles.discard)
        return task


def played(seed: int) -> World:
    """The world of this seed, when everything is over."""
    loop = VirtualLoop()
    world = World(seed, loop)
    loop.set_exception_handler(lambda _, context: world.witness.complain("law 8", context))
    with structlog.testing.capture_logs():
        run_virtually(world.play(), loop)
    return world


def play(seed: int) -> list[str]:
    """Every law broken in the world of this seed."""
    return played(seed).witness.broken
