"""Who listens to one auction (architecture, laws 3 to 5): at once when it is quiet, joined when it is not, in slices.

In virtual time; publications are prepared by hand, so that what is asked for is all that is said.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from functools import partial

from server.live.audience import (
    BUSY_PACE_SECONDS,
    REMEMBERED_PUBLICATIONS,
    SLICE_READERS,
    Audience,
    Publication,
    Reader,
)
from server.live.fanout import Handle
from server.live.outbox import Outbox
from tests.server.slow_socket import SlowSocket
from tests.simulation.reader import Message, range_of
from tests.simulation.virtual_loop import VirtualLoop, elapse, run_virtually

AUCTION = 7
ANNE, BRUNO = "101", "102"


class DirectSocket(SlowSocket):
    """A socket of the kernel's: written to without asking, as long as nothing waits."""

    def __init__(self, ours: socket.socket) -> None:
        super().__init__()
        ours.setblocking(False)
        self.direct = Handle()
        self.direct.lead_to(ours.fileno())
        self.told: list[tuple[bytes, int]] = []

    def went(self, frame: bytes, taken: int) -> None:
        """See `outbox.Socket`."""
        self.told.append((frame, taken))


class Hall:
    """An audience and its readers' sockets."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.loop = loop
        self.audience = Audience(AUCTION, loop)

    def seat(self, trader: str | None = ANNE) -> tuple[Reader, SlowSocket]:
        socket = SlowSocket()
        return self.seat_at(socket, trader), socket

    def seat_at(self, socket: SlowSocket, trader: str | None = ANNE) -> Reader:
        reader = Reader(Outbox(socket, self.loop), trader)
        self.audience.expect(reader)
        self.audience.join(reader)
        return reader

    def publish(self, first: int, last: int | None = None, trader: str | None = None) -> None:
        seqs = range(first, (last or first) + 1)
        body = b",".join(b'{"event":"noted","seq":%d}' % seq for seq in seqs)
        for_dealer = body.replace(b"noted", b"declined") if self.audience.has_dealers else None
        totals = b'{"gain":"%d.00"}' % seqs[-1] if for_dealer else None
        self.audience.publish(Publication(seqs[0], seqs[-1], (), for_dealer, totals, trader, body))


def held(story: Callable[[Hall], Awaitable[None]]) -> None:
    loop = VirtualLoop()

    async def play() -> None:
        await story(Hall(loop))

    run_virtually(play(), loop)


def ranges(socket: SlowSocket) -> list[tuple[int, int]]:
    return [range_of(message) for message in socket.written]


def kinds(frame: Message) -> set[str]:
    return {entry["event"] for entry in frame.get("events", [frame])}


def test_when_it_is_quiet_an_entry_goes_out_at_once() -> None:
    async def story(hall: Hall) -> None:
        _, socket = hall.seat()
        hall.publish(1)
        await asyncio.sleep(0)
        assert ranges(socket) == [(1, 1)]
        assert hall.loop.time() == 0

    held(story)


def test_when_it_is_busy_entries_are_joined_and_nobody_waits_longer_than_the_pace() -> None:
    async def story(hall: Hall) -> None:
        _, socket = hall.seat()
        hall.publish(1)
        await asyncio.sleep(0)
        for seq in (2, 3, 5):
            hall.publish(seq, 4 if seq == 3 else None)
        await elapse(BUSY_PACE_SECONDS)
        assert ranges(socket) == [(1, 1), (2, 5)]

    held(story)


def test_who_joins_meanwhile_is_told_only_what_it_has_not_been_shown() -> None:
    async def story(hall: Hall) -> None:
        hall.seat()
        hall.publish(1)
        await asyncio.sleep(0)
        hall.publish(2)
        _, late = hall.seat()
        hall.publish(3)
        await elapse(BUSY_PACE_SECONDS)
        hall.publish(4)
        await elapse(BUSY_PACE_SECONDS)
        assert ranges(late) == [(3, 3), (4, 4)]

    held(story)


def test_the_dealer_reads_its_own_frames_with_the_totals() -> None:
    async def story(hall: Hall) -> None:
        (_, dealer), (_, trader) = hall.seat(None), hall.seat()
        hall.publish(1, 2)
        await elapse(BUSY_PACE_SECONDS)
        [for_dealer], [for_trader] = dealer.written, trader.written
        assert (kinds(for_dealer), for_dealer["synthesis"]) == ({"declined"}, {"gain": "2.00"})
        assert (kinds(for_trader), "synthesis" in for_trader) == ({"noted"}, False)

    held(story)


def test_a_crowd_is_served_in_slices_so_that_answers_slip_in_between() -> None:
    async def story(hall: Hall) -> None:
        sockets = [hall.seat()[1] for _ in range(2 * SLICE_READERS)]
        hall.publish(1)
        await asyncio.sleep(0)
        assert sum(len(socket.written) for socket in sockets) == SLICE_READERS
        await asyncio.sleep(0)
        assert all(ranges(socket) == [(1, 1)] for socket in sockets)

    held(story)


def test_an_epoch_that_begins_ends_what_was_still_going_out() -> None:
    """A reader that has been shown the auction anew is not told older entries after it."""

    async def story(hall: Hall) -> None:
        readers = [hall.seat() for _ in range(2 * SLICE_READERS)]
        shown: list[Reader] = []

        def show(reader: Reader) -> None:
            shown.append(reader)
            hall.audience.join(reader)

        for reader, _ in readers:
            reader.show = partial(show, reader)
        hall.publish(1)
        await asyncio.sleep(0)
        hall.audience.restart()
        await elapse(BUSY_PACE_SECONDS)
        assert len(shown) == len(readers)
        assert [len(socket.written) for _, socket in readers] == [1] * SLICE_READERS + [0] * SLICE_READERS
        hall.publish(2)
        await elapse(BUSY_PACE_SECONDS)
        assert all(ranges(socket)[-1] == (2, 2) for _, socket in readers)

    held(story)


def test_who_comes_back_is_told_all_that_it_missed_or_nothing() -> None:
    async def story(hall: Hall) -> None:
        hall.publish(1, 2)
        hall.publish(3)
        hall.publish(4, trader=ANNE)
        missed = hall.audience.missed
        assert missed(4, 4, ANNE) is not None  # nothing was missed
        assert missed(2, 4, BRUNO) is not None
        assert missed(0, 4, BRUNO) is not None
        assert missed(1, 4, BRUNO) is None  # a part of a decision is not at hand
        assert missed(2, 4, ANNE) is None  # its own standing changed: only a state says how
        for seq in range(5, 5 + REMEMBERED_PUBLICATIONS):
            hall.publish(seq)
        assert missed(3, 4 + REMEMBERED_PUBLICATIONS, BRUNO) is None  # too long ago
        assert missed(4, 4 + REMEMBERED_PUBLICATIONS, BRUNO) is not None

    held(story)


def test_who_has_left_hears_no_more() -> None:
    async def story(hall: Hall) -> None:
        reader, socket = hall.seat()
        hall.publish(1)
        hall.audience.leave(reader)
        await elapse(BUSY_PACE_SECONDS)
        hall.publish(2)
        await elapse(BUSY_PACE_SECONDS)
        assert socket.written == []
        assert len(hall.audience) == 0

    held(story)


def test_a_socket_with_nothing_waiting_is_written_to_directly_and_told_of_what_was_left_over() -> None:
    async def story(hall: Hall) -> None:
        pairs = [socket.socketpair() for _ in range(3)]
        free, full, broken = [DirectSocket(ours) for ours, _ in pairs]
        while True:
            try:
                pairs[1][0].send(b"x" * 4096)
            except BlockingIOError:
                break
        pairs[2][1].close()
        for direct in (free, full, broken):
            hall.seat_at(direct)
        _, slow = hall.seat()
        hall.publish(1)
        await asyncio.sleep(0)
        frame = pairs[0][1].recv(4096)
        assert b'"seq":1' in frame
        assert free.told == [] == free.written
        assert full.told == [(frame, 0)]
        assert broken.told == [(frame, -1)]
        assert ranges(slow) == [(1, 1)]
        for pair in pairs:
            for end in pair:
                end.close()

    held(story)


def test_whoever_left_between_two_slices_is_written_to_no_more() -> None:
    async def story(hall: Hall) -> None:
        for _ in range(SLICE_READERS):
            hall.seat()
        ours, theirs = socket.socketpair()
        last = hall.seat_at(DirectSocket(ours))
        hall.publish(1)
        await asyncio.sleep(0)
        hall.audience.leave(last)
        await elapse(1)
        theirs.setblocking(False)
        try:
            came = theirs.recv(4096)
        except BlockingIOError:
            came = b""
        assert came == b""
        for end in (ours, theirs):
            end.close()

    held(story)
