"""Readers: many sockets of one process that follow an auction, drained fast enough never to hold the server up.

One buffer for all, frames counted by their headers; of each reader only the beginning of its last frame is kept, which
says how far it has come. A few samples along the way keep everything, with the moment at which it came.
"""

import re
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from loadtests import wire
from loadtests.processes import CrowdFault

_BUFFER_BYTES: Final = 1 << 20
_KEPT_BYTES: Final = 128
"""Of each frame's beginning: enough for `seq`, which the protocol's encoder writes before what changed."""

SAMPLES: Final = 8
_AT_ONCE: Final = 64
_CONNECT_SECONDS: Final = 60
_QUIET_SECONDS: Final = 1.0
_PATIENCE_SECONDS: Final = 20
_SEQ: Final = re.compile(rb'"seq":(\d+)')


@dataclass(frozen=True, slots=True)
class Heard:
    """What all readers heard in one listening.

    `frames` and `data_bytes` over all readers; `fewest` and `most` frames of one reader; `behind` and `ahead` are the
    lowest and highest last `seq`; `samples` are (reader, nanoseconds of the monotonic clock, payload); `lost` were cut.
    """

    frames: int
    data_bytes: int
    fewest: int
    most: int
    behind: int
    ahead: int
    lost: int
    samples: tuple[tuple[int, int, bytes], ...]


class _Reader:
    __slots__ = ("frames", "last", "sample", "skip", "sock", "tail")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.skip = 0  # bytes of the current frame that are still to come
        self.tail = b""  # the beginning of a frame, too short to say what it is
        self.frames = 0
        self.last = b""
        self.sample: list[tuple[int, bytes]] | None = None


class Readers:
    """`count` sockets on `path`, signed with `tokens` in turn; each sends `greeting` and waits for `greeted` frames."""

    def __init__(
        self, port: int, path: str | None, tokens: Sequence[str | None], count: int, greeting: bytes, greeted: int
    ) -> None:
        self._view = memoryview(bytearray(_BUFFER_BYTES))
        self._poll = select.epoll()
        self._readers: dict[int, _Reader] = {}
        self._bytes = 0
        self._messages = 0
        self._lost = 0
        try:
            for first in range(0, count, _AT_ONCE):
                some = [tokens[n % len(tokens)] for n in range(first, min(count, first + _AT_ONCE))]
                self._connect(port, path, some, greeting)
            self._wait_for_greetings(greeted)
        except BaseException:
            self.close()
            raise
        everyone = list(self._readers.values())
        for n in range(SAMPLES):
            everyone[n * (count - 1) // (SAMPLES - 1)].sample = []

    def close(self) -> None:
        """Let go of every socket."""
        self._poll.close()
        for reader in self._readers.values():
            reader.sock.close()

    def listen(self, seconds: float) -> Heard:
        """Hear everything for `seconds`, and then until no message has come for a moment; heartbeats are no message."""
        for reader in self._readers.values():
            reader.frames = 0
            if reader.sample is not None:
                reader.sample = []
        self._bytes = 0
        until = time.monotonic() + seconds
        quiet_since = time.monotonic()
        while True:
            now, before = time.monotonic(), self._messages
            self._drain(0.05)
            if self._messages != before:
                quiet_since = now
            if now >= until and (now - quiet_since >= _QUIET_SECONDS or now >= until + _PATIENCE_SECONDS):
                return self._heard()

    # ------------------------------------------------------------------------------------------------- coming in

    def _connect(self, port: int, path: str | None, tokens: Sequence[str | None], greeting: bytes) -> None:
        fresh = []
        for _ in tokens:
            reader = _Reader(socket.create_connection((wire.HOST, port), _CONNECT_SECONDS))
            self._readers[reader.sock.fileno()] = reader
            fresh.append(reader)
        if path is not None:
            for reader, token in zip(fresh, tokens, strict=True):
                reader.sock.sendall(wire.upgrade(port, path, token))
        for reader in fresh:
            if path is not None:
                reader.tail = after_upgrade(reader.sock)
            if greeting:
                reader.sock.sendall(greeting)
            reader.sock.setblocking(False)
            self._poll.register(reader.sock, select.EPOLLIN)

    def _wait_for_greetings(self, greeted: int) -> None:
        until = time.monotonic() + _CONNECT_SECONDS
        while any(reader.frames < greeted for reader in self._readers.values()):
            self._drain(0.05)
            if time.monotonic() > until or self._lost:
                raise CrowdFault(f"a reader was not greeted with {greeted} frames ({self._lost} were cut)")

    # -------------------------------------------------------------------------------------------------- listening

    def _drain(self, seconds: float) -> None:
        view, readers = self._view, self._readers
        ready = self._poll.poll(seconds)
        for fd, _ in ready:
            reader = readers[fd]
            begin = len(reader.tail)
            if begin:
                view[:begin] = reader.tail
            try:
                size = reader.sock.recv_into(view[begin:])
            except ConnectionError:
                size = 0
            if not size:
                self._poll.unregister(fd)
                self._lost += 1
                continue
            self._bytes += size
            self._take(reader, begin + size)

    def _take(self, reader: _Reader, size: int) -> None:
        """Count the frames of `size` bytes at the buffer's beginning."""
        view, position = self._view, reader.skip
        reader.tail = b""
        while position < size:
            frame = wire.frame_at(view[:size], position)
            if frame is None or (frame.end > size and (reader.sample is not None or size - position < _KEPT_BYTES)):
                reader.tail, reader.skip = bytes(view[position:size]), 0
                return
            if frame.opcode == wire.TEXT:
                reader.frames += 1
                self._messages += 1
                reader.last = bytes(view[frame.begin : min(frame.end, frame.begin + _KEPT_BYTES)])
                if reader.sample is not None:
                    reader.sample.append((time.monotonic_ns(), bytes(view[frame.begin : frame.end])))
            elif frame.opcode == wire.PING:
                reader.sock.send(wire.PONG)
            position = frame.end
        reader.skip = position - size

    def _heard(self) -> Heard:
        readers = list(self._readers.values())
        seqs = [int(found[1]) if (found := _SEQ.search(reader.last)) else 0 for reader in readers]
        frames = [reader.frames for reader in readers]
        return Heard(
            frames=sum(frames),
            data_bytes=self._bytes,
            fewest=min(frames),
            most=max(frames),
            behind=min(seqs),
            ahead=max(seqs),
            lost=self._lost,
            samples=tuple(
                (n, at_ns, payload)
                for n, reader in enumerate(readers)
                if reader.sample is not None
                for at_ns, payload in reader.sample
            ),
        )


def after_upgrade(sock: socket.socket) -> bytes:
    """What follows the answer to an upgrade. Raises `CrowdFault` with its first line when it is not 101."""
    came = b""
    while b"\r\n\r\n" not in came:
        more = sock.recv(4096)
        if not more:
            break
        came += more
    head, _, rest = came.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 101"):
        raise CrowdFault(f"no live connection: {head.splitlines()[0].decode() if head else 'cut'}")
    return rest
