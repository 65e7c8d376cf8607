"""The way between a browser and a house: a reverse proxy of a few lines that strips a path prefix, as an operator's
does, and on which answers or questions can be held back, so that a test sees what is shown in between.

Real sockets and the house's own bytes: nothing is made up or changed but the path of a request. Each connection
carries one request, or one live socket.
"""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

PIECE: Final = 65_536
_END_OF_HEAD: Final = b"\r\n\r\n"


class Way(socketserver.ThreadingTCPServer):
    """A way to the house at `address`; what asks for a path without `prefix` is closed without an answer."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: str, prefix: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Passage)
        parts = urlsplit(address)
        assert parts.hostname is not None
        assert parts.port is not None
        self.house = (parts.hostname, parts.port)
        self.prefix = prefix
        self.address = f"http://127.0.0.1:{self.server_address[1]}{prefix}"
        self.stray: list[str] = []
        """What was asked for beside the prefix."""
        self.sockets: list[_Passage] = []

    @contextmanager
    def opened(self) -> Iterator["Way"]:
        """Open until the end of the block."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self.release()
            self.shutdown()
            thread.join()
            self.server_close()

    def hold(self, *, answers: bool) -> None:
        """Keep back what live sockets open now carry: the house's answers, or what is said to it. Later ones pass."""
        for passage in self.sockets:
            (passage.answers if answers else passage.questions).clear()

    def release(self) -> None:
        """Let everything through, what was kept back first."""
        for passage in self.sockets:
            passage.answers.set()
            passage.questions.set()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle is no failure."""


class _Passage(socketserver.BaseRequestHandler):
    """One connection."""

    server: Way
    request: socket.socket

    def setup(self) -> None:
        self.answers, self.questions = threading.Event(), threading.Event()
        self.answers.set()
        self.questions.set()

    def handle(self) -> None:
        head = b""
        while _END_OF_HEAD not in head:
            piece = self.request.recv(PIECE)
            if not piece:
                return
            head += piece
        head, _, begun = head.partition(_END_OF_HEAD)
        first, *fields = head.split(b"\r\n")
        method, path, version = first.split(b" ")
        prefix = self.server.prefix.encode()
        if not path.startswith(prefix + b"/"):
            self.server.stray.append(path.decode())
            return
        is_socket = any(field.lower().startswith(b"upgrade:") for field in fields)
        if is_socket:
            self.server.sockets.append(self)
        else:
            fields = [field for field in fields if not field.lower().startswith(b"connection:")] + [
                b"Connection: close"
            ]
        with socket.create_connection(self.server.house) as house:
            line = b" ".join((method, path.removeprefix(prefix), version))
            house.sendall(b"\r\n".join((line, *fields)) + _END_OF_HEAD + begun)
            onward = threading.Thread(target=_carry, args=(self.request, house, self.questions), daemon=True)
            onward.start()
            _carry(house, self.request, self.answers)
            with suppress(OSError):
                self.request.shutdown(socket.SHUT_RDWR)
            onward.join()


def _carry(source: socket.socket, target: socket.socket, gate: threading.Event) -> None:
    """Everything from one to the other, while the gate is open."""
    with suppress(OSError):
        while piece := source.recv(PIECE):
            gate.wait()
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
