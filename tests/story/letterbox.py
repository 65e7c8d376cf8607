"""A mail server that takes everything, and a reader of what it took: real SMTP, real messages.

Waits for mail as people do, by its arrival; nothing sleeps and nothing looks into the house's queue.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session
from msgspec import Struct

PATIENCE_SECONDS: Final = 30
_LINK: Final = re.compile(r"https://\S+")


class Mail(Struct, frozen=True):
    """A message as its reader sees it; `link` is what its button opens."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    language: str

    @property
    def link(self) -> str:
        """The first address in the text, the same as in the HTML."""
        found = _LINK.search(self.text)
        assert found is not None, self.text
        assert found[0] in self.html
        return found[0]


class Letterbox:
    """Every mail that came, in order."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self._came = asyncio.Condition()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take one message."""
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        async with self._came:
            self.mails += [_read(message, address) for address in envelope.rcpt_tos]
            self._came.notify_all()
        return "250 taken"

    async def mail(self, to: str, about: str) -> Mail:
        """The mail to this address whose subject says this, as soon as it is here."""
        await self.until(lambda: bool(self.to(to, about)))
        return self.to(to, about)[0]

    def to(self, address: str, about: str = "") -> list[Mail]:
        """The mails to this address whose subject says this."""
        return [mail for mail in self.mails if mail.to == address and about in mail.subject]

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait for mail until this is so."""
        async with self._came:
            try:
                await asyncio.wait_for(self._came.wait_for(done), PATIENCE_SECONDS)
            except TimeoutError:
                told = "\n".join(f"{mail.to}: {mail.subject}" for mail in self.mails)
                raise AssertionError(f"no such mail; what came is\n{told}") from None


def _read(message: EmailMessage, address: str) -> Mail:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return Mail(
        to=address,
        subject=message["Subject"],
        text=text.get_content(),
        html=html.get_content(),
        message_id=message["Message-ID"],
        language=message["Content-Language"] or "",
    )


@asynccontextmanager
async def letterbox() -> AsyncIterator[tuple[Letterbox, int]]:
    """A letterbox, and the port it listens on."""
    box = Letterbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, hostname="letterbox.test", enable_SMTPUTF8=True, loop=loop), "127.0.0.1", 0
    )
    try:
        yield box, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
