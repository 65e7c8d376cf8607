"""How scripted people of the demonstration use the house: its public HTTP routes, signed in as anybody else would be.

They sign in with e-mail and password and go on with an API token made for the run, which is revoked at its end.
Requests run in threads, one at a time for each person; nothing of the server's own is reached into.
"""

import asyncio
import http.client
import json
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec import Struct

TOKEN_NAME: Final = "demonstration"  # noqa: S105 - what the token is called
REQUEST_SECONDS: Final = 20
_FIRST_REFUSAL: Final = 400


class NotServed(Exception):
    """The house refused a request of the demonstration, or did not answer: what was asked, and what it said."""

    def __init__(self, asked: str, said: str) -> None:
        super().__init__(f"{asked}: {said}")


class Token(Struct, frozen=True):
    """An API token as the house gives it, once."""

    id: int
    token: str


class Visit:
    """One signed-in person at one house."""

    def __init__(self, address: str, token: Token) -> None:
        self.address = address
        self.token = token

    async def get(self, route: str, **query: str | int) -> Any:
        """What `GET /api/{route}` answers. Raises NotServed."""
        asked = f"{route}?{urlencode(query)}" if query else route
        return await asyncio.to_thread(_ask, self.address, "GET", asked, None, self._signed())

    async def post(self, route: str, body: dict[str, Any]) -> Any:
        """What `POST /api/{route}` answers. Raises NotServed."""
        return await asyncio.to_thread(_ask, self.address, "POST", route, body, self._signed())

    async def leave(self) -> None:
        """Revoke the token."""
        await asyncio.to_thread(_ask, self.address, "DELETE", f"tokens/{self.token.id}", None, self._signed())

    def _signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token.token}"}


async def sign_in(address: str, email: str, password: str) -> Visit:
    """Sign in at `address` (`http://host:port`) and make a token. Raises NotServed."""
    return Visit(address, await asyncio.to_thread(_sign_in, address, email, password))


def _sign_in(address: str, email: str, password: str) -> Token:
    connection = _connect(address)
    try:
        status, _, cookie = _exchange(connection, "POST", "sessions", {"email": email, "password": password}, {})
        if cookie is None:
            raise NotServed("sessions", f"no cookie with status {status}")
        headers = {"Cookie": cookie.partition(";")[0]}
        _, body, _ = _exchange(connection, "POST", "tokens", {"name": TOKEN_NAME}, headers)
        _exchange(connection, "DELETE", "sessions/current", None, headers)
        return msgspec.json.decode(body, type=Token)
    except msgspec.DecodeError as fault:
        raise NotServed("tokens", str(fault)) from fault
    except (OSError, http.client.HTTPException) as fault:
        raise NotServed("sessions", str(fault) or type(fault).__name__) from fault
    finally:
        connection.close()


def _ask(address: str, method: str, route: str, body: dict[str, Any] | None, headers: dict[str, str]) -> Any:
    connection = _connect(address)
    try:
        _, said, _ = _exchange(connection, method, route, body, headers)
        return json.loads(said) if said else None
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise NotServed(route, str(fault) or type(fault).__name__) from fault
    finally:
        connection.close()


def _connect(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    return http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=REQUEST_SECONDS)


def _exchange(
    connection: http.client.HTTPConnection,
    method: str,
    route: str,
    body: dict[str, Any] | None,
    headers: dict[str, str],
) -> tuple[int, bytes, str | None]:
    """One request; gives status, body, and the cookie that was set."""
    content = None if body is None else json.dumps(body).encode()
    typed = headers if content is None else headers | {"Content-Type": "application/json"}
    connection.request(method, f"/api/{route}", content, typed)
    answer = connection.getresponse()
    said = answer.read()
    if answer.status >= _FIRST_REFUSAL:
        raise NotServed(f"{method} /api/{route}", f"{answer.status} {said[:300].decode(errors='replace')}")
    return answer.status, said, answer.getheader("Set-Cookie")
