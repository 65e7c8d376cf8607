"""Who is signed in: accounts, sessions of pages, tokens of programs, and the person behind them.

A secret never comes here: callers give its SHA-256. Nothing is decided but what a row says: whoever is expired, revoked
or disabled is nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant
from persistence.audit import By, Change, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from persistence.database import AnyConnection, Database

SEEN_EVERY: Final = "1 minute"
"""How often a session's `seen_at` is written."""


class Account(Struct, frozen=True):
    """What sign-in checks."""

    user_id: int
    password_hash: str
    disabled: bool


class Membership(Struct, frozen=True):
    """What a dealer may do in an entity, by its own rights and those of its user groups (§1.2, §1.3)."""

    entity_id: int
    name: str
    rights: frozenset[str]
    validate_trade_ins: str


class Person(Struct, frozen=True):
    """Somebody who is signed in. `company` is the trader's legal name, or the name of the dealer's home entity."""

    user_id: int
    email: str
    name: str
    role: str
    language: str
    company: str
    trader_id: int | None
    memberships: tuple[Membership, ...]


class ApiToken(Struct, frozen=True):
    """A token without its secret."""

    id: int
    name: str
    created_at: Instant


_PERSON: Final = """
    SELECT users.id, users.email, users.name, users.role, users.language, users.trader_id,
           coalesce(trader_companies.legal_name, entities.name) AS company
    FROM users
    LEFT JOIN trader_companies ON trader_companies.id = users.trader_id
    LEFT JOIN entities ON entities.id = users.home_entity_id
    WHERE users.id = $1 AND users.disabled_at IS NULL
"""
_MEMBERSHIPS: Final = """
    SELECT effective_memberships.entity_id, entities.name, effective_memberships.rights,
           effective_memberships.validate_trade_ins
    FROM effective_memberships JOIN entities ON entities.id = effective_memberships.entity_id
    WHERE effective_memberships.user_id = $1 ORDER BY entities.name
"""
_SEEN: Final = """
    UPDATE sessions SET seen_at = $2::timestamptz
    WHERE token_sha256 = $1 AND seen_at < $2::timestamptz - $3::text::interval
"""
# Nobody is waited for: what somebody else ends just now is ended.
_FORGET_EXPIRED: Final = """
    DELETE FROM sessions WHERE token_sha256 IN (
        SELECT token_sha256 FROM sessions WHERE expires_at <= $1 FOR UPDATE SKIP LOCKED)
"""


async def account_of(database: Database, email: str) -> Account | None:
    """The account with this address, however its letters are written (§2.1)."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(
            "SELECT id, password_hash, disabled_at FROM users WHERE lower(email) = lower($1)", email
        )
    return None if row is None else Account(row["id"], row["password_hash"], row["disabled_at"] is not None)


async def rehash(database: Database, user_id: int, password_hash: str, *, instead_of: str | None = None) -> None:
    """Keep the same password under newer parameters; with `instead_of`, only while that is what is stored."""
    async with database.acquire() as connection:
        await connection.execute(
            "UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash = coalesce($3, password_hash)",
            user_id,
            password_hash,
            instead_of,
        )


async def person(database: Database, user_id: int) -> Person | None:
    """The person, or None if there is none or it is disabled."""
    async with database.acquire() as connection:
        return await _person(connection, user_id)


async def _person(connection: AnyConnection, user_id: int) -> Person | None:
    row = await connection.fetchrow(_PERSON, user_id)
    if row is None:
        return None
    memberships = await connection.fetch(_MEMBERSHIPS, user_id) if row["role"] == "dealer" else []
    return Person(
        user_id=row["id"],
        email=row["email"],
        name=row["name"],
        role=row["role"],
        language=row["language"],
        company=row["company"],
        trader_id=row["trader_id"],
        memberships=tuple(
            Membership(each["entity_id"], each["name"], frozenset(each["rights"]), each["validate_trade_ins"])
            for each in memberships
        ),
    )


# Sessions of pages ---------------------------------------------------------------------------------------------------


async def open_session(
    database: Database,
    user_id: int,
    token_sha256: bytes,
    at: Instant,
    expires_at: Instant,
    *,
    user_agent: str = "",
    password_hash: str | None = None,
) -> bool:
    """Sign a user in; forgets sessions that have expired.

    With `password_hash`, only while that is the user's: no session outlives the change of the password it came by.
    """
    async with database.transaction() as connection:
        # The user first, as whoever ends all its sessions does: neither waits for the other's lock while it holds one.
        known = await connection.fetchrow(
            """SELECT FROM users WHERE id = $1 AND password_hash = coalesce($2, password_hash)
               AND disabled_at IS NULL FOR SHARE""",
            user_id,
            password_hash,
        )
        if known is None:
            return False
        await connection.execute(_FORGET_EXPIRED, at)
        await connection.execute(
            """INSERT INTO sessions (token_sha256, user_id, created_at, seen_at, expires_at, user_agent)
               VALUES ($1, $2, $3, $3, $4, $5)""",
            token_sha256,
            user_id,
            at,
            expires_at,
            user_agent,
        )
    return True


async def close_session(database: Database, token_sha256: bytes) -> None:
    """Sign out."""
    async with database.acquire() as connection:
        await connection.execute("DELETE FROM sessions WHERE token_sha256 = $1", token_sha256)


async def person_by_session(database: Database, token_sha256: bytes, now: Instant) -> tuple[Instant, Person] | None:
    """When the session expires and whose it is, or None if it is unknown, expired, or its user disabled."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(
            "SELECT user_id, expires_at FROM sessions WHERE token_sha256 = $1 AND expires_at > $2", token_sha256, now
        )
        if row is None:
            return None
        await connection.execute(_SEEN, token_sha256, now, SEEN_EVERY)
        found = await _person(connection, row["user_id"])
    return None if found is None else (row["expires_at"], found)


# Tokens of programs --------------------------------------------------------------------------------------------------


async def make_token(database: Database, user_id: int, name: str, token_sha256: bytes, at: Instant) -> int:
    """Keep a token's hash; gives the token's id. Who has a token acts as its user: its making is recorded."""
    async with database.transaction() as connection:
        token_id: int = await connection.fetchval(
            "INSERT INTO api_tokens (user_id, name, token_sha256, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
            user_id,
            name,
            token_sha256,
            at,
        )
        await _record_token(connection, By(user_id, at), token_id, "created", {"name": [None, name]})
    return token_id


async def _record_token(
    connection: AnyConnection, by: By, token_id: int, action: str, changed: Mapping[str, list[str | None]]
) -> None:
    """A dealer's token is a matter of its home entity, a trader's of its company."""
    entity_id = await connection.fetchval("SELECT home_entity_id FROM users WHERE id = $1", by.user_id)
    change = Change(subject="api_token", subject_id=token_id, action=action, fields=changed, entity_id=entity_id)
    await record(connection, by, change)


async def tokens_of(database: Database, user_id: int) -> list[ApiToken]:
    """The user's tokens that are not revoked, oldest first."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            "SELECT id, name, created_at FROM api_tokens WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id", user_id
        )
    return [ApiToken(row["id"], row["name"], row["created_at"]) for row in rows]


async def revoke_token(database: Database, user_id: int, token_id: int, at: Instant) -> bool:
    """Whether the user had such a token; from now on it signs nobody in."""
    async with database.transaction() as connection:
        name = await connection.fetchval(
            """UPDATE api_tokens SET revoked_at = $3
               WHERE id = $2 AND user_id = $1 AND revoked_at IS NULL RETURNING name""",
            user_id,
            token_id,
            at,
        )
        if name is not None:
            await _record_token(connection, By(user_id, at), token_id, "revoked", {"name": [name, None]})
    return name is not None


async def person_by_token(database: Database, token_sha256: bytes) -> tuple[int, Person] | None:
    """The token's id and whose it is, or None if it is unknown or revoked, or its user disabled."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(
            "SELECT id, user_id FROM api_tokens WHERE token_sha256 = $1 AND revoked_at IS NULL", token_sha256
        )
        if row is None:
            return None
        found = await _person(connection, row["user_id"])
    return None if found is None else (row["id"], found)
