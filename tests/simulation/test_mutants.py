"""Houses that break a law on purpose, each of which the simulation must catch: who never barks guards nothing."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from engine.auction.event_views import streamed_to_dealer
from engine.auction.refusals import Refused
from persistence.live import recovery
from persistence.live.memory import MemoryBook
from server.live import saying
from server.live.auctioneer import Auctioneer
from server.live.audience import Audience
from server.live.outbox import Outbox
from server.live.saying import Spoken, standing_after
from tests.simulation.world import play

MOST_WORLDS = 60

Mutate = Callable[[pytest.MonkeyPatch], None]


def refuses_at_once(patch: pytest.MonkeyPatch) -> None:
    """A refusal names a price that is not written yet."""
    perform = Auctioneer._perform

    def hasty(self: Auctioneer, decision: Any, reply: Any = None, command: Any = None, recall: Any = None) -> None:
        if reply is not None and isinstance(decision.answer, Refused):
            reply(Spoken(decision, standing_after(self.state, command)))
            reply = None
        perform(self, decision, reply, command, recall or (lambda: None))

    patch.setattr(Auctioneer, "_perform", hasty)


def speaks_before_it_is_written(patch: pytest.MonkeyPatch) -> None:
    """Whatever was given to the book is taken for written."""
    write = MemoryBook.write

    def hopeful(self: MemoryBook, entry: Any, tell: Any) -> None:
        write(self, entry, lambda _fault: None)
        self._loop.call_soon(tell, None)  # type: ignore[attr-defined]  # the simulation's book has its loop

    patch.setattr(MemoryBook, "write", hopeful)


def forgets_its_refusals(patch: pytest.MonkeyPatch) -> None:
    """After a crash a repeated command is decided anew."""
    patch.setattr(recovery, "keep", lambda _state, _answer: None)


def owes_nobody_for_an_outage(patch: pytest.MonkeyPatch) -> None:
    """An auction ends as if nothing had been."""
    patch.setattr(Auctioneer, "_recover", lambda _self, _at, _down_from: None)


def loses_an_event_now_and_then(patch: pytest.MonkeyPatch) -> None:
    """The audience misses every ninth publication."""
    publish, numbers = Audience.publish, count(1)

    def forgetful(self: Audience, publication: Any) -> None:
        if next(numbers) % 9:
            publish(self, publication)

    patch.setattr(Audience, "publish", forgetful)


def drops_answers_to_the_slow(patch: pytest.MonkeyPatch) -> None:
    """An answer that cannot go out at once is forgotten."""
    enqueue = Outbox._enqueue

    def careless(self: Outbox, auction: int | None, frame: bytes) -> None:
        if auction is not None:
            enqueue(self, auction, frame)

    patch.setattr(Outbox, "_enqueue", careless)


def tells_traders_what_dealers_read(patch: pytest.MonkeyPatch) -> None:
    """Traders read names."""
    patch.setattr(saying, "to_stream_to_traders", streamed_to_dealer)


def shows_everyone_anew_but_plays_on(patch: pytest.MonkeyPatch) -> None:
    """After a failure the readers are not shown what the book holds."""
    patch.setattr(Audience, "restart", lambda _self: None)


MUTANTS: tuple[tuple[Mutate, str], ...] = (
    (refuses_at_once, "law 1"),
    (speaks_before_it_is_written, "law 1"),
    (forgets_its_refusals, "law"),
    (owes_nobody_for_an_outage, "§5.3.4"),
    (loses_an_event_now_and_then, "law 3"),
    (drops_answers_to_the_slow, "law"),
    (tells_traders_what_dealers_read, "§1.4"),
    (shows_everyone_anew_but_plays_on, "law"),
)


@pytest.mark.parametrize(("mutate", "law"), [pytest.param(*mutant, id=mutant[0].__name__) for mutant in MUTANTS])
def test_a_house_that_breaks_a_law_is_caught(mutate: Mutate, law: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mutate(monkeypatch)
    found = next(complaints(), None)
    assert found is not None, f"{MOST_WORLDS} worlds passed without a complaint"
    assert any(complaint.startswith(law) for complaint in found), found[:3]


def complaints() -> Iterator[list[str]]:
    """What each world that is not at peace complains of."""
    return filter(None, map(play, range(MOST_WORLDS)))
