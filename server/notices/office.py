"""Everything by which a house tells people something they must not miss, opened and closed as one.

A demonstration's mail never leaves the machine, whatever the settings say: it is caught, and shown on a page.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from persistence.database import Database
from persistence.notices.due import Told
from server.clock import Clock
from server.notices.catcher import HOST, Catcher
from server.notices.postman import Figures, Postman
from server.notices.teller import Teller
from server.settings import Settings, Smtp
from server.telemetry import Gauges

CLOSE_SECONDS: Final = 5
_log = structlog.get_logger("adjuge.mail")
_DEMONSTRATION: Final = "Adjugé <no-reply@adjuge.localhost>"


class Office:
    """One house's notices and mail. `caught` is a demonstration's alone."""

    def __init__(
        self, settings: Settings, database: Database, clock: Clock, told: Callable[[Sequence[Told]], None]
    ) -> None:
        self._settings, self._database, self._clock, self._told = settings, database, clock, told
        self.caught: Catcher | None = Catcher(clock) if settings.demonstration else None
        self._teller: Teller | None = None
        self._postman: Postman | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Begin to tell and to send."""
        settings = self._settings
        smtp = settings.smtp
        if self.caught is not None:
            smtp = Smtp(host=HOST, port=await self.caught.open(), sender=_DEMONSTRATION, tls="none")
        if smtp is None:
            _log.warning("no mail server is named: mail waits", setting="ADJUGE_SMTP_HOST")
        self._postman = Postman(self._database, self._clock, smtp, settings.public_url)
        self._teller = Teller(self._database, self._clock, self._told, self._postman.wake)
        self._tasks = [asyncio.create_task(work) for work in (self._teller.run(), self._postman.run())]

    async def close(self) -> None:
        """Settle the mails under way, then stop; what waits is told and sent after the next start."""
        if self._postman is not None:
            self._postman.stop()
            await asyncio.wait(self._tasks[1:], timeout=CLOSE_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.caught is not None:
            self.caught.close()

    def abandon(self) -> None:
        """A stop that was given up: nobody is waited for."""
        for task in self._tasks:
            task.cancel()
        if self.caught is not None:
            self.caught.close()

    def wake(self) -> None:
        """Something was committed that may hold notices."""
        if self._teller is not None:
            self._teller.wake()

    def mail_waits(self) -> None:
        """A mail may be due that no notice announces."""
        if self._postman is not None:
            self._postman.wake()

    def show(self, gauges: Gauges) -> None:
        """Show operators how the mail goes."""

        def read() -> Figures:
            return Figures() if self._postman is None else self._postman.figures

        gauges.gauge("adjuge_mails_waiting", "Mails that wait to be sent.", lambda: read().waiting)
        gauges.gauge("adjuge_mails_dead", "Mails that were given up.", lambda: read().dead)
        gauges.total("adjuge_mails_sent", "Mails that the mail server took.", lambda: read().sent)
