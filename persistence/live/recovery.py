"""From the book to a living auction: apply over the stored events, and nothing else (architecture, law 2).

Pure: reads a StoredAuction, gives the state that was live when its last entry was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.auction.apply import apply, keep
from engine.auction.state import AuctionState, published

if TYPE_CHECKING:
    from engine.instants import Instant
    from persistence.live.book import StoredAuction


def recovered_state(stored: StoredAuction) -> AuctionState:
    """The state after every stored event, with every kept answer at its place between them."""
    state = published(stored.terms)
    answers = iter(stored.answers)
    answer = next(answers, None)
    for event in stored.events:
        while answer is not None and answer.after_seq < event.seq:
            keep(state, answer)
            answer = next(answers, None)
        apply(state, event)
    while answer is not None:
        keep(state, answer)
        answer = next(answers, None)
    return state


def last_written(stored: StoredAuction) -> Instant | None:
    """The latest stamp of anything stored, or None. The house was alive then, whatever its heartbeats say (§5.3.4)."""
    stamps = [event.at for event in stored.events[-1:]] + [answer.at for answer in stored.answers[-1:]]
    return max(stamps, default=None)
