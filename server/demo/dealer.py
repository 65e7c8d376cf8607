"""The scripted dealer: looks at what is going on, and opens what is missing through the public routes.

Only vehicles that arrive in the stock are written through the book's functions: their route comes with the stock's own
screens. The dealer decides nothing; the programme does (programme.py).
"""

import asyncio
from typing import Any, Final

import msgspec
from msgspec import Struct

from engine.auction.terms import Kind
from engine.instants import SECOND, Instant, format_instant, parse_instant
from engine.money import Cents, format_amount, parse_amount
from persistence.database import Database
from persistence.errors import BookError
from server.clock import Clock
from server.demo.arrivals import arrive
from server.demo.chance import MINUTE, dice
from server.demo.programme import FEWEST_IN_STOCK, Going, InStock, Plan, plan, wish
from server.demo.scenery.auctions import still
from server.demo.scenery.people import LISTS_IN_USE
from server.demo.visits import NotServed, Visit

LOOK_SECONDS: Final = 8.0
MOST_AT_ONCE: Final = 12
"""More than this is never missing: beyond it something is wrong, and the next look will see."""


class _Auction(Struct):
    number: int
    display_number: str
    status: str
    ends_at: str


class _AuctionPage(Struct):
    items: list[_Auction]
    pages: int


class _Card(Struct):
    ref: str
    trade_price: str | None = None


class _Vehicle(Struct):
    id: int
    entity: int
    site: int
    status: str
    destination: str | None
    matched: bool
    reserved: bool
    auction: int | None
    card: _Card

    @property
    def is_free(self) -> bool:
        """Whether it may be auctioned now (§4.3, §4.4)."""
        ready = self.status == "sales_stock" and self.destination == "trade" and self.matched
        return ready and not self.reserved and self.auction is None and self.card.trade_price is not None


class _List(Struct):
    id: int
    entity: int
    title: str


class _Items(Struct):
    vehicles: list[_Vehicle] = msgspec.field(name="items", default_factory=list)


class _Lists(Struct):
    lists: list[_List] = msgspec.field(name="items", default_factory=list)


class Dealer:
    """Who keeps the demonstration alive."""

    def __init__(self, visit: Visit, database: Database, clock: Clock, seed: int) -> None:
        self._visit = visit
        self._database = database
        self._clock = clock
        self._chance = dice(seed, "programme", clock.now())
        self._still = frozenset(still())

    async def run(self) -> None:
        """Look every few seconds, until cancelled; a house that does not serve is looked at again."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.open_what_is_missing()
            except (NotServed, BookError):
                continue

    async def open_what_is_missing(self) -> int:
        """Create auctions until nothing is missing; gives how many. Raises NotServed, BookError."""
        going = await self._going()
        lists = msgspec.convert(await self._visit.get("mailing-lists"), _Lists).lists
        for opened in range(MOST_AT_ONCE):
            wished = wish(going, self._clock.now())
            if wished is None:
                return opened
            stock = await self._stock()
            planned = plan(self._chance, wished, [_in_stock(vehicle) for vehicle in stock])
            entity = next(vehicle.entity for vehicle in stock if vehicle.site == planned.site_id)
            usual = [known.id for known in lists if known.entity == entity and known.title in LISTS_IN_USE]
            going.append(await self._create(planned, None if planned.for_everybody or not usual else usual[0]))
        return MOST_AT_ONCE

    async def next_ends(self, count: int) -> list[str]:
        """The auctions that end next, and in how many minutes: `45-42 in 2 min`. Raises NotServed."""
        now = self._clock.now()
        ends = sorted(
            (parse_instant(auction.ends_at), auction.display_number)
            for auction in await self._listed()
            if auction.status == "open"
        )
        return [f"{number} in {max(1, round((end - now) / MINUTE))} min" for end, number in ends[:count]]

    async def _going(self) -> list[Going]:
        return [
            Going(auction.status == "open", parse_instant(auction.ends_at), auction.number in self._still)
            for auction in await self._listed()
        ]

    async def _listed(self) -> list[_Auction]:
        """Every auction that is open or scheduled."""
        listed: list[_Auction] = []
        page = pages = 1
        while page <= pages:
            shown = msgspec.convert(await self._visit.get("auctions", state="open,scheduled", page=page), _AuctionPage)
            listed += shown.items
            page, pages = page + 1, shown.pages
        return listed

    async def _stock(self) -> list[_Vehicle]:
        """The free vehicles, after as many have arrived as are wanting in each entity."""
        vehicles = await self._vehicles()
        free = [vehicle for vehicle in vehicles if vehicle.is_free]
        taken = {vehicle.card.ref for vehicle in vehicles}
        wanting = [
            entity
            for entity in sorted({vehicle.entity for vehicle in vehicles})
            for _ in range(FEWEST_IN_STOCK - sum(vehicle.entity == entity for vehicle in free))
        ]
        for entity in wanting:
            arrived = await arrive(self._database, entity, self._chance, taken, self._clock.now())
            taken.add(arrived.plate)
        return [vehicle for vehicle in await self._vehicles() if vehicle.is_free] if wanting else free

    async def _vehicles(self) -> list[_Vehicle]:
        return msgspec.convert(await self._visit.get("vehicles", limit=500), _Items).vehicles

    async def _create(self, planned: Plan, mailing_list: int | None) -> Going:
        now = self._clock.now()
        is_whole = planned.kind is Kind.LOT
        reserves = (None,) * len(planned.vehicle_ids) if is_whole else planned.reserves_cents
        body: dict[str, Any] = {
            "site": planned.site_id,
            "kind": planned.kind.value,
            "vehicles": [
                {"id": vehicle, "reserve_price": _amount(reserve)}
                for vehicle, reserve in zip(planned.vehicle_ids, reserves, strict=True)
            ],
            "reserve_price": _amount(planned.reserves_cents[0]) if is_whole else None,
            "minimum_increment": format_amount(planned.minimum_increment_cents),
            "duration_seconds": planned.lasts // SECOND,
            "starts_at": format_instant(_whole(now + planned.starts_in)) if planned.starts_in else None,
            "mailing_list": mailing_list,
        }
        created = msgspec.convert(await self._visit.post("auctions", body), _Auction)
        return Going(not planned.starts_in, parse_instant(created.ends_at))


def _in_stock(vehicle: _Vehicle) -> InStock:
    assert vehicle.card.trade_price is not None
    return InStock(vehicle.id, vehicle.site, parse_amount(vehicle.card.trade_price))


def _amount(cents: Cents | None) -> str | None:
    return None if cents is None else format_amount(cents)


def _whole(instant: Instant) -> Instant:
    """The next whole minute: an auction is announced for a time that people say."""
    return -(-instant // MINUTE) * MINUTE
