"""What somebody is to be told, written in the transaction of what causes it, each once (§5.4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from engine.notices import ToEmail, ToEntity, ToTrader, ToUser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.notices import NoticeDue
    from persistence.database import AnyConnection

_WRITE: Final = """
    INSERT INTO notices (key, kind, at, trader_id, entity_id, user_id, email, language, params)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb) ON CONFLICT (key) DO NOTHING
"""


async def write_notices(connection: AnyConnection, notices: Iterable[NoticeDue]) -> None:
    """Write them in the caller's transaction; one whose key stands already is not written again."""
    await connection.executemany(
        _WRITE,
        [
            (
                notice.key,
                notice.kind.value,
                notice.at,
                notice.to.trader_id if isinstance(notice.to, ToTrader) else None,
                notice.to.entity_id if isinstance(notice.to, ToEntity) else None,
                notice.to.user_id if isinstance(notice.to, ToUser) else None,
                notice.to.email if isinstance(notice.to, ToEmail) else None,
                notice.to.language if isinstance(notice.to, ToEmail) else None,
                msgspec.json.encode(dict(notice.params)).decode(),
            )
            for notice in notices
        ],
    )
