"""The stock of a dealer's entities, as the form of a new auction needs it: `GET /api/vehicles`."""

from msgspec import Struct

from engine.stock import SaleRules, missing_conditions
from persistence.stock import StoredVehicle, candidate, sale_rules, vehicles_of
from server.errors import Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.values import amount
from server.http.vehicle_cards import Vehicle, vehicle_of


class StockVehicle(Struct, frozen=True):
    """A vehicle of the stock: where it is, whether it is free, the margin at its trade price (§5.1.2),
    and what keeps it out of an auction (§4.3, §4.4): nothing, and it may be sold.
    """

    id: int
    entity: int
    site: int
    site_name: str
    status: str
    destination: str | None
    trade_sale_authorised: bool
    matched: bool
    reserved: bool
    auction: int | None
    missing: tuple[str, ...]
    margin_at_trade_price: str | None
    card: Vehicle


class Vehicles(Struct, frozen=True):
    """By make and model."""

    items: tuple[StockVehicle, ...]


async def list_vehicles(asking: Asking[Nothing, EntityQuery]) -> Vehicles | Refusal:
    """The vehicles that have not left."""
    entities = entities_asked(asking.caller, asking.query)
    if isinstance(entities, Refusal):
        return entities
    database, items = asking.doors.database, []
    for entity_id in entities:
        rules = await sale_rules(database, entity_id)
        items += [_stock_vehicle(vehicle, rules) for vehicle in await vehicles_of(database, entity_id)]
    return Vehicles(tuple(items))


def _stock_vehicle(stored: StoredVehicle, rules: SaleRules) -> StockVehicle:
    return StockVehicle(
        stored.id,
        stored.entity_id,
        stored.site_id,
        stored.site,
        stored.status,
        stored.destination,
        stored.trade_sale_authorised,
        stored.matched,
        stored.reserved_for_trader_id is not None,
        stored.busy_auction_id,
        tuple(str(condition) for condition in missing_conditions(candidate(stored), rules)),
        amount(None if stored.trade_price_cents is None else stored.margin_at(stored.trade_price_cents)),
        vehicle_of(stored, stored.ref, for_dealer=True),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/vehicles",
        who=Who.DEALER,
        says="The vehicles of the dealer's entities.",
        answer=list_vehicles,
        query=EntityQuery,
        gives=Vehicles,
    ),
)
