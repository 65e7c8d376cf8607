"""The traders that a dealer's entities may invite: `GET /api/connections`."""

from msgspec import Struct

from engine.instants import format_instant
from persistence.connections import connections_of
from server.errors import Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing


class Connection(Struct, frozen=True):
    """A connected trader's company, and since when it is (§2.3)."""

    trader: int
    entity: int
    name: str
    city: str
    kind: str
    since: str


class Connections(Struct, frozen=True):
    """By entity and name."""

    items: tuple[Connection, ...]


async def list_connections(asking: Asking[Nothing, EntityQuery]) -> Connections | Refusal:
    """The active connections."""
    entities = entities_asked(asking.caller, asking.query)
    if isinstance(entities, Refusal):
        return entities
    return Connections(
        tuple(
            [
                Connection(
                    found.trader_id,
                    entity_id,
                    found.legal_name,
                    found.city,
                    found.kind,
                    format_instant(found.activated_at),
                )
                for entity_id in entities
                for found in await connections_of(asking.doors.database, entity_id)
            ]
        )
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/connections",
        who=Who.DEALER,
        says="The traders that the dealer's entities may invite.",
        answer=list_connections,
        query=EntityQuery,
        gives=Connections,
    ),
)
