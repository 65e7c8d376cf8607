"""Orders: placed on a validated offer, cancelled with a reason; the vehicles go to delivery and come back (§6.1, §6.4).

One transaction each, with records and notices. An order freezes its paper; its number is the group's, without gaps.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from engine.after_sale import NotNow, Step, StepRefused, Why, needed_for_order
from engine.instants import Instant
from engine.money import Cents
from engine.stock import has_left
from persistence.audit import Change, record
from persistence.notices.due import write_notices
from persistence.sales.offer_steps import no, record_step, step_refused
from persistence.sales.offers import StoredOffer, locked_offer
from persistence.sales.order_notices import Place, order_cancelled, order_placed
from persistence.sales.paper_facts import frozen_paper
from persistence.stock.cards import locked_vehicles
from persistence.stock.life_line import set_status
from persistence.versions import ChangedMeanwhile

if TYPE_CHECKING:
    from persistence.audit import By
    from persistence.database import AnyConnection, Database


class OrderForm(Struct, frozen=True, kw_only=True):
    """What the dealer has filled in; what is missing is named by `engine.after_sale.needed_for_order`.

    `total_cents`: what the offer came to when it was read; it must come to that still.
    """

    delivery_on: date | None
    delivery_site_id: int | None
    payment_method: str | None
    documents: tuple[str, ...]
    deposit_cents: Cents = 0
    total_cents: Cents | None = None


class Order(Struct, frozen=True, kw_only=True):
    """An order. `vehicles` are ids, in its paper's order; `paper` is what was agreed, as JSON."""

    id: int
    number: int
    prefix: str
    offer_id: int
    entity_id: int
    trader_id: int
    status: str
    placed_at: Instant
    legal_representative: str
    delivery_on: date
    delivery_site_id: int
    payment_method: str
    documents: tuple[str, ...]
    deposit_cents: Cents
    paper: str
    cancelled_at: Instant | None
    reason: str | None
    invoice_number: str | None
    invoiced_at: Instant | None
    vehicles: tuple[int, ...]

    @property
    def display_number(self) -> str:
        """With the group's prefix: `45-12`."""
        return f"{self.prefix}-{self.number}" if self.prefix else str(self.number)


_READ: Final = """
    SELECT orders.id, orders.number, groups.prefix, orders.offer_id, orders.entity_id, orders.trader_id, orders.status,
           orders.placed_at, orders.legal_representative, orders.delivery_on, orders.delivery_site_id,
           orders.payment_method, orders.documents, orders.deposit_cents, orders.paper::text AS paper,
           orders.cancelled_at, orders.reason, invoices.number AS invoice_number,
           invoices.declared_at AS invoiced_at,
           ARRAY(SELECT vehicle_id FROM order_vehicles WHERE order_id = orders.id ORDER BY position) AS vehicles
    FROM orders
    JOIN groups ON groups.id = orders.group_id
    LEFT JOIN invoices ON invoices.order_id = orders.id
"""
_PLACE_OF: Final = """
    SELECT name, street, postcode, city, phone, email FROM sites WHERE id = $1 AND entity_id = $2
"""
_DRAW: Final = """
    UPDATE groups SET next_order_number = next_order_number + 1 WHERE id = $1 RETURNING next_order_number - 1
"""
_PLACE: Final = """
    INSERT INTO orders (group_id, number, offer_id, entity_id, trader_id, placed_at, placed_by, legal_representative,
        delivery_on, delivery_site_id, payment_method, documents, deposit_cents, paper)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb) RETURNING id
"""
_PUT_IN: Final = """
    INSERT INTO order_vehicles (order_id, position, vehicle_id, status_before) VALUES ($1, $2, $3, $4)
"""


async def order(database: Database, order_id: int) -> Order | None:
    """An order, or None."""
    async with database.acquire() as connection:
        return await read_order(connection, order_id)


async def read_order(connection: AnyConnection, order_id: int) -> Order | None:
    """An order as the caller's transaction sees it."""
    row = await connection.fetchrow(_READ + "WHERE orders.id = $1", order_id)
    return (
        None
        if row is None
        else Order(**{**row, "documents": tuple(row["documents"]), "vehicles": tuple(row["vehicles"])})
    )


async def orders_of(database: Database, offer_id: int) -> list[Order]:
    """Every order that was ever placed on the offer, the latest first."""
    async with database.acquire() as connection:
        rows = await connection.fetch(_READ + "WHERE orders.offer_id = $1 ORDER BY orders.id DESC", offer_id)
    return [Order(**{**row, "documents": tuple(row["documents"]), "vehicles": tuple(row["vehicles"])}) for row in rows]


# Placed --------------------------------------------------------------------------------------------------------------


async def place_order(
    database: Database, by: By, offer_id: int, form: OrderForm, today: date
) -> int | StepRefused | ChangedMeanwhile:
    """Place the order: the vehicles go to delivery, buyer and entity are told. Gives its id."""
    async with database.transaction() as connection:
        found = await locked_offer(connection, offer_id, with_buyers=True)
        why = step_refused(Step.ORDER, found)
        if why is None and form.total_cents not in {None, found.totals.total_cents}:
            return ChangedMeanwhile(found.version)
        why = why or await _needed(connection, found, form, today)
        if why is not None:
            return why
        cards = await locked_vehicles(connection, found.entity_id, [vehicle.id for vehicle in found.vehicles])
        reasons = [
            Why(NotNow.HAS_LEFT if has_left(cards[vehicle.id].reached) else NotNow.NOT_RESERVED, "vehicles", vehicle.id)
            for vehicle in found.vehicles
            if has_left(cards[vehicle.id].reached) or cards[vehicle.id].reserved_for_trader_id != found.trader_id
        ]
        if reasons:
            return StepRefused(tuple(reasons))
        return await _place(connection, by, found, form)


async def _needed(connection: AnyConnection, found: StoredOffer, form: OrderForm, today: date) -> StepRefused | None:
    """§6.1: everything that is missing, at once."""
    if not found.vehicles:
        return no(NotNow.NO_VEHICLES, "vehicles")
    representative = await _representative(connection, found.trader_id)
    site = await connection.fetchrow(_PLACE_OF, form.delivery_site_id, found.entity_id)
    needed = needed_for_order(
        legal_representative=representative,
        delivery_on=form.delivery_on,
        today=today,
        has_delivery_site=site is not None,
        payment_method=form.payment_method,
        documents=form.documents,
    )
    reasons = [Why(need, need.field) for need in needed]
    if form.deposit_cents > max(0, found.totals.balance_due_cents):
        reasons.append(Why(NotNow.DEPOSIT_TOO_HIGH, "deposit"))
    return StepRefused(tuple(reasons)) if reasons else None


async def _representative(connection: AnyConnection, trader_id: int) -> str:
    name: str = await connection.fetchval(
        "SELECT legal_representative FROM trader_companies WHERE id = $1 FOR SHARE", trader_id
    )
    return name.strip()


async def _place(connection: AnyConnection, by: By, found: StoredOffer, form: OrderForm) -> int:
    number = await connection.fetchval(_DRAW, found.group_id)
    paper = await frozen_paper(connection, found, by.at, number, form)
    order_id: int = await connection.fetchval(
        _PLACE,
        found.group_id,
        number,
        found.id,
        found.entity_id,
        found.trader_id,
        by.at,
        by.user_id,
        paper.buyer.legal_representative,
        form.delivery_on,
        form.delivery_site_id,
        form.payment_method,
        list(form.documents),
        form.deposit_cents,
        msgspec.json.encode(paper).decode(),
    )
    await connection.executemany(
        _PUT_IN,
        [(order_id, place, vehicle.id, vehicle.status) for place, vehicle in enumerate(found.vehicles, start=1)],
    )
    await connection.execute("UPDATE offers SET status = 'ordered' WHERE id = $1", found.id)
    await set_status(connection, by, [vehicle.id for vehicle in found.vehicles], "delivery")
    placed = await read_order(connection, order_id)
    assert placed is not None
    await write_notices(connection, order_placed(found, placed, await place_of(connection, placed), by.at))
    await _record(connection, by, placed, "placed", {"number": [None, number], "offer": [None, found.number]})
    await record_step(connection, by, (found.id, found.entity_id), "ordered", {"status": ["validated", "ordered"]})
    return order_id


async def place_of(connection: AnyConnection, placed: Order) -> Place:
    """Where the buyer fetches the vehicles (§6.4)."""
    row = await connection.fetchrow(_PLACE_OF, placed.delivery_site_id, placed.entity_id)
    assert row is not None, "the order refers to it"
    return Place(**dict(row))


# Cancelled -----------------------------------------------------------------------------------------------------------


async def locked_order(connection: AnyConnection, order_id: int) -> tuple[StoredOffer, Order]:
    """The order and its offer, kept for this transaction, the offer's row first; the doors have seen the order."""
    offer_id = await connection.fetchval("SELECT offer_id FROM orders WHERE id = $1", order_id)
    found = await locked_offer(connection, offer_id)
    await connection.execute("SELECT id FROM orders WHERE id = $1 FOR UPDATE", order_id)
    placed = await read_order(connection, order_id)
    assert placed is not None, "the doors have seen it"
    return found, placed


async def cancel_order(database: Database, by: By, order_id: int, reason: str) -> StepRefused | None:
    """Take back an order of which nothing is delivered or invoiced: vehicles as they were, the offer validated."""
    async with database.transaction() as connection:
        found, placed = await locked_order(connection, order_id)
        if placed.status != "placed":
            return no(NotNow.ORDER_CANCELLED, "order")
        if placed.invoice_number is not None:
            return no(NotNow.INVOICED, "order")
        if await connection.fetchval(
            "SELECT EXISTS (SELECT FROM deliveries WHERE order_id = $1 AND status = 'honoured')", order_id
        ):
            return no(NotNow.DELIVERED, "order")
        await connection.execute(
            "UPDATE orders SET status = 'cancelled', cancelled_at = $2, reason = $3 WHERE id = $1",
            order_id,
            by.at,
            reason,
        )
        await connection.execute("UPDATE offers SET status = 'validated' WHERE id = $1", found.id)
        await connection.execute(
            "UPDATE deliveries SET status = 'cancelled' WHERE order_id = $1 AND status = 'scheduled'", order_id
        )
        await connection.execute("UPDATE delivery_vehicles SET standing = false WHERE order_id = $1", order_id)
        for status, vehicle_ids in (await _statuses_before(connection, order_id)).items():
            await set_status(connection, by, vehicle_ids, status, reason=reason)
        await write_notices(connection, order_cancelled(found, placed, by.at, reason))
        await _record(connection, by, placed, "cancelled", {"reason": [None, reason]})
        await record_step(connection, by, (found.id, found.entity_id), "order_cancelled", {"reason": [None, reason]})
    return None


async def _statuses_before(connection: AnyConnection, order_id: int) -> dict[str, list[int]]:
    rows = await connection.fetch(
        """SELECT vehicle_id, status_before FROM order_vehicles WHERE order_id = $1 ORDER BY vehicle_id""", order_id
    )
    by_status: dict[str, list[int]] = {}
    for row in rows:
        by_status.setdefault(row["status_before"], []).append(row["vehicle_id"])
    return by_status


async def _record(connection: AnyConnection, by: By, placed: Order, action: str, fields: dict[str, object]) -> None:
    change = Change(subject="order", subject_id=placed.id, action=action, fields=fields, entity_id=placed.entity_id)
    await record(connection, by, change)
