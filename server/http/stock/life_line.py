"""Where a vehicle stands, by HTTP: its status, its reservation, its time in stock; and the entity's settings (§4.2).

Rights are asked here, per entity. Delivery and release are declared after the sale, never here.
"""

from typing import Annotated, Final, Literal, cast

from msgspec import Meta, Struct

from engine.life_line import AddedStatus, Hindrance, Line, StockRules, twice_or_standard
from engine.stock import VehicleStatus
from persistence.audit import By
from persistence.stock.life_line import (
    FieldsMissing,
    HeldByOffer,
    NotReserved,
    explain_stock,
    move_by_hand,
    mute_stock,
    remove_reservation,
)
from persistence.stock.rules import change_stock_rules, stock_rules_of
from server.errors import DoorCode, Reason, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.stock.card_forms import card_refusal
from server.http.stock.sheets import VehicleSheet
from server.http.stock.vehicle_changes import own_vehicle, sheet_as_it_is
from server.http.values import CODE, LINE

MOST_ADDED: Final = 20
_RIGHT: Final = "manage_stock"
_Code = Annotated[str, Meta(max_length=40, pattern=CODE)]
_Why = Annotated[str, Meta(max_length=500, pattern=LINE)]
_Before = Literal["pre_arrival", "physical_entry", "price_destination", "sales_stock"]
_Followed = Literal["pre_arrival", "physical_entry", "price_destination", "sales_stock", "delivery"]


class StatusForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the vehicle goes, and why."""

    status: _Code
    reason: _Why | None = None


class StockReasonForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Why it is in stock for so long."""

    reason: _Why


class MuteForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether it still asks for a reason."""

    muted: bool


class AddedStatusForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A status of the entity's own, and the standard one that it follows."""

    code: _Code
    label: Annotated[str, Meta(max_length=60, pattern=LINE)]
    after: _Followed


class LineForm(Struct, frozen=True, forbid_unknown_fields=True):
    """The line of a destination: its added statuses in order, and whether prices and destination are its own step."""

    price_destination: bool = True
    added: Annotated[tuple[AddedStatusForm, ...], Meta(max_length=MOST_ADDED)] = ()


class StockSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an entity has decided about its stock. `days_target` `null`: none."""

    saleable_from: _Before = "sales_stock"
    publishable_from: _Before = "sales_stock"
    matching_required: bool = True
    leave_sales_stock_by_hand: bool = False
    days_target: Annotated[int, Meta(ge=1, le=3_650)] | None = None
    private: LineForm = LineForm()
    trade: LineForm = LineForm()


# ------------------------------------------------------------------------------------------------------------ vehicles

_SENTENCES: Final[dict[Hindrance, str]] = {
    Hindrance.NOT_ON_THE_LINE: "is not on the life line of this vehicle's destination",
    Hindrance.AFTER_THE_SALE: "delivery and release are declared after the sale",
    Hindrance.NOT_BY_HAND: "this entity does not let vehicles leave sales stock by hand",
    Hindrance.IN_AUCTION: "the vehicle is in an auction: it stays until that is over",
    Hindrance.ORDERED: "its order stands: cancel the order first",
}


async def move_vehicle(asking: Asking[StatusForm, Nothing]) -> VehicleSheet | Refusal:
    """Move a vehicle on its line, or back into the stock."""
    doors, form = asking.doors, asking.body
    found = await own_vehicle(asking, _RIGHT)
    if isinstance(found, Refusal):
        return found
    by = By(asking.caller.user_id, doors.clock.now())
    done = await move_by_hand(doors.database, by, found.vehicle, form.status, form.reason)
    if isinstance(done, FieldsMissing):
        return card_refusal(done.faults)
    if done is not None:
        code = DoorCode.INVALID if done is Hindrance.NOT_ON_THE_LINE else DoorCode.CONFLICT
        return Refusal(code, f"status: {_SENTENCES[done]}.", "status", reasons=(Reason(done.value, "status"),))
    return await sheet_as_it_is(doors, found.vehicle.entity_id, found.vehicle.id)


async def free_vehicle(asking: Asking[Nothing, Nothing]) -> VehicleSheet | Refusal:
    """Remove a reservation."""
    doors = asking.doors
    found = await own_vehicle(asking, _RIGHT)
    if isinstance(found, Refusal):
        return found
    done = await remove_reservation(doors.database, By(asking.caller.user_id, doors.clock.now()), found.vehicle)
    if isinstance(done, NotReserved):
        return Refusal(DoorCode.CONFLICT, "The vehicle is not reserved.")
    if isinstance(done, HeldByOffer):
        if done.of_auction:
            return Refusal(
                DoorCode.CONFLICT, f"Offer {done.number} of an auction stands behind it: cancel the sale first."
            )
        return Refusal(DoorCode.CONFLICT, f"Offer {done.number} stands behind it: abandon the offer first.")
    return await sheet_as_it_is(doors, found.vehicle.entity_id, found.vehicle.id)


async def give_stock_reason(asking: Asking[StockReasonForm, Nothing]) -> VehicleSheet | Refusal:
    """Say why a vehicle is in stock for so long."""
    doors = asking.doors
    found = await own_vehicle(asking, _RIGHT)
    if isinstance(found, Refusal):
        return found
    by = By(asking.caller.user_id, doors.clock.now())
    await explain_stock(doors.database, by, found.vehicle, asking.body.reason)
    return await sheet_as_it_is(doors, found.vehicle.entity_id, found.vehicle.id)


async def mute_vehicle(asking: Asking[MuteForm, Nothing]) -> VehicleSheet | Refusal:
    """Let a vehicle ask for no reason any more, or again."""
    doors = asking.doors
    found = await own_vehicle(asking, _RIGHT)
    if isinstance(found, Refusal):
        return found
    by = By(asking.caller.user_id, doors.clock.now())
    await mute_stock(doors.database, by, found.vehicle, muted=asking.body.muted)
    return await sheet_as_it_is(doors, found.vehicle.entity_id, found.vehicle.id)


# ------------------------------------------------------------------------------------------------------------ settings


async def read_stock_settings(asking: Asking[Nothing, Nothing]) -> StockSettings | Refusal:
    """The settings of one of the dealer's entities."""
    entity_id = asking.ids["id"]
    if entity_id not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    return _settings(await stock_rules_of(asking.doors.database, entity_id))


async def put_stock_settings(asking: Asking[StockSettings, Nothing]) -> StockSettings | Refusal:
    """Set them all; what is not named takes its default."""
    doors, caller, form, entity_id = asking.doors, asking.caller, asking.body, asking.ids["id"]
    if entity_id not in caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    if not caller.may(_RIGHT, entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    rules = _rules(form)
    named = [
        f"{name}.added[{place}].code"
        for name, line in (("private", rules.private), ("trade", rules.trade))
        for place in twice_or_standard(line)
    ]
    if named:
        reasons = tuple(Reason("taken", field) for field in named)
        told = "is a standard status, or stands there twice"
        return Refusal(DoorCode.INVALID, _each(named, told), named[0], reasons=reasons)
    used = await change_stock_rules(doors.database, By(caller.user_id, doors.clock.now()), entity_id, rules)
    if used is not None:
        lines = list(dict.fromkeys(line for line, _ in used.statuses))
        told = "vehicles stand in a status that this line has no more: move them first"
        reasons = tuple(Reason("in_use", line) for line in lines)
        return Refusal(DoorCode.CONFLICT, _each(lines, told), lines[0], reasons=reasons)
    return _settings(await stock_rules_of(doors.database, entity_id))


def _each(named: list[str], told: str) -> str:
    return "; ".join(f"{field}: {told}" for field in named) + "."


def _rules(form: StockSettings) -> StockRules:
    return StockRules(
        saleable_from=VehicleStatus(form.saleable_from),
        publishable_from=VehicleStatus(form.publishable_from),
        matching_required=form.matching_required,
        leave_sales_stock_by_hand=form.leave_sales_stock_by_hand,
        days_target=form.days_target,
        private=_line(form.private),
        trade=_line(form.trade),
    )


def _line(form: LineForm) -> Line:
    added = tuple(AddedStatus(each.code, each.label.strip(), VehicleStatus(each.after)) for each in form.added)
    return Line(form.price_destination, added)


def _settings(rules: StockRules) -> StockSettings:
    return StockSettings(
        saleable_from=cast(_Before, rules.saleable_from.value),
        publishable_from=cast(_Before, rules.publishable_from.value),
        matching_required=rules.matching_required,
        leave_sales_stock_by_hand=rules.leave_sales_stock_by_hand,
        days_target=rules.days_target,
        private=_line_form(rules.private),
        trade=_line_form(rules.trade),
    )


def _line_form(line: Line) -> LineForm:
    added = tuple(AddedStatusForm(each.code, each.label, cast(_Followed, each.after.value)) for each in line.added)
    return LineForm(line.price_destination, added)


ROUTES = (
    Route(
        method="POST",
        path="/api/vehicles/{id}/status",
        who=Who.DEALER,
        says="Move a vehicle on its life line.",
        answer=move_vehicle,
        body=StatusForm,
        gives=VehicleSheet,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="DELETE",
        path="/api/vehicles/{id}/reservation",
        who=Who.DEALER,
        says="Remove the reservation of a vehicle, unless an offer stands behind it.",
        answer=free_vehicle,
        gives=VehicleSheet,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="POST",
        path="/api/vehicles/{id}/stock-reason",
        who=Who.DEALER,
        says="Say why a vehicle is in stock for so long.",
        answer=give_stock_reason,
        body=StockReasonForm,
        gives=VehicleSheet,
    ),
    Route(
        method="POST",
        path="/api/vehicles/{id}/mute",
        who=Who.DEALER,
        says="Let a vehicle that is in stock for long ask for no reason any more, or again.",
        answer=mute_vehicle,
        body=MuteForm,
        gives=VehicleSheet,
    ),
    Route(
        method="GET",
        path="/api/entities/{id}/stock-settings",
        who=Who.DEALER,
        says="What an entity has decided about its stock.",
        answer=read_stock_settings,
        gives=StockSettings,
    ),
    Route(
        method="PUT",
        path="/api/entities/{id}/stock-settings",
        who=Who.DEALER,
        says="Decide about the stock of an entity, whole.",
        answer=put_stock_settings,
        body=StockSettings,
        gives=StockSettings,
        refuses=(DoorCode.CONFLICT,),
    ),
)
