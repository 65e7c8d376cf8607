"""Who is told what by a notice (§5.5.3, §5.1.5, §5.4.4), and how many sockets and commands anybody may have.

A real house over the memory book, in virtual time; sockets are lists of what was written to them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from engine.instants import SECOND
from engine.money import format_amount
from persistence.live.memory import MemoryBook
from server.caller import Caller, Role
from server.live.announcer import STORM_SECONDS, TOLD_PER_SECOND
from server.live.house import House
from server.live.messages import COMMANDS_BURST, SOCKETS_PER_TRADER, Limits
from server.live.outbox import Outbox
from server.live.presence import Presence
from server.live.session import Doors, Session
from tests.persistence.published import ANNE, BRUNO, CELIA, STARTS_AT, terms
from tests.server.slow_socket import SlowSocket
from tests.simulation.reader import Message
from tests.simulation.virtual_loop import LoopClock, VirtualLoop, elapse, run_virtually

AUCTION, LOT = 7, 101
SOON_SECONDS = 0.05
TO_THE_END_SECONDS = 601.0


class Client:
    """A session, what it says and what it is told."""

    def __init__(self, doors: Doors, trader: str | None) -> None:
        self.socket = SlowSocket()
        role = Role.DEALER if trader is None else Role.TRADER
        entities = frozenset({1}) if trader is None else frozenset[int]()
        caller = Caller(1, str(trader), role, str(trader), f"login {trader}", trader=trader, entities=entities)
        self.session = Session(caller, doors, Outbox(self.socket, asyncio.get_running_loop()))
        self.session.open()

    def say(self, kind: str, **fields: Any) -> None:
        self.session.receive(msgspec.json.encode({"type": kind, "auction": AUCTION, **fields}))

    def bid(self, euros: int) -> None:
        self.say("bid", id=f"b{euros}", lot=LOT, amount=format_amount(euros * 100))

    def heard(self, kind: str) -> list[Message]:
        return [message for message in self.socket.written if message["type"] == kind]

    def notices(self, kind: str) -> list[str | None]:
        return [notice.get("amount") for notice in self.heard("notice") if notice["kind"] == kind]


def held(story: Callable[[Doors], Awaitable[None]]) -> None:
    """A story in a house with one open auction of one lot, from 2,000.00 on."""
    loop = VirtualLoop()

    async def play() -> None:
        book, clock, presence = MemoryBook(), LoopClock(loop, STARTS_AT + SECOND), Presence()
        book.publish(AUCTION, terms(), prefix="45")
        house = House(book, clock, presence)
        await house.open()
        await story(Doors(house, presence, clock, Limits()))
        await house.close()

    run_virtually(play(), loop)


def test_who_is_outbid_is_told_at_once_wherever_it_is_and_the_leader_is_not() -> None:
    async def story(doors: Doors) -> None:
        anne, anne_elsewhere, bruno, celia = (Client(doors, trader) for trader in (ANNE, ANNE, BRUNO, CELIA))
        anne.say("watch")
        anne.bid(2_000)
        await elapse(SOON_SECONDS)
        bruno.bid(2_100)
        await elapse(SOON_SECONDS)
        bruno.bid(2_300)  # the leader raises its own bid
        await elapse(SOON_SECONDS)
        assert anne_elsewhere.notices("outbid") == ["2100.00", "2300.00"]
        assert anne.notices("outbid") == []  # it follows, and reads it in the events
        assert bruno.notices("outbid") == []  # it leads
        assert celia.notices("outbid") == []  # it has not bid

    held(story)


def test_a_storm_of_bids_is_one_notice_with_the_newest_amount() -> None:
    async def story(doors: Doors) -> None:
        anne, bruno = Client(doors, ANNE), Client(doors, BRUNO)
        anne.bid(2_000)
        await elapse(SOON_SECONDS)
        for euros in range(2_100, 3_000, 100):
            bruno.bid(euros)
        await elapse(SOON_SECONDS)
        assert anne.notices("outbid") == ["2900.00"]

    held(story)


def test_in_a_storm_that_lasts_nobody_is_told_oftener_than_four_times_a_second() -> None:
    async def story(doors: Doors) -> None:
        anne, bruno = Client(doors, ANNE), Client(doors, BRUNO)
        anne.bid(2_000)
        told: list[int] = []
        for second in range(8):
            for number in range(15):
                bruno.bid(2_100 + 100 * (15 * second + number))
                await elapse(1 / 15)
            told.append(len(anne.notices("outbid")))
        assert told[0] >= 12  # at once, as long as it is news and no storm
        assert told[-1] - told[3] <= 4 * TOLD_PER_SECOND + 1
        assert told[-1] - told[3] >= 3 * TOLD_PER_SECOND
        await elapse(SOON_SECONDS + STORM_SECONDS)
        assert anne.notices("outbid")[-1] == "14000.00"

    held(story)


def test_at_the_end_the_winner_the_others_and_the_dealer_are_told_once_each() -> None:
    async def story(doors: Doors) -> None:
        anne, bruno, celia, dealer = (Client(doors, trader) for trader in (ANNE, BRUNO, CELIA, None))
        anne.bid(2_000)
        bruno.bid(2_100)
        await elapse(TO_THE_END_SECONDS)
        assert bruno.notices("lot_won") == ["2100.00"]
        for notice in bruno.heard("notice"):  # §5.1.3: told as both sides read them
            assert notice["display_number"] == f"45-{notice['number']}"
            assert notice.get("lot_display_number", f"45-{LOT}") == f"45-{LOT}"
        assert anne.notices("lot_not_won") == [None]
        assert dealer.notices("lot_result") == ["2100.00"]
        assert [notice["winner"] for notice in dealer.heard("notice") if "winner" in notice] == ["Bruno Autos"]
        assert celia.heard("notice") == []

    held(story)


def test_a_trader_has_so_many_sockets_and_no_more() -> None:
    async def story(doors: Doors) -> None:
        crowd = [Client(doors, ANNE) for _ in range(SOCKETS_PER_TRADER + 1)]
        assert [client.socket.closed_with for client in crowd[-2:]] == [None, 4429]
        assert crowd[-1].heard("bye")
        crowd[0].session.closed()
        assert Client(doors, ANNE).socket.closed_with is None
        assert Client(doors, BRUNO).socket.closed_with is None

    held(story)


def test_beyond_the_burst_a_command_is_told_busy_and_nothing_else_happens() -> None:
    async def story(doors: Doors) -> None:
        anne = Client(doors, ANNE)
        for number in range(COMMANDS_BURST + 2):
            anne.bid(2_000 + 100 * number)
        await elapse(SOON_SECONDS)
        assert len(anne.heard("accepted")) == COMMANDS_BURST
        assert [answer["code"] for answer in anne.heard("refused")] == ["busy", "busy"]
        await elapse(1.0)
        anne.bid(2_000 + 100 * COMMANDS_BURST)  # the same id again
        await elapse(SOON_SECONDS)
        assert "duplicate" not in anne.heard("accepted")[-1]
        assert len(anne.heard("accepted")) == COMMANDS_BURST + 1

    held(story)


def test_signing_out_closes_every_socket_of_that_login_and_no_other() -> None:
    async def story(doors: Doors) -> None:
        anne, again, bruno = Client(doors, ANNE), Client(doors, ANNE), Client(doors, BRUNO)
        doors.presence.sign_out(f"login {ANNE}")
        assert [client.socket.closed_with for client in (anne, again, bruno)] == [4409, 4409, None]

    held(story)
