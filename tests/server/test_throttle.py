"""How often a sign-in may fail, on a clock of the test's own."""

from engine.instants import SECOND
from server.auth import throttle
from server.auth.throttle import WINDOW_SECONDS, Throttle

NOW = 1_700_000_000 * SECOND


def test_so_many_failures_within_the_window_and_then_a_wait() -> None:
    it = Throttle(3)
    for second in range(3):
        assert it.wait_seconds("anne", NOW + second * SECOND) == 0
        it.failed("anne", NOW + second * SECOND)
    assert it.wait_seconds("anne", NOW + 2 * SECOND) == WINDOW_SECONDS - 2
    assert it.wait_seconds("bruno", NOW) == 0
    assert it.wait_seconds("anne", NOW + WINDOW_SECONDS * SECOND - 1) == 1
    assert it.wait_seconds("anne", NOW + WINDOW_SECONDS * SECOND) == 0


def test_a_right_password_is_forgiven() -> None:
    it = Throttle(1)
    it.failed("anne", NOW)
    it.forget("anne")
    assert it.wait_seconds("anne", NOW) == 0


def test_what_was_no_failure_is_taken_back_alone() -> None:
    it = Throttle(2)
    it.failed("anne", NOW)
    it.failed("anne", NOW + 1)
    it.take_back("anne", NOW + 1)
    assert it.wait_seconds("anne", NOW + 1) == 0
    it.failed("anne", NOW + 2)
    assert it.wait_seconds("anne", NOW + 2) > 0
    it.take_back("bruno", NOW)
    assert it.wait_seconds("bruno", NOW) == 0


def test_what_is_remembered_is_bounded() -> None:
    it = Throttle(1)
    for number in range(throttle.REMEMBERED + 10):
        it.failed(str(number), NOW)
    assert it.wait_seconds("0", NOW) == 0
    assert it.wait_seconds(str(throttle.REMEMBERED), NOW) > 0
