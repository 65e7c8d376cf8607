"""A socket whose other side reads when the test says so."""

import msgspec

from server.live.fanout import Handle
from tests.simulation.reader import Message


class SlowSocket:
    """What was written, what is buffered, and how it was closed."""

    direct = Handle()

    def __init__(self) -> None:
        self.written: list[Message] = []
        self.closed_with: int | None = None
        self.buffered = 0

    def write(self, frame: bytes) -> None:
        """See `outbox.Socket`."""
        start = {126: 4, 127: 10}.get(frame[1], 2)
        self.written.append(msgspec.json.decode(frame[start:]))

    def went(self, frame: bytes, taken: int) -> None:
        """See `outbox.Socket`; nothing is written past this one."""
        raise AssertionError((frame, taken))

    def buffered_bytes(self) -> int:
        """See `outbox.Socket`."""
        return self.buffered

    def close(self, code: int, reason: str = "") -> None:  # noqa: ARG002 - the protocol of a socket has it
        """See `outbox.Socket`."""
        self.closed_with = code
