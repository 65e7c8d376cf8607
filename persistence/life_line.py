"""Where the vehicles of the stock stand on their life line, written with its record (§4.2).

Stores and reads. Whether a vehicle may move is the rule of engine/life_line.py, who may move it the doors' business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.stock import VehicleStatus
from persistence.audit import By, Change, record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from persistence.database import AnyConnection

_LOCK: Final = """
    SELECT id, entity_id, status FROM vehicles WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE
"""
_MOVE: Final = """
    UPDATE vehicles
    SET status = $2, revision = revision + 1, released_at = CASE WHEN $2 = 'released' THEN $3::timestamptz END
    WHERE id = ANY ($1::bigint[])
"""


async def set_status(
    connection: AnyConnection, by: By, vehicle_ids: Sequence[int], status: str, *, reason: str | None = None
) -> None:
    """The vehicles stand at `status` from now on, each with its record; those that stand there already are left.

    In the caller's transaction; the caller has checked the rule. Raises asyncpg's UniqueViolationError if a vehicle
    comes back whose plate another one has by now.
    """
    rows = await connection.fetch(_LOCK, list(vehicle_ids))
    moved = [row for row in rows if row["status"] != status]
    await connection.execute(_MOVE, [row["id"] for row in moved], status, by.at)
    action = "released" if status == VehicleStatus.RELEASED else "status_changed"
    for row in moved:
        fields: dict[str, object] = {"status": [row["status"], status]}
        if reason is not None:
            fields["reason"] = [None, reason]
        change = Change(
            subject="vehicle", subject_id=row["id"], action=action, fields=fields, entity_id=row["entity_id"]
        )
        await record(connection, by, change)
