"""The demonstration's accounts: `GET /api/demo`. In any other mode there is nothing at this address."""

from msgspec import Struct

from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.doors import DemoSignIn
from server.http.reading import Nothing


class Demo(Struct, frozen=True):
    """Who can be signed in as."""

    sign_ins: tuple[DemoSignIn, ...]


async def demo(asking: Asking[Nothing, Nothing]) -> Demo | Refusal:
    """The accounts, in demonstration mode."""
    sign_ins = asking.doors.sign_ins
    return Refusal(DoorCode.NOT_FOUND) if sign_ins is None else Demo(sign_ins)


ROUTES = (
    Route(
        method="GET",
        path="/api/demo",
        who=Who.ANYONE,
        says="The accounts of the demonstration; 404 in any other mode.",
        answer=demo,
        gives=Demo,
        refuses=(DoorCode.NOT_FOUND,),
    ),
)
