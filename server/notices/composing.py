"""A mail from its notice: HTML and text from the same words, and headers that a repeat after a crash has again.

Addresses that are no addresses are refused here, before any mail server hears of them; no param can add a header.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Final

from persistence.mail_queue import DueMail
from server.notices.kinds import page_of
from server.notices.words import LAYOUTS, words_of

LONGEST_SUBJECT: Final = 200
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class AddressRefused(ValueError):
    """Nobody can be reached there; its text does not repeat the address."""


class Composer:
    """Writes the mails of one house."""

    def __init__(self, sender: str, public_url: str) -> None:
        self._sender = sender
        self._public_url = public_url.rstrip("/")
        self.envelope_from = parseaddr(sender)[1]
        self._domain = self.envelope_from.rpartition("@")[2] or "localhost"

    def message_id(self, mail: DueMail) -> str:
        """The same for the same notice to the same reader, for ever (§5.4.4)."""
        reader = f"user {mail.user_id}" if mail.user_id is not None else mail.email
        digest = hashlib.sha256(f"{mail.key}\n{reader}".encode()).hexdigest()
        return f"<{digest[:40]}@{self._domain}>"

    def compose(self, mail: DueMail) -> EmailMessage:
        """The message. Raises AddressRefused."""
        words = words_of(mail.kind, mail.language, mail.params, mail.name)
        page = page_of(mail.kind, mail.params)
        link = page if page.startswith(("http://", "https://")) else self._public_url + page
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = _address(mail.email)
        message["Subject"] = words.subject[:LONGEST_SUBJECT]
        message["Date"] = format_datetime(_EPOCH + timedelta(microseconds=mail.at))
        message["Message-ID"] = self.message_id(mail)
        message["Auto-Submitted"] = "auto-generated"
        shown = {
            "language": words.language,
            "subject": words.subject,
            "greeting": words.greeting,
            "says": words.says,
            "facts": words.facts,
            "action": words.action,
            "footer": words.footer,
            "link": link,
        }
        message.set_content(LAYOUTS.get_template("mail.txt").render(shown), cte="quoted-printable")
        html = LAYOUTS.get_template("mail.html").render(shown)
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        message["Content-Language"] = words.language  # of both parts: set before, it would go into the first
        return message


def _address(email: str) -> Address:
    local, _, domain = email.rpartition("@")
    if not local or not domain or not email.isprintable() or not email.isascii() or " " in email:
        raise AddressRefused("the address is none that mail can be sent to")
    try:
        return Address(addr_spec=email)
    except (ValueError, IndexError, MessageError) as fault:
        raise AddressRefused("the address is none that mail can be sent to") from fault
