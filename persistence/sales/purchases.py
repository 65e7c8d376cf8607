"""What a trader has bought: every vehicle with dates, price and state, kept for ever (§6.5).

Read by the trader itself, of every seller, and by dealers, of their own group's sales. Only reads.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant
from engine.money import Cents

if TYPE_CHECKING:
    from persistence.database import Database

STATES: Final = ("offered", "reserved", "ordered", "delivered", "released")


class Purchase(Struct, frozen=True, kw_only=True):
    """A vehicle bought. `state` is one of STATES: offered is not bought yet, reserved is won at an auction."""

    vehicle_id: int
    offer_id: int
    prefix: str
    offer_number: int
    auction_id: int | None
    order_id: int | None
    order_number: int | None
    delivery_id: int | None
    entity: str
    city: str
    trader_id: int
    make: str
    model: str
    version: str
    plate: str | None
    vin: str | None
    mileage_km: int | None
    first_registration: date | None
    vat: str
    price_cents: Cents
    state: str
    made_at: Instant
    ordered_at: Instant | None
    delivery_at: Instant | None
    delivered_at: Instant | None
    invoice_number: str | None
    invoiced_on: date | None


class PurchasesAsked(Struct, frozen=True, kw_only=True):
    """Of this trader; of these groups' sales alone, or of all; in this state, else all that it has bought."""

    trader_id: int
    group_ids: tuple[int, ...] | None = None
    state: str | None = None
    q: str = ""
    page: int = 1
    limit: int = 50


# An auction's offer is a purchase when it is made; a direct one when it is ordered, and shown before once it is sent.
_AUCTION: Final = "CASE WHEN line.home_offer_id IS NULL THEN offers.auction_id ELSE lender.auction_id END"
_LINES: Final = """
    SELECT line.vehicle_id, offers.id AS offer_id, groups.prefix, offers.number AS offer_number,
           {auction} AS auction_id, placed.id AS order_id, placed.number AS order_number, delivery.id AS delivery_id,
           entities.name AS entity, sites.city, offers.trader_id,
           vehicles.make, vehicles.model, vehicles.version, vehicles.plate, vehicles.vin, vehicles.mileage_km,
           vehicles.first_registration, vehicles.vat, line.price_cents,
           CASE WHEN placed.id IS NULL AND vehicles.status = 'released' THEN 'released'   -- delivered by hand (§6.3)
                WHEN placed.id IS NULL THEN CASE WHEN {auction} IS NULL THEN 'offered' ELSE 'reserved' END
                WHEN delivery.status = 'honoured' THEN
                    CASE WHEN invoices.id IS NULL THEN 'delivered' ELSE 'released' END
                ELSE 'ordered' END AS state,
           offers.made_at, placed.placed_at AS ordered_at, delivery.scheduled_at AS delivery_at,
           CASE WHEN delivery.status = 'honoured' THEN delivery.declared_at END AS delivered_at,
           invoices.number AS invoice_number, invoices.invoiced_on, line.position
    FROM offers
    JOIN groups ON groups.id = offers.group_id
    JOIN entities ON entities.id = offers.entity_id
    JOIN offer_lines AS line ON line.offer_id = offers.id
    LEFT JOIN offers AS lender ON lender.id = line.home_offer_id
    JOIN vehicles ON vehicles.id = line.vehicle_id
    JOIN sites ON sites.id = vehicles.site_id
    LEFT JOIN orders AS placed ON placed.offer_id = offers.id AND placed.status = 'placed'
    LEFT JOIN invoices ON invoices.order_id = placed.id
    LEFT JOIN LATERAL (
        SELECT deliveries.* FROM delivery_vehicles AS place
        JOIN deliveries ON deliveries.id = place.delivery_id
        WHERE place.order_id = placed.id AND place.vehicle_id = line.vehicle_id AND place.standing
    ) AS delivery ON true
    WHERE offers.trader_id = $1
      AND ($2::bigint[] IS NULL OR offers.group_id = ANY ($2))
      AND (offers.status = 'ordered' OR {auction} IS NOT NULL AND offers.status = 'validated'
           OR offers.status IN ('in_progress', 'validated')
              AND (offers.sent_at IS NOT NULL OR EXISTS (SELECT FROM orders WHERE orders.offer_id = offers.id)))
"""
_MATCHING: Final = f"""
    FROM ({_LINES.format(auction=_AUCTION)}) AS line
    WHERE (state = $3 OR ($3::text IS NULL AND state <> 'offered'))
      AND ($4 = '' OR offer_number::text = $4
           OR strpos(lower(concat_ws(' ', prefix || '-' || offer_number, entity, make, model, version, plate, vin)),
                     lower($4)) > 0)
"""
_PAGE: Final = (
    "SELECT *, count(*) OVER () AS total "
    + _MATCHING
    + "ORDER BY offer_id DESC, position, vehicle_id LIMIT $5 OFFSET $6"
)


async def purchases_page(database: Database, asked: PurchasesAsked) -> tuple[int, list[Purchase]]:
    """How many vehicles match, and one page of them, the latest offer first."""
    groups = None if asked.group_ids is None else list(asked.group_ids)
    wanted = (asked.trader_id, groups, asked.state, asked.q.strip())
    async with database.acquire() as connection:
        rows = await connection.fetch(_PAGE, *wanted, asked.limit, (asked.page - 1) * asked.limit)
        # Behind the last page nobody says how many there are: the first line knows.
        first = rows[0] if rows else await connection.fetchrow(_PAGE, *wanted, 1, 0)
    total = 0 if first is None else first["total"]
    return total, [
        Purchase(**{key: value for key, value in row.items() if key not in {"position", "total"}}) for row in rows
    ]
