"""Who may do what in an entity, read under lock by whoever is about to change it (§1.2, §1.3).

Whatever gives or takes rights passes through `changing_rights`: one change at a time in each entity, undone if it would
leave an entity that nobody manages. What may be given is the rules' business (engine/rights.py).
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from engine.rights import NOTHING, Grant, Right, TradeIns, beyond

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from persistence.database import AnyConnection, Database, PooledConnection, Row


class NotHeld(Struct, frozen=True):
    """Who gives does not hold this itself in the entity; `lacking` names the rights (§1.3)."""

    entity_id: int
    lacking: tuple[str, ...]


class NotManaging(Struct, frozen=True):
    """Who asks does not manage the users of the entity."""

    entity_id: int


class NobodyManages(Struct, frozen=True):
    """Nobody would be left who manages the users of the entity."""

    entity_id: int


class Unknown(Struct, frozen=True):
    """What is named there does not exist, or not for who asks; `field` names it."""

    field: str


class Taken(Struct, frozen=True):
    """There is one of this name already; `field` names it."""

    field: str


Refused: TypeAlias = NotHeld | NotManaging | NobodyManages | Unknown | Taken


class Undone(Exception):
    """Undoes the transaction that it is raised in; `refused` says why."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(repr(refused))
        self.refused = refused


def grant_from(row: Row) -> Grant:
    """The grant of a row with `rights` and `validate_trade_ins`."""
    return Grant(frozenset(map(Right, row["rights"])), TradeIns(row["validate_trade_ins"]))


@asynccontextmanager
async def changing_rights(database: Database, entity_ids: Iterable[int]) -> AsyncIterator[PooledConnection]:
    """A transaction that may change who does what in these entities. Raises Undone(NobodyManages)."""
    touched = sorted(set(entity_ids))
    async with database.transaction() as connection:
        await lock_entities(connection, touched)
        yield connection
        unmanaged = await connection.fetchval(
            """SELECT entity_id FROM unnest($1::bigint[]) AS touched (entity_id)
               WHERE NOT EXISTS (
                   SELECT FROM effective_memberships JOIN users ON users.id = effective_memberships.user_id
                   WHERE effective_memberships.entity_id = touched.entity_id
                     AND $2 = ANY (effective_memberships.rights) AND users.disabled_at IS NULL)
               ORDER BY entity_id LIMIT 1""",
            touched,
            Right.MANAGE_USERS,
        )
        if unmanaged is not None:
            raise Undone(NobodyManages(unmanaged))


async def lock_entities(connection: AnyConnection, entity_ids: Iterable[int]) -> None:
    """Let nobody else change rights in these entities until the transaction ends."""
    await connection.execute(
        "SELECT FROM entities WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE", sorted(set(entity_ids))
    )


async def grant_of(connection: AnyConnection, user_id: int, entity_id: int) -> Grant:
    """What the user may do in the entity; nothing if it does not work there or is disabled."""
    row = await connection.fetchrow(
        """SELECT rights, validate_trade_ins FROM effective_memberships JOIN users ON users.id = user_id
           WHERE user_id = $1 AND entity_id = $2 AND users.disabled_at IS NULL""",
        user_id,
        entity_id,
    )
    return NOTHING if row is None else grant_from(row)


async def managing_grant(connection: AnyConnection, user_id: int, entity_id: int) -> Grant:
    """What a manager of the entity's users holds there. Raises Undone(NotManaging) if the user is none."""
    held = await grant_of(connection, user_id, entity_id)
    if not held.manages_users:
        raise Undone(NotManaging(entity_id))
    return held


def refuse_beyond(entity_id: int, giver: Grant, had: Grant, wanted: Grant) -> None:
    """Raise Undone(NotHeld) if more is given than the giver holds (§1.3)."""
    lacking = beyond(giver, had, wanted)
    if lacking:
        raise Undone(NotHeld(entity_id, lacking))
