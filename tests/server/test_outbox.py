"""One client's outbox (architecture, law 5): answers are never dropped, events give way to a state, 4008 at last."""

from collections.abc import Awaitable, Callable

from server.live.frames import text_frame
from server.live.messages import OUTBOX_BYTES
from server.live.outbox import BEHIND_SECONDS, HIGH_BYTES, MOST_ANSWER_BYTES, Outbox
from tests.server.slow_socket import SlowSocket
from tests.simulation.virtual_loop import VirtualLoop, elapse, run_virtually

AUCTION = 7
FULL = OUTBOX_BYTES - 200


def frame(name: str, *, padding: int = 0) -> bytes:
    return text_frame(b'{"name":"%s","padding":"%s"}' % (name.encode(), b"." * padding))


def names(socket: SlowSocket) -> list[str]:
    return [message["name"] for message in socket.written]


def told(story: Callable[[SlowSocket, Outbox], Awaitable[None]]) -> SlowSocket:
    """The socket after a story in virtual time."""
    loop, socket = VirtualLoop(), SlowSocket()

    async def play() -> None:
        await story(socket, Outbox(socket, loop))

    run_virtually(play(), loop)
    return socket


def test_a_reader_that_keeps_up_is_written_to_at_once() -> None:
    async def story(_: SlowSocket, outbox: Outbox) -> None:
        outbox.tell(AUCTION, frame("event"))
        outbox.answer(frame("answer"))

    assert names(told(story)) == ["event", "answer"]


def test_what_waits_goes_out_in_its_order() -> None:
    async def story(socket: SlowSocket, outbox: Outbox) -> None:
        socket.buffered = HIGH_BYTES + 1
        outbox.tell(AUCTION, frame("first"))
        outbox.answer(frame("answer"))
        outbox.tell(AUCTION, frame("second"))
        assert names(socket) == []
        socket.buffered = 0
        outbox.writable()

    assert names(told(story)) == ["first", "answer", "second"]


def test_events_beyond_the_bound_give_way_to_one_state_and_answers_stay() -> None:
    shown: list[int] = []

    async def story(socket: SlowSocket, outbox: Outbox) -> None:
        outbox.resync = shown.append
        socket.buffered = FULL
        outbox.tell(AUCTION, frame("old"))
        outbox.answer(frame("answer"))
        outbox.tell(AUCTION, frame("too much", padding=400))
        outbox.tell(AUCTION, frame("behind"))
        outbox.tell(AUCTION + 1, frame("another auction"))
        assert shown == []
        socket.buffered = 0
        outbox.writable()
        assert shown == [AUCTION]
        outbox.tell(AUCTION, frame("new"))

    socket = told(story)
    assert names(socket) == ["answer", "another auction", "new"]
    assert socket.closed_with is None


def test_who_stays_behind_is_closed_with_4008_and_hears_no_more() -> None:
    async def story(socket: SlowSocket, outbox: Outbox) -> None:
        socket.buffered = FULL
        outbox.tell(AUCTION, frame("queued"))
        outbox.tell(AUCTION, frame("too much", padding=400))
        await elapse(BEHIND_SECONDS - 0.001)
        assert socket.closed_with is None
        await elapse(0.002)
        outbox.answer(frame("late"))

    socket = told(story)
    assert (socket.closed_with, names(socket)) == (4008, [])


def test_who_catches_up_in_time_is_not_closed() -> None:
    async def story(socket: SlowSocket, outbox: Outbox) -> None:
        socket.buffered = FULL
        outbox.tell(AUCTION, frame("queued"))
        outbox.tell(AUCTION, frame("too much", padding=400))
        await elapse(BEHIND_SECONDS - 0.001)
        socket.buffered = 0
        outbox.writable()
        await elapse(BEHIND_SECONDS)

    assert told(story).closed_with is None


def test_answers_that_never_go_out_are_bounded_too() -> None:
    async def story(socket: SlowSocket, outbox: Outbox) -> None:
        socket.buffered = HIGH_BYTES + 1
        outbox.answer(frame("answer", padding=MOST_ANSWER_BYTES))

    assert told(story).closed_with == 4008
