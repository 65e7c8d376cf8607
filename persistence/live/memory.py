"""The same book in memory, for tests and simulations: it keeps the contract, and it can be made to stall and to fail.

Faults are armed from outside and happen to the next batch: `stall`, `fail_before_writing`, `fail_after_writing`. Time
is the running loop's alone (`call_soon`), so a loop in virtual time drives it; nothing here sleeps.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from engine.sales import AuctionNotice, OfferMade, Ordered, SaleRevoked, StatusChanged
from persistence.errors import (
    BookError,
    EntryForsaken,
    EntryRejected,
    Fenced,
    JournalDown,
    JournalFull,
    JournalStopped,
    UnknownAuction,
)
from persistence.live.book import StoredAuction, awaited
from persistence.live.journal import CAPACITY_ENTRIES, Forsaken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.auction.events import AnyEvent
    from engine.auction.refusals import KeptAnswer
    from engine.auction.terms import AuctionTerms
    from engine.instants import Instant
    from engine.sales import Consequence
    from persistence.live.book import Entry, Tell


class _Kept:
    """One auction in the book."""

    def __init__(self, terms: AuctionTerms, entity_id: int, prefix: str) -> None:
        self.terms = terms
        self.entity_id = entity_id
        self.prefix = prefix
        self.epoch = 0
        self.events: list[AnyEvent] = []
        self.answers: dict[tuple[str, str], KeptAnswer] = {}
        self.commands: set[tuple[str, str]] = set()
        self.over = False


class MemoryBook:
    """See `Book`. `publish` puts an auction in, as the tables of a dealer's form would."""

    def __init__(self, *, capacity_entries: int = CAPACITY_ENTRIES) -> None:
        self._auctions: dict[int, _Kept] = {}
        self._queue: deque[tuple[Entry, Tell]] = deque()
        self._capacity_entries = capacity_entries
        self._forsaken = Forsaken()
        self._scheduled = False
        self._stopped = False
        self._stalled = False
        self._fault: str | None = None
        self._fault_after_writing = False
        self._last_alive: Instant | None = None
        self.batches_written = 0
        self.offers: dict[tuple[int, int], tuple[int, OfferMade]] = {}
        """By (auction, lot): the offer's number and what it says."""
        self.revoked: dict[tuple[int, int], SaleRevoked] = {}
        self.notices: list[tuple[int, AuctionNotice]] = []

    def publish(self, auction_id: int, terms: AuctionTerms, *, entity_id: int = 1, prefix: str = "") -> None:
        """Put an auction into the book, with nothing written of it yet."""
        assert auction_id not in self._auctions, f"auction {auction_id} is in the book already"
        self._auctions[auction_id] = _Kept(terms, entity_id, prefix)

    def republish(self, auction_id: int, terms: AuctionTerms) -> None:
        """Change the terms of an auction, as its claimer would write them before its start."""
        self._auctions[auction_id].terms = terms

    # What can go wrong -----------------------------------------------------------------------------------------------

    def stall(self) -> None:
        """From now on nothing is written and nothing fails."""
        self._stalled = True

    def go_on(self) -> None:
        """The end of a stall."""
        self._stalled = False
        self._schedule()

    def fail_before_writing(self, reason: str = "connection lost") -> None:
        """The next batch fails and is not written, though nobody can know that."""
        self._fault, self._fault_after_writing = reason, False
        self._schedule()

    def fail_after_writing(self, reason: str = "connection lost") -> None:
        """The next batch is written, and its answer is lost."""
        self._fault, self._fault_after_writing = reason, True
        self._schedule()

    def crash(self) -> None:
        """The house is gone: what waits is lost, unanswered. What was written stays."""
        self._queue.clear()

    def stop(self) -> None:
        """Write what was given, then take nothing more."""
        self._stalled = False
        self._write_all()
        self._stopped = True

    # The contract ----------------------------------------------------------------------------------------------------

    @property
    def queued(self) -> int:
        """How many entries wait to be written."""
        return len(self._queue)

    def write(self, entry: Entry, tell: Tell) -> None:
        """See `Book.write`."""
        fault: BookError | None = None
        if self._stopped:
            fault = JournalStopped()
        elif self._forsaken.holds(entry):
            fault = EntryForsaken(entry.auction_id, entry.epoch)
        elif len(self._queue) >= self._capacity_entries:
            fault = JournalFull(len(self._queue))
        if fault is None:
            self._queue.append((entry, tell))
            self._schedule()
        else:
            self._resolve([(entry, tell)], [fault])

    def append(self, entry: Entry) -> asyncio.Future[None]:
        """See `Book.append`."""
        return awaited(entry, self.write)

    async def claim(self, auction_id: int) -> int:
        """See `Book.claim`. Raises UnknownAuction."""
        kept = self._kept(auction_id)
        kept.epoch += 1
        return kept.epoch

    async def load(self, auction_id: int) -> StoredAuction:
        """See `Book.load`."""
        kept = self._kept(auction_id)
        answers = tuple(kept.answers.values())
        return StoredAuction(auction_id, kept.entity_id, kept.terms, tuple(kept.events), answers, kept.prefix)

    async def unfinished(self) -> list[int]:
        """See `Book.unfinished`."""
        return sorted(auction_id for auction_id, kept in self._auctions.items() if not kept.over)

    async def beat(self, at: Instant) -> None:
        """See `Book.beat`."""
        self._last_alive = at if self._last_alive is None else max(self._last_alive, at)

    async def last_alive(self) -> Instant | None:
        """See `Book.last_alive`."""
        return self._last_alive

    # Writing ---------------------------------------------------------------------------------------------------------

    def _kept(self, auction_id: int) -> _Kept:
        try:
            return self._auctions[auction_id]
        except KeyError:
            raise UnknownAuction(auction_id) from None

    def _schedule(self) -> None:
        if self._queue and not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._run)

    def _run(self) -> None:
        self._scheduled = False
        if not self._stalled:
            self._write_all()

    def _write_all(self) -> None:
        if not self._queue:
            return
        batch = list(self._queue)
        self._queue.clear()
        fault, self._fault = self._fault, None
        if fault is not None and not self._fault_after_writing:
            self._resolve(batch, [JournalDown(fault, outcome_unknown=True)] * len(batch))
            return
        faults = self._write(batch)
        self.batches_written += 1
        if fault is not None:
            faults = [JournalDown(fault, outcome_unknown=True)] * len(batch)
        self._resolve(batch, faults)

    def _resolve(self, batch: list[tuple[Entry, Tell]], faults: Sequence[BookError | None]) -> None:
        soon = asyncio.get_running_loop().call_soon
        for (entry, tell), fault in zip(batch, faults, strict=True):
            if fault is not None:
                self._forsaken.add(entry)
            soon(tell, fault)

    def _write(self, batch: list[tuple[Entry, Tell]]) -> list[BookError | None]:
        """Each auction's entries stand or fall together; the others do not notice."""
        rejected: dict[tuple[int, int], BookError] = {}
        own: dict[tuple[int, int], list[Entry]] = {}
        for entry, _ in batch:
            own.setdefault((entry.auction_id, entry.epoch), []).append(entry)
        for owner, entries in own.items():
            fault = self._contradiction(owner, entries)
            if fault is None:
                for entry in entries:
                    self._add(entry)
            else:
                rejected[owner] = fault
        return [rejected.get((entry.auction_id, entry.epoch)) for entry, _ in batch]

    def _contradiction(self, owner: tuple[int, int], entries: list[Entry]) -> BookError | None:
        auction_id, epoch = owner
        kept = self._auctions.get(auction_id)
        if kept is None or kept.epoch != epoch:
            return Fenced(auction_id, epoch)
        seq = len(kept.events)
        commands: set[tuple[str, str]] = set()
        answers: set[tuple[str, str]] = set()
        for entry in entries:
            for event in entry.events:
                if event.seq <= seq:
                    return EntryRejected(auction_id, "auction_events_pkey")
                assert event.seq == seq + 1, "a writer's seq has no gaps"
                seq = event.seq
                named = _command_of(event)
                if named is not None and (named in kept.commands or named in commands):
                    return EntryRejected(auction_id, "auction_events_command")
                if named is not None:
                    commands.add(named)
            if entry.kept is not None:
                answer = (entry.kept.trader, entry.kept.command_id)
                if answer in kept.answers or answer in answers:
                    return EntryRejected(auction_id, "auction_answers_pkey")
                answers.add(answer)
        return None

    def _add(self, entry: Entry) -> None:
        kept = self._auctions[entry.auction_id]
        kept.events.extend(entry.events)
        kept.commands.update(filter(None, map(_command_of, entry.events)))
        if entry.kept is not None:
            kept.answers[entry.kept.trader, entry.kept.command_id] = entry.kept
        for consequence in entry.consequences:
            self._cause(entry.auction_id, kept, consequence)

    def _cause(self, auction_id: int, kept: _Kept, consequence: Consequence) -> None:
        match consequence:
            case StatusChanged(status=status):
                kept.over = status.value in {"ended", "cancelled"}
            case OfferMade(lot=lot):
                assert (auction_id, lot) not in self.offers, "one offer for each won lot, ever (§5.4.3)"
                self.offers[auction_id, lot] = (len(self.offers) + 1, consequence)
            case SaleRevoked(lot=lot):
                self.revoked[auction_id, lot] = consequence
            case AuctionNotice():
                self.notices.append((auction_id, consequence))
            case Ordered():
                pass  # who did it is for people who read records


def _command_of(event: AnyEvent) -> tuple[str, str] | None:
    command_id: str | None = getattr(event, "command_id", None)
    return None if command_id is None else (getattr(event, "trader", ""), command_id)
