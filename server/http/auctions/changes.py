"""A scheduled auction is changed by a dealer: `PATCH /api/auctions/{id}` (§3.4, §5.1.4).

What is not said stays. The house stops the auction for the moment of the change, and refuses once it has started; two
dealers who change the same version are told apart by the version that each has seen.
"""

from functools import partial
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from engine.auction.refusals import RefusalCode
from engine.auction.state import Status
from engine.instants import SECOND, Instant
from engine.money import Cents
from persistence.auctions.audience import Audience
from persistence.auctions.changes import AuctionChange, ChangedVehicle, Told, change_auction
from persistence.auctions.creation import CreationRefused
from persistence.auctions.pages import card
from persistence.versions import ChangedMeanwhile
from server.errors import DoorCode, Refusal
from server.http.auctions.auctions import AuctionDescription, description_of
from server.http.auctions.history import owner_of
from server.http.auctions.orders import (
    MOST_TRADERS,
    MOST_VEHICLES,
    SoftCloseForm,
    soft_close_of,
    starting_at,
)
from server.http.auctions.refused import refusal_of
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.reading import Nothing
from server.http.values import AmountText, Id, InstantText, Version, read_amount

_ARRANGE: Final = "run_stock_auctions"


class ChangedVehicleForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A vehicle that stays or comes. A price that is not said stays as it was; `null`: the trade price, no reserve."""

    id: Id
    starting_price: AmountText | UnsetType | None = UNSET
    reserve_price: AmountText | UnsetType | None = UNSET


class AuctionChangeForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What changes. `version` is that of the auction as it was read; `vehicles` are all there shall be; `starts_at`
    `null` means now; `mailing_list` and `traders`, either of them said, choose the audience anew (§3.2).
    """

    version: Version
    starts_at: InstantText | UnsetType | None = UNSET
    duration_seconds: Annotated[int, Meta(ge=1, le=90 * 86_400)] | UnsetType = UNSET
    minimum_increment: AmountText | UnsetType = UNSET
    vehicles: Annotated[tuple[ChangedVehicleForm, ...], Meta(min_length=1, max_length=MOST_VEHICLES)] | UnsetType = (
        UNSET
    )
    starting_price: AmountText | UnsetType = UNSET
    reserve_price: AmountText | UnsetType | None = UNSET
    soft_close: SoftCloseForm | UnsetType = UNSET
    mailing_list: Id | UnsetType | None = UNSET
    traders: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=MOST_TRADERS)] | UnsetType | None = UNSET


async def change_auction_terms(asking: Asking[AuctionChangeForm, Nothing]) -> AuctionDescription | Refusal:
    """Change an auction that has not started."""
    doors, caller, auction_id = asking.doors, asking.caller, asking.ids["id"]
    entity_id = await owner_of(doors, caller, auction_id)
    if isinstance(entity_id, Refusal):
        return entity_id
    if not caller.may(_ARRANGE, entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    change = _change(asking, auction_id)
    if isinstance(change, Refusal):
        return change
    told = await doors.house.change(auction_id, partial(_write, doors, change))
    if isinstance(told, DoorCode):
        return Refusal(told)
    if isinstance(told, Status):
        return Refusal(DoorCode.ALREADY_STARTED if told is Status.OPEN else RefusalCode.CLOSED)
    if isinstance(told, ChangedMeanwhile):
        return Refusal(DoorCode.CHANGED_MEANWHILE, field="version")
    if isinstance(told, CreationRefused):
        return refusal_of(told, by_name=isinstance(asking.body.traders, tuple))
    found = await card(doors.database, auction_id)
    assert found is not None, "it has just been changed"
    return description_of(found, caller)


async def _write(doors: HttpDoors, change: AuctionChange, epoch: int, at: Instant) -> Told:
    return await change_auction(doors.database, change, epoch, at)


def _change(asking: Asking[AuctionChangeForm, Nothing], auction_id: int) -> AuctionChange | Refusal:
    form, now = asking.body, asking.doors.clock.now()
    starts_at = UNSET if form.starts_at is UNSET else starting_at(form.starts_at, now)
    if isinstance(starts_at, Refusal):
        return starts_at
    prices = _prices(form)
    if isinstance(prices, Refusal):
        return prices
    vehicles = UNSET if form.vehicles is UNSET else _vehicles(form.vehicles)
    if isinstance(vehicles, Refusal):
        return vehicles
    increment, starting_price, reserve_price = prices
    return AuctionChange(
        auction_id=auction_id,
        version=form.version,
        by=asking.caller.user_id,
        starts_at=starts_at,
        duration_microseconds=UNSET if form.duration_seconds is UNSET else form.duration_seconds * SECOND,
        minimum_increment_cents=increment,
        soft_close=UNSET if form.soft_close is UNSET else soft_close_of(form.soft_close),
        vehicles=vehicles,
        starting_price_cents=starting_price,
        reserve_price_cents=reserve_price,
        audience=_audience(form),
    )


_Said = Cents | UnsetType


def _prices(form: AuctionChangeForm) -> tuple[_Said, _Said, _Said | None] | Refusal:
    increment = _cents(form.minimum_increment, "minimum_increment")
    if isinstance(increment, Refusal):
        return increment
    starting_price = _cents(form.starting_price, "starting_price")
    if isinstance(starting_price, Refusal):
        return starting_price
    reserve_price = None if form.reserve_price is None else _cents(form.reserve_price, "reserve_price")
    return reserve_price if isinstance(reserve_price, Refusal) else (increment, starting_price, reserve_price)


def _cents(text: AmountText | UnsetType, field: str) -> _Said | Refusal:
    return UNSET if text is UNSET else read_amount(text, field)


def _vehicles(chosen: tuple[ChangedVehicleForm, ...]) -> tuple[ChangedVehicle, ...] | Refusal:
    vehicles = []
    for index, each in enumerate(chosen):
        named = f"vehicles[{index}]"
        starting_price = None if each.starting_price is None else _cents(each.starting_price, f"{named}.starting_price")
        reserve_price = None if each.reserve_price is None else _cents(each.reserve_price, f"{named}.reserve_price")
        if isinstance(starting_price, Refusal):
            return starting_price
        if isinstance(reserve_price, Refusal):
            return reserve_price
        vehicles.append(ChangedVehicle(each.id, starting_price, reserve_price))
    return tuple(vehicles)


def _audience(form: AuctionChangeForm) -> Audience | UnsetType:
    if form.mailing_list is UNSET and form.traders is UNSET:
        return UNSET
    return Audience(
        None if form.mailing_list is UNSET else form.mailing_list, None if form.traders is UNSET else form.traders
    )


ROUTES = (
    Route(
        method="PATCH",
        path="/api/auctions/{id}",
        who=Who.DEALER,
        says="Change an auction that has not started: schedule, increment, vehicles, prices, audience, soft close.",
        answer=change_auction_terms,
        body=AuctionChangeForm,
        gives=AuctionDescription,
        refuses=(
            DoorCode.UNKNOWN_AUCTION,
            DoorCode.ALREADY_STARTED,
            DoorCode.CHANGED_MEANWHILE,
            RefusalCode.CLOSED,
        ),
    ),
)
