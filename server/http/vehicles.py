"""The stock of a dealer's entities, as the form of a new auction needs it: `GET /api/vehicles`."""

from msgspec import Struct

from engine.money import Vat, margin_ht
from persistence.stock import StoredVehicle, vehicles_of
from server.errors import Refusal
from server.http.choices import EntityQuery, entities_asked
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.values import amount
from server.http.vehicle_cards import Vehicle, vehicle_of


class StockVehicle(Struct, frozen=True):
    """A vehicle of the stock: where it is, whether it is free, and the margin at its trade price (§5.1.2)."""

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
    stored = [vehicle for entity_id in entities for vehicle in await vehicles_of(asking.doors.database, entity_id)]
    return Vehicles(tuple(_stock_vehicle(vehicle) for vehicle in stored))


def _stock_vehicle(stored: StoredVehicle) -> StockVehicle:
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
        amount(_margin(stored)),
        vehicle_of(stored, stored.ref, for_dealer=True),
    )


def _margin(stored: StoredVehicle) -> int | None:
    if stored.trade_price_cents is None:
        return None
    costs_ht_cents = max(stored.planned_costs_ht_cents, stored.actual_costs_ht_cents)
    return margin_ht(stored.trade_price_cents, stored.purchase_price_cents, costs_ht_cents, Vat(stored.vat))


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
