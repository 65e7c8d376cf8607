"""How often a sign-in may fail, per e-mail and per address, and how many invitations may go out, within a window.

Kept in memory and bounded; a right password clears its e-mail. While throttled, even the right password is refused,
so that guessing teaches nothing. A try counts as failed until it is known to be none: many at once are counted as well.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import Final

from engine.instants import SECOND, Instant

WINDOW_SECONDS: Final = 300
FAILURES_PER_EMAIL: Final = 10
FAILURES_PER_ADDRESS: Final = 100
RESETS_PER_EMAIL: Final = 3
"""So many mails about a forgotten password one address gets within the window."""
INVITATIONS_SECONDS: Final = 3_600
INVITATIONS_PER_ENTITY: Final = 200
INVITATIONS_PER_ADDRESS: Final = 5
"""So many mails an entity sends within INVITATIONS_SECONDS to whoever it invites, and so many of them to one address:
sending again counts as well.
"""
REMEMBERED: Final = 50_000
assert INVITATIONS_PER_ADDRESS < INVITATIONS_PER_ENTITY


class Throttle:
    """Remembers failures by name; a name has at most `most` of them within the window."""

    def __init__(self, most: int, window_seconds: int = WINDOW_SECONDS) -> None:
        self._most, self._window = most, window_seconds * SECOND
        self._failures: OrderedDict[str, deque[Instant]] = OrderedDict()

    def wait_seconds(self, name: str, now: Instant) -> int:
        """For how long the name must wait; 0: not at all."""
        failures = self._recent(name, now)
        if len(failures) < self._most:
            return 0
        return -(-(failures[0] + self._window - now) // SECOND)

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
        while failures and failures[0] <= now - self._window:
            failures.popleft()
        return failures


class InvitationThrottle:
    """How many invitations each entity still sends, and how many of them to one address."""

    def __init__(self) -> None:
        self._entities = Throttle(INVITATIONS_PER_ENTITY, INVITATIONS_SECONDS)
        self._addresses = Throttle(INVITATIONS_PER_ADDRESS, INVITATIONS_SECONDS)

    def take(self, entity_ids: Iterable[int], address: str, now: Instant) -> int:
        """Count a mail of these entities to the address; how many seconds it must wait instead, or 0."""
        entities = [f"{entity_id}" for entity_id in entity_ids]
        addresses = [f"{entity} {address}" for entity in entities]
        waits = [self._entities.wait_seconds(entity, now) for entity in entities]
        wait = max([*waits, *(self._addresses.wait_seconds(each, now) for each in addresses)], default=0)
        if not wait:
            for throttle, names in ((self._entities, entities), (self._addresses, addresses)):
                for name in names:
                    throttle.failed(name, now)
        return wait

    def give_back(self, entity_ids: Iterable[int], address: str, at: Instant) -> None:
        """What was counted at this time was not sent."""
        for entity_id in entity_ids:
            self._entities.take_back(f"{entity_id}", at)
            self._addresses.take_back(f"{entity_id} {address}", at)
