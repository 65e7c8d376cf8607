"""Other vehicles reserved by the same buyer, put into an offer before it is ordered, and taken out again (§6.2).

A vehicle is in one offer at a time. One that another offer to this buyer holds keeps its price, remembers where it came
from and goes home when it is taken out; the vehicles that an auction sold together stay in their own offer or travel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.after_sale import NotNow, Step, StepRefused, Why
from engine.money import Cents, format_amount
from engine.stock import has_left
from persistence.sales.offer_steps import (
    delivered_by_hand,
    free_vehicles,
    no,
    record_step,
    send_home,
    sold_apart,
    step_refused,
)
from persistence.sales.offers import lines_elsewhere, locked_offer
from persistence.stock.cards import locked_vehicles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from persistence.audit import By
    from persistence.database import AnyConnection, Database
    from persistence.sales.offer_changes import OfferedVehicle
    from persistence.sales.offers import StoredOffer
    from persistence.stock.cards import StoredVehicle

_BRING: Final = """
    UPDATE offer_lines
    SET offer_id = $1, home_offer_id = nullif(coalesce(home_offer_id, offer_id), $1),
        position = (SELECT coalesce(max(position), 0) + 1 FROM offer_lines AS here WHERE here.offer_id = $1)
    WHERE offer_id = $2 AND vehicle_id = $3
"""
_ADD: Final = """
    INSERT INTO offer_lines (offer_id, position, vehicle_id, price_cents, vat, was_reserved)
    SELECT $1, coalesce(max(position), 0) + 1, $2, $3, $4, true FROM offer_lines WHERE offer_id = $1
"""


async def add_vehicles(
    database: Database, by: By, offer_id: int, chosen: Sequence[OfferedVehicle]
) -> StepRefused | None:
    """Put vehicles that are reserved for the same buyer into its offer."""
    async with database.transaction() as connection:
        found = await locked_offer(connection, offer_id, with_buyers=True)
        why = step_refused(Step.ADD_VEHICLES, found)
        if why is not None:
            return why
        ids = [vehicle.id for vehicle in chosen]
        cards = await locked_vehicles(connection, found.entity_id, ids)
        elsewhere = await lines_elsewhere(connection, found, ids)
        reasons: list[Why] = []
        for place, vehicle in enumerate(chosen):
            reason = _not_added(found, vehicle, cards.get(vehicle.id), elsewhere)
            if reason is not None or vehicle.id in ids[:place]:
                reasons.append(Why(reason or NotNow.RESERVED, f"vehicles[{place}]", vehicle.id))
        if reasons:
            return StepRefused(tuple(reasons))
        for vehicle in chosen:
            await _add(connection, found, vehicle, cards[vehicle.id], elsewhere)
        await record_step(connection, by, (offer_id, found.entity_id), "vehicles_added", {"vehicles": [None, ids]})
    return None


def _not_added(
    found: StoredOffer, chosen: OfferedVehicle, card: StoredVehicle | None, elsewhere: dict[int, int]
) -> NotNow | None:
    if card is None:
        return NotNow.UNKNOWN_VEHICLE
    if has_left(card.reached):
        return NotNow.HAS_LEFT
    if card.reserved_for_trader_id is None:
        return NotNow.NOT_RESERVED
    if card.reserved_for_trader_id != found.trader_id or chosen.id in {vehicle.id for vehicle in found.vehicles}:
        return NotNow.RESERVED
    if chosen.id in elsewhere:
        return None if chosen.price_cents is None else NotNow.PRICE_FIXED
    return None if (chosen.price_cents or card.trade_price_cents) else NotNow.NO_PRICE


async def _add(
    connection: AnyConnection,
    found: StoredOffer,
    chosen: OfferedVehicle,
    card: StoredVehicle,
    elsewhere: dict[int, int],
) -> None:
    if chosen.id in elsewhere:
        await connection.execute(_BRING, found.id, elsewhere[chosen.id], chosen.id)
        return
    price_cents: Cents = chosen.price_cents or card.trade_price_cents or 0
    await connection.execute(_ADD, found.id, chosen.id, price_cents, card.vat)


async def remove_vehicle(database: Database, by: By, offer_id: int, vehicle_id: int) -> StepRefused | None:
    """Take a vehicle out again: it goes back to the offer it came from, else it is as it was before.

    What an auction sold stays while its own offer is ordered without it: it is freed by cancelling its sale (§5.4.5).
    """
    async with database.transaction() as connection:
        found = await locked_offer(connection, offer_id, with_buyers=True)
        why = step_refused(Step.ADD_VEHICLES, found)
        if why is not None:
            return why
        line = next((vehicle for vehicle in found.vehicles if vehicle.id == vehicle_id), None)
        if line is None:
            return no(NotNow.UNKNOWN_VEHICLE, "vehicle", vehicle_id)
        if (line.fixed and line.home_offer_id is None) or await sold_apart(connection, [line]):
            return no(NotNow.OF_THE_AUCTION, "vehicle", vehicle_id)
        if len(found.vehicles) == 1 and line.home_offer_id is None:
            return no(NotNow.NO_VEHICLES, "vehicle", vehicle_id)
        await locked_vehicles(connection, found.entity_id, [vehicle_id])
        if not await send_home(connection, found, [line]):
            if not line.was_reserved and await delivered_by_hand(connection, [vehicle_id]):
                return no(NotNow.IN_DELIVERY, "vehicle", vehicle_id)
            await connection.execute(
                "DELETE FROM offer_lines WHERE offer_id = $1 AND vehicle_id = $2", offer_id, vehicle_id
            )
            if not line.was_reserved:
                await free_vehicles(connection, by, found, [vehicle_id])
        fields = {"vehicle": [vehicle_id, None], "price": [format_amount(line.price_cents), None]}
        await record_step(connection, by, (offer_id, found.entity_id), "vehicle_removed", fields)
    return None
