"""What an entity has decided about its stock: from when it sells, what its life lines are, its target (§4.2, §4.3).

Stores and reads; what the rules mean is said in engine/life_line.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from engine.life_line import AddedStatus, Line, StockRules
from engine.stock import VehicleStatus
from persistence.audit import By, Change, record

if TYPE_CHECKING:
    from persistence.database import AnyConnection, Database

LINES: Final = ("private", "trade")
_READ: Final = """
    SELECT saleable_from, publishable_from, matching_required, leave_sales_stock_by_hand, days_target,
           price_destination_for
    FROM entities WHERE id = $1
"""
_ADDED: Final = "SELECT destination, code, label, after FROM added_statuses WHERE entity_id = $1 ORDER BY position"
_WRITE: Final = """
    UPDATE entities
    SET saleable_from = $2, publishable_from = $3, matching_required = $4, leave_sales_stock_by_hand = $5,
        days_target = $6, price_destination_for = $7
    WHERE id = $1
"""
_ADD: Final = """
    INSERT INTO added_statuses (entity_id, destination, position, code, label, after) VALUES ($1, $2, $3, $4, $5, $6)
"""
# A vehicle in delivery goes back to the status that it had, should its order be cancelled (§6.1). Its destination may
# have changed since: what its line never had, no change of the line takes away.
_USED: Final = """
    SELECT destination, status FROM vehicles WHERE entity_id = $1 AND destination = ANY ($2::text[])
    UNION
    SELECT destination, status_before FROM orders
    JOIN order_vehicles ON order_vehicles.order_id = orders.id
    JOIN vehicles ON vehicles.id = vehicle_id AND vehicles.status <> 'released'
    WHERE orders.entity_id = $1 AND orders.status = 'placed' AND destination = ANY ($2::text[])
    ORDER BY destination, status
"""


class StatusesInUse(Struct, frozen=True):
    """Vehicles stand in these statuses of a destination's line, or would return to them, which the line had and has no
    more: (destination, code).
    """

    statuses: tuple[tuple[str, str], ...]


async def stock_rules(connection: AnyConnection, entity_id: int, *, kept: bool = False) -> StockRules:
    """The entity's rules; `kept`: they do not change for the rest of this transaction."""
    row = await connection.fetchrow(_READ + (" FOR SHARE" if kept else ""), entity_id)
    assert row is not None, "the doors know the entities of their users"
    added: dict[str, list[AddedStatus]] = {line: [] for line in LINES}
    for status in await connection.fetch(_ADDED, entity_id):
        added[status["destination"]].append(
            AddedStatus(status["code"], status["label"], VehicleStatus(status["after"]))
        )
    lines = {line: Line(line in row["price_destination_for"], tuple(added[line])) for line in LINES}
    return StockRules(
        saleable_from=VehicleStatus(row["saleable_from"]),
        publishable_from=VehicleStatus(row["publishable_from"]),
        matching_required=row["matching_required"],
        leave_sales_stock_by_hand=row["leave_sales_stock_by_hand"],
        days_target=row["days_target"],
        private=lines["private"],
        trade=lines["trade"],
    )


async def stock_rules_of(database: Database, entity_id: int) -> StockRules:
    """The entity's rules as they are."""
    async with database.acquire() as connection:
        return await stock_rules(connection, entity_id)


async def change_stock_rules(database: Database, by: By, entity_id: int, rules: StockRules) -> StatusesInUse | None:
    """The entity's rules from now on, with their record; nothing changes while vehicles stand where no line leads."""
    async with database.transaction() as connection:
        # Whoever moves a vehicle keeps the rules meanwhile: this waits for them, and they for this.
        await connection.execute("SELECT id FROM entities WHERE id = $1 FOR NO KEY UPDATE", entity_id)
        before = await stock_rules(connection, entity_id)
        used = await connection.fetch(_USED, entity_id, list(LINES))
        stranded = tuple(
            (row["destination"], row["status"])
            for row in used
            if row["status"] not in rules.line(row["destination"]).statuses
            and row["status"] in before.line(row["destination"]).statuses
        )
        if stranded:
            return StatusesInUse(stranded)
        await _write(connection, entity_id, rules)
        was, now = _told(before), _told(rules)
        fields = {name: [was[name], now[name]] for name in now if was[name] != now[name]}
        if fields:
            change = Change(
                subject="entity",
                subject_id=entity_id,
                action="stock_settings_changed",
                fields=fields,
                entity_id=entity_id,
            )
            await record(connection, by, change)
    return None


async def _write(connection: AnyConnection, entity_id: int, rules: StockRules) -> None:
    await connection.execute(
        _WRITE,
        entity_id,
        rules.saleable_from.value,
        rules.publishable_from.value,
        rules.matching_required,
        rules.leave_sales_stock_by_hand,
        rules.days_target,
        [line for line in LINES if rules.line(line).price_destination],
    )
    await connection.execute("DELETE FROM added_statuses WHERE entity_id = $1", entity_id)
    await connection.executemany(
        _ADD,
        [
            (entity_id, line, position, status.code, status.label, status.after.value)
            for line in LINES
            for position, status in enumerate(rules.line(line).added, start=1)
        ],
    )


def _told(rules: StockRules) -> dict[str, Any]:
    """The rules as a record tells them."""
    lines = {line: list(rules.line(line).statuses) for line in LINES}
    return {
        "saleable_from": rules.saleable_from.value,
        "publishable_from": rules.publishable_from.value,
        "matching_required": rules.matching_required,
        "leave_sales_stock_by_hand": rules.leave_sales_stock_by_hand,
        "days_target": rules.days_target,
        **lines,
    }
