"""A bell that wakes whoever waits for work: rung after a commit, so that nobody has to ask the book all the time.

A ring between looking for work and waiting is not lost: take the bell first, then look, then wait.
"""

import asyncio
from contextlib import suppress


class Bell:
    """Rings for all who wait; a ring before the waiting counts."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who took the bell before now."""
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    def take(self) -> asyncio.Event:
        """The next ring, from now on."""
        return self._next


async def rung(ring: asyncio.Event, seconds: float) -> None:
    """Wait for the ring, but no longer than this."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await ring.wait()
