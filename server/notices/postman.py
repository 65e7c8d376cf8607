"""Hands mails over to the mail server, one connection for each of a few lanes, and keeps what it answers.

Taken: marked at once. Refused for good (5xx): a dead letter. Anything else: again later, at growing distances, so many
times and no more. A mail server that cannot be reached costs no mail an attempt; what stays too long is a dead letter.
"""

import asyncio
import ssl
from typing import Final

import aiosmtplib
import structlog
from aiosmtplib import SMTP, SMTPException, SMTPNotSupported, SMTPRecipientsRefused, SMTPResponseException

from engine.instants import SECOND, Microseconds
from persistence.database import Database
from persistence.errors import BookError
from persistence.notices import mail_queue
from persistence.notices.mail_queue import DueMail
from server.clock import Clock
from server.notices.bell import Bell, rung
from server.notices.composing import AddressRefused, Composer
from server.settings import Smtp

LANES: Final = 4
LOOK_SECONDS: Final = 5.0
FAILED_SECONDS: Final = 5.0
CONNECT_SECONDS: Final = 15
SEND_SECONDS: Final = 45
CLAIM_SECONDS: Final = 120
"""How long a claim lasts: longer than connecting and sending together, so that no living sender loses its mail."""
FIRST_RETRY_SECONDS: Final = 30
LAST_RETRY_SECONDS: Final = 4 * 3_600
ATTEMPTS: Final = 12
FIRST_AWAY_SECONDS: Final = 5
LAST_AWAY_SECONDS: Final = 300
OLDEST_SECONDS: Final = 3 * 86_400
_PERMANENT: Final = range(500, 600)
assert CONNECT_SECONDS + SEND_SECONDS < CLAIM_SECONDS

_log = structlog.get_logger("adjuge.mail")


def retry_seconds(attempts: int) -> int:
    """How long a mail waits after its `attempts`-th attempt has failed."""
    return int(min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), LAST_RETRY_SECONDS))


class _Away(Exception):
    """The mail server cannot be reached, or does not let us in; its text says how."""


class Figures:
    """What operators read: this process's sent ones, and how the queue stood when it was last looked at."""

    def __init__(self) -> None:
        self.sent = 0
        self.waiting = 0
        self.dead = 0
        self.lanes_away = 0


class Lane:
    """One connection to the mail server, and the mails that go through it, one after another."""

    def __init__(self, database: Database, clock: Clock, smtp: Smtp, composer: Composer, figures: Figures) -> None:
        self._database, self._clock, self._settings = database, clock, smtp
        self._composer, self._figures = composer, figures
        self._smtp: SMTP | None = None
        self._away = 0

    async def send_one(self) -> bool:
        """Claim the next mail that is due and settle it; whether there was one."""
        now = self._clock.now()
        mail = await mail_queue.claim(self._database, now, now + CLAIM_SECONDS * SECOND)
        if mail is None:
            return False
        if mail.is_gone:
            await self._give_up(mail, "its reader is gone")
            return True
        try:
            await self._hand_over(mail)
        except _Away as away:
            await self._wait_for_server(mail, str(away))
        except (AddressRefused, SMTPNotSupported) as fault:
            await self._give_up(mail, str(fault))
        except SMTPRecipientsRefused as refused:
            first = refused.recipients[0]
            await self._answered(mail, first.code, first.message)
        except aiosmtplib.SMTPSenderRefused as refused:  # it is our own address, a setting's: no fault of the mail's
            await self._again(mail, f"{refused.code} {refused.message}")
        except SMTPResponseException as refused:
            await self._answered(mail, refused.code, refused.message)
        except (SMTPException, OSError, TimeoutError) as fault:
            await self.close()
            await self._again(mail, f"{type(fault).__name__}: {fault}")
        except Exception as fault:  # noqa: BLE001 - a mail that cannot be written must not come again for ever
            _log.exception("a mail could not be written", mail=mail.id, kind=mail.kind)
            await self._again(mail, type(fault).__name__)
        else:
            await mail_queue.mark_sent(self._database, mail.id, self._clock.now())
            self._figures.sent += 1
        return True

    async def close(self) -> None:
        """Let the connection go; what waits is sent over another."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                async with asyncio.timeout(1):
                    await smtp.quit()
            except (SMTPException, OSError, TimeoutError):
                smtp.close()

    async def _hand_over(self, mail: DueMail) -> None:
        message = self._composer.compose(mail)
        smtp = await self._connected()
        async with asyncio.timeout(SEND_SECONDS):
            await smtp.sendmail(self._composer.envelope_from, [mail.email], message)

    async def _connected(self) -> SMTP:
        if self._smtp is not None and self._smtp.is_connected:
            return self._smtp
        settings = self._settings
        smtp = SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.tls == "tls",
            start_tls=settings.tls == "starttls",
            username=settings.user or None,
            password=settings.password or None,
            timeout=CONNECT_SECONDS,
        )
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await smtp.connect()
        except (SMTPException, OSError, TimeoutError) as fault:
            smtp.close()
            raise _Away(_why_away(fault)) from fault
        if self._away:
            self._away = 0
            self._figures.lanes_away -= 1
            if not self._figures.lanes_away:
                _log.info("the mail server is back")
        self._smtp = smtp
        return smtp

    async def _wait_for_server(self, mail: DueMail, how: str) -> None:
        if not self._away:
            if not self._figures.lanes_away:
                _log.warning("the mail server cannot be reached: mail waits", failure=how)
            self._figures.lanes_away += 1
        self._away = min(self._away + 1, 10)
        await mail_queue.release(self._database, mail.id, self._clock.now() + _seconds(self.away_seconds), how)

    @property
    def away_seconds(self) -> int:
        """How long to leave the mail server alone, because it could not be reached last time; 0 if it could."""
        return min(FIRST_AWAY_SECONDS * 2 ** (self._away - 1), LAST_AWAY_SECONDS) if self._away else 0

    async def _answered(self, mail: DueMail, code: int, said: str) -> None:
        if code in _PERMANENT:
            await self._give_up(mail, f"{code} {said}")
        else:
            await self._again(mail, f"{code} {said}")

    async def _again(self, mail: DueMail, failure: str) -> None:
        if mail.attempts >= ATTEMPTS:
            await self._give_up(mail, failure)
            return
        due_at = self._clock.now() + _seconds(retry_seconds(mail.attempts))
        await mail_queue.postpone(self._database, mail.id, due_at, failure)

    async def _give_up(self, mail: DueMail, failure: str) -> None:
        # What the server said may repeat the address: it stays in the book.
        _log.warning("a mail is a dead letter", mail=mail.id, kind=mail.kind, attempts=mail.attempts)
        await mail_queue.bury(self._database, mail.id, self._clock.now(), failure)


class Postman:
    """All lanes of one house. Without a mail server mail waits in its queue, and only the figures are kept."""

    def __init__(self, database: Database, clock: Clock, smtp: Smtp | None, public_url: str) -> None:
        self._database, self._clock, self._smtp = database, clock, smtp
        self.figures = Figures()
        self._bell = Bell()
        self._stopping = asyncio.Event()
        self._lanes: list[Lane] = []
        if smtp is not None:
            composer = Composer(smtp.sender, public_url)
            self._lanes = [Lane(database, clock, smtp, composer, self.figures) for _ in range(LANES)]

    def wake(self) -> None:
        """Mails may wait."""
        self._bell.ring()

    def stop(self) -> None:
        """Claim nothing more; `run` ends once what is under way is settled."""
        self._stopping.set()
        self._bell.ring()

    async def run(self) -> None:
        """Send until stopped; a cancelled sending comes again when its claim ends."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._keep_figures())
            for lane in self._lanes:
                tasks.create_task(self._run(lane))

    async def _run(self, lane: Lane) -> None:
        try:
            while not self._stopping.is_set():
                ring, pause = self._bell.take(), LOOK_SECONDS
                try:
                    while not self._stopping.is_set() and await lane.send_one() and not lane.away_seconds:
                        pass
                    await lane.close()
                except (BookError, OSError, TimeoutError) as fault:
                    _log.warning("mail waits for the book", failure=type(fault).__name__)
                    pause = FAILED_SECONDS
                except Exception:  # noqa: BLE001 - whatever it is, it is logged; the mail comes again when its claim ends
                    _log.exception("a mail could not be sent")
                    pause = FAILED_SECONDS
                if lane.away_seconds:  # news for others is no reason to knock again
                    await rung(self._stopping, lane.away_seconds)
                else:
                    await rung(ring, pause)
        finally:
            await lane.close()

    async def _keep_figures(self) -> None:
        while not self._stopping.is_set():
            ring = self._bell.take()
            try:
                if self._smtp is not None:
                    now = self._clock.now()
                    await mail_queue.expire(self._database, now, now - _seconds(OLDEST_SECONDS))
                counts = await mail_queue.counts(self._database)
                self.figures.waiting, self.figures.dead = counts.waiting, counts.dead
            except (BookError, OSError, TimeoutError) as fault:
                _log.warning("the mail queue cannot be counted", failure=type(fault).__name__)
            await rung(ring, LOOK_SECONDS)


def _why_away(fault: BaseException) -> str:
    """Which kind of fault; of a certificate that is not believed, what is wrong with it, for a setting mends that."""
    cause: BaseException | None = fault
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        return f"its certificate is not trusted: {cause.verify_message}"
    code = f" {fault.code}" if isinstance(fault, SMTPResponseException) else ""
    return f"{type(fault).__name__}{code}"


def _seconds(count: float) -> Microseconds:
    return round(count * SECOND)
