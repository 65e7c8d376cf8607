"""Deliveries by hand: a reserved vehicle in sales stock is declared to delivery, where the entity allows it (§6.3).

One transaction, with its record and its notice. What becomes of the delivery afterwards is deliveries.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.after_sale import NotNow, StepRefused, is_too_far_ahead, manual_delivery_refused
from engine.instants import Instant, day_of, format_instant
from engine.stock import has_left
from persistence.notices.due import write_notices
from persistence.sales.deliveries import put_in, record_delivery
from persistence.sales.offer_steps import about, no
from persistence.sales.offers import read_offers
from persistence.sales.order_notices import Place, declared_by_hand
from persistence.stock.cards import locked_vehicles
from persistence.stock.life_line import set_status

if TYPE_CHECKING:
    from persistence.audit import By
    from persistence.database import AnyConnection, Database
    from persistence.stock.cards import StoredVehicle


class ManualDelivery(Struct, frozen=True, kw_only=True):
    """Who sells to whom, when, where it is delivered and where it stands."""

    seller: str
    client: str
    scheduled_at: Instant
    site_id: int
    physical_site_id: int


_ALLOWED: Final = "SELECT leave_sales_stock_by_hand FROM entities WHERE id = $1"
_FAILED: Final = """
    SELECT coalesce((
        SELECT deliveries.order_id IS NULL AND deliveries.status = 'not_honoured'
        FROM delivery_vehicles AS place JOIN deliveries ON deliveries.id = place.delivery_id
        WHERE place.vehicle_id = $1 ORDER BY deliveries.id DESC LIMIT 1), false)
"""
_SITE: Final = "SELECT name, street, postcode, city, phone, email FROM sites WHERE id = $1 AND entity_id = $2"
_OFFER: Final = """
    SELECT offers.id FROM offer_lines JOIN offers ON offers.id = offer_id
    WHERE vehicle_id = $1 AND trader_id = $2 AND status IN ('in_progress', 'validated') ORDER BY offers.id DESC LIMIT 1
"""
_MAKE: Final = """
    INSERT INTO deliveries
        (entity_id, trader_id, site_id, physical_site_id, seller, client, scheduled_at, made_at, made_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
"""


async def entity_of_vehicle(database: Database, vehicle_id: int) -> int | None:
    """Whose vehicle it is, or None."""
    async with database.acquire() as connection:
        entity_id: int | None = await connection.fetchval("SELECT entity_id FROM vehicles WHERE id = $1", vehicle_id)
    return entity_id


async def declare_by_hand(
    database: Database, by: By, entity_id: int, vehicle_id: int, form: ManualDelivery
) -> int | StepRefused:
    """The vehicle goes to delivery; the entity is told, and the trader for whom it is kept. Gives the delivery's id."""
    if is_too_far_ahead(day_of(form.scheduled_at), day_of(by.at)):
        return no(NotNow.TOO_FAR_AHEAD, "date")
    async with database.transaction() as connection:
        card = (await locked_vehicles(connection, entity_id, [vehicle_id])).get(vehicle_id)
        if card is None:
            return no(NotNow.UNKNOWN_VEHICLE, "vehicle", vehicle_id)
        why = await _not_by_hand(connection, card)
        if why is not None:
            return no(why, "vehicle", vehicle_id)
        site = await connection.fetchrow(_SITE, form.site_id, entity_id)
        if site is None:
            return no(NotNow.UNKNOWN_SITE, "site")
        if await connection.fetchrow(_SITE, form.physical_site_id, entity_id) is None:
            return no(NotNow.UNKNOWN_SITE, "physical_site")
        delivery_id: int = await connection.fetchval(
            _MAKE,
            entity_id,
            card.reserved_for_trader_id,
            form.site_id,
            form.physical_site_id,
            form.seller,
            form.client,
            form.scheduled_at,
            by.at,
            by.user_id,
        )
        await put_in(connection, delivery_id, [vehicle_id], None)
        await connection.execute(
            "UPDATE vehicles SET physical_site_id = $2 WHERE id = $1", vehicle_id, form.physical_site_id
        )
        if not has_left(card.reached):  # a delivery that failed has left it there, or at a status after it
            await set_status(connection, by, [vehicle_id], "delivery")
        when = format_instant(form.scheduled_at)
        params = {**await _of_offer(connection, card), **Place(**dict(site)).params, "delivery_date": when}
        notices = declared_by_hand(f"by_hand-{delivery_id}", card, form.client, params, by.at)
        await write_notices(connection, notices)
        fields = {"vehicle": [None, vehicle_id], "scheduled_at": [None, when], "client": [None, form.client]}
        await record_delivery(connection, by, (delivery_id, entity_id), "made_by_hand", fields)
    return delivery_id


async def _of_offer(connection: AnyConnection, card: StoredVehicle) -> dict[str, str | int | None]:
    """The offer to the trader that holds the vehicle, if one does: it is the trader's to read from now on."""
    offer_id = await connection.fetchval(_OFFER, card.id, card.reserved_for_trader_id)
    return {} if offer_id is None else about((await read_offers(connection, [offer_id]))[offer_id])


async def _not_by_hand(connection: AnyConnection, card: StoredVehicle) -> NotNow | None:
    return manual_delivery_refused(
        card.reached,
        reserved=card.reserved_for_trader_id is not None or card.reserved_for_client is not None,
        allowed=await connection.fetchval(_ALLOWED, card.entity_id),
        failed_before=await connection.fetchval(_FAILED, card.id),
    )
