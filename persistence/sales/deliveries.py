"""Deliveries: scheduled for an order's vehicles, declared with a report, and what is released then (§6.1, §6.3).

One transaction each, with records and notices. A vehicle leaves when its delivery was honoured and it is invoiced,
whichever comes last; persistence/sales/invoices.py asks the same function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.after_sale import NotNow, StepRefused, Why, is_too_far_ahead, leaves_stock
from engine.instants import SECOND, Instant, day_of, format_instant
from engine.notices import NoticeDue, NoticeKind
from persistence.audit import Change, record
from persistence.notices.due import write_notices
from persistence.sales.offer_steps import no
from persistence.sales.order_notices import (
    Place,
    delivery_not_honoured,
    delivery_scheduled,
    not_honoured,
    to_entity,
)
from persistence.sales.orders import locked_order
from persistence.stock.life_line import set_status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from persistence.audit import By
    from persistence.database import AnyConnection, Database

LATE_SECONDS: Final = 60
"""A clock that is this much ahead of ours declares nothing in the future."""


class DeliveredVehicle(Struct, frozen=True, kw_only=True):
    """A vehicle of a delivery."""

    id: int
    make: str
    model: str
    plate: str | None
    status: str


class Delivery(Struct, frozen=True, kw_only=True):
    """A delivery; without an order it was made by hand, and says who sold to whom."""

    id: int
    entity_id: int
    trader_id: int | None
    order_id: int | None
    order_number: str | None
    offer_id: int | None
    buyer: str
    site_id: int
    site: str
    city: str
    physical_site_id: int | None
    physical_site: str | None
    seller: str | None
    scheduled_at: Instant
    status: str
    report: str | None
    declared_at: Instant | None
    invoice_number: str | None
    invoiced_at: Instant | None
    vehicles: tuple[DeliveredVehicle, ...]


_READ: Final = """
    SELECT deliveries.id, deliveries.entity_id, deliveries.trader_id, deliveries.order_id,
           CASE WHEN groups.prefix = '' THEN '' ELSE groups.prefix || '-' END || orders.number AS order_number,
           orders.offer_id, coalesce(deliveries.client, buyer.legal_name) AS buyer, deliveries.site_id,
           site.name AS site, site.city, deliveries.physical_site_id, physical.name AS physical_site,
           deliveries.seller, deliveries.scheduled_at, deliveries.status, deliveries.report, deliveries.declared_at,
           coalesce(of_order.number, of_delivery.number) AS invoice_number,
           coalesce(of_order.declared_at, of_delivery.declared_at) AS invoiced_at
    FROM deliveries
    LEFT JOIN invoices AS of_order ON of_order.order_id = deliveries.order_id
    LEFT JOIN invoices AS of_delivery ON of_delivery.delivery_id = deliveries.id
    JOIN sites AS site ON site.id = deliveries.site_id
    LEFT JOIN sites AS physical ON physical.id = deliveries.physical_site_id
    LEFT JOIN trader_companies AS buyer ON buyer.id = deliveries.trader_id
    LEFT JOIN orders ON orders.id = deliveries.order_id
    LEFT JOIN groups ON groups.id = orders.group_id
"""
_VEHICLES: Final = """
    SELECT delivery_id, vehicles.id, make, model, plate, vehicles.status
    FROM delivery_vehicles JOIN vehicles ON vehicles.id = vehicle_id
    WHERE delivery_id = ANY ($1::bigint[]) ORDER BY delivery_id, vehicles.id
"""
_SCHEDULE: Final = """
    INSERT INTO deliveries (entity_id, trader_id, order_id, site_id, scheduled_at, made_at, made_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
_PLACE: Final = "SELECT name, street, postcode, city, phone, email FROM sites WHERE id = $1 AND entity_id = $2"
_DECLARE: Final = """
    UPDATE deliveries SET status = $2, report = $3, declared_at = $4, declared_by = $5 WHERE id = $1
"""
_OF_ORDER: Final = """
    SELECT part.vehicle_id, invoices.id IS NOT NULL AS invoiced, invoices.number AS invoice_number,
           EXISTS (SELECT FROM delivery_vehicles AS place JOIN deliveries ON deliveries.id = place.delivery_id
                   WHERE place.order_id = part.order_id AND place.vehicle_id = part.vehicle_id
                     AND deliveries.status = 'honoured') AS delivered
    FROM order_vehicles AS part LEFT JOIN invoices ON invoices.order_id = part.order_id
    WHERE part.order_id = $1
"""
_BY_HAND: Final = """
    SELECT place.vehicle_id, invoices.id IS NOT NULL AS invoiced, invoices.number AS invoice_number,
           deliveries.status = 'honoured' AS delivered
    FROM delivery_vehicles AS place
    JOIN deliveries ON deliveries.id = place.delivery_id
    LEFT JOIN invoices ON invoices.delivery_id = place.delivery_id
    WHERE place.delivery_id = $1 AND place.standing
"""
_OF_WHOM: Final = """
    SELECT orders.entity_id, entities.name AS entity, buyer.legal_name AS buyer
    FROM orders
    JOIN entities ON entities.id = orders.entity_id
    JOIN trader_companies AS buyer ON buyer.id = orders.trader_id
    WHERE orders.id = $1
"""
_BY_WHOM: Final = """
    SELECT deliveries.entity_id, entities.name AS entity, deliveries.client AS buyer
    FROM deliveries JOIN entities ON entities.id = deliveries.entity_id WHERE deliveries.id = $1
"""
# In delivery, or at a status that the entity has added after it (§4.2).
_NAMES: Final = """
    SELECT id, concat_ws(' ', make, model, nullif(version, '')) AS vehicle,
           coalesce(plate, vin, internal_number, 'VO ' || id) AS plate
    FROM vehicles WHERE id = ANY ($1::bigint[]) AND status <> 'released' ORDER BY id
"""


async def delivery(database: Database, delivery_id: int) -> Delivery | None:
    """A delivery, or None."""
    async with database.acquire() as connection:
        return (await read_deliveries(connection, [delivery_id])).get(delivery_id)


async def read_deliveries(connection: AnyConnection, ids: Sequence[int]) -> dict[int, Delivery]:
    """The deliveries with these ids, by id."""
    heads = await connection.fetch(_READ + "WHERE deliveries.id = ANY ($1::bigint[])", list(ids))
    vehicles: dict[int, list[DeliveredVehicle]] = {}
    for row in await connection.fetch(_VEHICLES, list(ids)):
        vehicle = DeliveredVehicle(**{key: value for key, value in row.items() if key != "delivery_id"})
        vehicles.setdefault(row["delivery_id"], []).append(vehicle)
    return {head["id"]: Delivery(**dict(head), vehicles=tuple(vehicles.get(head["id"], ()))) for head in heads}


# Scheduled -----------------------------------------------------------------------------------------------------------


class DeliveryForm(Struct, frozen=True, kw_only=True):
    """When and where; no vehicles: all of the order's that need one."""

    scheduled_at: Instant
    site_id: int | None
    vehicle_ids: tuple[int, ...] | None


async def schedule(database: Database, by: By, order_id: int, form: DeliveryForm) -> int | StepRefused:
    """Schedule a delivery of vehicles of the order, at its site unless told otherwise. Gives its id."""
    async with database.transaction() as connection:
        found, placed = await locked_order(connection, order_id)
        if placed.status != "placed":
            return no(NotNow.ORDER_CANCELLED, "order")
        site_id = placed.delivery_site_id if form.site_id is None else form.site_id
        site = await connection.fetchrow(_PLACE, site_id, placed.entity_id)
        if site is None:
            return no(NotNow.UNKNOWN_SITE, "site")
        if form.scheduled_at < by.at - LATE_SECONDS * SECOND:
            return no(NotNow.IN_THE_PAST, "scheduled_at")
        if is_too_far_ahead(day_of(form.scheduled_at), day_of(by.at)):
            return no(NotNow.TOO_FAR_AHEAD, "scheduled_at")
        rows = await connection.fetch(
            "SELECT vehicle_id FROM delivery_vehicles WHERE order_id = $1 AND standing", order_id
        )
        busy = {row["vehicle_id"] for row in rows}
        wanted = form.vehicle_ids or tuple(vehicle for vehicle in placed.vehicles if vehicle not in busy)
        reasons = [
            Why(NotNow.IN_DELIVERY if vehicle_id in busy else NotNow.UNKNOWN_VEHICLE, "vehicles", vehicle_id)
            for vehicle_id in wanted
            if vehicle_id in busy or vehicle_id not in placed.vehicles
        ]
        if reasons or not wanted:
            return StepRefused(tuple(reasons)) if reasons else no(NotNow.NO_VEHICLES, "vehicles")
        delivery_id: int = await connection.fetchval(
            _SCHEDULE, placed.entity_id, placed.trader_id, order_id, site_id, form.scheduled_at, by.at, by.user_id
        )
        await put_in(connection, delivery_id, wanted, order_id)
        when = format_instant(form.scheduled_at)
        params = {**Place(**dict(site)).params, "delivery_date": when, "scheduled_at": when}
        await write_notices(connection, delivery_scheduled(found, f"{delivery_id}", set(wanted), params, by.at))
        fields = {"scheduled_at": [None, when], "vehicles": [None, sorted(set(wanted))]}
        await record_delivery(connection, by, (delivery_id, placed.entity_id), "scheduled", fields)
    return delivery_id


async def put_in(connection: AnyConnection, delivery_id: int, vehicle_ids: Sequence[int], order_id: int | None) -> None:
    """The vehicles of a delivery, each once."""
    await connection.executemany(
        "INSERT INTO delivery_vehicles (delivery_id, vehicle_id, order_id) VALUES ($1, $2, $3)",
        [(delivery_id, vehicle_id, order_id) for vehicle_id in sorted(set(vehicle_ids))],
    )


# Declared ------------------------------------------------------------------------------------------------------------


class Declaration(Struct, frozen=True):
    """What became of a delivery: the written report, and when it was."""

    honoured: bool
    report: str
    at: Instant


async def declare(database: Database, by: By, delivery_id: int, said: Declaration) -> StepRefused | None:
    """Honoured: what is invoiced is released. Not honoured: the vehicles stay in delivery, to be scheduled again."""
    async with database.transaction() as connection:
        order_id = await connection.fetchval("SELECT order_id FROM deliveries WHERE id = $1", delivery_id)
        offered = None if order_id is None else (await locked_order(connection, order_id))[0]
        await connection.execute("SELECT id FROM deliveries WHERE id = $1 FOR UPDATE", delivery_id)
        here = (await read_deliveries(connection, [delivery_id]))[delivery_id]
        if here.status != "scheduled":
            return no(NotNow.ORDER_CANCELLED if here.status == "cancelled" else NotNow.ALREADY_DECLARED, "delivery")
        if said.at > by.at + LATE_SECONDS * SECOND:
            return no(NotNow.IN_THE_FUTURE, "at")
        status = "honoured" if said.honoured else "not_honoured"
        await connection.execute(_DECLARE, delivery_id, status, said.report, said.at, by.user_id)
        vehicle_ids = {vehicle.id for vehicle in here.vehicles}
        if said.honoured:
            await release(connection, by, order_id=order_id, delivery_id=delivery_id)
        else:
            await connection.execute(
                "UPDATE delivery_vehicles SET standing = false WHERE delivery_id = $1", delivery_id
            )
            if offered is not None:
                notices = delivery_not_honoured(offered, f"{delivery_id}", vehicle_ids, said.report, by.at)
            else:
                notices = await _failed_by_hand(connection, by, here, said.report)
            await write_notices(connection, notices)
        fields = {"status": ["scheduled", status], "report": [None, said.report]}
        await record_delivery(connection, by, (delivery_id, here.entity_id), "declared", fields)
    return None


async def _failed_by_hand(connection: AnyConnection, by: By, here: Delivery, report: str) -> list[NoticeDue]:
    entity = await connection.fetchval("SELECT name FROM entities WHERE id = $1", here.entity_id)
    return [
        notice
        for row in await connection.fetch(_NAMES, [vehicle.id for vehicle in here.vehicles])
        for notice in not_honoured(
            f"{here.id}-{row['id']}",
            (here.entity_id, here.trader_id),
            {"vehicle_id": row["id"], "vehicle": row["vehicle"], "plate": row["plate"], "entity": entity},
            {"buyer": here.buyer, "reason": report},
            by.at,
        )
    ]


async def release(
    connection: AnyConnection, by: By, *, order_id: int | None, delivery_id: int | None
) -> tuple[int, ...]:
    """Let go of what is delivered and invoiced of an order, or of a delivery by hand (§6.1). Gives the vehicles."""
    if order_id is not None:
        rows, whose = await connection.fetch(_OF_ORDER, order_id), await connection.fetchrow(_OF_WHOM, order_id)
        key = f"{order_id}"
    else:
        rows = await connection.fetch(_BY_HAND, delivery_id)
        whose, key = await connection.fetchrow(_BY_WHOM, delivery_id), f"by_hand-{delivery_id}"
    assert whose is not None, "the doors have seen it"
    due = [row for row in rows if leaves_stock(delivered=row["delivered"], invoiced=row["invoiced"])]
    named = await connection.fetch(_NAMES, [row["vehicle_id"] for row in due])  # those that have not left yet
    await set_status(connection, by, [row["id"] for row in named], "released")
    notices = [
        to_entity(
            NoticeKind.VEHICLE_RELEASED,
            f"{key}-{row['id']}",
            whose["entity_id"],
            by.at,
            {
                "vehicle_id": row["id"],
                "vehicle": row["vehicle"],
                "plate": row["plate"],
                "entity": whose["entity"],
                "buyer": whose["buyer"],
                "invoice": due[0]["invoice_number"],
            },
        )
        for row in named
    ]
    await write_notices(connection, notices)
    return tuple(row["id"] for row in named)


async def record_delivery(
    connection: AnyConnection, by: By, whose: tuple[int, int], action: str, fields: Mapping[str, object]
) -> None:
    """The record of a delivery; `whose` are its id and its entity's."""
    delivery_id, entity_id = whose
    change = Change(subject="delivery", subject_id=delivery_id, action=action, fields=fields, entity_id=entity_id)
    await record(connection, by, change)
