"""The sites of a dealer's entities: `/api/sites` (§1.1).

Who works for the entity reads them, who manages its users changes them.
"""

from typing import Annotated

from msgspec import Meta, Struct, structs

from persistence.audit import By
from persistence.people.holdings import SiteCard, change_site, create_site, page_of_sites, site_card
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.pages_of import Paged, WholeQuery
from server.http.people.grants import refusal_of
from server.http.reading import Nothing
from server.http.traders.company_forms import NoOrEmail, Words
from server.http.values import EMPTY_OR_LINE, LINE, Id


class EntitySite(Struct, frozen=True, kw_only=True):
    """A site, with its address and how to reach it."""

    id: int
    entity: int
    name: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str


class SitesQuery(WholeQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Of one of the dealer's entities; none: of all of them."""

    entity: Id | None = None


class Sites(Paged[EntitySite], frozen=True):
    """One page, by name."""


class SiteChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What to change of a site."""

    name: Annotated[str, Meta(max_length=200, pattern=LINE)] | None = None
    street: Words | None = None
    postcode: Annotated[str, Meta(max_length=20, pattern=EMPTY_OR_LINE)] | None = None
    city: Words | None = None
    phone: Annotated[str, Meta(max_length=40, pattern=EMPTY_OR_LINE)] | None = None
    email: NoOrEmail | None = None


class NewSite(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A new site of an entity."""

    entity: Id
    name: Annotated[str, Meta(max_length=200, pattern=LINE)]
    street: Words = ""
    postcode: Annotated[str, Meta(max_length=20, pattern=EMPTY_OR_LINE)] = ""
    city: Words = ""
    phone: Annotated[str, Meta(max_length=40, pattern=EMPTY_OR_LINE)] = ""
    email: NoOrEmail = ""


async def list_sites(asking: Asking[Nothing, SitesQuery]) -> Sites | Refusal:
    """The sites."""
    query = asking.query
    entities = entities_asked(asking.caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    total, found = await page_of_sites(asking.doors.database, entities, page=query.page, per_page=query.limit)
    return Sites.of(map(_told, found), query, total)


async def read_site(asking: Asking[Nothing, Nothing]) -> EntitySite | Refusal:
    """One site."""
    found = await site_card(asking.doors.database, asking.ids["id"])
    if found is None or found.entity_id not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    return _told(found)


async def make_site(asking: Asking[NewSite, Nothing]) -> EntitySite | Refusal:
    """A new site."""
    doors, caller, body = asking.doors, asking.caller, asking.body
    refused = _refused(caller, body.entity)
    if refused is not None:
        return refused
    wanted = structs.asdict(body)
    entity_id = wanted.pop("entity")
    made = await create_site(doors.database, By(caller.user_id, doors.clock.now()), entity_id, wanted)
    return _told(made) if isinstance(made, SiteCard) else refusal_of(made)


def _refused(caller: Caller, entity_id: int) -> Refusal | None:
    if entity_id not in caller.entities:
        return Refusal(DoorCode.INVALID, "entity: is not one of yours.", "entity")
    return None if caller.may("manage_users", entity_id) else Refusal(DoorCode.NOT_ALLOWED, field="entity")


async def update_site(asking: Asking[SiteChange, Nothing]) -> EntitySite | Refusal:
    """Change a site."""
    doors, caller, site_id = asking.doors, asking.caller, asking.ids["id"]
    found = await site_card(doors.database, site_id)
    if found is None or found.entity_id not in caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    if not caller.may("manage_users", found.entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    wanted = {name: value for name, value in structs.asdict(asking.body).items() if value is not None}
    changed = await change_site(doors.database, By(caller.user_id, doors.clock.now()), site_id, wanted)
    return _told(changed) if isinstance(changed, SiteCard) else refusal_of(changed)


def _told(site: SiteCard) -> EntitySite:
    return EntitySite(
        id=site.id,
        entity=site.entity_id,
        name=site.name,
        street=site.street,
        postcode=site.postcode,
        city=site.city,
        phone=site.phone,
        email=site.email,
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/sites",
        who=Who.DEALER,
        says="The sites of the dealer's entities.",
        answer=list_sites,
        query=SitesQuery,
        gives=Sites,
    ),
    Route(
        method="POST",
        path="/api/sites",
        who=Who.DEALER,
        says="Make a site of an entity.",
        answer=make_site,
        body=NewSite,
        gives=EntitySite,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="GET",
        path="/api/sites/{id}",
        who=Who.DEALER,
        says="A site.",
        answer=read_site,
        gives=EntitySite,
    ),
    Route(
        method="PATCH",
        path="/api/sites/{id}",
        who=Who.DEALER,
        says="Change a site.",
        answer=update_site,
        body=SiteChange,
        gives=EntitySite,
        refuses=(DoorCode.CONFLICT,),
    ),
)
