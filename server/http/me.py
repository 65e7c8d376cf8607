"""Who is signed in: `GET /api/me`."""

from msgspec import Struct

from persistence.sessions import Person, person
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing


class WorkPlace(Struct, frozen=True):
    """An entity that a dealer works for, and its rights there (§1.3)."""

    id: int
    name: str
    rights: tuple[str, ...]


class Me(Struct, frozen=True):
    """The user. `entities` are a dealer's; `company` a trader's, or the dealer's home entity."""

    id: int
    name: str
    email: str
    role: str
    language: str
    company: str
    entities: tuple[WorkPlace, ...] = ()


def me_of(found: Person) -> Me:
    """A stored person as it sees itself."""
    entities = tuple(
        WorkPlace(membership.entity_id, membership.name, tuple(sorted(membership.rights)))
        for membership in found.memberships
    )
    return Me(found.user_id, found.name, found.email, found.role, found.language, found.company, entities)


async def me(asking: Asking[Nothing, Nothing]) -> Me | Refusal:
    """The user that asks."""
    found = await person(asking.doors.database, asking.caller.user_id)
    return Refusal(DoorCode.NOT_SIGNED_IN) if found is None else me_of(found)


ROUTES = (
    Route(
        method="GET",
        path="/api/me",
        who=Who.SIGNED_IN,
        says="Who is signed in.",
        answer=me,
        gives=Me,
    ),
)
