"""The machine-readable documents, as fixed addresses: `/openapi.json` and `/live/asyncapi.json`.

Made once at the start from the same types that the doors read and write; open to anyone.
"""

from collections.abc import Sequence
from typing import Any

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
    return [
        _document("/openapi.json", openapi(ROUTES, version, root_path)),
        _document("/live/asyncapi.json", asyncapi(version, root_path)),
    ]


def _document(path: str, document: dict[str, Any]) -> BaseRoute:
    body = msgspec.json.format(msgspec.json.encode(document), indent=2)

    async def tell(_: Request) -> Response:
        return Response(body, media_type="application/json", headers={"Cache-Control": "public, max-age=300"})

    return StarletteRoute(path, tell)
