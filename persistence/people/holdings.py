"""Who sells: the settings of groups, entities and sites, as their cards show and change them (§1.1).

Stores and reads; every change is recorded in its transaction. Life-line settings of an entity are kept elsewhere
(§4.2). Who may change them is asked at the doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import asyncpg
from msgspec import Struct, structs

from persistence.audit import By, Change, record
from persistence.people.grants import Refused, Taken, Undone, Unknown, managing_grant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from persistence.database import AnyConnection, Database, Row


class Group(Struct, frozen=True):
    """A holding. Numbers are shown with its prefix (§5.1.3); `stock_auctions` switches the module (§5.1.5)."""

    id: int
    name: str
    prefix: str
    stock_auctions: bool


class Entity(Struct, frozen=True):
    """An entity (§1.1). `saleable_from` and `matching_required` are §4.2 and §4.3; papers say its numbers (§6.1)."""

    id: int
    group_id: int
    name: str
    matching_required: bool
    saleable_from: str
    siret: str | None
    vat_number: str | None


class SiteCard(Struct, frozen=True):
    """A site with its address (§1.1)."""

    id: int
    entity_id: int
    name: str
    street: str
    postcode: str
    city: str
    phone: str
    email: str


_GROUPS: Final = """
    SELECT id, name, prefix, stock_auctions FROM groups
    WHERE id IN (SELECT group_id FROM entities WHERE entities.id = ANY ($1::bigint[])) ORDER BY name, id
"""
_GROUP: Final = "SELECT id, name, prefix, stock_auctions FROM groups WHERE id = $1 FOR NO KEY UPDATE"
_ENTITIES: Final = """
    SELECT id, group_id, name, matching_required, saleable_from, siret, vat_number FROM entities
    WHERE id = ANY ($1::bigint[]) ORDER BY name, id
"""
_ENTITY: Final = """
    SELECT id, group_id, name, matching_required, saleable_from, siret, vat_number FROM entities
    WHERE id = $1 FOR NO KEY UPDATE
"""
_NEW_ENTITY: Final = """
    INSERT INTO entities (group_id, name, matching_required, saleable_from, siret, vat_number)
    SELECT group_id, $2, $3, $4, $5, $6 FROM entities WHERE id = $1
    RETURNING id, group_id, name, matching_required, saleable_from, siret, vat_number
"""
_SITES: Final = """
    SELECT id, entity_id, name, street, postcode, city, phone, email FROM sites
    WHERE entity_id = ANY ($1::bigint[]) ORDER BY name, id
"""
_SITE: Final = "SELECT id, entity_id, name, street, postcode, city, phone, email FROM sites WHERE id = $1"
_SITE_TO_CHANGE: Final = """
    SELECT id, entity_id, name, street, postcode, city, phone, email FROM sites WHERE id = $1 FOR NO KEY UPDATE
"""


# Reading -------------------------------------------------------------------------------------------------------------


async def groups_of(database: Database, entity_ids: Iterable[int]) -> list[Group]:
    """The holdings of these entities, by name."""
    async with database.acquire() as connection:
        rows = await connection.fetch(_GROUPS, list(entity_ids))
    return [Group(*row.values()) for row in rows]


async def entities_of(database: Database, entity_ids: Iterable[int]) -> list[Entity]:
    """These entities, by name."""
    async with database.acquire() as connection:
        rows = await connection.fetch(_ENTITIES, list(entity_ids))
    return [Entity(*row.values()) for row in rows]


async def entity_ids_in(database: Database, group_id: int) -> frozenset[int]:
    """The entities of a holding, all of them."""
    async with database.acquire() as connection:
        rows = await connection.fetch("SELECT id FROM entities WHERE group_id = $1", group_id)
    return frozenset(row["id"] for row in rows)


async def page_of_groups(
    database: Database, entity_ids: Iterable[int], *, page: int, per_page: int
) -> tuple[int, list[Group]]:
    """The holdings of these entities, by name: how many, and one page of them."""
    total, rows = await _page(database, _GROUPS, entity_ids, page, per_page)
    return total, [Group(*row.values()) for row in rows]


async def page_of_entities(
    database: Database, entity_ids: Iterable[int], *, page: int, per_page: int
) -> tuple[int, list[Entity]]:
    """These entities, by name: how many, and one page of them."""
    total, rows = await _page(database, _ENTITIES, entity_ids, page, per_page)
    return total, [Entity(*row.values()) for row in rows]


async def page_of_sites(
    database: Database, entity_ids: Iterable[int], *, page: int, per_page: int
) -> tuple[int, list[SiteCard]]:
    """The sites of these entities, by name: how many, and one page of them."""
    total, rows = await _page(database, _SITES, entity_ids, page, per_page)
    return total, [SiteCard(*row.values()) for row in rows]


async def _page(
    database: Database, asked: str, entity_ids: Iterable[int], page: int, per_page: int
) -> tuple[int, list[Row]]:
    entities = list(entity_ids)
    async with database.acquire() as connection:
        total: int = await connection.fetchval(f"SELECT count(*) FROM ({asked}) AS found", entities)  # noqa: S608 - one of the questions above
        rows = await connection.fetch(f"{asked} LIMIT $2 OFFSET $3", entities, per_page, (page - 1) * per_page)
    return total, rows


async def site_card(database: Database, site_id: int) -> SiteCard | None:
    """A site, or none."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(_SITE, site_id)
    return None if row is None else SiteCard(*row.values())


# Changing ------------------------------------------------------------------------------------------------------------


async def change_group(database: Database, by: By, group_id: int, wanted: dict[str, Any]) -> Group | Unknown:
    """Change name, prefix or the switch of stock auctions; numbers keep counting where they are (§5.1.3)."""
    async with database.transaction() as connection:
        row = await connection.fetchrow(_GROUP, group_id)
        if row is None:
            return Unknown("id")
        before = Group(*row.values())
        after = structs.replace(before, **wanted)
        await connection.execute(
            "UPDATE groups SET name = $2, prefix = $3, stock_auctions = $4 WHERE id = $1", *structs.astuple(after)
        )
        await _recorded(connection, by, "group", before, after, group_id=group_id)
    return after


async def create_entity(database: Database, by: By, beside: int, wanted: dict[str, Any]) -> Entity | Refused:
    """A new entity with these fields in the holding of `beside`, where the user manages users; it works there too, and
    holds the same.
    """
    assert by.user_id is not None, "an entity is made by somebody"
    try:
        async with database.transaction() as connection:
            held = await managing_grant(connection, by.user_id, beside)
            fields = ("name", "matching_required", "saleable_from", "siret", "vat_number")
            row = await connection.fetchrow(_NEW_ENTITY, beside, *(wanted[field] for field in fields))
            assert row is not None
            made = Entity(*row.values())
            await connection.execute(
                "INSERT INTO memberships (user_id, entity_id, rights, validate_trade_ins) VALUES ($1, $2, $3, $4)",
                by.user_id,
                made.id,
                sorted(held.rights),
                held.trade_ins,
            )
            await record(connection, by, _made("entity", made, made.id))
    except asyncpg.UniqueViolationError:
        return Taken("name")
    except Undone as undone:
        return undone.refused
    return made


async def change_entity(database: Database, by: By, entity_id: int, wanted: dict[str, Any]) -> Entity | Unknown | Taken:
    """Change name, matching, from which status it is saleable (§4.2, §4.3), or the numbers that its papers say."""
    try:
        async with database.transaction() as connection:
            row = await connection.fetchrow(_ENTITY, entity_id)
            if row is None:
                return Unknown("id")
            before = Entity(*row.values())
            after = structs.replace(before, **wanted)
            await connection.execute(
                """UPDATE entities
                   SET name = $2, matching_required = $3, saleable_from = $4, siret = $5, vat_number = $6
                   WHERE id = $1""",
                entity_id,
                after.name,
                after.matching_required,
                after.saleable_from,
                after.siret,
                after.vat_number,
            )
            await _recorded(connection, by, "entity", before, after, entity_id=entity_id)
    except asyncpg.UniqueViolationError:
        return Taken("name")
    return after


async def create_site(database: Database, by: By, entity_id: int, wanted: dict[str, str]) -> SiteCard | Taken:
    """A new site of the entity."""
    new = SiteCard(0, entity_id, **{"street": "", "postcode": "", "city": "", "phone": "", "email": "", **wanted})
    try:
        async with database.transaction() as connection:
            site_id: int = await connection.fetchval(
                """INSERT INTO sites (entity_id, name, street, postcode, city, phone, email)
                   VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
                *structs.astuple(new)[1:],
            )
            made = structs.replace(new, id=site_id)
            await record(connection, by, _made("site", made, entity_id))
    except asyncpg.UniqueViolationError:
        return Taken("name")
    return made


async def change_site(database: Database, by: By, site_id: int, wanted: dict[str, str]) -> SiteCard | Unknown | Taken:
    """Change name or address of a site."""
    try:
        async with database.transaction() as connection:
            row = await connection.fetchrow(_SITE_TO_CHANGE, site_id)
            if row is None:
                return Unknown("id")
            before = SiteCard(*row.values())
            after = structs.replace(before, **wanted)
            await connection.execute(
                """UPDATE sites SET name = $3, street = $4, postcode = $5, city = $6, phone = $7, email = $8
                   WHERE id = $1 AND entity_id = $2""",
                *structs.astuple(after),
            )
            await _recorded(connection, by, "site", before, after, entity_id=before.entity_id)
    except asyncpg.UniqueViolationError:
        return Taken("name")
    return after


def _made(subject: str, made: Entity | SiteCard, entity_id: int) -> Change:
    fields = {
        name: [None, value] for name, value in structs.asdict(made).items() if value not in {"", None} and name != "id"
    }
    return Change(subject=subject, subject_id=made.id, action="created", fields=fields, entity_id=entity_id)


async def _recorded(
    connection: AnyConnection,
    by: By,
    subject: str,
    before: Group | Entity | SiteCard,
    after: Group | Entity | SiteCard,
    *,
    group_id: int | None = None,
    entity_id: int | None = None,
) -> None:
    was, now = structs.asdict(before), structs.asdict(after)
    fields = {name: [was[name], now[name]] for name in was if was[name] != now[name]}
    if fields:
        change = Change(
            subject=subject,
            subject_id=before.id,
            action="changed",
            fields=fields,
            entity_id=entity_id,
            group_id=group_id,
        )
        await record(connection, by, change)
