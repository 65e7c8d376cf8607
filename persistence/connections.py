"""Who is invited: connections of traders to entities, and the lists made of them (§2.2 to §2.4, §3).

Stores and reads. Whether somebody may change them is asked at the doors; what a user gets wrong comes back as a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
from msgspec import Struct

from engine.instants import Instant

if TYPE_CHECKING:
    from persistence.database import Database


class NotConnected(Struct, frozen=True):
    """§3.3: these traders have no active connection to the entity."""

    trader_ids: tuple[int, ...]


class TitleTaken(Struct, frozen=True):
    """The entity has a list of this title."""

    title: str


class ConnectedTrader(Struct, frozen=True):
    """A trader that an entity may invite."""

    trader_id: int
    legal_name: str
    city: str
    kind: str
    activated_at: Instant


class MailingList(Struct, frozen=True):
    """A list; `trader_ids` are those still connected."""

    id: int
    title: str
    trader_ids: tuple[int, ...]


async def connect(database: Database, entity_id: int, trader_id: int, at: Instant) -> None:
    """The trader may be invited by the entity from `at`; nothing changes if it could before (§2.3)."""
    async with database.acquire() as connection:
        await connection.execute(
            """INSERT INTO connections (entity_id, trader_id, activated_at) VALUES ($1, $2, $3)
               ON CONFLICT (entity_id, trader_id) WHERE removed_at IS NULL DO NOTHING""",
            entity_id,
            trader_id,
            at,
        )


async def remove_connection(database: Database, entity_id: int, trader_id: int, at: Instant) -> tuple[int, ...] | None:
    """End a connection (§2.4). Gives the entity's auctions that are not over and have invited the trader, whose
    auctioneers must be told; None if there was no connection.
    """
    async with database.transaction() as connection:
        removed = await connection.fetchval(
            """UPDATE connections SET removed_at = greatest($3, activated_at)
               WHERE entity_id = $1 AND trader_id = $2 AND removed_at IS NULL RETURNING id""",
            entity_id,
            trader_id,
            at,
        )
        if removed is None:
            return None
        rows = await connection.fetch(
            """SELECT auctions.id FROM auctions JOIN auction_audience ON auction_id = auctions.id
               WHERE entity_id = $1 AND trader_id = $2 AND status IN ('scheduled', 'open') ORDER BY auctions.id""",
            entity_id,
            trader_id,
        )
    return tuple(row["id"] for row in rows)


async def connections_of(database: Database, entity_id: int) -> list[ConnectedTrader]:
    """The traders with an active connection to the entity, by name."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            """SELECT trader_id, legal_name, city, kind, activated_at
               FROM connections JOIN trader_companies ON trader_companies.id = trader_id
               WHERE entity_id = $1 AND removed_at IS NULL ORDER BY legal_name, trader_id""",
            entity_id,
        )
    return [
        ConnectedTrader(row["trader_id"], row["legal_name"], row["city"], row["kind"], row["activated_at"])
        for row in rows
    ]


# Mailing lists -------------------------------------------------------------------------------------------------------


async def mailing_lists_of(database: Database, entity_id: int) -> list[MailingList]:
    """The entity's lists, by title, with the traders that are still connected (§3.3)."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            """SELECT list.id, list.title,
                      coalesce(array_agg(member.trader_id ORDER BY member.trader_id)
                               FILTER (WHERE connections.id IS NOT NULL), '{}') AS trader_ids
               FROM mailing_lists AS list
               LEFT JOIN mailing_list_members AS member ON member.mailing_list_id = list.id
               LEFT JOIN connections ON connections.entity_id = list.entity_id
                     AND connections.trader_id = member.trader_id AND connections.removed_at IS NULL
               WHERE list.entity_id = $1 GROUP BY list.id ORDER BY list.title""",
            entity_id,
        )
    return [MailingList(row["id"], row["title"], tuple(row["trader_ids"])) for row in rows]


async def add_mailing_list(
    database: Database, entity_id: int, title: str, trader_ids: tuple[int, ...]
) -> int | NotConnected | TitleTaken:
    """A list of connected traders, at least one (§3.1, §3.3). Gives its id."""
    assert trader_ids, "a list has at least one trader"
    try:
        async with database.transaction() as connection:
            rows = await connection.fetch(
                """SELECT trader_id FROM connections
                   WHERE entity_id = $1 AND trader_id = ANY ($2::bigint[]) AND removed_at IS NULL""",
                entity_id,
                list(trader_ids),
            )
            strangers = sorted(set(trader_ids) - {row["trader_id"] for row in rows})
            if strangers:
                return NotConnected(tuple(strangers))
            list_id: int = await connection.fetchval(
                "INSERT INTO mailing_lists (entity_id, title) VALUES ($1, $2) RETURNING id", entity_id, title
            )
            await connection.execute(
                """INSERT INTO mailing_list_members (mailing_list_id, trader_id)
                   SELECT DISTINCT $1::bigint, trader_id FROM unnest($2::bigint[]) AS given (trader_id)""",
                list_id,
                list(trader_ids),
            )
    except asyncpg.UniqueViolationError:
        return TitleTaken(title)
    return list_id
