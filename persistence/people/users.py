"""The people of an entity: their cards, where they work, what they may do there, and whether they still may (§1).

Stores and reads; every change is recorded in its transaction. Rights are changed under lock (grants.py);
what comes back as a value is what a manager can get wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.rights import NOTHING, Grant
from persistence.audit import By, Change, record
from persistence.people.grants import (
    NotManaging,
    Refused,
    Undone,
    Unknown,
    changing_rights,
    grant_from,
    managing_grant,
    refuse_beyond,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.instants import Instant
    from persistence.database import AnyConnection, Database


class SignedOut(Struct, frozen=True):
    """What signs nobody in any more: sessions by the SHA-256 of their secret, tokens by their id."""

    sessions: tuple[bytes, ...] = ()
    tokens: tuple[int, ...] = ()


class OnlyMembership(Struct, frozen=True):
    """The user works nowhere else: such an account is disabled, not left without an entity."""


class WantedMembership(Struct, frozen=True, kw_only=True):
    """What a manager wants of a user in an entity; `None` leaves it as it is. Sites and user groups by their ids."""

    grant: Grant | None = None
    user_groups: tuple[int, ...] | None = None
    sites: tuple[int, ...] | None = None


_CARRIED: Final = """
    SELECT user_groups.id FROM user_groups JOIN entities ON entities.group_id = user_groups.group_id
    WHERE entities.id = $1 AND (user_groups.entity_id IS NULL OR user_groups.entity_id = entities.id)
      AND user_groups.id = ANY ($2::bigint[]) FOR SHARE OF user_groups
"""


# Where somebody works, and what it may do there ----------------------------------------------------------------------


async def works_with(connection: AnyConnection, user_id: int, entity_ids: Collection[int]) -> bool:
    """Whether the user works for one of these entities."""
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM memberships WHERE user_id = $1 AND entity_id = ANY ($2::bigint[]))",
        user_id,
        list(entity_ids),
    )
    return found


async def stored_grant(connection: AnyConnection, user_id: int, entity_id: int) -> Grant | None:
    """What the user's membership and user groups hold in the entity, disabled or not; none: it does not work there."""
    row = await connection.fetchrow(
        "SELECT rights, validate_trade_ins FROM effective_memberships WHERE user_id = $1 AND entity_id = $2",
        user_id,
        entity_id,
    )
    return None if row is None else grant_from(row)


async def sources(connection: AnyConnection, user_id: int, entity_id: int) -> dict[int | None, Grant]:
    """Where the user's rights in the entity come from: each user group by its id, and the membership itself (None)."""
    rows = await connection.fetch(
        """SELECT NULL AS id, rights, validate_trade_ins FROM memberships WHERE user_id = $1 AND entity_id = $2
           UNION ALL
           SELECT id, rights, validate_trade_ins FROM user_groups
           WHERE id IN (SELECT user_group_id FROM user_group_members WHERE user_id = $1 AND entity_id = $2)""",
        user_id,
        entity_id,
    )
    return {row["id"]: grant_from(row) for row in rows}


async def change_membership(
    database: Database, by: By, user_id: int, entity_id: int, wanted: WantedMembership, *, seen_from: Collection[int]
) -> Refused | None:
    """Let a user that works for one of `seen_from` work for the entity, or do other things there (§1.1, §1.3)."""
    assert by.user_id is not None, "rights are given by somebody"
    try:
        async with changing_rights(database, (entity_id,)) as connection:
            if not await works_with(connection, user_id, seen_from):
                return Unknown("id")
            giver = await managing_grant(connection, by.user_id, entity_id)
            had = await stored_grant(connection, user_id, entity_id)
            before = await sources(connection, user_id, entity_id)
            await settle_membership(connection, user_id, entity_id, wanted)
            now = await stored_grant(connection, user_id, entity_id)
            assert now is not None
            # Source by source: what one user group lends is not given once more, to stay when the group goes.
            for source, grant in (await sources(connection, user_id, entity_id)).items():
                refuse_beyond(entity_id, giver, before.get(source, NOTHING), grant)
            await record(
                connection,
                by,
                Change(
                    subject="user",
                    subject_id=user_id,
                    action="joined" if had is None else "rights_changed",
                    fields=changed_fields(had or NOTHING, now, wanted),
                    entity_id=entity_id,
                ),
            )
    except Undone as undone:
        return undone.refused
    return None


async def settle_membership(connection: AnyConnection, user_id: int, entity_id: int, wanted: WantedMembership) -> None:
    """Make the membership what is wanted, in the caller's transaction. Raises Undone(Unknown)."""
    grant = wanted.grant or NOTHING
    await connection.execute(
        """INSERT INTO memberships (user_id, entity_id, rights, validate_trade_ins) VALUES ($1, $2, $3, $4)
           ON CONFLICT (user_id, entity_id) DO UPDATE
           SET rights = CASE WHEN $5 THEN excluded.rights ELSE memberships.rights END,
               validate_trade_ins = CASE WHEN $5 THEN excluded.validate_trade_ins
                                    ELSE memberships.validate_trade_ins END""",
        user_id,
        entity_id,
        sorted(grant.rights),
        grant.trade_ins,
        wanted.grant is not None,
    )
    if wanted.user_groups is not None:
        await _settle_user_groups(connection, user_id, entity_id, set(wanted.user_groups))
    if wanted.sites is not None:
        await _settle_sites(connection, user_id, entity_id, set(wanted.sites))


async def _settle_user_groups(connection: AnyConnection, user_id: int, entity_id: int, wanted: set[int]) -> None:
    found = {row["id"] for row in await connection.fetch(_CARRIED, entity_id, sorted(wanted))}
    if found != wanted:
        raise Undone(Unknown("user_groups"))
    await connection.execute(
        """DELETE FROM user_group_members
           WHERE user_id = $1 AND entity_id = $2 AND NOT user_group_id = ANY ($3::bigint[])""",
        user_id,
        entity_id,
        sorted(wanted),
    )
    await connection.execute(
        """INSERT INTO user_group_members (user_id, entity_id, user_group_id)
           SELECT $1, $2, wanted FROM unnest($3::bigint[]) AS wanted ON CONFLICT DO NOTHING""",
        user_id,
        entity_id,
        sorted(wanted),
    )


async def _settle_sites(connection: AnyConnection, user_id: int, entity_id: int, wanted: set[int]) -> None:
    await connection.execute("DELETE FROM user_sites WHERE user_id = $1 AND entity_id = $2", user_id, entity_id)
    made = await connection.fetch(
        """INSERT INTO user_sites (user_id, entity_id, site_id)
           SELECT $1, $2, id FROM sites WHERE entity_id = $2 AND id = ANY ($3::bigint[]) RETURNING site_id""",
        user_id,
        entity_id,
        sorted(wanted),
    )
    if len(made) != len(wanted):
        raise Undone(Unknown("sites"))


def changed_fields(had: Grant, now: Grant, wanted: WantedMembership) -> dict[str, object]:
    """What an audit entry tells of a membership: rights with those of user groups, and what was asked for."""
    fields: dict[str, object] = {}
    if had.rights != now.rights:
        fields["rights"] = [sorted(had.rights), sorted(now.rights)]
    if had.trade_ins != now.trade_ins:
        fields["validate_trade_ins"] = [had.trade_ins, now.trade_ins]
    if wanted.user_groups is not None:
        fields["user_groups"] = sorted(wanted.user_groups)
    if wanted.sites is not None:
        fields["sites"] = sorted(wanted.sites)
    return fields


async def end_membership(database: Database, by: By, user_id: int, entity_id: int) -> Refused | OnlyMembership | None:
    """Let the user work for the entity no more; its home becomes another of its entities if it was this one."""
    assert by.user_id is not None, "rights are taken by somebody"
    try:
        async with changing_rights(database, (entity_id,)) as connection:
            await managing_grant(connection, by.user_id, entity_id)
            await connection.execute("SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE", user_id)
            had = await stored_grant(connection, user_id, entity_id)
            if had is None:
                return Unknown("id")
            other = await connection.fetchval(
                "SELECT min(entity_id) FROM memberships WHERE user_id = $1 AND entity_id <> $2", user_id, entity_id
            )
            if other is None:
                return OnlyMembership()
            await connection.execute(
                "UPDATE users SET home_entity_id = $3 WHERE id = $1 AND home_entity_id = $2", user_id, entity_id, other
            )
            await connection.execute(
                "DELETE FROM memberships WHERE user_id = $1 AND entity_id = $2", user_id, entity_id
            )
            await withdraw_invitations(connection, by, user_id, entity_id)
            fields = {"rights": [sorted(had.rights), []]}
            await record(
                connection,
                by,
                Change(subject="user", subject_id=user_id, action="left", fields=fields, entity_id=entity_id),
            )
    except Undone as undone:
        return undone.refused
    return None


async def withdraw_invitations(connection: AnyConnection, by: By, user_id: int, entity_id: int) -> None:
    """What somebody offered in an entity where it no longer manages users is offered no more."""
    await connection.execute(
        """UPDATE user_invitations SET withdrawn_at = $3
           WHERE invited_by = $1 AND entity_id = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL""",
        user_id,
        entity_id,
        by.at,
    )


# Whether somebody still may sign in ----------------------------------------------------------------------------------


async def change_user(
    database: Database, by: By, user_id: int, *, name: str | None, language: str | None
) -> Refused | None:
    """Change how a user is called, or in which language it reads. Takes itself, or a manager of all its entities."""
    try:
        async with database.transaction() as connection:
            row = await connection.fetchrow(
                "SELECT name, language, home_entity_id FROM users WHERE id = $1 FOR NO KEY UPDATE", user_id
            )
            if row is None:
                return Unknown("id")
            if by.user_id != user_id:
                await _managing_all(connection, by, await _entities(connection, user_id))
            wanted = {"name": name or row["name"], "language": language or row["language"]}
            fields = {field: [row[field], value] for field, value in wanted.items() if row[field] != value}
            if fields:
                await connection.execute(
                    "UPDATE users SET name = $2, language = $3 WHERE id = $1",
                    user_id,
                    wanted["name"],
                    wanted["language"],
                )
                change = Change(
                    subject="user",
                    subject_id=user_id,
                    action="changed",
                    fields=fields,
                    entity_id=row["home_entity_id"],
                )
                await record(connection, by, change)
    except Undone as undone:
        return undone.refused
    return None


async def disable(database: Database, by: By, user_id: int) -> SignedOut | Refused:
    """Let nobody sign in with the account any more, from now on (§1). Takes a manager of all its entities."""
    entity_ids = await entities_of_user(database, user_id)
    try:
        async with changing_rights(database, entity_ids) as connection:
            await _managed(connection, by, user_id, entity_ids)
            if not await _switched(connection, by, user_id, disabled_at=by.at):
                return SignedOut()
            for entity_id in entity_ids:
                await withdraw_invitations(connection, by, user_id, entity_id)
            return await sign_out_everywhere(connection, user_id, tokens_at=by.at)
    except Undone as undone:
        return undone.refused


async def enable(database: Database, by: By, user_id: int) -> Refused | None:
    """Let the account sign in again, with the rights it had: nobody gives back what it does not hold (§1.3)."""
    entity_ids = await entities_of_user(database, user_id)
    try:
        async with changing_rights(database, entity_ids) as connection:
            givers = await _managed(connection, by, user_id, entity_ids)
            if await _switched(connection, by, user_id, disabled_at=None):
                for entity_id, giver in givers.items():
                    regained = await stored_grant(connection, user_id, entity_id)
                    refuse_beyond(entity_id, giver, NOTHING, regained or NOTHING)
    except Undone as undone:
        return undone.refused
    return None


async def entities_of_user(database: Database, user_id: int) -> list[int]:
    """Where the user works, by id."""
    async with database.acquire() as connection:
        return await _entities(connection, user_id)


async def _entities(connection: AnyConnection, user_id: int) -> list[int]:
    rows = await connection.fetch("SELECT entity_id FROM memberships WHERE user_id = $1 ORDER BY entity_id", user_id)
    return [row["entity_id"] for row in rows]


async def _managed(connection: AnyConnection, by: By, user_id: int, locked: Collection[int]) -> dict[int, Grant]:
    """What a manager of all the user's entities holds in each. Raises Undone.

    An entity that the user came to since `locked` was read is nobody's to decide here: the manager asks again.
    """
    await connection.execute("SELECT FROM users WHERE id = $1 FOR UPDATE", user_id)
    found = await _entities(connection, user_id)
    for entity_id in found:
        if entity_id not in locked:
            raise Undone(NotManaging(entity_id))
    return await _managing_all(connection, by, found)


async def _managing_all(connection: AnyConnection, by: By, entity_ids: Collection[int]) -> dict[int, Grant]:
    """What the manager holds in each of a user's entities. Raises Undone."""
    assert by.user_id is not None, "another's account is changed by somebody"
    if not entity_ids:
        raise Undone(Unknown("id"))
    return {entity_id: await managing_grant(connection, by.user_id, entity_id) for entity_id in entity_ids}


async def _switched(connection: AnyConnection, by: By, user_id: int, *, disabled_at: Instant | None) -> bool:
    """Whether that changes anything."""
    home = await connection.fetchval(
        """UPDATE users SET disabled_at = $2
           WHERE id = $1 AND (disabled_at IS NULL) <> ($2::timestamptz IS NULL) RETURNING home_entity_id""",
        user_id,
        disabled_at,
    )
    if home is None:
        return False
    action = "enabled" if disabled_at is None else "disabled"
    await record(connection, by, Change(subject="user", subject_id=user_id, action=action, entity_id=home))
    return True


async def sign_out_everywhere(
    connection: AnyConnection, user_id: int, *, but: bytes | None = None, tokens_at: Instant | None = None
) -> SignedOut:
    """End the user's sessions but the one named, and with `tokens_at` its tokens; in the caller's transaction."""
    sessions = await connection.fetch(
        """DELETE FROM sessions WHERE user_id = $1 AND token_sha256 IS DISTINCT FROM $2 RETURNING token_sha256""",
        user_id,
        but,
    )
    tokens = []
    if tokens_at is not None:
        tokens = await connection.fetch(
            "UPDATE api_tokens SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL RETURNING id",
            user_id,
            tokens_at,
        )
    return SignedOut(tuple(row["token_sha256"] for row in sessions), tuple(row["id"] for row in tokens))
