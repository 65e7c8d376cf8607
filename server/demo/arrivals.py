"""Vehicles that come into the demonstration's stock while it goes on, so that it never runs dry.

Each is like one of the first stock, with a plate, a mileage and prices of its own. Pure but for the book's own
functions, which add it.
"""

from collections.abc import Container
from datetime import UTC, datetime
from random import Random
from typing import Final

from msgspec import structs

from engine.instants import SECOND, Instant
from engine.money import Cents
from persistence.database import Database
from persistence.people.registry import sites_of
from persistence.stock.cards import add_vehicle
from server.demo.scenery.stock import VEHICLES
from server.demo.scenery.vehicle import Vehicle
from server.demo.seeding import card

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTVWXYZ"
_TIDY_CENTS: Final[Cents] = 50_00


def arrival(chance: Random, sites: Container[str], taken: Container[str]) -> Vehicle:
    """A vehicle like one that stands on one of `sites`, with a plate that is not `taken`."""
    like = chance.choice(
        [
            vehicle
            for vehicle in VEHICLES
            if vehicle.site in sites and vehicle.matched and vehicle.status == "sales_stock" and vehicle.mileage_km
        ]
    )
    worn = chance.uniform(0.75, 1.3)
    worth = 1.0 - (worn - 1.0) * 0.35 + chance.uniform(-0.03, 0.03)
    battery = like.battery_health_percent
    return structs.replace(
        like,
        plate=plate(chance, taken),
        mileage_km=round(like.mileage_km * worn / 10) * 10,
        market_value_cents=_tidy(like.market_value_cents * worth),
        trade_price_cents=_tidy(like.trade_price_cents * worth),
        purchase_price_cents=min(_tidy(like.purchase_price_cents * worth), _tidy(like.trade_price_cents * worth)),
        battery_health_percent=None if battery is None else max(60, min(99, battery + chance.randint(-4, 3))),
        first_owner=chance.random() < 0.4,  # noqa: PLR2004 - as often as not quite
        comments="",
    )


def plate(chance: Random, taken: Container[str]) -> str:
    """A plate as the register would write it, of the newest series, that nobody here has."""
    while True:
        first, last = chance.choices(_LETTERS, k=1), chance.choices(_LETTERS, k=2)
        written = f"H{first[0]}{chance.randint(101, 999)}{last[0]}{last[1]}"
        if written not in taken:
            return written


def _tidy(cents: float) -> Cents:
    return round(cents / _TIDY_CENTS) * _TIDY_CENTS


async def arrive(database: Database, entity_id: int, chance: Random, taken: Container[str], now: Instant) -> Vehicle:
    """Take one more vehicle into an entity's stock."""
    sites = {site.name: site.id for site in await sites_of(database, [entity_id])}
    vehicle = arrival(chance, sites, taken)
    today = datetime.fromtimestamp(now // SECOND, UTC).date()
    await add_vehicle(database, entity_id, sites[vehicle.site], card(vehicle, today))
    return vehicle
