"""Many vehicles at once, from a file: all of them, or with the dealer's word the good ones, in one transaction (§4.8).

Each line is judged by the rules that judge a card made by hand (vehicles.py). What a file looks like is the
doors' business.
"""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.vehicle_card import CardItems, Fault, Problem, VehicleCard
from persistence.audit import By, Change, record_all
from persistence.stock.cards import insert_vehicles
from persistence.stock.rules import stock_rules
from persistence.stock.vehicles import CardChange, created_fields, new_card

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.life_line import StockRules
    from persistence.database import AnyConnection, Database, Row

UNIQUE: Final = ("plate", "vin", "internal_number", "police_book_number")
"""By any of these a vehicle is known again; by its line in the police book even when it has left."""

_KNOWN: Final = """
    SELECT translate(plate, ' -', '') AS plate, vin, internal_number, NULL AS police_book_number FROM vehicles
    WHERE entity_id = $1 AND status <> 'released'
      AND (translate(plate, ' -', '') = ANY ($2::text[]) OR vin = ANY ($3::text[])
           OR internal_number = ANY ($4::text[]))
    UNION ALL
    SELECT NULL, NULL, NULL, police_book_number FROM vehicles
    WHERE entity_id = $1 AND police_book_number = ANY ($5::text[])
"""
_AT_ONCE: Final = 200
"""So many cards are given to the driver at once: it puts them into bytes on the loop, where auctions run."""
_REPRICED: Final = """
    UPDATE vehicles SET sale_price_changed_at = $2 WHERE id = ANY ($1::bigint[]) AND sale_price_cents IS NOT NULL
"""


class Mode(enum.Enum):
    """What becomes of a file: nothing, all of it or nothing, what is good of it."""

    DRY = "dry"
    WHOLE = "whole"
    PARTIAL = "partial"


class WishedLine(Struct, frozen=True):
    """A vehicle of the file, as far as its line could be read; `is_refused`: the door has refused the line already, and
    it is judged only to tell all that is wrong at once. Of the columns `untold` nothing can be said any more.
    """

    line: int
    wish: CardChange
    is_refused: bool = False
    untold: frozenset[str] = frozenset()


class LineFault(Struct, frozen=True):
    """What is wrong with a line; `first_line`: the line above that says the same of another vehicle."""

    line: int
    fault: Fault
    first_line: int | None = None


class Imported(Struct, frozen=True):
    """The ids of what was entered, how many lines were good, and the faults of the others in their order."""

    vehicle_ids: tuple[int, ...]
    good: int
    faults: tuple[LineFault, ...]


class StockFile(Struct, frozen=True, kw_only=True):
    """The vehicles of a file, for a site of an entity; `is_whole`: no line was refused before it came here."""

    entity_id: int
    site_id: int
    lines: tuple[WishedLine, ...]
    is_whole: bool


async def import_vehicles(
    database: Database, by: By, file: StockFile, catalogue: Catalogue, today: date, mode: Mode
) -> Imported:
    """Enter the vehicles at `pre_arrival`, as the mode says, each with its record."""
    async with database.transaction() as connection:
        # Whoever makes a card by hand shares this row: between our look at what is known and our writing nobody does.
        await connection.execute("SELECT FROM entities WHERE id = $1 FOR NO KEY UPDATE", file.entity_id)
        rules = await stock_rules(connection, file.entity_id)
        # Thousands of cards take a while to judge: not on the loop, where auctions run.
        judged = await asyncio.to_thread(_judged, file.lines, catalogue, rules, today)
        asked = await asyncio.to_thread(_asked, judged)
        known = await connection.fetch(_KNOWN, file.entity_id, *asked)
        good, faults = await asyncio.to_thread(_sorted_out, judged, known)
        is_entered = mode is Mode.PARTIAL or (mode is Mode.WHOLE and file.is_whole and not faults)
        ids = await _entered(connection, by, file, good) if is_entered and good else ()
    return Imported(ids, len(good), tuple(faults))


_Judged = tuple[WishedLine, VehicleCard, list[Fault]]


def _judged(lines: Sequence[WishedLine], catalogue: Catalogue, rules: StockRules, today: date) -> list[_Judged]:
    judged: list[_Judged] = []
    for line in lines:
        card, wrong = new_card(line.wish, catalogue, rules, today)
        judged.append((line, card, [fault for fault in wrong if fault.field not in line.untold]))
    return judged


def _marks(card: VehicleCard) -> dict[str, str]:
    """By what the card is known again."""
    named = {field: getattr(card, field) for field in UNIQUE if getattr(card, field)}
    if card.plate:
        named["plate"] = card.plate.replace(" ", "").replace("-", "")
    return named


def _asked(judged: Sequence[_Judged]) -> list[list[str]]:
    """The cards' marks, field by field."""
    marks = [_marks(card) for _, card, _ in judged]
    return [[mark[field] for mark in marks if field in mark] for field in UNIQUE]


def _sorted_out(judged: Sequence[_Judged], rows: Sequence[Row]) -> tuple[list[VehicleCard], list[LineFault]]:
    """The good cards, and the faults of the others; `rows` are the marks that the entity's stock has already. Of two
    lines with one mark the first counts, good or not: whoever mends it enters it after all.
    """
    known = {field: {row[field] for row in rows} for field in UNIQUE}
    good: list[VehicleCard] = []
    faults: list[LineFault] = []
    above: dict[tuple[str, str], int] = {}
    for line, card, wrong in judged:
        bad = {fault.field for fault in wrong}
        found = [LineFault(line.line, fault) for fault in wrong]
        for mark in _marks(card).items():
            if mark[0] in bad:
                continue
            first = above.setdefault(mark, line.line)
            if mark[1] in known[mark[0]]:
                found.append(LineFault(line.line, Fault(mark[0], Problem.TAKEN)))
            elif first != line.line:
                found.append(LineFault(line.line, Fault(mark[0], Problem.TAKEN), first))
        faults += found
        if not found and not line.is_refused:
            good.append(card)
    return good, faults


async def _entered(connection: AnyConnection, by: By, file: StockFile, cards: list[VehicleCard]) -> tuple[int, ...]:
    entered: list[int] = []
    for first in range(0, len(cards), _AT_ONCE):
        some = cards[first : first + _AT_ONCE]
        ids = await insert_vehicles(connection, file.entity_id, file.site_id, some)
        await record_all(connection, by, await asyncio.to_thread(_changes, file, ids, some))
        entered += ids
    await connection.execute(_REPRICED, entered, by.at)
    return tuple(entered)


def _changes(file: StockFile, ids: list[int], cards: list[VehicleCard]) -> list[Change]:
    return [
        Change(
            subject="vehicle",
            subject_id=vehicle_id,
            action="imported",
            fields=created_fields(card, CardItems(), file.site_id),
            entity_id=file.entity_id,
        )
        for vehicle_id, card in zip(ids, cards, strict=True)
    ]
