"""Gives what is written to its readers: notifications and queued mails in the book, then a word to who waits for them.

Woken after a commit of this process; looks by itself every few seconds for what others wrote. Any number may run.
"""

from collections.abc import Callable, Sequence
from typing import Final

import structlog

from persistence.database import Database
from persistence.errors import BookError
from persistence.notices.due import Told, tell_next
from server.clock import Clock
from server.notices.bell import Bell, rung
from server.notices.kinds import ONLY_BY_MAIL

BATCH: Final = 500
LOOK_SECONDS: Final = 1.0
FAILED_SECONDS: Final = 5.0
_log = structlog.get_logger("adjuge.notices")


class Teller:
    """One that tells. `told` hears of what is durable, batch by batch; `queued` rings when mails may wait."""

    def __init__(
        self, database: Database, clock: Clock, told: Callable[[Sequence[Told]], None], queued: Callable[[], None]
    ) -> None:
        self._database, self._clock = database, clock
        self._told, self._queued = told, queued
        self._bell = Bell()

    def wake(self) -> None:
        """Something was committed that may hold notices."""
        self._bell.ring()

    async def run(self) -> None:
        """Tell until cancelled; a book that fails is asked again later."""
        while True:
            ring, pause = self._bell.take(), LOOK_SECONDS
            try:
                while await self.tell_once() == BATCH:
                    pass
            except (BookError, OSError, TimeoutError) as fault:
                _log.warning("notices wait for the book", failure=type(fault).__name__)
                pause = FAILED_SECONDS
            except Exception:  # noqa: BLE001 - whatever it is, it is logged, and the next round may do better
                _log.exception("notices could not be told")
                pause = FAILED_SECONDS
            await rung(ring, pause)

    async def tell_once(self) -> int:
        """Tell one batch; gives how many notices that were."""
        told = await tell_next(self._database, self._clock.now(), limit=BATCH, only_by_mail=ONLY_BY_MAIL)
        if told:
            self._told(told)
            self._queued()
        return len(told)
