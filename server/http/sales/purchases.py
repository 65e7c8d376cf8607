"""What traders have bought: `GET /api/purchases` for themselves, `GET /api/traders/{id}/purchases` for dealers (§6.5).

A trader reads its own, of every seller; a dealer its own group's sales to a trader that the group knows. No margin and
no other buyer is in any of it.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.instants import format_instant
from engine.money import Vat, format_amount, without_vat
from persistence.database import Database
from persistence.sales.offers import offer_for_buyer
from persistence.sales.orders import Order, order
from persistence.sales.paper_facts import PaperSeller, offer_paper, read_paper
from persistence.sales.purchases import (
    Purchase,
    PurchaseDelivery,
    PurchasesAsked,
    PurchaseSite,
    fetching,
    purchases_page,
)
from persistence.traders.companies import groups_of, known_company
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.doors import HttpDoors
from server.http.pages_of import Paged, PageQuery
from server.http.reading import Nothing
from server.http.sales.offers import ExtraAnswer, OfferAuction, auction_of, instant
from server.http.values import display_number
from server.http.words import (
    DeliveryStatusWord,
    DocumentWord,
    OfferStatusWord,
    PaymentMethodWord,
    PurchaseStateWord,
    VatWord,
)

PurchaseState = Literal["offered", "reserved", "ordered", "delivered", "released"]


class PurchasesQuery(PageQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`q` searches number, seller, make, model, plate, VIN; without a state, all that is bought."""

    state: PurchaseState | None = None
    q: Annotated[str, Meta(max_length=200)] = ""


class PurchasePapers(Struct, frozen=True):
    """Where its papers are."""

    offer: str
    order: str | None
    delivery: str | None


class PurchaseItem(Struct, frozen=True, kw_only=True):
    """A vehicle bought."""

    vehicle: int
    offer: int
    offer_number: str
    order: int | None
    order_number: str | None
    auction: int | None
    entity: str
    city: str
    make: str
    model: str
    version: str
    plate: str | None
    vin: str | None
    mileage_km: int | None
    first_registration: str | None
    vat: VatWord
    price: str
    price_ht: str
    state: PurchaseStateWord
    bought_at: str
    ordered_at: str | None
    delivery_at: str | None
    delivered_at: str | None
    invoice: str | None
    invoiced_on: str | None
    papers: PurchasePapers


class Purchases(Paged[PurchaseItem], frozen=True):
    """One page, the latest first."""


class ScheduledDelivery(Struct, frozen=True, kw_only=True):
    """A delivery: when, where, whom to call, which vehicles, and the address of its note."""

    id: int
    scheduled_at: str
    status: DeliveryStatusWord
    declared_at: str | None
    site: PurchaseSite
    vehicles: tuple[int, ...]
    note: str


class PurchaseOrder(Struct, frozen=True, kw_only=True):
    """The order that stands, as its paper says it; its site as it is today, and its deliveries, soonest first."""

    id: int
    display_number: str
    placed_at: str
    delivery_date: str
    delivery_place: str
    site: PurchaseSite
    deliveries: tuple[ScheduledDelivery, ...]
    payment_method: PaymentMethodWord
    documents: tuple[DocumentWord, ...]
    deposit: str
    invoice: str | None


class PurchaseVehicle(Struct, frozen=True, kw_only=True):
    """A vehicle and its price."""

    id: int
    make: str
    model: str
    version: str
    plate: str | None
    vin: str | None
    mileage_km: int | None
    first_registration: str | None
    vat: VatWord
    price: str
    price_ht: str


class PurchaseDescription(Struct, frozen=True, kw_only=True):
    """An offer as its buyer reads it; once it is ordered, as it was agreed."""

    offer: int
    number: str
    status: OfferStatusWord
    auction: OfferAuction | None
    seller: PaperSeller
    made_at: str
    ended_at: str | None
    reason: str | None
    order: PurchaseOrder | None
    vehicles: tuple[PurchaseVehicle, ...]
    extras: tuple[ExtraAnswer, ...]
    total: str
    total_ht: str
    balance_due: str


async def list_purchases(asking: Asking[Nothing, PurchasesQuery]) -> Purchases | Refusal:
    """Every vehicle that the trader has bought."""
    assert asking.caller.trader is not None, "the route is for traders"
    return await _page(asking.doors, asking.query, int(asking.caller.trader), None)


async def list_purchases_of_trader(asking: Asking[Nothing, PurchasesQuery]) -> Purchases | Refusal:
    """Every vehicle that a trader has bought from the dealer's group."""
    doors, trader_id = asking.doors, asking.ids["id"]
    if await known_company(doors.database, asking.caller.entities, trader_id, doors.clock.now()) is None:
        return Refusal(DoorCode.NOT_FOUND)
    groups = await groups_of(doors.database, asking.caller.entities)
    return await _page(doors, asking.query, trader_id, groups)


async def _page(doors: HttpDoors, query: PurchasesQuery, trader_id: int, groups: tuple[int, ...] | None) -> Purchases:
    asked = PurchasesAsked(
        trader_id=trader_id, group_ids=groups, state=query.state, q=query.q, page=query.page, limit=query.limit
    )
    total, found = await purchases_page(doors.database, asked)
    return Purchases.of(map(_item, found), query, total)


def _item(found: Purchase) -> PurchaseItem:
    registered, invoiced = found.first_registration, found.invoiced_on
    return PurchaseItem(
        vehicle=found.vehicle_id,
        offer=found.offer_id,
        offer_number=display_number(found.prefix, found.offer_number),
        order=found.order_id,
        order_number=None if found.order_number is None else display_number(found.prefix, found.order_number),
        auction=found.auction_id,
        entity=found.entity,
        city=found.city,
        make=found.make,
        model=found.model,
        version=found.version,
        plate=found.plate,
        vin=found.vin,
        mileage_km=found.mileage_km,
        first_registration=None if registered is None else registered.isoformat(),
        vat=found.vat,
        price=format_amount(found.price_cents),
        price_ht=format_amount(without_vat(found.price_cents, Vat(found.vat))),
        state=found.state,
        bought_at=format_instant(found.made_at),
        ordered_at=instant(found.ordered_at),
        delivery_at=instant(found.delivery_at),
        delivered_at=instant(found.delivered_at),
        invoice=found.invoice_number,
        invoiced_on=None if invoiced is None else invoiced.isoformat(),
        papers=PurchasePapers(
            f"/api/offers/{found.offer_id}/paper.pdf",
            None if found.order_id is None else f"/api/orders/{found.order_id}/paper.pdf",
            None if found.delivery_id is None else f"/api/deliveries/{found.delivery_id}/note.pdf",
        ),
    )


async def describe_purchase(asking: Asking[Nothing, Nothing]) -> PurchaseDescription | Refusal:
    """An offer that the trader has got."""
    database = asking.doors.database
    assert asking.caller.trader is not None, "the route is for traders"
    found = await offer_for_buyer(database, asking.ids["offer"], int(asking.caller.trader))
    if found is None:
        return Refusal(DoorCode.NOT_FOUND)
    placed = None if found.order_id is None else await order(database, found.order_id)
    paper = await offer_paper(database, found) if placed is None else read_paper(placed.paper)
    return PurchaseDescription(
        offer=found.id,
        number=found.display_number,
        status=found.status,
        auction=auction_of(found),
        seller=paper.seller,
        made_at=format_instant(found.made_at),
        ended_at=instant(found.cancelled_at),
        reason=found.reason,
        order=None if placed is None else await _order(database, placed),
        vehicles=tuple(
            PurchaseVehicle(
                id=vehicle.id,
                make=vehicle.make,
                model=vehicle.model,
                version=vehicle.version,
                plate=vehicle.plate,
                vin=vehicle.vin,
                mileage_km=vehicle.mileage_km,
                first_registration=None
                if vehicle.first_registration is None
                else vehicle.first_registration.isoformat(),
                vat=vehicle.vat,
                price=format_amount(vehicle.price_cents),
                price_ht=format_amount(vehicle.price_ht_cents),
            )
            for vehicle in paper.vehicles
        ),
        extras=tuple(
            ExtraAnswer(
                extra.kind, extra.label, format_amount(extra.amount_cents), format_amount(extra.amount_ht_cents)
            )
            for extra in paper.extras
        ),
        total=format_amount(paper.total_cents),
        total_ht=format_amount(paper.total_ht_cents),
        balance_due=format_amount(paper.balance_due_cents),
    )


async def _order(database: Database, placed: Order) -> PurchaseOrder:
    agreed = read_paper(placed.paper).order
    assert agreed is not None, "an order's paper says it"
    sites, deliveries = await fetching(database, placed.id, placed.delivery_site_id)
    return PurchaseOrder(
        id=placed.id,
        display_number=placed.display_number,
        placed_at=format_instant(placed.placed_at),
        delivery_date=placed.delivery_on.isoformat(),
        delivery_place=agreed.delivery_place,
        site=sites[placed.delivery_site_id],
        deliveries=tuple(_delivery(each, sites[each.site_id]) for each in deliveries),
        payment_method=placed.payment_method,
        documents=placed.documents,
        deposit=format_amount(placed.deposit_cents),
        invoice=placed.invoice_number,
    )


def _delivery(found: PurchaseDelivery, site: PurchaseSite) -> ScheduledDelivery:
    return ScheduledDelivery(
        id=found.id,
        scheduled_at=format_instant(found.scheduled_at),
        status=found.status,
        declared_at=instant(found.declared_at),
        site=site,
        vehicles=tuple(found.vehicle_ids),
        note=f"/api/deliveries/{found.id}/note.pdf",
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/purchases",
        who=Who.TRADER,
        says="Every vehicle that the trader has bought, with dates, price, state and papers.",
        answer=list_purchases,
        query=PurchasesQuery,
        gives=Purchases,
    ),
    Route(
        method="GET",
        path="/api/purchases/{offer}",
        who=Who.TRADER,
        says="An offer that the trader has got, and what was agreed once it is ordered.",
        answer=describe_purchase,
        gives=PurchaseDescription,
    ),
    Route(
        method="GET",
        path="/api/traders/{id}/purchases",
        who=Who.DEALER,
        says="Every vehicle that a trader has bought from the dealer's group.",
        answer=list_purchases_of_trader,
        query=PurchasesQuery,
        gives=Purchases,
    ),
)
