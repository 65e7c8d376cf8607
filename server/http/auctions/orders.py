"""What a dealer orders: a new auction, its cancellation, the cancellation of a sale.

Rights are asked here, per entity; conditions are the rules' business. An auction that is made is taken up at once.
"""

import asyncio
from typing import Annotated, Final, Literal

import structlog
from msgspec import Meta, Struct

from engine.auction.commands import Cancel, CancelSale
from engine.auction.refusals import RefusalCode, Refused
from engine.auction.terms import DEFAULT_SOFT_CLOSE_SECONDS, Kind, SoftClose, SoftCloseMode
from engine.instants import SECOND, Instant
from persistence.auctions.consequences import is_sale_ordered
from persistence.auctions.creation import FIRST_VERSION, ChosenVehicle, CreationRefused, NewAuction, create
from persistence.auctions.pages import card
from persistence.errors import BookError
from persistence.people.registry import sites_of
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.auctions.auctions import AuctionDescription, description_of
from server.http.auctions.history import owner_of
from server.http.auctions.refused import refusal_of
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.reading import Nothing
from server.http.values import LINE, AmountText, DurationSeconds, Id, InstantText, read_amount, read_instant
from server.live.auctioneer import Make

LATE_SECONDS: Final = 60
"""A start that lies this far back means now: the form was open for a while."""
AHEAD_SECONDS: Final = 366 * 86_400
MOST_VEHICLES: Final = 500
MOST_TRADERS: Final = 10_000
TAKE_AGAIN_SECONDS: Final = 0.5
_log = structlog.get_logger("adjuge.http")


class ChosenForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A vehicle of the sale; the prices default as §5.1.1 says, a reserve here is a unit auction's."""

    id: Id
    starting_price: AmountText | None = None
    reserve_price: AmountText | None = None


class SoftCloseForm(Struct, frozen=True, forbid_unknown_fields=True):
    """§5.3.3."""

    window_seconds: DurationSeconds = DEFAULT_SOFT_CLOSE_SECONDS
    extension_seconds: DurationSeconds = DEFAULT_SOFT_CLOSE_SECONDS
    mode: Literal["add", "reset"] = "add"


class AuctionForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A new auction. Without a list and without traders, every connected trader is invited (§3.2)."""

    kind: Literal["unit", "lot"]
    vehicles: Annotated[tuple[ChosenForm, ...], Meta(min_length=1, max_length=MOST_VEHICLES)]
    duration_seconds: Annotated[int, Meta(ge=1, le=90 * 86_400)]
    minimum_increment: AmountText
    starts_at: InstantText | None = None
    starting_price: AmountText | None = None
    reserve_price: AmountText | None = None
    soft_close: SoftCloseForm = SoftCloseForm()
    mailing_list: Id | None = None
    traders: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=MOST_TRADERS)] | None = None
    entity: Id | None = None
    site: Id | None = None


class SaleCancellation(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a sale is cancelled; both sides are told."""

    reason: Annotated[str, Meta(max_length=500, pattern=LINE)]


class Done(Struct, frozen=True):
    """It is done; `seq` is its entry of the history."""

    auction: int
    seq: int | None


# ------------------------------------------------------------------------------------------------------ a new auction


async def create_auction(asking: Asking[AuctionForm, Nothing]) -> AuctionDescription | Refusal:
    """Make an auction and take it up."""
    doors, caller, form = asking.doors, asking.caller, asking.body
    place = await _place(doors, caller, form)
    if isinstance(place, Refusal):
        return place
    new = _new_auction(form, place, caller, doors.clock.now())
    if isinstance(new, Refusal):
        return new
    made = await create(doors.database, new)
    if isinstance(made, CreationRefused):
        return refusal_of(made, by_name=form.traders is not None)
    await _taken(doors, made, new.created_at)
    found = await card(doors.database, made)
    assert found is not None
    return description_of(found, caller)


async def _taken(doors: HttpDoors, auction_id: int, at: Instant) -> None:
    """Let the house take up what is published at `at`; if the book fails just now, again and again until it has."""

    async def take() -> None:
        while True:
            try:
                await doors.house.publish(auction_id, FIRST_VERSION, at)
            except (BookError, OSError, TimeoutError) as fault:
                _log.warning("auction not taken up yet", auction=auction_id, failure=str(fault))
                await asyncio.sleep(TAKE_AGAIN_SECONDS)
            else:
                return

    taking = asyncio.create_task(take())
    doors.tasks.add(taking)
    taking.add_done_callback(doors.tasks.discard)
    await asyncio.shield(taking)


async def _place(doors: HttpDoors, caller: Caller, form: AuctionForm) -> tuple[int, int] | Refusal:
    """The entity and the site: those named, else the only ones there are."""
    sites = await sites_of(doors.database, caller.entities)
    entity_id = form.entity
    if entity_id is None and form.site is not None:
        entity_id = next((site.entity_id for site in sites if site.id == form.site), None)
    if entity_id is None and len(caller.entities) == 1:
        entity_id = next(iter(caller.entities))
    if entity_id is None:
        return Refusal(DoorCode.INVALID, "entity: say which of your entities sells.", "entity")
    if not caller.may("run_stock_auctions", entity_id):
        return Refusal(DoorCode.NOT_ALLOWED, field="entity")
    site_id = form.site or next((site.id for site in sites if site.entity_id == entity_id), None)
    return (
        Refusal(DoorCode.INVALID, "site: say where the vehicles are.", "site")
        if site_id is None
        else (entity_id, site_id)
    )


def _new_auction(form: AuctionForm, place: tuple[int, int], caller: Caller, now: Instant) -> NewAuction | Refusal:
    starts_at = starting_at(form.starts_at, now)
    if isinstance(starts_at, Refusal):
        return starts_at
    prices: dict[str, int] = {}
    texts = {
        "minimum_increment": form.minimum_increment,
        "starting_price": form.starting_price,
        "reserve_price": form.reserve_price,
    }
    for index, chosen in enumerate(form.vehicles):
        texts[f"vehicles[{index}].starting_price"] = chosen.starting_price
        texts[f"vehicles[{index}].reserve_price"] = chosen.reserve_price
    for field, text in texts.items():
        cents = None if text is None else read_amount(text, field)
        if isinstance(cents, Refusal):
            return cents
        if cents is not None:
            prices[field] = cents
    return NewAuction(
        entity_id=place[0],
        site_id=place[1],
        kind=Kind(form.kind),
        vehicles=tuple(
            ChosenVehicle(
                chosen.id,
                prices.get(f"vehicles[{index}].starting_price"),
                prices.get(f"vehicles[{index}].reserve_price"),
            )
            for index, chosen in enumerate(form.vehicles)
        ),
        starts_at=starts_at,
        ends_at=starts_at + form.duration_seconds * SECOND,
        minimum_increment_cents=prices["minimum_increment"],
        created_at=now,
        created_by=caller.user_id,
        soft_close=soft_close_of(form.soft_close),
        starting_price_cents=prices.get("starting_price"),
        reserve_price_cents=prices.get("reserve_price"),
        mailing_list_id=form.mailing_list,
        trader_ids=form.traders,
    )


def soft_close_of(form: SoftCloseForm) -> SoftClose:
    """§5.3.3."""
    return SoftClose(form.window_seconds * SECOND, form.extension_seconds * SECOND, SoftCloseMode(form.mode))


def starting_at(text: InstantText | None, now: Instant) -> Instant | Refusal:
    """§5.1.1: now by default; never in the past."""
    if text is None:
        return now
    starts_at = read_instant(text, "starts_at")
    if isinstance(starts_at, Refusal):
        return starts_at
    if starts_at < now - LATE_SECONDS * SECOND:
        return Refusal(DoorCode.INVALID, "starts_at: lies in the past.", "starts_at")
    if starts_at > now + AHEAD_SECONDS * SECOND:
        return Refusal(DoorCode.INVALID, "starts_at: lies more than a year ahead.", "starts_at")
    return max(starts_at, now)


# ------------------------------------------------------------------------------------------------------ cancellations


async def cancel_auction(asking: Asking[Nothing, Nothing]) -> Done | Refusal:
    """Cancel an auction that has no bid (§5.1.4)."""
    by = asking.caller.user_id
    return await _order(asking.doors, asking.caller, asking.ids["id"], "run_stock_auctions", lambda at: Cancel(at, by))


async def cancel_sale(asking: Asking[SaleCancellation, Nothing]) -> Done | Refusal:
    """Cancel the sale of a won lot (§5.4.5)."""
    doors, auction_id, lot, reason = asking.doors, asking.ids["id"], asking.ids["number"], asking.body.reason
    by = asking.caller.user_id
    done = await _order(
        doors, asking.caller, auction_id, "cancel_sale", lambda at: CancelSale(at, lot, reason, by), lot
    )
    if (
        isinstance(done, Refusal)
        and done.code is DoorCode.UNAVAILABLE
        and await is_sale_ordered(doors.database, auction_id, lot)
    ):
        return Refusal(DoorCode.ORDER_FIRST)  # the order was placed in between: the book has not taken the cancellation
    return done


async def _order(
    doors: HttpDoors, caller: Caller, auction_id: int, right: str, make: Make, lot: int | None = None
) -> Done | Refusal:
    entity_id = await owner_of(doors, caller, auction_id)
    if isinstance(entity_id, Refusal):
        return entity_id
    if not caller.may(right, entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    if lot is not None and await is_sale_ordered(doors.database, auction_id, lot):
        return Refusal(DoorCode.ORDER_FIRST)
    told = await doors.house.ask(auction_id, make)
    if isinstance(told, DoorCode):
        return Refusal(told)
    answer = told.decision.answer
    return Refusal(answer.code) if isinstance(answer, Refused) else Done(auction_id, answer.seq)


ROUTES = (
    Route(
        method="POST",
        path="/api/auctions",
        who=Who.DEALER,
        says="Make and publish an auction from stored vehicles and connected traders.",
        answer=create_auction,
        body=AuctionForm,
        gives=AuctionDescription,
        status=201,
    ),
    Route(
        method="POST",
        path="/api/auctions/{id}/cancellation",
        who=Who.DEALER,
        says="Cancel an auction that has no bid yet.",
        answer=cancel_auction,
        gives=Done,
        refuses=(DoorCode.UNKNOWN_AUCTION, RefusalCode.CLOSED, RefusalCode.HAS_BIDS, DoorCode.BUSY),
    ),
    Route(
        method="POST",
        path="/api/auctions/{id}/lots/{number}/sale-cancellation",
        who=Who.DEALER,
        says="Cancel the sale of a won lot, with the reason.",
        answer=cancel_sale,
        body=SaleCancellation,
        gives=Done,
        refuses=(
            DoorCode.UNKNOWN_AUCTION,
            RefusalCode.UNKNOWN_LOT,
            RefusalCode.NOT_WON,
            DoorCode.ORDER_FIRST,
            DoorCode.BUSY,
        ),
    ),
)
