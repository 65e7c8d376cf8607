"""What a dealer does with an offer: change, validate, send, abandon, duplicate it, add vehicles (§6.1, §6.2).

Abandoning an auction's offer is cancelling its sale (§5.4.5): the same command of the same house, and the right to it.
"""

from typing import Annotated

from msgspec import Meta, Struct

from engine.after_sale import NotNow, Step
from engine.auction.commands import CancelSale
from engine.auction.refusals import RefusalCode, Refused
from engine.money import Cents
from persistence.auctions.consequences import is_sale_ordered
from persistence.sales.offer_changes import abandon, change_offer, duplicate, send, validate
from persistence.sales.offer_steps import no, step_refused
from persistence.sales.offer_vehicles import add_vehicles, remove_vehicle
from persistence.sales.offers import StoredOffer
from persistence.versions import ChangedMeanwhile
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.sales.after_sale import MOST_EXTRAS, MOST_VEHICLES, ReasonForm, by, may, own_offer, refusal_of
from server.http.sales.offers import (
    ExtraForm,
    Offer,
    OfferedVehicleForm,
    answered,
    read_extras,
    read_price,
    read_vehicles,
)
from server.http.values import AmountText, Id, Version


class PriceForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A vehicle's price, TTC."""

    id: Id
    price: AmountText


class OfferChange(Struct, frozen=True, forbid_unknown_fields=True):
    """Prices of some vehicles; extras, if given, replace those there are. `version` is the one that was read."""

    version: Version
    vehicles: Annotated[tuple[PriceForm, ...], Meta(max_length=MOST_VEHICLES)] = ()
    extras: Annotated[tuple[ExtraForm, ...], Meta(max_length=MOST_EXTRAS)] | None = None


class MoreVehicles(Struct, frozen=True, forbid_unknown_fields=True):
    """Vehicles reserved for the same buyer; one that another offer holds keeps its price."""

    vehicles: Annotated[tuple[OfferedVehicleForm, ...], Meta(min_length=1, max_length=MOST_VEHICLES)]


async def patch_offer(asking: Asking[OfferChange, Nothing]) -> Offer | Refusal:
    """Change prices and extras, of an offer that no auction made."""
    found = await own_offer(asking, "make_offers")
    if isinstance(found, Refusal):
        return found
    prices: dict[int, Cents] = {}
    for place, form in enumerate(asking.body.vehicles):
        cents = read_price(form.price, f"vehicles[{place}].price")
        if isinstance(cents, Refusal):
            return cents
        prices[form.id] = cents
    extras = None if asking.body.extras is None else read_extras(asking.body.extras)
    if isinstance(extras, Refusal):
        return extras
    version = asking.body.version
    why = await change_offer(asking.doors.database, by(asking), found.id, prices, extras, version=version)
    if isinstance(why, ChangedMeanwhile):
        return Refusal(DoorCode.CHANGED_MEANWHILE, field="version")
    return await answered(asking, why or found.id)


async def validate_offer(asking: Asking[Nothing, Nothing]) -> Offer | Refusal:
    """Make an offer ready to be ordered."""
    found = await own_offer(asking, "make_offers")
    if isinstance(found, Refusal):
        return found
    return await answered(asking, await validate(asking.doors.database, by(asking), found.id) or found.id)


async def send_offer(asking: Asking[Nothing, Nothing]) -> Offer | Refusal:
    """Tell the trader of the offer."""
    found = await own_offer(asking, "make_offers")
    if isinstance(found, Refusal):
        return found
    return await answered(asking, await send(asking.doors.database, by(asking), found.id) or found.id)


async def duplicate_offer(asking: Asking[Nothing, Nothing]) -> Offer | Refusal:
    """A new offer with the same content, for vehicles that are free."""
    found = await own_offer(asking, "make_offers")
    if isinstance(found, Refusal):
        return found
    return await answered(asking, await duplicate(asking.doors.database, by(asking), found.id))


async def add_offer_vehicles(asking: Asking[MoreVehicles, Nothing]) -> Offer | Refusal:
    """Put more vehicles of the same buyer into the offer."""
    found = await own_offer(asking, "make_offers")
    if isinstance(found, Refusal):
        return found
    vehicles = read_vehicles(asking.body.vehicles)
    if isinstance(vehicles, Refusal):
        return vehicles
    why = await add_vehicles(asking.doors.database, by(asking), found.id, vehicles)
    return await answered(asking, why or found.id)


async def remove_offer_vehicle(asking: Asking[Nothing, Nothing]) -> Offer | Refusal:
    """Take a vehicle out of the offer again."""
    found = await own_offer(asking, "make_offers")
    if isinstance(found, Refusal):
        return found
    why = await remove_vehicle(asking.doors.database, by(asking), found.id, asking.ids["vehicle"])
    return await answered(asking, why or found.id)


# ---------------------------------------------------------------------------------------------------------- given up


async def abandon_offer(asking: Asking[ReasonForm, Nothing]) -> Offer | Refusal:
    """Give the offer up; of an auction's, cancel the sale."""
    found = await own_offer(asking)
    if isinstance(found, Refusal):
        return found
    if not may(asking.caller, "cancel_sale" if found.of_auction else "make_offers", found.entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    if found.of_auction:
        return await _cancel_sale(asking, found)
    why = await abandon(asking.doors.database, by(asking), found.id, asking.body.reason)
    return await answered(asking, why or found.id)


async def _cancel_sale(asking: Asking[ReasonForm, Nothing], found: StoredOffer) -> Offer | Refusal:
    auction_id, lot, reason, doors = found.auction_id, found.lot, asking.body.reason, asking.doors
    assert auction_id is not None and lot is not None, "an auction made it"
    why = step_refused(Step.ABANDON, found)
    if why is not None:
        return refusal_of(why)
    if await is_sale_ordered(doors.database, auction_id, lot):
        return Refusal(DoorCode.ORDER_FIRST)
    told = await doors.house.ask(auction_id, lambda at: CancelSale(at, lot, reason, asking.caller.user_id))
    if isinstance(told, DoorCode):
        # The book does not take the cancellation of a sale that was ordered in between.
        late = told is DoorCode.UNAVAILABLE and await is_sale_ordered(doors.database, auction_id, lot)
        return Refusal(DoorCode.ORDER_FIRST if late else told)
    answer = told.decision.answer
    if not isinstance(answer, Refused):
        return await answered(asking, found.id)
    return refusal_of(no(NotNow.OFFER_OVER)) if answer.code is RefusalCode.NOT_WON else Refusal(answer.code)


CHANGED = (DoorCode.CONFLICT, DoorCode.INVALID)
ROUTES = (
    Route(
        method="PATCH",
        path="/api/offers/{id}",
        who=Who.DEALER,
        says="Change the prices and extras of an offer that no auction made.",
        answer=patch_offer,
        body=OfferChange,
        gives=Offer,
        refuses=(*CHANGED, DoorCode.CHANGED_MEANWHILE),
    ),
    Route(
        method="POST",
        path="/api/offers/{id}/validation",
        who=Who.DEALER,
        says="Validate an offer, so that it can be ordered.",
        answer=validate_offer,
        gives=Offer,
        refuses=CHANGED,
    ),
    Route(
        method="POST",
        path="/api/offers/{id}/sending",
        who=Who.DEALER,
        says="Send the offer to the trader, who may read it from now on.",
        answer=send_offer,
        gives=Offer,
        refuses=CHANGED,
    ),
    Route(
        method="POST",
        path="/api/offers/{id}/abandonment",
        who=Who.DEALER,
        says="Abandon an offer with a reason; of an auction's offer this cancels the sale.",
        answer=abandon_offer,
        body=ReasonForm,
        gives=Offer,
        refuses=(*CHANGED, DoorCode.UNKNOWN_AUCTION, RefusalCode.UNKNOWN_LOT, DoorCode.ORDER_FIRST, DoorCode.BUSY),
    ),
    Route(
        method="POST",
        path="/api/offers/{id}/duplicate",
        who=Who.DEALER,
        says="Make a new offer in progress with the same content, for the vehicles that are free.",
        answer=duplicate_offer,
        gives=Offer,
        status=201,
        refuses=CHANGED,
    ),
    Route(
        method="POST",
        path="/api/offers/{id}/vehicles",
        who=Who.DEALER,
        says="Add vehicles that are reserved for the same buyer, before the offer is ordered.",
        answer=add_offer_vehicles,
        body=MoreVehicles,
        gives=Offer,
        refuses=CHANGED,
    ),
    Route(
        method="DELETE",
        path="/api/offers/{id}/vehicles/{vehicle}",
        who=Who.DEALER,
        says="Take a vehicle out of an offer that is not ordered: it goes back to where it came from.",
        answer=remove_offer_vehicle,
        gives=Offer,
        refuses=CHANGED,
    ),
)
