"""A scripted trader: one socket on the live protocol, and what it has been told there of the auctions it is invited to.

It comes back by itself when the line is lost. It decides nothing; the crowd tells it what to bid (crowd.py).
"""

import asyncio
import itertools
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, WebSocketException
from websockets.typing import Subprotocol

from engine.money import Cents, format_amount
from server.demo.seen import AuctionSeen, Heard, hear, see
from server.demo.visits import NotServed, Visit

LIST_SECONDS: Final = 10.0
RETURN_SECONDS: Final = 2.0
PROTOCOL: Final = Subprotocol("adjuge.v1")


class Trader:
    """One trader of the crowd, by its company's name."""

    def __init__(self, name: str, visit: Visit) -> None:
        self.name = name
        self._visit = visit
        self._line: ClientConnection | None = None
        self._seen: dict[int, AuctionSeen] = {}
        self._ids = itertools.count(1)
        self._sent: dict[str, int] = {}

    @property
    def auctions(self) -> Iterable[AuctionSeen]:
        """What it sees now; nothing while the line is lost."""
        return self._seen.values() if self._line is not None else ()

    async def run(self) -> None:
        """Stay connected, follow every auction it is invited to, for as long as nobody cancels it."""
        address = self._visit.address.replace("http", "ws", 1) + "/live"
        headers = {"Authorization": f"Bearer {self._visit.token.token}"}
        while True:
            try:
                async with connect(
                    address, additional_headers=headers, subprotocols=[PROTOCOL], compression=None, proxy=None
                ) as line:
                    await self._converse(line)
            except (OSError, TimeoutError, InvalidHandshake, WebSocketException):
                pass
            await asyncio.sleep(RETURN_SECONDS)

    async def _converse(self, line: ClientConnection) -> None:
        self._seen.clear()
        self._line = line
        listing = asyncio.create_task(self._keep_listing(line))
        try:
            async for text in line:
                self._take(hear(text))
        finally:
            self._line = None
            listing.cancel()

    async def _keep_listing(self, line: ClientConnection) -> None:
        """Ask now and then which auctions there are, as the page's list does."""
        while True:
            with suppress(NotServed, ConnectionClosed):
                listed = await self._visit.get("auctions", state="open,upcoming")
                for item in listed["items"]:
                    if item["id"] not in self._seen:
                        await line.send(msgspec.json.encode({"type": "watch", "auction": item["id"]}).decode())
            await asyncio.sleep(LIST_SECONDS)

    def _take(self, heard: Heard) -> None:
        seen = self._seen.get(heard.auction)
        match heard.type:
            case "state" if heard.view is not None:
                self._seen[heard.auction] = see(heard.auction, heard.view)
            case "event" if seen is not None:
                seen.carry_on(heard)
            case "events" if seen is not None:
                for entry in heard.events:
                    seen.carry_on(entry)
            case "accepted" if seen is not None and heard.standing is not None:
                seen.alias = heard.standing.bidder
            case _:
                return
        if seen is not None and seen.is_over:
            del self._seen[heard.auction]

    async def bid(self, auction: int, lot: int, amount_cents: Cents) -> None:
        """Send a bid; its answer comes back on the line, and is believed then."""
        await self._say({"type": "bid", "auction": auction, "lot": lot, "amount": format_amount(amount_cents)})

    async def decline(self, auction: int) -> None:
        """Decline an auction."""
        if auction in self._seen:
            self._seen[auction].declined = True
        await self._say({"type": "decline", "auction": auction})

    async def _say(self, command: dict[str, str | int]) -> None:
        if self._line is not None:
            command["id"] = f"{self._visit.token.id}-{next(self._ids)}"
            await self._line.send(msgspec.json.encode(command).decode())
