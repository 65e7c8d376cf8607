"""Lists of deliveries: those that there are, and the orders with vehicles that still need one (§6.1).

Only reads. A vehicle needs a delivery while none stands for it: none was scheduled, or the last was not honoured.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant
from persistence.sales.deliveries import DeliveredVehicle, Delivery, read_deliveries
from persistence.sales.offers import called

if TYPE_CHECKING:
    from persistence.database import Database


class DeliveriesAsked(Struct, frozen=True, kw_only=True):
    """Which deliveries a list is to hold; `q` searches buyer, order, make, model, plate and VIN."""

    entity_ids: tuple[int, ...]
    status: str | None = None
    order_id: int | None = None
    site_id: int | None = None
    invoiced: bool | None = None
    since: Instant | None = None
    until: Instant | None = None
    q: str = ""
    soonest_first: bool = False
    page: int = 1
    limit: int = 50


class DueAsked(Struct, frozen=True, kw_only=True):
    """Of which entities; `q` searches as in `DeliveriesAsked`."""

    entity_ids: tuple[int, ...]
    site_id: int | None = None
    q: str = ""
    page: int = 1
    limit: int = 50


class DueDelivery(Struct, frozen=True, kw_only=True):
    """An order with the vehicles that need a delivery; `failed`: how many deliveries of it were not honoured."""

    order_id: int
    order_number: str
    offer_id: int
    entity_id: int
    buyer: str
    delivery_on: date
    site_id: int
    site: str
    failed: int
    vehicles: tuple[DeliveredVehicle, ...]


# A plate may be told with dashes; of dashes alone, nothing is left to find.
_VEHICLE_FOUND: Final = """(
    strpos(vehicles.search_text, (SELECT folded({q}))) > 0
    OR strpos(vehicles.search_text, (SELECT nullif(translate(folded({q}), ' -', ''), ''))) > 0)"""
_MATCHING: Final = """
    FROM deliveries
    WHERE entity_id = ANY ($1::bigint[]) AND ($2::text IS NULL OR status = $2)
      AND ($3::bigint IS NULL OR order_id = $3)
      AND ($4::bigint IS NULL OR site_id = $4)
      AND ($5::timestamptz IS NULL OR scheduled_at >= $5)
      AND ($6::timestamptz IS NULL OR scheduled_at < $6)
      AND ($7::boolean IS NULL OR $7 = (
          EXISTS (SELECT FROM invoices WHERE invoices.order_id = deliveries.order_id)
          OR EXISTS (SELECT FROM invoices WHERE invoices.delivery_id = deliveries.id)))
"""
_FOUND: Final = f"""
      AND (strpos(folded(coalesce(client, '')), (SELECT folded($8))) > 0
           OR trader_id IN (SELECT id FROM trader_companies WHERE strpos(folded(legal_name), (SELECT folded($8))) > 0)
           OR order_id IN (SELECT id FROM orders WHERE {called("orders", "$8")})
           OR id IN (SELECT delivery_id FROM delivery_vehicles WHERE vehicle_id IN (
                  SELECT id FROM vehicles WHERE entity_id = ANY ($1) AND {_VEHICLE_FOUND.format(q="$8")})))
"""  # noqa: S608 - a condition written above
_DUE: Final = """
    FROM orders
    JOIN order_vehicles AS part ON part.order_id = orders.id
    JOIN vehicles ON vehicles.id = part.vehicle_id AND vehicles.status <> 'released'
    JOIN trader_companies AS buyer ON buyer.id = orders.trader_id
    WHERE orders.entity_id = ANY ($1::bigint[]) AND orders.status = 'placed'
      AND ($2::bigint IS NULL OR orders.delivery_site_id = $2)
      AND NOT EXISTS (SELECT FROM delivery_vehicles AS place
                      WHERE place.order_id = part.order_id AND place.vehicle_id = part.vehicle_id AND place.standing)
"""
_DUE_FOUND: Final = f"""
      AND (strpos(folded(buyer.legal_name), (SELECT folded($3))) > 0
           OR {called("orders", "$3")}
           OR {_VEHICLE_FOUND.format(q="$3")})
"""
_DUE_HEADS: Final = """
    SELECT orders.id AS order_id, CASE WHEN groups.prefix = '' THEN '' ELSE groups.prefix || '-' END || orders.number
               AS order_number, orders.offer_id, orders.entity_id, buyer.legal_name AS buyer, orders.delivery_on,
           orders.delivery_site_id AS site_id, sites.name AS site,
           (SELECT count(*) FROM deliveries WHERE order_id = orders.id AND status = 'not_honoured') AS failed
    FROM orders
    JOIN groups ON groups.id = orders.group_id
    JOIN trader_companies AS buyer ON buyer.id = orders.trader_id
    JOIN sites ON sites.id = orders.delivery_site_id
    WHERE orders.id = ANY ($1::bigint[]) ORDER BY orders.delivery_on, orders.id
"""
_DUE_VEHICLES: Final = """
    SELECT part.order_id, vehicles.id, make, model, plate, vehicles.status
    FROM order_vehicles AS part JOIN vehicles ON vehicles.id = part.vehicle_id
    WHERE part.order_id = ANY ($1::bigint[]) AND vehicles.status <> 'released'
      AND NOT EXISTS (SELECT FROM delivery_vehicles AS place
                      WHERE place.order_id = part.order_id AND place.vehicle_id = part.vehicle_id AND place.standing)
    ORDER BY part.order_id, part.position
"""


async def deliveries_page(database: Database, asked: DeliveriesAsked) -> tuple[int, list[Delivery]]:
    """How many deliveries match, and one page of them: the latest date first, or the soonest."""
    wanted: list[object] = [
        list(asked.entity_ids),
        asked.status,
        asked.order_id,
        asked.site_id,
        asked.since,
        asked.until,
        asked.invoiced,
    ]
    matching = _MATCHING
    if asked.q.strip():
        matching, wanted = matching + _FOUND, [*wanted, asked.q.strip()]
    order = "scheduled_at, id" if asked.soonest_first else "scheduled_at DESC, id DESC"
    place = f"LIMIT {asked.limit:d} OFFSET {(asked.page - 1) * asked.limit:d}"
    async with database.acquire() as connection:
        total: int = await connection.fetchval("SELECT count(*) " + matching, *wanted)
        rows = await connection.fetch(f"SELECT id {matching} ORDER BY {order} {place}", *wanted)
        found = await read_deliveries(connection, [row["id"] for row in rows])
    return total, [found[row["id"]] for row in rows]


async def due_page(database: Database, asked: DueAsked) -> tuple[int, list[DueDelivery]]:
    """How many orders have vehicles that need a delivery, and one page of them, the soonest date first."""
    matching = _DUE
    wanted: list[object] = [list(asked.entity_ids), asked.site_id]
    if asked.q.strip():
        matching, wanted = matching + _DUE_FOUND, [*wanted, asked.q.strip()]
    place = f"LIMIT {asked.limit:d} OFFSET {(asked.page - 1) * asked.limit:d}"
    async with database.acquire() as connection:
        row = await connection.fetchrow(
            f"WITH found AS MATERIALIZED (SELECT DISTINCT orders.id, orders.delivery_on {matching}) "  # noqa: S608 - above
            "SELECT (SELECT count(*) FROM found) AS total, "
            f"ARRAY(SELECT id FROM found ORDER BY delivery_on, id {place}) AS ids",
            *wanted,
        )
        assert row is not None, "counting gives a row"
        heads = await connection.fetch(_DUE_HEADS, row["ids"])
        vehicles: dict[int, list[DeliveredVehicle]] = {}
        for one in await connection.fetch(_DUE_VEHICLES, row["ids"]):
            vehicle = DeliveredVehicle(**{key: value for key, value in one.items() if key != "order_id"})
            vehicles.setdefault(one["order_id"], []).append(vehicle)
    return row["total"], [
        DueDelivery(**dict(head), vehicles=tuple(vehicles.get(head["order_id"], ()))) for head in heads
    ]
