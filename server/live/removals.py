"""A removed connection reaches the auctions that are running (§2.4): from then on the trader's bids are refused.

What the book says is told to the house until it has heard it, and again when the house opens: a crash between the two
leaves nobody bidding. A second telling writes nothing.
"""

import asyncio
from collections.abc import Iterable
from typing import Final

import structlog

from engine.auction.commands import RemoveConnection
from persistence.database import Database
from persistence.errors import BookError
from persistence.traders.connections import removals
from server.errors import DoorCode
from server.live.house import House

AGAIN_SECONDS: Final = 0.5
_HEARD: Final = {None, DoorCode.UNKNOWN_AUCTION}
_log = structlog.get_logger("adjuge.house")


async def tell_removed(house: House, trader_id: int, auction_ids: Iterable[int]) -> None:
    """Stop the trader's bidding in these auctions; returns when each has heard it."""
    for auction_id in auction_ids:
        while True:
            if await _told(house, auction_id, trader_id) in _HEARD:
                break
            await asyncio.sleep(AGAIN_SECONDS)


async def make_removals_good(house: House, database: Database) -> None:
    """Tell what the book knows and an auction may not have heard before the house last stopped. Raises BookError."""
    for auction_id, trader_id in await removals(database):
        await tell_removed(house, trader_id, (auction_id,))


async def _told(house: House, auction_id: int, trader_id: int) -> DoorCode | None:
    try:
        told = await house.ask(auction_id, lambda at: RemoveConnection(at, str(trader_id)))
    except (BookError, OSError, TimeoutError) as fault:
        _log.warning("removal not told yet", auction=auction_id, failure=str(fault))
        return DoorCode.UNAVAILABLE
    return told if isinstance(told, DoorCode) else None
