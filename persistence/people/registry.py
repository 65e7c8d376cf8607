"""Who sells and who buys: groups, entities, sites, traders' companies, and everybody's users (§1, §2.1).

Stores and reads. Whether somebody may do it is asked at the doors; what the tables refuse comes back as a value where a
user can cause it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg
from msgspec import Struct

from engine.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterable

    from persistence.database import Database

ALL_RIGHTS: Final = frozenset(right.value for right in Right)
"""§1.3, but the validation of trade-ins, which is `none`, `own` or `any`."""


class EmailTaken(Struct, frozen=True):
    """§2.1: one e-mail, one account; `email` has one."""

    email: str


class NewUser(Struct, frozen=True, kw_only=True):
    """An account to be made; the password comes as an argon2 hash."""

    email: str
    name: str
    password_hash: str
    language: str = "fr"


class Company(Struct, frozen=True, kw_only=True):
    """A trader's company as its card has it (§2.1)."""

    legal_name: str
    siret: str
    vat_number: str = ""
    ape_code: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"
    email: str = ""
    phone: str = ""
    legal_representative: str = ""
    kind: str = "merchant"


class Site(Struct, frozen=True, kw_only=True):
    """A site as its card has it (§1.1)."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""


class StoredSite(Struct, frozen=True):
    """A site of an entity, for a form's choice."""

    id: int
    entity_id: int
    name: str
    postcode: str
    city: str


# Who sells -----------------------------------------------------------------------------------------------------------


async def any_group(database: Database) -> bool:
    """Whether there is any group yet: an empty book has none."""
    async with database.acquire() as connection:
        found: bool = await connection.fetchval("SELECT EXISTS (SELECT FROM groups)")
    return found


async def add_group(
    database: Database,
    name: str,
    *,
    prefix: str = "",
    next_auction_number: int = 1,
    next_lot_number: int = 1,
    next_offer_number: int = 1,
) -> int:
    """A holding, and the next numbers that it gives (§5.1.3). Gives its id."""
    async with database.acquire() as connection:
        group_id: int = await connection.fetchval(
            """INSERT INTO groups (name, prefix, next_auction_number, next_lot_number, next_offer_number)
               VALUES ($1, $2, $3, $4, $5) RETURNING id""",
            name,
            prefix,
            next_auction_number,
            next_lot_number,
            next_offer_number,
        )
    return group_id


async def add_entity(
    database: Database,
    group_id: int,
    name: str,
    *,
    matching_required: bool = True,
    siret: str | None = None,
    vat_number: str | None = None,
) -> int:
    """An entity of a group. Gives its id."""
    async with database.acquire() as connection:
        entity_id: int = await connection.fetchval(
            """INSERT INTO entities (group_id, name, matching_required, siret, vat_number)
               VALUES ($1, $2, $3, $4, $5) RETURNING id""",
            group_id,
            name,
            matching_required,
            siret,
            vat_number,
        )
    return entity_id


async def add_site(database: Database, entity_id: int, site: Site) -> int:
    """A site of an entity. Gives its id."""
    async with database.acquire() as connection:
        site_id: int = await connection.fetchval(
            """INSERT INTO sites (entity_id, name, street, postcode, city, phone, email)
               VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""",
            entity_id,
            site.name,
            site.street,
            site.postcode,
            site.city,
            site.phone,
            site.email,
        )
    return site_id


async def sites_of(database: Database, entity_ids: Iterable[int]) -> list[StoredSite]:
    """The sites of these entities, by name."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            """SELECT id, entity_id, name, postcode, city FROM sites
               WHERE entity_id = ANY ($1::bigint[]) ORDER BY name, id""",
            list(entity_ids),
        )
    return [StoredSite(row["id"], row["entity_id"], row["name"], row["postcode"], row["city"]) for row in rows]


async def ensure_entity(database: Database, group_name: str, entity_name: str, site_name: str, city: str) -> int:
    """The entity of this name in the group of this name, made with one site if there is none. Gives its id."""
    async with database.transaction() as connection:
        await connection.execute("LOCK TABLE groups IN SHARE ROW EXCLUSIVE MODE")
        group_id = await connection.fetchval("SELECT id FROM groups WHERE name = $1 ORDER BY id LIMIT 1", group_name)
        if group_id is None:
            group_id = await connection.fetchval("INSERT INTO groups (name) VALUES ($1) RETURNING id", group_name)
        entity_id: int = await connection.fetchval(
            """INSERT INTO entities (group_id, name) VALUES ($1, $2)
               ON CONFLICT (group_id, name) DO UPDATE SET name = excluded.name RETURNING id""",
            group_id,
            entity_name,
        )
        await connection.execute(
            "INSERT INTO sites (entity_id, name, city) VALUES ($1, $2, $3) ON CONFLICT (entity_id, name) DO NOTHING",
            entity_id,
            site_name,
            city,
        )
    return entity_id


# Who buys ------------------------------------------------------------------------------------------------------------


async def add_company(database: Database, company: Company) -> int:
    """A trader's company, or the one that has this SIRET already. Gives its id."""
    async with database.acquire() as connection:
        trader_id: int = await connection.fetchval(
            """INSERT INTO trader_companies (legal_name, siret, vat_number, ape_code, street, postcode, city, country,
                   email, phone, legal_representative, kind)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
               ON CONFLICT (siret) DO UPDATE SET siret = excluded.siret RETURNING id""",
            company.legal_name,
            company.siret,
            company.vat_number,
            company.ape_code,
            company.street,
            company.postcode,
            company.city,
            company.country,
            company.email,
            company.phone,
            company.legal_representative,
            company.kind,
        )
    return trader_id


async def ensure_company(database: Database, legal_name: str, siret: str) -> int:
    """The company with this SIRET, made with this name if there is none. Gives its id."""
    return await add_company(database, Company(legal_name=legal_name, siret=siret))


# Users ---------------------------------------------------------------------------------------------------------------


async def add_dealer(
    database: Database,
    entity_ids: tuple[int, ...],
    user: NewUser,
    *,
    rights: frozenset[str] = ALL_RIGHTS,
    validate_trade_ins: str = "any",
) -> int | EmailTaken:
    """A person working for these entities, the first of which is home (§1.1). Gives the user's id."""
    assert entity_ids, "a dealer belongs to an entity"
    try:
        async with database.transaction() as connection:
            user_id: int = await connection.fetchval(
                """INSERT INTO users (role, email, name, password_hash, language, home_entity_id)
                   VALUES ('dealer', $1, $2, $3, $4, $5) RETURNING id""",
                user.email,
                user.name,
                user.password_hash,
                user.language,
                entity_ids[0],
            )
            await connection.execute(
                """INSERT INTO memberships (user_id, entity_id, rights, validate_trade_ins)
                   SELECT $1, entity_id, $3, $4 FROM unnest($2::bigint[]) AS given (entity_id)""",
                user_id,
                list(entity_ids),
                sorted(rights),
                validate_trade_ins,
            )
    except asyncpg.UniqueViolationError:
        return EmailTaken(user.email)
    return user_id


async def add_trader_user(database: Database, trader_id: int, user: NewUser) -> int | EmailTaken:
    """A person working for a trader. Gives the user's id."""
    try:
        async with database.acquire() as connection:
            user_id: int = await connection.fetchval(
                """INSERT INTO users (role, email, name, password_hash, language, trader_id)
                   VALUES ('trader', $1, $2, $3, $4, $5) RETURNING id""",
                user.email,
                user.name,
                user.password_hash,
                user.language,
                trader_id,
            )
    except asyncpg.UniqueViolationError:
        return EmailTaken(user.email)
    return user_id
