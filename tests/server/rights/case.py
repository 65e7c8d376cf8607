"""One line of the matrix of rights, and the people in its columns."""

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from tests.server.houses import World

PEOPLE = ("nobody", "anne", "stranger", "idle_dealer", "sister_dealer", "stranger_dealer", "dealer")
"""Anne is invited, the stranger connected to nobody; the idle dealer has no rights; the owner comes last."""


class Case(Struct, frozen=True):
    """What each of PEOPLE is answered, the path's ids, and the body: JSON, or a file and its media type."""

    answers: tuple[int, ...]
    ids: Callable[[World], Awaitable[dict[str, int]]] | None = None
    body: Callable[[World], Awaitable[dict[str, Any]]] | None = None
    upload: tuple[bytes, str] | None = None


ANYONE = (200,) * 7
SIGNED_IN = (401, 200, 200, 200, 200, 200, 200)
DEALERS = (401, 403, 403, 200, 200, 200, 200)
