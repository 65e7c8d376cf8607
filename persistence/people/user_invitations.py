"""Colleagues who are invited to an entity by e-mail, by a single-use link that expires (§1.1, §2.1).

Only the hash of a link's secret is kept; the secret itself travels in the notice, and is blanked once the mail has
gone. What is given is checked twice, at the invitation and on acceptance, against what its manager holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg
from msgspec import Struct

from engine.instants import Instant, format_instant
from engine.notices import NoticeDue, NoticeKind, ToEmail
from engine.rights import NOTHING, Grant, beyond, together
from persistence.audit import By, Change, record
from persistence.notices.due import write_notices
from persistence.people.grants import (
    Refused,
    Taken,
    Undone,
    Unknown,
    changing_rights,
    grant_from,
    grant_of,
    lock_entities,
    managing_grant,
    refuse_beyond,
)
from persistence.people.registry import EmailTaken, NewUser
from persistence.people.users import WantedMembership, changed_fields, settle_membership, stored_grant

if TYPE_CHECKING:
    from collections.abc import Collection

    from persistence.database import AnyConnection, Database, Row


class NewInvitation(Struct, frozen=True, kw_only=True):
    """Whom to invite to which entity, and with what; `link` is what the mail leads to, and holds the secret."""

    email: str
    language: str
    entity_id: int
    grant: Grant
    user_groups: tuple[int, ...] = ()
    sites: tuple[int, ...] = ()
    token_sha256: bytes
    link: str
    expires_at: Instant


class PendingInvitation(Struct, frozen=True, kw_only=True):
    """An invitation that nobody has accepted or withdrawn yet; it may have expired."""

    id: int
    entity_id: int
    entity: str
    email: str
    language: str
    grant: Grant
    invited_by: str
    invited_at: Instant
    expires_at: Instant
    role: str | None = None
    """Of the account that has this address: `dealer`, `trader`; none: there is no such account."""


_READ: Final = """
    SELECT user_invitations.id, user_invitations.entity_id, entities.name AS entity, user_invitations.email,
           user_invitations.language, user_invitations.rights, user_invitations.validate_trade_ins,
           inviter.name AS invited_by, user_invitations.invited_at, user_invitations.expires_at,
           account.role, count(*) OVER () AS total
    FROM user_invitations
    JOIN entities ON entities.id = user_invitations.entity_id
    JOIN users AS inviter ON inviter.id = user_invitations.invited_by
    LEFT JOIN users AS account ON lower(account.email) = lower(user_invitations.email)
    WHERE user_invitations.accepted_at IS NULL AND user_invitations.withdrawn_at IS NULL
      AND ($1::bigint[] IS NULL OR user_invitations.entity_id = ANY ($1))
      AND ($2::bytea IS NULL OR user_invitations.token_sha256 = $2)
    ORDER BY user_invitations.id DESC LIMIT $3 OFFSET $4
"""
_CARRIED: Final = """
    SELECT rights, validate_trade_ins, id FROM user_groups
    WHERE id = ANY ($2::bigint[]) AND (entity_id = $1
          OR entity_id IS NULL AND group_id = (SELECT group_id FROM entities WHERE id = $1))
"""


def _pending(row: Row) -> PendingInvitation:
    return PendingInvitation(
        id=row["id"],
        entity_id=row["entity_id"],
        entity=row["entity"],
        email=row["email"],
        language=row["language"],
        grant=grant_from(row),
        invited_by=row["invited_by"],
        invited_at=row["invited_at"],
        expires_at=row["expires_at"],
        role=row["role"],
    )


# Inviting ------------------------------------------------------------------------------------------------------------


async def invite_colleague(database: Database, by: By, new: NewInvitation) -> int | Refused:
    """Invite somebody to the entity; an earlier invitation of the same address there is withdrawn. Gives its id."""
    assert by.user_id is not None, "a colleague is invited by somebody"
    try:
        async with changing_rights(database, (new.entity_id,)) as connection:
            giver = await managing_grant(connection, by.user_id, new.entity_id)
            refuse_beyond(new.entity_id, giver, NOTHING, await _carried(connection, new))
            if await _works_there(connection, new):
                return Taken("email")
            await connection.execute(
                """UPDATE user_invitations SET withdrawn_at = $3
                   WHERE entity_id = $1 AND lower(email) = lower($2) AND accepted_at IS NULL
                     AND withdrawn_at IS NULL""",
                new.entity_id,
                new.email,
                by.at,
            )
            invitation_id = await _insert(connection, by, new)
            await write_notices(connection, [await _told(connection, by, new, invitation_id)])
            fields = {"email": [None, new.email], "rights": [[], sorted(new.grant.rights)]}
            change = Change(
                subject="user_invitation",
                subject_id=invitation_id,
                action="created",
                fields=fields,
                entity_id=new.entity_id,
            )
            await record(connection, by, change)
    except Undone as undone:
        return undone.refused
    return invitation_id


async def _carried(connection: AnyConnection, new: NewInvitation) -> Grant:
    """All that the invitation would give. Raises Undone(Unknown)."""
    groups = await connection.fetch(_CARRIED, new.entity_id, list(new.user_groups))
    if len(groups) != len(set(new.user_groups)):
        raise Undone(Unknown("user_groups"))
    sites = await connection.fetch(
        "SELECT id FROM sites WHERE entity_id = $1 AND id = ANY ($2::bigint[])", new.entity_id, list(new.sites)
    )
    if len(sites) != len(set(new.sites)):
        raise Undone(Unknown("sites"))
    return together((new.grant, *map(grant_from, groups)))


async def _works_there(connection: AnyConnection, new: NewInvitation) -> bool:
    found: bool = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM memberships JOIN users ON users.id = memberships.user_id
                          WHERE memberships.entity_id = $1 AND lower(users.email) = lower($2))""",
        new.entity_id,
        new.email,
    )
    return found


async def _insert(connection: AnyConnection, by: By, new: NewInvitation) -> int:
    made: int = await connection.fetchval(
        """INSERT INTO user_invitations (token_sha256, entity_id, email, language, rights, validate_trade_ins,
               user_group_ids, site_ids, invited_by, invited_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id""",
        new.token_sha256,
        new.entity_id,
        new.email,
        new.language,
        sorted(new.grant.rights),
        new.grant.trade_ins,
        sorted(set(new.user_groups)),
        sorted(set(new.sites)),
        by.user_id,
        by.at,
        new.expires_at,
    )
    return made


async def _told(connection: AnyConnection, by: By, new: NewInvitation, invitation_id: int) -> NoticeDue:
    row = await connection.fetchrow(
        """SELECT users.name, entities.name AS entity FROM users, entities
           WHERE users.id = $1 AND entities.id = $2""",
        by.user_id,
        new.entity_id,
    )
    assert row is not None
    return NoticeDue(
        key=f"user_invited-{invitation_id}",
        kind=NoticeKind.USER_INVITED,
        to=ToEmail(new.email, new.language),
        at=by.at,
        params={
            "name": row["name"],
            "entity": row["entity"],
            "expires_at": format_instant(new.expires_at),
            "secret": new.link,
        },
    )


async def pending_page(
    database: Database, entity_ids: Collection[int], *, page: int = 1, per_page: int = 50
) -> tuple[int, list[PendingInvitation]]:
    """The pending invitations to these entities, the latest first; how many in all. Tells of no account."""
    async with database.acquire() as connection:
        rows = await connection.fetch(_READ, list(entity_ids), None, per_page, (page - 1) * per_page)
        if not rows and page > 1:
            first = await connection.fetchrow(_READ, list(entity_ids), None, 1, 0)
            return (0 if first is None else first["total"]), []
    return (rows[0]["total"] if rows else 0), [_pending(row) for row in rows]


async def withdraw(database: Database, by: By, invitation_id: int, *, seen_from: Collection[int]) -> Refused | None:
    """Let nobody accept an invitation to one of these entities any more."""
    assert by.user_id is not None, "an invitation is withdrawn by somebody"
    try:
        async with database.transaction() as connection:
            row = await connection.fetchrow(
                """UPDATE user_invitations SET withdrawn_at = $2
                   WHERE id = $1 AND entity_id = ANY ($3::bigint[]) AND accepted_at IS NULL AND withdrawn_at IS NULL
                   RETURNING entity_id, email""",
                invitation_id,
                by.at,
                list(seen_from),
            )
            if row is None:
                return Unknown("id")
            await managing_grant(connection, by.user_id, row["entity_id"])
            change = Change(
                subject="user_invitation",
                subject_id=invitation_id,
                action="withdrawn",
                fields={"email": [row["email"], None]},
                entity_id=row["entity_id"],
            )
            await record(connection, by, change)
    except Undone as undone:
        return undone.refused
    return None


# Accepting -----------------------------------------------------------------------------------------------------------


async def invitation_of(database: Database, token_sha256: bytes, now: Instant) -> PendingInvitation | None:
    """The invitation that a link leads to, while it can be accepted."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(_READ, None, token_sha256, 1, 0)
    return None if row is None or row["expires_at"] <= now else _pending(row)


async def accept(
    database: Database, token_sha256: bytes, at: Instant, who: NewUser | int
) -> int | Unknown | EmailTaken:
    """Take the invitation up, once: as a new account, or as the dealer who has the address. Gives the user's id."""
    try:
        async with database.transaction() as connection:
            entity_id = await connection.fetchval(
                "SELECT entity_id FROM user_invitations WHERE token_sha256 = $1", token_sha256
            )
            await lock_entities(connection, () if entity_id is None else (entity_id,))
            row = await connection.fetchrow(
                """SELECT * FROM user_invitations WHERE token_sha256 = $1 AND accepted_at IS NULL
                   AND withdrawn_at IS NULL AND expires_at > $2 FOR UPDATE""",
                token_sha256,
                at,
            )
            if row is None:
                return Unknown("secret")
            user_id = await _account(connection, row, who)
            await connection.execute(
                "UPDATE user_invitations SET accepted_at = $2, accepted_by = $3 WHERE id = $1", row["id"], at, user_id
            )
            await _join(connection, By(user_id, at), row)
    except asyncpg.UniqueViolationError:
        return EmailTaken("" if isinstance(who, int) else who.email)
    except Undone:
        return Unknown("secret")
    return user_id


async def _account(connection: AnyConnection, invitation: Row, user: NewUser | int) -> int:
    """The account that joins: the one that has the address already, or a new one. Raises Undone(Unknown)."""
    if isinstance(user, int):
        known = await connection.fetchval(
            """SELECT id FROM users WHERE id = $1 AND lower(email) = lower($2) AND role = 'dealer'
               AND disabled_at IS NULL FOR UPDATE""",
            user,
            invitation["email"],
        )
        if known is None:
            raise Undone(Unknown("secret"))
        return user
    made: int = await connection.fetchval(
        """INSERT INTO users (role, email, name, password_hash, language, home_entity_id)
           VALUES ('dealer', $1, $2, $3, $4, $5) RETURNING id""",
        invitation["email"],
        user.name,
        user.password_hash,
        user.language,
        invitation["entity_id"],
    )
    return made


async def _join(connection: AnyConnection, by: By, invitation: Row) -> None:
    """Give what was offered to somebody who does not work there yet; what is gone since gives nothing.

    Raises Undone(Unknown) if the manager who offered it could not do so any more (§1.3).
    """
    assert by.user_id is not None
    user_id, entity_id = by.user_id, invitation["entity_id"]
    groups = await connection.fetch(_CARRIED, entity_id, invitation["user_group_ids"])
    offered = together((grant_from(invitation), *map(grant_from, groups)))
    giver = await grant_of(connection, invitation["invited_by"], entity_id)
    if not giver.manages_users or beyond(giver, NOTHING, offered):
        raise Undone(Unknown("secret"))
    if await stored_grant(connection, user_id, entity_id) is not None:
        return
    sites = await connection.fetch(
        "SELECT id FROM sites WHERE entity_id = $1 AND id = ANY ($2::bigint[])", entity_id, invitation["site_ids"]
    )
    wanted = WantedMembership(
        grant=grant_from(invitation),
        user_groups=tuple(group["id"] for group in groups),
        sites=tuple(site["id"] for site in sites),
    )
    await settle_membership(connection, user_id, entity_id, wanted)
    fields = changed_fields(NOTHING, offered, wanted)
    await record(
        connection,
        by,
        Change(subject="user", subject_id=user_id, action="joined", fields=fields, entity_id=entity_id),
    )
