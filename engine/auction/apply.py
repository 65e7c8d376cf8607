"""apply writes: an event or a kept answer becomes part of the state.

It never judges. Recovery is this file alone, over what the book holds, and gives the state that
was live.
"""

from typing import assert_never

from engine.auction.events import (
    AnyEvent,
    BidPlaced,
    Cancelled,
    ConnectionRemoved,
    Declined,
    Ended,
    Extended,
    LotDecided,
    Outcome,
    Recovered,
    ReserveReached,
    SaleCancelled,
    Started,
)
from engine.auction.refusals import Accepted, KeptAnswer
from engine.auction.state import AuctionState, Status


def apply(state: AuctionState, event: AnyEvent) -> None:
    """Make the next event part of the state; `event.seq` must be the next number."""
    assert event.seq == state.seq + 1, f"event {event.seq} does not follow {state.seq}"
    match event:
        case BidPlaced():
            _apply_bid(state, event)
        case Extended():
            state.ends_at = event.new_end
        case Started():
            state.status = Status.OPEN
        case Ended():
            state.status = Status.ENDED
        case LotDecided():
            state.lots[event.lot].outcome = event.outcome
        case Declined():
            state.declined.add(event.trader)
            if event.command_id is not None:
                state.answers[event.trader, event.command_id] = Accepted(event.seq)
        case ConnectionRemoved():
            state.removed.add(event.trader)
        case Cancelled():
            state.status = Status.CANCELLED
            for lot in state.lots.values():
                lot.outcome = Outcome.CANCELLED
        case SaleCancelled():
            state.lots[event.lot].outcome = Outcome.SALE_CANCELLED
        case ReserveReached() | Recovered():
            pass  # told by the bids and the extension; the history alone keeps them
        case _:
            assert_never(event)
    state.seq = event.seq
    state.recent.append(event)


def _apply_bid(state: AuctionState, bid: BidPlaced) -> None:
    lot = state.lots[bid.lot]
    lot.last_offer_cents = bid.amount_cents
    lot.leader = bid.trader
    lot.bids += 1
    lot.offers[bid.trader] = bid.amount_cents
    state.aliases[bid.trader] = bid.alias
    state.declined.discard(bid.trader)  # §5.2.5: a later bid withdraws the refusal
    state.answers[bid.trader, bid.command_id] = Accepted(bid.seq)


def keep(state: AuctionState, kept: KeptAnswer) -> None:
    """Remember an answer that no event carries, for its repetitions (§5.2.4)."""
    assert kept.after_seq <= state.seq, "an answer is kept after what it rests on"
    state.answers[kept.trader, kept.command_id] = kept.refusal or Accepted(None)
