"""Hot lot: everybody bids on one lot. Durable bids a second beside the usual design, with readers and without.

The two houses take turns on the same PostgreSQL, several pairs in one run; the ratio is taken pair by pair.
A bid counts when its acceptance has come back to the bidder inside the time that counts.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Final

from loadtests.bidders import Bidders, Plan, Tally
from loadtests.entries import event_latencies_ns
from loadtests.figures import Comparison, Latency, heading, said
from loadtests.houses import BIDDERS, House, UsualHouse
from loadtests.processes import Worker, cpu_seconds, working
from loadtests.readers import Heard, Readers

READERS: Final = 500
LEAST_RATIO_WITH_READERS: Final = 60.0
LEAST_RATIO_WITHOUT: Final = 12.0

_OFFERED_PER_SECOND: Final = 16_000
_OFFERED_WITH_READERS_PER_SECOND: Final = 10_000
_OFFERED_TO_THE_USUAL_PER_SECOND: Final = 2_000
_CALM_PER_SECOND: Final = 1_000
_SECONDS: Final = 4.0
_WARM_SECONDS: Final = 1.0
_USUAL_BASE_CENTS: Final = 0
_USUAL_STEP_CENTS: Final = 100


@dataclass(slots=True)
class _Side:
    """One house with its bidders, its readers if there are any, and the next bid's number."""

    name: str
    pid: int
    bidders: Worker[Bidders]
    readers: Worker[Readers] | None
    plan: Plan
    first: int = 1

    def run(self, per_second: float) -> tuple[Tally, Heard | None]:
        """One turn: bid at a rate, listen meanwhile, say what came of it."""
        bids = int(per_second * _SECONDS)
        plan = replace(self.plan, first=self.first, bids=bids, per_second=per_second)
        self.first += bids
        others = [self.bidders.pid, *([] if self.readers is None else [self.readers.pid])]
        used, used_outside = cpu_seconds(self.pid), sum(map(cpu_seconds, others))
        if self.readers is not None:
            self.readers.tell("listen", _SECONDS)
        tally: Tally = self.bidders.call("bid", plan)
        used, used_outside = cpu_seconds(self.pid) - used, sum(map(cpu_seconds, others)) - used_outside
        heard: Heard | None = None if self.readers is None else self.readers.answer("listen")
        said(f"  {self.name:<7} {_sentence(tally)}")
        said(f"          CPU: server {used:.1f} s, crowd {used_outside:.1f} s; {_crowd_sentence(tally)}")
        if heard is not None:
            said(f"          readers: {_heard_sentence(tally, heard)}")
        return tally, heard


def hot_lot(house: House, usual: UsualHouse, *, readers: int, pairs: int) -> list[Comparison]:
    """Measure `pairs` pairs; answer the comparison."""
    least = LEAST_RATIO_WITH_READERS if readers else LEAST_RATIO_WITHOUT
    name = f"hot lot, {BIDDERS} bidders, {readers or 'no'} readers"
    offered = _OFFERED_WITH_READERS_PER_SECOND if readers else _OFFERED_PER_SECOND
    heading(name)
    with _sides(house, usual, readers) as (ours, theirs):
        ratios = []
        for _ in range(pairs):
            slow, _ = theirs.run(_OFFERED_TO_THE_USUAL_PER_SECOND)
            fast, _ = ours.run(offered)
            ratios.append(fast.accepted_per_second / max(slow.accepted_per_second, 1e-9))
        said("  and calm:")
        ours.run(_CALM_PER_SECOND)
    comparison = Comparison(f"{name}: durable bids/s ÷ usual design", tuple(ratios), least, at_least=True)
    said(f"  {comparison}")
    return [comparison]


@contextmanager
def _sides(house: House, usual: UsualHouse, readers: int) -> Iterator[tuple[_Side, _Side]]:
    auction = house.hold_auction()
    usual_plan = Plan(0, 1, 0, 0, 1.0, _USUAL_BASE_CENTS, _USUAL_STEP_CENTS, warm_seconds=_WARM_SECONDS)
    with ExitStack() as stack:
        ours = stack.enter_context(house.bidders())
        theirs = stack.enter_context(working(Bidders, usual.port, "/live", (None,) * BIDDERS))
        our_readers = their_readers = None
        if readers:
            our_readers = stack.enter_context(house.readers(readers, auction))
            their_readers = stack.enter_context(working(Readers, usual.port, "/read", (None,), readers, b"", 0))
        plan = Plan(auction.id, auction.lot, 0, 0, 1.0, auction.base_cents, auction.step_cents)
        plan = replace(plan, warm_seconds=_WARM_SECONDS)
        yield (
            _Side("adjugé", house.pid, ours, our_readers, plan),
            _Side("usual", usual.pid, theirs, their_readers, usual_plan),
        )


def _sentence(tally: Tally) -> str:
    refused = ", ".join(f"{code} {count}" for code, count in sorted(tally.refused.items()))
    rates = f"{tally.accepted_per_second:8,.0f} durable bids/s of {tally.plan.per_second:,.0f} offered"
    return f"{rates}; {Latency.of(tally.latencies_ns)}" + (f"; refused: {refused}" if refused else "")


def _crowd_sentence(tally: Tally) -> str:
    """How the load side itself fared: what it held back for want of a free connection, and how late it was."""
    late_ms = tally.worst_lateness_ns / 1e6
    return f"held back {tally.unsent}, unanswered {tally.unanswered}, crowd late by {late_ms:.0f} ms at worst"


def _heard_sentence(tally: Tally, heard: Heard) -> str:
    waited = event_latencies_ns(tally, heard)
    even = "all at the same entry" if heard.behind == heard.ahead else f"from entry {heard.behind} to {heard.ahead}"
    return f"{heard.frames:,} frames, {heard.data_bytes / 1e6:,.0f} MB, {even}; bid due → heard {Latency.of(waited)}"
