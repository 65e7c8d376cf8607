"""What each user was told, newest first, and what of it is read. A notice's secret never shows here.

Callers say for which entities the user works now: what it was told for one that it has left is not its own (§1.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from engine.instants import Instant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from persistence.database import Database

_COUNTS: Final = """
    SELECT (SELECT count(*) FROM notifications
            WHERE user_id = $1 AND (entity_id IS NULL OR entity_id = ANY ($2::bigint[]))) AS total,
           (SELECT count(*) FROM notifications
            WHERE user_id = $1 AND read_at IS NULL AND (entity_id IS NULL OR entity_id = ANY ($2::bigint[]))) AS unread
"""
_PAGE: Final = """
    SELECT notices.id, notices.key, notices.kind, notices.at, notices.params - 'secret' AS params, page.read_at
    FROM (SELECT notice_id, read_at FROM notifications
          WHERE user_id = $1 AND (entity_id IS NULL OR entity_id = ANY ($2::bigint[]))
                AND (NOT $5 OR read_at IS NULL)
          ORDER BY notice_id DESC LIMIT $3 OFFSET $4) AS page
    JOIN notices ON notices.id = page.notice_id ORDER BY notices.id DESC
"""
_READ: Final = """
    UPDATE notifications SET read_at = $2
    WHERE user_id = $1 AND read_at IS NULL AND ($3::bigint[] IS NULL OR notice_id = ANY ($3::bigint[]))
"""


class Notification(Struct, frozen=True):
    """A notice as one user has it. `key` is the `id` that the live wire tells it by."""

    id: int
    key: str
    kind: str
    at: Instant
    params: dict[str, str | int | None]
    read_at: Instant | None


class NotificationPage(Struct, frozen=True):
    """One page; `total` of all, or of the unread when only these were asked for."""

    items: tuple[Notification, ...]
    total: int
    unread: int


async def notifications_of(
    database: Database, user_id: int, entity_ids: Iterable[int], *, only_unread: bool, page: int, limit: int
) -> NotificationPage:
    """A page of the user's, newest first; the first page is 1."""
    works_for = list(entity_ids)
    async with database.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        counts = await connection.fetchrow(_COUNTS, user_id, works_for)
        rows = await connection.fetch(_PAGE, user_id, works_for, limit, (page - 1) * limit, only_unread)
    assert counts is not None
    items = tuple(
        Notification(row["id"], row["key"], row["kind"], row["at"], msgspec.json.decode(row["params"]), row["read_at"])
        for row in rows
    )
    return NotificationPage(items, counts["unread"] if only_unread else counts["total"], counts["unread"])


async def mark_read(
    database: Database, user_id: int, entity_ids: Iterable[int], ids: Iterable[int] | None, at: Instant
) -> int:
    """These of the user's are read from now on; `None`: all of them. Gives how many are still unread."""
    async with database.transaction() as connection:
        await connection.execute(_READ, user_id, at, None if ids is None else list(ids))
        counts = await connection.fetchrow(_COUNTS, user_id, list(entity_ids))
    assert counts is not None
    unread: int = counts["unread"]
    return unread
