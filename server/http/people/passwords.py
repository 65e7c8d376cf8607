"""Forgotten passwords: `/api/password-resets` (§1.5).

Whoever asks is answered the same at once, whatever the address: the work is done after the answer. The link of the mail
is single-use and good for an hour; using it signs the account out everywhere.
"""

import asyncio
from typing import Annotated, Final

import structlog
from msgspec import Meta, Struct
from starlette.responses import Response

from engine.instants import SECOND, Instant
from persistence.errors import BookError
from persistence.people.password_resets import NoSuchReset, ask_reset, is_open, reset_password
from server.auth.identification import LONGEST_SECRET, new_secret, sha256_of
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.people.grants import done, end_logins
from server.http.people.me import NewPassword
from server.http.reading import Nothing

RESET_SECONDS: Final = 3_600
_log = structlog.get_logger("adjuge.sign_in")


class ForgottenPassword(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose password is forgotten."""

    email: Annotated[str, Meta(min_length=3, max_length=254)]


class ResetAsked(Struct, frozen=True):
    """If there is such an account, a mail is on its way to it."""

    expires_after_seconds: int = RESET_SECONDS


class PasswordReset(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What stands behind the `#` of the link, and the new password."""

    secret: Annotated[str, Meta(min_length=1, max_length=LONGEST_SECRET)]
    password: NewPassword


async def ask_password_reset(asking: Asking[ForgottenPassword, Nothing]) -> ResetAsked | Refusal:
    """Send the link, if there is anybody to send it to; who asks too often from one address is told so."""
    doors, now = asking.doors, asking.doors.clock.now()
    email = asking.body.email.strip().lower()
    address = f"reset {asking.request.client.host if asking.request.client else ''}"
    wait = doors.address_throttle.wait_seconds(address, now)
    if wait:
        return Refusal(DoorCode.TOO_MANY_ATTEMPTS, retry_after_seconds=wait)
    doors.address_throttle.failed(address, now)
    if not doors.reset_throttle.wait_seconds(email, now):
        doors.reset_throttle.failed(email, now)
        sending = asyncio.create_task(_send(doors, email, now))
        doors.tasks.add(sending)
        sending.add_done_callback(doors.tasks.discard)
    return ResetAsked()


async def _send(doors: HttpDoors, email: str, now: Instant) -> None:
    secret = new_secret()
    link = f"{doors.settings.public_url}/password-reset#{secret}"
    try:
        await ask_reset(doors.database, email, sha256_of(secret), link, now, now + RESET_SECONDS * SECOND)
    except (BookError, OSError, TimeoutError) as fault:
        _log.error("a password reset was not sent", failure=type(fault).__name__)
    doors.office.wake()


async def complete_password_reset(asking: Asking[PasswordReset, Nothing]) -> Response | Refusal:
    """Use the link; it is looked at before the costly part is done."""
    doors, token_sha256 = asking.doors, sha256_of(asking.body.secret)
    if not await is_open(doors.database, token_sha256, doors.clock.now()):
        return Refusal(DoorCode.DEAD_LINK)
    password_hash = await doors.passwords.hash(asking.body.password)
    ended = await reset_password(doors.database, token_sha256, password_hash, doors.clock.now())
    if isinstance(ended, NoSuchReset):
        return Refusal(DoorCode.DEAD_LINK)
    end_logins(doors, ended)
    return done()


ROUTES = (
    Route(
        method="POST",
        path="/api/password-resets",
        who=Who.ANYONE,
        says="Have a link sent to an account's address, to choose a new password; the answer tells nothing of it.",
        answer=ask_password_reset,
        body=ForgottenPassword,
        gives=ResetAsked,
        status=202,
        refuses=(DoorCode.TOO_MANY_ATTEMPTS,),
    ),
    Route(
        method="POST",
        path="/api/password-resets/completion",
        who=Who.ANYONE,
        says="Choose a new password with the secret of a link; every session of the account ends.",
        answer=complete_password_reset,
        body=PasswordReset,
        gives=None,
        status=204,
        refuses=(DoorCode.DEAD_LINK,),
    ),
)
