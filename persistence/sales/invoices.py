"""Invoices, declared by hand or by the dealer's management system, each once (§6.1).

The same key with the same body gets the first answer again, for ever; with another body it contradicts. A refusal is
not remembered: it did nothing, and may be asked again with the same key.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import asyncpg
import msgspec
from msgspec import Struct

from engine.after_sale import NotNow, StepRefused, is_to_come
from engine.instants import Instant, day_of
from engine.money import Cents
from persistence.audit import Change, record
from persistence.sales.deliveries import release
from persistence.sales.offer_steps import no
from persistence.sales.orders import locked_order
from persistence.sales.paper_facts import read_paper

if TYPE_CHECKING:
    from persistence.audit import By
    from persistence.database import AnyConnection, Database


class NewInvoice(Struct, frozen=True, kw_only=True):
    """An invoice of an order, or of a delivery by hand: one of the two. An order's amount is its total."""

    entity_id: int
    order_id: int | None
    delivery_id: int | None
    number: str
    invoiced_on: date
    amount_cents: Cents | None


class Invoice(Struct, frozen=True, kw_only=True):
    """An invoice as it was answered; `released` are the vehicles that left with it."""

    id: int
    order_id: int | None
    delivery_id: int | None
    number: str
    invoiced_on: date
    amount_cents: Cents | None
    declared_at: Instant
    released: tuple[int, ...]


class Once(Struct, frozen=True):
    """The key under which a request is done once, and the SHA-256 of what it asks."""

    key: str
    body_sha256: bytes


_CLAIM: Final = """
    INSERT INTO idempotent_answers (user_id, key, body_sha256, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (user_id, key) DO NOTHING RETURNING key
"""
_ADD: Final = """
    INSERT INTO invoices (entity_id, order_id, delivery_id, number, invoiced_on, amount_cents, declared_at, declared_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
"""


async def declare_invoice(database: Database, by: By, new: NewInvoice, once: Once | None) -> Invoice | StepRefused:
    """Write the invoice down, and release what is delivered already; or give the first answer to this key."""
    try:
        async with database.transaction() as connection:
            if once is None:
                return await _declare(connection, by, new)
            # Whoever comes second with a key waits here until the first is through.
            if await connection.fetchval(_CLAIM, by.user_id, once.key, once.body_sha256, by.at) is None:
                return await _first_answer(connection, by, once)
            answer = await _declare(connection, by, new)
            if isinstance(answer, StepRefused):
                await connection.execute(
                    "DELETE FROM idempotent_answers WHERE user_id = $1 AND key = $2", by.user_id, once.key
                )
            else:
                await connection.execute(
                    "UPDATE idempotent_answers SET answer = $3 WHERE user_id = $1 AND key = $2",
                    by.user_id,
                    once.key,
                    msgspec.json.encode(answer).decode(),
                )
            return answer
    except asyncpg.UniqueViolationError:
        return no(NotNow.NUMBER_TAKEN, "number")


async def _first_answer(connection: AnyConnection, by: By, once: Once) -> Invoice | StepRefused:
    row = await connection.fetchrow(
        "SELECT body_sha256, answer FROM idempotent_answers WHERE user_id = $1 AND key = $2", by.user_id, once.key
    )
    assert row is not None, "answers are never deleted once they stand"
    if row["body_sha256"] != once.body_sha256:
        return no(NotNow.KEY_USED, "Idempotency-Key")
    return msgspec.json.decode(row["answer"], type=Invoice)


async def _declare(connection: AnyConnection, by: By, new: NewInvoice) -> Invoice | StepRefused:
    amount_cents = new.amount_cents
    if is_to_come(new.invoiced_on, day_of(by.at)):
        return no(NotNow.IN_THE_FUTURE, "date")
    if new.order_id is not None:
        _, placed = await locked_order(connection, new.order_id)
        total_cents = read_paper(placed.paper).total_cents
        if placed.status != "placed":
            return no(NotNow.ORDER_CANCELLED, "order")
        if placed.invoice_number is not None:
            return no(NotNow.INVOICED, "order")
        if amount_cents not in {None, total_cents}:
            return no(NotNow.AMOUNT_DIFFERS, "amount")
        amount_cents = total_cents
    else:
        await connection.execute("SELECT id FROM deliveries WHERE id = $1 FOR UPDATE", new.delivery_id)
        row = await connection.fetchrow(
            """SELECT order_id IS NOT NULL AS ordered, status,
                      EXISTS (SELECT FROM invoices WHERE delivery_id = deliveries.id) AS invoiced,
                      EXISTS (SELECT FROM delivery_vehicles WHERE delivery_id = deliveries.id AND standing) AS stands
               FROM deliveries WHERE id = $1""",
            new.delivery_id,
        )
        assert row is not None, "the doors have seen it"
        if row["ordered"]:
            return no(NotNow.ORDERED, "delivery")
        if row["invoiced"] or row["status"] == "not_honoured":
            return no(NotNow.INVOICED if row["invoiced"] else NotNow.ALREADY_DECLARED, "delivery")
        if row["status"] == "cancelled" or not row["stands"]:
            return no(NotNow.ORDER_CANCELLED, "delivery")  # its vehicle was moved back into the stock (§4.2)
    invoice_id: int = await connection.fetchval(
        _ADD,
        new.entity_id,
        new.order_id,
        new.delivery_id,
        new.number,
        new.invoiced_on,
        amount_cents,
        by.at,
        by.user_id,
    )
    released = await release(connection, by, order_id=new.order_id, delivery_id=new.delivery_id)
    fields = {"number": [None, new.number], "order": [None, new.order_id], "delivery": [None, new.delivery_id]}
    change = Change(subject="invoice", subject_id=invoice_id, action="declared", fields=fields, entity_id=new.entity_id)
    await record(connection, by, change)
    return Invoice(
        id=invoice_id,
        order_id=new.order_id,
        delivery_id=new.delivery_id,
        number=new.number,
        invoiced_on=new.invoiced_on,
        amount_cents=amount_cents,
        declared_at=by.at,
        released=released,
    )
