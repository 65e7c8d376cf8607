"""The mail that a demonstration caught: `/api/demo/mails`, and a plain page of it at `/demo/mails`.

In any other mode there is nothing at these addresses. A mail's HTML is shown as a document without an origin and
without scripts, so that it can do nothing here.
"""

from typing import Final

from msgspec import Struct
from starlette.responses import HTMLResponse, Response

from engine.instants import format_instant
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.notices.catcher import CaughtMail
from server.notices.words import LAYOUTS

LIST_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
MAIL_POLICY: Final = f"sandbox allow-top-navigation-by-user-activation; {LIST_POLICY}; form-action 'none'"


class MailLine(Struct, frozen=True):
    """A mail on the list."""

    id: int
    at: str
    to: str
    subject: str


class MailList(Struct, frozen=True):
    """All that are kept, newest first."""

    items: tuple[MailLine, ...]


class Mail(Struct, frozen=True):
    """A whole mail."""

    id: int
    at: str
    to: str
    sender: str
    subject: str
    message_id: str
    language: str
    text: str
    html: str


def _lines(asking: Asking[Nothing, Nothing]) -> tuple[MailLine, ...] | None:
    caught = asking.doors.office.caught
    if caught is None:
        return None
    return tuple(MailLine(mail.id, format_instant(mail.at), mail.to, mail.subject) for mail in caught.newest_first())


def _found(asking: Asking[Nothing, Nothing]) -> CaughtMail | None:
    caught = asking.doors.office.caught
    return None if caught is None else caught.find(asking.ids["id"])


async def list_caught_mails(asking: Asking[Nothing, Nothing]) -> MailList | Refusal:
    """The mails."""
    lines = _lines(asking)
    return Refusal(DoorCode.NOT_FOUND) if lines is None else MailList(lines)


async def describe_caught_mail(asking: Asking[Nothing, Nothing]) -> Mail | Refusal:
    """One of them, with both of its parts."""
    mail = _found(asking)
    if mail is None:
        return Refusal(DoorCode.NOT_FOUND)
    return Mail(
        mail.id,
        format_instant(mail.at),
        mail.to,
        mail.sender,
        mail.subject,
        mail.message_id,
        mail.language,
        mail.text,
        mail.html,
    )


async def caught_mails_page(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """The list as a page."""
    lines = _lines(asking)
    if lines is None:
        return Refusal(DoorCode.NOT_FOUND)
    return _page(LAYOUTS.get_template("caught.html").render(mails=lines), LIST_POLICY)


async def caught_mail_page(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """A mail's HTML as a page."""
    mail = _found(asking)
    return Refusal(DoorCode.NOT_FOUND) if mail is None else _page(mail.html, MAIL_POLICY)


def _page(html: str, policy: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})


ROUTES = (
    Route(
        method="GET",
        path="/api/demo/mails",
        who=Who.ANYONE,
        says="The mails that the demonstration caught, newest first; 404 in any other mode.",
        answer=list_caught_mails,
        gives=MailList,
        refuses=(DoorCode.NOT_FOUND,),
    ),
    Route(
        method="GET",
        path="/api/demo/mails/{id}",
        who=Who.ANYONE,
        says="A mail that the demonstration caught, as HTML and as text.",
        answer=describe_caught_mail,
        gives=Mail,
    ),
    Route(
        method="GET",
        path="/demo/mails",
        who=Who.ANYONE,
        says="The demonstration's mails, as a page.",
        answer=caught_mails_page,
        gives=None,
        gives_file=("text/html",),
        refuses=(DoorCode.NOT_FOUND,),
    ),
    Route(
        method="GET",
        path="/demo/mails/{id}",
        who=Who.ANYONE,
        says="A mail of the demonstration, as a page that can do nothing.",
        answer=caught_mail_page,
        gives=None,
        gives_file=("text/html",),
    ),
)
