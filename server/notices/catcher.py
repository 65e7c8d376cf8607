"""Catches the demonstration's mail: a mail server on 127.0.0.1 that hands nothing on and keeps the last ones for show.

In no other mode is there one. Whoever reaches the demonstration may read them, as it may sign in as anybody.
"""

import asyncio
from collections import deque
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session
from msgspec import Struct

from engine.instants import Instant
from server.clock import Clock

KEPT: Final = 500
LARGEST_BYTES: Final = 1024 * 1024
HOST: Final = "127.0.0.1"


class CaughtMail(Struct, frozen=True, kw_only=True):
    """A mail as it arrived; `id` counts from 1."""

    id: int
    at: Instant
    to: str
    sender: str
    subject: str
    message_id: str
    language: str
    text: str
    html: str


class Catcher:
    """The mail server of a demonstration."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: deque[CaughtMail] = deque(maxlen=KEPT)
        self._count = 0
        self._server: asyncio.Server | None = None

    async def open(self) -> int:
        """Listen; gives the port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, data_size_limit=LARGEST_BYTES, hostname="adjuge.localhost", loop=loop), HOST, 0
        )
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def close(self) -> None:
        """Take nothing more."""
        if self._server is not None:
            self._server.close()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Keep one mail."""
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        self._count += 1
        self._kept.append(
            CaughtMail(
                id=self._count,
                at=self._clock.now(),
                to=", ".join(envelope.rcpt_tos),
                sender=str(message["From"] or ""),
                subject=str(message["Subject"] or ""),
                message_id=str(message["Message-ID"] or ""),
                language=str(message["Content-Language"] or ""),
                text=_part(message, "plain"),
                html=_part(message, "html"),
            )
        )
        return "250 caught"

    def newest_first(self) -> list[CaughtMail]:
        """Those that are kept."""
        return list(reversed(self._kept))

    def find(self, mail_id: int) -> CaughtMail | None:
        """One of them."""
        return next((mail for mail in self._kept if mail.id == mail_id), None)


def _part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    return "" if found is None else str(found.get_content())
