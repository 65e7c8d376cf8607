"""Forgotten passwords: single-use links by mail, each good for a while (§1.5).

Only the hash of a link's secret is kept. Whether an address has an account is told to nobody: whoever asks learns
nothing, and only the account's own mailbox hears of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from engine.instants import format_instant
from engine.notices import NoticeDue, NoticeKind, ToUser
from persistence.audit import By, Change, record
from persistence.notices.due import write_notices
from persistence.people.users import SignedOut, sign_out_everywhere

if TYPE_CHECKING:
    from engine.instants import Instant
    from persistence.database import AnyConnection, Database


class NoSuchReset(Struct, frozen=True):
    """The link is unknown, used, or too old, or its account is disabled."""


async def ask_reset(
    database: Database, email: str, token_sha256: bytes, link: str, at: Instant, until: Instant
) -> None:
    """Send the link to whoever has this address; to nobody if there is no such account, or it is disabled."""
    async with database.transaction() as connection:
        row = await connection.fetchrow(
            "SELECT id, name FROM users WHERE lower(email) = lower($1) AND disabled_at IS NULL", email
        )
        if row is None:
            return
        reset_id = await connection.fetchval(
            """INSERT INTO password_resets (token_sha256, user_id, asked_at, expires_at)
               VALUES ($1, $2, $3, $4) RETURNING id""",
            token_sha256,
            row["id"],
            at,
            until,
        )
        await write_notices(
            connection,
            [
                NoticeDue(
                    key=f"password_reset-{reset_id}",
                    kind=NoticeKind.PASSWORD_RESET,
                    to=ToUser(row["id"]),
                    at=at,
                    params={"name": row["name"], "expires_at": format_instant(until), "secret": link},
                )
            ],
        )


async def is_open(database: Database, token_sha256: bytes, now: Instant) -> bool:
    """Whether the link can still be used."""
    async with database.acquire() as connection:
        return await _whose(connection, token_sha256, now) is not None


async def reset_password(
    database: Database, token_sha256: bytes, password_hash: str, at: Instant
) -> SignedOut | NoSuchReset:
    """Use the link: the password changes, every other link and every session of the user ends."""
    async with database.transaction() as connection:
        user_id = await _whose(connection, token_sha256, at)
        if user_id is None:
            return NoSuchReset()
        return await change_password(connection, By(user_id, at), user_id, password_hash)


async def change_password(
    connection: AnyConnection, by: By, user_id: int, password_hash: str, *, keeping: bytes | None = None
) -> SignedOut:
    """Store it, end the user's links and its sessions but the one named; in the caller's transaction."""
    home = await connection.fetchval(
        "UPDATE users SET password_hash = $2 WHERE id = $1 RETURNING home_entity_id", user_id, password_hash
    )
    await connection.execute(
        "UPDATE password_resets SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL", user_id, by.at
    )
    change = Change(subject="user", subject_id=user_id, action="password_changed", entity_id=home)
    await record(connection, by, change)
    return await sign_out_everywhere(connection, user_id, but=keeping)


async def _whose(connection: AnyConnection, token_sha256: bytes, now: Instant) -> int | None:
    """The account that the link is for; it is locked, so that two who follow the same link take turns."""
    user_id = await connection.fetchval("SELECT user_id FROM password_resets WHERE token_sha256 = $1", token_sha256)
    await connection.execute("SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE", user_id)
    found: int | None = await connection.fetchval(
        """SELECT user_id FROM password_resets JOIN users ON users.id = user_id
           WHERE token_sha256 = $1 AND used_at IS NULL AND password_resets.expires_at > $2
             AND users.disabled_at IS NULL""",
        token_sha256,
        now,
    )
    return found
