"""Who is invited: connections of traders to entities (§2.2 to §2.4).

Stores and reads. Whether somebody may change them is asked at the doors; what a user gets wrong comes back as a value.
A removed connection is kept; another may follow it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant, format_instant
from engine.notices import NoticeDue, NoticeKind, ToEntity, ToTrader
from persistence.audit import By, Change, record
from persistence.notices.due import write_notices
from persistence.traders.invitations import pending_for, withdraw_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from persistence.database import AnyConnection, Database

STATES: Final = ("active", "invited", "removed")


class ConnectionLine(Struct, frozen=True, kw_only=True):
    """A line of "manage connections": `since` is when it became active, or when the invitation was sent.

    An invitation has no connection yet: no `id`, and no trader if nobody of that address has a card.
    """

    state: str
    entity_id: int
    name: str
    city: str
    kind: str
    since: Instant
    id: int | None = None
    trader_id: int | None = None
    removed_at: Instant | None = None
    invitation_id: int | None = None


class HeldConnection(Struct, frozen=True):
    """A connection, as the doors ask whose it is."""

    id: int
    entity_id: int
    trader_id: int


class TraderConnection(Struct, frozen=True):
    """A connection on a trader's card; active until it was removed."""

    id: int
    entity_id: int
    activated_at: Instant
    removed_at: Instant | None


class DealerSite(Struct, frozen=True):
    """Where a dealer's vehicles stand."""

    name: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str


class ConnectedDealer(Struct, frozen=True):
    """An entity that may invite a trader, and since when."""

    entity_id: int
    entity: str
    group: str
    activated_at: Instant
    sites: tuple[DealerSite, ...]


# A trader and an entity: the latest connection counts. An invitation shows until it is accepted, withdrawn or expired.
_LINES: Final = """
    WITH lines AS (
        SELECT held.id, held.entity_id, held.trader_id, company.legal_name AS name, company.city, company.kind,
               'active' AS state, held.activated_at AS since, held.removed_at, NULL::bigint AS invitation_id,
               company.siret, company.search_text
        FROM connections AS held JOIN trader_companies AS company ON company.id = held.trader_id
        WHERE held.entity_id = ANY ($1::bigint[]) AND held.removed_at IS NULL AND 'active' = ANY ($2::text[])
        UNION ALL
        SELECT held.id, held.entity_id, held.trader_id, company.legal_name, company.city, company.kind,
               'removed', held.activated_at, held.removed_at, NULL, company.siret, company.search_text
        FROM connections AS held JOIN trader_companies AS company ON company.id = held.trader_id
        WHERE held.entity_id = ANY ($1::bigint[]) AND held.removed_at IS NOT NULL AND 'removed' = ANY ($2::text[])
          AND NOT EXISTS (
              SELECT FROM connections AS later
              WHERE later.entity_id = held.entity_id AND later.trader_id = held.trader_id AND later.id > held.id)
        UNION ALL
        SELECT NULL, named.entity_id, invitation.trader_id,
               coalesce(company.legal_name, nullif(invitation.company->>'legal_name', ''), invitation.email),
               coalesce(company.city, invitation.company->>'city', ''),
               coalesce(company.kind, invitation.company->>'kind', 'merchant'),
               'invited', invitation.sent_at, NULL, invitation.id, coalesce(company.siret, ''),
               coalesce(company.search_text, folded(concat_ws(
                   E'\\n', coalesce(nullif(invitation.company->>'legal_name', ''), invitation.email),
                   invitation.company->>'city')))
        FROM invitations AS invitation JOIN invitation_entities AS named ON named.invitation_id = invitation.id
        LEFT JOIN trader_companies AS company ON company.id = invitation.trader_id
        WHERE named.entity_id = ANY ($1::bigint[]) AND 'invited' = ANY ($2::text[])
          AND invitation.accepted_at IS NULL AND invitation.withdrawn_at IS NULL AND invitation.expires_at > $4
    )
"""
# One row at least, that says how many there are.
_PAGE: Final = f"""
    {_LINES}, found AS MATERIALIZED (
        SELECT * FROM lines WHERE ($3::text = '' OR search_text LIKE holding($3) OR starts_with(siret, $3))
    )
    SELECT counted.total, page.* FROM (SELECT count(*) AS total FROM found) AS counted
    LEFT JOIN (SELECT * FROM found ORDER BY entity_id, name, trader_id, id, invitation_id LIMIT $5 OFFSET $6) AS page
        ON true
    ORDER BY entity_id, name, trader_id, id, invitation_id
"""  # noqa: S608 - the text above
_DEALERS: Final = """
    SELECT entity_id, entities.name AS entity, groups.name AS group, activated_at
    FROM connections JOIN entities ON entities.id = entity_id JOIN groups ON groups.id = group_id
    WHERE trader_id = $1 AND removed_at IS NULL ORDER BY groups.name, entities.name, entity_id
    LIMIT $2 OFFSET $3
"""
_SITES: Final = """
    SELECT entity_id, name, street, postcode, city, phone, email FROM sites
    WHERE entity_id = ANY ($1::bigint[]) ORDER BY name, id
"""

# Reading -------------------------------------------------------------------------------------------------------------


async def page_of_connections(
    database: Database,
    entity_ids: Iterable[int],
    states: Iterable[str],
    words: str,
    now: Instant,
    *,
    page: int,
    per_page: int,
) -> tuple[int, list[ConnectionLine]]:
    """The connections of these entities in these states, by entity and name: how many, and one page of them.

    `words` are looked for in name and city, and at the beginning of the SIRET; `now` tells which invitations expired.
    """
    asked = (list(entity_ids), list(states), words, now)
    async with database.listing() as connection:
        rows = await connection.fetch(_PAGE, *asked, per_page, (page - 1) * per_page)
    names = ConnectionLine.__struct_fields__
    lines = [ConnectionLine(**{name: row[name] for name in names}) for row in rows if row["state"] is not None]
    return rows[0]["total"], lines


async def held_connection(database: Database, connection_id: int) -> HeldConnection | None:
    """An active connection."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(
            "SELECT id, entity_id, trader_id FROM connections WHERE id = $1 AND removed_at IS NULL", connection_id
        )
    return None if row is None else HeldConnection(row["id"], row["entity_id"], row["trader_id"])


async def connections_with(database: Database, trader_id: int, entity_ids: Iterable[int]) -> list[TraderConnection]:
    """All that these entities have, or had, with the trader, the latest first."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            """SELECT id, entity_id, activated_at, removed_at FROM connections
               WHERE trader_id = $1 AND entity_id = ANY ($2::bigint[]) ORDER BY id DESC""",
            trader_id,
            list(entity_ids),
        )
    return [TraderConnection(row["id"], row["entity_id"], row["activated_at"], row["removed_at"]) for row in rows]


async def page_of_dealers(
    database: Database, trader_id: int, *, page: int, per_page: int
) -> tuple[int, list[ConnectedDealer]]:
    """The entities that may invite the trader, with their sites, by name: how many, and one page of them."""
    async with database.acquire() as connection:
        total: int = await connection.fetchval(
            "SELECT count(*) FROM connections WHERE trader_id = $1 AND removed_at IS NULL", trader_id
        )
        rows = await connection.fetch(_DEALERS, trader_id, per_page, (page - 1) * per_page)
        sites = await connection.fetch(_SITES, [row["entity_id"] for row in rows])
    places: dict[int, list[DealerSite]] = {}
    for site in sites:
        found = DealerSite(**{field: site[field] for field in DealerSite.__struct_fields__})
        places.setdefault(site["entity_id"], []).append(found)
    return total, [
        ConnectedDealer(
            row["entity_id"], row["entity"], row["group"], row["activated_at"], tuple(places.get(row["entity_id"], ()))
        )
        for row in rows
    ]


# Writing -------------------------------------------------------------------------------------------------------------


async def connect(database: Database, entity_id: int, trader_id: int, at: Instant) -> None:
    """The trader may be invited by the entity from `at`; nothing changes if it could before (§2.3)."""
    async with database.transaction() as connection:
        await activate(connection, entity_id, trader_id, By(None, at))


async def activate(connection: AnyConnection, entity_id: int, trader_id: int, by: By) -> int | None:
    """Connect in the caller's transaction, on record. Gives the connection's id; None if they were connected."""
    connection_id: int | None = await connection.fetchval(
        """INSERT INTO connections (entity_id, trader_id, activated_at) VALUES ($1, $2, $3)
           ON CONFLICT (entity_id, trader_id) WHERE removed_at IS NULL DO NOTHING RETURNING id""",
        entity_id,
        trader_id,
        by.at,
    )
    if connection_id is not None:
        await _record(connection, by, connection_id, "activated", entity_id, trader_id)
    return connection_id


async def tell_entity(
    connection: AnyConnection, connection_id: int, entity_id: int, trader_id: int, at: Instant
) -> None:
    """Tell the entity's people that a connection became active (§2.3)."""
    row = await connection.fetchrow(
        """SELECT legal_name, city, entities.name AS entity FROM trader_companies, entities
           WHERE trader_companies.id = $1 AND entities.id = $2""",
        trader_id,
        entity_id,
    )
    assert row is not None
    notice = NoticeDue(
        key=f"connection_activated-{connection_id}",
        kind=NoticeKind.CONNECTION_ACTIVATED,
        to=ToEntity(entity_id),
        at=at,
        params={
            "trader": row["legal_name"],
            "trader_id": trader_id,
            "city": row["city"],
            "entity": row["entity"],
            "connection": connection_id,
        },
    )
    await write_notices(connection, [notice])


async def remove_connection(
    database: Database, entity_id: int, trader_id: int, at: Instant, user_id: int | None = None
) -> tuple[int, ...] | None:
    """End a connection (§2.4), with the entity's pending invitations of the trader, and tell the trader. Gives the
    entity's auctions that are not over and have invited the trader, whose auctioneers must be told; None if there was
    no connection.
    """
    async with database.transaction() as connection:
        # Invitations first, as whoever accepts one holds it before the connection.
        pending = await pending_for(connection, entity_id, trader_id, at)
        removed: int | None = await connection.fetchval(
            """UPDATE connections SET removed_at = greatest($3, activated_at)
               WHERE entity_id = $1 AND trader_id = $2 AND removed_at IS NULL RETURNING id""",
            entity_id,
            trader_id,
            at,
        )
        if removed is None:
            return None
        await _record(connection, By(user_id, at), removed, "removed", entity_id, trader_id)
        await withdraw_for(connection, entity_id, pending, By(user_id, at))
        await _tell_removed(connection, removed, entity_id, trader_id, at)
        rows = await connection.fetch(
            """SELECT auctions.id FROM auctions JOIN auction_audience ON auction_id = auctions.id
               WHERE entity_id = $1 AND trader_id = $2 AND status IN ('scheduled', 'open') ORDER BY auctions.id""",
            entity_id,
            trader_id,
        )
    return tuple(row["id"] for row in rows)


async def removals(database: Database) -> list[tuple[int, int]]:
    """Each auction that is not over, with each trader in its audience whose connection was removed since (§2.4).

    One that was connected again is left out: it may have been invited again.
    """
    async with database.acquire() as connection:
        rows = await connection.fetch(
            """SELECT auctions.id, audience.trader_id
               FROM auctions JOIN auction_audience AS audience ON audience.auction_id = auctions.id
               WHERE status IN ('scheduled', 'open')
                 AND EXISTS (SELECT FROM connections WHERE connections.entity_id = auctions.entity_id
                     AND connections.trader_id = audience.trader_id AND removed_at >= auctions.created_at)
                 AND NOT EXISTS (SELECT FROM connections WHERE connections.entity_id = auctions.entity_id
                     AND connections.trader_id = audience.trader_id AND removed_at IS NULL)
               ORDER BY auctions.id, audience.trader_id"""
        )
    return [(row["id"], row["trader_id"]) for row in rows]


async def _tell_removed(
    connection: AnyConnection, connection_id: int, entity_id: int, trader_id: int, at: Instant
) -> None:
    entity = await connection.fetchval("SELECT name FROM entities WHERE id = $1", entity_id)
    notice = NoticeDue(
        key=f"connection_removed-{connection_id}",
        kind=NoticeKind.CONNECTION_REMOVED,
        to=ToTrader(trader_id),
        at=at,
        params={"entity": entity, "at": format_instant(at)},
    )
    await write_notices(connection, [notice])


async def _record(
    connection: AnyConnection, by: By, connection_id: int, action: str, entity_id: int, trader_id: int
) -> None:
    pair = [None, trader_id] if action == "activated" else [trader_id, None]
    change = Change(
        subject="connection", subject_id=connection_id, action=action, fields={"trader": pair}, entity_id=entity_id
    )
    await record(connection, by, change)
