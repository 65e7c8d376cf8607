"""The holdings of a dealer's entities, and their settings: `/api/groups` (§1.1, §5.1.5)."""

from typing import Annotated

from msgspec import Meta, Struct, structs

from persistence.audit import By
from persistence.people.grants import Unknown
from persistence.people.holdings import Group, change_group, entities_of, entity_ids_in, groups_of, page_of_groups
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.pages_of import Paged, WholeQuery
from server.http.reading import Nothing
from server.http.values import LINE, PREFIX


class GroupSettings(Struct, frozen=True):
    """A holding. Traders see its numbers with the prefix; `stock_auctions` switches the module (§5.1.3, §5.1.5)."""

    id: int
    name: str
    prefix: str
    stock_auctions: bool


class Groups(Paged[GroupSettings], frozen=True):
    """One page, by name."""


class GroupChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to change of a holding."""

    name: Annotated[str, Meta(max_length=200, pattern=LINE)] | None = None
    prefix: Annotated[str, Meta(pattern=PREFIX)] | None = None
    stock_auctions: bool | None = None


async def list_groups(asking: Asking[Nothing, WholeQuery]) -> Groups:
    """The caller's holdings."""
    query = asking.query
    total, found = await page_of_groups(
        asking.doors.database, asking.caller.entities, page=query.page, per_page=query.limit
    )
    return Groups.of(map(_told, found), query, total)


async def update_group(asking: Asking[GroupChange, Nothing]) -> GroupSettings | Refusal:
    """Change a holding, for whom manages the users of one of its entities."""
    doors, caller, group_id = asking.doors, asking.caller, asking.ids["id"]
    if group_id not in {group.id for group in await groups_of(doors.database, caller.entities)}:
        return Refusal(DoorCode.NOT_FOUND)
    if not await _manages_one(doors, caller, group_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    wanted = {name: value for name, value in structs.asdict(asking.body).items() if value is not None}
    entity_ids = await entity_ids_in(doors.database, group_id)
    changed = await change_group(doors.database, By(caller.user_id, doors.clock.now()), group_id, wanted)
    if isinstance(changed, Unknown):
        return Refusal(DoorCode.NOT_FOUND)
    # Told at once: of two changes, the later is the one that stays.
    doors.house.call_numbers(entity_ids, changed.prefix)
    return _told(changed)


async def _manages_one(doors: HttpDoors, caller: Caller, group_id: int) -> bool:
    entities = await entities_of(doors.database, caller.entities)
    return any(entity.group_id == group_id and caller.may("manage_users", entity.id) for entity in entities)


def _told(group: Group) -> GroupSettings:
    return GroupSettings(group.id, group.name, group.prefix, group.stock_auctions)


ROUTES = (
    Route(
        method="GET",
        path="/api/groups",
        who=Who.DEALER,
        says="The holdings of the dealer's entities.",
        answer=list_groups,
        query=WholeQuery,
        gives=Groups,
    ),
    Route(
        method="PATCH",
        path="/api/groups/{id}",
        who=Who.DEALER,
        says="Change the name, the prefix or the modules of a holding.",
        answer=update_group,
        body=GroupChange,
        gives=GroupSettings,
    ),
)
