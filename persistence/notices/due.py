"""What somebody is to be told, written in the transaction of what causes it, each once (§5.4.4).

Telling comes after: `tell_next` gives each notice to its readers, as a notification and a mail for each, in one
transaction of its own, so that an ending with thousands of traders writes no more than their notices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from engine.instants import Instant
from engine.notices import ToEmail, ToEntity, ToTrader, ToUser

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.notices import NoticeDue, NoticeKind
    from persistence.database import AnyConnection, Database

SECRET: Final = "secret"  # noqa: S105 - a name
"""The one param that goes to the mail alone: the way in of an invitation or a reset."""

_WRITE: Final = """
    INSERT INTO notices (key, kind, at, trader_id, entity_id, user_id, email, language, params)
    SELECT key, kind, at, trader_id, entity_id, user_id, email, language, params::jsonb
    FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[],
                $8::text[], $9::text[]) AS due (key, kind, at, trader_id, entity_id, user_id, email, language, params)
    ON CONFLICT (key) DO NOTHING
"""
_CLAIM: Final = """
    SELECT id, key, kind, at, params - 'secret' AS params FROM notices
    WHERE told_at IS NULL ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
"""
_READERS: Final = """
    WITH readers AS (
        SELECT notices.id AS notice_id, notices.kind, notices.entity_id, users.id AS user_id
        FROM notices JOIN users ON users.trader_id = notices.trader_id
        WHERE notices.id = ANY ($1::bigint[]) AND users.disabled_at IS NULL
        UNION ALL
        SELECT notices.id, notices.kind, notices.entity_id, users.id
        FROM notices JOIN memberships USING (entity_id) JOIN users ON users.id = memberships.user_id
        WHERE notices.id = ANY ($1::bigint[]) AND users.disabled_at IS NULL
        UNION ALL
        SELECT notices.id, notices.kind, notices.entity_id, users.id
        FROM notices JOIN users ON users.id = notices.user_id
        WHERE notices.id = ANY ($1::bigint[]) AND users.disabled_at IS NULL
    )
"""
_NOTIFY: Final = f"""
    {_READERS}
    INSERT INTO notifications (user_id, notice_id, entity_id)
    SELECT user_id, notice_id, entity_id FROM readers WHERE kind <> ALL ($2::text[])
    ON CONFLICT DO NOTHING RETURNING notice_id, user_id
"""  # noqa: S608 - constants
_QUEUE: Final = f"""
    {_READERS}
    INSERT INTO mails (notice_id, user_id, queued_at, due_at)
    SELECT notice_id, user_id, $2::timestamptz, $2 FROM readers
    UNION ALL
    SELECT id, NULL, $2, $2 FROM notices WHERE id = ANY ($1::bigint[]) AND email IS NOT NULL
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants
_TOLD: Final = """
    UPDATE notices SET told_at = $2, params = CASE
        WHEN EXISTS (SELECT FROM mails WHERE mails.notice_id = notices.id) THEN params ELSE params - 'secret' END
    WHERE id = ANY ($1::bigint[])
"""


class Told(Struct, frozen=True):
    """A notice, and the users who have it among their notifications from now on; without its secret."""

    id: int
    key: str
    kind: str
    at: Instant
    params: dict[str, str | int | None]
    user_ids: tuple[int, ...]


async def write_notices(connection: AnyConnection, notices: Iterable[NoticeDue]) -> None:
    """Write them in the caller's transaction; one whose key stands already is not written again."""
    rows = [
        (
            notice.key,
            notice.kind.value,
            notice.at,
            notice.to.trader_id if isinstance(notice.to, ToTrader) else None,
            notice.to.entity_id if isinstance(notice.to, ToEntity) else None,
            notice.to.user_id if isinstance(notice.to, ToUser) else None,
            notice.to.email if isinstance(notice.to, ToEmail) else None,
            notice.to.language if isinstance(notice.to, ToEmail) else None,
            _stored(notice.params),
        )
        for notice in notices
    ]
    if rows:
        await connection.execute(_WRITE, *map(list, zip(*rows, strict=True)))


def _stored(params: Mapping[str, str | int | None]) -> str:
    # PostgreSQL keeps no NUL: what got past a door must not cost the transaction.
    kept = {name: said.replace("\0", "") if isinstance(said, str) else said for name, said in params.items()}
    return msgspec.json.encode(kept).decode()


async def tell_next(
    database: Database, at: Instant, *, limit: int, only_by_mail: Iterable[NoticeKind] = ()
) -> list[Told]:
    """Give the oldest notices that nobody was told to their readers; those that another worker holds are left to it.

    Gives what was told, in order; empty when nothing waits.
    """
    async with database.transaction() as connection:
        claimed = await connection.fetch(_CLAIM, limit)
        if not claimed:
            return []
        ids = [row["id"] for row in claimed]
        readers: dict[int, list[int]] = {notice_id: [] for notice_id in ids}
        for row in await connection.fetch(_NOTIFY, ids, [kind.value for kind in only_by_mail]):
            readers[row["notice_id"]].append(row["user_id"])
        await connection.execute(_QUEUE, ids, at)
        await connection.execute(_TOLD, ids, at)
    return [
        Told(
            id=row["id"],
            key=row["key"],
            kind=row["kind"],
            at=row["at"],
            params=msgspec.json.decode(row["params"]),
            user_ids=tuple(readers[row["id"]]),
        )
        for row in claimed
    ]
