"""Which vehicles are in stock for longer than their entity wants since a few days, told once each (§4.2).

Reads, and writes notices. Nobody is told of what was old when a target was set: a list shows that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.notices import NoticeDue, NoticeKind, ToEntity
from persistence.notices.due import write_notices

if TYPE_CHECKING:
    from datetime import date

    from engine.instants import Instant
    from persistence.database import Database

AT_ONCE: Final = 500
LATE_DAYS: Final = 3
"""For so long after the day on which a vehicle passes the target its entity is still told: a house may be down."""
_PASSED: Final = """
    SELECT vehicles.id, vehicles.entity_id, entities.name AS entity, vehicles.make || ' ' || vehicles.model AS vehicle,
           vehicles.plate, $1::date - vehicles.entered_at AS days, due.key
    FROM vehicles
    JOIN entities ON entities.id = vehicles.entity_id
    CROSS JOIN LATERAL (
        SELECT 'too_long_in_stock-' || vehicles.id || '-' || to_char(vehicles.entered_at, 'YYYY-MM-DD') AS key
    ) AS due
    WHERE vehicles.entered_at BETWEEN $1::date - entities.days_target - $2::integer
                                  AND $1::date - entities.days_target - 1
      AND vehicles.status NOT IN ('delivery', 'released') AND vehicles.stock_reason = '' AND NOT vehicles.stock_muted
      AND NOT EXISTS (
          SELECT FROM added_statuses AS added
          WHERE added.entity_id = vehicles.entity_id AND added.destination = vehicles.destination
            AND added.code = vehicles.status AND added.after = 'delivery')
      AND NOT EXISTS (SELECT FROM notices WHERE notices.key = due.key)
    ORDER BY vehicles.id LIMIT $3
"""


async def tell_of_long_stock(database: Database, at: Instant, today: date) -> int:
    """Write the notices that are due, a batch of them; gives how many."""
    async with database.transaction() as connection:
        rows = await connection.fetch(_PASSED, today, LATE_DAYS, AT_ONCE)
        due = [
            NoticeDue(
                key=row["key"],
                kind=NoticeKind.TOO_LONG_IN_STOCK,
                to=ToEntity(row["entity_id"]),
                at=at,
                params={
                    "vehicle_id": row["id"],
                    "vehicle": row["vehicle"],
                    "plate": row["plate"],
                    "entity": row["entity"],
                    "days": row["days"],
                },
            )
            for row in rows
        ]
        await write_notices(connection, due)
    return len(due)
