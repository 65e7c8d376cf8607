"""A client by chance: it bids, declines, repeats itself, talks nonsense, falls asleep, vanishes and comes back.

It keeps what it was told and holds the house to it: one answer for each time it asked, always the same for the same id
(law 9), every entry once and in order, and a view that grows into the house's own (law 3).
"""

import asyncio
from collections import Counter
from random import Random
from typing import Any, Protocol

import msgspec
from msgspec import UNSET, Struct, UnsetType

from server.caller import Caller
from tests.simulation import reader
from tests.simulation.line import Line
from tests.simulation.nonsense import nonsense
from tests.simulation.reader import Message, View
from tests.simulation.virtual_loop import elapse
from tests.simulation.witness import Witness

TRANSIENT = frozenset({"busy", "unavailable"})
"""Answers after which the same command may be sent again."""

SLOW_CLOSE = 4008
STALL_BALLASTS_BYTES = (0, 70_000, 200_000, 262_100)


class Switchboard(Protocol):
    """Where a client finds the house."""

    def connect(self, client: "Client") -> Line | None:
        """A new line, or nobody answers."""


class Asked(Struct):
    """A command: what was sent under its id, how often, and what came back."""

    message: Message
    times: int = 0
    answers: list[Message] = msgspec.field(default_factory=list)

    @property
    def is_answered(self) -> bool:
        """Whether it has got an answer that will not change."""
        return bool(self.answers)


class Following(Struct):
    """An auction as this client knows it."""

    view: View
    seq: int
    epoch: int


class Client:
    """See the law of this file."""

    def __init__(self, caller: Caller, auctions: list[int], witness: Witness, dice: Random) -> None:
        self.caller = caller
        self.asked: dict[str, Asked] = {}
        self.following: dict[int, Following] = {}
        self._auctions = auctions
        self._witness = witness
        self._dice = dice
        self._line: Line | None = None
        self._last_line: Line | None = None
        self._sent: Counter[str] = Counter()
        self._heard: Counter[str] = Counter()
        self._notices: set[str] = set()
        self._watching: set[int] = set()
        self._numbers = 0

    # A life ----------------------------------------------------------------------------------------------------------

    async def live(self, house: Switchboard, seconds: float) -> None:
        """Do this and that for so long, whether the house is there or not."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        pace = self._dice.choice([0.1, 0.4, 1.0])
        while loop.time() < until:
            await elapse(self._dice.uniform(0, 2 * pace))
            if self._line is None:
                self.come_back(house)
            else:
                await self._act(self._line)

    async def settle(self, house: Switchboard) -> None:
        """Be well behaved: come back, watch everything, repeat what has not been answered."""
        if self._line is None or self._line is not self._last_line or self._line.stalled_ever:
            self._vanish()
            self.come_back(house, everything=True)
            self._last_line = self._line
        elif not self._watching >= set(self._auctions):
            self._watch_all(self._line)
        self._repeat_unanswered()

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing left that it should be told."""
        return (
            self._line is not None
            and self._watching >= set(self._auctions)
            and all(asked.is_answered for asked in self.asked.values())
        )

    async def _act(self, line: Line) -> None:
        kinds = {
            self._bid: 50,
            self._repeat: 8,
            self._decline: 3,
            self._watch_again: 6,
            self._unwatch: 1,
            self._ping: 2,
            self._talk_nonsense: 3,
            self._shout: 1,
        }
        chance = self._dice.random()
        if chance < 0.05:
            self._vanish()
        elif chance < 0.08:
            await self._fall_asleep(line)
        else:
            [act] = self._dice.choices(list(kinds), list(kinds.values()))
            act(line)

    def come_back(self, house: Switchboard, *, everything: bool = False) -> None:
        """Open a line, follow what was followed, and repeat what has not been answered."""
        self._line = house.connect(self)
        if self._line is None:
            return
        if everything or self._dice.random() < 0.9:
            self._watch_all(self._line)
        if everything or self._dice.random() < 0.8:
            self._repeat_unanswered()

    def _vanish(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.cut(self._dice.choice([0, 0.001, 1.0, 30.0]))
        self._forget_line()

    def _forget_line(self) -> None:
        self._watching.clear()
        self._sent.clear()
        self._heard.clear()
        self._notices.clear()

    async def _fall_asleep(self, line: Line) -> None:
        line.stall(self._dice.choice(STALL_BALLASTS_BYTES))
        await elapse(self._dice.choice([0.05, 1.0, 4.0, 12.0]))
        if self._line is line:
            line.go_on()

    # What it says ----------------------------------------------------------------------------------------------------

    def _say(self, line: Line, message: Message) -> None:
        command_id = message.get("id")
        if command_id is not None:
            self._sent[command_id] += 1
            self.asked[command_id].times += 1
        line.say(msgspec.json.encode(message))

    def _command(self, line: Line, **fields: Any) -> None:
        self._numbers += 1
        message = {"type": fields.pop("type"), "id": f"{self.caller.login}-{self._numbers}", **fields}
        self.asked[message["id"]] = Asked(message)
        self._say(line, message)

    def _bid(self, line: Line) -> None:
        auction_id = self._dice.choice(self._auctions)
        known = self.following.get(auction_id)
        if self.caller.trader is None or known is None:
            return
        lot = self._dice.choice(known.view["lots"])
        minimum = float(lot["minimum_next_bid"] or lot["last_offer"] or 0)
        amount: float | str = minimum + self._dice.choice([0, 0, 0, 100, 100, 250, -100, -1])
        if self._dice.random() < 0.05:
            amount = self._dice.choice(["0.00", "-5", "1e5", "100000000.01", "", "20900.005"])
        number = lot["number"] if self._dice.random() < 0.97 else 404
        self._command(
            line,
            type="bid",
            auction=auction_id,
            lot=number,
            amount=amount if isinstance(amount, str) else f"{amount:.2f}",
        )

    def _decline(self, line: Line) -> None:
        if self.caller.trader is not None:
            self._command(line, type="decline", auction=self._dice.choice(self._auctions))

    def _repeat(self, line: Line) -> None:
        if self.asked:
            self._say(line, self._dice.choice(list(self.asked.values())).message)

    def _repeat_unanswered(self) -> None:
        for command_id, asked in self.asked.items():
            if self._line is not None and not asked.is_answered and self._sent[command_id] <= self._heard[command_id]:
                self._say(self._line, asked.message)

    def _watch_all(self, line: Line) -> None:
        for auction_id in self._auctions:
            self._watch(line, auction_id)

    def _watch_again(self, line: Line) -> None:
        self._watch(line, self._dice.choice(self._auctions))

    def _watch(self, line: Line, auction_id: int) -> None:
        after: int | UnsetType = UNSET
        epoch: int | UnsetType = UNSET
        known = self.following.get(auction_id)
        if known is not None and self._dice.random() < 0.7:
            after = known.seq
            epoch = known.epoch if self._dice.random() < 0.5 else UNSET
        watch = {"type": "watch", "auction": auction_id, "after": after, "epoch": epoch}
        line.say(msgspec.json.encode({name: value for name, value in watch.items() if value is not UNSET}))

    def _unwatch(self, line: Line) -> None:
        auction_id = self._dice.choice(self._auctions)
        self._watching.discard(auction_id)
        line.say(msgspec.json.encode({"type": "unwatch", "auction": auction_id}))

    def _ping(self, line: Line) -> None:
        line.say(msgspec.json.encode({"type": "ping", "t": self._dice.random()}))

    def _talk_nonsense(self, line: Line) -> None:
        line.say(nonsense(self._dice))

    def _shout(self, line: Line) -> None:
        """More commands at once than anybody may send."""
        for _ in range(self._dice.choice([5, 60])):
            self._bid(line)

    # What it hears ---------------------------------------------------------------------------------------------------

    def hung_up(self, line: Line, code: int) -> None:
        """See `line.Ear`."""
        if line is not self._line:
            return
        if code == SLOW_CLOSE and not line.stalled_ever:
            self._witness.complain("law 5", f"{self.caller.name} keeps up and is closed as too slow")
        self._line = None
        self._forget_line()

    def hear(self, line: Line, message: Message) -> None:
        """See `line.Ear`."""
        if line is not self._line:
            return
        match message["type"]:
            case "accepted" | "refused" if message.get("id") in self.asked:
                self._answered(message)
            case "state":
                self._watching.add(message["auction"])
                self._shown(message)
            case "event" | "events":
                self._watching.add(message["auction"])
                self._told(line, message)
            case "notice" if message["id"] in self._notices:
                self._witness.complain("law 9", f"{self.caller.name} is told {message['id']} twice")
            case "notice":
                self._notices.add(message["id"])
            case _:
                pass

    def _answered(self, answer: Message) -> None:
        asked = self.asked[answer["id"]]
        self._heard[answer["id"]] += 1
        if self._heard[answer["id"]] > self._sent[answer["id"]]:
            self._witness.complain("law 9", f"{self.caller.name} is answered more often than it asked: {answer}")
        if answer.get("code") in TRANSIENT:
            return
        if asked.answers and _gist(answer) != _gist(asked.answers[0]):
            self._witness.complain("law 9", f"{answer} and {asked.answers[0]} for the same id")
        if answer.get("duplicate") and asked.times == 1:
            self._witness.complain("law 9", f"a first answer is called a repetition: {answer}")
        asked.answers.append(answer)
        known = self.following.get(answer["auction"])
        if answer["type"] == "accepted" and known is not None:
            reader.accepted(known.view, answer, declines=asked.message["type"] == "decline")

    def _shown(self, state: Message) -> None:
        auction_id, seq = state["auction"], state["seq"]
        known = self.following.get(auction_id)
        if known is not None and seq < known.seq:
            self._witness.complain("law 3", f"{self.caller.name} knows {known.seq} of {auction_id} and is shown {seq}")
        self.following[auction_id] = Following(_own_copy(state["view"]), seq, state["epoch"])

    def _told(self, line: Line, frame: Message) -> None:
        auction_id = frame["auction"]
        first, last = reader.range_of(frame)
        known = self.following.get(auction_id)
        if known is None or first > known.seq + 1:
            at = None if known is None else known.seq
            self._witness.complain("law 3", f"{self.caller.name} is at {at} and is told {first} to {last}")
            return
        if first <= min(last, known.seq) and not line.has_asked(auction_id, first - 1):
            self._witness.complain("law 3", f"{self.caller.name} is at {known.seq} and told {first} to {last} again")
        if last <= known.seq:
            return
        reader.follow(known.view, frame, after=known.seq)
        known.seq = last
        expected = self._witness.shadow(auction_id).view_at(last, self.caller.trader)
        if _public(known.view) != _public(expected):
            self._witness.complain("law 3", f"{self.caller.name} makes {known.view} of {frame}; it is {expected}")

    def check_whole(self) -> None:
        """At rest the client's view is the house's, its own standing included, and every answer has come once."""
        if self._sent != self._heard:
            self._witness.complain("law 9", f"{self.caller.name} asked {self._sent} and was answered {self._heard}")
        for auction_id, known in self.following.items():
            expected = self._witness.shadow(auction_id).view_at(known.seq, self.caller.trader)
            if known.view != expected or known.seq != len(self._witness.shadow(auction_id).history):
                self._witness.complain("law 3", f"at rest {self.caller.name} has {known}; it is {expected}")


def _own_copy(view: View) -> View:
    """The view, to be changed."""
    copied: View = msgspec.json.decode(msgspec.json.encode(view))
    return copied


def _gist(answer: Message) -> Message:
    """What must be the same for the same id; where one stands now may differ."""
    return {key: value for key, value in answer.items() if key in {"type", "id", "auction", "seq", "code", "minimum"}}


def _public(view: View) -> View:
    """What every reader of the audience sees alike."""
    return {key: value for key, value in view.items() if key != "you"}
