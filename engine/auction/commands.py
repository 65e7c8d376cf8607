"""What may be asked of an auction. Imperative; each carries `at`, the only stamp (§5.2).

A command is a request: nothing has happened until `decide` has answered it.
"""

from typing import TypeAlias

from msgspec import Struct

from engine.instants import Instant


class PlaceBid(Struct, frozen=True, gc=False):
    """A trader's bid; `amount` is what the trader wrote, read by the rule (§5.2.2)."""

    at: Instant
    trader: str
    id: str
    lot: int
    amount: str


class Decline(Struct, frozen=True, gc=False):
    """A trader declines the auction (§5.2.5). A file's decline carries no id."""

    at: Instant
    trader: str
    id: str | None = None


class RemoveConnection(Struct, frozen=True, gc=False):
    """The dealer ended the connection: the trader bids no more, its bids stand (§2.4)."""

    at: Instant
    trader: str


class Cancel(Struct, frozen=True, gc=False):
    """The dealer cancels the auction (§5.1.4); `by` is the user, for the record."""

    at: Instant
    by: int | None = None


class CancelSale(Struct, frozen=True, gc=False):
    """The dealer cancels the sale of a won lot, with a reason (§5.4.5); `by` is the user, for the record."""

    at: Instant
    lot: int
    reason: str
    by: int | None = None


class Recover(Struct, frozen=True, gc=False):
    """The service is back at `at` after being down since `down_from` (§5.3.4)."""

    at: Instant
    down_from: Instant


class Tick(Struct, frozen=True, gc=False):
    """The clock says `at`: what is due by then happens."""

    at: Instant


Command: TypeAlias = PlaceBid | Decline | RemoveConnection | Cancel | CancelSale | Recover | Tick
