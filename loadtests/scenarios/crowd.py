"""Crowd: thousands of readers, events at an even pace, then in bursts. What one delivery costs the server.

The unit is one `send` of a bare loop to as many readers, of a frame as long, at the same pace, in the same run. It
does not count the floor's own pauses, nor spare the house anything: bids, book, rules and idling are all in its
account.

The first second of each turn is not counted, on either side: a connection that has rested is acknowledged packet by
packet for a while (TCP's quick acknowledgements), at the sender's cost, and how long ours and the floor's have rested
is chance.
"""

import time
from dataclasses import dataclass, replace
from typing import Final

from loadtests.bidders import Bidders, Plan, Tally
from loadtests.entries import event_latencies_ns
from loadtests.figures import TIMES, Comparison, Latency, heading, said
from loadtests.houses import House
from loadtests.peers.bare_send import BareSend
from loadtests.processes import CrowdFault, Worker, cpu_seconds, working
from loadtests.readers import Heard, Readers

READERS: Final = 2_000
BURST: Final = 8
MOST_PER_SINGLE: Final = 1.35
MOST_PER_EVENT_OF_A_BURST: Final = 0.3

_CONNECTIONS: Final = 8
_PER_SECOND: Final = 16.0
"""Events a second, singly; as many bursts, so that what the server spends on other things weighs the same in both."""

_WARMING_SECONDS: Final = 1.0
_SECONDS: Final = 5.0
_COUNTED: Final = (_SECONDS - _WARMING_SECONDS) / _SECONDS
_BETWEEN: Final = 0.5 / _PER_SECOND
"""Processor time is read half-way between two events."""


@dataclass(slots=True)
class _Scene:
    """The house and the bare loop, each with its readers, and the next bid's number."""

    house: House
    bidders: Worker[Bidders]
    readers: Worker[Readers]
    bare: Worker[BareSend]
    bare_readers: Worker[Readers]
    plan: Plan
    count: int
    first: int = 1

    def floor_us(self, payload_bytes: int) -> float:
        """Processor time of the bare loop for one send, in microseconds."""
        self.bare_readers.tell("listen", _SECONDS)
        self.bare.tell("send", payload_bytes, int(_PER_SECOND * _SECONDS), _PER_SECOND)
        time.sleep(_WARMING_SECONDS - _BETWEEN)
        before = cpu_seconds(self.bare.pid)
        sends: int = self.bare.answer("send")
        used = cpu_seconds(self.bare.pid) - before
        heard: Heard = self.bare_readers.answer("listen")
        if heard.frames != sends:
            raise CrowdFault(f"the bare loop sent {sends} frames, {heard.frames} came")
        return used / (sends * _COUNTED) * 1e6

    def house_us(self, group: int) -> tuple[float, Tally, Heard]:
        """Processor time of the house for one reader in a turn, as if all of it were counted, in microseconds."""
        rate = _PER_SECOND * group
        bids = int(rate * _SECONDS)
        plan = replace(self.plan, first=self.first, bids=bids, per_second=rate, group=group, under_way=2 * group)
        self.first += bids
        self.readers.tell("listen", _SECONDS)
        self.bidders.tell("bid", plan)
        time.sleep(_WARMING_SECONDS - _BETWEEN)
        before = cpu_seconds(self.house.pid)
        tally: Tally = self.bidders.answer("bid")
        heard: Heard = self.readers.answer("listen")
        used = cpu_seconds(self.house.pid) - before
        if len(tally.accepted) != bids or heard.lost:
            raise CrowdFault(
                f"{len(tally.accepted)} of {bids} bids accepted, {heard.lost} readers lost: {tally.refused}"
            )
        if heard.behind != heard.ahead:
            raise CrowdFault(f"readers stand between entries {heard.behind} and {heard.ahead}")
        return used / (self.count * _COUNTED) * 1e6, tally, heard


def crowd(house: House, *, readers: int, pairs: int) -> list[Comparison]:
    """Measure `pairs` rounds of: bare loop, single events, bursts."""
    heading(f"crowd, {readers} readers, {_PER_SECOND:.0f} events a second")
    auction = house.hold_auction()
    plan = Plan(auction.id, auction.lot, 0, 0, _PER_SECOND, auction.base_cents, auction.step_cents)
    with (
        working(BareSend) as bare,
        house.readers(readers, auction) as our_readers,
        house.bidders(_CONNECTIONS) as bidders,
    ):
        bare_port = bare.call("port")
        bare.tell("accept", readers)
        with working(Readers, bare_port, None, (None,), readers, b"", 0) as bare_readers:
            bare.answer("accept")
            scene = _Scene(house, bidders, our_readers, bare, bare_readers, plan, readers)
            return _measure(scene, pairs)


def _measure(scene: _Scene, pairs: int) -> list[Comparison]:
    _, _, heard = scene.house_us(1)
    payload_bytes = min(len(payload) for _, _, payload in heard.samples)
    said(f"  an event is {payload_bytes} bytes; the bare loop is in {scene.bare.call('kind')}")
    singles, bursts = [], []
    for _ in range(pairs):
        floor = scene.floor_us(payload_bytes)
        used, tally, heard = scene.house_us(1)
        single = used / (heard.frames / scene.count)  # a frame: on a busy machine two events may share one
        burst_used, burst_tally, burst_heard = scene.house_us(BURST)
        burst = burst_used / len(burst_tally.accepted)
        singles.append(single / floor)
        bursts.append(burst / floor)
        said(f"  bare loop {floor:.2f} µs a send")
        said(f"  singly    {single:.2f} µs a frame ({single / floor:.2f}{TIMES}); {_told(tally, heard)}")
        said(
            f"  in {BURST}s     {burst:.2f} µs an event ({burst / floor:.2f}{TIMES}); {_told(burst_tally, burst_heard)}"
        )
    return [
        _comparison("fan-out of one event, a delivered frame ÷ bare send loop", singles, MOST_PER_SINGLE),
        _comparison(f"fan-out per event of a burst of {BURST} ÷ bare send loop", bursts, MOST_PER_EVENT_OF_A_BURST),
    ]


def _told(tally: Tally, heard: Heard) -> str:
    frames = f"{heard.fewest}–{heard.most}" if heard.fewest != heard.most else f"{heard.most}"
    return (
        f"{frames} frames a reader for {len(tally.accepted)} events; answered {Latency.of(tally.latencies_ns)}; "
        f"heard {Latency.of(event_latencies_ns(tally, heard))}"
    )


def _comparison(name: str, ratios: list[float], most: float) -> Comparison:
    comparison = Comparison(f"crowd: {name}", tuple(ratios), most, at_least=False)
    said(f"  {comparison}")
    return comparison
