"""How much a client may say: so many a second, with bursts."""

from engine.instants import SECOND, Instant


class Allowance:
    """A bucket of `burst` that fills with `per_second`; each message takes one.

    Kept as the instant at which the bucket would be full again (the generic cell rate algorithm): one comparison and
    one addition a message.
    """

    __slots__ = ("_full_at", "_longest", "_pause")

    def __init__(self, per_second: int, burst: int, now: Instant) -> None:
        assert 0 < per_second <= burst
        self._pause = SECOND / per_second
        self._longest = (burst - 1) * self._pause
        self._full_at: float = now

    def take(self, now: Instant) -> bool:
        """Take one, if there is one."""
        full_at = self._full_at
        if full_at <= now:
            self._full_at = now + self._pause
            return True
        if full_at - now > self._longest:
            return False
        self._full_at = full_at + self._pause
        return True
