"""An auction's own page: its card, with lots, vehicles and offers (§5.5.1).

Only reads. Figures that move while an auction runs are the house's to tell; here stand the projections written with the
events.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from engine.instants import Instant
from engine.money import Cents
from persistence.stock.cards import StoredVehicle, vehicles_in

if TYPE_CHECKING:
    from persistence.database import AnyConnection, Database


class LotVehicle(Struct, frozen=True):
    """A vehicle of a lot: what was frozen at creation, and its card as it is today."""

    ref: str
    starting_price_cents: Cents
    initial_margin_cents: Cents
    vehicle: StoredVehicle


class LotCard(Struct, frozen=True):
    """A lot; the offer is the one that its sale made, in the name of `offer_trader_id` (§5.4.3)."""

    number: int
    reserve_price_cents: Cents | None
    outcome: str | None
    offer_id: int | None
    offer_number: int | None
    offer_trader_id: int | None
    vehicles: tuple[LotVehicle, ...]


class AuctionCard(Struct, frozen=True, kw_only=True):
    """An auction's own page, but what moves."""

    id: int
    number: int
    prefix: str
    group_id: int
    entity_id: int
    entity: str
    site_id: int
    site: str
    street: str
    postcode: str
    city: str
    kind: str
    status: str
    result: str | None
    starts_at: Instant
    ends_at: Instant
    created_at: Instant
    list_title: str | None
    version: int
    audience_count: int
    lots: tuple[LotCard, ...]


_CARD: Final = """
    SELECT auctions.id, auctions.number, groups.prefix, auctions.group_id, auctions.entity_id, entities.name AS entity,
           auctions.site_id, sites.name AS site, sites.street, sites.postcode, sites.city, auctions.kind,
           auctions.status, auctions.result, auctions.starts_at, auctions.ends_at, auctions.created_at,
           auctions.mailing_list_title AS list_title, auctions.version,
           (SELECT count(*) FROM auction_audience WHERE auction_id = auctions.id AND NOT uninvited) AS audience_count
    FROM auctions
    JOIN groups ON groups.id = auctions.group_id
    JOIN entities ON entities.id = auctions.entity_id
    JOIN sites ON sites.id = auctions.site_id
    WHERE auctions.id = $1
"""
_CARD_LOTS: Final = """
    SELECT lot.number, lot.reserve_price_cents, lot.outcome, offers.id AS offer_id,
           offers.number AS offer_number, offers.trader_id AS offer_trader_id, sold.ref,
           sold.starting_price_cents, sold.initial_margin_cents, sold.vehicle_id
    FROM auction_lots AS lot
    JOIN auction_lot_vehicles AS sold ON sold.auction_id = lot.auction_id AND sold.lot = lot.number
    LEFT JOIN offers ON offers.auction_id = lot.auction_id AND offers.lot = lot.number
    WHERE lot.auction_id = $1 ORDER BY lot.position, sold.position
"""


async def card(database: Database, auction_id: int) -> AuctionCard | None:
    """An auction's card, or None if there is no such auction."""
    async with database.acquire() as connection:
        head = await connection.fetchrow(_CARD, auction_id)
        if head is None:
            return None
        lots = await _card_lots(connection, auction_id)
    return AuctionCard(**dict(head), lots=lots)


async def _card_lots(connection: AnyConnection, auction_id: int) -> tuple[LotCard, ...]:
    vehicles = await vehicles_in(connection, auction_id)
    lots: list[LotCard] = []
    for number, group in groupby(await connection.fetch(_CARD_LOTS, auction_id), lambda row: int(row["number"])):
        rows = list(group)
        sold = tuple(
            LotVehicle(
                row["ref"], row["starting_price_cents"], row["initial_margin_cents"], vehicles[row["vehicle_id"]]
            )
            for row in rows
        )
        first = rows[0]
        lots.append(
            LotCard(
                number,
                first["reserve_price_cents"],
                first["outcome"],
                first["offer_id"],
                first["offer_number"],
                first["offer_trader_id"],
                sold,
            )
        )
    return tuple(lots)


async def is_invited(database: Database, auction_id: int, trader_id: int) -> bool:
    """Whether the trader is in the auction's audience."""
    async with database.acquire() as connection:
        invited: bool = await connection.fetchval(
            """SELECT EXISTS (
                   SELECT FROM auction_audience WHERE auction_id = $1 AND trader_id = $2 AND NOT uninvited)""",
            auction_id,
            trader_id,
        )
    return invited
