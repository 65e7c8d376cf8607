"""What a vehicle's card lists: equipment, repairs, service contracts, defects (§4.1, §4.7).

Stores and reads, inside the transaction of the card's own change. A list is written whole; a defect that stays keeps
its id, because its photos hang on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.vehicle_card import CardItems, Contract, Defect, Equipment, Repair

if TYPE_CHECKING:
    from persistence.database import AnyConnection

_EQUIPMENT: Final = """
    SELECT label, category, price_ht_cents, vat_basis_points, price_ttc_cents
    FROM vehicle_equipment WHERE vehicle_id = $1 ORDER BY position
"""
_REPAIRS: Final = "SELECT label, cost_ht_cents, done_on FROM vehicle_repairs WHERE vehicle_id = $1 ORDER BY position"
_CONTRACTS: Final = "SELECT label, price_cents, ends_on FROM vehicle_contracts WHERE vehicle_id = $1 ORDER BY position"
_DEFECTS: Final = "SELECT name, repair_cost_ht_cents, id FROM vehicle_defects WHERE vehicle_id = $1 ORDER BY position"
_ADD_EQUIPMENT: Final = """
    INSERT INTO vehicle_equipment
        (vehicle_id, position, label, category, price_ht_cents, vat_basis_points, price_ttc_cents)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_ADD_REPAIR: Final = """
    INSERT INTO vehicle_repairs (vehicle_id, position, label, cost_ht_cents, done_on) VALUES ($1, $2, $3, $4, $5)
"""
_ADD_CONTRACT: Final = """
    INSERT INTO vehicle_contracts (vehicle_id, position, label, price_cents, ends_on) VALUES ($1, $2, $3, $4, $5)
"""
_ADD_DEFECT: Final = """
    INSERT INTO vehicle_defects (vehicle_id, position, name, repair_cost_ht_cents) VALUES ($1, $2, $3, $4)
"""
_KEEP_DEFECT: Final = """
    UPDATE vehicle_defects SET position = $2, name = $3, repair_cost_ht_cents = $4 WHERE vehicle_id = $1 AND id = $5
"""


async def items_of(connection: AnyConnection, vehicle_id: int) -> CardItems:
    """The lists of a vehicle's card, each in its order."""
    return CardItems(
        equipment=tuple(Equipment(*row) for row in await connection.fetch(_EQUIPMENT, vehicle_id)),
        repairs=tuple(Repair(*row) for row in await connection.fetch(_REPAIRS, vehicle_id)),
        contracts=tuple(Contract(*row) for row in await connection.fetch(_CONTRACTS, vehicle_id)),
        defects=tuple(Defect(*row) for row in await connection.fetch(_DEFECTS, vehicle_id)),
    )


async def write_items(connection: AnyConnection, vehicle_id: int, before: CardItems, after: CardItems) -> None:
    """The lists as they are from now on; the ids of `after`'s defects are among those of `before`."""
    if after.equipment != before.equipment:
        await connection.execute("DELETE FROM vehicle_equipment WHERE vehicle_id = $1", vehicle_id)
        await connection.executemany(
            _ADD_EQUIPMENT,
            [
                (
                    vehicle_id,
                    place,
                    own.label,
                    own.category,
                    own.price_ht_cents,
                    own.vat_basis_points,
                    own.price_ttc_cents,
                )
                for place, own in enumerate(after.equipment, start=1)
            ],
        )
    if after.repairs != before.repairs:
        await connection.execute("DELETE FROM vehicle_repairs WHERE vehicle_id = $1", vehicle_id)
        await connection.executemany(
            _ADD_REPAIR,
            [
                (vehicle_id, place, repair.label, repair.cost_ht_cents, repair.done_on)
                for place, repair in enumerate(after.repairs, start=1)
            ],
        )
    if after.contracts != before.contracts:
        await connection.execute("DELETE FROM vehicle_contracts WHERE vehicle_id = $1", vehicle_id)
        await connection.executemany(
            _ADD_CONTRACT,
            [
                (vehicle_id, place, contract.label, contract.price_cents, contract.ends_on)
                for place, contract in enumerate(after.contracts, start=1)
            ],
        )
    if after.defects != before.defects:
        await _write_defects(connection, vehicle_id, after.defects)


async def _write_defects(connection: AnyConnection, vehicle_id: int, defects: tuple[Defect, ...]) -> None:
    kept = [defect.id for defect in defects if defect.id is not None]
    await connection.execute(
        "DELETE FROM vehicle_defects WHERE vehicle_id = $1 AND id <> ALL ($2::bigint[])", vehicle_id, kept
    )
    for place, defect in enumerate(defects, start=1):
        if defect.id is None:
            await connection.execute(_ADD_DEFECT, vehicle_id, place, defect.name, defect.repair_cost_ht_cents)
        else:
            await connection.execute(
                _KEEP_DEFECT, vehicle_id, place, defect.name, defect.repair_cost_ht_cents, defect.id
            )
