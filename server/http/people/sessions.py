"""Signing in and out: `POST /api/sessions`, `GET` and `DELETE /api/sessions/current`.

What is wrong, the e-mail or the password, nobody learns, neither from the answer nor from how long it took.
"""

from typing import Annotated, Final

import structlog
from msgspec import Meta, Struct, structs
from starlette.requests import Request
from starlette.responses import Response

from engine.instants import SECOND
from persistence.people.sessions import Account, account_of, close_session, open_session, person, rehash
from server.auth.identification import COOKIE, LONGEST_SECRET, Identified, new_secret, session_login, sha256_of
from server.auth.origins import Origin, keeps_no_secure_cookie, origin_of
from server.auth.passwords import LONGEST_PASSWORD
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who, json_response
from server.http.doors import HttpDoors
from server.http.people.me import Me, me_of
from server.http.reading import Nothing

LONGEST_USER_AGENT: Final = 200
_log = structlog.get_logger("adjuge.sign_in")


class Credentials(Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs in. An e-mail is read without regard to case."""

    email: Annotated[str, Meta(min_length=3, max_length=254)]
    password: Annotated[str, Meta(min_length=1, max_length=LONGEST_PASSWORD)]


class SignedIn(Struct, frozen=True):
    """Who has signed in; the session is in the cookie."""

    user: Me


class CurrentSession(Struct, frozen=True):
    """Who is signed in, if anybody, and whether this is a demonstration (then `/api/demo` lists accounts)."""

    user: Me | None
    demonstration: bool


async def current_session(asking: Asking[Nothing, Nothing]) -> CurrentSession:
    """What a page asks first; nobody being signed in is an answer, not a failure."""
    doors = asking.doors
    found = await doors.identification.of_request(asking.request, "GET")
    known = await person(doors.database, found.caller.user_id) if isinstance(found, Identified) else None
    return CurrentSession(None if known is None else me_of(known), doors.sign_ins is not None)


async def sign_in(asking: Asking[Credentials, Nothing]) -> Response | Refusal:
    """Check the password, open a session, set its cookie."""
    doors, headers = asking.doors, asking.request.headers
    if origin_of(headers, doors.identification.origins) is Origin.FOREIGN:
        return Refusal(DoorCode.FOREIGN_ORIGIN)
    if keeps_no_secure_cookie(headers):
        return Refusal(DoorCode.INSECURE_ORIGIN)
    email = asking.body.email.strip().lower()
    address = asking.request.client.host if asking.request.client else ""
    account = await _checked(doors, email, address, asking.body.password)
    if isinstance(account, Refusal):
        return account
    return await signed_in(doors, asking.request, account.user_id, account.password_hash)


async def signed_in(doors: HttpDoors, request: Request, user_id: int, password_hash: str) -> Response | Refusal:
    """Open a session for somebody who has just shown the password, instead of the one it may have had."""
    found = await person(doors.database, user_id)
    secret, now = new_secret(), doors.clock.now()
    lasts_seconds = doors.settings.session_seconds
    is_open = found is not None and await open_session(
        doors.database,
        user_id,
        sha256_of(secret),
        now,
        now + lasts_seconds * SECOND,
        user_agent=_user_agent(request),
        password_hash=password_hash,
    )
    if found is None or not is_open:
        return Refusal(DoorCode.WRONG_CREDENTIALS)
    await _sign_out(doors, request.cookies.get(COOKIE))
    response = json_response(SignedIn(me_of(found)), 201)
    _set_cookie(response, doors, secret, lasts_seconds)
    return response


def _user_agent(request: Request) -> str:
    """What the browser calls itself, as far as a line of text goes."""
    told = request.headers.get("user-agent", "")[:LONGEST_USER_AGENT]
    return "".join(letter for letter in told if letter.isprintable())


async def _checked(doors: HttpDoors, email: str, address: str, password: str) -> Account | Refusal:
    """The account whose password it is."""
    now = doors.clock.now()
    wait = max(doors.email_throttle.wait_seconds(email, now), doors.address_throttle.wait_seconds(address, now))
    if wait:
        return Refusal(DoorCode.TOO_MANY_ATTEMPTS, retry_after_seconds=wait)
    doors.email_throttle.failed(email, now)
    doors.address_throttle.failed(address, now)
    is_wrong = False
    try:
        account = await account_of(doors.database, email)
        usable = account is not None and not account.disabled
        stored = account.password_hash if account is not None and usable else None
        verdict = await doors.passwords.check(stored, password)
        is_wrong = account is None or not verdict.is_right
    finally:
        if not is_wrong:
            doors.email_throttle.take_back(email, now)
            doors.address_throttle.take_back(address, now)
    if account is None or is_wrong:
        _log.info("sign-in refused", address=address)
        return Refusal(DoorCode.WRONG_CREDENTIALS)
    doors.email_throttle.forget(email)
    if verdict.rehashed is None:
        return account
    await rehash(doors.database, account.user_id, verdict.rehashed, instead_of=account.password_hash)
    return structs.replace(account, password_hash=verdict.rehashed)


async def sign_out(asking: Asking[Nothing, Nothing]) -> Response:
    """End the session and close its sockets; without one, there is nothing to end."""
    doors = asking.doors
    await _sign_out(doors, asking.request.cookies.get(COOKIE))
    response = Response(status_code=204)
    _set_cookie(response, doors, "", 0)
    return response


async def _sign_out(doors: HttpDoors, secret: str | None) -> None:
    if secret and len(secret) <= LONGEST_SECRET:
        doors.identification.end(session_login(secret))
        await close_session(doors.database, sha256_of(secret))
        doors.presence.sign_out(session_login(secret))


def _set_cookie(response: Response, doors: HttpDoors, secret: str, lasts_seconds: int) -> None:
    path = f"{doors.settings.root_path}/"
    response.headers["Set-Cookie"] = (
        f"{COOKIE}={secret}; Max-Age={lasts_seconds}; Path={path}; HttpOnly; Secure; SameSite=Lax"
    )


ROUTES = (
    Route(
        method="POST",
        path="/api/sessions",
        who=Who.ANYONE,
        says="Sign in with e-mail and password; the session comes as a cookie.",
        answer=sign_in,
        body=Credentials,
        gives=SignedIn,
        status=201,
        refuses=(DoorCode.WRONG_CREDENTIALS, DoorCode.TOO_MANY_ATTEMPTS, DoorCode.INSECURE_ORIGIN),
    ),
    Route(
        method="GET",
        path="/api/sessions/current",
        who=Who.ANYONE,
        says="Who is signed in, or nobody; and whether this is a demonstration.",
        answer=current_session,
        gives=CurrentSession,
    ),
    Route(
        method="DELETE",
        path="/api/sessions/current",
        who=Who.SIGNED_IN,
        says="Sign out: end the session and close its live sockets.",
        answer=sign_out,
        gives=None,
        status=204,
    ),
)
