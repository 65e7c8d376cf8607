"""A vehicle's card by HTTP: made, read whole, changed (§4.1, §4.5 to §4.7).

Rights are asked here, per entity: who works for it reads, who manages its stock writes. What a card may say is the
rules' business.
"""

from typing import Any

from persistence.audit import By
from persistence.stock.rules import stock_rules_of
from persistence.stock.vehicles import (
    CardRefused,
    FullCard,
    Outdated,
    change_vehicle,
    full_card,
    make_vehicle,
    owner_of_vehicle,
    site_owner,
)
from server.errors import DoorCode, Reason, Refusal
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.reading import Nothing
from server.http.stock.card_forms import NewVehicleForm, VehicleChangeForm, card_refusal, read_card
from server.http.stock.sheets import VehicleSheet, latest_day, sheet_of


async def own_vehicle(asking: Asking[Any, Any], right: str | None) -> FullCard | Refusal:
    """The vehicle of the path, for a dealer of its entity who has the right; another's does not exist."""
    doors, vehicle_id, caller = asking.doors, asking.ids["id"], asking.caller
    entity_id = await owner_of_vehicle(doors.database, vehicle_id)
    if entity_id is None or entity_id not in caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    if right is not None and not caller.may(right, entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    return await full_card(doors.database, entity_id, vehicle_id) or Refusal(DoorCode.NOT_FOUND)


async def sheet_as_it_is(doors: HttpDoors, entity_id: int, vehicle_id: int) -> VehicleSheet:
    """The card after a change."""
    card = await full_card(doors.database, entity_id, vehicle_id)
    assert card is not None, "a vehicle of the stock stays"
    return sheet_of(card, await stock_rules_of(doors.database, entity_id), doors.clock.now())


async def create_vehicle(asking: Asking[NewVehicleForm, Nothing]) -> VehicleSheet | Refusal:
    """Enter a vehicle at `pre_arrival`."""
    doors, caller, form = asking.doors, asking.caller, asking.body
    entity_id = await site_owner(doors.database, form.site)
    if entity_id is None or entity_id not in caller.entities:
        reasons = (Reason("unknown", "site"),)
        return Refusal(DoorCode.INVALID, "site: is not one of yours.", "site", reasons=reasons)
    if not caller.may("manage_stock", entity_id):
        return Refusal(DoorCode.NOT_ALLOWED, field="site")
    wish = read_card(form)
    if isinstance(wish, Refusal):
        return wish
    now = doors.clock.now()
    by = By(caller.user_id, now)
    made = await make_vehicle(doors.database, by, entity_id, wish, doors.catalogue, latest_day(now))
    if isinstance(made, CardRefused):
        return card_refusal(made.faults)
    return await sheet_as_it_is(doors, entity_id, made)


async def read_vehicle(asking: Asking[Nothing, Nothing]) -> VehicleSheet | Refusal:
    """A whole card."""
    doors = asking.doors
    found = await own_vehicle(asking, None)
    if isinstance(found, Refusal):
        return found
    return sheet_of(found, await stock_rules_of(doors.database, found.vehicle.entity_id), doors.clock.now())


async def patch_vehicle(asking: Asking[VehicleChangeForm, Nothing]) -> VehicleSheet | Refusal:
    """Change what is named, if nobody has changed the card since it was read."""
    doors, form = asking.doors, asking.body
    found = await own_vehicle(asking, "manage_stock")
    if isinstance(found, Refusal):
        return found
    wish = read_card(form, form.revision)
    if isinstance(wish, Refusal):
        return wish
    now = doors.clock.now()
    by = By(asking.caller.user_id, now)
    done = await change_vehicle(doors.database, by, found.vehicle, wish, doors.catalogue, latest_day(now))
    if isinstance(done, CardRefused):
        return card_refusal(done.faults)
    if isinstance(done, Outdated):
        told = f"revision: somebody has changed the card meanwhile, it is at {done.revision}: read it again."
        return Refusal(DoorCode.CONFLICT, told, "revision")
    return await sheet_as_it_is(doors, found.vehicle.entity_id, found.vehicle.id)


ROUTES = (
    Route(
        method="POST",
        path="/api/vehicles",
        who=Who.DEALER,
        says="Enter a vehicle; it begins its life line at pre_arrival.",
        answer=create_vehicle,
        body=NewVehicleForm,
        gives=VehicleSheet,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/vehicles/{id}",
        who=Who.DEALER,
        says="The whole card of a vehicle of the dealer's entities.",
        answer=read_vehicle,
        gives=VehicleSheet,
    ),
    Route(
        method="PATCH",
        path="/api/vehicles/{id}",
        who=Who.DEALER,
        says="Change a card: what is absent stays, null empties, lists are written whole.",
        answer=patch_vehicle,
        body=VehicleChangeForm,
        gives=VehicleSheet,
        refuses=(DoorCode.CONFLICT,),
    ),
)
