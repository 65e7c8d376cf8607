"""The clock: the only door by which time enters the house.

An instant is integer microseconds of UTC. Timers are the loop's own (`call_later`): under a virtual loop both run on
virtual time.
"""

import time
from typing import Protocol

from engine.instants import Instant


class Clock(Protocol):
    """What time it is."""

    def now(self) -> Instant:
        """The instant; never earlier than one it has told before."""
        ...


class SystemClock:
    """The machine's clock. If the machine's is set back, this one stands still until it has caught up."""

    def __init__(self) -> None:
        self._latest: Instant = 0

    def now(self) -> Instant:
        """The instant."""
        now = time.time_ns() // 1000
        if now < self._latest:
            return self._latest
        self._latest = now
        return now
