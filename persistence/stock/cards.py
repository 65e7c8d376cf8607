"""The vehicles of an entity, as their cards have them (§4.1).

Stores and reads; the rules are in engine/stock.py. A card's fields (engine/vehicle_card.py) are the table's columns,
named once.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec.structs import fields

from engine.instants import Instant
from engine.money import Cents, Vat, margin_ht
from engine.stock import Candidate, Destination, SaleRules, VehicleStatus, standard_status
from engine.vehicle_card import VehicleCard
from persistence.database import each_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from asyncpg import UniqueViolationError

    from persistence.database import AnyConnection, Database, Row

__all__ = [
    "CARD_COLUMNS",
    "StoredVehicle",
    "VehicleCard",
    "add_vehicle",
    "candidate",
    "field_taken",
    "insert_vehicle",
    "insert_vehicles",
    "locked_vehicles",
    "sale_rules",
    "sale_rules_by_entity",
    "sale_rules_of",
    "vehicles_by_id",
    "vehicles_in",
    "vehicles_of",
]

_NAMES_ONE: Final = {
    "vehicles_plate": "plate",
    "vehicles_vin": "vin",
    "vehicles_police_book": "police_book_number",
}


def field_taken(fault: UniqueViolationError) -> str:
    """By which column another vehicle of the stock is named already; raises `fault` if it is about something else."""
    if fault.constraint_name not in _NAMES_ONE:
        raise fault
    return _NAMES_ONE[fault.constraint_name]


class StoredVehicle(VehicleCard, frozen=True, kw_only=True):
    """A vehicle of the stock; `busy_auction_id` is the scheduled or open auction it is in (§4.4).

    `added_after` is the standard status that its own follows, where the entity has added that one (§4.2);
    `reserved_for` names the trader; `photo_ids` are in their order, those of defects last, and
    `photo_defect_ids` says of which defect each is; `certificate_id` is the battery's file (§4.5); equipment, defects
    and repairs that were done are those that the card lists, in their order.
    """

    id: int
    entity_id: int
    entity: str
    site_id: int
    site: str
    reserved_for_trader_id: int | None
    busy_auction_id: int | None
    reserved_for: str | None = None
    reserved_at: Instant | None = None
    added_after: str | None = None
    physical_site: str | None = None
    moved_to_site: str | None = None
    revision: int = 1
    sale_price_changed_at: Instant | None = None
    stock_reason: str = ""
    stock_muted: bool = False
    released_at: Instant | None = None
    photo_ids: Sequence[int] = ()
    photo_defect_ids: Sequence[int | None] = ()
    certificate_id: int | None = None
    equipment_labels: Sequence[str] = ()
    defect_ids: Sequence[int] = ()
    defect_names: Sequence[str] = ()
    defect_costs_ht_cents: Sequence[Cents | None] = ()
    repairs_done: Sequence[str] = ()
    repair_days: Sequence[date] = ()

    @property
    def ref(self) -> str:
        """How papers name it: its plate, else its VIN, else its number here."""
        return self.plate or self.vin or self.internal_number or f"VO {self.id}"

    @property
    def public_ref(self) -> str:
        """How an auction names it to those who are invited: its plate, never a number that is the dealer's (§5.5.3)."""
        return self.plate or f"VO {self.id}"

    @property
    def reached(self) -> VehicleStatus:
        """The standard status that its own is, or follows (§4.2)."""
        return standard_status(self.added_after or self.status)

    def margin_at(self, price_cents: Cents) -> Cents:
        """Domain §0: the margin HT at a price, less the actual costs or, before there are any, the planned ones."""
        costs_ht_cents = self.actual_costs_ht_cents or self.planned_costs_ht_cents
        return margin_ht(price_cents, self.purchase_price_cents, costs_ht_cents, Vat(self.vat))


CARD_COLUMNS: Final = tuple(field.name for field in fields(VehicleCard))
_ADD: Final = (
    f"INSERT INTO vehicles (entity_id, site_id, {', '.join(CARD_COLUMNS)}) "  # noqa: S608 - columns named above
    f"VALUES ($1, $2, {', '.join(f'${place}' for place in range(3, 3 + len(CARD_COLUMNS)))}) RETURNING id"
)
_READ: Final = f"""
    SELECT {", ".join(f"vehicles.{column}" for column in CARD_COLUMNS)},
           vehicles.id, vehicles.entity_id, entities.name AS entity, vehicles.site_id, sites.name AS site,
           vehicles.reserved_for_trader_id, held.auction_id AS busy_auction_id,
           buyer.legal_name AS reserved_for, vehicles.reserved_at, added.after AS added_after,
           physical.name AS physical_site, moved.name AS moved_to_site, vehicles.revision,
           vehicles.sale_price_changed_at, vehicles.stock_reason, vehicles.stock_muted, vehicles.released_at,
           photos.ids AS photo_ids, photos.defect_ids AS photo_defect_ids,
           (SELECT file.id FROM vehicle_files AS file
            WHERE file.vehicle_id = vehicles.id AND file.kind = 'battery_certificate') AS certificate_id,
           ARRAY (SELECT own.label FROM vehicle_equipment AS own WHERE own.vehicle_id = vehicles.id
                  ORDER BY own.position) AS equipment_labels,
           defects.ids AS defect_ids, defects.names AS defect_names, defects.costs AS defect_costs_ht_cents,
           repairs.labels AS repairs_done, repairs.days AS repair_days
    FROM vehicles
    JOIN entities ON entities.id = vehicles.entity_id
    JOIN sites ON sites.id = vehicles.site_id
    LEFT JOIN auction_lot_vehicles AS held ON held.vehicle_id = vehicles.id AND held.held
    LEFT JOIN trader_companies AS buyer ON buyer.id = vehicles.reserved_for_trader_id
    LEFT JOIN sites AS physical ON physical.id = vehicles.physical_site_id
    LEFT JOIN sites AS moved ON moved.id = vehicles.moved_to_site_id
    LEFT JOIN added_statuses AS added ON added.entity_id = vehicles.entity_id
         AND added.destination = vehicles.destination AND added.code = vehicles.status
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(id), '{{}}') AS ids, coalesce(array_agg(defect_id), '{{}}') AS defect_ids
        FROM (SELECT id, defect_id FROM vehicle_photos WHERE vehicle_id = vehicles.id
              ORDER BY defect_id IS NOT NULL, position) AS photo) AS photos
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(id), '{{}}') AS ids, coalesce(array_agg(name), '{{}}') AS names,
               coalesce(array_agg(repair_cost_ht_cents), '{{}}') AS costs
        FROM (SELECT id, name, repair_cost_ht_cents FROM vehicle_defects WHERE vehicle_id = vehicles.id
              ORDER BY position) AS defect) AS defects
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(label), '{{}}') AS labels, coalesce(array_agg(done_on), '{{}}') AS days
        FROM (SELECT label, done_on FROM vehicle_repairs WHERE vehicle_id = vehicles.id AND done_on IS NOT NULL
              ORDER BY position) AS repair) AS repairs
"""  # noqa: S608 - columns named above
_LOCK: Final = """
    SELECT id FROM vehicles WHERE entity_id = $1 AND id = ANY ($2::bigint[]) ORDER BY id FOR NO KEY UPDATE
"""
_IN_AUCTION: Final = "WHERE vehicles.id IN (SELECT vehicle_id FROM auction_lot_vehicles WHERE auction_id = $1)"


async def add_vehicle(database: Database, entity_id: int, site_id: int, card: VehicleCard) -> int:
    """A vehicle of a site. Gives its id; raises what the tables refuse."""
    async with database.acquire() as connection:
        return await insert_vehicle(connection, entity_id, site_id, card)


async def insert_vehicle(connection: AnyConnection, entity_id: int, site_id: int, card: VehicleCard) -> int:
    """A vehicle of a site, in the caller's transaction. Gives its id; raises what the tables refuse."""
    values = [getattr(card, column) for column in CARD_COLUMNS]
    vehicle_id: int = await connection.fetchval(_ADD, entity_id, site_id, *values)
    return vehicle_id


async def insert_vehicles(
    connection: AnyConnection, entity_id: int, site_id: int, cards: Iterable[VehicleCard]
) -> list[int]:
    """As `insert_vehicle`, many in one go. Gives their ids, in the order of the cards."""
    rows = [(entity_id, site_id, *(getattr(card, column) for column in CARD_COLUMNS)) for card in cards]
    return [row["id"] for row in await connection.fetchmany(_ADD, rows)]


async def vehicles_of(database: Database, entity_id: int, ids: Iterable[int] | None = None) -> list[StoredVehicle]:
    """The entity's vehicles that have not left, or those with these ids, by make and model."""
    chosen = None if ids is None else list(ids)
    async with database.acquire() as connection:
        rows = await connection.fetch(
            _READ + "WHERE vehicles.entity_id = $1 AND (vehicles.id = ANY ($2::bigint[]) OR ($2::bigint[] IS NULL "
            "AND vehicles.status <> 'released')) ORDER BY make, model, vehicles.id",
            entity_id,
            chosen,
        )
    return each_as(StoredVehicle, rows)


async def vehicles_by_id(connection: AnyConnection, ids: Sequence[int]) -> dict[int, StoredVehicle]:
    """The vehicles with these ids, whosever they are, by id."""
    rows = await connection.fetch(_READ + "WHERE vehicles.id = ANY ($1::bigint[])", ids)
    return {vehicle.id: vehicle for vehicle in each_as(StoredVehicle, rows)}


async def sale_rules(database: Database, entity_id: int) -> SaleRules:
    """From when on the entity sells a vehicle, and whether it must be matched (§4.2, §4.3)."""
    async with database.acquire() as connection:
        row = await connection.fetchrow(
            "SELECT saleable_from, matching_required FROM entities WHERE id = $1", entity_id
        )
    assert row is not None, "the doors know the entities of their users"
    return sale_rules_of(row)


async def sale_rules_by_entity(connection: AnyConnection, entity_ids: Sequence[int]) -> dict[int, SaleRules]:
    """The same of several entities, by their ids."""
    rows = await connection.fetch(
        "SELECT id, saleable_from, matching_required FROM entities WHERE id = ANY ($1::bigint[])", entity_ids
    )
    return {row["id"]: sale_rules_of(row) for row in rows}


def sale_rules_of(entity: Row) -> SaleRules:
    """The rules in a row of entities."""
    return SaleRules(VehicleStatus(entity["saleable_from"]), entity["matching_required"])


def candidate(vehicle: StoredVehicle) -> Candidate:
    """The vehicle as `engine.stock.missing_conditions` asks about it."""
    return Candidate(
        status=vehicle.reached,
        past_status=vehicle.added_after is not None,
        destination=None if vehicle.destination is None else Destination(vehicle.destination),
        trade_price_cents=vehicle.trade_price_cents,
        trade_sale_authorised=vehicle.trade_sale_authorised,
        matched=vehicle.matched,
        reserved=vehicle.reserved_for_trader_id is not None or vehicle.reserved_for_client is not None,
        in_another_auction=vehicle.busy_auction_id is not None,
    )


async def locked_vehicles(connection: AnyConnection, entity_id: int, ids: Sequence[int]) -> dict[int, StoredVehicle]:
    """The entity's vehicles with these ids, by id, kept for this transaction: nobody else sells or reserves them."""
    # Locked first and read after: a statement that waits for a lock has looked at the other tables before.
    await connection.execute(_LOCK, entity_id, list(ids))
    rows = await connection.fetch(
        _READ + "WHERE vehicles.entity_id = $1 AND vehicles.id = ANY ($2::bigint[])", entity_id, list(ids)
    )
    return {vehicle.id: vehicle for vehicle in each_as(StoredVehicle, rows)}


async def vehicles_in(connection: AnyConnection, auction_id: int) -> dict[int, StoredVehicle]:
    """The vehicles of an auction, by id."""
    rows = await connection.fetch(_READ + _IN_AUCTION, auction_id)
    return {vehicle.id: vehicle for vehicle in each_as(StoredVehicle, rows)}
