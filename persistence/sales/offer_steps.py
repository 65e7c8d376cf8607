"""What every step of an offer shares: the rule's no, the record, what notices say, and vehicles that go home.

All of it in the caller's transaction, which keeps the offer's row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.after_sale import NotNow, Step, StepRefused, Why, refused
from persistence.audit import Change, record
from persistence.sales.offers import status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from persistence.audit import By
    from persistence.database import AnyConnection
    from persistence.sales.offers import OfferHead, OfferVehicle

_SEND_HOME: Final = """
    UPDATE offer_lines
    SET offer_id = home_offer_id, home_offer_id = NULL,
        position = position + (SELECT coalesce(max(position), 0) FROM offer_lines AS there WHERE there.offer_id = $3)
    WHERE offer_id = $1 AND vehicle_id = $2
"""
_LIVE: Final = "SELECT id FROM offers WHERE id = ANY ($1::bigint[]) AND status IN ('in_progress', 'validated')"
_ORDERED: Final = "SELECT id FROM offers WHERE id = ANY ($1::bigint[]) AND status = 'ordered'"
_DELIVERED_BY_HAND: Final = """
    SELECT vehicle_id FROM delivery_vehicles
    WHERE vehicle_id = ANY ($1::bigint[]) AND order_id IS NULL AND standing ORDER BY vehicle_id
"""
_RESERVE: Final = """
    UPDATE vehicles SET reserved_for_trader_id = $2, reserved_at = $3 WHERE id = ANY ($1::bigint[])
"""
_FREE: Final = """
    UPDATE vehicles SET reserved_for_trader_id = NULL, reserved_at = NULL
    WHERE id = ANY ($1::bigint[]) AND reserved_for_trader_id = $2 RETURNING id
"""


def no(code: str, field: str = "offer", vehicle_id: int | None = None) -> StepRefused:
    """Refused for one reason."""
    return StepRefused((Why(code, field, vehicle_id),))


def step_refused(step: Step, found: OfferHead) -> StepRefused | None:
    """The rule's no to a step of this offer."""
    why = refused(step, status_of(found), of_auction=found.of_auction)
    return None if why is None else no(why, "price" if why is NotNow.PRICE_FIXED else "offer")


def about(found: OfferHead) -> dict[str, str | int | None]:
    """What every notice of an offer says."""
    return {"offer_id": found.id, "number": found.display_number, "entity": found.entity}


async def record_step(
    connection: AnyConnection, by: By, whose: tuple[int, int], action: str, fields: Mapping[str, object]
) -> None:
    """The record of a step; `whose` are the ids of the offer and of its entity."""
    offer_id, entity_id = whose
    change = Change(subject="offer", subject_id=offer_id, action=action, fields=fields, entity_id=entity_id)
    await record(connection, by, change)


async def send_home(connection: AnyConnection, found: OfferHead, vehicles: Iterable[OfferVehicle]) -> list[int]:
    """Give those that another offer held before back to it, if that one still stands. Gives their ids."""
    lent = [vehicle for vehicle in vehicles if vehicle.home_offer_id is not None]
    live = {row["id"] for row in await connection.fetch(_LIVE, [vehicle.home_offer_id for vehicle in lent])}
    gone = [vehicle for vehicle in lent if vehicle.home_offer_id in live]
    for vehicle in gone:
        await connection.execute(_SEND_HOME, found.id, vehicle.id, vehicle.home_offer_id)
    return [vehicle.id for vehicle in gone]


async def kept_by_it_alone(connection: AnyConnection, vehicles: Iterable[OfferVehicle]) -> list[int]:
    """Those that nothing but their offer keeps for its buyer: no offer that stands takes them home, and none was needed
    to reserve them. Gives ids.
    """
    kept = [vehicle for vehicle in vehicles if not vehicle.was_reserved]
    homes = [vehicle.home_offer_id for vehicle in kept if vehicle.home_offer_id is not None]
    live = {row["id"] for row in await connection.fetch(_LIVE, homes)}
    return [vehicle.id for vehicle in kept if vehicle.home_offer_id not in live]


async def sold_apart(connection: AnyConnection, vehicles: Iterable[OfferVehicle]) -> list[int]:
    """Those of an auction's lot whose own offer is ordered without them: they are not freed here. Gives ids."""
    lent = [vehicle for vehicle in vehicles if vehicle.fixed and vehicle.home_offer_id is not None]
    rows = await connection.fetch(_ORDERED, [vehicle.home_offer_id for vehicle in lent])
    ordered = {row["id"] for row in rows}
    return [vehicle.id for vehicle in lent if vehicle.home_offer_id in ordered]


async def delivered_by_hand(connection: AnyConnection, vehicle_ids: Sequence[int]) -> list[int]:
    """Those with a delivery by hand that stands, scheduled or honoured (§6.3); the caller keeps their rows."""
    return [row["vehicle_id"] for row in await connection.fetch(_DELIVERED_BY_HAND, list(vehicle_ids))]


async def reserve_vehicles(
    connection: AnyConnection, by: By, entity_id: int, vehicle_ids: Sequence[int], trader_id: int
) -> None:
    """Keep these free vehicles for the trader, each with its record."""
    await connection.execute(_RESERVE, list(vehicle_ids), trader_id, by.at)
    for vehicle_id in vehicle_ids:
        await _record_vehicle(connection, by, (vehicle_id, entity_id), "reserved", [None, trader_id])


async def free_vehicles(connection: AnyConnection, by: By, found: OfferHead, vehicle_ids: Sequence[int]) -> None:
    """Nobody keeps them for the offer's buyer any more; those that are kept for another by now are left."""
    freed = await connection.fetch(_FREE, list(vehicle_ids), found.trader_id)
    for row in freed:
        whose = (row["id"], found.entity_id)
        await _record_vehicle(connection, by, whose, "reservation_removed", [found.trader_id, None])


async def _record_vehicle(
    connection: AnyConnection, by: By, whose: tuple[int, int], action: str, change: list[int | None]
) -> None:
    vehicle_id, entity_id = whose
    fields = {"reserved_for_trader_id": change}
    await record(
        connection,
        by,
        Change(subject="vehicle", subject_id=vehicle_id, action=action, fields=fields, entity_id=entity_id),
    )
