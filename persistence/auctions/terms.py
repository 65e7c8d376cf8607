"""The terms of a stored auction: its rows, as the engine's values.

Only reads; they are written when the auction is made, and when it is changed before its start.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from engine.auction.terms import AuctionTerms, Invited, Kind, LotTerms, SoftClose, SoftCloseMode, VehicleTerms
from engine.money import Vat
from persistence.errors import UnknownAuction

if TYPE_CHECKING:
    from persistence.database import AnyConnection

_AUCTION = """
    SELECT number, kind, starts_at, first_ends_at, minimum_increment_cents, window_microseconds,
           extension_microseconds, soft_close_mode
    FROM auctions WHERE id = $1
"""
_AUDIENCE = "SELECT trader_id, name, uninvited FROM auction_audience WHERE auction_id = $1 ORDER BY position"
_LOTS = """
    SELECT lot.number, lot.reserve_price_cents, sold.ref, sold.starting_price_cents, sold.initial_margin_cents, sold.vat
    FROM auction_lots AS lot
    JOIN auction_lot_vehicles AS sold ON sold.auction_id = lot.auction_id AND sold.lot = lot.number
    WHERE lot.auction_id = $1
    ORDER BY lot.position, sold.position
"""


async def read_terms(connection: AnyConnection, auction_id: int) -> AuctionTerms:
    """The terms of an auction. Raises UnknownAuction."""
    auction = await connection.fetchrow(_AUCTION, auction_id)
    if auction is None:
        raise UnknownAuction(auction_id)
    audience = await connection.fetch(_AUDIENCE, auction_id)
    rows = await connection.fetch(_LOTS, auction_id)
    lots = []
    for (number, reserve_cents), vehicles in groupby(rows, lambda row: (row["number"], row["reserve_price_cents"])):
        sold = tuple(
            VehicleTerms(row["ref"], row["starting_price_cents"], row["initial_margin_cents"], Vat(row["vat"]))
            for row in vehicles
        )
        lots.append(LotTerms(number, sold, reserve_cents))
    return AuctionTerms(
        number=auction["number"],
        kind=Kind(auction["kind"]),
        starts_at=auction["starts_at"],
        ends_at=auction["first_ends_at"],
        minimum_increment_cents=auction["minimum_increment_cents"],
        audience=tuple(Invited(str(row["trader_id"]), row["name"]) for row in audience),
        lots=tuple(lots),
        soft_close=SoftClose(
            auction["window_microseconds"],
            auction["extension_microseconds"],
            SoftCloseMode(auction["soft_close_mode"]),
        ),
        uninvited=frozenset(str(row["trader_id"]) for row in audience if row["uninvited"]),
    )
