"""One live socket: one transport, a handful of fields and four callbacks; no task, no queue, no scope.

A plain whole text frame goes straight to its callback as bytes. Everything else (ping, close, fragments, oversize,
binary, reserved bits) is judged by `websockets`' sans-I/O protocol, which a socket has only while it needs one.
What leaves is a ready-made frame (frames.py), shared by all readers. While nothing waits it goes to the kernel at once:
every object touched on the way costs a fetch from memory. Nothing here knows an auction or a right; nothing awaits.
"""

import asyncio
import logging
from collections.abc import Callable
from enum import IntEnum
from typing import Final, Protocol, cast

from websockets.frames import CloseCode, Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from server.live import frames
from server.live.fanout import FAILED, Handle

MESSAGE_BYTES: Final = 16 * 1024
"""The longest message that is heard. A longer one is a fault of one message, not of the connection."""

HOSTILE_MESSAGE_BYTES: Final = 64 * 1024
"""The longest message that is read at all. A longer one closes the connection with 1009."""

MISSED_HEARTBEATS: Final = 2

CLOSE_WAIT_SECONDS: Final = 5.0
"""How long a closing socket may take to flush and to hear the other side's close, before it is cut."""

TOO_LARGE: Final = "too_large"
MALFORMED: Final = "malformed"

_NO_FD: Final = -1
_LONGEST_CONTROL_PAYLOAD: Final = 125

assert MESSAGE_BYTES < HOSTILE_MESSAGE_BYTES

_log = logging.getLogger("adjuge.edge")


class _Phase(IntEnum):
    """Where a socket stands. It only ever goes down this list."""

    OFFERED = 0  # the handshake is under way
    WAITING = 1  # accepted, nobody listens yet; reading is paused
    OPEN = 2
    CLOSING = 3  # we sent a close, the other side's answer is awaited
    ENDING = 4  # nothing more to say or to hear; the transport flushes and closes
    LOST = 5


def _nobody(_: object = None) -> None:
    """The callback of a socket that nobody listens to."""


class Register(Protocol):
    """Who keeps the list of live sockets."""

    def join(self, socket: "LiveSocket", /) -> None:
        """A socket has been attached."""

    def leave(self, socket: "LiveSocket", /) -> None:
        """A socket is lost. It may never have joined."""


class LiveSocket(asyncio.Protocol):
    """One accepted connection. All methods are synchronous and belong to the loop's thread."""

    __slots__ = (
        "_close_code",
        "_expiry",
        "_fd",
        "_judge",
        "_message",
        "_message_is_text",
        "_on_closed",
        "_on_fault",
        "_on_text",
        "_on_writable",
        "_phase",
        "_register",
        "_rest",
        "_transport",
        "_wanted",
        "direct",
        "slot",
        "unanswered_pings",
    )

    def __init__(self, register: Register) -> None:
        self._register = register
        self._transport: asyncio.Transport = cast(asyncio.Transport, None)  # until the handshake hands it over
        self._phase = _Phase.OFFERED
        self._fd = _NO_FD  # the transport's, for as long as it is ours to write to
        self.direct = Handle()  # there while the socket is open and nothing of ours waits in the transport
        self._on_text: Callable[[bytes], None] = _nobody
        self._on_fault: Callable[[str], None] = _nobody
        self._on_closed: Callable[[int], None] = _nobody
        self._on_writable: Callable[[], None] = _nobody
        self._rest: bytearray | None = None  # the beginning of a frame that has not come whole
        self._wanted = 0  # bytes of `_rest` below which looking again is idle
        self._judge: ServerProtocol | None = None
        self._message: bytearray | None = None  # a message in fragments, as far as it has come
        self._message_is_text = True
        self._close_code = 0
        self._expiry: asyncio.TimerHandle | None = None
        self.slot = 0
        self.unanswered_pings = 0

    # ------------------------------------------------------------------------------------------ what its owner calls

    @property
    def is_open(self) -> bool:
        """Whether what is written now has a chance to arrive."""
        return self._phase is _Phase.OPEN

    @property
    def is_waiting(self) -> bool:
        """Whether it was accepted and nobody has attached to it."""
        return self._phase is _Phase.WAITING

    def attach(
        self,
        *,
        on_text: Callable[[bytes], None],
        on_fault: Callable[[str], None],
        on_closed: Callable[[int], None],
        on_writable: Callable[[], None],
    ) -> None:
        """Listen, once, after the accept.

        `on_text` gets each message as valid UTF-8 of at most MESSAGE_BYTES. `on_fault` gets "too_large" or "malformed".
        `on_closed` gets the close code (1006: cut) exactly once. `on_writable`: what was buffered has fallen to the low
        limit.
        """
        if self._phase is _Phase.LOST:  # gone between the accept and this line: tell it like any other loss
            asyncio.get_running_loop().call_soon(on_closed, CloseCode.ABNORMAL_CLOSURE)
            return
        assert self._phase is _Phase.WAITING, "a live socket is attached once, after its accept"
        self._on_text = on_text
        self._on_fault = on_fault
        self._on_closed = on_closed
        self._on_writable = on_writable
        self._phase = _Phase.OPEN
        self._register.join(self)
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def write(self, frame: bytes) -> None:
        """Send one ready-made frame (frames.text_frame), or several joined; nothing once the socket is closing."""
        if self._phase is not _Phase.OPEN:
            return
        if not self.direct.is_there and self._fd != _NO_FD and self._transport.get_write_buffer_size() == 0:
            self.direct.lead_to(self._fd)
        if self.direct.is_there:
            self.went(frame, self.direct.take(frame))
        else:
            self._transport.write(frame)

    def went(self, frame: bytes, taken: int) -> None:
        """Whoever sent `frame` on `direct` says how many bytes the kernel took, or FAILED."""
        if taken == FAILED:
            self.abort()
        elif taken != len(frame):
            self._write_behind(frame[taken:])

    def ping(self) -> None:
        """Ask for a sign of life."""
        self.write(frames.PING)

    def buffered_bytes(self) -> int:
        """Bytes written that the kernel has not yet taken."""
        return 0 if self.direct.is_there else self._transport.get_write_buffer_size()

    def set_write_limits(self, *, high_bytes: int, low_bytes: int) -> None:
        """Once more than `high_bytes` have been buffered, `on_writable` is called when they fall to `low_bytes`."""
        self._transport.set_write_buffer_limits(high=high_bytes, low=low_bytes)

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye with `code` and at most 123 bytes of `reason`; cut after CLOSE_WAIT_SECONDS without an answer."""
        if self._phase not in {_Phase.WAITING, _Phase.OPEN}:
            return
        if self._phase is _Phase.WAITING and not self._transport.is_closing():
            self._transport.resume_reading()
        judge = self._called_judge()
        if self._rest is not None:
            judge.receive_data(self._rest)
            self._rest = None
        if judge.state is State.OPEN:
            judge.send_close(code, reason)
        self._phase = _Phase.CLOSING
        self.direct.detach()
        self._close_code = code
        self._expire_later()
        self._follow(judge)

    def abort(self) -> None:
        """Cut, now; `on_closed` follows in a later turn of the loop."""
        if self._phase is not _Phase.LOST:
            self._phase = _Phase.ENDING
            self.direct.detach()
            self._transport.abort()

    def beat(self) -> None:
        """One turn of the heartbeat: ask again, or cut what has left two pings unanswered: nobody is there."""
        if self._phase is not _Phase.OPEN:
            return
        if self.unanswered_pings >= MISSED_HEARTBEATS:
            self.abort()
        else:
            self.unanswered_pings += 1
            self.ping()

    # -------------------------------------------------------------------------------------- what the transport calls

    def take_over(self, transport: asyncio.Transport) -> None:
        """Become the protocol of an accepted connection, whose reading the handshake has paused."""
        self._transport = transport
        self._phase = _Phase.WAITING
        if transport.get_extra_info("sslcontext") is None:
            self._fd = transport.get_extra_info("socket").fileno()
        transport.set_protocol(self)

    def data_received(self, data: bytes) -> None:
        """Take every whole frame of what has come; keep the beginning of the next."""
        self.unanswered_pings = 0
        if self._rest is None and self._judge is None and self._phase is _Phase.OPEN and frames.is_short_text(data):
            self._hear(frames.short_text(data))
            return
        if self._rest is not None:
            self._rest += data
            if len(self._rest) < self._wanted:
                return
            data = bytes(self._rest)
            self._rest = None
        position, end = 0, len(data)
        while position < end:
            if self._phase is not _Phase.OPEN:
                self._receive_closing(data[position:])
                return
            taken = self._take_frame(data, position)
            if taken == 0:
                self._rest = bytearray(data[position:])
                return
            position += taken

    def eof_received(self) -> None:
        """The other side will say no more: the transport closes itself, and `connection_lost` tells."""

    def resume_writing(self) -> None:
        """A slow reader has caught up."""
        if self._phase is _Phase.OPEN:
            self._on_writable()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio names it
        """The end, whatever its cause."""
        self._phase = _Phase.LOST
        self.direct.detach()
        self._fd = _NO_FD  # the transport closes it next, and the number may then be a stranger's
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None
        self._register.leave(self)
        self._judge = self._message = self._rest = None
        self._tell_closed(self._close_code or CloseCode.ABNORMAL_CLOSURE)

    # --------------------------------------------------------------------------------------------------- frames come

    def _take_frame(self, data: bytes, position: int) -> int:
        """Take the frame at `position`; answer how many bytes it had, 0 if it has not come whole."""
        there = len(data) - position
        if there >= 2 and not frames.is_masked(data, position):  # noqa: PLR2004 - the two bytes that every frame has
            self._refer(data[position:])  # refused with 1002 (RFC 6455 §5.1)
            return there
        span = frames.payload_span(data, position)
        if span is None:
            self._wanted = there + 1
            return 0
        begin, end = span
        if end - begin > HOSTILE_MESSAGE_BYTES:
            self._refer(data[position:])  # refused with 1009 as soon as its length is read
            return there
        if end > len(data):
            self._wanted = end - position
            return 0
        first = data[position]
        if self._judge is None and first == frames.WHOLE_TEXT:
            self._hear(frames.unmasked(data, begin, end))
        elif self._judge is None and first == frames.WHOLE_PONG and end - begin <= _LONGEST_CONTROL_PAYLOAD:
            pass  # a sign of life, already noted
        else:
            self._refer(data[position:end])
        return end - position

    def _hear(self, text: bytes) -> None:
        """One whole text message: to its callback, unless it is too long or no text."""
        if len(text) > MESSAGE_BYTES:
            self._on_fault(TOO_LARGE)
        elif text.isascii() or _is_utf8(text):
            self._on_text(text)
        else:
            self._on_fault(MALFORMED)
            self.close(CloseCode.INVALID_DATA, "not UTF-8")

    def _refer(self, data: bytes) -> None:
        """Let `websockets` judge one frame (or the beginning of one that it will refuse), and follow its judgement."""
        judge = self._called_judge()
        judge.receive_data(data)
        for event in judge.events_received():
            if isinstance(event, Frame):
                self._gather(event)
        self._follow(judge)
        if self._phase is _Phase.OPEN and self._message is None:
            self._judge = None  # between messages it has nothing to remember

    def _gather(self, frame: Frame) -> None:
        """Put a message in fragments together; what is not text is a fault. `websockets` bounds its length."""
        if frame.opcode is Opcode.CONT and self._message is not None:
            self._message += frame.data
        elif frame.opcode in {Opcode.TEXT, Opcode.BINARY}:
            self._message = bytearray(frame.data)
            self._message_is_text = frame.opcode is Opcode.TEXT
        else:
            return  # ping, pong, close: `websockets` has answered
        if not frame.fin:
            return
        message, self._message = bytes(self._message), None
        if self._phase is not _Phase.OPEN:
            return
        if self._message_is_text:
            self._hear(message)
        else:
            self._on_fault(MALFORMED)

    def _called_judge(self) -> ServerProtocol:
        if self._judge is None:
            self._judge = ServerProtocol(state=State.OPEN, max_size=HOSTILE_MESSAGE_BYTES, logger=_log)
        return self._judge

    # ------------------------------------------------------------------------------------------------- the way out

    def _receive_closing(self, data: bytes) -> None:
        """After our own close only the other side's close matters; after that, nothing."""
        if self._phase is _Phase.CLOSING and self._judge is not None:
            self._judge.receive_data(data)
            self._judge.events_received()
            self._follow(self._judge)

    def _follow(self, judge: ServerProtocol) -> None:
        """Send what `websockets` wants sent, and end the connection if it says so."""
        out = b"".join(judge.data_to_send())  # its end-of-stream mark is the empty string: joined away
        if self._transport.is_closing():
            return  # `connection_lost` is on its way
        if out:
            self._write_behind(out)
        if judge.parser_exc is not None:
            sent = judge.close_sent
            self._end(CloseCode.ABNORMAL_CLOSURE if sent is None else sent.code)
            # Closing with bytes unread would reset the connection and lose the code: say no more, hear to the end.
            if self._transport.can_write_eof():
                self._transport.write_eof()
                return
            self._transport.close()
        elif judge.close_rcvd is not None:
            self._end(judge.close_rcvd.code)
            self._transport.close()

    def _write_behind(self, data: bytes) -> None:
        """Leave it to the transport to send `data`; nothing may overtake it."""
        self.direct.detach()
        self._transport.write(data)

    def _end(self, code: int) -> None:
        self._phase = _Phase.ENDING
        self.direct.detach()
        self._expire_later()
        self._tell_closed(self._close_code or code)

    def _expire_later(self) -> None:
        if self._expiry is None:
            self._expiry = asyncio.get_running_loop().call_later(CLOSE_WAIT_SECONDS, self.abort)

    def _tell_closed(self, code: int) -> None:
        """Tell the owner, once, and let go of it."""
        on_closed = self._on_closed
        self._on_text = self._on_fault = self._on_closed = self._on_writable = _nobody
        on_closed(int(code))


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
