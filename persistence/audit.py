"""Who did what and when: one row for every change, written in the transaction of the change itself.

Never holds a password, a token or what its readers may not see; amounts are decimal strings, instants RFC 3339.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from engine.instants import Instant

if TYPE_CHECKING:
    from persistence.database import AnyConnection

_WRITE: Final = """
    INSERT INTO audit (at, user_id, group_id, entity_id, subject, subject_id, action, change)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
"""


class By(Struct, frozen=True):
    """Who changes something, and when; no user: the house itself."""

    user_id: int | None
    at: Instant


class Change(Struct, frozen=True, kw_only=True):
    """One change. `subject` is a table of the domain in the singular; `fields` is `{"field": [before, after]}`.

    Whose record it is: an entity's or a group's; of neither, a trader's own.
    """

    subject: str
    subject_id: int
    action: str
    fields: Mapping[str, Any] = {}
    entity_id: int | None = None
    group_id: int | None = None


async def record(connection: AnyConnection, by: By, change: Change) -> None:
    """Write it in the caller's transaction."""
    await connection.execute(_WRITE, *_row(by, change))


async def record_all(connection: AnyConnection, by: By, changes: Iterable[Change]) -> None:
    """Write them in the caller's transaction, in one go."""
    await connection.executemany(_WRITE, [_row(by, change) for change in changes])


def _row(by: By, change: Change) -> tuple[object, ...]:
    return (
        by.at,
        by.user_id,
        change.group_id,
        change.entity_id,
        change.subject,
        change.subject_id,
        change.action,
        msgspec.json.encode(dict(change.fields)).decode(),
    )
