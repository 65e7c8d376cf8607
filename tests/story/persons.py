"""Somebody at the house's doors: a browser with a cookie, or a program with a token; and what they say and hear.

Everything goes over HTTP and the live wire. An answer that was not expected fails at once, with what was answered.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import httpx
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.server.houses import UNUSED, Talk

COOKIE_OF: Final = "set-cookie"
PATIENCE_SECONDS: Final = 30


class Person:
    """A client of one house. `headers` sign it in: a browser's cookie with its origin, or a program's token."""

    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        self._url = url
        self.headers = headers or {}
        self._http = httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS, verify=UNUSED)

    async def sign_in(self, email: str, password: str) -> dict[str, Any]:
        """As the sign-in page does; gives the user."""
        answer = await self._http.post("/api/sessions", json={"email": email, "password": password})
        assert answer.status_code == 201, answer.text
        self.keep_cookie(answer)
        user: dict[str, Any] = answer.json()["user"]
        return user

    def keep_cookie(self, answer: httpx.Response) -> None:
        """From now on this browser is signed in by what the answer set."""
        self.headers = {"Cookie": answer.headers[COOKIE_OF].partition(";")[0], "Origin": self._url}
        self._http.cookies.clear()

    async def get(self, path: str, **query: Any) -> Any:
        """What is there."""
        return await self.ask("GET", path, params=query)

    async def post(self, path: str, body: Any = None, *, status: int = 201, **options: Any) -> Any:
        """Make or do something."""
        return await self.ask("POST", path, status=status, json=body, **options)

    async def ask(self, method: str, path: str, *, status: int = 200, **options: Any) -> Any:
        """Whatever method; gives the JSON of the answer, or its bytes."""
        answer = await self.raw(method, path, **options)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        if answer.headers.get("content-type", "").startswith("application/json"):
            return answer.json()
        return answer.content

    async def raw(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer itself."""
        headers = {**self.headers, **options.pop("headers", {})}
        return await self._http.request(method, path, headers=headers, **options)

    @asynccontextmanager
    async def live(self) -> AsyncIterator[Talk]:
        """On the live wire, welcomed."""
        async with connect(
            f"{self._url.replace('http', 'ws', 1)}/live",
            subprotocols=[Subprotocol("adjuge.v1")],
            additional_headers=self.headers,
            origin=None,
            max_size=None,
        ) as socket:
            talk = Talk(socket, PATIENCE_SECONDS)
            assert (await talk.hear())["type"] == "welcome"
            yield talk

    async def close(self) -> None:
        """Leave."""
        await self._http.aclose()


def without_order(items: list[Any]) -> list[str]:
    """A list to compare with another, whatever the order of either."""
    return sorted(json.dumps(item, sort_keys=True) for item in items)
