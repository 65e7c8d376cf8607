"""Bidders: an open loop of bids at a given rate over a given set of connections.

Bid k is due at a moment fixed beforehand and its latency counts from there, however late the connection, the house or
this process is. A connection has only so many bids unanswered: what falls due meanwhile waits here, and its time runs.
"""

import select
import socket
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from loadtests import wire
from loadtests.processes import CrowdFault
from loadtests.readers import after_upgrade

_BUFFER_BYTES: Final = 1 << 18
_LEAD_SECONDS: Final = 0.05
_GRACE_SECONDS: Final = 5.0
_LONGEST_WAIT_SECONDS: Final = 0.05
_CONNECT_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """`bids` bids from number `first` on, `per_second` of them, in groups of `group` sent at once, on one lot.

    Each offers `step_cents` more than the one sent before it; the very first of an auction offers `base_cents` and one
    step. A connection has at most `under_way` bids unanswered. What is answered in the first `warm_seconds` is not
    counted as throughput.
    """

    auction: int
    lot: int
    first: int
    bids: int
    per_second: float
    base_cents: int
    step_cents: int
    group: int = 1
    under_way: int = 1
    warm_seconds: float = 0.0


@dataclass(slots=True)
class Tally:
    """What became of a plan. Latencies count from the due moment; `worst_lateness_ns` is this process's own.

    `offered` is each bid's number by its amount in cents; `accepted` are numbers; `unsent` found no free connection.
    """

    plan: Plan
    begun_ns: int = 0
    accepted_in_time: int = 0
    counted_seconds: float = 0.0
    refused: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    unsent: int = 0
    worst_lateness_ns: int = 0
    latencies_ns: list[int] = field(default_factory=list)
    accepted: set[int] = field(default_factory=set)
    offered: dict[int, int] = field(default_factory=dict)

    @property
    def accepted_per_second(self) -> float:
        """Durable bids a second, over the time that counts."""
        return self.accepted_in_time / self.counted_seconds

    def due_ns(self, bid: int) -> int:
        """When bid number `bid` was meant to be sent, in nanoseconds of the monotonic clock."""
        group = (bid - self.plan.first) // self.plan.group
        return self.begun_ns + int(group * self.plan.group * 1e9 / self.plan.per_second)


class _Answer(msgspec.Struct):
    type: str
    id: str | None = None
    code: str | None = None


class _Bidder:
    __slots__ = ("data", "sock", "under_way", "waiting")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.data = b""  # the beginning of a frame that has not come whole
        self.under_way = 0
        self.waiting: deque[int] = deque()


class Bidders:
    """One connection for each of `tokens`, on `path`."""

    def __init__(self, port: int, path: str, tokens: Sequence[str | None]) -> None:
        self._poll = select.epoll()
        self._decode = msgspec.json.Decoder(_Answer).decode
        self._bidders: list[_Bidder] = []
        self._by_fd: dict[int, _Bidder] = {}
        self._tally = Tally(Plan(0, 0, 0, 0, 1.0, 0, 0))
        self._counted_until_ns = self._counted_from_ns = 0
        self._offers = 0
        try:
            for token in tokens:
                self._connect(port, path, token)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of every socket."""
        self._poll.close()
        for bidder in self._bidders:
            bidder.sock.close()

    def _connect(self, port: int, path: str, token: str | None) -> None:
        sock = socket.create_connection((wire.HOST, port), _CONNECT_SECONDS)
        bidder = _Bidder(sock)
        self._bidders.append(bidder)
        self._by_fd[sock.fileno()] = bidder
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.sendall(wire.upgrade(port, path, token))
        bidder.data = after_upgrade(sock)
        self._poll.register(sock, select.EPOLLIN)

    def bid(self, plan: Plan) -> Tally:
        """Carry out a plan; bids that found no free connection by its end are never sent."""
        tally = self._tally = Tally(plan)
        tally.begun_ns = time.monotonic_ns() + int(_LEAD_SECONDS * 1e9)
        seconds = plan.bids / plan.per_second
        tally.counted_seconds = seconds - plan.warm_seconds
        self._counted_from_ns = tally.begun_ns + int(plan.warm_seconds * 1e9)
        self._counted_until_ns = tally.begun_ns + int(seconds * 1e9)
        following, last = plan.first, plan.first + plan.bids
        while (now := time.monotonic_ns()) < self._counted_until_ns or following < last:
            while following < last and (due := tally.due_ns(following)) <= now:
                self._fall_due(following)
                tally.worst_lateness_ns = max(tally.worst_lateness_ns, now - due)
                following += plan.group
            due = tally.due_ns(following) if following < last else self._counted_until_ns
            self._hear((due - time.monotonic_ns()) / 1e9)
        for bidder in self._bidders:
            tally.unsent += len(bidder.waiting) * plan.group
            bidder.waiting.clear()
        self._hear_the_rest()
        return tally

    def _hear_the_rest(self) -> None:
        until = time.monotonic() + _GRACE_SECONDS
        while any(bidder.under_way for bidder in self._bidders) and time.monotonic() < until:
            self._hear(_LONGEST_WAIT_SECONDS)
        self._tally.unanswered = sum(bidder.under_way for bidder in self._bidders)

    def _fall_due(self, first: int) -> None:
        bidder = self._bidders[(first // self._tally.plan.group) % len(self._bidders)]
        if bidder.under_way + self._tally.plan.group > self._tally.plan.under_way:
            bidder.waiting.append(first)
        else:
            self._send(bidder, first)

    def _send(self, bidder: _Bidder, first: int) -> None:
        plan = self._tally.plan
        group = range(first, first + plan.group)
        bidder.under_way += plan.group
        bidder.sock.sendall(b"".join([self._bid(number) for number in group]))

    def _hear(self, seconds: float) -> None:
        # select() on the poll's own descriptor: epoll alone counts in whole milliseconds.
        wait = min(max(seconds, 0.0), _LONGEST_WAIT_SECONDS)
        if not select.select([self._poll], [], [], wait)[0]:
            return
        for fd, _ in self._poll.poll(0):
            bidder = self._by_fd[fd]
            came = bidder.sock.recv(_BUFFER_BYTES)
            if not came:
                raise CrowdFault("a bidder was cut")
            now = time.monotonic_ns()
            view = memoryview(bidder.data + came if bidder.data else came)
            position = 0
            while (frame := wire.frame_at(view, position)) is not None and frame.end <= len(view):
                if frame.opcode == wire.TEXT:
                    self._take(bidder, self._decode(view[frame.begin : frame.end]), now)
                elif frame.opcode == wire.PING:
                    bidder.sock.send(wire.PONG)
                elif frame.opcode == wire.CLOSE:
                    raise CrowdFault(f"a bidder was closed: {bytes(view[frame.begin : frame.end])!r}")
                position = frame.end
            bidder.data = bytes(view[position:])

    def _take(self, bidder: _Bidder, answer: _Answer, now_ns: int) -> None:
        if answer.id is None or answer.type not in {"accepted", "refused"}:
            return
        tally, number = self._tally, int(answer.id)
        if number < tally.plan.first:
            return  # the straggler of an earlier plan
        bidder.under_way -= 1
        if answer.type == "accepted":
            tally.accepted.add(number)
            tally.latencies_ns.append(now_ns - tally.due_ns(number))
            if self._counted_from_ns <= now_ns < self._counted_until_ns:
                tally.accepted_in_time += 1
        else:
            tally.refused[answer.code or "?"] += 1
        room = bidder.under_way + tally.plan.group <= tally.plan.under_way
        if bidder.waiting and room and now_ns < self._counted_until_ns:
            self._send(bidder, bidder.waiting.popleft())

    def _bid(self, number: int) -> bytes:
        plan = self._tally.plan
        self._offers += 1
        cents = plan.base_cents + self._offers * plan.step_cents
        self._tally.offered[cents] = number
        return wire.text(
            b'{"type":"bid","id":"%d","auction":%d,"lot":%d,"amount":"%d.%02d"}'
            % (number, plan.auction, plan.lot, cents // 100, cents % 100)
        )
