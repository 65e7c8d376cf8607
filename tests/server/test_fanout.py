"""One frame to many sockets, real ones (architecture, law 5): what the kernel took of it, and nobody left out."""

import contextlib
import gc
import os
import socket
from collections.abc import Iterator

import pytest

from server.live.fanout import FAILED, Handle, send_to_all

FRAME = bytes(range(256)) * 64
Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pairs() -> Iterator[list[Pair]]:
    """Five readers: ours and theirs."""
    pairs = [socket.socketpair() for _ in range(5)]
    for ours, _ in pairs:
        ours.setblocking(False)
    yield pairs
    for pair in pairs:
        for end in pair:
            end.close()


def filled(ours: socket.socket) -> None:
    """Write until the kernel takes no more."""
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(ours.fileno(), b"x" * 4096)


def test_everyone_gets_the_whole_frame(pairs: list[Pair]) -> None:
    assert send_to_all([ours for ours, _ in pairs], FRAME) == [len(FRAME)] * 5
    assert all(theirs.recv(len(FRAME), socket.MSG_WAITALL) == FRAME for _, theirs in pairs)


def test_whoever_has_no_room_is_passed_over_and_the_others_are_served(pairs: list[Pair]) -> None:
    for position in (0, 3):
        filled(pairs[position][0])
    taken = send_to_all([ours for ours, _ in pairs], FRAME)
    assert taken == [0, len(FRAME), len(FRAME), 0, len(FRAME)]


def test_what_the_kernel_took_of_a_frame_is_counted(pairs: list[Pair]) -> None:
    frame = b"y" * 64_000_000
    with socket.create_server(("127.0.0.1", 0)) as listening:  # the network takes what fits, and no more
        ours = socket.create_connection(listening.getsockname())
        theirs, _ = listening.accept()
    with ours, theirs:
        ours.setblocking(False)
        first, taken, last = send_to_all([pairs[0][0], ours, pairs[1][0]], frame)
        theirs.settimeout(10)
        arrived = 0
        while arrived < taken:
            arrived += len(theirs.recv(1 << 20))
    assert 0 < taken < len(frame)
    assert arrived == taken
    assert max(first, last) < len(frame)


def test_a_broken_socket_and_a_handle_that_leads_nowhere_fail_alone(pairs: list[Pair]) -> None:
    pairs[1][1].close()
    handles = [ours for ours, _ in pairs]
    taken = send_to_all([*handles[:2], Handle(), *handles[3:]], FRAME)
    assert taken == [len(FRAME), FAILED, FAILED, len(FRAME), len(FRAME)]


def test_a_bug_is_not_swallowed() -> None:
    with pytest.raises(TypeError):
        send_to_all([None], FRAME)  # type: ignore[list-item]  # the bug itself


def test_a_handle_leads_to_a_socket_until_it_is_let_go_and_never_closes_it(pairs: list[Pair]) -> None:
    ours, theirs = pairs[0]
    handle = Handle()
    assert handle.fileno() < 0
    handle.lead_to(ours.fileno())
    assert handle.is_there
    assert send_to_all([handle], b"one") == [3]
    handle.detach()
    assert handle.fileno() < 0
    assert send_to_all([handle], b"two") == [FAILED]
    handle.lead_to(ours.fileno())
    assert send_to_all([handle], b"three") == [5]
    del handle
    gc.collect()
    assert ours.send(b"four") == 4
    assert theirs.recv(100) == b"onethreefour"
