"""What the fields of a choice say in a stock: makes, energies, colours… for whoever filters or fills them in (§4.8).

Only reads. SQL comes from persistence/stock/fields.py alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from persistence.stock.fields import FIELDS

if TYPE_CHECKING:
    from persistence.database import Database

MOST_CHOICES: Final = 200
"""No field of a choice has more words than a person would read through."""


async def choices_of(database: Database, field: str, entity_ids: tuple[int, ...]) -> list[tuple[str, int]]:
    """What the field says in these entities' stock, and of how many vehicles: the most frequent first."""
    sql = FIELDS[field].sql
    async with database.listing() as connection:
        rows = await connection.fetch(
            f"SELECT {sql} AS value, count(*) AS vehicles FROM vehicles "  # noqa: S608 - SQL of fields.py
            f"WHERE entity_id = ANY ($1::bigint[]) AND status <> 'released' AND {sql} <> '' "
            "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $2",
            list(entity_ids),
            MOST_CHOICES,
        )
    return [(row["value"], row["vehicles"]) for row in rows]
