"""Invoices, by hand or from the dealer's management system: `POST /api/invoices` (§6.1).

With an `Idempotency-Key` the same request may be sent again and again: it is done once, and answered the same for ever.
"""

from hashlib import sha256
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from engine.after_sale import StepRefused
from engine.instants import format_instant
from persistence.sales.deliveries import delivery
from persistence.sales.invoices import Invoice, NewInvoice, Once, declare_invoice
from persistence.sales.orders import order
from server.errors import DoorCode, Refusal
from server.http.door import KEY, LONGEST_KEY, Asking, Route, Who
from server.http.reading import Nothing
from server.http.sales.after_sale import DateText, by, may, refusal_of
from server.http.sales.orders import read_date
from server.http.values import LINE, AmountText, Id, amount, read_amount


class InvoiceForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An invoice of an order, or of a delivery by hand; an order's amount, if given, must be its total."""

    number: Annotated[str, Meta(max_length=100, pattern=LINE)]
    date: DateText
    order: Id | None = None
    delivery: Id | None = None
    amount: AmountText | None = None


class InvoiceAnswer(Struct, frozen=True, kw_only=True):
    """An invoice; `released` are the vehicles that left the stock with it."""

    id: int
    order: int | None
    delivery: int | None
    number: str
    date: str
    amount: str | None
    declared_at: str
    released: tuple[int, ...]


async def create_invoice(asking: Asking[InvoiceForm, Nothing]) -> InvoiceAnswer | Refusal:
    """Declare an invoice."""
    form = asking.body
    once = _once(asking)
    if isinstance(once, Refusal):
        return once
    entity_id = await _entity(asking)
    if isinstance(entity_id, Refusal):
        return entity_id
    if not may(asking.caller, "declare_deliveries", entity_id):
        return Refusal(DoorCode.NOT_ALLOWED)
    day = read_date(form.date, "date")
    if isinstance(day, Refusal):
        return day
    cents = None if form.amount is None else read_amount(form.amount, "amount")
    if isinstance(cents, Refusal):
        return cents
    new = NewInvoice(
        entity_id=entity_id,
        order_id=form.order,
        delivery_id=form.delivery,
        number=form.number.strip(),
        invoiced_on=day,
        amount_cents=cents,
    )
    made = await declare_invoice(asking.doors.database, by(asking), new, once)
    return refusal_of(made) if isinstance(made, StepRefused) else _answer(made)


def _once(asking: Asking[InvoiceForm, Nothing]) -> Once | Refusal | None:
    """The key, and what it stands for: the request as it was read, however it was written."""
    key = asking.request.headers.get(KEY)
    if key is None:
        return None
    if not key.isascii() or not key.isprintable() or not 1 <= len(key.strip()) <= LONGEST_KEY:
        return Refusal(DoorCode.INVALID, f"{KEY}: must be 1 to {LONGEST_KEY} printable characters of ASCII.", KEY)
    return Once(key.strip(), sha256(msgspec.json.encode(asking.body)).digest())


async def _entity(asking: Asking[InvoiceForm, Nothing]) -> int | Refusal:
    """Whose order or delivery it is; another's does not exist."""
    form, database = asking.body, asking.doors.database
    if (form.order is None) == (form.delivery is None):
        return Refusal(DoorCode.INVALID, "order: name either an order or a delivery made by hand.", "order")
    if form.order is not None:
        placed = await order(database, form.order)
        entity_id, field = None if placed is None else placed.entity_id, "order"
    else:
        assert form.delivery is not None
        made = await delivery(database, form.delivery)
        entity_id, field = None if made is None else made.entity_id, "delivery"
    if entity_id is None or entity_id not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND, f"{field}: there is none with this id.", field)
    return entity_id


def _answer(made: Invoice) -> InvoiceAnswer:
    return InvoiceAnswer(
        id=made.id,
        order=made.order_id,
        delivery=made.delivery_id,
        number=made.number,
        date=made.invoiced_on.isoformat(),
        amount=amount(made.amount_cents),
        declared_at=format_instant(made.declared_at),
        released=made.released,
    )


ROUTES = (
    Route(
        method="POST",
        path="/api/invoices",
        who=Who.DEALER,
        says="Declare an invoice, once per Idempotency-Key; vehicles that are delivered are released.",
        answer=create_invoice,
        body=InvoiceForm,
        gives=InvoiceAnswer,
        status=201,
        takes_key=True,
        refuses=(DoorCode.NOT_FOUND, DoorCode.CONFLICT),
    ),
)
