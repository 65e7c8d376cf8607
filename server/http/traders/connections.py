"""The connections of a dealer's entities, `/api/connections` (§2.3, §2.4), and a trader's dealers: `GET /api/dealers`.

A removal takes effect at once: who is removed is in no new audience, and bids no more on what runs.
"""

import asyncio
from typing import Annotated, Final

from msgspec import Meta, Struct
from starlette.responses import Response

from engine.instants import format_instant
from persistence.traders.connections import (
    STATES,
    ConnectedDealer,
    ConnectionLine,
    held_connection,
    page_of_connections,
    page_of_dealers,
    remove_connection,
)
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.pages_of import Paged, PageQuery, WholeQuery
from server.http.reading import Nothing
from server.http.values import Id
from server.http.words import CompanyKindWord, ConnectionStateWord
from server.live.removals import tell_removed

RIGHT: Final = "manage_connections"


class ConnectionsQuery(WholeQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`state` is one or several of `active`, `invited`, `removed`, by commas; `q` searches name, city, SIRET."""

    entity: Id | None = None
    state: Annotated[str, Meta(max_length=100)] = "active"
    q: Annotated[str, Meta(max_length=200)] = ""


class Connection(Struct, frozen=True):
    """A trader's company, and since when it is connected (§2.3), or was invited.

    An invitation has no connection yet, and no `trader` unless it went to one that has a card.
    """

    trader: int | None
    entity: int
    name: str
    city: str
    kind: CompanyKindWord
    since: str
    state: ConnectionStateWord
    id: int | None
    removed_at: str | None
    invitation: int | None


class Connections(Paged[Connection], frozen=True):
    """One page, by entity and name."""


class ContactSite(Struct, frozen=True):
    """Where the dealer's vehicles stand, and whom to ask there."""

    name: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str


class ConnectedEntity(Struct, frozen=True):
    """A dealer that may invite the trader."""

    entity: int
    name: str
    group: str
    since: str
    sites: tuple[ContactSite, ...]


class ConnectedEntities(Paged[ConnectedEntity], frozen=True):
    """One page, by group and name."""


async def list_connections(asking: Asking[Nothing, ConnectionsQuery]) -> Connections | Refusal:
    """The connections, and the invitations that await an answer."""
    doors, query = asking.doors, asking.query
    entities = entities_asked(asking.caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    states = tuple(state for state in query.state.split(",") if state)
    if not states or set(states) - set(STATES):
        return Refusal(DoorCode.INVALID, f"state: must be among {', '.join(STATES)}.", "state")
    total, lines = await page_of_connections(
        doors.database, entities, states, query.q.strip(), doors.clock.now(), page=query.page, per_page=query.limit
    )
    return Connections.of(map(_shown, lines), query, total)


def _shown(line: ConnectionLine) -> Connection:
    return Connection(
        trader=line.trader_id,
        entity=line.entity_id,
        name=line.name,
        city=line.city,
        kind=line.kind,
        since=format_instant(line.since),
        state=line.state,
        id=line.id,
        removed_at=None if line.removed_at is None else format_instant(line.removed_at),
        invitation=line.invitation_id,
    )


async def delete_connection(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Remove a connection (§2.4); answered once every running auction has heard it."""
    doors, caller = asking.doors, asking.caller
    held = await held_connection(doors.database, asking.ids["id"])
    if held is None or held.entity_id not in caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    if not caller.may(RIGHT, held.entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    auctions = await remove_connection(
        doors.database, held.entity_id, held.trader_id, doors.clock.now(), caller.user_id
    )
    if auctions is None:
        return Refusal(DoorCode.NOT_FOUND)
    telling = asyncio.create_task(tell_removed(doors.house, held.trader_id, auctions))
    doors.tasks.add(telling)
    telling.add_done_callback(doors.tasks.discard)
    await asyncio.shield(telling)
    return Response(status_code=204)


async def list_dealers(asking: Asking[Nothing, PageQuery]) -> ConnectedEntities:
    """The dealers that the trader is connected with."""
    doors, query = asking.doors, asking.query
    assert asking.caller.trader is not None
    total, dealers = await page_of_dealers(
        doors.database, int(asking.caller.trader), page=query.page, per_page=query.limit
    )
    return ConnectedEntities.of(map(_dealer, dealers), query, total)


def _dealer(found: ConnectedDealer) -> ConnectedEntity:
    sites = tuple(
        ContactSite(site.name, site.street, site.postcode, site.city, site.phone, site.email) for site in found.sites
    )
    return ConnectedEntity(found.entity_id, found.entity, found.group, format_instant(found.activated_at), sites)


ROUTES = (
    Route(
        method="GET",
        path="/api/connections",
        who=Who.DEALER,
        says="The traders that the dealer's entities may invite, may no longer, or have asked to connect.",
        answer=list_connections,
        query=ConnectionsQuery,
        gives=Connections,
    ),
    Route(
        method="DELETE",
        path="/api/connections/{id}",
        who=Who.DEALER,
        says="Remove a connection: the trader is invited no more, and bids no more on what runs.",
        answer=delete_connection,
        gives=None,
        status=204,
    ),
    Route(
        method="GET",
        path="/api/dealers",
        who=Who.TRADER,
        says="The dealers that may invite the trader, with their sites.",
        answer=list_dealers,
        query=PageQuery,
        gives=ConnectedEntities,
    ),
)
