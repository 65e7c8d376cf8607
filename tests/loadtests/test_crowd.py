"""Readers and bidders over real sockets, against a live door that does what the test tells it."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from typing import Protocol, TypeVar

import pytest

from loadtests.bidders import Bidders, Plan
from loadtests.entries import event_latencies_ns
from loadtests.peers.bare_send import BareSend
from loadtests.processes import CrowdFault
from loadtests.readers import Readers
from server.live.frames import text_frame
from tests.server.live_door import Door, Listener, opened

PLAN = Plan(auction=7, lot=65, first=1, bids=6, per_second=300.0, base_cents=100_000, step_cents=100, under_way=6)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with opened() as it:
        yield it


T = TypeVar("T", Readers, Bidders, BareSend)


class Kept(Protocol):
    def __call__(self, it: T) -> T: ...


@pytest.fixture
def kept() -> Iterator[Kept]:
    """Hands back what it is given, and closes it after the test."""
    with ExitStack() as stack:

        def keep(it: T) -> T:
            stack.callback(it.close)
            return it

        yield keep


def event(seq: int, amount: str) -> bytes:
    return b'{"seq":%d,"at":"2026-01-01T00:00:00Z","event":"bid","lot":65,"amount":"%s"}' % (seq, amount.encode())


async def test_readers_count_frames_and_know_how_far_each_has_come(door: Door, kept: Kept) -> None:
    readers = kept(await asyncio.to_thread(Readers, door.port, "/live", (None,), 9, b"", 0))
    for _ in range(9):
        await door.listener()
    listening = asyncio.create_task(asyncio.to_thread(readers.listen, 0.1))
    single = text_frame(b'{"type":"event","auction":7,' + event(1, "1001.00")[1:])
    joined = b'{"type":"events","auction":7,"from":2,"seq":3,"events":[%s,%s]}'
    several = text_frame(joined % (event(2, "1002.00"), event(3, "1003.00" + "0" * 70_000)))
    for number, live in enumerate(door.edge):
        live.write(single)
        if number != 4:
            live.write(several[:90])
            live.write(several[90:])
    heard = await listening
    assert (heard.frames, heard.fewest, heard.most, heard.lost) == (17, 1, 2, 0)
    assert (heard.behind, heard.ahead) == (1, 3)
    assert heard.data_bytes >= 9 * len(single) + 8 * len(several)  # and a ping now and then


async def test_a_reader_without_its_greeting_is_a_fault_of_the_crowd(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loadtests.readers._CONNECT_SECONDS", 0.2)
    with pytest.raises(CrowdFault, match="greeted"):
        await asyncio.to_thread(Readers, door.port, "/live", (None,), 8, b"", 1)


async def test_a_refused_upgrade_is_told_by_its_first_line(door: Door) -> None:
    with pytest.raises(CrowdFault, match="401"):
        await asyncio.to_thread(Bidders, door.port, "/refusing", (None,))


async def answer_bids(listener: Listener, count: int) -> list[dict[str, str]]:
    """Accept the bids that come, but for the second."""
    bids: list[dict[str, str]] = []
    for seq in range(1, count + 1):
        _, text = await listener.told()
        assert isinstance(text, bytes)
        bids.append(json.loads(text))
        said = {"type": "accepted"} if seq != 2 else {"type": "refused", "code": "below_minimum"}
        listener.live.write(text_frame(json.dumps({**said, "id": bids[-1]["id"], "seq": seq}).encode()))
    return bids


async def test_bids_rise_and_their_time_runs_from_when_they_were_due(door: Door, kept: Kept) -> None:
    bidders = kept(await asyncio.to_thread(Bidders, door.port, "/live", (None,)))
    answering = asyncio.create_task(answer_bids(await door.listener(), PLAN.bids))
    tally = await asyncio.to_thread(bidders.bid, PLAN)
    bids = await answering
    assert [bid["amount"] for bid in bids] == [f"{1000 + n}.00" for n in range(1, 7)]
    assert (len(tally.accepted), tally.refused, tally.unanswered) == (5, {"below_minimum": 1}, 0)
    assert all(waited >= 0 for waited in tally.latencies_ns)


async def test_what_never_finds_a_free_connection_is_counted_as_unsent(
    door: Door, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loadtests.bidders._GRACE_SECONDS", 0.1)
    bidders = kept(await asyncio.to_thread(Bidders, door.port, "/live", (None,)))
    plan = Plan(auction=7, lot=65, first=1, bids=8, per_second=100.0, base_cents=0, step_cents=1, group=2, under_way=2)
    tally = await asyncio.to_thread(bidders.bid, plan)
    assert (tally.unsent, tally.unanswered, len(tally.accepted)) == (6, 2, 0)


async def test_a_reader_hears_of_a_bid_after_it_was_due(door: Door, kept: Kept) -> None:
    readers = kept(await asyncio.to_thread(Readers, door.port, "/live", (None,), 8, b"", 0))
    everyone = tuple(door.edge)
    for _ in everyone:
        await door.listener()
    bidders = kept(await asyncio.to_thread(Bidders, door.port, "/live", (None,)))
    bidder = await door.listener()
    listening = asyncio.create_task(asyncio.to_thread(readers.listen, 0.1))
    bidding = asyncio.create_task(asyncio.to_thread(bidders.bid, PLAN))
    for bid in await answer_bids(bidder, PLAN.bids):
        for live in everyone:
            live.write(text_frame(b'{"type":"event","auction":7,' + event(1, bid["amount"])[1:]))
    waited = event_latencies_ns(await bidding, await listening)
    assert len(waited) == 8 * PLAN.bids
    assert all(nanoseconds > 0 for nanoseconds in waited)


async def test_the_bare_loop_reaches_every_reader(kept: Kept) -> None:
    bare = kept(BareSend())
    accepting = asyncio.create_task(asyncio.to_thread(bare.accept, 8))
    readers = kept(await asyncio.to_thread(Readers, bare.port(), None, (None,), 8, b"", 0))
    await accepting
    listening = asyncio.create_task(asyncio.to_thread(readers.listen, 0.1))
    assert await asyncio.to_thread(bare.send, 300, 3, 1000.0) == 24
    heard = await listening
    assert (heard.frames, heard.fewest, heard.most) == (24, 3, 3)
