"""Of which entities a dealer asks: those that it works for, or the one that it names."""

from msgspec import Struct

from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.values import Id


class EntityQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the dealer's entities; none: all of them."""

    entity: Id | None = None


def entities_asked(caller: Caller, query: EntityQuery) -> tuple[int, ...] | Refusal:
    """The entities; one that is not the dealer's does not exist."""
    if query.entity is None:
        return tuple(sorted(caller.entities))
    if query.entity not in caller.entities:
        return Refusal(DoorCode.NOT_ALLOWED, "entity: is not one of yours.", "entity")
    return (query.entity,)
