"""How much a client may say: so many a second, with bursts."""

from engine.instants import SECOND, Instant


class Allowance:
    """A bucket of `burst` that fills with `per_second`; each message takes one."""

    __slots__ = ("_burst", "_left", "_per_second", "_since")

    def __init__(self, per_second: int, burst: int, now: Instant) -> None:
        assert 0 < per_second <= burst
        self._per_second = per_second
        self._burst = float(burst)
        self._left = float(burst)
        self._since = now

    def take(self, now: Instant) -> bool:
        """Take one, if there is one."""
        self._left = min(self._burst, self._left + (now - self._since) * self._per_second / SECOND)
        self._since = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
