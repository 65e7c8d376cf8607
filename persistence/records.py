"""What the audit holds, for those whose records it is: who changed what and when, newest first, a page at a time.

Only reads. A dealer reads its entities' rows and its group's; a trader those of its own company, which are no dealer's.
Every source is read newest first and only as far as the page needs, whatever the age of the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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

_CALLED: Final[Mapping[str, str]] = {
    "auction": """
        SELECT auctions.id, coalesce(nullif(prefix, '') || '-', '') || auctions.number AS name
        FROM auctions JOIN groups ON groups.id = group_id WHERE auctions.id = ANY ($1)
    """,
    "entity": "SELECT id, name FROM entities WHERE id = ANY ($1)",
    "group": "SELECT id, name FROM groups WHERE id = ANY ($1)",
    "mailing_list": "SELECT id, title AS name FROM mailing_lists WHERE id = ANY ($1)",
    "offer": """
        SELECT offers.id, coalesce(nullif(prefix, '') || '-', '') || offers.number AS name
        FROM offers JOIN groups ON groups.id = group_id WHERE offers.id = ANY ($1)
    """,
    "order": """
        SELECT orders.id, coalesce(nullif(prefix, '') || '-', '') || orders.number AS name
        FROM orders JOIN groups ON groups.id = group_id WHERE orders.id = ANY ($1)
    """,
    "site": "SELECT id, name FROM sites WHERE id = ANY ($1)",
    "trader_company": "SELECT id, legal_name AS name FROM trader_companies WHERE id = ANY ($1)",
    "user": "SELECT id, name FROM users WHERE id = ANY ($1)",
    "user_group": "SELECT id, name FROM user_groups WHERE id = ANY ($1)",
    "vehicle": """
        SELECT id, concat_ws(' ', make, model, coalesce(plate, vin, internal_number)) AS name
        FROM vehicles WHERE id = ANY ($1)
    """,
}
"""How each subject is called, by id; what is called by nothing is not here."""
_ABOUT: Final[Mapping[str, str]] = {
    "order": "order",
    "physical_site_id": "site",
    "reserved_for_trader_id": "trader_company",
    "site_id": "site",
    "sites": "site",
    "trader": "trader_company",
    "traders": "trader_company",
    "user": "user",
    "user_groups": "user_group",
    "vehicle": "vehicle",
    "vehicles": "vehicle",
}
"""Fields of changes that hold ids, and of what."""


async def names_in(database: Database, records: Iterable[Record]) -> dict[str, dict[str, str]]:
    """What the subjects of these records, and the ids in their fields, are called now: by subject, by id.

    Only what stands in records is named: who may read them may read these. What is gone has no name.
    """
    wanted: dict[str, set[int]] = {}
    for record in records:
        wanted.setdefault(record.subject, set()).add(record.subject_id)
        for name, value in record.change.items():
            if name in _ABOUT:
                wanted.setdefault(_ABOUT[name], set()).update(_ids_in(value))
    names: dict[str, dict[str, str]] = {}
    async with database.acquire() as connection:
        for subject, ids in wanted.items():
            called = _CALLED.get(subject)
            if called is None:
                continue
            rows = await connection.fetch(called, list(ids))
            names[subject] = {str(row["id"]): row["name"] for row in rows}
    return names


def _ids_in(value: object) -> Iterator[int]:
    """The ids in `[before, after]`, each one of them, several, or none."""
    if isinstance(value, int) and not isinstance(value, bool):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _ids_in(part)


async def records_of(
    database: Database, reader: Reader, wanted: Wanted, *, before: int = LATEST, limit: int = 50
) -> tuple[Record, ...]:
    """The reader's rows older than the row `before`, the newest first, at most `limit`."""
    async with database.listing() as connection:
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
