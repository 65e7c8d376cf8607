"""Entries of the history as readers hear them: which bids they tell of, and how long after those were due.

The bids of a plan are known by their amounts, of which no two are equal.
"""

from collections.abc import Iterator

import msgspec

from loadtests.bidders import Tally
from loadtests.figures import cents_of
from loadtests.readers import Heard


class Entry(msgspec.Struct):
    """What is looked at of an `event`, or of one entry of an `events` frame."""

    type: str = ""
    event: str = ""
    seq: int = 0
    amount: str = ""
    ends_at: str = ""
    events: list["Entry"] = msgspec.field(default_factory=list)


def entries(heard: Heard) -> Iterator[tuple[int, int, Entry]]:
    """(reader, nanoseconds of the monotonic clock, entry) for every entry that a sampled reader heard."""
    decode = msgspec.json.Decoder(Entry).decode
    for reader, at_ns, payload in heard.samples:
        frame = decode(payload)
        if frame.type == "event":
            yield reader, at_ns, frame
        for entry in frame.events:
            yield reader, at_ns, entry


def event_latencies_ns(tally: Tally, heard: Heard) -> list[int]:
    """From the moment each bid was due until a sampled reader heard of it, in nanoseconds."""
    waited = []
    for _, at_ns, entry in entries(heard):
        if entry.event == "bid" and (number := tally.offered.get(cents_of(entry.amount))) is not None:
            waited.append(at_ns - tally.due_ns(number))
    return waited
