"""What an auction's events cause beyond the auction: offers, reservations, notices (§5.4).

The consequences are values, worked out here and written by the book in the transaction of the
events that cause them: exactly once, whatever crashes.
"""

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from engine.auction.events import (
    AnyEvent,
    Cancelled,
    Ended,
    LotDecided,
    Outcome,
    SaleCancelled,
    Started,
)
from engine.auction.state import AuctionState, Status
from engine.auction.synthesis import lot_figures
from engine.instants import Instant
from engine.money import Cents
from engine.notices import NoticeKind


class StatusChanged(Struct, frozen=True):
    """The auction opened, ended or was cancelled: what lists of auctions show.

    Ended and cancelled auctions let go of the vehicles of their unsold lots (§4.4).
    """

    status: Status
    at: Instant
    ends_at: Instant


class OfferMade(Struct, frozen=True):
    """A won lot: one offer at once for the winner, its vehicles reserved (§5.4.2, §5.4.3).

    `prices_cents` are the vehicles' shares of `price_cents`, in the lot's order.
    """

    lot: int
    trader: str
    at: Instant
    price_cents: Cents
    prices_cents: tuple[Cents, ...]


class SaleRevoked(Struct, frozen=True):
    """A cancelled sale: the offer is cancelled, the vehicles are as they were (§5.4.5)."""

    lot: int
    trader: str
    at: Instant
    reason: str


class AuctionNotice(Struct, frozen=True):
    """A notice to write; `trader` is `None` when it goes to the dealer.

    `seq` is the event that caused it: with kind and addressee it names the notice, once.
    `winner` is filled in for the dealer alone: no trader reads another's name (§1.4).
    """

    kind: NoticeKind
    seq: int
    trader: str | None
    at: Instant
    lot: int | None = None
    outcome: Outcome | None = None
    winner: str | None = None
    price_cents: Cents | None = None
    reason: str | None = None


class Ordered(Struct, frozen=True):
    """A user had the auction, or the sale of `lot`, cancelled: who did what is put on record."""

    by: int
    at: Instant
    lot: int | None = None
    reason: str | None = None


Consequence: TypeAlias = StatusChanged | OfferMade | SaleRevoked | AuctionNotice | Ordered


def consequences(state: AuctionState, events: Iterable[AnyEvent], by: int | None = None) -> tuple[Consequence, ...]:
    """What `events`, just applied to `state`, cause outside the auction; `by` is who asked for them, if a user."""
    caused: list[Consequence] = []
    for event in events:
        match event:
            case Started():
                caused.append(StatusChanged(Status.OPEN, event.at, state.ends_at))
                caused.extend(_to_audience(state, NoticeKind.AUCTION_OPENED, event))
            case Ended():
                caused.append(StatusChanged(Status.ENDED, event.at, state.ends_at))
            case Cancelled():
                caused.append(StatusChanged(Status.CANCELLED, event.at, state.ends_at))
                caused.extend(_to_audience(state, NoticeKind.AUCTION_CANCELLED, event))
                caused.extend([] if by is None else [Ordered(by, event.at)])
            case LotDecided():
                caused.extend(_of_decision(state, event))
            case SaleCancelled():
                caused.extend(_of_cancelled_sale(state, event))
                caused.extend([] if by is None else [Ordered(by, event.at, event.lot, event.reason)])
            case _:
                pass
    return tuple(caused)


def _to_audience(state: AuctionState, kind: NoticeKind, event: Started | Cancelled) -> list[AuctionNotice]:
    """Everyone invited is told at the same instant (§5.1.5)."""
    return [AuctionNotice(kind, event.seq, trader, event.at) for trader in state.names if state.may_bid(trader)]


def _of_decision(state: AuctionState, decided: LotDecided) -> list[Consequence]:
    lot = state.lots[decided.lot]
    caused: list[Consequence] = []
    if decided.winner is not None and decided.price_cents is not None:
        prices = lot_figures(lot).prices_cents
        assert prices is not None and sum(prices) == decided.price_cents
        caused.append(OfferMade(decided.lot, decided.winner, decided.at, decided.price_cents, prices))
    told = [
        AuctionNotice(
            NoticeKind.LOT_RESULT,
            decided.seq,
            None,
            decided.at,
            decided.lot,
            decided.outcome,
            decided.winner,
            lot.last_offer_cents,
        )
    ]
    for trader in lot.offers:
        won = trader == decided.winner
        kind = NoticeKind.LOT_WON if won else NoticeKind.LOT_NOT_WON
        price = decided.price_cents if won else None
        told.append(AuctionNotice(kind, decided.seq, trader, decided.at, decided.lot, decided.outcome, None, price))
    return [*caused, *told]


def _of_cancelled_sale(state: AuctionState, cancelled: SaleCancelled) -> list[Consequence]:
    """§5.4.5: both sides are told."""
    lot = state.lots[cancelled.lot]
    buyer = lot.leader
    assert buyer is not None, "only a won lot's sale can be cancelled"

    def told(trader: str | None) -> AuctionNotice:
        return AuctionNotice(
            NoticeKind.SALE_CANCELLED,
            cancelled.seq,
            trader,
            cancelled.at,
            cancelled.lot,
            Outcome.SALE_CANCELLED,
            buyer if trader is None else None,
            lot.last_offer_cents,
            cancelled.reason,
        )

    return [
        SaleRevoked(cancelled.lot, buyer, cancelled.at, cancelled.reason),
        told(None),
        told(buyer),
    ]
