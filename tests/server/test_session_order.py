"""What a client says of an auction that must first be read from the book comes true in the order in which it was said.

The house here answers when the test says so; what a session does of it, the real session does.
"""

import asyncio
from typing import Any, cast

import msgspec
import pytest

from server.caller import Caller, Role
from server.clock import SystemClock
from server.live.messages import Limits
from server.live.outbox import Outbox
from server.live.presence import Presence
from server.live.session import Doors, Session
from tests.server.slow_socket import SlowSocket

COLD = 7


class SlowHouse:
    """One auction, which takes a while to be read; `asked` are the amounts that reached it."""

    def __init__(self) -> None:
        self.is_here = False
        self.read: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.asked: list[str] = []

    def find(self, _: int) -> Any:
        return self if self.is_here else None

    async def fetch(self, _: int) -> Any:
        return await self.read

    def ask(self, make: Any, _: Any) -> None:
        self.asked.append(make(0).amount)


def session_in(house: SlowHouse) -> tuple[Session, SlowSocket]:
    socket = SlowSocket()
    caller = Caller(1, "Anne", Role.TRADER, "Anne et fils", "s", trader="101")
    doors = Doors(cast(Any, house), Presence(), SystemClock(), Limits())
    return Session(caller, doors, Outbox(socket, asyncio.get_running_loop())), socket


def bid(amount: str) -> bytes:
    return msgspec.json.encode({"type": "bid", "id": f"b{amount}", "auction": COLD, "lot": 1, "amount": amount})


async def test_bids_reach_an_auction_in_their_order_even_if_it_is_read_between_them() -> None:
    house = SlowHouse()
    session, _ = session_in(house)
    session.receive(bid("1000.00"))
    await asyncio.sleep(0)
    house.read.set_result(house)
    house.is_here = True  # it is here now, and whoever asked first has not been told yet
    session.receive(bid("1100.00"))
    for _ in range(3):
        await asyncio.sleep(0)
    session.receive(bid("1200.00"))
    assert house.asked == ["1000.00", "1100.00", "1200.00"]


@pytest.mark.parametrize(("failure", "code"), [(None, "unknown_auction"), (OSError("gone"), "unavailable")])
async def test_every_command_of_an_auction_that_cannot_be_read_is_refused_and_an_unwatch_is_not(
    failure: OSError | None, code: str
) -> None:
    house = SlowHouse()
    session, socket = session_in(house)
    for message in (bid("1000.00"), b'{"type":"unwatch","auction":7}', bid("1100.00")):
        session.receive(message)
    if failure is None:
        house.read.set_result(None)
    else:
        house.read.set_exception(failure)
    for _ in range(4):
        await asyncio.sleep(0)
    assert [(each["code"], each["id"]) for each in socket.written] == [(code, "b1000.00"), (code, "b1100.00")]
