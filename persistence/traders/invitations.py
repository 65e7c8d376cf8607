"""Invitations of traders by single-use links, for several entities of a group at once (§2.2, §2.3).

The link's secret is kept as its SHA-256 alone; the notice carries it to the mail. Following it makes the account, or
takes the one that is signed in, and every connection that it names, in one transaction and once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from engine.instants import Instant, format_instant
from engine.notices import NoticeDue, NoticeKind, ToEmail, ToTrader, ToUser
from persistence.audit import By, Change, record
from persistence.notices.due import write_notices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.notices import Addressee
    from persistence.database import AnyConnection, Database, Row

STATES: Final = ("pending", "expired", "accepted", "withdrawn")


class NewInvitation(Struct, frozen=True, kw_only=True):
    """Whom to invite: a trader that has a card, an address, or both. `company` fills the form in (§2.2)."""

    entity_ids: tuple[int, ...]
    trader_id: int | None
    email: str | None
    language: str
    company: Mapping[str, str]


class Link(Struct, frozen=True):
    """A fresh link: its secret for the mail, the hash for the book, and when it dies."""

    secret: str
    sha256: bytes
    expires_at: Instant


class AlreadyConnected(Struct, frozen=True):
    """The trader is connected with these entities."""

    entity_ids: tuple[int, ...]


class AlreadyInvited(Struct, frozen=True):
    """An invitation to it is pending for one of the entities."""

    invitation_id: int


class NoAddress(Struct, frozen=True):
    """Nobody of the trader has an account, and its card has no e-mail."""


class InvitedEntity(Struct, frozen=True):
    """An entity that invites."""

    id: int
    name: str


class Invitation(Struct, frozen=True, kw_only=True):
    """An invitation. `state` is one of STATES; `name` of the trader's card, else what the dealer typed, else ''."""

    id: int
    group_id: int
    group: str
    trader_id: int | None
    email: str | None
    language: str
    company: Mapping[str, str]
    name: str
    entities: tuple[InvitedEntity, ...]
    state: str
    sent_at: Instant
    expires_at: Instant
    invited_by: str


READ: Final = """
    SELECT invitation.*, groups.name AS group, coalesce(users.name, '') AS invited_by,
           coalesce(trader.legal_name, invitation.company->>'legal_name', '') AS name,
           CASE WHEN accepted_at IS NOT NULL THEN 'accepted' WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
                WHEN expires_at <= $1 THEN 'expired' ELSE 'pending' END AS state,
           (SELECT json_agg(json_build_object('id', entities.id, 'name', entities.name) ORDER BY entities.name)
            FROM invitation_entities AS named JOIN entities ON entities.id = named.entity_id
            WHERE named.invitation_id = invitation.id) AS entities
    FROM invitations AS invitation JOIN groups ON groups.id = invitation.group_id
    LEFT JOIN users ON users.id = invitation.created_by
    LEFT JOIN trader_companies AS trader ON trader.id = invitation.trader_id
"""
# Reading -------------------------------------------------------------------------------------------------------------


def invitation_read(row: Row) -> Invitation:
    """A row of `READ`."""
    entities = [InvitedEntity(each["id"], each["name"]) for each in json.loads(row["entities"])]
    return Invitation(
        id=row["id"],
        group_id=row["group_id"],
        group=row["group"],
        trader_id=row["trader_id"],
        email=row["email"],
        language=row["language"],
        company=json.loads(row["company"]),
        name=row["name"],
        entities=tuple(entities),
        state=row["state"],
        sent_at=row["sent_at"],
        expires_at=row["expires_at"],
        invited_by=row["invited_by"],
    )


async def invitation_of(database: Database, invitation_id: int, now: Instant) -> Invitation | None:
    """One invitation."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(f"{READ} WHERE invitation.id = $2", now, invitation_id)
    return None if row is None else invitation_read(row)


async def invitation_by_link(database: Database, sha256: bytes, now: Instant) -> Invitation | None:
    """The invitation that this link belongs to, in whatever state."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(f"{READ} WHERE invitation.token_sha256 = $2", now, sha256)
    return None if row is None else invitation_read(row)


# Inviting ------------------------------------------------------------------------------------------------------------


async def invite(
    database: Database, new: NewInvitation, link: Link, by: By
) -> int | AlreadyConnected | AlreadyInvited | NoAddress:
    """Write an invitation and the one notice that carries its link (§2.2). Gives its id.

    The entities are of one group, as the doors see to; they are held, so that two invitations at once are one.
    """
    async with database.transaction() as connection:
        group_id: int = await connection.fetchval(
            """SELECT min(group_id) FROM (SELECT group_id FROM entities WHERE id = ANY ($1::bigint[])
               ORDER BY id FOR NO KEY UPDATE) AS held""",
            list(new.entity_ids),
        )
        new = await _addressed(connection, new)
        if new.email is None and not await _has_account(connection, new.trader_id):
            return NoAddress()
        refused = await _refused(connection, new, by.at)
        if refused is not None:
            return refused
        invitation_id: int = await connection.fetchval(
            """INSERT INTO invitations
                   (group_id, trader_id, email, language, company, token_sha256, created_by, sent_at, expires_at)
               VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9) RETURNING id""",
            group_id,
            new.trader_id,
            new.email,
            new.language,
            msgspec.json.encode(dict(new.company)).decode(),
            link.sha256,
            by.user_id,
            by.at,
            link.expires_at,
        )
        await connection.execute(
            """INSERT INTO invitation_entities (invitation_id, entity_id)
               SELECT DISTINCT $1::bigint, unnest($2::bigint[])""",
            invitation_id,
            list(new.entity_ids),
        )
        await _record(connection, by, invitation_id, "sent")
        await _send(connection, invitation_id, link, by.at)
    return invitation_id


async def _addressed(connection: AnyConnection, new: NewInvitation) -> NewInvitation:
    """A trader with accounts is written to as such; one without, at the address given or at its card's."""
    if new.trader_id is None:
        return new
    if await _has_account(connection, new.trader_id):
        return msgspec.structs.replace(new, email=None)
    email = new.email or await connection.fetchval(
        "SELECT nullif(email, '') FROM trader_companies WHERE id = $1", new.trader_id
    )
    return msgspec.structs.replace(new, email=email)


async def _has_account(connection: AnyConnection, trader_id: int | None) -> bool:
    found: bool = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM users WHERE trader_id = $1 AND disabled_at IS NULL)", trader_id
    )
    return found


async def _refused(
    connection: AnyConnection, new: NewInvitation, now: Instant, *, but: int = 0
) -> AlreadyConnected | AlreadyInvited | None:
    """Nobody is invited twice: neither who is connected, nor who is asked already (but by the invitation `but`), by its
    card or by an address of its people.
    """
    trader_id = new.trader_id or await connection.fetchval(
        "SELECT trader_id FROM users WHERE lower(email) = lower($1) AND role = 'trader'", new.email
    )
    connected = await connection.fetch(
        """SELECT entity_id FROM connections
           WHERE trader_id = $1 AND entity_id = ANY ($2::bigint[]) AND removed_at IS NULL ORDER BY entity_id""",
        trader_id,
        list(new.entity_ids),
    )
    if connected:
        return AlreadyConnected(tuple(row["entity_id"] for row in connected))
    pending = await connection.fetchval(
        """SELECT invitations.id FROM invitations JOIN invitation_entities ON invitation_id = invitations.id
           WHERE entity_id = ANY ($1::bigint[])
             AND (trader_id = $2 OR lower(email) = lower($3)
                  OR lower(email) IN (SELECT lower(email) FROM users WHERE trader_id = $2))
             AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $4 AND invitations.id <> $5 LIMIT 1""",
        list(new.entity_ids),
        trader_id,
        new.email,
        now,
        but,
    )
    return None if pending is None else AlreadyInvited(pending)


async def resend(
    database: Database, invitation_id: int, link: Link, by: By
) -> bool | AlreadyConnected | AlreadyInvited:
    """Send a pending or expired invitation again; the old link dies. Whether it could be.

    What forbids an invitation forbids this one again: its entities are held, as if it were new.
    """
    async with database.transaction() as connection:
        await connection.execute(
            """SELECT FROM entities
               WHERE id IN (SELECT entity_id FROM invitation_entities WHERE invitation_id = $1)
               ORDER BY id FOR NO KEY UPDATE""",
            invitation_id,
        )
        row = await connection.fetchrow(
            "SELECT * FROM invitations WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL FOR UPDATE",
            invitation_id,
        )
        if row is None:
            return False
        refused = await _refused(connection, await _as_sent(connection, row), by.at, but=invitation_id)
        if refused is not None:
            return refused
        await connection.execute(
            """UPDATE invitations SET token_sha256 = $2, sent_at = $3, expires_at = $4, sent_count = sent_count + 1
               WHERE id = $1""",
            invitation_id,
            link.sha256,
            by.at,
            link.expires_at,
        )
        await _record(connection, by, invitation_id, "sent_again")
        await _send(connection, invitation_id, link, by.at)
    return True


async def _as_sent(connection: AnyConnection, row: Row) -> NewInvitation:
    rows = await connection.fetch("SELECT entity_id FROM invitation_entities WHERE invitation_id = $1", row["id"])
    return NewInvitation(
        entity_ids=tuple(each["entity_id"] for each in rows),
        trader_id=row["trader_id"],
        email=row["email"],
        language=row["language"],
        company={},
    )


async def withdraw(database: Database, invitation_id: int, by: By) -> bool:
    """End an invitation that is not accepted; its link is dead. Whether it could be."""
    async with database.transaction() as connection:
        withdrawn = await connection.fetchval(
            """UPDATE invitations SET withdrawn_at = $2
               WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL RETURNING id""",
            invitation_id,
            by.at,
        )
        if withdrawn is None:
            return False
        await _record(connection, by, invitation_id, "withdrawn")
    return True


async def pending_for(connection: AnyConnection, entity_id: int, trader_id: int, now: Instant) -> list[int]:
    """The entity's invitations of the trader, or of its people, that could be accepted; held."""
    rows = await connection.fetch(
        """SELECT id FROM invitations
           WHERE id IN (SELECT invitation_id FROM invitation_entities WHERE entity_id = $1)
             AND (trader_id = $2 OR lower(email) IN (SELECT lower(email) FROM users WHERE trader_id = $2))
             AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3
           ORDER BY id FOR UPDATE""",
        entity_id,
        trader_id,
        now,
    )
    return [row["id"] for row in rows]


async def withdraw_for(connection: AnyConnection, entity_id: int, invitation_ids: Iterable[int], by: By) -> None:
    """The entity invites no more with these, in the caller's transaction; what others offer with them stands."""
    for invitation_id in invitation_ids:
        change = Change(subject="invitation", subject_id=invitation_id, action="withdrawn", entity_id=entity_id)
        await record(connection, by, change)
        left = await connection.fetchval(
            "SELECT count(*) FROM invitation_entities WHERE invitation_id = $1 AND entity_id <> $2",
            invitation_id,
            entity_id,
        )
        if left:
            await connection.execute(
                "DELETE FROM invitation_entities WHERE invitation_id = $1 AND entity_id = $2", invitation_id, entity_id
            )
        else:
            await connection.execute("UPDATE invitations SET withdrawn_at = $2 WHERE id = $1", invitation_id, by.at)


async def _send(connection: AnyConnection, invitation_id: int, link: Link, at: Instant) -> None:
    """One notice for all entities; its key tells one sending from the next."""
    row = await connection.fetchrow(f"{READ} WHERE invitation.id = $2", at, invitation_id)
    assert row is not None
    invitation = invitation_read(row)
    params: dict[str, str | int | None] = {
        "invitation": invitation.id,
        "group": invitation.group,
        "entities": ", ".join(entity.name for entity in invitation.entities),
        "company": invitation.name or None,
        "invited_by": invitation.invited_by,
        "expires_at": format_instant(link.expires_at),
        "secret": link.secret,
    }
    notice = NoticeDue(
        key=f"connection_invited-{invitation.id}-{row['sent_count']}",
        kind=NoticeKind.CONNECTION_INVITED,
        to=await _addressee(connection, invitation),
        at=at,
        params=params,
    )
    await write_notices(connection, [notice])


async def _addressee(connection: AnyConnection, invitation: Invitation) -> Addressee:
    if invitation.email is None:
        assert invitation.trader_id is not None
        return ToTrader(invitation.trader_id)
    user_id = await connection.fetchval(
        "SELECT id FROM users WHERE lower(email) = lower($1) AND role = 'trader' AND disabled_at IS NULL",
        invitation.email,
    )
    return ToEmail(invitation.email, invitation.language) if user_id is None else ToUser(user_id)


async def _record(connection: AnyConnection, by: By, invitation_id: int, action: str) -> None:
    """On record for each entity that it names, by whom it goes to."""
    rows = await connection.fetch(
        """SELECT entity_id, coalesce(email, '') AS email, trader_id FROM invitations
           JOIN invitation_entities ON invitation_id = invitations.id WHERE invitations.id = $1 ORDER BY entity_id""",
        invitation_id,
    )
    for row in rows:
        fields: dict[str, Any] = {}
        if action == "sent":
            fields = {"email": [None, row["email"]], "trader": [None, row["trader_id"]]}
        change = Change(
            subject="invitation",
            subject_id=invitation_id,
            action=action,
            fields=fields,
            entity_id=row["entity_id"],
        )
        await record(connection, by, change)
