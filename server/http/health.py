"""Whether the process lives, and whether it may be sent traffic: `/healthz`, `/readyz`."""

from msgspec import Struct
from starlette.responses import Response

from server.http.door import Asking, Route, Who, json_response
from server.http.reading import Nothing


class Health(Struct, frozen=True):
    """`ok`, or what it is instead."""

    status: str


async def alive(_: Asking[Nothing, Nothing]) -> Health:
    """The process answers."""
    return Health("ok")


async def ready(asking: Asking[Nothing, Nothing]) -> Response:
    """The book can be written and the auctions are loaded; 503 while they are not, and from the beginning of a stop."""
    return json_response(Health("ok")) if asking.doors.is_ready() else json_response(Health("not ready"), 503)


ROUTES = (
    Route(
        method="GET",
        path="/healthz",
        who=Who.ANYONE,
        says="The process answers.",
        answer=alive,
        gives=Health,
    ),
    Route(
        method="GET",
        path="/readyz",
        who=Who.ANYONE,
        says="The book can be written and the auctions are loaded: send traffic.",
        answer=ready,
        gives=Health,
    ),
)
