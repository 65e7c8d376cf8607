"""User groups, an entity's or shared by the holding: `/api/user-groups` (§1.2).

Putting somebody into a shared one takes an answer to "every entity, or this one": yes adds it, and lets it work, in
every entity of the holding; no adds it in the entity named alone.
"""

from typing import Annotated

from msgspec import Meta, Struct
from starlette.responses import Response

from engine.rights import NOTHING
from persistence.audit import By
from persistence.people.user_groups import (
    Member,
    UserGroup,
    add_member,
    change_user_group,
    create_user_group,
    remove_member,
    remove_user_group,
    user_group,
    user_groups_page,
)
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.pages_of import Paged, PageQuery
from server.http.people.grants import Granted, GrantForm, call_back, done, granted, read_grant, refusal_of
from server.http.reading import Nothing
from server.http.values import LINE, Id


class UserGroupsQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of which entity; shared groups of its holding are among them."""

    entity: Id | None = None


class UserGroupItem(Struct, frozen=True, kw_only=True):
    """A user group. `entity` is none of a shared one; `members` counts people."""

    id: int
    name: str
    group: int
    entity: int | None
    shared: bool
    grant: Granted
    members: int


class UserGroups(Paged[UserGroupItem], frozen=True):
    """One page, shared ones first, by name."""


class UserGroupMember(Struct, frozen=True):
    """Who is in a user group, in which entity."""

    user: int
    name: str
    entity: int
    entity_name: str


class UserGroupCard(Struct, frozen=True):
    """A user group and who is in it, by name."""

    user_group: UserGroupItem
    members: tuple[UserGroupMember, ...]


class NewUserGroup(GrantForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A new user group of the entity; `shared`: of its whole holding."""

    entity: Id
    name: Annotated[str, Meta(max_length=200, pattern=LINE)]
    shared: bool = False


class UserGroupChange(GrantForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to change of a user group; what is not named stays."""

    name: Annotated[str, Meta(max_length=200, pattern=LINE)] | None = None


class NewMember(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whom to put into the group in which entity; of a shared group, whether in every entity (§1.2)."""

    user: Id
    entity: Id
    every_entity: bool | None = None


async def list_user_groups(asking: Asking[Nothing, UserGroupsQuery]) -> UserGroups | Refusal:
    """One page of the user groups."""
    query = asking.query
    entities = entities_asked(asking.caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    total, found = await user_groups_page(asking.doors.database, entities, page=query.page, per_page=query.limit)
    return UserGroups.of(map(_item, found), query, total)


async def read_user_group(asking: Asking[Nothing, Nothing]) -> UserGroupCard | Refusal:
    """One of them."""
    found = await user_group(asking.doors.database, asking.ids["id"], asking.caller.entities)
    return Refusal(DoorCode.NOT_FOUND) if found is None else _card(*found)


async def make_user_group(asking: Asking[NewUserGroup, Nothing]) -> UserGroupCard | Refusal:
    """A new user group."""
    doors, caller, form = asking.doors, asking.caller, asking.body
    if form.entity not in caller.entities:
        return Refusal(DoorCode.INVALID, "entity: is not one of yours.", "entity")
    if not caller.may("manage_users", form.entity):
        return Refusal(DoorCode.NOT_ALLOWED, field="entity")
    grant = read_grant(form)
    if isinstance(grant, Refusal):
        return grant
    by = By(caller.user_id, doors.clock.now())
    made = await create_user_group(doors.database, by, form.entity, form.name, grant or NOTHING, shared=form.shared)
    return await _after(asking, made) if isinstance(made, int) else refusal_of(made)


async def update_user_group(asking: Asking[UserGroupChange, Nothing]) -> UserGroupCard | Refusal:
    """Change name or rights, for everybody who is in it."""
    doors, caller, form = asking.doors, asking.caller, asking.body
    refused = await _refused(asking)
    if refused is not None:
        return refused
    grant = read_grant(form)
    if isinstance(grant, Refusal):
        return grant
    by = By(caller.user_id, doors.clock.now())
    touched = await change_user_group(doors.database, by, asking.ids["id"], name=form.name, grant=grant)
    if not isinstance(touched, list):
        return refusal_of(touched)
    call_back(doors, touched)
    return await _after(asking, asking.ids["id"])


async def delete_user_group(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Remove it, and what it gave."""
    doors, caller = asking.doors, asking.caller
    refused = await _refused(asking)
    if refused is not None:
        return refused
    touched = await remove_user_group(doors.database, By(caller.user_id, doors.clock.now()), asking.ids["id"])
    if not isinstance(touched, list):
        return refusal_of(touched)
    call_back(doors, touched)
    return done()


async def put_member(asking: Asking[NewMember, Nothing]) -> UserGroupCard | Refusal:
    """Put somebody into it."""
    doors, caller, form = asking.doors, asking.caller, asking.body
    found = await user_group(doors.database, asking.ids["id"], caller.entities)
    if found is None:
        return Refusal(DoorCode.NOT_FOUND)
    if form.entity not in caller.entities:
        return Refusal(DoorCode.INVALID, "entity: is not one of yours.", "entity")
    if not caller.may("manage_users", form.entity):
        return Refusal(DoorCode.NOT_ALLOWED, field="entity")
    shared = found[0].entity_id is None
    if shared and form.every_entity is None:
        told = "every_entity: say whether in every entity of the group, or in this one only."
        return Refusal(DoorCode.INVALID, told, "every_entity")
    if not shared and form.every_entity:
        told = "every_entity: only a shared user group spans every entity."
        return Refusal(DoorCode.INVALID, told, "every_entity")
    refused = await add_member(
        doors.database,
        By(caller.user_id, doors.clock.now()),
        asking.ids["id"],
        form.user,
        form.entity,
        every_entity=bool(form.every_entity),
        seen_from=caller.entities,
    )
    if refused is not None:
        return refusal_of(refused)
    call_back(doors, (form.user,))
    return await _after(asking, asking.ids["id"])


async def delete_member(asking: Asking[Nothing, EntityQuery]) -> Response | Refusal:
    """Take somebody out of it, in one entity or in all."""
    doors, caller, user_id = asking.doors, asking.caller, asking.ids["user"]
    refused = await _refused(asking)
    if refused is not None:
        return refused
    by = By(caller.user_id, doors.clock.now())
    changed = await remove_member(doors.database, by, asking.ids["id"], user_id, asking.query.entity)
    if changed is not None:
        return refusal_of(changed)
    call_back(doors, (user_id,))
    return done()


async def _refused(
    asking: Asking[UserGroupChange, Nothing] | Asking[Nothing, Nothing] | Asking[Nothing, EntityQuery],
) -> Refusal | None:
    """Another's does not exist; who manages no users may not. Under lock that is asked again, entity by entity."""
    caller = asking.caller
    if await user_group(asking.doors.database, asking.ids["id"], caller.entities) is None:
        return Refusal(DoorCode.NOT_FOUND)
    manages = any(caller.may("manage_users", entity_id) for entity_id in caller.entities)
    return None if manages else Refusal(DoorCode.NOT_ALLOWED)


async def _after(
    asking: Asking[NewUserGroup, Nothing] | Asking[UserGroupChange, Nothing] | Asking[NewMember, Nothing], id_: int
) -> UserGroupCard | Refusal:
    found = await user_group(asking.doors.database, id_, asking.caller.entities)
    return Refusal(DoorCode.NOT_FOUND) if found is None else _card(*found)


def _card(group: UserGroup, members: list[Member]) -> UserGroupCard:
    told = tuple(UserGroupMember(member.user_id, member.name, member.entity_id, member.entity) for member in members)
    return UserGroupCard(_item(group), told)


def _item(group: UserGroup) -> UserGroupItem:
    return UserGroupItem(
        id=group.id,
        name=group.name,
        group=group.group_id,
        entity=group.entity_id,
        shared=group.entity_id is None,
        grant=granted(group.grant),
        members=group.members,
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/user-groups",
        who=Who.DEALER,
        says="The user groups of the dealer's entities, and the shared ones of their holdings.",
        answer=list_user_groups,
        query=UserGroupsQuery,
        gives=UserGroups,
    ),
    Route(
        method="POST",
        path="/api/user-groups",
        who=Who.DEALER,
        says="Make a user group of an entity, or a shared one of its holding.",
        answer=make_user_group,
        body=NewUserGroup,
        gives=UserGroupCard,
        status=201,
        refuses=(DoorCode.NOT_HELD, DoorCode.CONFLICT),
    ),
    Route(
        method="GET",
        path="/api/user-groups/{id}",
        who=Who.DEALER,
        says="A user group and who is in it.",
        answer=read_user_group,
        gives=UserGroupCard,
    ),
    Route(
        method="PATCH",
        path="/api/user-groups/{id}",
        who=Who.DEALER,
        says="Change a user group's name or rights, for everybody who is in it.",
        answer=update_user_group,
        body=UserGroupChange,
        gives=UserGroupCard,
        refuses=(DoorCode.NOT_HELD, DoorCode.LAST_MANAGER, DoorCode.CONFLICT),
    ),
    Route(
        method="DELETE",
        path="/api/user-groups/{id}",
        who=Who.DEALER,
        says="Remove a user group, and with it what it gave.",
        answer=delete_user_group,
        gives=None,
        status=204,
        refuses=(DoorCode.LAST_MANAGER,),
    ),
    Route(
        method="POST",
        path="/api/user-groups/{id}/members",
        who=Who.DEALER,
        says="Put a user into a user group, in one entity or in every entity of the holding.",
        answer=put_member,
        body=NewMember,
        gives=UserGroupCard,
        refuses=(DoorCode.NOT_HELD,),
    ),
    Route(
        method="DELETE",
        path="/api/user-groups/{id}/members/{user}",
        who=Who.DEALER,
        says="Take a user out of a user group, in the entity named or in all.",
        answer=delete_member,
        query=EntityQuery,
        gives=None,
        status=204,
        refuses=(DoorCode.LAST_MANAGER,),
    ),
)
