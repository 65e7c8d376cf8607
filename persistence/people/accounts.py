"""An account as its own user changes it: name, language, password, and the sessions that are open (§1.5).

Secrets come as hashes, and go nowhere: a session is named by an id that signs nobody in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from engine.instants import Instant
from persistence.people.password_resets import change_password

if TYPE_CHECKING:
    from persistence.audit import By
    from persistence.database import Database
    from persistence.people.users import SignedOut


class OpenSession(Struct, frozen=True):
    """A session of a page. `is_current`: the one that asks."""

    id: int
    user_agent: str
    created_at: Instant
    seen_at: Instant
    expires_at: Instant
    is_current: bool


class OtherPassword(Struct, frozen=True):
    """The password has changed since it was checked."""


async def replace_password(
    database: Database, by: By, password_hash: str, *, instead_of: str, keeping: bytes | None
) -> SignedOut | OtherPassword:
    """Give one's account a new password and end its other sessions."""
    assert by.user_id is not None, "a password is somebody's"
    async with database.transaction() as connection:
        stored = await connection.fetchval(
            "SELECT password_hash FROM users WHERE id = $1 AND disabled_at IS NULL FOR NO KEY UPDATE", by.user_id
        )
        if stored != instead_of:
            return OtherPassword()
        return await change_password(connection, by, by.user_id, password_hash, keeping=keeping)


async def open_sessions(database: Database, user_id: int, now: Instant, current: bytes | None) -> list[OpenSession]:
    """The user's sessions, the one seen last first."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            """SELECT id, user_agent, created_at, seen_at, expires_at,
                      coalesce(token_sha256 = $3, false) AS is_current
               FROM sessions WHERE user_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id DESC""",
            user_id,
            now,
            current,
        )
    return [OpenSession(*row.values()) for row in rows]


async def end_session(database: Database, user_id: int, session_id: int) -> bytes | None:
    """End one of the user's sessions; gives the hash of its secret, none if the user has no such session."""
    async with database.acquire() as connection:
        ended: bytes | None = await connection.fetchval(
            "DELETE FROM sessions WHERE user_id = $1 AND id = $2 RETURNING token_sha256", user_id, session_id
        )
    return ended


async def end_other_sessions(database: Database, user_id: int, current: bytes | None) -> list[bytes]:
    """End the user's sessions but the one that asks; gives the hashes of their secrets."""
    async with database.acquire() as connection:
        rows = await connection.fetch(
            "DELETE FROM sessions WHERE user_id = $1 AND token_sha256 IS DISTINCT FROM $2 RETURNING token_sha256",
            user_id,
            current,
        )
    return [row["token_sha256"] for row in rows]
