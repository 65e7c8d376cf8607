"""A line between a client and the house: what a socket and a network do, without either.

Frames arrive in order and late. A line can stall (the other side reads nothing and the house sees its buffer grow), be
cut without a word, or be closed with a code. What is written is shown to the witness at that very moment.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Protocol

import msgspec

from server.caller import Caller
from server.live.fanout import Handle
from server.live.outbox import HIGH_BYTES, Outbox
from server.live.session import Doors, Session
from tests.simulation.reader import Message, range_of
from tests.simulation.witness import Witness

ABNORMAL = 1006


class Ear(Protocol):
    """The client at the other end."""

    def hear(self, line: "Line", message: Message) -> None:
        """A message has come."""

    def hung_up(self, line: "Line", code: int) -> None:
        """The line is closed."""


@lru_cache(maxsize=512)
def decoded(frame: bytes) -> Message:
    """The message in a ready-made text frame; not to be changed."""
    length = frame[1]
    start = {126: 4, 127: 10}.get(length, 2)
    message: Message = msgspec.json.decode(frame[start:])
    return message


class Line:
    """One connection, both ends."""

    direct = Handle()

    def __init__(self, loop: asyncio.AbstractEventLoop, witness: Witness, ear: Ear, *, seconds: float) -> None:
        self._loop = loop
        self._witness = witness
        self._ear = ear
        self._seconds = seconds
        self._session: Session | None = None
        self._outbox: Outbox | None = None
        self._serving = True
        self._listening = True
        self._waiting: list[bytes] | None = None
        self._ballast_bytes = 0
        self._travelling: deque[Callable[[], None]] = deque()
        self._asked_after: dict[int, set[int]] = {}
        self.stalled_ever = False

    def connect(self, caller: Caller, doors: Doors) -> None:
        """The house answers: a session hangs on the line."""
        self._outbox = Outbox(self, self._loop)
        self._session = Session(caller, doors, self._outbox)
        self._session.open()

    # The house's end -------------------------------------------------------------------------------------------------

    def went(self, frame: bytes, taken: int) -> None:
        """See `outbox.Socket`; nothing is written past a line."""
        raise AssertionError((frame, taken))

    def write(self, frame: bytes) -> None:
        """See `outbox.Socket`."""
        if not self._serving or self._session is None:
            return
        message, caller = decoded(frame), self._session.caller
        self._witness.hears(caller, message, frame)
        if message["type"] in {"event", "events"}:
            self._check_pace(caller, message)
        if self._waiting is not None:
            self._waiting.append(frame)
        else:
            self._send(frame)

    def buffered_bytes(self) -> int:
        """See `outbox.Socket`."""
        return self._ballast_bytes + sum(map(len, self._waiting or ()))

    def close(self, code: int, reason: str = "") -> None:  # noqa: ARG002 - the protocol of a socket has it
        """See `outbox.Socket`."""
        if self._serving:
            self._serving = False
            self._later(self._hang_up, code)
            self._later(self._tell_session, code)

    def die(self) -> None:
        """The house has crashed: nothing more comes from it, not even a goodbye."""
        self._serving = False
        self._session = self._outbox = None
        self._later(self._hang_up, ABNORMAL)

    # The client's end ------------------------------------------------------------------------------------------------

    def say(self, text: bytes) -> None:
        """Send a message."""
        self._later(self._arrive, text)

    def cut(self, seconds: float) -> None:
        """Go without a word; the house finds out later."""
        self._listening = False
        self._loop.call_later(seconds, self._lose)

    def stall(self, ballast_bytes: int) -> None:
        """Read nothing more; so much is on its way already."""
        self.stalled_ever = True
        self._waiting, self._ballast_bytes = self._waiting or [], ballast_bytes

    def go_on(self) -> None:
        """Read again."""
        was_full = self.buffered_bytes() > HIGH_BYTES
        waiting, self._waiting = self._waiting, None
        self._ballast_bytes = 0
        for frame in waiting or ():
            self._send(frame)
        if was_full and self._serving and self._outbox is not None:
            self._outbox.writable()

    def has_asked(self, auction_id: int, after: int) -> bool:
        """Whether a `watch` on this line has named this `after`."""
        return after in self._asked_after.get(auction_id, ())

    # In between ------------------------------------------------------------------------------------------------------

    def _later(self, act: Callable[..., None], *what: object) -> None:
        """Timers of one moment go off in any order; what travels on a line keeps its own."""
        self._travelling.append(partial(act, *what))
        self._loop.call_later(self._seconds, self._arrive_next)

    def _arrive_next(self) -> None:
        self._travelling.popleft()()

    def _send(self, frame: bytes) -> None:
        self._later(self._deliver, frame)

    def _deliver(self, frame: bytes) -> None:
        if self._listening:
            self._ear.hear(self, decoded(frame))

    def _arrive(self, text: bytes) -> None:
        if self._serving and self._session is not None:
            self._note_watch(text)
            self._session.receive(text)

    def _hang_up(self, code: int) -> None:
        if self._listening:
            self._listening = False
            self._ear.hung_up(self, code)

    def _lose(self) -> None:
        if self._serving:
            self._serving = False
            self._tell_session(ABNORMAL)

    def _tell_session(self, code: int) -> None:
        if self._session is not None:
            self._session.closed(code)

    def _note_watch(self, text: bytes) -> None:
        if text.startswith(b'{"type":"watch"'):
            watch = msgspec.json.decode(text)
            self._asked_after.setdefault(watch["auction"], set()).add(watch.get("after", -1))

    def _check_pace(self, caller: Caller, frame: Message) -> None:
        first, last = range_of(frame)
        resumes = self.has_asked(frame["auction"], first - 1)
        if first <= last and not resumes and not self.stalled_ever:
            self._witness.in_time(caller, frame["auction"], first, self._loop.time())
