"""A mail from its notice: HTML and text from the same words, and headers that a repeat after a crash has again.

Addresses that are no addresses are refused here, before any mail server hears of them; no param can add a header. It is
done on the auctions' own loop, hence with the plain half of the standard library, which is the quicker one.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr
from typing import Final

from persistence.notices.mail_queue import DueMail
from server.notices.kinds import page_of
from server.notices.words import LAYOUTS, words_of

LONGEST_SUBJECT: Final = 200
LONGEST_ADDRESS: Final = 254
WIRE: Final = compat32.clone(linesep="\r\n")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@[A-Za-z0-9.\-]*[A-Za-z0-9]")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_LAYOUTS: Final = (("plain", LAYOUTS.get_template("mail.txt")), ("html", LAYOUTS.get_template("mail.html")))


class AddressRefused(ValueError):
    """Nobody can be reached there; its text does not repeat the address."""


class Composer:
    """Writes the mails of one house."""

    def __init__(self, sender: str, public_url: str) -> None:
        name, self.envelope_from = parseaddr(sender)
        self._from = formataddr((name, self.envelope_from), "utf-8")
        self._public_url = public_url.rstrip("/")
        self._domain = self.envelope_from.rpartition("@")[2] or "localhost"

    def message_id(self, mail: DueMail) -> str:
        """The same for the same notice to the same reader, for ever (§5.4.4)."""
        reader = f"user {mail.user_id}" if mail.user_id is not None else mail.email
        digest = hashlib.sha256(f"{mail.key}\n{reader}".encode()).hexdigest()
        return f"<{digest[:40]}@{self._domain}>"

    def compose(self, mail: DueMail) -> bytes:
        """The message as it goes over the wire. Raises AddressRefused."""
        words = words_of(mail.kind, mail.language, mail.params, mail.name)
        page = page_of(mail.kind, mail.params, to_trader=mail.to_trader)
        link = page if page.startswith(("http://", "https://")) else self._public_url + page
        address = _checked(mail.email)
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
        message = MIMEMultipart("alternative")
        message["From"] = self._from
        message["To"] = address
        message["Subject"] = Header(words.subject[:LONGEST_SUBJECT].strip(), "utf-8", header_name="Subject").encode()
        message["Date"] = format_datetime(_EPOCH + timedelta(microseconds=mail.at))
        message["Message-ID"] = self.message_id(mail)
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = words.language
        for subtype, layout in _LAYOUTS:
            message.attach(MIMEText(layout.render(shown).replace("\n", "\r\n"), subtype, "utf-8"))
        return message.as_bytes(policy=WIRE)


def _checked(email: str) -> str:
    """An address that one mail goes to, and that is nothing else in a header or on the wire."""
    if len(email) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(email):
        raise AddressRefused("the address is none that mail can be sent to")
    return email
