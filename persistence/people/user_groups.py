"""User groups: rights under a name, and who has them in which entity (§1.2).

A user group is an entity's, or shared by the holding. In each entity where somebody is in it, it holds its rights
there. Every change is recorded in its transaction, and made under lock (persistence/people/grants.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg
from msgspec import Struct

from engine.rights import NOTHING, Grant
from persistence.audit import By, Change, record
from persistence.people.grants import (
    NotManaging,
    Refused,
    Taken,
    Undone,
    Unknown,
    changing_rights,
    grant_from,
    managing_grant,
    refuse_beyond,
)
from persistence.people.users import WantedMembership, settle_membership, stored_grant, works_with

if TYPE_CHECKING:
    from collections.abc import Collection

    from persistence.database import AnyConnection, Database, Row


class UserGroup(Struct, frozen=True, kw_only=True):
    """A user group; without an entity it is shared by the holding. `members` counts people, once each."""

    id: int
    group_id: int
    entity_id: int | None
    name: str
    grant: Grant
    members: int = 0


class Member(Struct, frozen=True):
    """Somebody in a user group, in one entity."""

    user_id: int
    name: str
    entity_id: int
    entity: str


_READ: Final = """
    SELECT user_groups.id, user_groups.group_id, user_groups.entity_id, user_groups.name, user_groups.rights,
           user_groups.validate_trade_ins,
           (SELECT count(DISTINCT user_id) FROM user_group_members
            WHERE user_group_id = user_groups.id) AS members, count(*) OVER () AS total
    FROM user_groups
    WHERE (user_groups.entity_id = ANY ($1::bigint[])
           OR user_groups.entity_id IS NULL
              AND user_groups.group_id IN (SELECT group_id FROM entities WHERE id = ANY ($1::bigint[])))
      AND ($2::bigint IS NULL OR user_groups.id = $2)
    ORDER BY user_groups.entity_id IS NOT NULL, lower(user_groups.name), user_groups.id LIMIT $3 OFFSET $4
"""
_MEMBERS: Final = """
    SELECT user_group_members.user_id, users.name, user_group_members.entity_id, entities.name AS entity
    FROM user_group_members
    JOIN users ON users.id = user_group_members.user_id
    JOIN entities ON entities.id = user_group_members.entity_id
    WHERE user_group_id = $1 ORDER BY lower(users.name), users.id, entities.name
"""
_MEMBER_IN: Final = """
    SELECT entity_id FROM user_group_members
    WHERE user_group_id = $1 AND user_id = $2 AND entity_id = ANY ($3::bigint[]) ORDER BY entity_id FOR UPDATE
"""
_REACHED: Final = """
    SELECT entities.id FROM entities JOIN user_groups ON user_groups.group_id = entities.group_id
    WHERE user_groups.id = $1 AND entities.id = coalesce(user_groups.entity_id, entities.id) ORDER BY entities.id
"""
_ONE: Final = """
    SELECT id, group_id, entity_id, name, rights, validate_trade_ins, 0 AS members FROM user_groups
    WHERE id = $1 FOR UPDATE
"""


def _user_group(row: Row) -> UserGroup:
    return UserGroup(
        id=row["id"],
        group_id=row["group_id"],
        entity_id=row["entity_id"],
        name=row["name"],
        grant=grant_from(row),
        members=row["members"],
    )


async def user_groups_page(
    database: Database, entity_ids: Collection[int], *, page: int = 1, per_page: int = 50
) -> tuple[int, list[UserGroup]]:
    """The user groups of these entities and the shared ones of their holdings, shared ones first; how many in all."""
    async with database.acquire() as connection:
        rows = await connection.fetch(_READ, list(entity_ids), None, per_page, (page - 1) * per_page)
        if not rows and page > 1:
            first = await connection.fetchrow(_READ, list(entity_ids), None, 1, 0)
            return (0 if first is None else first["total"]), []
    return (rows[0]["total"] if rows else 0), [_user_group(row) for row in rows]


async def user_group(
    database: Database, user_group_id: int, entity_ids: Collection[int]
) -> tuple[UserGroup, list[Member]] | None:
    """A user group that these entities have, with who is in it, by name."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(_READ, list(entity_ids), user_group_id, 1, 0)
        if row is None:
            return None
        members = await connection.fetch(_MEMBERS, user_group_id)
    return _user_group(row), [Member(*member.values()) for member in members]


# Changing ------------------------------------------------------------------------------------------------------------


async def create_user_group(
    database: Database, by: By, entity_id: int, name: str, grant: Grant, *, shared: bool
) -> int | Refused:
    """A user group of the entity, or a shared one of its holding; nobody puts in what it does not hold (§1.3)."""
    assert by.user_id is not None, "a user group is made by somebody"
    try:
        async with changing_rights(database, (entity_id,)) as connection:
            refuse_beyond(entity_id, await managing_grant(connection, by.user_id, entity_id), NOTHING, grant)
            row = await connection.fetchrow(
                """INSERT INTO user_groups (group_id, entity_id, name, rights, validate_trade_ins, created_at)
                   SELECT group_id, CASE WHEN $2 THEN NULL ELSE id END, $3, $4, $5, $6 FROM entities WHERE id = $1
                   RETURNING id, group_id, entity_id, name, rights, validate_trade_ins, 0 AS members""",
                entity_id,
                shared,
                name,
                sorted(grant.rights),
                grant.trade_ins,
                by.at,
            )
            assert row is not None
            made = _user_group(row)
            fields: dict[str, list[object]] = {
                "name": [None, name],
                "rights": [[], sorted(grant.rights)],
                "validate_trade_ins": [None, grant.trade_ins],
            }
            await record(connection, by, _change(made, "created", fields))
    except asyncpg.UniqueViolationError:
        return Taken("name")
    except Undone as undone:
        return undone.refused
    return made.id


async def change_user_group(
    database: Database, by: By, user_group_id: int, *, name: str | None, grant: Grant | None
) -> list[int] | Refused:
    """Change name or rights, for everybody who is in it; gives whose rights that changes.

    Takes a manager of every entity where somebody is in it, who holds there what is added.
    """
    try:
        async with changing_rights(database, await _reached(database, user_group_id)) as connection:
            had = await _to_change(connection, by, user_group_id, grant or NOTHING)
            now = had.grant if grant is None else grant
            await connection.execute(
                "UPDATE user_groups SET name = $2, rights = $3, validate_trade_ins = $4 WHERE id = $1",
                user_group_id,
                name or had.name,
                sorted(now.rights),
                now.trade_ins,
            )
            fields: dict[str, list[object]] = {}
            if name is not None and name != had.name:
                fields["name"] = [had.name, name]
            if now != had.grant:
                fields["rights"] = [sorted(had.grant.rights), sorted(now.rights)]
                fields["validate_trade_ins"] = [had.grant.trade_ins, now.trade_ins]
            if fields:
                await record(connection, by, _change(had, "changed", fields))
            return [] if now == had.grant else await _members(connection, user_group_id)
    except asyncpg.UniqueViolationError:
        return Taken("name")
    except Undone as undone:
        return undone.refused


async def remove_user_group(database: Database, by: By, user_group_id: int) -> list[int] | Refused:
    """Remove it, and with it what it gave; gives who was in it."""
    try:
        async with changing_rights(database, await _reached(database, user_group_id)) as connection:
            had = await _to_change(connection, by, user_group_id, NOTHING)
            members = await _members(connection, user_group_id)
            await connection.execute("DELETE FROM user_groups WHERE id = $1", user_group_id)
            await record(connection, by, _change(had, "removed", {"name": [had.name, None]}))
            return members
    except Undone as undone:
        return undone.refused


async def add_member(
    database: Database,
    by: By,
    user_group_id: int,
    user_id: int,
    entity_id: int,
    *,
    every_entity: bool,
    seen_from: Collection[int],
) -> Refused | None:
    """Put a user into the group in this entity, or in every entity of the holding (§1.2).

    It works from now on for each of them. Takes a manager of each, who holds there what the group carries.
    """
    assert by.user_id is not None, "rights are given by somebody"
    reached = await _reached(database, user_group_id)
    if entity_id not in reached:
        return Unknown("entity")
    targets = reached if every_entity else [entity_id]
    try:
        async with changing_rights(database, targets) as connection:
            group = await _locked(connection, user_group_id)
            if not await works_with(connection, user_id, seen_from):
                return Unknown("user")
            for target in targets:
                giver = await managing_grant(connection, by.user_id, target)
                if await stored_grant(connection, user_id, target) is None:
                    await settle_membership(connection, user_id, target, WantedMembership())
                added = await connection.fetchval(
                    """INSERT INTO user_group_members (user_group_id, user_id, entity_id)
                       VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING user_id""",
                    user_group_id,
                    user_id,
                    target,
                )
                if added is None:
                    continue
                refuse_beyond(target, giver, NOTHING, group.grant)
                await record(connection, by, _change(group, "member_added", {"user": [None, user_id]}, target))
    except Undone as undone:
        return undone.refused
    return None


async def remove_member(
    database: Database, by: By, user_group_id: int, user_id: int, entity_id: int | None
) -> Refused | None:
    """Take a user out of the group in this entity, or without one in every entity; it keeps working there."""
    assert by.user_id is not None, "rights are taken by somebody"
    reached = await _reached(database, user_group_id)
    if entity_id is not None and entity_id not in reached:
        return Unknown("entity")
    targets = reached if entity_id is None else [entity_id]
    try:
        async with changing_rights(database, targets) as connection:
            group = await _locked(connection, user_group_id)
            found = await connection.fetch(_MEMBER_IN, user_group_id, user_id, targets)
            if not found:
                return Unknown("user")
            for row in found:
                await managing_grant(connection, by.user_id, row["entity_id"])
            for row in found:
                await connection.execute(
                    "DELETE FROM user_group_members WHERE user_group_id = $1 AND user_id = $2 AND entity_id = $3",
                    user_group_id,
                    user_id,
                    row["entity_id"],
                )
                await record(
                    connection, by, _change(group, "member_removed", {"user": [user_id, None]}, row["entity_id"])
                )
    except Undone as undone:
        return undone.refused
    return None


async def _reached(database: Database, user_group_id: int) -> list[int]:
    """The entities in which somebody may be in the group."""
    async with database.acquire() as connection:
        return [row["id"] for row in await connection.fetch(_REACHED, user_group_id)]


async def _locked(connection: AnyConnection, user_group_id: int) -> UserGroup:
    row = await connection.fetchrow(_ONE, user_group_id)
    if row is None:
        raise Undone(Unknown("id"))
    return _user_group(row)


async def _to_change(connection: AnyConnection, by: By, user_group_id: int, wanted: Grant) -> UserGroup:
    """The group, for whom manages every entity where somebody is in it and, without members, one that it reaches."""
    assert by.user_id is not None, "a user group is changed by somebody"
    found = await _locked(connection, user_group_id)
    members = await connection.fetch(
        "SELECT DISTINCT entity_id FROM user_group_members WHERE user_group_id = $1 ORDER BY 1", user_group_id
    )
    for row in members:
        giver = await managing_grant(connection, by.user_id, row["entity_id"])
        refuse_beyond(row["entity_id"], giver, found.grant, wanted)
    if not members:
        await _managing_one(connection, by.user_id, found, wanted)
    return found


async def _managing_one(connection: AnyConnection, user_id: int, group: UserGroup, wanted: Grant) -> None:
    refused: Undone | None = None
    for row in await connection.fetch(_REACHED, group.id):
        try:
            giver = await managing_grant(connection, user_id, row["id"])
            refuse_beyond(row["id"], giver, group.grant, wanted)
        except Undone as undone:
            if refused is None or isinstance(refused.refused, NotManaging):
                refused = undone
        else:
            return
    raise refused or Undone(Unknown("id"))


async def _members(connection: AnyConnection, user_group_id: int) -> list[int]:
    rows = await connection.fetch(
        "SELECT DISTINCT user_id FROM user_group_members WHERE user_group_id = $1", user_group_id
    )
    return [row["user_id"] for row in rows]


def _change(group: UserGroup, action: str, fields: dict[str, list[object]], entity_id: int | None = None) -> Change:
    """Whose record it is: that of the entity where something changes, else of the group's own, else the holding's."""
    owner = entity_id or group.entity_id
    return Change(
        subject="user_group",
        subject_id=group.id,
        action=action,
        fields=fields,
        entity_id=owner,
        group_id=None if owner is not None else group.group_id,
    )
