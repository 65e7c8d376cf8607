"""One frame to many sockets: a call to the kernel each, and no line of Python between two of them.

A send leaves nothing of ours in the processor's caches, so whatever is touched between two sends is fetched from memory
again: a loop in Python over readers costs half as much as the sends themselves. Hence the loop in C that `map` is, over
handles that work only while they may be used. Knows no reader, no auction.
"""

import socket
from collections.abc import Iterable
from itertools import repeat
from typing import Final

FAILED: Final = -1
"""In place of a count of bytes: nothing was taken, and nothing will be."""


class Handle(socket.SocketType):
    """A way past the transport to a connection's socket: there while nothing waits in the transport, else closed.

    A socket object without a descriptor of its own: it borrows the transport's and never closes it.
    """

    __slots__ = ()

    def __init__(self) -> None:
        """Without a descriptor, so that a send fails like one to a closed socket."""

    def __del__(self) -> None:
        """Not ours to close."""
        self.detach()

    @property
    def is_there(self) -> bool:
        """Whether it leads anywhere."""
        return self.fileno() >= 0

    def lead_to(self, descriptor: int) -> None:
        """Borrow the descriptor of a connected, non-blocking TCP socket."""
        super().__init__(socket.AF_INET, socket.SOCK_STREAM, 0, descriptor)

    def take(self, frame: bytes) -> int:
        """Send `frame`; how many bytes the kernel took of it, 0 if it has no room, or FAILED."""
        try:
            return self.send(frame)
        except BlockingIOError:
            return 0
        except OSError:
            return FAILED


def send_to_all(handles: Iterable[socket.SocketType], frame: bytes) -> list[int]:
    """Send `frame` on each; give how many bytes the kernel took of it, 0 where it has no room, or FAILED."""
    taken: list[int] = []
    sends = map(socket.SocketType.send, handles, repeat(frame))
    while True:
        try:
            taken.extend(sends)  # what it took before a fault is kept, and `sends` goes on behind it
        except BlockingIOError:
            taken.append(0)
        except OSError:
            taken.append(FAILED)
        else:
            return taken
