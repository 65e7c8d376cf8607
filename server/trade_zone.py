"""The zone of the trade: what no page shows in its reader's own zone, mails and papers, says the time in Paris.

Instants stay UTC everywhere else. A machine that knows no zones says UTC, by its name.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.instants import Instant

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _trade_zone() -> tuple[tzinfo, Mapping[str, str]]:
    try:
        return ZoneInfo("Europe/Paris"), {"fr": "heure de Paris", "en": "Paris time"}
    except ZoneInfoNotFoundError:
        return UTC, {"fr": "UTC", "en": "UTC"}


_ZONE, ZONE_NAMES = _trade_zone()


def local_time(at: Instant) -> datetime:
    """The instant as a clock on the wall of the trade shows it."""
    return (_EPOCH + timedelta(microseconds=at)).astimezone(_ZONE)


def local_day(at: Instant) -> date:
    """The day that it is then."""
    return local_time(at).date()
