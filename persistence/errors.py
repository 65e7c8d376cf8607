"""The faults of the book, as one tree. A fault is something that went wrong below us; a *refusal* (a vehicle that may
not be sold, an e-mail already taken) is a value and never stands here.

    BookError
    ├── Fenced            another node owns the auction now: what was given was not written
    ├── JournalDown       the connection failed: whether what was given was written is unknown
    ├── JournalFull       the journal's queue is full: what was given was not written
    ├── JournalStopped    the journal was closed in order: what was given was not written
    ├── EntryRejected     this entry cannot be written as it is (its seq or command id stands already)
    │   └── SaleOrdered   it cancels a sale that was ordered in between: the order stands
    ├── EntryForsaken     an earlier entry of the same auction and epoch failed: what was given was not written
    ├── UnknownAuction    no such auction in the book
    ├── DatabaseDown      PostgreSQL does not answer, or went away in the middle of a question
    ├── NotDurable        PostgreSQL runs with fsync off: what it says is written could be lost
    ├── PoolExhausted     no connection came free in time
    └── EmbeddedFault     the embedded PostgreSQL could not be made ready, started or stopped
"""

from __future__ import annotations


class BookError(Exception):
    """Anything that the book could not do."""


class Fenced(BookError):
    """`auction_id` was given with `epoch`, and a later claim has taken it: nothing was written (law 7)."""

    def __init__(self, auction_id: int, epoch: int) -> None:
        super().__init__(f"auction {auction_id} was claimed by another writer after epoch {epoch}")
        self.auction_id = auction_id
        self.epoch = epoch


class JournalDown(BookError):
    """The journal's connection failed. `outcome_unknown` tells whether the entry may have been written nevertheless."""

    def __init__(self, reason: str, *, outcome_unknown: bool) -> None:
        tail = "it may have been written" if outcome_unknown else "it was not written"
        super().__init__(f"the journal is down ({reason}): {tail}")
        self.reason = reason
        self.outcome_unknown = outcome_unknown


class JournalFull(BookError):
    """`queued` entries wait already: nothing was taken."""

    def __init__(self, queued: int) -> None:
        super().__init__(f"the journal holds {queued} entries that are not written yet")
        self.queued = queued


class JournalStopped(BookError):
    """The journal takes nothing any more."""

    def __init__(self) -> None:
        super().__init__("the journal was stopped")


class EntryRejected(BookError):
    """The entry of `auction_id` contradicts what the book holds; nothing of it was written.

    `constraint` names the broken rule.
    """

    def __init__(self, auction_id: int, constraint: str) -> None:
        super().__init__(f"the book refuses an entry of auction {auction_id}: {constraint}")
        self.auction_id = auction_id
        self.constraint = constraint


class SaleOrdered(EntryRejected):
    """The entry cancels a sale of `auction_id` whose order was faster: nobody's fault, nothing was written."""

    def __init__(self, auction_id: int) -> None:
        super().__init__(auction_id, "the sale is ordered")


class EntryForsaken(BookError):
    """An entry of `auction_id` failed, so that none after it may be written with `epoch`: there would be a gap."""

    def __init__(self, auction_id: int, epoch: int) -> None:
        super().__init__(f"an earlier entry of auction {auction_id} failed: epoch {epoch} writes no more")
        self.auction_id = auction_id
        self.epoch = epoch


class UnknownAuction(BookError):
    """There is no auction `auction_id`."""

    def __init__(self, auction_id: int) -> None:
        super().__init__(f"no auction {auction_id} in the book")
        self.auction_id = auction_id


class DatabaseDown(BookError):
    """A question to PostgreSQL failed for want of PostgreSQL; whether a change was made is unknown."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the database does not answer: {reason}")
        self.reason = reason


class NotDurable(BookError):
    """The server does not sync its writes to disk: no bid may be acknowledged on it (§5.2.6)."""

    def __init__(self) -> None:
        super().__init__("PostgreSQL runs with fsync off: what it says is written could be lost")


class PoolExhausted(BookError):
    """No connection came free within `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no database connection came free within {seconds} s")
        self.seconds = seconds


class EmbeddedFault(BookError):
    """The embedded PostgreSQL in `directory` is not usable; the message says why in one line."""

    def __init__(self, directory: object, reason: str) -> None:
        super().__init__(f"embedded PostgreSQL in {directory}: {reason}")
        self.directory = directory
        self.reason = reason
