"""The mailing lists of a dealer's entities, `/api/mailing-lists` (§3.1), and who would be told: `GET /api/audiences`.

A list is read by whoever works for its entity, and changed by who may manage lists there; another's does not exist.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct
from starlette.responses import Response

from persistence.audit import By
from persistence.traders import mailing_lists as book
from persistence.traders.mailing_lists import NotConnected, TitleTaken
from persistence.versions import ChangedMeanwhile
from server.errors import DoorCode, Reason, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.pages_of import Paged, PageQuery, WholeQuery, pages
from server.http.reading import Nothing
from server.http.values import LINE, Id, Version

RIGHT: Final = "manage_mailing_lists"
MOST_MEMBERS: Final = 10_000
Title = Annotated[str, Meta(max_length=100, pattern=LINE)]
Members = Annotated[tuple[Id, ...], Meta(min_length=1, max_length=MOST_MEMBERS)]


class MailingList(Struct, frozen=True):
    """A list; `traders` are those still connected (§3.3), `count` how many would be told; a change names `version`."""

    id: int
    entity: int
    title: str
    traders: tuple[int, ...]
    count: int
    version: int


class MailingListsQuery(WholeQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of one of the dealer's entities; none: of all of them."""

    entity: Id | None = None


class MailingLists(Paged[MailingList], frozen=True):
    """One page, by entity and title."""


class NewMailingList(Struct, frozen=True, forbid_unknown_fields=True):
    """A new list of an entity: at least one connected trader (§3.1)."""

    title: Title
    traders: Members
    entity: Id | None = None


class MailingListForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A list as it is saved; `version` is the one that was read."""

    title: Title
    traders: Members
    version: Version


class AudienceQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A choice of audience: a list of the entity, or every connected trader."""

    entity: Id
    mailing_list: Id | None = None


class AudienceTrader(Struct, frozen=True):
    """A trader that would be told."""

    trader: int
    name: str


class AudienceChoice(Struct, frozen=True):
    """How many traders would be told (§3.2), and one page of them by name."""

    count: int
    items: tuple[AudienceTrader, ...]
    page: int
    pages: int


async def list_mailing_lists(asking: Asking[Nothing, MailingListsQuery]) -> MailingLists | Refusal:
    """A page of the lists."""
    query = asking.query
    entities = entities_asked(asking.caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    total, found = await book.mailing_lists_page(asking.doors.database, entities, page=query.page, per_page=query.limit)
    return MailingLists.of(map(_shown, found), query, total)


async def read_mailing_list(asking: Asking[Nothing, Nothing]) -> MailingList | Refusal:
    """A list as it is stored: what "reset" goes back to (§3.1)."""
    found = await book.mailing_list(asking.doors.database, asking.ids["id"])
    if found is None or found.entity_id not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    return _shown(found)


async def create_mailing_list(asking: Asking[NewMailingList, Nothing]) -> MailingList | Refusal:
    """Make a list."""
    doors, caller, form = asking.doors, asking.caller, asking.body
    entity_id = form.entity
    if entity_id is None and len(caller.entities) == 1:
        entity_id = next(iter(caller.entities))
    if entity_id is None:
        return Refusal(DoorCode.INVALID, "entity: say which of your entities it is for.", "entity")
    if not caller.may(RIGHT, entity_id):
        return Refusal(DoorCode.NOT_ALLOWED, field="entity")
    title, by = form.title.strip(), By(caller.user_id, doors.clock.now())
    made = await book.add_mailing_list(doors.database, entity_id, title, form.traders, by)
    if not isinstance(made, int):
        return _refusal(made)
    return _shown(book.MailingList(made, title, tuple(sorted(set(form.traders))), entity_id))


async def change_mailing_list(asking: Asking[MailingListForm, Nothing]) -> MailingList | Refusal:
    """Save a list: its title and its members."""
    doors, form = asking.doors, asking.body
    refused = await _not_ones_own(asking)
    if refused is not None:
        return refused
    by = By(asking.caller.user_id, doors.clock.now())
    title, list_id = form.title.strip(), asking.ids["id"]
    saved = await book.change_mailing_list(doors.database, list_id, title, form.traders, by, version=form.version)
    match saved:
        case None:
            return Refusal(DoorCode.NOT_FOUND)
        case ChangedMeanwhile():
            return Refusal(DoorCode.CHANGED_MEANWHILE, field="version")
        case book.MailingList():
            return _shown(saved)
        case _:
            return _refusal(saved)


async def delete_mailing_list(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Delete a list; auctions that it was chosen for keep whom they invited (§3.4)."""
    refused = await _not_ones_own(asking)
    if refused is not None:
        return refused
    by = By(asking.caller.user_id, asking.doors.clock.now())
    if not await book.delete_mailing_list(asking.doors.database, asking.ids["id"], by):
        return Refusal(DoorCode.NOT_FOUND)
    return Response(status_code=204)


async def count_audience(asking: Asking[Nothing, AudienceQuery]) -> AudienceChoice | Refusal:
    """Who would be told of an auction (§3.2)."""
    doors, query = asking.doors, asking.query
    if query.entity not in asking.caller.entities:
        return Refusal(DoorCode.NOT_ALLOWED, "entity: is not one of yours.", "entity")
    if query.mailing_list is not None:
        found = await book.mailing_list(doors.database, query.mailing_list)
        if found is None or found.entity_id != query.entity:
            return Refusal(DoorCode.INVALID, "mailing_list: the entity has no such list.", "mailing_list")
    count, traders = await book.audience(
        doors.database, query.entity, query.mailing_list, page=query.page, per_page=query.limit
    )
    items = tuple(AudienceTrader(each.trader_id, each.legal_name) for each in traders)
    return AudienceChoice(count, items, query.page, pages(count, query.limit))


async def _not_ones_own(asking: Asking[MailingListForm, Nothing] | Asking[Nothing, Nothing]) -> Refusal | None:
    found = await book.mailing_list(asking.doors.database, asking.ids["id"])
    if found is None or found.entity_id not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    return None if asking.caller.may(RIGHT, found.entity_id) else Refusal(DoorCode.NOT_ALLOWED)


def _shown(found: book.MailingList) -> MailingList:
    return MailingList(found.id, found.entity_id, found.title, found.trader_ids, len(found.trader_ids), found.version)


def _refusal(refused: NotConnected | TitleTaken) -> Refusal:
    if isinstance(refused, TitleTaken):
        return Refusal(DoorCode.CONFLICT, "title: the entity has a list of this title.", "title")
    named = ", ".join(str(trader_id) for trader_id in refused.trader_ids[:10])
    return Refusal(
        DoorCode.INVALID,
        f"traders: not connected to the entity: {named}.",
        "traders",
        reasons=(Reason("not_connected", "traders"),),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/mailing-lists",
        who=Who.DEALER,
        says="The mailing lists of the dealer's entities, and how many would be told by each.",
        answer=list_mailing_lists,
        query=MailingListsQuery,
        gives=MailingLists,
    ),
    Route(
        method="POST",
        path="/api/mailing-lists",
        who=Who.DEALER,
        says="Make a mailing list of connected traders.",
        answer=create_mailing_list,
        body=NewMailingList,
        gives=MailingList,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="GET",
        path="/api/mailing-lists/{id}",
        who=Who.DEALER,
        says="A mailing list as it is stored.",
        answer=read_mailing_list,
        gives=MailingList,
    ),
    Route(
        method="PUT",
        path="/api/mailing-lists/{id}",
        who=Who.DEALER,
        says="Save a mailing list: its title and its connected members.",
        answer=change_mailing_list,
        body=MailingListForm,
        gives=MailingList,
        refuses=(DoorCode.CONFLICT, DoorCode.CHANGED_MEANWHILE),
    ),
    Route(
        method="DELETE",
        path="/api/mailing-lists/{id}",
        who=Who.DEALER,
        says="Delete a mailing list; auctions keep whom they invited.",
        answer=delete_mailing_list,
        gives=None,
        status=204,
    ),
    Route(
        method="GET",
        path="/api/audiences",
        who=Who.DEALER,
        says="How many traders an auction of the entity would be told to, and who they are.",
        answer=count_audience,
        query=AudienceQuery,
        gives=AudienceChoice,
    ),
)
