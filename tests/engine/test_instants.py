"""Instants: microseconds inside, RFC 3339 with `Z` outside (§0.2).

What is written is read back exactly; what is nearly an instant is none.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.instants import SECOND, NotAnInstant, format_instant, parse_instant

EARLIEST = parse_instant("0001-01-01T00:00:00Z")
LATEST = parse_instant("9999-12-31T23:59:59.999999Z")


@given(some.integers(EARLIEST, LATEST))
def test_an_instant_is_read_as_it_was_written(instant: int) -> None:
    """§0.2."""
    assert parse_instant(format_instant(instant)) == instant


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1_702_394_760 * SECOND, "2023-12-12T15:26:00Z"),
        (1_702_394_760 * SECOND + 500_000, "2023-12-12T15:26:00.500000Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
    ],
)
def test_six_decimals_if_they_are_not_zero_else_none(instant: int, text: str) -> None:
    """§0.2."""
    assert format_instant(instant) == text


def test_fractions_may_be_short() -> None:
    """§0.2."""
    assert parse_instant("1970-01-01T00:00:00.5Z") == SECOND // 2


@pytest.mark.parametrize(
    "text",
    [
        "2023-12-12",
        "2023-12-12T15:26:00",
        "2023-12-12T15:26:00+00:00",
        "2023-12-12 15:26:00Z",
        "2023-12-12T15:26:00.1234567Z",
        "2023-02-29T15:26:00Z",
        "2023-12-12T24:00:00Z",
        "2023-12-12T15:26:60Z",
        "٢٠٢٣-12-12T15:26:00Z",
        "2023-12-12T15:26:00Z\n",
        "",
    ],
)
def test_what_is_nearly_an_instant_is_none(text: str) -> None:
    """§0.2."""
    with pytest.raises(NotAnInstant):
        parse_instant(text)


@pytest.mark.parametrize("instant", [EARLIEST - 1, LATEST + 1])
def test_there_is_no_instant_outside_four_digit_years(instant: int) -> None:
    """§0.2."""
    with pytest.raises(OverflowError):
        format_instant(instant)
