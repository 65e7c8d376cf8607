"""From one version of an auction's terms to the next while people ask (§5.1.4): nobody is left without an answer, no
timer of the old terms rings, and an auction is changed or has started, never both.

A real house over the memory book, in virtual time.
"""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from msgspec import structs

from engine.auction.commands import Decline
from engine.auction.refusals import Refused
from engine.auction.state import AuctionState, Status
from engine.auction.terms import AuctionTerms
from engine.instants import SECOND, Instant
from persistence.auctions.changes import AuctionChanged, Told
from persistence.live.book import StoredAuction
from persistence.live.memory import MemoryBook
from server.errors import DoorCode
from server.live.auctioneer import Auctioneer
from server.live.house import House
from server.live.messages import Limits
from server.live.presence import Presence
from server.live.saying import Spoken
from server.live.session import Doors
from tests.persistence.published import ANNE, BRUNO, STARTS_AT, terms
from tests.server.test_announcer import Client
from tests.simulation.virtual_loop import LoopClock, VirtualLoop, elapse, run_virtually

AUCTION = 7
BEFORE_SECONDS = 60
LATER = structs.replace(terms(), starts_at=STARTS_AT + 30 * SECOND, ends_at=STARTS_AT + 630 * SECOND)


class Scene:
    """A house a minute before the start, and a dealer whose changes take a while."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.book, self.presence = MemoryBook(), Presence()
        self.clock = LoopClock(loop, STARTS_AT - BEFORE_SECONDS * SECOND)
        self.book.publish(AUCTION, terms())
        self.house = House(self.book, self.clock, self.presence)
        self.doors = Doors(self.house, self.presence, self.clock, Limits())

    async def change(self, new: AuctionTerms, seconds: float = 0.05, *, version: int = 2) -> Told | object:
        async def write(_: int, at: Instant) -> Told:
            await elapse(seconds)
            self.book.republish(AUCTION, new)
            assert at <= self.clock.now()
            return AuctionChanged(version)

        return await self.house.change(AUCTION, write)

    async def state(self) -> AuctionState:
        seen = await self.house.look(AUCTION, lambda _, state: state)
        assert isinstance(seen, AuctionState)
        return seen

    @property
    def auctioneer(self) -> Auctioneer:
        found = self.house.find(AUCTION)
        assert found is not None
        return found


def played(story: Callable[[Scene], Awaitable[None]]) -> None:
    """A story in that house."""
    loop = VirtualLoop()

    async def play() -> None:
        scene = Scene(loop)
        await scene.house.open()
        await story(scene)
        await scene.house.close()

    run_virtually(play(), loop)


def test_who_asks_while_the_terms_change_waits_and_is_answered_under_the_new_ones() -> None:
    async def story(scene: Scene) -> None:
        only_bruno = structs.replace(terms(), audience=terms().audience[1:2])
        anne, bruno = Client(scene.doors, ANNE), Client(scene.doors, BRUNO)
        for client in (anne, bruno):
            client.say("watch")
        await elapse(0.05)
        changing = asyncio.ensure_future(scene.change(only_bruno))
        await elapse(0.01)
        for client in (anne, bruno):
            client.say("decline", id="1")
        await elapse(0.01)
        assert not anne.heard("refused")
        assert not bruno.heard("accepted")
        assert await changing == AuctionChanged(2)
        await elapse(0.05)
        assert [refused["code"] for refused in anne.heard("refused")] == ["not_invited", "unknown_auction"]
        assert len(bruno.heard("accepted")) == 1
        assert len(bruno.heard("state")) == 2

    played(story)


def test_the_old_start_does_not_ring() -> None:
    async def story(scene: Scene) -> None:
        await scene.change(LATER)
        await elapse(BEFORE_SECONDS + 10)
        assert (await scene.state()).status is Status.SCHEDULED
        await elapse(20)
        assert (await scene.state()).status is Status.OPEN
        assert [event.at for event in (await scene.book.load(AUCTION)).events] == [LATER.starts_at]

    played(story)


def test_what_has_started_is_not_changed() -> None:
    """At the very instant of the start it is frozen."""

    async def story(scene: Scene) -> None:
        await elapse(BEFORE_SECONDS)
        assert await scene.change(LATER) is Status.OPEN
        assert (await scene.state()).terms == terms()

    played(story)


def test_two_changes_come_one_after_the_other() -> None:
    async def story(scene: Scene) -> None:
        told = await asyncio.gather(scene.change(LATER, version=2), scene.change(terms(), version=3))
        assert list(told) == [AuctionChanged(2), AuctionChanged(3)]
        assert (await scene.state()).terms == terms()
        assert scene.auctioneer.is_running

    played(story)


def test_a_change_that_fails_leaves_the_auction_as_it_was() -> None:
    async def story(scene: Scene) -> None:
        async def fail(_: int, __: Instant) -> Told:
            message = "the book is away"
            raise OSError(message)

        with pytest.raises(OSError, match="away"):
            await scene.house.change(AUCTION, fail)
        await elapse(BEFORE_SECONDS + 1)
        assert (await scene.state()).status is Status.OPEN

    played(story)


def test_a_change_over_the_start_is_no_outage_unless_it_takes_long() -> None:
    """§5.3.4: nobody loses an auction to a slow book."""
    short = structs.replace(terms(), ends_at=STARTS_AT + 60 * SECOND)
    for seconds, expected in ((0.5, short.ends_at), (30.0, STARTS_AT + (29 + 180) * SECOND)):

        async def story(scene: Scene, seconds: float = seconds, expected: Instant = expected) -> None:
            await elapse(BEFORE_SECONDS - 1 if seconds > 1 else BEFORE_SECONDS - 0.25)
            await scene.change(short, seconds)
            assert abs((await scene.state()).ends_at - expected) < SECOND

        played(story)


def test_a_decline_in_flight_is_answered_whatever_comes_of_it() -> None:
    async def story(scene: Scene) -> None:
        scene.book.stall()
        told = asyncio.ensure_future(scene.house.ask(AUCTION, lambda at: Decline(at, ANNE, "1")))
        await elapse(0.01)
        changing = asyncio.ensure_future(scene.change(LATER))
        await elapse(0.01)
        scene.book.go_on()
        await changing
        answer = await told
        assert answer is DoorCode.UNAVAILABLE or (
            isinstance(answer, Spoken) and not isinstance(answer.decision.answer, Refused)
        )
        assert ((await scene.state()).declined == {ANNE}) is not (answer is DoorCode.UNAVAILABLE)

    played(story)


def test_numbers_called_anew_while_an_auction_is_read_are_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(scene: Scene) -> None:
        other = AUCTION + 1
        scene.book.publish(other, LATER, entity_id=1, prefix="45")
        load = scene.book.load

        async def overtaken(auction_id: int) -> StoredAuction:
            stored = await load(auction_id)
            scene.house.call_numbers([1], "46")
            return stored

        monkeypatch.setattr(scene.book, "load", overtaken)
        found = await scene.house.fetch(other)
        assert found is not None
        assert found.prefix == "46"

    played(story)
