"""Searches of the stock that users keep, and pin to their home page (§4.8).

Stores and reads a user's own; what a search finds is persistence/stock/lists.py's to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg
import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from engine.instants import Instant
    from persistence.database import Database, Row

MOST_SEARCHES: Final = 100
MOST_PINNED: Final = 12
"""Each is counted whenever the home page is shown."""

_COLUMNS: Final = "id, entity_id, name, filters, sort, columns, pinned"
_ADD: Final = f"""
    INSERT INTO saved_searches (user_id, created_at, entity_id, name, filters, sort, columns, pinned)
    VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8) RETURNING {_COLUMNS}
"""  # noqa: S608 - columns named above
_CHANGE: Final = f"""
    UPDATE saved_searches
    SET entity_id = $3, name = $4, filters = $5::jsonb, sort = $6, columns = $7, pinned = $8
    WHERE user_id = $1 AND id = $2 RETURNING {_COLUMNS}
"""  # noqa: S608 - columns named above


class NewSearch(Struct, frozen=True, kw_only=True):
    """A search: in one entity, or with None in all of the user's. `filters` are the members of a query, as texts."""

    name: str
    entity_id: int | None = None
    filters: dict[str, str]
    sort: str = ""
    columns: tuple[str, ...] = ()
    pinned: bool = False


class SavedSearch(NewSearch, frozen=True, kw_only=True):
    """A search that is kept."""

    id: int


class NameTaken(Struct, frozen=True):
    """The user has a search of this name in the entity."""


class TooManySearches(Struct, frozen=True):
    """The user has as many as they may have; `pinned`: as many pinned ones."""

    most: int
    pinned: bool


async def searches_of(database: Database, user_id: int) -> list[SavedSearch]:
    """The user's searches: pinned ones first, then by name."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            f"SELECT {_COLUMNS} FROM saved_searches WHERE user_id = $1 ORDER BY NOT pinned, name, id",  # noqa: S608 - columns named above
            user_id,
        )
    return [_search(row) for row in rows]


async def keep_search(
    database: Database, user_id: int, search: NewSearch, at: Instant, search_id: int | None = None
) -> SavedSearch | NameTaken | TooManySearches | None:
    """Keep a new search, or with an id change the one that is there; None: the user has none of this id."""
    values = (
        search.entity_id,
        search.name,
        msgspec.json.encode(search.filters).decode(),
        search.sort,
        list(search.columns),
        search.pinned,
    )
    try:
        async with database.transaction() as connection:
            # One user's searches change one after the other, so that their number is known.
            await connection.execute("SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE", user_id)
            counted = await connection.fetchrow(
                """SELECT count(*) AS others, count(*) FILTER (WHERE pinned) AS pinned FROM saved_searches
                   WHERE user_id = $1 AND id IS DISTINCT FROM $2::bigint""",
                user_id,
                search_id,
            )
            assert counted is not None
            if search.pinned and counted["pinned"] >= MOST_PINNED:
                return TooManySearches(MOST_PINNED, pinned=True)
            if search_id is None and counted["others"] >= MOST_SEARCHES:
                return TooManySearches(MOST_SEARCHES, pinned=False)
            if search_id is None:
                row = await connection.fetchrow(_ADD, user_id, at, *values)
            else:
                row = await connection.fetchrow(_CHANGE, user_id, search_id, *values)
    except asyncpg.UniqueViolationError:
        return NameTaken()
    return None if row is None else _search(row)


async def forget_search(database: Database, user_id: int, search_id: int) -> bool:
    """Forget a search of the user's; False if there is none of this id."""
    async with database.acquire() as connection:
        gone: int | None = await connection.fetchval(
            "DELETE FROM saved_searches WHERE user_id = $1 AND id = $2 RETURNING id", user_id, search_id
        )
    return gone is not None


def _search(row: Row) -> SavedSearch:
    filters: dict[str, str] = msgspec.json.decode(row["filters"], type=dict[str, str])
    return SavedSearch(
        id=row["id"],
        entity_id=row["entity_id"],
        name=row["name"],
        filters=filters,
        sort=row["sort"],
        columns=tuple(row["columns"]),
        pinned=row["pinned"],
    )
