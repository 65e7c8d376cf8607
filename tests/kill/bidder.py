"""A bidder that does not give up: it sends on, comes back when it is cut off, and repeats what was not answered."""

import asyncio
from typing import Any

import msgspec
from msgspec import Struct, field
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from tests.kill.scene import Seat, pause

REPEATED = 150
"""What one line may say in a moment."""
UNDER_WAY = 8
"""How many commands it has unanswered at once."""
TRANSIENT = frozenset({"busy", "unavailable"})

Message = dict[str, Any]


class Asked(Struct):
    """A bid, and every answer that it got."""

    message: Message
    answers: list[Message] = field(default_factory=list)


class Bidder:
    """One socket at a time of one trader."""

    def __init__(self, seat: Seat, port: int, auction: int, lot: int, *, paced: bool) -> None:
        self.trader = seat.trader
        self.asked: dict[str, Asked] = {}
        self.cuts = 0
        self._seat = seat
        self._url = f"ws://127.0.0.1:{port}/live"
        self._auction = auction
        self._lot = lot
        self._paced = paced
        self._stopping = False
        self._next_cents = 1_000_00
        self._changed = asyncio.Event()

    @property
    def unanswered(self) -> list[Asked]:
        """What it must ask again."""
        return [asked for asked in self.asked.values() if not asked.answers]

    @property
    def accepted(self) -> set[str]:
        """The ids of the bids that it was told yes to."""
        return {id_ for id_, asked in self.asked.items() if asked.answers and asked.answers[0]["type"] == "accepted"}

    def stop(self) -> None:
        """Ask nothing new; wait for what is unanswered, and end."""
        self._stopping = True
        self._changed.set()

    async def bid(self) -> None:
        """Until it is stopped and everything is answered."""
        while not self._stopping or self.unanswered:
            try:
                async with self._connected() as line:
                    for asked in self.unanswered:
                        await line.send(msgspec.json.encode(asked.message).decode())
                    await self._talk(line)
            except (ConnectionClosed, InvalidHandshake, OSError):
                self.cuts += 1
                await pause()

    async def _talk(self, line: ClientConnection) -> None:
        hearing = asyncio.create_task(self._hear(line))
        try:
            while not hearing.done() and not (self._stopping and not self.unanswered):
                while not self._stopping and len(self.unanswered) < (1 if self._paced else UNDER_WAY):
                    await self._ask(line)
                self._changed.clear()
                changed = asyncio.create_task(self._changed.wait())
                await asyncio.wait({changed, hearing}, return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
                if self._paced:
                    await pause()
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)

    async def _ask(self, line: ClientConnection) -> None:
        self._next_cents += 1
        amount = f"{self._next_cents // 100}.{self._next_cents % 100:02}"
        id_ = f"{self.trader}-{len(self.asked)}"
        message = {"type": "bid", "id": id_, "auction": self._auction, "lot": self._lot, "amount": amount}
        self.asked[id_] = Asked(message)
        await line.send(msgspec.json.encode(message).decode())

    async def _hear(self, line: ClientConnection) -> None:
        async for text in line:
            message = msgspec.json.decode(text)
            if message["type"] not in {"accepted", "refused"}:
                continue
            if message.get("code") in TRANSIENT:
                await pause()
                await line.send(msgspec.json.encode(self.asked[message["id"]].message).decode())
                continue
            self.asked[message["id"]].answers.append(message)
            if "minimum" in message:
                self._next_cents = max(self._next_cents, round(float(message["minimum"]) * 100))
            self._changed.set()

    async def repeat(self) -> list[tuple[Message, Message]]:
        """Ask the latest once more, and give each first answer with the one that comes now."""
        pairs = []
        async with self._connected() as line:
            for id_, asked in list(self.asked.items())[-REPEATED:]:
                await line.send(msgspec.json.encode(asked.message).decode())
                while (now := msgspec.json.decode(await line.recv())).get("id") != id_:
                    pass
                pairs.append((asked.answers[0], now))
        return pairs

    def _connected(self) -> connect:
        return connect(
            self._url,
            additional_headers={"Authorization": f"Bearer {self._seat.token}"},
            subprotocols=[Subprotocol("adjuge.v1")],
            proxy=None,
        )
