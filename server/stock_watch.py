"""Looks through the stock from time to time for vehicles that have passed their entity's target of days (§4.2).

Any number may look: what is written is written once. A book that fails is asked again the next time.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from engine.instants import day_of
from persistence.database import Database
from persistence.errors import BookError
from persistence.stock.watch import AT_ONCE, tell_of_long_stock
from server.clock import Clock

LOOK_SECONDS: Final = 3_600
_log = structlog.get_logger("adjuge.stock")


async def watch_stock(database: Database, clock: Clock, written: Callable[[], None]) -> None:
    """Look until cancelled; `written` is called after notices were."""
    while True:
        try:
            count = AT_ONCE
            while count == AT_ONCE:
                now = clock.now()
                count = await tell_of_long_stock(database, now, day_of(now))
                if count:
                    written()
        except (BookError, OSError, TimeoutError) as fault:
            _log.warning("the stock was not looked through", failure=type(fault).__name__)
        except Exception:  # noqa: BLE001 - whatever it is, it is logged, and the next look may do better
            _log.exception("the stock was not looked through")
        await asyncio.sleep(LOOK_SECONDS)
