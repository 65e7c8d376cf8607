"""The stock of a dealer's entities: `GET /api/vehicles`, found by any field; its fields, and what they say (§4.8).

Shows what a dealer may know of its own stock; another's vehicles do not exist here.
"""

from typing import Any, TypeAlias

from msgspec import UNSET, Struct, UnsetType

from engine.stock import SaleRules, missing_conditions
from persistence.stock.cards import StoredVehicle, candidate
from persistence.stock.choices import choices_of
from persistence.stock.fields import FIELDS, USUAL_COLUMNS, Shape
from persistence.stock.lists import Listed, listed
from server.errors import DoorCode, Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.pages_of import pages
from server.http.reading import Nothing
from server.http.stock.query import VehiclesQuery, read_columns, read_search
from server.http.stock.vehicle_cards import Vehicle, vehicle_of
from server.http.values import amount
from server.http.words import DestinationWord, MissingWord, ShapeWord

Value: TypeAlias = str | int | bool | None


class StockVehicle(Struct, frozen=True):
    """A vehicle of the stock: where it is, whether it is free, the margin at its trade price (§5.1.2),
    and what keeps it out of an auction (§4.3, §4.4): nothing, and it may be sold. `values` are the columns asked for.
    """

    id: int
    entity: int
    site: int
    site_name: str
    status: str
    destination: DestinationWord | None
    trade_sale_authorised: bool
    matched: bool
    reserved: bool
    auction: int | None
    missing: tuple[MissingWord, ...]
    margin_at_trade_price: str | None
    card: Vehicle
    values: dict[str, Value] | UnsetType = UNSET


class Vehicles(Struct, frozen=True):
    """One page; by make and model, unless sorted otherwise. `total_is_bound`: more than `total` are found, and nobody
    has counted how many; `pages` are then those that are known of, and each that is read knows of the next.
    """

    items: tuple[StockVehicle, ...]
    page: int
    pages: int
    total: int
    total_is_bound: bool


class Column(Struct, frozen=True):
    """A field: how it is called in the reader's language, what it holds, whether lists show it unless told otherwise.
    Every field may be filtered and sorted.
    """

    name: str
    label: str
    type: ShapeWord
    filterable: bool
    sortable: bool
    usual: bool


class Columns(Struct, frozen=True):
    """In the order in which lists show them."""

    items: tuple[Column, ...]


class ChoicesQuery(EntityQuery, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field of a choice: make, energy, colour…"""

    field: str


class FieldChoice(Struct, frozen=True):
    """What the field says of so many vehicles."""

    value: str
    vehicles: int


class FieldChoices(Struct, frozen=True):
    """The most frequent first, at most 200."""

    items: tuple[FieldChoice, ...]


async def list_vehicles(asking: Asking[Nothing, Any]) -> Vehicles | Refusal:
    """A page of the vehicles found."""
    query, database = asking.query, asking.doors.database
    search = read_search(asking.caller, query, asking.doors.clock.now())
    if isinstance(search, Refusal):
        return search
    columns = read_columns(query.columns)
    if isinstance(columns, Refusal):
        return columns
    found = await listed(database, search, columns, limit=query.limit, offset=(query.page - 1) * query.limit)
    page, known = found.page, pages(found.page.total, query.limit)
    if page.is_bound and page.ids:
        known = max(known, query.page + (len(page.ids) == query.limit))
    return Vehicles(_items(found, columns), query.page, known, page.total, page.is_bound)


def _items(found: Listed, columns: tuple[str, ...]) -> tuple[StockVehicle, ...]:
    return tuple(
        _stock_vehicle(
            stored, found.rules[stored.entity_id], shown(columns, found.values[stored.id]) if columns else UNSET
        )
        for stored in found.vehicles
    )


def shown(columns: tuple[str, ...], values: list[Any]) -> dict[str, Value]:
    """Stored values as JSON has them."""
    return {column: _in_json(FIELDS[column].shape, value) for column, value in zip(columns, values, strict=True)}


def _in_json(shape: Shape, value: Any) -> Value:
    match shape:
        case Shape.AMOUNT:
            return amount(value)
        case Shape.DATE:
            return None if value is None else str(value.isoformat())
        case _:
            stored: Value = value
            return stored


def _stock_vehicle(stored: StoredVehicle, rules: SaleRules, values: dict[str, Value] | UnsetType) -> StockVehicle:
    return StockVehicle(
        stored.id,
        stored.entity_id,
        stored.site_id,
        stored.site,
        stored.status,
        stored.destination,
        stored.trade_sale_authorised,
        stored.matched,
        stored.reserved_for_trader_id is not None or stored.reserved_for_client is not None,
        stored.busy_auction_id,
        tuple(str(condition) for condition in missing_conditions(candidate(stored), rules)),
        amount(None if stored.trade_price_cents is None else stored.margin_at(stored.trade_price_cents)),
        vehicle_of(stored, stored.ref, for_dealer=True),
        values,
    )


async def list_columns(asking: Asking[Nothing, Nothing]) -> Columns:
    """The fields of the stock."""
    french = asking.language == "fr"
    return Columns(
        tuple(
            Column(
                field.name,
                field.french if french else field.english,
                field.shape.value,
                filterable=True,
                sortable=True,
                usual=field.name in USUAL_COLUMNS,
            )
            for field in FIELDS.values()
        )
    )


async def list_choices(asking: Asking[Nothing, ChoicesQuery]) -> FieldChoices | Refusal:
    """What a field says in the stock as it is, for whoever filters by it or fills it in."""
    field = FIELDS.get(asking.query.field)
    if field is None or field.shape is not Shape.CHOICE:
        return Refusal(DoorCode.INVALID, "field: is no field of the stock with words to choose from.", "field")
    entities = entities_asked(asking.caller, asking.query)
    if isinstance(entities, Refusal):
        return entities
    found = await choices_of(asking.doors.database, field.name, entities)
    return FieldChoices(tuple(FieldChoice(value, vehicles) for value, vehicles in found))


ROUTES = (
    Route(
        method="GET",
        path="/api/vehicles",
        who=Who.DEALER,
        says="The vehicles of the dealer's entities: found by any field, sorted by any, a page at a time.",
        answer=list_vehicles,
        query=VehiclesQuery,
        gives=Vehicles,
    ),
    Route(
        method="GET",
        path="/api/vehicles/columns",
        who=Who.DEALER,
        says="The fields that lists of vehicles show, filter and sort.",
        answer=list_columns,
        gives=Columns,
    ),
    Route(
        method="GET",
        path="/api/vehicles/choices",
        who=Who.DEALER,
        says="What a field says in the stock of the dealer's entities, and of how many vehicles.",
        answer=list_choices,
        query=ChoicesQuery,
        gives=FieldChoices,
    ),
)
