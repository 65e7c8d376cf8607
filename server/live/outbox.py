"""One client's bounded outbox: answers are never dropped, events give way to a newer state.

A reader that keeps up is written to at once. One that does not has its frames queued, up to OUTBOX_BYTES; beyond that
the events of an auction are forgotten and one fresh `state` replaces them once there is room. A reader for whom there
is no room in BEHIND_SECONDS is closed with 4008. The audience never waits (architecture, law 5).
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

from server.errors import CloseCode
from server.live.fanout import Handle
from server.live.messages import OUTBOX_BYTES

HIGH_BYTES: Final = 64 * 1024
LOW_BYTES: Final = 16 * 1024
MOST_ANSWER_BYTES: Final = 4 * OUTBOX_BYTES
BEHIND_SECONDS: Final = 10.0

assert LOW_BYTES < HIGH_BYTES < OUTBOX_BYTES < MOST_ANSWER_BYTES


class Socket(Protocol):
    """As much of a live socket as an outbox needs."""

    @property
    def direct(self) -> Handle:
        """Where a frame may be sent at once while nothing waits before it; always the same. `went` is told then."""
        ...

    def went(self, frame: bytes, taken: int) -> None:
        """The kernel took so many bytes of a frame sent on `direct`; FAILED, none ever again."""

    def write(self, frame: bytes) -> None:
        """Send one ready-made frame."""

    def buffered_bytes(self) -> int:
        """Bytes that the kernel has not taken yet."""
        ...

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye."""


class Outbox:
    """What one client has still to be sent. `resync(auction)` is called when a fresh state is due."""

    __slots__ = ("_behind", "_expiry", "_loop", "_queue", "_queued_bytes", "closed", "resync", "socket")

    def __init__(self, socket: Socket, loop: asyncio.AbstractEventLoop) -> None:
        self.socket = socket  # while anything is queued here, something waits there, and `direct` leads nowhere
        self._loop = loop
        self._queue: deque[tuple[int | None, bytes]] | None = None
        self._queued_bytes = 0
        self._behind: set[int] | None = None
        self._expiry: asyncio.TimerHandle | None = None
        self.resync: Callable[[int], None] | None = None
        self.closed = False

    def answer(self, frame: bytes) -> None:
        """Send what must arrive: an answer, a notice, a state."""
        if self.closed:
            return
        socket = self.socket
        if socket.direct.is_there:  # nothing waits anywhere
            taken = socket.direct.take(frame)
            if taken != len(frame):
                socket.went(frame, taken)
            return
        if self._queue is None and socket.buffered_bytes() <= HIGH_BYTES:
            socket.write(frame)
            return
        self._enqueue(None, frame)
        if self._queued_bytes > MOST_ANSWER_BYTES:
            self.close(CloseCode.TOO_SLOW, "too slow: the answers do not go out")

    def tell(self, auction: int, frame: bytes) -> None:
        """Send events of an auction, unless it is behind: then a state will say it all."""
        if self._queue is None and self._behind is None:
            if self.socket.buffered_bytes() <= HIGH_BYTES:
                self.socket.write(frame)
            elif not self.closed:
                self._enqueue(auction, frame)
            return
        if self.closed or (self._behind is not None and auction in self._behind):
            return
        if self.socket.buffered_bytes() + self._queued_bytes + len(frame) > OUTBOX_BYTES:
            self._fall_behind(auction)
        else:
            self._enqueue(auction, frame)

    def writable(self) -> None:
        """The socket has room again: send on, then ask for the states that are due."""
        if self._queue is not None:
            while self._queue and self.socket.buffered_bytes() <= HIGH_BYTES:
                _, frame = self._queue.popleft()
                self._queued_bytes -= len(frame)
                self.socket.write(frame)
            if self._queue:
                return
            self._queue = None
        behind, self._behind = self._behind, None
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None
        for auction in behind or ():
            if self.resync is not None:
                self.resync(auction)

    def close(self, code: CloseCode, reason: str) -> None:
        """Close the socket with a code that says why."""
        self.release()
        self.socket.close(code, reason)

    def release(self) -> None:
        """The socket is closing or lost: forget everything."""
        self.closed = True
        self._queue = self._behind = None
        self.resync = None
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None

    def _enqueue(self, auction: int | None, frame: bytes) -> None:
        if self._queue is None:
            self._queue = deque()
            self._queued_bytes = 0
        self._queue.append((auction, frame))
        self._queued_bytes += len(frame)

    def _fall_behind(self, auction: int) -> None:
        """Forget the auction's unsent events; a state replaces them, soon or never."""
        kept = deque(item for item in self._queue or () if item[0] != auction)
        self._queue = kept
        self._queued_bytes = sum(len(frame) for _, frame in kept)
        self._behind = (self._behind or set()) | {auction}
        if self._expiry is None:
            self._expiry = self._loop.call_later(
                BEHIND_SECONDS, self.close, CloseCode.TOO_SLOW, "too slow: come back and watch again"
            )
