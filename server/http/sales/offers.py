"""Offers as the dealer reads and makes them: `GET` and `POST /api/offers`, `GET /api/offers/{id}` (§6.1, §6.2).

A trader reads what it buys at /api/purchases instead: nothing here is for its eyes, margins least of all.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from engine.after_sale import Extra, ExtraKind, StepRefused, steps_open
from engine.instants import format_instant
from engine.money import Cents, format_amount
from persistence.sales.offer_changes import NewOffer, OfferedVehicle, make_offer
from persistence.sales.offers import OffersAsked, OfferVehicle, StoredOffer, offer, offers_page, status_of
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.pages_of import Paged, PageQuery
from server.http.reading import Nothing
from server.http.sales.after_sale import MOST_EXTRAS, MOST_VEHICLES, by, own_offer, refusal_of
from server.http.values import EMPTY_OR_LINE, AmountText, Id, display_number, read_amount
from server.http.words import ExtraKindWord, OfferStatusWord, VatWord

OfferState = Literal["in_progress", "validated", "ordered", "abandoned", "cancelled"]
OfferOrigin = Literal["auction", "direct"]
ExtraName = Literal["accessories", "delivery_pack", "fees", "services", "warranty", "trade_in_aid", "amount_owed"]


class OffersQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`q` searches number, buyer, plate, VIN, make and model; `origin`: who made it, an auction or the dealer."""

    entity: Id | None = None
    status: OfferState | None = None
    trader: Id | None = None
    auction: Id | None = None
    origin: OfferOrigin | None = None
    sent: bool | None = None
    q: Annotated[str, Meta(max_length=200)] = ""


class OfferedVehicleForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A vehicle, at its trade price unless told otherwise."""

    id: Id
    price: AmountText | None = None


class ExtraForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Something besides the vehicles, TTC."""

    kind: ExtraName
    amount: AmountText
    label: Annotated[str, Meta(max_length=200, pattern=EMPTY_OR_LINE)] = ""


class OfferForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A direct offer to a connected trader."""

    trader: Id
    vehicles: Annotated[tuple[OfferedVehicleForm, ...], Meta(min_length=1, max_length=MOST_VEHICLES)]
    extras: Annotated[tuple[ExtraForm, ...], Meta(max_length=MOST_EXTRAS)] = ()
    entity: Id | None = None


class NamedParty(Struct, frozen=True):
    """Who sells, or who buys."""

    id: int
    name: str


class OfferAuction(Struct, frozen=True):
    """The auction and lot that made the offer."""

    id: int
    display_number: str
    lot: int
    lot_display_number: str


class OfferOrder(Struct, frozen=True):
    """The order that stands."""

    id: int
    display_number: str


class OfferedVehicleAnswer(Struct, frozen=True, kw_only=True):
    """A vehicle of an offer; `fixed`: an auction set its price, `from_offer`: where it goes when it is taken out."""

    id: int
    make: str
    model: str
    version: str
    plate: str | None
    vin: str | None
    mileage_km: int | None
    first_registration: str | None
    vat: VatWord
    status: str
    price: str
    price_ht: str
    margin: str
    fixed: bool
    from_offer: int | None


class ExtraAnswer(Struct, frozen=True):
    """Something besides the vehicles."""

    kind: ExtraKindWord
    label: str
    amount: str
    amount_ht: str


class OfferTotals(Struct, frozen=True, kw_only=True):
    """`initial`: the vehicles as the offer was made; the others as it is now. TTC unless the name says HT."""

    initial: str
    initial_ht: str
    vehicles: str
    vehicles_ht: str
    extras: str
    extras_ht: str
    total: str
    total_ht: str
    vat: str
    margin: str
    deposit: str
    balance_due: str


class Offer(Struct, frozen=True, kw_only=True):
    """An offer whole. `may` are the steps that it can take now; a change of prices and extras names `version`."""

    id: int
    number: int
    display_number: str
    status: OfferStatusWord
    entity: NamedParty
    trader: NamedParty
    auction: OfferAuction | None
    order: OfferOrder | None
    copied_from: int | None
    made_at: str
    validated_at: str | None
    sent_at: str | None
    ended_at: str | None
    reason: str | None
    vehicles: tuple[OfferedVehicleAnswer, ...]
    extras: tuple[ExtraAnswer, ...]
    totals: OfferTotals
    version: int
    may: tuple[str, ...]


class Offers(Paged[Offer], frozen=True):
    """One page, the latest first."""


# ---------------------------------------------------------------------------------------------------------- as answers


def offer_answer(found: StoredOffer) -> Offer:
    """An offer as the dealer reads it."""
    return Offer(
        id=found.id,
        number=found.number,
        display_number=found.display_number,
        status=found.status,
        entity=NamedParty(found.entity_id, found.entity),
        trader=NamedParty(found.trader_id, found.trader),
        auction=auction_of(found),
        order=_order(found),
        copied_from=found.copied_from,
        made_at=format_instant(found.made_at),
        validated_at=instant(found.made_at if found.of_auction else found.validated_at),
        sent_at=instant(found.sent_at),
        ended_at=instant(found.cancelled_at),
        reason=found.reason,
        vehicles=tuple(_vehicle(vehicle) for vehicle in found.vehicles),
        extras=tuple(extra_answer(extra) for extra in found.extras),
        totals=_totals(found),
        version=found.version,
        may=tuple(
            step.value
            for step in steps_open(status_of(found), of_auction=found.of_auction, has_vehicles=bool(found.vehicles))
        ),
    )


def instant(at: int | None) -> str | None:
    """An instant, or none."""
    return None if at is None else format_instant(at)


def auction_of(found: StoredOffer) -> OfferAuction | None:
    """The auction and lot that made the offer, if one did."""
    if found.auction_id is None or found.auction_number is None or found.lot is None:
        return None
    return OfferAuction(
        found.auction_id,
        display_number(found.prefix, found.auction_number),
        found.lot,
        display_number(found.prefix, found.lot),
    )


def _order(found: StoredOffer) -> OfferOrder | None:
    if found.order_id is None or found.order_number is None:
        return None
    return OfferOrder(found.order_id, display_number(found.prefix, found.order_number))


def _vehicle(vehicle: OfferVehicle) -> OfferedVehicleAnswer:
    registered = vehicle.first_registration
    return OfferedVehicleAnswer(
        id=vehicle.id,
        make=vehicle.make,
        model=vehicle.model,
        version=vehicle.version,
        plate=vehicle.plate,
        vin=vehicle.vin,
        mileage_km=vehicle.mileage_km,
        first_registration=None if registered is None else registered.isoformat(),
        vat=vehicle.vat,
        status=vehicle.status,
        price=format_amount(vehicle.price_cents),
        price_ht=format_amount(vehicle.sold.price_ht_cents),
        margin=format_amount(vehicle.sold.margin_cents),
        fixed=vehicle.fixed,
        from_offer=vehicle.home_offer_id,
    )


def extra_answer(extra: Extra) -> ExtraAnswer:
    """Something besides the vehicles, as it is answered."""
    return ExtraAnswer(
        extra.kind.value, extra.label, format_amount(extra.amount_cents), format_amount(extra.amount_ht_cents)
    )


def _totals(found: StoredOffer) -> OfferTotals:
    sums = found.totals
    return OfferTotals(
        initial=format_amount(found.price_cents),
        initial_ht=format_amount(found.price_ht_cents),
        vehicles=format_amount(sums.vehicles_cents),
        vehicles_ht=format_amount(sums.vehicles_ht_cents),
        extras=format_amount(sums.extras_cents),
        extras_ht=format_amount(sums.extras_ht_cents),
        total=format_amount(sums.total_cents),
        total_ht=format_amount(sums.total_ht_cents),
        vat=format_amount(sums.vat_cents),
        margin=format_amount(sums.margin_cents),
        deposit=format_amount(found.deposit_cents),
        balance_due=format_amount(sums.balance_due_cents),
    )


# ---------------------------------------------------------------------------------------------------- reading, making


async def list_offers(asking: Asking[Nothing, OffersQuery]) -> Offers | Refusal:
    """One page of the offers of the dealer's entities."""
    query = asking.query
    entities = entities_asked(asking.caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    asked = OffersAsked(
        entity_ids=entities,
        status=query.status,
        trader_id=query.trader,
        auction_id=query.auction,
        of_auction=None if query.origin is None else query.origin == "auction",
        sent=query.sent,
        q=query.q,
        page=query.page,
        limit=query.limit,
    )
    total, found = await offers_page(asking.doors.database, asked)
    return Offers.of(map(offer_answer, found), query, total)


async def describe_offer(asking: Asking[Nothing, Nothing]) -> Offer | Refusal:
    """An offer of the dealer's entities."""
    found = await own_offer(asking)
    return found if isinstance(found, Refusal) else offer_answer(found)


async def create_offer(asking: Asking[OfferForm, Nothing]) -> Offer | Refusal:
    """Make a direct offer: its vehicles are reserved for the trader."""
    form, caller = asking.body, asking.caller
    entities = entities_asked(caller, EntityQuery(form.entity))
    if isinstance(entities, Refusal):
        return entities
    if len(entities) != 1:
        return Refusal(DoorCode.INVALID, "entity: say which of your entities sells.", "entity")
    if not caller.may("make_offers", entities[0]):
        return Refusal(DoorCode.NOT_ALLOWED)
    vehicles = read_vehicles(form.vehicles)
    extras = read_extras(form.extras)
    if isinstance(vehicles, Refusal):
        return vehicles
    if isinstance(extras, Refusal):
        return extras
    new = NewOffer(entity_id=entities[0], trader_id=form.trader, vehicles=vehicles, extras=extras)
    made = await make_offer(asking.doors.database, by(asking), new)
    return await answered(asking, made)


async def answered(asking: Asking[Any, Any], made: int | StepRefused) -> Offer | Refusal:
    """The offer as it is now, or why nothing was done."""
    if isinstance(made, StepRefused):
        return refusal_of(made)
    found = await offer(asking.doors.database, made)
    assert found is not None, "it has just been there"
    return offer_answer(found)


def read_vehicles(forms: tuple[OfferedVehicleForm, ...]) -> tuple[OfferedVehicle, ...] | Refusal:
    """The vehicles with their prices in cents."""
    vehicles: list[OfferedVehicle] = []
    for place, chosen in enumerate(forms):
        cents = None if chosen.price is None else read_price(chosen.price, f"vehicles[{place}].price")
        if isinstance(cents, Refusal):
            return cents
        vehicles.append(OfferedVehicle(chosen.id, cents))
    return tuple(vehicles)


def read_price(text: AmountText, field: str) -> Cents | Refusal:
    """The cents of a price, which is never nothing."""
    cents = read_amount(text, field)
    return Refusal(DoorCode.INVALID, f"{field}: must be more than nothing.", field) if cents == 0 else cents


def read_extras(forms: tuple[ExtraForm, ...]) -> tuple[Extra, ...] | Refusal:
    """The extras with their amounts in cents."""
    extras: list[Extra] = []
    for place, form in enumerate(forms):
        cents = read_amount(form.amount, f"extras[{place}].amount")
        if isinstance(cents, Refusal):
            return cents
        extras.append(Extra(ExtraKind(form.kind), form.label.strip(), cents))
    return tuple(extras)


ROUTES = (
    Route(
        method="GET",
        path="/api/offers",
        who=Who.DEALER,
        says="The offers of the dealer's entities, a page at a time, the latest first.",
        answer=list_offers,
        query=OffersQuery,
        gives=Offers,
    ),
    Route(
        method="POST",
        path="/api/offers",
        who=Who.DEALER,
        says="Make a direct offer on free vehicles to a connected trader.",
        answer=create_offer,
        body=OfferForm,
        gives=Offer,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="GET",
        path="/api/offers/{id}",
        who=Who.DEALER,
        says="An offer: its vehicles, extras, totals HT and TTC, and what may be done with it.",
        answer=describe_offer,
        gives=Offer,
    ),
)
