"""One frame to many sockets: a call to the kernel each, and no line of Python between two of them.

A send leaves nothing of ours in the processor's caches, so whatever is touched between two sends is fetched from memory
again: a loop in Python over sockets costs half as much as the sends themselves. Hence the loop in C that `map` is.
"""

import os
from collections.abc import Iterable
from itertools import repeat
from typing import Final

NO_FD: Final = -1
"""In place of a file descriptor: not to be written to. It fails like any other that nobody has."""

FAILED: Final = -1
"""In place of a count of bytes: the socket takes no more, ever."""


def send_to_all(descriptors: Iterable[int], frame: bytes) -> list[int]:
    """Write `frame` to each; give how many bytes the kernel took of it, 0 where it has no room, or FAILED."""
    taken: list[int] = []
    sends = map(os.write, descriptors, repeat(frame))
    while True:
        try:
            taken.extend(sends)  # what it took before a fault is kept, and `sends` goes on behind it
        except BlockingIOError:
            taken.append(0)
        except OSError:
            taken.append(FAILED)
        else:
            return taken
