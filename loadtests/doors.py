"""The house's HTTP doors as a program uses them: sign in, then JSON both ways. Nothing that a browser could not do."""

import http.client
import json
from typing import Any, Final

from loadtests import wire
from loadtests.processes import CrowdFault

_SECONDS: Final = 30


class Door:
    """One visitor: its cookie, once signed in, goes with every request."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookie: str | None = None

    def sign_in(self, email: str, password: str) -> Any:
        """Sign in with e-mail and password; answer who one is."""
        return self.post("/api/sessions", {"email": email, "password": password})

    def get(self, path: str) -> Any:
        """What stands at `path`."""
        return self._ask("GET", path, None)

    def post(self, path: str, content: object) -> Any:
        """Send `content` to `path`; answer what comes back."""
        return self._ask("POST", path, content)

    def _ask(self, method: str, path: str, content: object) -> Any:
        headers = {"Origin": f"http://{wire.HOST}:{self._port}", "Accept": "application/json"}
        body = None
        if content is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(content)
        if self._cookie is not None:
            headers["Cookie"] = self._cookie
        connection = http.client.HTTPConnection(wire.HOST, self._port, timeout=_SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            raise CrowdFault(f"{method} {path}: {answer.status} {data[:300].decode(errors='replace')}")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._cookie = value.partition(";")[0]
        return json.loads(data) if data else None
