"""Who is told that a vehicle has been in stock for too long: its entity, once, as it passes the target (§4.2)."""

import json
from datetime import timedelta

from engine.instants import day_of
from engine.life_line import AddedStatus, Line, StockRules
from engine.stock import VehicleStatus
from persistence.audit import By
from persistence.live.postgres import PostgresBook
from persistence.stock.cards import add_vehicle
from persistence.stock.rules import change_stock_rules
from persistence.stock.watch import LATE_DAYS, tell_of_long_stock
from tests.persistence.dealership import NOW, a_card, a_dealership

TODAY = day_of(NOW)


async def test_an_entity_is_told_once_of_each_vehicle_that_passes_its_target(book: PostgresBook) -> None:
    """§4.2."""
    database, dealer = book.database, await a_dealership(book.database)
    gone = AddedStatus("handed_over", "Remis", VehicleStatus.DELIVERY)
    rules = StockRules(days_target=90, trade=Line(added=(gone,)))
    assert await change_stock_rules(database, By(None, NOW), dealer.entity, rules) is None

    async def old(plate: str, days: int, status: str = "sales_stock") -> int:
        card = a_card(plate, 1_000_00, entered_at=TODAY - timedelta(days=days), status=status)
        return await add_vehicle(database, dealer.entity, dealer.site, card)

    passed = await old("AA-001-AA", 91)
    await old("AA-006-AA", 90 + LATE_DAYS)  # while the house was down
    await old("AA-002-AA", 90)
    await old("AA-003-AA", 91 + LATE_DAYS)  # was old before anybody set a target, or looked
    for place, status in enumerate(("delivery", "handed_over", "released")):
        await old(f"AA-01{place}-AA", 91, status)
    muted, explained = await old("AA-004-AA", 91), await old("AA-005-AA", 91)
    async with database.acquire() as connection:
        await connection.execute("UPDATE vehicles SET stock_muted = true WHERE id = $1", muted)
        await connection.execute("UPDATE vehicles SET stock_reason = 'a part' WHERE id = $1", explained)

    assert [await tell_of_long_stock(database, NOW, TODAY) for _ in range(2)] == [2, 0]
    async with database.acquire() as connection:
        row = await connection.fetchrow("SELECT * FROM notices WHERE kind = 'too_long_in_stock' ORDER BY id")
    assert row is not None
    assert (row["entity_id"], json.loads(row["params"])) == (
        dealer.entity,
        {"vehicle_id": passed, "vehicle": "RENAULT CLIO", "plate": "AA-001-AA", "entity": "Concession", "days": 91},
    )
