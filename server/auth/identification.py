"""Who asks: a session's cookie, believed from our own pages only, or a token, believed from anywhere.

Secrets are 256 random bits; the book holds their SHA-256 alone. Whoever shows neither is nobody: every door decides
what nobody may do. A browser says where a page's request comes from; where nothing says so, no page is behind it, and
the cookie was put there on purpose. The one place that turns a stored person into a Caller.
"""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from engine.instants import Instant
from persistence.database import Database
from persistence.errors import BookError
from persistence.people.sessions import Person, person_by_session, person_by_token
from server.auth.origins import Origin, origin_of
from server.caller import Caller, Role
from server.clock import Clock
from server.errors import DoorCode

COOKIE: Final = "adjuge_session"
MARK: Final = "adj_"
LONGEST_SECRET: Final = 200
REMEMBERED_ENDS: Final = 10_000
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Identified(Struct, frozen=True):
    """A caller, and how it showed who it is: `by_session` or by a token."""

    caller: Caller
    by_session: bool


def new_secret(prefix: str = "") -> str:
    """A secret that nobody guesses."""
    return prefix + secrets.token_urlsafe(32)


def sha256_of(secret: str) -> bytes:
    """What the book holds of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def session_login(secret: str) -> str:
    """The name by which a session's sockets are closed; tells nothing of the secret."""
    return stored_session_login(sha256_of(secret))


def stored_session_login(token_sha256: bytes) -> str:
    """The same name, from what the book holds of the secret."""
    return f"session {token_sha256.hex()}"


def token_login(token_id: int) -> str:
    """The name by which a token's sockets are closed."""
    return f"token {token_id}"


class Identification:
    """Tells who asks, over HTTP and on the live wire alike."""

    def __init__(self, database: Database, clock: Clock, origins: frozenset[str]) -> None:
        self._database = database
        self._clock = clock
        self.origins = origins
        self._ended: dict[str, None] = {}

    async def of_socket(self, websocket: WebSocket) -> Caller | DoorCode:
        """The caller of a socket; a page's is asked for its origin first."""
        headers = websocket.headers
        bearer = _bearer(headers)
        if bearer is None and COOKIE in websocket.cookies and origin_of(headers, self.origins) is Origin.FOREIGN:
            return DoorCode.FOREIGN_ORIGIN
        try:
            found = await self._identify(bearer, websocket.cookies.get(COOKIE))
        except (BookError, OSError, TimeoutError):
            return DoorCode.UNAVAILABLE
        return found.caller if isinstance(found, Identified) else found

    def end(self, login: str) -> None:
        """Believe a session or token no more, whatever the book still answers to those who are asking it right now."""
        self._ended[login] = None
        if len(self._ended) > REMEMBERED_ENDS:
            del self._ended[next(iter(self._ended))]

    async def of_request(self, request: HTTPConnection, method: str) -> Identified | DoorCode:
        """The caller of a request; a page that changes anything is asked for its origin first."""
        headers = request.headers
        bearer = _bearer(headers)
        if bearer is None and method not in _SAFE_METHODS and origin_of(headers, self.origins) is Origin.FOREIGN:
            return DoorCode.FOREIGN_ORIGIN
        return await self._identify(bearer, request.cookies.get(COOKIE))

    async def _identify(self, bearer: str | None, cookie: str | None) -> Identified | DoorCode:
        """A token that is shown is the only thing looked at: a wrong one never falls back to the cookie."""
        if bearer is not None:
            found = await person_by_token(self._database, sha256_of(bearer)) if bearer else None
            if found is None:
                return DoorCode.NOT_SIGNED_IN
            token_id, person = found
            return self._believed(Identified(caller_of(person, token_login(token_id)), by_session=False))
        if not cookie or len(cookie) > LONGEST_SECRET:
            return DoorCode.NOT_SIGNED_IN
        found_session = await person_by_session(self._database, sha256_of(cookie), self._clock.now())
        if found_session is None:
            return DoorCode.NOT_SIGNED_IN
        expires_at, person = found_session
        return self._believed(Identified(caller_of(person, session_login(cookie), expires_at), by_session=True))

    def _believed(self, found: Identified) -> Identified | DoorCode:
        return DoorCode.NOT_SIGNED_IN if found.caller.login in self._ended else found


def caller_of(person: Person, login: str, expires_at: Instant | None = None) -> Caller:
    """A stored person as every door knows it."""
    return Caller(
        user_id=person.user_id,
        name=person.name,
        role=Role(person.role),
        company=person.company,
        login=login,
        expires_at=expires_at,
        language=person.language,
        trader=None if person.trader_id is None else str(person.trader_id),
        entities=frozenset(membership.entity_id for membership in person.memberships),
        rights=frozenset(
            (membership.entity_id, right) for membership in person.memberships for right in membership.rights
        ),
    )


def _bearer(headers: Mapping[str, str]) -> str | None:
    """The token of `Authorization: Bearer`, empty if there is none in it; `None` if the header is another's."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    token = token.strip()
    return token if len(token) <= LONGEST_SECRET else ""
