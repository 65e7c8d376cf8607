"""`kill -9` of the server, and of PostgreSQL's postmaster, while bids are under way (laws 1, 6 and 9; §5.2.6, §5.3.4).

After each: every acknowledged bid is in the book, an answer is the same however often it is asked for, and the auction
whose end fell into the outage had its window again.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from engine.auction.events import BidPlaced, Ended, Extended, ExtensionCause, LotDecided, Recovered
from engine.instants import SECOND
from engine.money import format_amount
from persistence.live.book import StoredAuction
from tests.kill.bidder import Bidder
from tests.kill.scene import PATIENCE_SECONDS, WINDOW_SECONDS, Scene, furnished, pause

pytestmark = [pytest.mark.kill, pytest.mark.timeout(120)]

BEFORE_THE_END_SECONDS = 1.5
FEWEST_BIDS = 50
"""Accepted before the kill, and again after it."""
LONG_LOT, SHORT_LOT = 101, 201


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with furnished(tmp_path) as furnished_scene:
        yield furnished_scene


async def test_a_server_killed_under_load_has_lost_nothing_that_it_said(scene: Scene) -> None:
    async def kill_and_start() -> None:
        scene.kill_server()
        await until(lambda: now_is_after(scene.short_ends_at))
        await scene.start_server()

    await played(scene, kill_and_start)


async def test_a_postgresql_killed_under_load_has_lost_nothing_that_was_said(scene: Scene) -> None:
    async def kill() -> None:
        scene.kill_postgres()

    await played(scene, kill)


async def played(scene: Scene, harm: Callable[[], Awaitable[None]]) -> None:
    """Bids before, during and after the harm; then everything that must be true."""
    anne, bruno, celia = scene.seats
    flood = [Bidder(seat, scene.port, scene.long_auction, LONG_LOT, paced=False) for seat in (anne, bruno)]
    bidding = [asyncio.create_task(bidder.bid()) for bidder in flood]
    await until(lambda: has_bids(flood, FEWEST_BIDS), scene)
    await scene.publish_short_auction()
    war = [Bidder(seat, scene.port, scene.short_auction, SHORT_LOT, paced=True) for seat in (bruno, celia)]
    bidding += [asyncio.create_task(bidder.bid()) for bidder in war]
    bidders = [*flood, *war]
    await until(lambda: now_is_after(scene.short_ends_at - round(BEFORE_THE_END_SECONDS * SECOND)), scene)
    before = sum(len(bidder.accepted) for bidder in flood)
    await harm()
    await until(lambda: has_bids(flood, before + FEWEST_BIDS), scene)
    for bidder in bidders:
        bidder.stop()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(*bidding)

    await check_ended_in_time(scene)
    for bidder in bidders:
        auction_id = scene.long_auction if bidder in flood else scene.short_auction
        check_book(bidder, await scene.stored(auction_id))
        for first, now in await bidder.repeat():
            assert now.pop("duplicate") is True
            assert gist(now) == gist(first)


def check_book(bidder: Bidder, stored: StoredAuction) -> None:
    """§5.2.6: each answer stands in the book, and the book has no bid that was refused."""
    bids = {bid.command_id: bid for bid in stored.events if isinstance(bid, BidPlaced) and bid.trader == bidder.trader}
    kept = {answer.command_id: answer for answer in stored.answers if answer.trader == bidder.trader}
    assert bidder.accepted == bids.keys()
    for id_, asked in bidder.asked.items():
        [answer] = asked.answers
        if answer["type"] == "accepted":
            assert (answer["seq"], asked.message["amount"]) == (bids[id_].seq, format_amount(bids[id_].amount_cents))
        else:
            refusal = kept[id_].refusal
            assert refusal is not None
            assert answer["code"] == refusal.code


async def check_ended_in_time(scene: Scene) -> None:
    """§5.3.4: the auction that should have ended meanwhile is recovered, has its window, and ends by itself."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        history = await scene.history(scene.short_auction)
        while not any(isinstance(event, Ended) for event in history):
            await pause()
            history = await scene.history(scene.short_auction)
    recovered = [event for event in history if isinstance(event, Recovered)]
    assert recovered, f"{history[-6:]}\n{scene.said()}"
    extended = [event for event in history if isinstance(event, Extended)]
    [ended] = [event for event in history if isinstance(event, Ended)]
    assert {event.cause for event in extended} == {ExtensionCause.OUTAGE}
    assert extended[0].old_end == scene.short_ends_at
    assert ended.at == extended[-1].new_end >= recovered[-1].at + WINDOW_SECONDS * SECOND
    [decided] = [event for event in history if isinstance(event, LotDecided)]
    best = max((bid for bid in history if isinstance(bid, BidPlaced)), key=lambda bid: bid.amount_cents)
    assert (decided.winner, decided.price_cents) == (best.trader, best.amount_cents)


def gist(answer: dict[str, object]) -> dict[str, object]:
    """What must never differ; where the bidder stands now may."""
    return {name: answer.get(name) for name in ("type", "id", "auction", "seq", "code", "minimum")}


def has_bids(bidders: list[Bidder], least: int) -> bool:
    return sum(len(bidder.accepted) for bidder in bidders) >= least


def now_is_after(instant: int) -> bool:
    return time.time_ns() // 1000 > instant


async def until(is_so: Callable[[], bool], scene: Scene | None = None) -> None:
    """Wait for it; a server that dies unasked is shown with its last words."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():
                await pause()
    except TimeoutError:
        raise AssertionError("it did not come so far" if scene is None else scene.said()) from None
