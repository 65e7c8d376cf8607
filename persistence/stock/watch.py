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
# Day by day, as an index of each entity's vehicles has them: within a range of days PostgreSQL reads all of a stock.
_PASSED: Final = """
    WITH passed AS MATERIALIZED (
        SELECT vehicles.id, vehicles.entity_id, entities.name AS entity,
               vehicles.make || ' ' || vehicles.model AS vehicle, vehicles.plate,
               $1::date - vehicles.entered_at AS days,
               'too_long_in_stock-' || vehicles.id || '-' || to_char(vehicles.entered_at, 'YYYY-MM-DD') AS key
        FROM entities CROSS JOIN unnest($2::integer[]) AS late (days)
        JOIN vehicles ON vehicles.entity_id = entities.id
            AND vehicles.entered_at = $1::date - entities.days_target - late.days
        WHERE vehicles.status NOT IN ('delivery', 'released')
          AND vehicles.stock_reason = '' AND NOT vehicles.stock_muted
          AND NOT EXISTS (
              SELECT FROM added_statuses AS added
              WHERE added.entity_id = vehicles.entity_id AND added.destination = vehicles.destination
                AND added.code = vehicles.status AND added.after = 'delivery')
    )
    SELECT * FROM passed WHERE NOT EXISTS (SELECT FROM notices WHERE notices.key = passed.key)
    ORDER BY id LIMIT $3
"""


async def tell_of_long_stock(database: Database, at: Instant, today: date) -> int:
    """Write the notices that are due, a batch of them; gives how many."""
    async with database.transaction() as connection:
        rows = await connection.fetch(_PASSED, today, range(1, LATE_DAYS + 1), AT_ONCE)
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
