"""The programme: what the dealer of the demonstration opens next, so that something is always alive, ending, to come.

Pure: what is going on and what stands in the stock goes in, an auction to create comes out. Chance has a seed.
"""

import enum
from collections.abc import Iterable, Sequence
from random import Random
from typing import Final

from msgspec import Struct

from engine.auction.terms import Kind
from engine.instants import Instant, Microseconds
from engine.money import Cents
from server.demo.chance import MINUTE

OPEN_AUCTIONS: Final = 7
SCHEDULED_AUCTIONS: Final = 2
SOON: Final[Microseconds] = 8 * MINUTE
FEWEST_IN_STOCK: Final = 8

_TIDY_CENTS: Final[Cents] = 50_00
_LOT_AUCTIONS: Final = 0.3
_WITH_RESERVE: Final = 0.7
_MOST_VEHICLES: Final = 4
_DEAR_CENTS: Final[Cents] = 9_000_00
_VERY_DEAR_CENTS: Final[Cents] = 25_000_00


class Wish(enum.Enum):
    """What is missing: one that ends within minutes, one that goes on for a while, one to come."""

    SHORT = "short"
    LONG = "long"
    TO_COME = "to come"


class Going(Struct, frozen=True):
    """An auction that is scheduled or open. `is_still`: nobody of the crowd bids in it, so it does not count."""

    is_open: bool
    ends_at: Instant
    is_still: bool = False


class InStock(Struct, frozen=True):
    """A vehicle that may be auctioned now."""

    id: int
    site_id: int
    trade_price_cents: Cents


class Plan(Struct, frozen=True):
    """An auction to create. `reserves` are the vehicles' in a unit auction, the one of the lot in a lot auction."""

    kind: Kind
    site_id: int
    vehicle_ids: tuple[int, ...]
    reserves_cents: tuple[Cents | None, ...]
    minimum_increment_cents: Cents
    starts_in: Microseconds
    lasts: Microseconds
    for_everybody: bool


def wish(going: Iterable[Going], now: Instant) -> Wish | None:
    """The first thing that is missing."""
    there = list(going)
    alive = [auction for auction in there if auction.is_open and not auction.is_still]
    if not any(auction.ends_at - now <= SOON for auction in alive):
        return Wish.SHORT
    if len(alive) < OPEN_AUCTIONS:
        return Wish.LONG
    if sum(not auction.is_open for auction in there) < SCHEDULED_AUCTIONS:
        return Wish.TO_COME
    return None


def plan(chance: Random, wished: Wish, stock: Sequence[InStock]) -> Plan:
    """An auction of some vehicles of one site; `stock` is not empty."""
    site_id = chance.choice(stock).site_id
    there = [vehicle for vehicle in stock if vehicle.site_id == site_id]
    chosen = chance.sample(there, min(len(there), chance.randint(2, _MOST_VEHICLES)))
    is_whole = len(chosen) > 1 and chance.random() < _LOT_AUCTIONS
    prices = [vehicle.trade_price_cents for vehicle in chosen]
    lots = [sum(prices)] if is_whole else prices
    starts_in, lasts = _when(chance, wished)
    return Plan(
        kind=Kind.LOT if is_whole else Kind.UNIT,
        site_id=site_id,
        vehicle_ids=tuple(vehicle.id for vehicle in chosen),
        reserves_cents=tuple(_reserve(chance, price) for price in lots),
        minimum_increment_cents=_increment(max(lots)),
        starts_in=starts_in,
        lasts=lasts,
        for_everybody=wished is Wish.SHORT or chance.random() < 0.5,  # noqa: PLR2004 - as often as not
    )


def _when(chance: Random, wished: Wish) -> tuple[Microseconds, Microseconds]:
    match wished:
        case Wish.SHORT:
            return 0, round(chance.uniform(3.2, 4.5) * MINUTE)
        case Wish.LONG:
            return 0, chance.randint(15, 75) * MINUTE
        case Wish.TO_COME:
            return chance.randint(6, 40) * MINUTE, chance.randint(4, 12) * 5 * MINUTE


def _reserve(chance: Random, price: Cents) -> Cents | None:
    if chance.random() >= _WITH_RESERVE:
        return None
    return round(price * chance.uniform(1.02, 1.20) / _TIDY_CENTS) * _TIDY_CENTS


def _increment(price: Cents) -> Cents:
    return 200_00 if price >= _VERY_DEAR_CENTS else 100_00 if price >= _DEAR_CENTS else 50_00
