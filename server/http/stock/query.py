"""What may be asked of the stock in a query: a member for every field of persistence/stock/fields.py (§4.8).

The query's type is made from that table, so that a field that is added there is filtered, documented and saved without
more. Reads members into a search; asks the book nothing.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import asdict

from engine.instants import SECOND, Instant
from persistence.stock.fields import FIELDS, USUAL_COLUMNS, Field, Shape
from persistence.stock.lists import Compare, Filter, Sort, StockSearch
from server.caller import Caller
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.values import COLUMN, AmountText, Id, read_amount

MOST_PER_PAGE: Final = 500
USUAL_PER_PAGE: Final = 100
MOST_WORDS: Final = 8
_ID: Final = re.compile(r"[0-9]{1,18}")
_Line = Annotated[str, Meta(max_length=200)]
_Whole = Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]
_BOUNDS: Final[dict[Shape, tuple[tuple[str, ...], Any]]] = {
    Shape.NUMBER: (("_min", "_max"), _Whole),
    Shape.AMOUNT: (("_min", "_max"), AmountText),
    Shape.DATE: (("_from", "_to"), date),
}
_MEMBERS: Final[dict[str, tuple[Field, Compare]]] = {}
"""Which field a member asks about, and what."""


def _members() -> Iterator[tuple[str, Any, Any]]:
    for name, field in FIELDS.items():
        match field.shape:
            case Shape.CHOICE:
                _MEMBERS[name] = field, Compare.ONE_OF
                yield name, _Line, ""
            case Shape.TEXT:
                _MEMBERS[name] = field, Compare.CONTAINS
                yield name, _Line, ""
            case Shape.FLAG:
                _MEMBERS[name] = field, Compare.IS
                yield name, bool | None, None
            case Shape.NUMBER | Shape.AMOUNT | Shape.DATE:
                suffixes, kind = _BOUNDS[field.shape]
                for suffix, compare in zip(suffixes, (Compare.AT_LEAST, Compare.AT_MOST), strict=True):
                    _MEMBERS[name + suffix] = field, compare
                    yield name + suffix, kind | None, None


class Narrowing(Struct, frozen=True):
    """What narrows a search beside its fields. Lists are separated by commas, `site` holds ids, `known` and `unknown`
    the names of fields that must be filled in or empty; `q` is looked for in plate, VIN, numbers, make, model, version.
    """

    entity: Id | None = None
    q: _Line = ""
    site: _Line = ""
    known: Annotated[str, Meta(max_length=500)] = ""
    unknown: Annotated[str, Meta(max_length=500)] = ""
    sort: Annotated[str, Meta(pattern=COLUMN, description="A field; `-` before it: descending")] = "make"
    columns: Annotated[str, Meta(max_length=2000, description="Fields, separated by commas")] = ""


StockFilter: Final = msgspec.defstruct(
    "StockFilter", list(_members()), bases=(Narrowing,), frozen=True, forbid_unknown_fields=True, module=__name__
)
"""`Narrowing` and a member for each field: one of several, a part of a text, `_min` and `_max`, `_from` and `_to`."""

VehiclesQuery: Final = msgspec.defstruct(
    "VehiclesQuery",
    [
        ("limit", Annotated[int, Meta(ge=1, le=MOST_PER_PAGE)], USUAL_PER_PAGE),
        ("page", Annotated[int, Meta(ge=1, le=1_000_000)], 1),
        ("ids", Annotated[str, Meta(max_length=10_000, description="These alone, separated by commas")], ""),
    ],
    bases=(StockFilter,),
    frozen=True,
    forbid_unknown_fields=True,
    module=__name__,
)


def read_search(caller: Caller, query: Any, now: Instant) -> StockSearch | Refusal:
    """The search that a query, which is a `StockFilter`, asks for in the caller's entities."""
    entities = entities_asked(caller, EntityQuery(query.entity))
    if isinstance(entities, Refusal):
        return entities
    sort = Sort(query.sort.lstrip("-"), query.sort.startswith("-"))
    if sort.field not in FIELDS:
        return _no_field("sort", sort.field)
    words = query.q.split()
    if len(words) > MOST_WORDS:
        return Refusal(DoorCode.INVALID, f"q: at most {MOST_WORDS} words.", "q")
    sites = [site.strip() for site in query.site.split(",") if site.strip()]
    if not all(_ID.fullmatch(site) for site in sites):
        return Refusal(DoorCode.INVALID, "site: must be ids of sites, separated by commas.", "site")
    named = [one.strip() for one in getattr(query, "ids", "").split(",") if one.strip()]
    if not all(_ID.fullmatch(one) for one in named):
        return Refusal(DoorCode.INVALID, "ids: must be ids of vehicles, separated by commas.", "ids")
    filters = _filters(query)
    if isinstance(filters, Refusal):
        return filters
    return StockSearch(
        entity_ids=entities,
        today=today(now),
        words=tuple(words),
        filters=filters,
        site_ids=tuple(int(site) for site in sites),
        vehicle_ids=tuple(int(one) for one in named),
        sort=sort,
    )


def _filters(query: Any) -> tuple[Filter, ...] | Refusal:
    filters: list[Filter] = []
    for member, value in asdict(query).items():
        if member in _MEMBERS and value not in {None, ""}:
            field, compare = _MEMBERS[member]
            read = _value(field, value, member)
            if isinstance(read, Refusal):
                return read
            filters.append(Filter(field.name, compare, read))
    for member, is_known in (("known", True), ("unknown", False)):
        named = read_columns(getattr(query, member), member)
        if isinstance(named, Refusal):
            return named
        filters += [
            Filter(name, Compare.IS if FIELDS[name].shape is Shape.FLAG else Compare.FILLED, is_known) for name in named
        ]
    return tuple(filters)


def _value(field: Field, value: Any, member: str) -> Any | Refusal:
    match field.shape:
        case Shape.CHOICE:
            return [one.strip() for one in value.split(",") if one.strip()]
        case Shape.TEXT:
            return value.lower()
        case Shape.AMOUNT:
            return read_amount(value, member)
        case _:
            return value


def read_columns(text: str, member: str = "columns") -> tuple[str, ...] | Refusal:
    """The names of fields, each once, as they were written."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in FIELDS:
            return _no_field(member, name)
    return names


def chosen_columns(text: str) -> tuple[str, ...] | Refusal:
    """The columns asked for; none: the usual ones."""
    return read_columns(text) if text.strip(" ,") else USUAL_COLUMNS


def today(now: Instant) -> date:
    """The day of an instant, in UTC, as vehicles' dates are reckoned."""
    return datetime.fromtimestamp(now // SECOND, UTC).date()


def _no_field(member: str, name: str) -> Refusal:
    return Refusal(DoorCode.INVALID, f"{member}: there is no field {name[:40]!r} in the stock.", member)
