"""The people of an entity as lists and cards show them: entities, sites, user groups, rights (§1.1, §1.2).

Only reads. A card holds what lies in the reader's holdings: where somebody works besides is nobody's business there.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant
from engine.rights import Grant, Right, TradeIns
from persistence.people.grants import grant_from

if TYPE_CHECKING:
    from collections.abc import Collection

    from persistence.database import AnyConnection, Database, Row


class CarriedGroup(Struct, frozen=True):
    """A user group that somebody is in; `shared`: the holding's (§1.2)."""

    id: int
    name: str
    shared: bool


class NamedSite(Struct, frozen=True):
    """A site at which somebody works."""

    id: int
    name: str
    city: str


class WorksFor(Struct, frozen=True, kw_only=True):
    """An entity that somebody works for: its own rights there, and with them those of its user groups."""

    entity_id: int
    entity: str
    own: Grant
    effective: Grant
    user_groups: tuple[CarriedGroup, ...] = ()
    sites: tuple[NamedSite, ...] = ()


class UserCard(Struct, frozen=True, kw_only=True):
    """A person that works for an entity."""

    id: int
    name: str
    email: str
    language: str
    disabled_at: Instant | None
    created_at: Instant
    works_for: tuple[WorksFor, ...] = ()


_USERS: Final = """
    SELECT id, name, email, language, disabled_at, created_at, count(*) OVER () AS total
    FROM users
    WHERE id IN (SELECT user_id FROM memberships WHERE entity_id = ANY ($1::bigint[]))
      AND ($2 = '' OR folded(name) LIKE holding($2) OR folded(email) LIKE holding($2))
      AND ($3::boolean IS NULL OR (disabled_at IS NOT NULL) = $3)
    ORDER BY lower(name), id LIMIT $4 OFFSET $5
"""
_USER: Final = """
    SELECT id, name, email, language, disabled_at, created_at FROM users
    WHERE id = $1 AND id IN (SELECT user_id FROM memberships WHERE entity_id = ANY ($2::bigint[]))
"""
_WORKS: Final = """
    SELECT memberships.user_id, memberships.entity_id, entities.name, memberships.rights,
           memberships.validate_trade_ins, effective_memberships.rights AS all_rights,
           effective_memberships.validate_trade_ins AS highest
    FROM memberships
    JOIN effective_memberships USING (user_id, entity_id)
    JOIN entities ON entities.id = memberships.entity_id
    WHERE memberships.user_id = ANY ($1::bigint[])
      AND entities.group_id IN (SELECT group_id FROM entities WHERE id = ANY ($2::bigint[]))
    ORDER BY entities.name, entities.id
"""
_CARRIED: Final = """
    SELECT user_group_members.user_id, user_group_members.entity_id, user_groups.id, user_groups.name,
           user_groups.entity_id IS NULL AS shared
    FROM user_group_members JOIN user_groups ON user_groups.id = user_group_members.user_group_id
    WHERE user_group_members.user_id = ANY ($1::bigint[]) ORDER BY user_groups.name, user_groups.id
"""
_SITES: Final = """
    SELECT user_sites.user_id, user_sites.entity_id, sites.id, sites.name, sites.city
    FROM user_sites JOIN sites ON sites.id = user_sites.site_id
    WHERE user_sites.user_id = ANY ($1::bigint[]) ORDER BY sites.name, sites.id
"""


async def users_page(
    database: Database,
    entity_ids: Collection[int],
    *,
    search: str = "",
    disabled: bool | None = None,
    page: int = 1,
    per_page: int = 50,
) -> tuple[int, list[UserCard]]:
    """How many people work for these entities, and one page of them by name; `search` is in the name or the e-mail."""
    async with database.acquire() as connection:
        rows = await connection.fetch(_USERS, list(entity_ids), search, disabled, per_page, (page - 1) * per_page)
        if not rows and page > 1:
            first = await connection.fetchrow(_USERS, list(entity_ids), search, disabled, 1, 0)
            return (0 if first is None else first["total"]), []
        cards = await _cards(connection, rows, entity_ids)
    return (rows[0]["total"] if rows else 0), cards


async def user_card(database: Database, user_id: int, entity_ids: Collection[int]) -> UserCard | None:
    """A person that works for one of these entities, or none."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(_USER, user_id, list(entity_ids))
        return None if row is None else (await _cards(connection, [row], entity_ids))[0]


async def _cards(connection: AnyConnection, rows: list[Row], entity_ids: Collection[int]) -> list[UserCard]:
    user_ids = [row["id"] for row in rows]
    carried: defaultdict[tuple[int, int], list[CarriedGroup]] = defaultdict(list)
    for row in await connection.fetch(_CARRIED, user_ids):
        carried[row["user_id"], row["entity_id"]].append(CarriedGroup(row["id"], row["name"], row["shared"]))
    sites: defaultdict[tuple[int, int], list[NamedSite]] = defaultdict(list)
    for row in await connection.fetch(_SITES, user_ids):
        sites[row["user_id"], row["entity_id"]].append(NamedSite(row["id"], row["name"], row["city"]))
    works: defaultdict[int, list[WorksFor]] = defaultdict(list)
    for row in await connection.fetch(_WORKS, user_ids, list(entity_ids)):
        place = row["user_id"], row["entity_id"]
        works[row["user_id"]].append(
            WorksFor(
                entity_id=row["entity_id"],
                entity=row["name"],
                own=grant_from(row),
                effective=Grant(frozenset(map(Right, row["all_rights"])), TradeIns(row["highest"])),
                user_groups=tuple(carried[place]),
                sites=tuple(sites[place]),
            )
        )
    return [
        UserCard(
            id=row["id"],
            name=row["name"],
            email=row["email"],
            language=row["language"],
            disabled_at=row["disabled_at"],
            created_at=row["created_at"],
            works_for=tuple(works[row["id"]]),
        )
        for row in rows
    ]
