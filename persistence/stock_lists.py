"""The stock as lists show it: found by any field, sorted by any, a page at a time (§4.8).

Only reads. SQL is put together from persistence/stock_fields.py alone; what is looked for travels as parameters.
"""

from __future__ import annotations

import enum
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from engine.stock import SaleRules, VehicleStatus, is_saleable
from persistence.stock_fields import FIELDS, Shape

if TYPE_CHECKING:
    from persistence.database import Database

CHUNK: Final = 500
"""How many vehicles are read at once where all of them are read."""


class Compare(enum.StrEnum):
    """What is asked of a field; `{field}` is its SQL and `{value}` the parameter."""

    ONE_OF = "lower({field}) = ANY ({value}::text[])"
    CONTAINS = "strpos(lower({field}), {value}::text) > 0"
    AT_LEAST = "{field} >= {value}"
    AT_MOST = "{field} <= {value}"
    IS = "{field} = {value}::boolean"
    KNOWN = "({field} IS NOT NULL) = {value}::boolean"
    FILLED = "({field} <> '') = {value}::boolean"
    POSITIVE = "({field} > 0) = {value}::boolean"


class Filter(Struct, frozen=True):
    """One condition: the name of a field, what is asked of it, and the value."""

    field: str
    compare: Compare
    value: Any


class Sort(Struct, frozen=True):
    """By which field; what is unknown comes last either way."""

    field: str = "make"
    descending: bool = False


class StockSearch(Struct, frozen=True, kw_only=True):
    """What is looked for in these entities. Vehicles that have left are found only if a filter asks for a status."""

    entity_ids: tuple[int, ...]
    today: date
    words: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    site_ids: tuple[int, ...] = ()
    sort: Sort = Sort()


_SALEABLE_PAIRS: Final = [
    f"{first}/{status}{'+' if past else ''}"
    for first, status, past in product(VehicleStatus, VehicleStatus, (False, True))
    if is_saleable(status, SaleRules(saleable_from=first), past_status=past)
]
"""From which status an entity sells, and a status in which it then does; `+`: one that the entity has added after."""
_CASTS: Final = {Shape.NUMBER: "::int", Shape.AMOUNT: "::bigint", Shape.DATE: "::date"}
_TIE: Final = {"make": ("vehicles.model",), "status": ("vehicles.make", "vehicles.model")}


class _Question(Struct):
    """A search as SQL and its parameters, of which the first three are always there."""

    where: str
    parameters: list[Any]

    def next(self, value: object, cast: str = "") -> str:
        """A further parameter, as SQL names it."""
        self.parameters.append(value)
        return f"${len(self.parameters)}{cast}"


def _asked(search: StockSearch) -> _Question:
    question = _Question("", [list(search.entity_ids), search.today, _SALEABLE_PAIRS])
    # Every parameter is named once, so that PostgreSQL knows its type whatever the filters are.
    clauses = ["$2::date IS NOT NULL", "$3::text[] IS NOT NULL"]
    if not any(wanted.field == "status" and wanted.compare is Compare.ONE_OF for wanted in search.filters):
        clauses.append("vehicles.status <> 'released'")
    for word in search.words:
        spellings = sorted(
            {_literal(word), _literal(word.replace("-", "") or word)}
        )  # a plate is often written with dashes
        looks = [
            f"vehicles.search_text LIKE '%' || folded({question.next(each, '::text')}) || '%'" for each in spellings
        ]
        clauses.append(f"({' OR '.join(looks)})")
    if search.site_ids:
        clauses.append(f"vehicles.site_id = ANY ({question.next(list(search.site_ids))}::bigint[])")
    for wanted in search.filters:
        field = FIELDS[wanted.field]
        value = question.next(wanted.value)
        if wanted.compare in {Compare.AT_LEAST, Compare.AT_MOST}:
            value += _CASTS[field.shape]
        clauses.append(wanted.compare.format(field=field.sql, value=value))
    question.where = " AND ".join(clauses)
    return question


def _literal(word: str) -> str:
    """A word with nothing that LIKE understands."""
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _order(sort: Sort) -> str:
    """The columns of ORDER BY, ending in the id."""
    direction = "DESC" if sort.descending else "ASC"
    field = FIELDS[sort.field]
    last = " NULLS LAST" if sort.descending and field.may_be_unknown else ""
    ties = (*_TIE.get(sort.field, ()), "vehicles.id")
    return ", ".join([f"{field.sql} {direction}{last}", *(f"{tie} {direction}" for tie in ties)])


async def count(database: Database, search: StockSearch) -> int:
    """How many vehicles it finds."""
    question = _asked(search)
    async with database.acquire() as connection:
        found: int = await connection.fetchval(
            f"SELECT count(*) FROM vehicles WHERE entity_id = ANY ($1::bigint[]) AND {question.where}",  # noqa: S608 - SQL of stock_fields.py
            *question.parameters,
        )
    return found


async def found_ids(database: Database, search: StockSearch, *, limit: int, offset: int = 0) -> list[int]:
    """The ids that it finds, in its order."""
    question, order = _asked(search), _order(search.sort)
    upto, skipped = question.next(limit + offset, "::int"), question.next(offset, "::int")
    # Each entity is read in the order of its own index, and no further than this page; their heads are then merged.
    page = f"""
        SELECT vehicles.id FROM unnest($1::bigint[]) AS asked (entity_id)
        CROSS JOIN LATERAL (
            SELECT vehicles.* FROM vehicles
            WHERE vehicles.entity_id = asked.entity_id AND {question.where} ORDER BY {order} LIMIT {upto}
        ) AS vehicles
        ORDER BY {order} LIMIT {upto} OFFSET {skipped}
    """  # noqa: S608 - SQL of stock_fields.py
    async with database.acquire() as connection:
        rows = await connection.fetch(page, *question.parameters)
    return [row["id"] for row in rows]


async def values_of(database: Database, ids: list[int], columns: tuple[str, ...], today: date) -> dict[int, list[Any]]:
    """The fields of these names of each vehicle, in the order of the names; amounts are cents."""
    shown = ", ".join(FIELDS[column].sql for column in columns)
    async with database.acquire() as connection:
        rows = await connection.fetch(
            f"SELECT vehicles.id, {shown} FROM vehicles "  # noqa: S608 - SQL of stock_fields.py
            "WHERE id = ANY ($1::bigint[]) AND $2::date IS NOT NULL AND $3::text[] IS NOT NULL",
            ids,
            today,
            _SALEABLE_PAIRS,
        )
    return {row[0]: list(row)[1:] for row in rows}
