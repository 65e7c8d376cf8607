"""The sites of a dealer's entities: `GET /api/sites`."""

from msgspec import Struct

from persistence.people import sites_of
from server.errors import Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing


class EntitySite(Struct, frozen=True):
    """A site."""

    id: int
    entity: int
    name: str
    postcode: str
    city: str


class Sites(Struct, frozen=True):
    """By name."""

    items: tuple[EntitySite, ...]


async def list_sites(asking: Asking[Nothing, EntityQuery]) -> Sites | Refusal:
    """The sites."""
    entities = entities_asked(asking.caller, asking.query)
    if isinstance(entities, Refusal):
        return entities
    stored = await sites_of(asking.doors.database, entities)
    return Sites(tuple(EntitySite(site.id, site.entity_id, site.name, site.postcode, site.city) for site in stored))


ROUTES = (
    Route(
        method="GET",
        path="/api/sites",
        who=Who.DEALER,
        says="The sites of the dealer's entities.",
        answer=list_sites,
        query=EntityQuery,
        gives=Sites,
    ),
)
