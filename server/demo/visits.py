"""How scripted people of the demonstration use the house: its public HTTP routes, signed in as anybody else would be.

They sign in with e-mail and password and go on with an API token made for the run, which is revoked at its end. One
connection for each request, on the house's own loop: threads would be the very ones in which it checks passwords.
"""

import asyncio
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import msgspec
from msgspec import Struct

TOKEN_NAME: Final = "demonstration"  # noqa: S105 - what the token is called
REQUEST_SECONDS: Final = 20.0
_FIRST_REFUSAL: Final = 400


class NotServed(Exception):
    """The house refused a request of the demonstration, or did not answer: what was asked, and what it said."""

    def __init__(self, asked: str, said: str) -> None:
        super().__init__(f"{asked}: {said}")


class Token(Struct, frozen=True):
    """An API token; its secret is there once, when it is made."""

    id: int
    name: str
    token: str = ""


class _Tokens(Struct):
    items: list[Token]


class _Answer(Struct):
    body: bytes
    cookie: str | None


class Visit:
    """One signed-in person at one house."""

    def __init__(self, address: str, token: Token) -> None:
        self.address = address
        self.token = token

    async def get(self, route: str, **query: str | int) -> Any:
        """What `GET /api/{route}` answers. Raises NotServed."""
        asked = f"{route}?{urlencode(query)}" if query else route
        return _read(await _ask(self.address, "GET", asked, None, self._signed()))

    async def post(self, route: str, body: dict[str, Any]) -> Any:
        """What `POST /api/{route}` answers. Raises NotServed."""
        return _read(await _ask(self.address, "POST", route, body, self._signed()))

    async def upload(self, route: str, content: bytes, media_type: str) -> Any:
        """What `POST /api/{route}` answers to a file. Raises NotServed."""
        return _read(await _ask(self.address, "POST", route, content, self._signed(), media_type))

    async def leave(self) -> None:
        """Revoke the token."""
        await _ask(self.address, "DELETE", f"tokens/{self.token.id}", None, self._signed())

    def _signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token.token}"}


async def sign_in(address: str, email: str, password: str) -> Visit:
    """Sign in at `address` (`http://host:port`), make a token, sign out. Raises NotServed.

    Tokens that a run before this one could not revoke are revoked now.
    """
    signed = await _ask(address, "POST", "sessions", {"email": email, "password": password}, {})
    if signed.cookie is None:
        raise NotServed("sessions", "no cookie")
    headers = {"Cookie": signed.cookie.partition(";")[0]}
    left = await _ask(address, "GET", "tokens", None, headers)
    for token in msgspec.json.decode(left.body, type=_Tokens).items:
        if token.name == TOKEN_NAME:
            await _ask(address, "DELETE", f"tokens/{token.id}", None, headers)
    made = await _ask(address, "POST", "tokens", {"name": TOKEN_NAME}, headers)
    await _ask(address, "DELETE", "sessions/current", None, headers)
    return Visit(address, msgspec.json.decode(made.body, type=Token))


def _read(answer: _Answer) -> Any:
    return msgspec.json.decode(answer.body) if answer.body else None


async def _ask(
    address: str,
    method: str,
    route: str,
    body: dict[str, Any] | bytes | None,
    headers: dict[str, str],
    media_type: str = "application/json",
) -> _Answer:
    """One request on a connection of its own."""
    asked = f"{method} /api/{route}"
    parts = urlsplit(address)
    assert parts.hostname is not None, address
    content = body if isinstance(body, bytes) else b"" if body is None else msgspec.json.encode(body)
    lines = [f"{asked} HTTP/1.1", f"Host: {parts.netloc}", "Connection: close", f"Content-Length: {len(content)}"]
    lines += [] if body is None else [f"Content-Type: {media_type}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    request = "\r\n".join([*lines, "", ""]).encode() + content
    try:
        async with asyncio.timeout(REQUEST_SECONDS):
            said = await _exchange(parts.hostname, parts.port or 80, request)
    except (OSError, TimeoutError) as fault:
        raise NotServed(asked, str(fault) or type(fault).__name__) from fault
    return _answer(asked, said)


async def _exchange(host: str, port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request)
        return await reader.read(-1)
    finally:
        writer.close()


def _answer(asked: str, said: bytes) -> _Answer:
    head, _, body = said.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    cookies = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("set-cookie:")]
    code = status.split(" ")[1:2]
    if not code or int(code[0]) >= _FIRST_REFUSAL:
        raise NotServed(asked, f"{status} {body[:300].decode(errors='replace')}")
    return _Answer(body, cookies[0] if cookies else None)
