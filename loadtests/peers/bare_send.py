"""The floor of a fan-out: a loop that sends the same ready bytes on every reader's socket, and does nothing else.

In C (bare_send.c) where the machine has a compiler. Where it has none, Python's `socket.send` in a plain `for`, which
costs some tenths more than the loop in C and so flatters whatever is divided by it: `kind` says which, and the report
prints it.
"""

import ctypes
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from loadtests import wire
from loadtests.processes import CrowdFault

_BACKLOG: Final = 4096
_SOURCE: Final = Path(__file__).with_suffix(".c")


class BareSend:
    """Listens on a port of its own, and holds the connections that come."""

    def __init__(self) -> None:
        self._listening = socket.create_server((wire.HOST, 0), backlog=_BACKLOG)
        self._sockets: list[socket.socket] = []
        self._compiled = _compiled()

    def kind(self) -> str:
        """What the loop is written in."""
        return "C" if self._compiled else "Python, for want of a C compiler"

    def port(self) -> int:
        """Where to connect."""
        return int(self._listening.getsockname()[1])

    def accept(self, count: int) -> None:
        """Take `count` connections."""
        for _ in range(count):
            sock, _address = self._listening.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets.append(sock)

    def close(self) -> None:
        """Let go of every socket."""
        for sock in (self._listening, *self._sockets):
            sock.close()

    def send(self, payload_bytes: int, events: int, per_second: float) -> int:
        """Send `events` frames of `payload_bytes` to every reader at an even pace; answer the number of sends."""
        frame = wire.served(b"x" * payload_bytes)
        send_to_all = self._loop_in_python(frame) if self._compiled is None else self._loop_in_c(self._compiled, frame)
        begun, sends = time.monotonic(), 0
        for number in range(events):
            time.sleep(max(0.0, begun + number / per_second - time.monotonic()))
            sends += send_to_all()
        if sends != events * len(self._sockets):
            raise CrowdFault("the bare loop's readers fell behind")
        return sends

    def _loop_in_c(self, compiled: ctypes.CDLL, frame: bytes) -> Callable[[], int]:
        loop = compiled.send_to_all
        loop.restype = ctypes.c_long
        loop.argtypes = [ctypes.POINTER(ctypes.c_int), ctypes.c_long, ctypes.c_char_p, ctypes.c_size_t]
        numbers = [sock.fileno() for sock in self._sockets]
        sockets = (ctypes.c_int * len(numbers))(*numbers)
        return lambda: int(loop(sockets, len(numbers), frame, len(frame)))

    def _loop_in_python(self, frame: bytes) -> Callable[[], int]:
        sends = [sock.send for sock in self._sockets]

        def send_to_all() -> int:
            for send in sends:
                send(frame)
            return len(sends)

        return send_to_all


def _compiled() -> ctypes.CDLL | None:
    """The loop in C, made now; None when this machine cannot."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    with tempfile.TemporaryDirectory() as directory:
        library = Path(directory) / "bare_send.so"
        command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(_SOURCE)]
        made = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - our own source
        return ctypes.CDLL(str(library)) if made.returncode == 0 else None
