"""How often a sign-in may fail: per e-mail, and per address, within a window.

Kept in memory and bounded; a right password clears its e-mail. While throttled, even the right password is refused,
so that guessing teaches nothing. A try counts as failed until it is known to be none: many at once are counted as well.
"""

from collections import OrderedDict, deque
from typing import Final

from engine.instants import SECOND, Instant

WINDOW_SECONDS: Final = 300
FAILURES_PER_EMAIL: Final = 10
FAILURES_PER_ADDRESS: Final = 100
RESETS_PER_EMAIL: Final = 3
"""So many mails about a forgotten password one address gets within the window."""
REMEMBERED: Final = 50_000


class Throttle:
    """Remembers failures by name; a name has at most `most` of them within the window."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._failures: OrderedDict[str, deque[Instant]] = OrderedDict()

    def wait_seconds(self, name: str, now: Instant) -> int:
        """For how long the name must wait; 0: not at all."""
        failures = self._recent(name, now)
        if len(failures) < self._most:
            return 0
        return -(-(failures[0] + WINDOW_SECONDS * SECOND - now) // SECOND)

    def failed(self, name: str, now: Instant) -> None:
        """Remember a failure."""
        failures = self._recent(name, now)
        failures.append(now)
        while len(failures) > self._most:
            failures.popleft()
        self._failures[name] = failures
        self._failures.move_to_end(name)
        while len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)

    def take_back(self, name: str, at: Instant) -> None:
        """What was counted at this time was no failure."""
        failures = self._failures.get(name, deque())
        if at in failures:
            failures.remove(at)
        if not failures:
            self.forget(name)

    def forget(self, name: str) -> None:
        """Forgive the name."""
        self._failures.pop(name, None)

    def _recent(self, name: str, now: Instant) -> deque[Instant]:
        failures = self._failures.get(name, deque())
        while failures and failures[0] <= now - WINDOW_SECONDS * SECOND:
            failures.popleft()
        return failures
