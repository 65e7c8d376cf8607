"""Where the vehicles of the stock stand on their life line, written with its record (§4.2).

Stores and reads. Whether a vehicle may move is the rule of engine/life_line.py, who may move it the doors' business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import asyncpg
from msgspec import Struct

from engine.life_line import Hindrance, Standing, hindrance, missing_at
from engine.notices import NoticeDue, NoticeKind, ToEntity
from engine.stock import VehicleStatus
from engine.vehicle_card import Fault, Problem
from persistence.audit import By, Change, record
from persistence.notices.due import write_notices
from persistence.stock.cards import StoredVehicle, field_taken, locked_vehicles
from persistence.stock.rules import stock_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.instants import Instant
    from persistence.database import AnyConnection, Database

_TOLD: Final = {
    VehicleStatus.DELIVERY.value: NoticeKind.VEHICLE_IN_DELIVERY,
    VehicleStatus.RELEASED.value: NoticeKind.VEHICLE_RELEASED,
}
_LOCK: Final = """
    SELECT id, entity_id, status FROM vehicles WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE
"""
_MOVE: Final = """
    UPDATE vehicles
    SET status = $2, revision = revision + 1, released_at = CASE WHEN $2 = 'released' THEN $3::timestamptz END
    WHERE id = ANY ($1::bigint[])
"""
_LIVE_OFFER: Final = """
    SELECT offers.number, offers.status, offers.auction_id
    FROM offer_lines JOIN offers ON offers.id = offer_lines.offer_id
    WHERE offer_lines.vehicle_id = $1 AND offers.status IN ('in_progress', 'validated', 'ordered')
    ORDER BY offers.id DESC LIMIT 1
"""
_HANDED_OVER: Final = """
    SELECT EXISTS (
        SELECT FROM delivery_vehicles JOIN deliveries ON deliveries.id = delivery_vehicles.delivery_id
        JOIN invoices ON invoices.order_id = deliveries.order_id OR invoices.delivery_id = deliveries.id
        WHERE delivery_vehicles.vehicle_id = $1 AND delivery_vehicles.standing AND deliveries.status = 'honoured')
"""
_LOCK_DELIVERIES: Final = """
    SELECT deliveries.id FROM delivery_vehicles JOIN deliveries ON deliveries.id = delivery_vehicles.delivery_id
    WHERE delivery_vehicles.vehicle_id = $1 AND delivery_vehicles.order_id IS NULL AND delivery_vehicles.standing
    ORDER BY deliveries.id FOR UPDATE OF deliveries
"""
_STOP_DELIVERIES: Final = """
    WITH stopped AS (
        UPDATE delivery_vehicles SET standing = false WHERE vehicle_id = $1 AND order_id IS NULL AND standing
        RETURNING delivery_id
    )
    UPDATE deliveries SET status = 'cancelled'
    WHERE id IN (SELECT delivery_id FROM stopped) AND order_id IS NULL AND status = 'scheduled'
"""
_FREE: Final = """
    UPDATE vehicles SET reserved_for_trader_id = NULL, reserved_at = NULL, reserved_for_client = NULL,
                        revision = revision + 1
    WHERE id = $1
"""


class FieldsMissing(Struct, frozen=True):
    """The card lacks what the status asks for."""

    faults: tuple[Fault, ...]


class HeldByOffer(Struct, frozen=True):
    """The reservation is that of offer `number`; `of_auction`: of a won lot."""

    number: int
    of_auction: bool


class NotReserved(Struct, frozen=True):
    """Nobody has reserved it."""


async def set_status(
    connection: AnyConnection, by: By, vehicle_ids: Sequence[int], status: str, *, reason: str | None = None
) -> None:
    """The vehicles stand at `status` from now on, each with its record; those that stand there already are left.

    In the caller's transaction; the caller has checked the rule. Raises asyncpg's UniqueViolationError if a vehicle
    comes back whose plate or VIN another one has by now.
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


async def standing_of(connection: AnyConnection, vehicle: StoredVehicle) -> Standing:
    """Where the vehicle is, and what binds it there."""
    offer = await connection.fetchrow(_LIVE_OFFER, vehicle.id)
    return Standing(
        vehicle.status,
        in_auction=vehicle.busy_auction_id is not None,
        ordered=offer is not None and offer["status"] == "ordered",
        handed_over=await connection.fetchval(_HANDED_OVER, vehicle.id),
    )


async def move_by_hand(
    database: Database, by: By, vehicle: StoredVehicle, status: str, reason: str | None
) -> Hindrance | FieldsMissing | None:
    """A dealer moves the vehicle on its line, back into the stock too (§4.2), with its record."""
    try:
        async with database.transaction() as connection:
            rules = await stock_rules(connection, vehicle.entity_id, kept=True)
            await connection.execute(_LOCK_DELIVERIES, vehicle.id)  # before the vehicle, as their own declaration does
            stored = await _locked(connection, vehicle)
            standing, line = await standing_of(connection, stored), rules.line(stored.destination)
            hindered = hindrance(line, standing, status, by_hand=rules.leave_sales_stock_by_hand)
            if hindered is not None:
                return hindered
            stood = missing_at(line, stored.status, stored)
            missing = [field for field in missing_at(line, status, stored) if field not in stood]
            if missing:
                return FieldsMissing(tuple(Fault(field, Problem.REQUIRED) for field in missing))
            if line.has_left(stored.status) and not line.has_left(status):
                await connection.execute(_STOP_DELIVERIES, stored.id)  # one made by hand has no order to cancel
            await set_status(connection, by, (stored.id,), status, reason=reason)
            if status in _TOLD and status != stored.status:
                await write_notices(connection, [_passage(stored, _TOLD[status], by.at)])
    except asyncpg.UniqueViolationError as fault:
        return FieldsMissing((Fault(field_taken(fault), Problem.TAKEN),))
    return None


def _passage(vehicle: StoredVehicle, kind: NoticeKind, at: Instant) -> NoticeDue:
    """To the entity: the vehicle has passed to delivery, or is released, by hand (§6.3)."""
    params: dict[str, str | int | None] = {
        "vehicle_id": vehicle.id,
        "vehicle": " ".join(word for word in (vehicle.make, vehicle.model, vehicle.version) if word),
        "plate": vehicle.ref,
        "site": vehicle.site,
    }
    key = f"{kind.value}-moved-{vehicle.id}-{at}"
    return NoticeDue(key=key, kind=kind, to=ToEntity(vehicle.entity_id), at=at, params=params)


async def remove_reservation(database: Database, by: By, vehicle: StoredVehicle) -> HeldByOffer | NotReserved | None:
    """Free a reserved vehicle, with its record, unless an offer stands behind the reservation."""
    async with database.transaction() as connection:
        stored = await _locked(connection, vehicle)
        offer = await connection.fetchrow(_LIVE_OFFER, stored.id)
        if stored.reserved_for_trader_id is not None and offer is not None:
            return HeldByOffer(offer["number"], offer["auction_id"] is not None)
        fields: dict[str, Any] = {}
        if stored.reserved_for_trader_id is not None:
            fields["reserved_for_trader_id"] = [stored.reserved_for_trader_id, None]
        if stored.reserved_for_client is not None:
            fields["reserved_for_client"] = [stored.reserved_for_client, None]
        if not fields:
            return NotReserved()
        await connection.execute(_FREE, stored.id)
        await _record(connection, by, stored, "reservation_removed", fields)
    return None


async def explain_stock(database: Database, by: By, vehicle: StoredVehicle, reason: str) -> None:
    """Why the vehicle is in stock for so long (§4.2), with its record."""
    async with database.transaction() as connection:
        stored = await _locked(connection, vehicle)
        if stored.stock_reason != reason:
            await connection.execute("UPDATE vehicles SET stock_reason = $2 WHERE id = $1", stored.id, reason)
            await _record(connection, by, stored, "stock_explained", {"stock_reason": [stored.stock_reason, reason]})


async def mute_stock(database: Database, by: By, vehicle: StoredVehicle, *, muted: bool) -> None:
    """Whether the vehicle still asks why it is in stock for so long (§4.2), with its record."""
    async with database.transaction() as connection:
        stored = await _locked(connection, vehicle)
        if stored.stock_muted is not muted:
            await connection.execute("UPDATE vehicles SET stock_muted = $2 WHERE id = $1", stored.id, muted)
            await _record(connection, by, stored, "stock_muted", {"stock_muted": [stored.stock_muted, muted]})


async def _locked(connection: AnyConnection, vehicle: StoredVehicle) -> StoredVehicle:
    return (await locked_vehicles(connection, vehicle.entity_id, (vehicle.id,)))[vehicle.id]


async def _record(
    connection: AnyConnection, by: By, vehicle: StoredVehicle, action: str, fields: dict[str, Any]
) -> None:
    change = Change(subject="vehicle", subject_id=vehicle.id, action=action, fields=fields, entity_id=vehicle.entity_id)
    await record(connection, by, change)
