"""Traders' companies: their cards, and which groups know them (§2.1).

One card serves every group; a group knows it if it made it, or has or had a connection with it; an entity, while it
invites it. Stores and reads. Whether somebody may is asked at the doors; what a user gets wrong comes back as a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from engine.companies import Writer, closed_fields
from persistence.audit import By, Change, record
from persistence.people.registry import Company

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.instants import Instant
    from persistence.database import AnyConnection, Database, Row


class SiretTaken(Struct, frozen=True):
    """There is a card with this SIRET."""

    siret: str


class FieldsClosed(Struct, frozen=True):
    """These fields are not this writer's to change."""

    fields: tuple[str, ...]


class StoredCompany(Struct, frozen=True, kw_only=True):
    """A card. `has_account`: somebody of the trader has an account."""

    id: int
    company: Company
    has_account: bool
    created_by_group_id: int | None = None


FIELDS: Final = Company.__struct_fields__
_CARD: Final = f"""
    SELECT id, {", ".join(FIELDS)}, created_by_group_id,
           EXISTS (SELECT FROM users WHERE users.trader_id = company.id) AS has_account
    FROM trader_companies AS company
"""  # noqa: S608 - names of our own fields
_GROUPS: Final = "ARRAY(SELECT group_id FROM entities WHERE id = ANY ($1::bigint[]))"
# An invitation is made by whoever knows a public number: it opens the card to who invites, and while it awaits an
# answer.
KNOWN: Final = f"""
    SELECT trader_id FROM connections
    WHERE entity_id = ANY (ARRAY(SELECT id FROM entities WHERE group_id = ANY ({_GROUPS})))
    UNION SELECT trader_id FROM invitations JOIN invitation_entities ON invitation_id = invitations.id
    WHERE entity_id = ANY ($1::bigint[]) AND trader_id IS NOT NULL
      AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2
    UNION SELECT id FROM trader_companies WHERE created_by_group_id = ANY ({_GROUPS})
"""  # noqa: S608 - put together from constants


def _stored(row: Row) -> StoredCompany:
    return StoredCompany(
        id=row["id"],
        company=Company(**{field: row[field] for field in FIELDS}),
        has_account=row["has_account"],
        created_by_group_id=row["created_by_group_id"],
    )


# Reading -------------------------------------------------------------------------------------------------------------


async def groups_of(database: Database, entity_ids: Iterable[int]) -> tuple[int, ...]:
    """The groups of these entities."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            "SELECT DISTINCT group_id FROM entities WHERE id = ANY ($1::bigint[]) ORDER BY group_id", list(entity_ids)
        )
    return tuple(row["group_id"] for row in rows)


async def company_of(database: Database, trader_id: int) -> StoredCompany | None:
    """The card of a trader."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(f"{_CARD} WHERE id = $1", trader_id)
    return None if row is None else _stored(row)


async def known_company(
    database: Database, entity_ids: Iterable[int], trader_id: int, now: Instant
) -> StoredCompany | None:
    """The card of a trader that the groups of these entities know, or that one of these entities invites (§2.1)."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(f"{_CARD} WHERE id = $3 AND id IN ({KNOWN})", list(entity_ids), now, trader_id)
    return None if row is None else _stored(row)


async def trader_with(database: Database, siret: str) -> int | None:
    """The trader with this SIRET."""
    async with database.acquire() as connection:
        found: int | None = await connection.fetchval("SELECT id FROM trader_companies WHERE siret = $1", siret)
    return found


# Writing -------------------------------------------------------------------------------------------------------------


async def create_company(database: Database, group_id: int, company: Company, by: By) -> int | SiretTaken:
    """A card made by a group (§2.1). Gives the trader's id."""
    async with database.transaction() as connection:
        trader_id = await insert_company(connection, company, group_id)
        if trader_id is None:
            return SiretTaken(company.siret)
        await record_company(connection, by, trader_id, "created", {}, company, group_id=group_id)
    return trader_id


async def insert_company(connection: AnyConnection, company: Company, group_id: int | None) -> int | None:
    """A new card in the caller's transaction; None if its SIRET has one."""
    fields = structs.asdict(company)
    places = ", ".join(f"${number}" for number in range(2, len(fields) + 2))
    trader_id: int | None = await connection.fetchval(
        f"""INSERT INTO trader_companies (created_by_group_id, {", ".join(fields)}) VALUES ($1, {places})
            ON CONFLICT (siret) DO NOTHING RETURNING id""",  # noqa: S608 - names of our own fields
        group_id,
        *fields.values(),
    )
    return trader_id


async def locked_company(connection: AnyConnection, trader_id: int) -> StoredCompany | None:
    """A card, held until the end of the caller's transaction.

    Held first, then read: whoever waited must see the account that was made meanwhile.
    """
    await connection.execute("SELECT FROM trader_companies WHERE id = $1 FOR UPDATE", trader_id)
    row = await connection.fetchrow(f"{_CARD} WHERE id = $1", trader_id)
    return None if row is None else _stored(row)


async def change_company(
    database: Database, trader_id: int, wished: Mapping[str, str], by: By, *, group_ids: tuple[int, ...] | None
) -> StoredCompany | FieldsClosed:
    """Change a card's fields; a dealer comes with its groups, the trader's own user with none (§2.1)."""
    async with database.transaction() as connection:
        stored = await locked_company(connection, trader_id)
        assert stored is not None, "the doors know the traders that they name"
        closed = closed_fields(structs.asdict(stored.company), wished, writer_of(stored, group_ids))
        if closed:
            return FieldsClosed(closed)
        group_id = await _writing_group(connection, stored, group_ids) if group_ids else None
        changed = await rewrite_company(connection, stored, wished, by, group_id=group_id)
    return structs.replace(stored, company=changed)


async def _writing_group(connection: AnyConnection, stored: StoredCompany, group_ids: tuple[int, ...]) -> int:
    """In whose record it is written: of the writer's groups, one that is connected, or that made the card."""
    connected: int | None = await connection.fetchval(
        """SELECT min(group_id) FROM connections JOIN entities ON entities.id = entity_id
           WHERE trader_id = $1 AND removed_at IS NULL AND group_id = ANY ($2::bigint[])""",
        stored.id,
        list(group_ids),
    )
    if connected is not None:
        return connected
    return stored.created_by_group_id if stored.created_by_group_id in group_ids else group_ids[0]


async def rewrite_company(
    connection: AnyConnection,
    stored: StoredCompany,
    wished: Mapping[str, str],
    by: By,
    *,
    group_id: int | None,
) -> Company:
    """Write a card's fields in the caller's transaction, on record; gives the card as it is then."""
    changed = structs.replace(stored.company, **wished)
    if changed == stored.company:
        return changed
    names = ", ".join(f"{field} = ${number}" for number, field in enumerate(FIELDS, start=2))
    await connection.execute(
        f"UPDATE trader_companies SET {names} WHERE id = $1",  # noqa: S608 - names of our own fields
        stored.id,
        *structs.asdict(changed).values(),
    )
    await record_company(
        connection, by, stored.id, "changed", structs.asdict(stored.company), changed, group_id=group_id
    )
    return changed


async def record_company(
    connection: AnyConnection,
    by: By,
    trader_id: int,
    action: str,
    before: Mapping[str, str],
    after: Company,
    *,
    group_id: int | None,
) -> None:
    """Put on record what differs: a group's record, or the trader's own."""
    fields = {
        field: [before.get(field), text]
        for field, text in structs.asdict(after).items()
        if text != before.get(field, "")
    }
    change = Change(subject="trader_company", subject_id=trader_id, action=action, fields=fields, group_id=group_id)
    await record(connection, by, change)


def writer_of(stored: StoredCompany, group_ids: tuple[int, ...] | None) -> Writer:
    """Who writes on the card: dealers of these groups, or, without any, the trader itself."""
    if group_ids is None:
        return Writer.OWN
    if stored.created_by_group_id in group_ids and not stored.has_account:
        return Writer.KEEPER
    return Writer.DEALER
