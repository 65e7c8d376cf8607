"""What the dealer's desk does to running auctions, over the door that HTTP uses: cancel, remove, revoke.

What it is told is compared with the book at that moment (laws 1 and 8).
"""

import asyncio
from typing import TYPE_CHECKING

from engine.auction.commands import Cancel, CancelSale, RemoveConnection
from engine.auction.events import BidPlaced, Cancelled, ConnectionRemoved, SaleCancelled
from engine.auction.refusals import RefusalCode, Refused
from server.errors import DoorCode
from server.live.auctioneer import Make
from server.live.saying import Spoken

PATIENCE_SECONDS = 60.0

if TYPE_CHECKING:
    from tests.simulation.world import World


class Dealing:
    """The desk of the dealer of every auction of a world."""

    def __init__(self, world: "World") -> None:
        self._world = world

    async def cancel(self, auction_id: int) -> None:
        """§5.1.4."""
        told = await self._ask(auction_id, Cancel)
        if told is not None and not isinstance(told.decision.answer, Refused):
            self._is_written(any(isinstance(event, Cancelled) for event in self._world.book.history(auction_id)), told)
        elif told is not None and told.decision.answer == Refused(RefusalCode.HAS_BIDS):
            self._is_written(any(isinstance(event, BidPlaced) for event in self._world.book.history(auction_id)), told)

    async def remove(self, auction_id: int, trader: str) -> None:
        """§2.4."""
        told = await self._ask(auction_id, lambda at: RemoveConnection(at, trader))
        if told is not None:
            history = self._world.book.history(auction_id)
            removed = {event.trader for event in history if isinstance(event, ConnectionRemoved)}
            self._is_written(trader in removed, told)

    async def revoke(self, auction_id: int, lot: int) -> None:
        """§5.4.5."""
        told = await self._ask(auction_id, lambda at: CancelSale(at, lot, "the papers are missing"))
        if told is not None and not isinstance(told.decision.answer, Refused):
            history = self._world.book.history(auction_id)
            self._is_written(any(isinstance(event, SaleCancelled) and event.lot == lot for event in history), told)

    async def _ask(self, auction_id: int, make: Make) -> Spoken | None:
        house = self._world.house
        if house is None:
            return None
        asking = asyncio.ensure_future(house.ask(auction_id, make))
        await asyncio.wait({asking}, timeout=PATIENCE_SECONDS)
        if not asking.done():  # the house died, and with it the connection
            asking.cancel()
            return None
        told = asking.result()
        return None if isinstance(told, DoorCode) else told

    def _is_written(self, written: bool, told: Spoken) -> None:  # noqa: FBT001 - the one thing it is about
        if not written:
            self._world.witness.complain("law 1", f"the desk is told {told}, which the book does not bear out")
