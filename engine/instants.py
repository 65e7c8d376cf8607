"""Instants and durations: integer microseconds of UTC, and RFC 3339 with `Z` at the edges.

Integers compare and add exactly and cheaply; a `datetime` appears only while a text is read or
written. Nothing here asks what time it is.
"""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final, TypeAlias

Instant: TypeAlias = int
"""Microseconds since 1970-01-01T00:00:00Z; may be negative."""

Microseconds: TypeAlias = int
"""A duration."""

SECOND: Final[Microseconds] = 1_000_000
_RFC_3339: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,6}))?Z")


class NotAnInstant(ValueError):
    """The text is no RFC 3339 instant in UTC, to the microsecond at most."""


def parse_instant(text: str) -> Instant:
    """Read `2023-12-12T15:26:00Z`, with up to six decimals of a second; raises `NotAnInstant`."""
    match = _RFC_3339.fullmatch(text)
    if match is None:
        raise NotAnInstant(text)
    whole, decimals = match.groups()
    try:
        moment = datetime.fromisoformat(whole).replace(tzinfo=UTC)
    except ValueError as error:
        raise NotAnInstant(text) from error
    days = moment.toordinal() - _EPOCH_ORDINAL
    seconds = days * 86_400 + moment.hour * 3600 + moment.minute * 60 + moment.second
    return seconds * SECOND + int((decimals or "0").ljust(6, "0"))


_EPOCH_ORDINAL: Final = datetime(1970, 1, 1, tzinfo=UTC).toordinal()


@lru_cache(maxsize=256)  # the bids of one burst share their second, and their auction's end
def _whole_second(second: int) -> str:
    try:
        moment = datetime.fromordinal(second // 86_400 + _EPOCH_ORDINAL)
    except (ValueError, OverflowError) as error:
        raise OverflowError("an instant outside the years 1 to 9999") from error
    clock = second % 86_400
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    return f"{day}T{clock // 3600:02}:{clock // 60 % 60:02}:{clock % 60:02}"


def format_instant(instant: Instant) -> str:
    """Write an instant with `Z`, with six decimals of a second if they are not zero.

    Raises `OverflowError` outside the years 1 to 9999.
    """
    second, fraction = divmod(instant, SECOND)
    return f"{_whole_second(second)}.{fraction:06}Z" if fraction else f"{_whole_second(second)}Z"


def day_of(instant: Instant) -> date:
    """The day in UTC."""
    return date.fromordinal(instant // (86_400 * SECOND) + _EPOCH_ORDINAL)
