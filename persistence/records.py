"""What the audit holds, for those whose records it is: who changed what and when, newest first, a page at a time.

Only reads. A dealer reads its entities' rows and its group's; a trader those of its own company, which are no dealer's.
Every source is read newest first and only as far as the page needs, whatever the age of the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from engine.instants import Instant

if TYPE_CHECKING:
    from persistence.database import Database

LATEST: Final = 2**63 - 1
"""Behind this id lies everything."""


class Reader(Struct, frozen=True):
    """Whose records are read: a dealer's entities, and their groups' own rows; a trader's company; a user's own."""

    user_id: int | None
    entity_ids: tuple[int, ...] = ()
    with_groups: bool = True
    trader_id: int | None = None


class Wanted(Struct, frozen=True, kw_only=True):
    """Which rows: of a subject, one row of it, by one user, from an instant until (not with) another."""

    subject: str | None = None
    subject_id: int | None = None
    user_id: int | None = None
    since: Instant | None = None
    until: Instant | None = None


class Record(Struct, frozen=True, kw_only=True):
    """One change. `user` is who did it, None the house itself; `change` is `{"field": [before, after]}`."""

    id: int
    at: Instant
    user_id: int | None
    user: str | None
    entity_id: int | None
    entity: str | None
    subject: str
    subject_id: int
    action: str
    change: Mapping[str, Any]


_WANTED: Final = """
    audit.id < $5 AND ($6::text IS NULL OR subject = $6) AND ($7::bigint IS NULL OR subject_id = $7)
    AND ($8::bigint IS NULL OR user_id = $8)
    AND ($9::timestamptz IS NULL OR at >= $9) AND ($10::timestamptz IS NULL OR at < $10)
    ORDER BY audit.id DESC LIMIT $11
"""
_OWNERLESS: Final = "entity_id IS NULL AND group_id IS NULL"

# Entities, groups, those who did something of nobody else's, and those it was done to: each by an index, newest first.
_PAGE: Final = f"""
    WITH colleagues AS (
        SELECT id FROM users WHERE id = $1::bigint OR trader_id = $2::bigint
    ), mine AS (
        SELECT found.id FROM unnest($3::bigint[]) AS mine (entity_id)
        CROSS JOIN LATERAL (SELECT audit.id FROM audit WHERE audit.entity_id = mine.entity_id AND {_WANTED}) AS found
        UNION
        SELECT found.id FROM (SELECT DISTINCT group_id FROM entities WHERE $4::boolean AND id = ANY ($3)) AS mine
        CROSS JOIN LATERAL (
            SELECT audit.id FROM audit
            WHERE audit.group_id = mine.group_id AND audit.entity_id IS NULL AND {_WANTED}) AS found
        UNION
        SELECT found.id FROM colleagues
        CROSS JOIN LATERAL (
            SELECT audit.id FROM audit WHERE {_OWNERLESS} AND user_id = colleagues.id AND {_WANTED}) AS found
        UNION
        SELECT found.id FROM (
            SELECT 'user' AS name, id AS place FROM colleagues
            UNION ALL SELECT 'trader_company', $2::bigint WHERE $2 IS NOT NULL) AS about
        CROSS JOIN LATERAL (
            SELECT audit.id FROM audit
            WHERE {_OWNERLESS} AND subject = about.name AND subject_id = about.place AND {_WANTED}) AS found
    )
    SELECT audit.id, at, audit.user_id, users.name AS user, audit.entity_id, entities.name AS entity, subject,
           subject_id, action, change
    FROM mine JOIN audit USING (id)
    LEFT JOIN users ON users.id = audit.user_id
    LEFT JOIN entities ON entities.id = audit.entity_id
    ORDER BY audit.id DESC LIMIT $11
"""  # noqa: S608 - put together from the texts above


async def records_of(
    database: Database, reader: Reader, wanted: Wanted, *, before: int = LATEST, limit: int = 50
) -> tuple[Record, ...]:
    """The reader's rows older than the row `before`, the newest first, at most `limit`."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            _PAGE,
            reader.user_id,
            reader.trader_id,
            list(reader.entity_ids),
            reader.with_groups,
            before,
            wanted.subject,
            wanted.subject_id,
            wanted.user_id,
            wanted.since,
            wanted.until,
            limit,
        )
    return tuple(Record(**{**dict(row), "change": msgspec.json.decode(row["change"])}) for row in rows)
