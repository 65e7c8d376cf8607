"""Deliveries: scheduled, declared with a written report, made by hand (§6.1, §6.3).

The dealer's alone: a buyer reads of its deliveries among its purchases, and never a report.
"""

from typing import Annotated

from msgspec import Meta, Struct

from engine.after_sale import StepRefused
from engine.instants import format_instant
from persistence.sales.deliveries import (
    Declaration,
    DeliveredVehicle,
    Delivery,
    DeliveryForm,
    declare,
    delivery,
    schedule,
)
from persistence.sales.manual_deliveries import ManualDelivery, declare_by_hand, entity_of_vehicle
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.sales.after_sale import MOST_VEHICLES, by, may, own_order, refusal_of
from server.http.sales.offers import instant
from server.http.values import LINE, REPORT, Id, InstantText, read_instant
from server.http.words import DeliveryStatusWord

NameText = Annotated[str, Meta(max_length=200, pattern=LINE)]


class ScheduleForm(Struct, frozen=True, forbid_unknown_fields=True):
    """The order's site and all vehicles that need a delivery, unless told otherwise."""

    scheduled_at: InstantText
    site: Id | None = None
    vehicles: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=MOST_VEHICLES)] | None = None


class DeclarationForm(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of it; `at`: when, now unless told otherwise."""

    honoured: bool
    report: Annotated[str, Meta(min_length=1, max_length=4000, pattern=REPORT)]
    at: InstantText | None = None


class ManualDeliveryForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Seller and client, when, where it is delivered and where it stands."""

    seller: NameText
    client: NameText
    date: InstantText
    delivery_site: Id
    physical_site: Id


class DeliveryVehicle(Struct, frozen=True):
    """A vehicle of a delivery."""

    id: int
    make: str
    model: str
    plate: str | None
    status: str


class DeliverySite(Struct, frozen=True):
    """Where."""

    id: int
    name: str


class DeliveryOrder(Struct, frozen=True):
    """The order that it belongs to."""

    id: int
    display_number: str
    offer: int


class DeliveryAnswer(Struct, frozen=True, kw_only=True):
    """A delivery; `order` is none of one made by hand, which has a seller and a physical site."""

    id: int
    entity: int
    order: DeliveryOrder | None
    buyer: str
    seller: str | None
    site: DeliverySite
    physical_site: DeliverySite | None
    scheduled_at: str
    status: DeliveryStatusWord
    report: str | None
    declared_at: str | None
    invoice: str | None
    invoiced_at: str | None
    vehicles: tuple[DeliveryVehicle, ...]


def delivery_answer(found: Delivery) -> DeliveryAnswer:
    """A delivery as the dealer reads it."""
    order, physical = None, None
    if found.order_id is not None and found.order_number is not None and found.offer_id is not None:
        order = DeliveryOrder(found.order_id, found.order_number, found.offer_id)
    if found.physical_site_id is not None and found.physical_site is not None:
        physical = DeliverySite(found.physical_site_id, found.physical_site)
    return DeliveryAnswer(
        id=found.id,
        entity=found.entity_id,
        order=order,
        buyer=found.buyer,
        seller=found.seller,
        site=DeliverySite(found.site_id, found.site),
        physical_site=physical,
        scheduled_at=format_instant(found.scheduled_at),
        status=found.status,
        report=found.report,
        declared_at=instant(found.declared_at),
        invoice=found.invoice_number,
        invoiced_at=instant(found.invoiced_at),
        vehicles=tuple(vehicle_answer(vehicle) for vehicle in found.vehicles),
    )


def vehicle_answer(vehicle: DeliveredVehicle) -> DeliveryVehicle:
    """A vehicle of a delivery, as it is answered."""
    return DeliveryVehicle(vehicle.id, vehicle.make, vehicle.model, vehicle.plate, vehicle.status)


async def schedule_delivery(asking: Asking[ScheduleForm, Nothing]) -> DeliveryAnswer | Refusal:
    """Schedule a delivery of an order's vehicles."""
    found, form = await own_order(asking, "declare_deliveries"), asking.body
    if isinstance(found, Refusal):
        return found
    at = read_instant(form.scheduled_at, "scheduled_at")
    if isinstance(at, Refusal):
        return at
    wanted = DeliveryForm(scheduled_at=at, site_id=form.site, vehicle_ids=form.vehicles)
    made = await schedule(asking.doors.database, by(asking), found.id, wanted)
    return await _answered(asking, made)


async def declare_delivery(asking: Asking[DeclarationForm, Nothing]) -> DeliveryAnswer | Refusal:
    """Say what became of a delivery."""
    found, form, who = await delivery(asking.doors.database, asking.ids["id"]), asking.body, by(asking)
    if found is None or found.entity_id not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    if not may(asking.caller, "declare_deliveries", found.entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    at = who.at if form.at is None else read_instant(form.at, "at")
    if isinstance(at, Refusal):
        return at
    why = await declare(asking.doors.database, who, found.id, Declaration(form.honoured, form.report, at))
    return await _answered(asking, why or found.id)


async def deliver_by_hand(asking: Asking[ManualDeliveryForm, Nothing]) -> DeliveryAnswer | Refusal:
    """Declare a reserved vehicle to delivery by hand."""
    vehicle_id, form, caller = asking.ids["id"], asking.body, asking.caller
    entity_id = await entity_of_vehicle(asking.doors.database, vehicle_id)
    if entity_id is None or entity_id not in caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    if not may(caller, "declare_deliveries", entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    at = read_instant(form.date, "date")
    if isinstance(at, Refusal):
        return at
    wanted = ManualDelivery(
        seller=form.seller,
        client=form.client,
        scheduled_at=at,
        site_id=form.delivery_site,
        physical_site_id=form.physical_site,
    )
    made = await declare_by_hand(asking.doors.database, by(asking), entity_id, vehicle_id, wanted)
    return await _answered(asking, made)


async def _answered(
    asking: Asking[ScheduleForm, Nothing] | Asking[DeclarationForm, Nothing] | Asking[ManualDeliveryForm, Nothing],
    made: int | StepRefused,
) -> DeliveryAnswer | Refusal:
    if isinstance(made, StepRefused):
        return refusal_of(made)
    found = await delivery(asking.doors.database, made)
    assert found is not None, "it has just been there"
    return delivery_answer(found)


ROUTES = (
    Route(
        method="POST",
        path="/api/orders/{id}/deliveries",
        who=Who.DEALER,
        says="Schedule a delivery of an order's vehicles; the buyer is told when and where.",
        answer=schedule_delivery,
        body=ScheduleForm,
        gives=DeliveryAnswer,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="POST",
        path="/api/deliveries/{id}/declaration",
        who=Who.DEALER,
        says="Declare a delivery honoured or not, with a written report.",
        answer=declare_delivery,
        body=DeclarationForm,
        gives=DeliveryAnswer,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="POST",
        path="/api/vehicles/{id}/manual-delivery",
        who=Who.DEALER,
        says="Declare a reserved vehicle of the sales stock to delivery by hand, where the entity allows it.",
        answer=deliver_by_hand,
        body=ManualDeliveryForm,
        gives=DeliveryAnswer,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
)
