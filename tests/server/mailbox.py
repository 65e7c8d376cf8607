"""A real mail server that answers as it is told, and a small book with people to write to.

Mail comes in over SMTP and is read as any mail program reads it. Time is the test's own.
"""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session
from msgspec import Struct

from engine.instants import SECOND, Instant
from engine.notices import NoticeDue
from persistence.database import Database
from persistence.notices.due import write_notices
from persistence.notices.mail_queue import DueMail, claim
from persistence.people.registry import (
    Company,
    EmailTaken,
    NewUser,
    add_company,
    add_dealer,
    add_entity,
    add_group,
    add_trader_user,
)
from server.notices.composing import Composer
from server.notices.postman import Figures, Lane
from server.notices.teller import Teller
from server.settings import Smtp
from tests.persistence.dealership import HASH, NOW

SENDER = "Adjugé <no-reply@auctions.example>"
PUBLIC_URL = "https://auctions.example"


class Caught(Struct):
    """A mail as it came in."""

    to: str
    message: EmailMessage

    def part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        assert body is not None
        content: str = body.get_content()
        return content


class Mailbox:
    """The mail server. `answers` are said to the next mails, one each, then `250`; `unknown` addresses are refused."""

    def __init__(self) -> None:
        self.came: list[Caught] = []
        self.answers: deque[str] = deque()
        self.unknown: set[str] = set()
        self.refuses_sender = False
        self.has_come = asyncio.Event()
        self.connections = 0
        self.hold: asyncio.Event | None = None
        self.port = 0
        self.tls = "none"

    @property
    def smtp(self) -> Smtp:
        return Smtp(host="127.0.0.1", port=self.port, sender=SENDER, tls=self.tls)

    @property
    def senders(self) -> list[str]:
        return [caught.to for caught in self.came]

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refuses_sender:
            return "553 not your address"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        answer = self.answers.popleft() if self.answers else "250 OK"
        if answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=default)
            self.came.append(Caught(envelope.rcpt_tos[0], message))
            self.has_come.set()
        if self.hold is not None:
            await self.hold.wait()
        return answer


@asynccontextmanager
async def mailbox(tls: str = "none", certificate: ssl.SSLContext | None = None) -> AsyncIterator[Mailbox]:
    """A mail server on a free port; with `starttls` it takes no mail before it, with `tls` it speaks nothing else."""
    box, loop = Mailbox(), asyncio.get_running_loop()
    box.tls = tls
    starting = certificate if tls == "starttls" else None

    def conversation() -> SMTP:
        return SMTP(box, hostname="mail.example", loop=loop, tls_context=starting, require_starttls=tls == "starttls")

    first = certificate if tls == "tls" else None
    server = await loop.create_server(conversation, "127.0.0.1", 0, ssl=first)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()


class TestClock:
    """A clock that the test sets."""

    __test__ = False

    def __init__(self) -> None:
        self.at: Instant = NOW

    def now(self) -> Instant:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += round(seconds * SECOND)


class Town:
    """A book with two dealers of an entity, one of another, and a trader's company with two users, one English."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = TestClock()
        self.figures = Figures()

    async def settle(self) -> None:
        group = await add_group(self.database, "Groupe Nord")
        self.entity = await add_entity(self.database, group, "Concession Nord")
        self.other = await add_entity(self.database, group, "Concession Soeur")
        self.trader = await add_company(self.database, Company(legal_name="Anne et fils", siret=f"{1:014}"))
        self.dealer = await self._dealer("dealer", self.entity)
        self.colleague = await self._dealer("colleague", self.entity)
        self.stranger = await self._dealer("stranger", self.other)
        self.anne = await self._trader_user("anne", "fr")
        self.andy = await self._trader_user("andy", "en")

    async def _dealer(self, name: str, entity: int) -> int:
        return _id(await add_dealer(self.database, (entity,), _user(name, "fr")))

    async def _trader_user(self, name: str, language: str) -> int:
        return _id(await add_trader_user(self.database, self.trader, _user(name, language)))

    async def write(self, *notices: NoticeDue) -> None:
        async with self.database.transaction() as connection:
            await write_notices(connection, notices)

    async def told(self, *notices: NoticeDue) -> None:
        """These notices, written and told."""
        await self.write(*notices)
        await self.teller().tell_once()

    def teller(self) -> Teller:
        return Teller(self.database, self.clock, lambda _: None, lambda: None)

    def lane(self, box: Mailbox) -> Lane:
        return Lane(self.database, self.clock, box.smtp, Composer(SENDER, PUBLIC_URL), self.figures)

    async def send_all(self, box: Mailbox) -> None:
        """Send what is due, over one connection."""
        lane = self.lane(box)
        while await lane.send_one() and not lane.away_seconds:
            pass
        await lane.close()

    async def claim(self) -> DueMail | None:
        """Claim a mail as a sender does that then dies."""
        return await claim(self.database, self.clock.now(), self.clock.now() + 120 * SECOND)

    async def mails(self) -> dict[str, list[tuple[str, int]]]:
        """Of each status, whom its mails are to and how often they were tried."""
        async with self.database.acquire() as connection:
            rows = await connection.fetch(
                """SELECT status, attempts, coalesce(users.email, notices.email) AS email
                   FROM mails JOIN notices ON notices.id = notice_id LEFT JOIN users ON users.id = mails.user_id
                   ORDER BY mails.id"""
            )
        found: dict[str, list[tuple[str, int]]] = {}
        for row in rows:
            found.setdefault(row["status"], []).append((row["email"], row["attempts"]))
        return found


@asynccontextmanager
async def town(dsn: str) -> AsyncIterator[Town]:
    """The book, open."""
    database = Database(dsn)
    await database.open()
    try:
        it = Town(database)
        await it.settle()
        yield it
    finally:
        await database.close()


def _user(name: str, language: str) -> NewUser:
    return NewUser(email=f"{name}@example.test", name=f"{name} Dupont", password_hash=HASH, language=language)


def _id(added: int | EmailTaken) -> int:
    assert isinstance(added, int)
    return added
