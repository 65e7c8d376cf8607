"""Orders: `POST /api/offers/{id}/order`, `GET /api/orders/{id}`, its cancellation (§6.1).

An order takes what it needs in optional fields: everything that is missing is named at once, with its field.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from engine.after_sale import Document, PaymentMethod, StepRefused
from engine.instants import format_instant
from engine.money import format_amount
from persistence.sales.orders import Order, OrderForm, cancel_order, order, orders_of, place_order
from persistence.sales.paper_facts import read_paper
from persistence.versions import ChangedMeanwhile
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.sales.after_sale import DateText, ReasonForm, by, own_offer, own_order, refusal_of
from server.http.sales.offers import instant
from server.http.values import AmountText, Id, read_amount
from server.http.words import DocumentWord, OrderStatusWord, PaymentMethodWord
from server.trade_zone import local_day


class PlaceOrder(Struct, frozen=True, forbid_unknown_fields=True):
    """What an order says; the buyer's legal representative stands on its card. `total`: what the offer came to when it
    was read: nobody orders at another.
    """

    delivery_date: DateText | None = None
    delivery_site: Id | None = None
    payment_method: PaymentMethod | None = None
    documents: Annotated[tuple[Document, ...], Meta(max_length=len(Document))] = ()
    deposit: AmountText | None = None
    total: AmountText | None = None


class OrderAnswer(Struct, frozen=True, kw_only=True):
    """An order; `total` and `total_ht` are what was agreed, whatever a card says today."""

    id: int
    number: int
    display_number: str
    offer: int
    status: OrderStatusWord
    placed_at: str
    legal_representative: str
    delivery_date: str
    delivery_site: int
    payment_method: PaymentMethodWord
    documents: tuple[DocumentWord, ...]
    total: str
    total_ht: str
    deposit: str
    balance_due: str
    vehicles: tuple[int, ...]
    invoice: str | None
    invoiced_at: str | None
    cancelled_at: str | None
    reason: str | None


class OrderList(Struct, frozen=True):
    """The latest first."""

    items: tuple[OrderAnswer, ...]


def order_answer(found: Order) -> OrderAnswer:
    """An order as the dealer reads it."""
    paper = read_paper(found.paper)
    return OrderAnswer(
        id=found.id,
        number=found.number,
        display_number=found.display_number,
        offer=found.offer_id,
        status=found.status,
        placed_at=format_instant(found.placed_at),
        legal_representative=found.legal_representative,
        delivery_date=found.delivery_on.isoformat(),
        delivery_site=found.delivery_site_id,
        payment_method=found.payment_method,
        documents=found.documents,
        total=format_amount(paper.total_cents),
        total_ht=format_amount(paper.total_ht_cents),
        deposit=format_amount(found.deposit_cents),
        balance_due=format_amount(paper.balance_due_cents),
        vehicles=found.vehicles,
        invoice=found.invoice_number,
        invoiced_at=instant(found.invoiced_at),
        cancelled_at=instant(found.cancelled_at),
        reason=found.reason,
    )


async def order_offer(asking: Asking[PlaceOrder, Nothing]) -> OrderAnswer | Refusal:
    """Place the order on a validated offer."""
    found, form = await own_offer(asking, "make_offers"), asking.body
    if isinstance(found, Refusal):
        return found
    day = None if form.delivery_date is None else read_date(form.delivery_date, "delivery_date")
    if isinstance(day, Refusal):
        return day
    deposit = 0 if form.deposit is None else read_amount(form.deposit, "deposit")
    if isinstance(deposit, Refusal):
        return deposit
    total = None if form.total is None else read_amount(form.total, "total")
    if isinstance(total, Refusal):
        return total
    who = by(asking)
    wanted = OrderForm(
        delivery_on=day,
        delivery_site_id=form.delivery_site,
        payment_method=None if form.payment_method is None else form.payment_method.value,
        documents=tuple(document.value for document in dict.fromkeys(form.documents)),
        deposit_cents=deposit,
        total_cents=total,
    )
    made = await place_order(asking.doors.database, who, found.id, wanted, local_day(who.at))
    if isinstance(made, StepRefused):
        return refusal_of(made)
    if isinstance(made, ChangedMeanwhile):
        return Refusal(DoorCode.CHANGED_MEANWHILE, field="total")
    placed = await order(asking.doors.database, made)
    assert placed is not None, "it has just been placed"
    return order_answer(placed)


def read_date(text: str, field: str) -> date | Refusal:
    """A day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Refusal(DoorCode.INVALID, f"{field}: must be a day like 2026-01-31.", field)


async def describe_order(asking: Asking[Nothing, Nothing]) -> OrderAnswer | Refusal:
    """An order of the dealer's entities."""
    found = await own_order(asking)
    return found if isinstance(found, Refusal) else order_answer(found)


async def list_orders(asking: Asking[Nothing, Nothing]) -> OrderList | Refusal:
    """Every order that was placed on an offer."""
    found = await own_offer(asking)
    if isinstance(found, Refusal):
        return found
    return OrderList(tuple(order_answer(each) for each in await orders_of(asking.doors.database, found.id)))


async def cancel_placed_order(asking: Asking[ReasonForm, Nothing]) -> OrderAnswer | Refusal:
    """Cancel an order: the offer is validated again."""
    found = await own_order(asking, "make_offers")
    if isinstance(found, Refusal):
        return found
    why = await cancel_order(asking.doors.database, by(asking), found.id, asking.body.reason)
    if why is not None:
        return refusal_of(why)
    cancelled = await order(asking.doors.database, found.id)
    assert cancelled is not None, "it has just been there"
    return order_answer(cancelled)


ROUTES = (
    Route(
        method="POST",
        path="/api/offers/{id}/order",
        who=Who.DEALER,
        says="Place the order on a validated offer; its vehicles go to delivery and the buyer is told where.",
        answer=order_offer,
        body=PlaceOrder,
        gives=OrderAnswer,
        status=201,
        refuses=(DoorCode.CONFLICT, DoorCode.CHANGED_MEANWHILE),
    ),
    Route(
        method="GET",
        path="/api/offers/{id}/orders",
        who=Who.DEALER,
        says="Every order that was placed on an offer, cancelled ones included.",
        answer=list_orders,
        gives=OrderList,
    ),
    Route(
        method="GET",
        path="/api/orders/{id}",
        who=Who.DEALER,
        says="An order.",
        answer=describe_order,
        gives=OrderAnswer,
    ),
    Route(
        method="POST",
        path="/api/orders/{id}/cancellation",
        who=Who.DEALER,
        says="Cancel an order of which nothing is delivered or invoiced; its offer is validated again.",
        answer=cancel_placed_order,
        body=ReasonForm,
        gives=OrderAnswer,
        refuses=(DoorCode.CONFLICT,),
    ),
)
