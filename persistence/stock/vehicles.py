"""A vehicle's card as it is made, read and changed, each change with its record (§4.1, §4.5 to §4.7).

Stores and reads. What may stand on a card is the rule of engine/card_changes.py, asked inside the transaction; who may
change it is asked at the doors.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import asyncpg
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from engine.card_changes import Binding, change_faults, with_match
from engine.life_line import Standing
from engine.money import format_amount
from engine.vehicle_card import CardItems, Fault, Problem, VehicleCard, items_faults
from persistence.audit import By, Change, record
from persistence.stock.card_items import items_of, write_items
from persistence.stock.cards import (
    CARD_COLUMNS,
    StoredVehicle,
    field_taken,
    insert_vehicle,
    locked_vehicles,
    vehicles_of,
)
from persistence.stock.life_line import standing_of
from persistence.stock.rules import stock_rules

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.life_line import StockRules
    from persistence.database import AnyConnection, Database

_SITES: Final = {"physical_site_id": "physical_site", "moved_to_site_id": "moved_to_site"}
_CHANGE: Final = (
    f"UPDATE vehicles SET ({', '.join(CARD_COLUMNS)}) = "  # noqa: S608 - columns named in engine/vehicle_card.py
    f"ROW ({', '.join(f'${place}' for place in range(5, 5 + len(CARD_COLUMNS)))}), site_id = $2, "
    "sale_price_changed_at = CASE WHEN $3 THEN $4::timestamptz ELSE sale_price_changed_at END, "
    "revision = revision + 1 WHERE id = $1"
)
_OF_THE_GROUP: Final = """
    SELECT sites.id FROM sites JOIN entities ON entities.id = sites.entity_id
    WHERE sites.id = ANY ($2::bigint[]) AND entities.group_id = (SELECT group_id FROM entities WHERE id = $1)
"""


class CardChange(Struct, frozen=True, kw_only=True):
    """What is wished: columns of the card, its lists, its owning site; what is not named stays.

    `revision`: the one that whoever wishes has read; a new card has none.
    """

    columns: Mapping[str, Any]
    revision: int | None = None
    items: Mapping[str, Any] = {}
    site_id: int | None = None


class CardRefused(Struct, frozen=True):
    """Nothing was changed, for these reasons."""

    faults: tuple[Fault, ...]


class Outdated(Struct, frozen=True):
    """Somebody has changed the card meanwhile: it is at `revision`."""

    revision: int


class FullCard(Struct, frozen=True):
    """A vehicle with all that its card lists, and what binds it where it stands."""

    vehicle: StoredVehicle
    items: CardItems
    standing: Standing


def _taken(fault: asyncpg.UniqueViolationError) -> CardRefused:
    """What another vehicle has; raises `fault` itself if it is about something else."""
    return CardRefused((Fault(field_taken(fault), Problem.TAKEN),))


async def owner_of_vehicle(database: Database, vehicle_id: int) -> int | None:
    """The entity that has the vehicle; none: there is no such vehicle."""
    async with database.acquire() as connection:
        owner: int | None = await connection.fetchval("SELECT entity_id FROM vehicles WHERE id = $1", vehicle_id)
    return owner


async def site_owner(database: Database, site_id: int) -> int | None:
    """The entity that has the site; none: there is no such site."""
    async with database.acquire() as connection:
        owner: int | None = await connection.fetchval("SELECT entity_id FROM sites WHERE id = $1", site_id)
    return owner


async def full_card(database: Database, entity_id: int, vehicle_id: int) -> FullCard | None:
    """The entity's vehicle with its lists."""
    found = await vehicles_of(database, entity_id, (vehicle_id,))
    if not found:
        return None
    async with database.acquire() as connection:
        items = await items_of(connection, vehicle_id)
        return FullCard(found[0], items, await standing_of(connection, found[0]))


async def make_vehicle(
    database: Database, by: By, entity_id: int, wish: CardChange, catalogue: Catalogue, today: date
) -> int | CardRefused:
    """A vehicle that enters at `pre_arrival`, with its record. Gives its id. `wish` names make, model and site."""
    assert wish.site_id is not None
    items = CardItems(**wish.items)
    try:
        async with database.transaction() as connection:
            rules = await stock_rules(connection, entity_id, kept=True)
            wished, found = new_card(wish, catalogue, rules, today)
            found += await _site_faults(connection, entity_id, wished, wish.site_id)
            found += [
                Fault(f"defects[{place}].id", Problem.UNKNOWN)
                for place, defect in enumerate(items.defects)
                if defect.id is not None
            ]
            if found:
                return CardRefused(tuple(found))
            vehicle_id = await insert_vehicle(connection, entity_id, wish.site_id, wished)
            if wished.sale_price_cents is not None:
                await connection.execute(
                    "UPDATE vehicles SET sale_price_changed_at = $2 WHERE id = $1", vehicle_id, by.at
                )
            await write_items(connection, vehicle_id, CardItems(), items)
            await _record(connection, by, entity_id, vehicle_id, "created", created_fields(wished, items, wish.site_id))
    except asyncpg.UniqueViolationError as fault:
        return _taken(fault)
    return vehicle_id


def new_card(wish: CardChange, catalogue: Catalogue, rules: StockRules, today: date) -> tuple[VehicleCard, list[Fault]]:
    """The card of a new vehicle, matched, and what is wrong with it in itself; not whose its sites are."""
    wished, unmatched = with_match(None, VehicleCard(**wish.columns), catalogue, kind_given="kind" in wish.columns)
    standing = change_faults(None, wished, rules, Binding(), today)
    return wished, [*unmatched, *standing, *items_faults(CardItems(**wish.items), today)]


def created_fields(card: VehicleCard, items: CardItems, site_id: int) -> dict[str, Any]:
    """What the record of a new card says."""
    fields = _differences(VehicleCard(make="", model=""), card) | _differences(CardItems(), items)
    return fields | {"site_id": [None, site_id]}


async def change_vehicle(
    database: Database,
    by: By,
    found: StoredVehicle,
    wish: CardChange,
    catalogue: Catalogue,
    today: date,
) -> CardRefused | Outdated | None:
    """Change a card that nobody else has changed since it was read, with its record."""
    entity_id, vehicle_id = found.entity_id, found.id
    try:
        async with database.transaction() as connection:
            rules = await stock_rules(connection, entity_id, kept=True)
            stored = (await locked_vehicles(connection, entity_id, (vehicle_id,)))[vehicle_id]
            if stored.revision != wish.revision:
                return Outdated(stored.revision)
            listed = await items_of(connection, vehicle_id)
            before, items = card_of(stored), replace(listed, **wish.items)
            after, unmatched = with_match(before, replace(before, **wish.columns), catalogue)
            binding = Binding(stored.busy_auction_id is not None, stored.reserved_for_trader_id is not None)
            site_id = wish.site_id or stored.site_id
            wrong = [*unmatched, *change_faults(before, after, rules, binding, today), *items_faults(items, today)]
            wrong += await _site_faults(connection, entity_id, after, site_id)
            wrong += _defect_faults(listed, items)
            if wrong:
                return CardRefused(tuple(wrong))
            fields = _differences(before, after) | _differences(listed, items)
            if site_id != stored.site_id:
                fields["site_id"] = [stored.site_id, site_id]
            if fields:
                repriced = before.sale_price_cents != after.sale_price_cents
                values = [getattr(after, column) for column in CARD_COLUMNS]
                await connection.execute(_CHANGE, vehicle_id, site_id, repriced, by.at, *values)
                await write_items(connection, vehicle_id, listed, items)
                await _record(connection, by, entity_id, vehicle_id, "changed", fields)
    except asyncpg.UniqueViolationError as fault:
        return _taken(fault)
    return None


def card_of(stored: StoredVehicle) -> VehicleCard:
    """The card alone."""
    return VehicleCard(**{column: getattr(stored, column) for column in CARD_COLUMNS})


def _defect_faults(listed: CardItems, items: CardItems) -> list[Fault]:
    """A defect that keeps its id is one of this vehicle's, once."""
    known = [defect.id for defect in listed.defects]
    wrong = []
    for place, defect in enumerate(items.defects):
        if defect.id is not None:
            if defect.id not in known:
                wrong.append(Fault(f"defects[{place}].id", Problem.UNKNOWN))
            else:
                known.remove(defect.id)
    return wrong


async def _site_faults(connection: AnyConnection, entity_id: int, card: VehicleCard, site_id: int) -> list[Fault]:
    """The owning site is the entity's; where it stands or is moved to, the group's."""
    named = {column: getattr(card, column) for column in _SITES if getattr(card, column) is not None}
    known = {row["id"] for row in await connection.fetch(_OF_THE_GROUP, entity_id, list(named.values()))}
    wrong = [Fault(column, Problem.UNKNOWN) for column, site in named.items() if site not in known]
    own = await connection.fetchval("SELECT id FROM sites WHERE id = $1 AND entity_id = $2", site_id, entity_id)
    return wrong if own is not None else [Fault("site_id", Problem.UNKNOWN), *wrong]


async def _record(
    connection: AnyConnection, by: By, entity_id: int, vehicle_id: int, action: str, fields: dict[str, Any]
) -> None:
    change = Change(subject="vehicle", subject_id=vehicle_id, action=action, fields=fields, entity_id=entity_id)
    await record(connection, by, change)


def _differences(before: Struct, after: Struct) -> dict[str, Any]:
    """What differs, field by field, as records tell it."""
    return {
        _name(field): [_told(field, getattr(before, field)), _told(field, getattr(after, field))]
        for field in after.__struct_fields__
        if getattr(before, field) != getattr(after, field)
    }


def _name(field: str) -> str:
    return field.removesuffix("_cents")


def _told(field: str, value: Any) -> Any:
    """Amounts as decimal strings, days as ISO, lists member by member."""
    if isinstance(value, tuple):
        return [
            {_name(name): _told(name, getattr(each, name)) for name in each.__struct_fields__ if name != "id"}
            for each in value
        ]
    if field.endswith("_cents"):
        return None if value is None else format_amount(value)
    return msgspec.to_builtins(value)
