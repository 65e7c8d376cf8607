"""Mailing lists: named sets of an entity's connected traders (§3), and who would be told of an auction.

A list keeps a member whose connection ends and shows it again once it is connected again; only connected ones count.
Stores and reads; what a user gets wrong comes back as a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg
from msgspec import Struct

from persistence.audit import By, Change, record
from persistence.versions import ChangedMeanwhile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from persistence.database import AnyConnection, Database, Row


class NotConnected(Struct, frozen=True):
    """§3.3: these traders have no active connection to the entity."""

    trader_ids: tuple[int, ...]


class TitleTaken(Struct, frozen=True):
    """The entity has a list of this title."""

    title: str


class MailingList(Struct, frozen=True):
    """A list; `trader_ids` are those still connected; `version` grows with each change of it."""

    id: int
    title: str
    trader_ids: tuple[int, ...]
    entity_id: int
    version: int = 1


class Contacted(Struct, frozen=True):
    """A trader that would be told."""

    trader_id: int
    legal_name: str


_LISTS: Final = """
    SELECT list.id, list.title, list.entity_id, list.version,
           ARRAY (SELECT member.trader_id FROM mailing_list_members AS member
                  WHERE member.mailing_list_id = list.id AND ((list.entity_id, member.trader_id) IN (
                      SELECT connections.entity_id, connections.trader_id FROM connections
                      WHERE removed_at IS NULL AND connections.entity_id IN (
                          SELECT asked.entity_id FROM mailing_lists AS asked WHERE asked.id = ANY ($1::bigint[])))
                  ) IS TRUE
                  ORDER BY member.trader_id) AS trader_ids
    FROM mailing_lists AS list WHERE list.id = ANY ($1::bigint[]) ORDER BY list.entity_id, list.title
"""
"""Said so, PostgreSQL looks the connected up once, not for each member of each list."""
_COUNT: Final = "SELECT count(*) FROM mailing_lists WHERE entity_id = ANY ($1::bigint[])"
_PAGE: Final = """
    SELECT id FROM mailing_lists WHERE entity_id = ANY ($1::bigint[]) ORDER BY entity_id, title LIMIT $2 OFFSET $3
"""
_AUDIENCE: Final = """
    FROM connections JOIN trader_companies ON trader_companies.id = trader_id
    WHERE entity_id = $1 AND removed_at IS NULL
      AND ($2::bigint IS NULL OR trader_id IN (SELECT trader_id FROM mailing_list_members WHERE mailing_list_id = $2))
"""

# Reading -------------------------------------------------------------------------------------------------------------


async def mailing_lists_page(
    database: Database, entity_ids: Sequence[int], *, page: int, per_page: int
) -> tuple[int, list[MailingList]]:
    """How many lists these entities have, and one page of them, by entity and title."""
    async with database.listing() as connection:
        ids = await connection.fetch(_PAGE, entity_ids, per_page, (page - 1) * per_page)
        total: int = await connection.fetchval(_COUNT, entity_ids)
        rows = await connection.fetch(_LISTS, [row["id"] for row in ids])
    return total, [_list(row) for row in rows]


async def mailing_list(database: Database, list_id: int) -> MailingList | None:
    """One list."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(_LISTS, [list_id])
    return None if row is None else _list(row)


async def audience(
    database: Database, entity_id: int, list_id: int | None, *, page: int, per_page: int
) -> tuple[int, list[Contacted]]:
    """Who would be told of an auction of the entity (§3.2), by name: how many there are, and one page of them.

    A list must be the entity's; without one, every connected trader.
    """
    async with database.acquire() as connection:
        total: int = await connection.fetchval(f"SELECT count(*) {_AUDIENCE}", entity_id, list_id)
        rows = await connection.fetch(
            f"SELECT trader_id, legal_name {_AUDIENCE} ORDER BY legal_name, trader_id LIMIT $3 OFFSET $4",
            entity_id,
            list_id,
            per_page,
            (page - 1) * per_page,
        )
    return total, [Contacted(row["trader_id"], row["legal_name"]) for row in rows]


def _list(row: Row) -> MailingList:
    return MailingList(row["id"], row["title"], tuple(row["trader_ids"]), row["entity_id"], row["version"])


# Writing -------------------------------------------------------------------------------------------------------------


async def add_mailing_list(
    database: Database, entity_id: int, title: str, trader_ids: tuple[int, ...], by: By | None = None
) -> int | NotConnected | TitleTaken:
    """A list of connected traders, at least one (§3.1, §3.3). Gives its id."""
    assert trader_ids, "a list has at least one trader"
    try:
        async with database.transaction() as connection:
            strangers = await _strangers(connection, entity_id, trader_ids)
            if strangers:
                return NotConnected(strangers)
            list_id: int = await connection.fetchval(
                "INSERT INTO mailing_lists (entity_id, title) VALUES ($1, $2) RETURNING id", entity_id, title
            )
            await _put(connection, list_id, trader_ids)
            if by is not None:
                fields = {"title": [None, title], "traders": [None, sorted(set(trader_ids))]}
                await _record(connection, by, entity_id, list_id, "created", fields)
    except asyncpg.UniqueViolationError:
        return TitleTaken(title)
    return list_id


async def change_mailing_list(
    database: Database, list_id: int, title: str, trader_ids: tuple[int, ...], by: By, *, version: int
) -> MailingList | NotConnected | TitleTaken | ChangedMeanwhile | None:
    """Save a list: its title and its connected members, at least one (§3.1). None: it is gone.

    `version` is the one that was read: what somebody else has changed since is not written over. Members that are not
    connected any more are not shown, so they are not unticked either: they stay (§3.3).
    """
    assert trader_ids, "a list has at least one trader"
    try:
        async with database.transaction() as connection:
            row = await connection.fetchrow(
                "SELECT entity_id, title, version FROM mailing_lists WHERE id = $1 FOR UPDATE", list_id
            )
            if row is None:
                return None
            if version != row["version"]:
                return ChangedMeanwhile(row["version"])
            strangers = await _strangers(connection, row["entity_id"], trader_ids)
            if strangers:
                return NotConnected(strangers)
            before = await _taken_off(connection, row["entity_id"], list_id)
            await _put(connection, list_id, trader_ids)
            fields = {"title": [row["title"], title], "traders": [before, sorted(set(trader_ids))]}
            changed = {field: pair for field, pair in fields.items() if pair[0] != pair[1]}
            reached: int = await connection.fetchval(
                "UPDATE mailing_lists SET title = $2, version = version + $3 WHERE id = $1 RETURNING version",
                list_id,
                title,
                int(bool(changed)),
            )
            if changed:
                await _record(connection, by, row["entity_id"], list_id, "changed", changed)
    except asyncpg.UniqueViolationError:
        return TitleTaken(title)
    return MailingList(list_id, title, tuple(sorted(set(trader_ids))), row["entity_id"], reached)


async def delete_mailing_list(database: Database, list_id: int, by: By) -> bool:
    """Whether there was such a list; auctions keep its title, and whom they invited (§3.4)."""
    async with database.transaction() as connection:
        row = await connection.fetchrow("DELETE FROM mailing_lists WHERE id = $1 RETURNING entity_id, title", list_id)
        if row is None:
            return False
        await _record(connection, by, row["entity_id"], list_id, "deleted", {"title": [row["title"], None]})
    return True


async def _strangers(connection: AnyConnection, entity_id: int, trader_ids: tuple[int, ...]) -> tuple[int, ...]:
    rows = await connection.fetch(
        """SELECT trader_id FROM connections
           WHERE entity_id = $1 AND trader_id = ANY ($2::bigint[]) AND removed_at IS NULL""",
        entity_id,
        list(trader_ids),
    )
    return tuple(sorted(set(trader_ids) - {row["trader_id"] for row in rows}))


async def _taken_off(connection: AnyConnection, entity_id: int, list_id: int) -> list[int]:
    """Take the connected members off the list, and tell who they were."""
    rows = await connection.fetch(
        """DELETE FROM mailing_list_members AS member USING connections
           WHERE mailing_list_id = $1 AND connections.entity_id = $2 AND removed_at IS NULL
             AND connections.trader_id = member.trader_id RETURNING member.trader_id""",
        list_id,
        entity_id,
    )
    return sorted(row["trader_id"] for row in rows)


async def _put(connection: AnyConnection, list_id: int, trader_ids: tuple[int, ...]) -> None:
    await connection.execute(
        """INSERT INTO mailing_list_members (mailing_list_id, trader_id)
           SELECT DISTINCT $1::bigint, trader_id FROM unnest($2::bigint[]) AS given (trader_id)
           ON CONFLICT DO NOTHING""",
        list_id,
        list(trader_ids),
    )


async def _record(
    connection: AnyConnection, by: By, entity_id: int, list_id: int, action: str, fields: Mapping[str, object]
) -> None:
    change = Change(subject="mailing_list", subject_id=list_id, action=action, fields=fields, entity_id=entity_id)
    await record(connection, by, change)
