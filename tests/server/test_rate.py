"""How much a client may say: a bucket, held to the plainest telling of one."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from engine.instants import SECOND
from server.live.rate import Allowance


class Bucket:
    """Full at first; fills by and by; each message takes one."""

    def __init__(self, per_second: int, burst: int, now: int) -> None:
        self.per_second, self.burst, self.left, self.since = per_second, burst, Fraction(burst), now

    def take(self, now: int) -> bool:
        filled = self.left + Fraction((now - self.since) * self.per_second, SECOND)
        self.left, self.since = min(Fraction(self.burst), filled), now
        if self.left < 1:
            return False
        self.left -= 1
        return True


@given(
    per_second=some.sampled_from([1, 4, 20, 200]),  # divisors of a second's microseconds: exact in floats as well
    more=some.integers(0, 20),
    pauses=some.lists(some.integers(0, 2 * SECOND) | some.integers(0, 60_000), max_size=120),
)
def test_it_is_a_bucket(per_second: int, more: int, pauses: list[int]) -> None:
    now = 1_700_000_000 * SECOND
    allowance, bucket = Allowance(per_second, per_second + more, now), Bucket(per_second, per_second + more, now)
    for pause in pauses:
        now += pause
        assert allowance.take(now) == bucket.take(now)


def test_a_burst_is_taken_and_no_more_until_it_fills() -> None:
    allowance = Allowance(20, 40, 0)
    assert [allowance.take(0) for _ in range(41)] == [True] * 40 + [False]
    assert not allowance.take(SECOND // 20 - 1)
    assert allowance.take(SECOND // 20)
    assert not allowance.take(SECOND // 20)
