"""The stock as lists show it: found by any field, sorted by any, a page at a time (§4.8).

Only reads. SQL is put together from persistence/stock/fields.py alone; what is looked for travels as parameters.
"""

from __future__ import annotations

import enum
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from engine.stock import SaleRules, VehicleStatus, is_saleable
from persistence.database import FOR_ANY_VALUES, has_trigram
from persistence.stock.cards import StoredVehicle, sale_rules_by_entity, vehicles_by_id
from persistence.stock.fields import FIELDS, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from persistence.database import AnyConnection, Database

CHUNK: Final = 500
"""How many vehicles are read at once where all of them are read."""
MOST_COUNTED: Final = 10_000
"""Beyond, a list says that there are more (docs/decisions/0020-counting-lists.md)."""


class Compare(enum.Enum):
    """What is asked of a field; the last: whether it says anything."""

    ONE_OF = "one of"
    CONTAINS = "contains"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    IS = "is"
    FILLED = "filled"


class Filter(Struct, frozen=True):
    """One condition: the name of a field, what is asked of it, and the value."""

    field: str
    compare: Compare
    value: Any


class Sort(Struct, frozen=True):
    """By which field; what is unknown comes last either way."""

    field: str = "make"
    descending: bool = False


class StockPage(Struct, frozen=True):
    """The ids of one page. `is_bound`: more than `total` are found, and nobody has counted how many."""

    total: int
    ids: list[int]
    is_bound: bool = False


class Listed(Struct, frozen=True):
    """A page as one moment saw it: its vehicles in their order, by which rules their entities sell, and of each vehicle
    the values of the columns asked for.
    """

    page: StockPage
    vehicles: list[StoredVehicle]
    rules: dict[int, SaleRules]
    values: dict[int, list[Any]]


class StockSearch(Struct, frozen=True, kw_only=True):
    """What is looked for in these entities. Vehicles that have left are found only if a filter asks for a status."""

    entity_ids: tuple[int, ...]
    today: date
    words: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    site_ids: tuple[int, ...] = ()
    vehicle_ids: tuple[int, ...] = ()
    sort: Sort = Sort()


_SALEABLE_PAIRS: Final = [
    f"{first}/{status}{'+' if past else ''}"
    for first, status, past in product(VehicleStatus, VehicleStatus, (False, True))
    if is_saleable(status, SaleRules(saleable_from=first), past_status=past)
]
"""From which status an entity sells, and a status in which it then does; `+`: one that the entity has added after."""
_FILLED: Final = {Shape.CHOICE: "<> ''", Shape.TEXT: "<> ''", Shape.NUMBER: "> 0", Shape.AMOUNT: "> 0"}
"""Of a field that is never unknown: a text says something, photos are some, costs more than none."""
_LOOKED_INTO: Final = {True: "vehicles.search_text", False: "(vehicles.search_text || '')"}
"""What no trigram is in, the index of trigrams would find by reading all of itself: written so, it is not asked."""
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
    question.where = f"$2::date IS NOT NULL AND $3::text[] IS NOT NULL AND {_wanted(search, question)}"
    return question


def _wanted(search: StockSearch, question: _Question) -> str:
    """What is asked of a vehicle of the entities, with parameters of the question's."""
    clauses = ["true"] if _finds_released(search) else ["vehicles.status <> 'released'"]
    for word in search.words:
        spellings = sorted({word, word.replace("-", "") or word})  # a plate is typed with dashes
        looks = [f"{_LOOKED_INTO[has_trigram(one)]} LIKE holding({question.next(one, '::text')})" for one in spellings]
        clauses.append(f"({' OR '.join(looks)})")
    if search.site_ids:
        clauses.append(f"vehicles.site_id = ANY ({question.next(list(search.site_ids))}::bigint[])")
    if search.vehicle_ids:
        clauses.append(f"vehicles.id = ANY ({question.next(list(search.vehicle_ids))}::bigint[])")
    clauses += [_clause(wanted, question) for wanted in search.filters]
    return " AND ".join(clauses)


def _finds_released(search: StockSearch) -> bool:
    return any(wanted.field == "status" and wanted.compare is Compare.ONE_OF for wanted in search.filters)


def _is_whole(search: StockSearch) -> bool:
    """Nothing narrows it: that there are many is told by counting them alone."""
    return not (search.words or search.filters or search.site_ids or search.vehicle_ids)


def _clause(wanted: Filter, question: _Question) -> str:
    field, compare = FIELDS[wanted.field], wanted.compare
    match compare:
        case Compare.ONE_OF:
            return f"{field.sql} = ANY ({question.next(_spellings(wanted.value))}::text[])"
        case Compare.CONTAINS:
            return f"strpos(lower({field.sql}), {question.next(wanted.value)}::text) > 0"
        case Compare.AT_LEAST:
            return f"{field.sql} >= {question.next(wanted.value, _CASTS[field.shape])}"
        case Compare.AT_MOST:
            return f"{field.sql} <= {question.next(wanted.value, _CASTS[field.shape])}"
        case Compare.IS:
            return field.sql if wanted.value else f"({field.sql}) IS NOT TRUE"
        case Compare.FILLED:
            asked = f"{field.sql} {'IS NOT NULL' if field.may_be_unknown else _FILLED[field.shape]}"
            return asked if wanted.value else f"({asked}) IS NOT TRUE"


def _spellings(values: list[str]) -> list[str]:
    """The ways in which cards write a name, whatever the case in which it was asked: an index finds each."""
    return sorted({spelt for value in values for spelt in (value, value.lower(), value.upper(), value.title())})


def _keys(search: StockSearch) -> tuple[list[str], list[str]]:
    """What is sorted by, ending in the id, and the same as ORDER BY names it: `k0`, `k1`…"""
    sort = search.sort
    field, descending = FIELDS[sort.field], sort.descending
    first = field.sql
    if sort.field == "days_in_stock" and not _finds_released(search):  # the other way round, which has an index
        first, descending = "vehicles.entered_at", not descending
    keys = [first, *_TIE.get(sort.field, ()), "vehicles.id"]
    direction = " DESC" if descending else ""
    last = " NULLS LAST" if descending and field.may_be_unknown else ""
    return keys, [f"{direction}{last if place == 0 else ''}" for place in range(len(keys))]


async def page_of(database: Database, search: StockSearch, *, limit: int, offset: int = 0) -> StockPage:
    """How many vehicles it finds, up to MOST_COUNTED, and the ids of one page of them, in its order."""
    async with database.listing() as connection:
        return await _page(connection, search, limit, offset)


async def listed(
    database: Database, search: StockSearch, columns: tuple[str, ...], *, limit: int, offset: int = 0
) -> Listed:
    """The same, and what a list shows of these vehicles; `columns` are names of fields."""
    async with database.listing() as connection:
        page = await _page(connection, search, limit, offset)
        await connection.execute(FOR_ANY_VALUES)
        vehicles = await vehicles_by_id(connection, page.ids)
        rules = await sale_rules_by_entity(connection, search.entity_ids)
        values = await _values(connection, page.ids, columns, search.today) if columns and page.ids else {}
    return Listed(page, [vehicles[vehicle_id] for vehicle_id in page.ids], rules, values)


async def _page(connection: AnyConnection, search: StockSearch, limit: int, offset: int) -> StockPage:
    if _is_whole(search) and await _count(connection, search, MOST_COUNTED + 1) > MOST_COUNTED:
        ids = await _read_in_order(connection, search, limit, offset)
        return StockPage(MOST_COUNTED, ids, is_bound=True)
    page = await _read_once(connection, search, limit, offset)
    if not page.is_bound:
        return page
    return StockPage(page.total, await _read_in_order(connection, search, limit, offset), is_bound=True)


async def count(database: Database, search: StockSearch, most: int) -> int:
    """How many vehicles it finds; none is looked for beyond `most`."""
    async with database.listing() as connection:
        return await _count(connection, search, most)


async def counts(database: Database, searches: Iterable[StockSearch], most: int) -> list[int]:
    """How many vehicles each finds; for none of them is any looked for beyond `most`."""
    async with database.listing() as connection:
        return [await _count(connection, search, most) for search in searches]


async def _count(connection: AnyConnection, search: StockSearch, most: int) -> int:
    question = _asked(search)
    found: int = await connection.fetchval(
        "SELECT count(*) FROM (SELECT FROM vehicles WHERE entity_id = ANY ($1::bigint[]) "  # noqa: S608 - SQL of stock_fields.py
        f"AND {question.where} LIMIT {question.next(most, '::int')}) AS found",
        *question.parameters,
    )
    return found


async def _read_once(connection: AnyConnection, search: StockSearch, limit: int, offset: int) -> StockPage:
    """What few vehicles are found is looked for once, then counted and sorted; of many, it only tells that they are."""
    question, (keys, orders) = _asked(search), _keys(search)
    named = ", ".join(f"{key} AS k{place}" for place, key in enumerate(keys))
    order = ", ".join(f"k{place}{order}" for place, order in enumerate(orders))
    row = await connection.fetchrow(
        f"""
        WITH found AS MATERIALIZED (
            SELECT vehicles.id, {named} FROM vehicles
            WHERE vehicles.entity_id = ANY ($1::bigint[]) AND {question.where} LIMIT {MOST_COUNTED + 1}
        ), counted AS MATERIALIZED (SELECT count(*) AS total FROM found)
        SELECT total, CASE WHEN total <= {MOST_COUNTED} THEN ARRAY(
            SELECT id FROM found ORDER BY {order}
            LIMIT {question.next(limit, "::int")} OFFSET {question.next(offset, "::int")}) END AS ids
        FROM counted
        """,  # noqa: S608 - SQL of stock_fields.py
        *question.parameters,
    )
    assert row is not None, "counting gives a row"
    return StockPage(min(row["total"], MOST_COUNTED), row["ids"] or [], is_bound=row["total"] > MOST_COUNTED)


async def _read_in_order(connection: AnyConnection, search: StockSearch, limit: int, offset: int) -> list[int]:
    """Of many: each entity is read by its index, no further than this page, and their heads are then merged."""
    question, (keys, orders) = _asked(search), _keys(search)
    named = ", ".join(f"{key} AS k{place}" for place, key in enumerate(keys))
    order = ", ".join(f"k{place}{order}" for place, order in enumerate(orders))
    upto = question.next(limit + offset, "::int")
    heads = " UNION ALL ".join(
        f"(SELECT vehicles.id, {named} FROM vehicles WHERE vehicles.entity_id = {int(entity_id)} "  # noqa: S608 - SQL of stock_fields.py
        f"AND {question.where} {part} LIMIT {upto})"
        for entity_id in search.entity_ids
        for part in _parts(keys, orders)
    )
    rows = await connection.fetch(
        f"SELECT id FROM ({heads}) AS found WHERE $1::bigint[] IS NOT NULL ORDER BY {order} "  # noqa: S608 - as above
        f"LIMIT {question.next(limit, '::int')} OFFSET {question.next(offset, '::int')}",
        *question.parameters,
    )
    return [row["id"] for row in rows]


def _parts(keys: list[str], orders: list[str]) -> list[str]:
    """How an entity's vehicles are read in order. An index has what is unknown last: read backwards, it comes first.

    So what is sorted downwards is read in two parts, the known and the unknown, each of which the index has in order.
    """
    within = ", ".join(f"{key}{order}" for key, order in zip(keys, orders, strict=True))
    if not orders[0].endswith("NULLS LAST"):
        return [f"ORDER BY {within}"]
    known = ", ".join(f"{key} DESC" for key in keys)
    unknown = ", ".join(f"{key} DESC" for key in keys[1:])
    return [f"AND {keys[0]} IS NOT NULL ORDER BY {known}", f"AND {keys[0]} IS NULL ORDER BY {unknown}"]


async def values_of(database: Database, ids: list[int], columns: tuple[str, ...], today: date) -> dict[int, list[Any]]:
    """The fields of these names of each vehicle, in the order of the names; amounts are cents."""
    async with database.acquire() as connection:
        return await _values(connection, ids, columns, today)


async def _values(
    connection: AnyConnection, ids: list[int], columns: tuple[str, ...], today: date
) -> dict[int, list[Any]]:
    shown = ", ".join(FIELDS[column].sql for column in columns)
    rows = await connection.fetch(
        f"SELECT vehicles.id, {shown} FROM vehicles "  # noqa: S608 - SQL of stock_fields.py
        "WHERE id = ANY ($1::bigint[]) AND $2::date IS NOT NULL AND $3::text[] IS NOT NULL",
        ids,
        today,
        _SALEABLE_PAIRS,
    )
    return {row[0]: list(row)[1:] for row in rows}
