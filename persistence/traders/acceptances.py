"""Following an invitation's link (§2.3): an account is made or taken, and every connection that the link names.

One transaction, once: the invitation is held while it is looked at. Stores and reads; what somebody gets wrong comes
back as a value. A company that somebody works for already is joined by nobody who merely knows its SIRET.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
from msgspec import Struct, structs

from engine.instants import Instant
from persistence.audit import By, Change, record
from persistence.people.registry import Company, EmailTaken
from persistence.traders.companies import SiretTaken, insert_company, locked_company, record_company, rewrite_company
from persistence.traders.connections import activate, tell_entity

if TYPE_CHECKING:
    from persistence.database import AnyConnection, Database, Row


class NewAccount(Struct, frozen=True, kw_only=True):
    """Who follows the link without an account. The e-mail is the invitation's: the link proves it."""

    name: str
    password_hash: str
    language: str
    company: Company


class SignedIn(Struct, frozen=True):
    """Who follows it with a trader's account."""

    user_id: int
    trader_id: int


class LinkUnknown(Struct, frozen=True):
    """No invitation has this link."""


class LinkDead(Struct, frozen=True):
    """It was used, withdrawn, or has expired."""


class AnothersLink(Struct, frozen=True):
    """It names another trader, whose people have accounts."""


class OtherSiret(Struct, frozen=True):
    """It names a trader with another SIRET."""

    siret: str


class Accepted(Struct, frozen=True):
    """Who is connected now, and with which entities."""

    user_id: int
    trader_id: int
    entity_ids: tuple[int, ...]


Refused = LinkUnknown | LinkDead | AnothersLink | OtherSiret | EmailTaken | SiretTaken


class _NotNow(Exception):
    """Rolls back what was begun; `refused` says why."""

    def __init__(self, refused: Refused) -> None:
        super().__init__()
        self.refused = refused


async def accept(database: Database, sha256: bytes, who: NewAccount | SignedIn, at: Instant) -> Accepted | Refused:
    """Accept the invitation of this link: all of it, or nothing."""
    try:
        async with database.transaction() as connection:
            invitation = await _held(connection, sha256, at)
            if isinstance(who, SignedIn):
                user_id, trader_id = _taken(invitation, who)
            else:
                user_id, trader_id = await _account(connection, invitation, who, at)
            entity_ids = await _connect(connection, invitation["id"], trader_id, By(user_id, at))
    except _NotNow as not_now:
        return not_now.refused
    except asyncpg.UniqueViolationError:  # the address got an account a moment ago
        assert isinstance(who, NewAccount)
        return EmailTaken("")
    return Accepted(user_id, trader_id, entity_ids)


async def _held(connection: AnyConnection, sha256: bytes, at: Instant) -> Row:
    row = await connection.fetchrow("SELECT * FROM invitations WHERE token_sha256 = $1 FOR UPDATE", sha256)
    if row is None:
        raise _NotNow(LinkUnknown())
    if row["accepted_at"] is not None or row["withdrawn_at"] is not None or row["expires_at"] <= at:
        raise _NotNow(LinkDead())
    return row


def _taken(invitation: Row, who: SignedIn) -> tuple[int, int]:
    """The account that is signed in; whoever holds the link may use it, unless it names another trader."""
    if invitation["trader_id"] not in {None, who.trader_id}:
        raise _NotNow(AnothersLink())
    return who.user_id, who.trader_id


async def _account(connection: AnyConnection, invitation: Row, who: NewAccount, at: Instant) -> tuple[int, int]:
    """The new user and its company."""
    email = invitation["email"]
    if email is None:  # it went to a trader's own users: they sign in
        raise _NotNow(AnothersLink())
    taken = await connection.fetchval("SELECT EXISTS (SELECT FROM users WHERE lower(email) = lower($1))", email)
    if taken:
        raise _NotNow(EmailTaken(email))
    trader_id, is_new = await _company(connection, invitation, who.company)
    user_id: int = await connection.fetchval(
        """INSERT INTO users (role, email, name, password_hash, language, trader_id)
           VALUES ('trader', $1, $2, $3, $4, $5) RETURNING id""",
        email,
        who.name,
        who.password_hash,
        who.language,
        trader_id,
    )
    by = By(user_id, at)
    await record(
        connection, by, Change(subject="user", subject_id=user_id, action="created", fields={"email": [None, email]})
    )
    stored = await locked_company(connection, trader_id)
    assert stored is not None
    if is_new:
        await record_company(connection, by, trader_id, "created", {}, who.company, group_id=None)
    else:
        await rewrite_company(connection, stored, structs.asdict(who.company), by, group_id=None)
    return user_id, trader_id


async def _company(connection: AnyConnection, invitation: Row, company: Company) -> tuple[int, bool]:
    """The company's id, and whether it is new; one that has people, or connections of others, is not to be had.

    A card that the invitation itself names may be connected with its own group, which vouches for the address; what
    another holding lets its traders see is not its to give.
    """
    named = invitation["trader_id"]
    trader_id = named if named is not None else await insert_company(connection, company, None)
    if named is None and trader_id is not None:
        return trader_id, True
    if trader_id is None:
        trader_id = await connection.fetchval("SELECT id FROM trader_companies WHERE siret = $1", company.siret)
    stored = await locked_company(connection, trader_id)
    assert stored is not None
    if stored.company.siret != company.siret:
        raise _NotNow(OtherSiret(stored.company.siret))
    connected = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM connections JOIN entities ON entities.id = entity_id
                          WHERE trader_id = $1 AND removed_at IS NULL AND (group_id <> $2 OR NOT $3))""",
        trader_id,
        invitation["group_id"],
        named is not None,
    )
    if stored.has_account or connected:
        raise _NotNow(SiretTaken(company.siret))
    return trader_id, False


async def _connect(connection: AnyConnection, invitation_id: int, trader_id: int, by: By) -> tuple[int, ...]:
    """Every connection that the invitation names, and the end of the invitation."""
    rows = await connection.fetch(
        "SELECT entity_id FROM invitation_entities WHERE invitation_id = $1 ORDER BY entity_id", invitation_id
    )
    for row in rows:
        connection_id = await activate(connection, row["entity_id"], trader_id, by)
        if connection_id is not None:
            await tell_entity(connection, connection_id, row["entity_id"], trader_id, by.at)
        change = Change(
            subject="invitation",
            subject_id=invitation_id,
            action="accepted",
            entity_id=row["entity_id"],
            fields={"trader": [None, trader_id]},
        )
        await record(connection, by, change)
    await connection.execute(
        "UPDATE invitations SET accepted_at = $2, accepted_by = $3, trader_id = $4 WHERE id = $1",
        invitation_id,
        by.at,
        by.user_id,
        trader_id,
    )
    return tuple(row["entity_id"] for row in rows)
