"""The machine-readable documents, as fixed addresses: `/openapi.json` and `/live/asyncapi.json`.

Made once at the start from the same types that the doors read and write; open to anyone.
"""

from collections.abc import Sequence
from functools import cache

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as StarletteRoute

from server.http.openapi import openapi
from server.http.routes import ROUTES
from server.live.asyncapi import asyncapi


def document_routes(version: str, root_path: str) -> Sequence[BaseRoute]:
    """The documents of this version, served behind `root_path`."""
    return [_document(path, body) for path, body in _documents(version, root_path).items()]


@cache
def _documents(version: str, root_path: str) -> dict[str, bytes]:
    """What is served at which address: the same for every house of this process."""
    made = {
        "/openapi.json": openapi(ROUTES, version, root_path),
        "/live/asyncapi.json": asyncapi(version, root_path),
    }
    return {path: msgspec.json.format(msgspec.json.encode(document), indent=2) for path, document in made.items()}


def _document(path: str, body: bytes) -> BaseRoute:
    async def tell(_: Request) -> Response:
        return Response(body, media_type="application/json", headers={"Cache-Control": "public, max-age=300"})

    return StarletteRoute(path, tell)
