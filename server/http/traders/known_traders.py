"""The list of traders: `GET /api/traders`, those that the dealer's groups know, and what its entities have with them.

Whom a group knows is told in traders.py, whose cards these are.
"""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from engine.instants import format_instant
from persistence.traders.known_traders import STATES, KnownTrader, WantedTraders, page_of_traders
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.pages_of import Paged, PageQuery
from server.http.reading import Nothing
from server.http.traders.company_forms import Kind
from server.http.values import Id
from server.http.words import CompanyKindWord, ConnectionStateWord

CONNECTED: Final = "active"


class TradersQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`q` searches name, city, SIRET. `state` is one or several of `active`, `invited`, `removed`, `none`, separated by
    commas: what the entity, or any of the reader's, has with the trader. `since`: the latest connection or invitation.
    """

    q: Annotated[str, Meta(max_length=200)] = ""
    kind: Kind | None = None
    entity: Id | None = None
    state: Annotated[str, Meta(max_length=100)] = ""
    sort: Literal["name", "-name", "city", "-city", "since", "-since"] = "name"


class StandingWithTrader(Struct, frozen=True):
    """What an entity has, or had, with the trader; `since` is when it was connected, or invited."""

    entity: int
    state: ConnectionStateWord
    since: str
    removed_at: str | None


class TraderLine(Struct, frozen=True, kw_only=True):
    """A trader on the list; `connected`: with which of the reader's entities; `standings`: what these have with it."""

    id: int
    legal_name: str
    siret: str
    city: str
    kind: CompanyKindWord
    connected: tuple[int, ...]
    standings: tuple[StandingWithTrader, ...]


class TraderLines(Paged[TraderLine], frozen=True):
    """One page."""


async def list_traders(asking: Asking[Nothing, TradersQuery]) -> TraderLines | Refusal:
    """The traders that the reader's groups know."""
    doors, caller, query = asking.doors, asking.caller, asking.query
    entities = entities_asked(caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    states = tuple(state for state in query.state.split(",") if state)
    if set(states) - set(STATES):
        return Refusal(DoorCode.INVALID, f"state: must be among {', '.join(STATES)}.", "state")
    wanted = WantedTraders(entity_ids=entities, words=query.q.strip(), kind=query.kind, states=states, sort=query.sort)
    total, found = await page_of_traders(
        doors.database, caller.entities, wanted, doors.clock.now(), page=query.page, per_page=query.limit
    )
    return TraderLines.of(map(_line, found), query, total)


def _line(found: KnownTrader) -> TraderLine:
    return TraderLine(
        id=found.id,
        legal_name=found.legal_name,
        siret=found.siret,
        city=found.city,
        kind=found.kind,
        connected=tuple(sorted(each.entity_id for each in found.standings if each.state == CONNECTED)),
        standings=tuple(
            StandingWithTrader(
                each.entity_id,
                each.state,
                format_instant(each.since),
                None if each.removed_at is None else format_instant(each.removed_at),
            )
            for each in found.standings
        ),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/traders",
        who=Who.DEALER,
        says="The traders that the dealer's group knows.",
        answer=list_traders,
        query=TradersQuery,
        gives=TraderLines,
        refuses=(DoorCode.NOT_ALLOWED,),
    ),
)
