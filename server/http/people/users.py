"""The people of a dealer's entities: `/api/users` (§1.1 to §1.3).

Colleagues see each other; only who manages the users of an entity changes what somebody may do there, and gives nothing
that it does not hold itself. Live sockets of those whose rights change are closed, and come back with the new ones.
"""

from typing import Annotated

from msgspec import Meta, Struct
from starlette.responses import Response

from engine.instants import format_instant
from engine.rights import PRESETS, Preset, Right, TradeIns
from persistence.audit import By
from persistence.people.user_cards import UserCard, WorksFor, user_card, users_page
from persistence.people.users import (
    OnlyMembership,
    SignedOut,
    WantedMembership,
    change_membership,
    change_user,
    disable,
    enable,
    end_membership,
)
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.pages_of import Paged, PageQuery
from server.http.people.grants import Granted, GrantForm, call_back, done, end_logins, granted, read_grant, refusal_of
from server.http.people.me import Language, PersonName
from server.http.reading import Nothing
from server.http.values import Id
from server.http.words import LanguageWord


class UsersQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose users; `q` is in the name or the e-mail; `disabled`: only those who are, or who are not."""

    entity: Id | None = None
    q: Annotated[str, Meta(max_length=200)] = ""
    disabled: bool | None = None


class UserGroupName(Struct, frozen=True):
    """A user group that somebody is in; `shared`: the holding's (§1.2)."""

    id: int
    name: str
    shared: bool


class SiteName(Struct, frozen=True):
    """A site at which somebody works."""

    id: int
    name: str
    city: str


class Employment(Struct, frozen=True, kw_only=True):
    """An entity that somebody works for: what its membership gives (`own`), and what it may do in all."""

    entity: int
    name: str
    own: Granted
    effective: Granted
    user_groups: tuple[UserGroupName, ...]
    sites: tuple[SiteName, ...]


class User(Struct, frozen=True, kw_only=True):
    """A person that works for an entity, as colleagues see it."""

    id: int
    name: str
    email: str
    language: LanguageWord
    created_at: str
    disabled_at: str | None
    entities: tuple[Employment, ...]


class Users(Paged[User], frozen=True):
    """One page, by name."""


class UserChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to change of a user's account."""

    name: PersonName | None = None
    language: Language | None = None


class EmploymentForm(GrantForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a user is to do in an entity; what is not named stays. Sites and user groups: all of them, by id."""

    user_groups: Annotated[tuple[Id, ...], Meta(max_length=200)] | None = None
    sites: Annotated[tuple[Id, ...], Meta(max_length=500)] | None = None


class PresetRights(Struct, frozen=True):
    """A preset and what it gives."""

    preset: Preset
    rights: tuple[Right, ...]
    validate_trade_ins: TradeIns


class Rights(Struct, frozen=True):
    """Every right, every level of trade-ins, and the presets (§1.3)."""

    rights: tuple[Right, ...]
    validate_trade_ins: tuple[TradeIns, ...]
    presets: tuple[PresetRights, ...]


async def list_rights(asking: Asking[Nothing, Nothing]) -> Rights:
    """What a form of rights offers."""
    del asking
    presets = tuple(
        PresetRights(preset, told.rights, told.validate_trade_ins)
        for preset, told in ((preset, granted(grant)) for preset, grant in PRESETS.items())
    )
    return Rights(tuple(Right), tuple(TradeIns), presets)


async def list_users(asking: Asking[Nothing, UsersQuery]) -> Users | Refusal:
    """One page of the people."""
    query = asking.query
    entities = entities_asked(asking.caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    total, found = await users_page(
        asking.doors.database,
        entities,
        search=query.q.strip(),
        disabled=query.disabled,
        page=query.page,
        per_page=query.limit,
    )
    return Users.of(map(_told, found), query, total)


async def read_user(asking: Asking[Nothing, Nothing]) -> User | Refusal:
    """A colleague's card."""
    found = await user_card(asking.doors.database, asking.ids["id"], asking.caller.entities)
    return Refusal(DoorCode.NOT_FOUND) if found is None else _told(found)


async def update_user(asking: Asking[UserChange, Nothing]) -> User | Refusal:
    """Change how a colleague is called, and in which language it reads."""
    doors, caller, user_id = asking.doors, asking.caller, asking.ids["id"]
    found = await user_card(doors.database, user_id, caller.entities)
    if found is None:
        return Refusal(DoorCode.NOT_FOUND)
    if not any(caller.may("manage_users", each.entity_id) for each in found.works_for):
        return Refusal(DoorCode.NOT_ALLOWED)
    by = By(caller.user_id, doors.clock.now())
    refused = await change_user(doors.database, by, user_id, name=asking.body.name, language=asking.body.language)
    return refusal_of(refused) if refused is not None else await _card(asking)


async def put_employment(asking: Asking[EmploymentForm, Nothing]) -> User | Refusal:
    """Let a colleague work for the entity, or do other things there."""
    doors, caller, form = asking.doors, asking.caller, asking.body
    user_id, entity_id = asking.ids["id"], asking.ids["entity"]
    refused = await _seen(asking, entity_id)
    if refused is not None:
        return refused
    grant = read_grant(form)
    if isinstance(grant, Refusal):
        return grant
    wanted = WantedMembership(grant=grant, user_groups=form.user_groups, sites=form.sites)
    by = By(caller.user_id, doors.clock.now())
    changed = await change_membership(doors.database, by, user_id, entity_id, wanted, seen_from=caller.entities)
    if changed is not None:
        return refusal_of(changed)
    call_back(doors, (user_id,))
    return await _card(asking)


async def delete_employment(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Let a colleague work for the entity no more."""
    doors, caller = asking.doors, asking.caller
    user_id, entity_id = asking.ids["id"], asking.ids["entity"]
    refused = await _seen(asking, entity_id)
    if refused is not None:
        return refused
    changed = await end_membership(doors.database, By(caller.user_id, doors.clock.now()), user_id, entity_id)
    if isinstance(changed, OnlyMembership):
        return Refusal(DoorCode.CONFLICT, "It is the only entity of this user: disable the account instead.")
    if changed is not None:
        return refusal_of(changed)
    call_back(doors, (user_id,))
    return done()


async def disable_user(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """End the account's sessions and tokens, and let nobody sign in with it."""
    doors, caller, user_id = asking.doors, asking.caller, asking.ids["id"]
    if await user_card(doors.database, user_id, caller.entities) is None:
        return Refusal(DoorCode.NOT_FOUND)
    changed = await disable(doors.database, By(caller.user_id, doors.clock.now()), user_id)
    if not isinstance(changed, SignedOut):
        return refusal_of(changed)
    end_logins(doors, changed)
    return done()


async def enable_user(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Let the account sign in again."""
    doors, caller, user_id = asking.doors, asking.caller, asking.ids["id"]
    if await user_card(doors.database, user_id, caller.entities) is None:
        return Refusal(DoorCode.NOT_FOUND)
    changed = await enable(doors.database, By(caller.user_id, doors.clock.now()), user_id)
    return done() if changed is None else refusal_of(changed)


async def _seen(asking: Asking[EmploymentForm, Nothing] | Asking[Nothing, Nothing], entity_id: int) -> Refusal | None:
    """A stranger and another's entity do not exist; a colleague without the right may not (§1.4)."""
    caller = asking.caller
    if entity_id not in caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    if await user_card(asking.doors.database, asking.ids["id"], caller.entities) is None:
        return Refusal(DoorCode.NOT_FOUND)
    return None if caller.may("manage_users", entity_id) else Refusal(DoorCode.NOT_ALLOWED)


async def _card(asking: Asking[UserChange, Nothing] | Asking[EmploymentForm, Nothing]) -> User | Refusal:
    found = await user_card(asking.doors.database, asking.ids["id"], asking.caller.entities)
    return Refusal(DoorCode.NOT_FOUND) if found is None else _told(found)


def _told(card: UserCard) -> User:
    return User(
        id=card.id,
        name=card.name,
        email=card.email,
        language=card.language,
        created_at=format_instant(card.created_at),
        disabled_at=None if card.disabled_at is None else format_instant(card.disabled_at),
        entities=tuple(map(_employment, card.works_for)),
    )


def _employment(works_for: WorksFor) -> Employment:
    return Employment(
        entity=works_for.entity_id,
        name=works_for.entity,
        own=granted(works_for.own),
        effective=granted(works_for.effective),
        user_groups=tuple(UserGroupName(group.id, group.name, group.shared) for group in works_for.user_groups),
        sites=tuple(SiteName(site.id, site.name, site.city) for site in works_for.sites),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/rights",
        who=Who.DEALER,
        says="Every right, every level of trade-in validation, and the presets.",
        answer=list_rights,
        gives=Rights,
    ),
    Route(
        method="GET",
        path="/api/users",
        who=Who.DEALER,
        says="The people of the dealer's entities, a page at a time.",
        answer=list_users,
        query=UsersQuery,
        gives=Users,
    ),
    Route(
        method="GET",
        path="/api/users/{id}",
        who=Who.DEALER,
        says="A colleague: entities, sites, user groups, rights.",
        answer=read_user,
        gives=User,
    ),
    Route(
        method="PATCH",
        path="/api/users/{id}",
        who=Who.DEALER,
        says="Change a colleague's name or language.",
        answer=update_user,
        body=UserChange,
        gives=User,
    ),
    Route(
        method="PUT",
        path="/api/users/{id}/entities/{entity}",
        who=Who.DEALER,
        says="Let a colleague work for an entity, or do other things there.",
        answer=put_employment,
        body=EmploymentForm,
        gives=User,
        refuses=(DoorCode.NOT_HELD, DoorCode.LAST_MANAGER),
    ),
    Route(
        method="DELETE",
        path="/api/users/{id}/entities/{entity}",
        who=Who.DEALER,
        says="Let a colleague work for an entity no more.",
        answer=delete_employment,
        gives=None,
        status=204,
        refuses=(DoorCode.CONFLICT, DoorCode.LAST_MANAGER),
    ),
    Route(
        method="POST",
        path="/api/users/{id}/deactivation",
        who=Who.DEALER,
        says="Disable an account: its sessions and tokens end at once.",
        answer=disable_user,
        gives=None,
        status=204,
        refuses=(DoorCode.LAST_MANAGER,),
    ),
    Route(
        method="POST",
        path="/api/users/{id}/reactivation",
        who=Who.DEALER,
        says="Let a disabled account sign in again.",
        answer=enable_user,
        gives=None,
        status=204,
        refuses=(DoorCode.NOT_HELD,),
    ),
)
