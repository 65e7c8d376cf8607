"""How much a client may say: so many a second, with bursts."""

from engine.instants import SECOND, Instant


class Allowance:
    """A bucket of `burst` that fills with `per_second`; each message takes one."""

    __slots__ = ("_burst", "_left", "_per_microsecond", "_since")

    def __init__(self, per_second: int, burst: int, now: Instant) -> None:
        assert 0 < per_second <= burst
        self._per_microsecond = per_second / SECOND
        self._burst = float(burst)
        self._left = float(burst)
        self._since = now

    def take(self, now: Instant) -> bool:
        """Take one, if there is one."""
        left = self._left + (now - self._since) * self._per_microsecond
        left = min(left, self._burst)
        self._since = now
        if left < 1:
            self._left = left
            return False
        self._left = left - 1
        return True
