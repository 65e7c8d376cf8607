"""decide reads: a command becomes an answer and the events that would make it so.

Nothing is written here and no clock is asked: time is the command's `at`. Whoever calls ticks the
auction up to that instant first, so that what is due by then has happened.
"""

from typing import assert_never

from msgspec import Struct

from engine.auction.commands import (
    Cancel,
    CancelSale,
    Command,
    Decline,
    PlaceBid,
    Recover,
    RemoveConnection,
    Tick,
)
from engine.auction.events import (
    AnyEvent,
    BidPlaced,
    Cancelled,
    ConnectionRemoved,
    Declined,
    Ended,
    Extended,
    ExtensionCause,
    LotDecided,
    Outcome,
    Recovered,
    ReserveReached,
    SaleCancelled,
    Started,
)
from engine.auction.refusals import Accepted, KeptAnswer, RefusalCode, Refused
from engine.auction.state import Answer, AuctionState, LotState, Status, next_deadline
from engine.auction.terms import SoftCloseMode
from engine.instants import Instant
from engine.money import Cents, parse_bid


class Decision(Struct, frozen=True, gc=False):
    """The answer, the events to apply and store, and the answer to keep where no event does."""

    answer: Answer
    events: tuple[AnyEvent, ...] = ()
    kept: KeptAnswer | None = None
    duplicate: bool = False

    @property
    def writes(self) -> bool:
        """Whether anything must be stored before this may be spoken of."""
        return bool(self.events) or self.kept is not None


def decide(state: AuctionState, command: Command) -> Decision:
    """Answer a command; the state is not changed.

    Except for `Tick` and `Recover`, whatever is due by `command.at` must have been applied.
    """
    match command:
        case PlaceBid():
            return _place_bid(state, command)
        case Tick():
            return Decision(Accepted(), _due(state, command.at))
        case Decline():
            return _decline(state, command)
        case RemoveConnection():
            return _remove_connection(state, command)
        case Cancel():
            return _cancel(state, command)
        case CancelSale():
            return _cancel_sale(state, command)
        case Recover():
            return Decision(Accepted(), _recover(state, command))
        case _:
            assert_never(command)


# Bidding (§5.2, §5.3) ---------------------------------------------------------------------------


def _place_bid(state: AuctionState, bid: PlaceBid) -> Decision:
    first_answer = state.answers.get((bid.trader, bid.id))
    if first_answer is not None:  # §5.2.4, before any other check
        return Decision(first_answer, duplicate=True)
    lot = state.lots.get(bid.lot)
    amount_cents = parse_bid(bid.amount)
    refusal = _refusal_of_bid(state, bid, lot, amount_cents)
    if refusal is not None:
        return Decision(refusal, kept=_kept(state, bid, bid.id, refusal))
    assert lot is not None and amount_cents is not None
    return Decision(Accepted(state.seq + 1), _bid_events(state, bid, lot, amount_cents))


def _refusal_of_bid(
    state: AuctionState, bid: PlaceBid, lot: LotState | None, amount_cents: Cents | None
) -> Refused | None:
    """The first reason that applies, in the order of `RefusalCode` (§5.2.1 to §5.2.3)."""
    if state.status is Status.CANCELLED:
        return Refused(RefusalCode.CLOSED)
    if bid.at < state.terms.starts_at:
        return Refused(RefusalCode.NOT_STARTED)
    if bid.at >= state.ends_at:
        return Refused(RefusalCode.CLOSED)
    if lot is None:
        return Refused(RefusalCode.UNKNOWN_LOT)
    if not state.may_bid(bid.trader):
        return Refused(RefusalCode.NOT_INVITED)
    if amount_cents is None:
        return Refused(RefusalCode.INVALID_AMOUNT)
    minimum_cents = state.minimum_cents(lot)
    if amount_cents < minimum_cents:
        return Refused(RefusalCode.BELOW_MINIMUM, minimum_cents)
    return None


def _bid_events(state: AuctionState, bid: PlaceBid, lot: LotState, amount_cents: Cents) -> tuple[AnyEvent, ...]:
    """The bid, the reserve it reaches and the extension it causes, in this order."""
    assert state.status is Status.OPEN, "what is due must be applied before a bid is decided"
    seq = state.seq + 1
    alias = state.aliases.get(bid.trader) or len(state.aliases) + 1  # §1.4: in order of first bids
    placed = BidPlaced(seq, bid.at, bid.lot, bid.trader, bid.id, alias, amount_cents)
    new_end = _end_after_bid(state, bid.at)
    reserve = lot.terms.reserve_price_cents
    reaches_reserve = reserve is not None and not lot.reserve_reached and amount_cents >= reserve
    if not reaches_reserve and new_end == state.ends_at:
        return (placed,)
    events: list[AnyEvent] = [placed]
    if reaches_reserve:
        seq += 1
        events.append(ReserveReached(seq, bid.at, bid.lot))
    if new_end > state.ends_at:
        late = ExtensionCause.LATE_BID
        events.append(Extended(seq + 1, bid.at, late, state.ends_at, new_end))
    return tuple(events)


def _end_after_bid(state: AuctionState, at: Instant) -> Instant:
    """§5.3.1 to §5.3.3: a bid in the window moves the end, never to an earlier instant."""
    soft_close = state.terms.soft_close
    if state.ends_at - at > soft_close.window_microseconds:
        return state.ends_at
    match soft_close.mode:
        case SoftCloseMode.ADD:
            return state.ends_at + soft_close.extension_microseconds
        case SoftCloseMode.RESET:
            return max(state.ends_at, at + soft_close.extension_microseconds)
        case _:
            assert_never(soft_close.mode)


def _decline(state: AuctionState, decline: Decline) -> Decision:
    """§5.2.5. A trader that has declined already is told yes and nothing is written."""
    if decline.id is not None:
        first_answer = state.answers.get((decline.trader, decline.id))
        if first_answer is not None:
            return Decision(first_answer, duplicate=True)
    refusal: Refused | None = None
    if state.is_over or decline.at >= state.ends_at:
        refusal = Refused(RefusalCode.CLOSED)
    elif not state.may_bid(decline.trader):
        refusal = Refused(RefusalCode.NOT_INVITED)
    if refusal is None and decline.trader not in state.declined:
        seq = state.seq + 1
        return Decision(Accepted(seq), (Declined(seq, decline.at, decline.trader, decline.id),))
    kept = None if decline.id is None else _kept(state, decline, decline.id, refusal)
    return Decision(refusal or Accepted(), kept=kept)


def _kept(state: AuctionState, command: PlaceBid | Decline, command_id: str, refusal: Refused | None) -> KeptAnswer:
    lot, amount = (command.lot, command.amount) if isinstance(command, PlaceBid) else (None, None)
    return KeptAnswer(command.at, command.trader, command_id, state.seq, refusal, lot, amount)


# What the dealer does ---------------------------------------------------------------------------


def _remove_connection(state: AuctionState, removal: RemoveConnection) -> Decision:
    """§2.4: at any time; nothing to write for a stranger or a second removal."""
    if removal.trader not in state.names or removal.trader in state.removed:
        return Decision(Accepted())
    seq = state.seq + 1
    return Decision(Accepted(seq), (ConnectionRemoved(seq, removal.at, removal.trader),))


def _cancel(state: AuctionState, cancel: Cancel) -> Decision:
    """§5.1.4: until the start, or while there is no bid."""
    if state.is_over or cancel.at >= state.ends_at:
        return Decision(Refused(RefusalCode.CLOSED))
    if state.has_bids:
        return Decision(Refused(RefusalCode.HAS_BIDS))
    seq = state.seq + 1
    return Decision(Accepted(seq), (Cancelled(seq, cancel.at),))


def _cancel_sale(state: AuctionState, command: CancelSale) -> Decision:
    """§5.4.5: only a won lot whose sale stands."""
    lot = state.lots.get(command.lot)
    if lot is None:
        return Decision(Refused(RefusalCode.UNKNOWN_LOT))
    if lot.outcome is not Outcome.WON:
        return Decision(Refused(RefusalCode.NOT_WON))
    seq = state.seq + 1
    return Decision(Accepted(seq), (SaleCancelled(seq, command.at, command.lot, command.reason),))


# What the clock does ----------------------------------------------------------------------------


def _due(state: AuctionState, at: Instant) -> tuple[AnyEvent, ...]:
    """The start and the end, each at its own instant, as far as they are due by `at` (§5.4.1)."""
    deadline = next_deadline(state)
    if deadline is None or at < deadline:
        return ()
    events: list[AnyEvent] = []
    seq = state.seq
    if state.status is Status.SCHEDULED:
        seq += 1
        events.append(Started(seq, state.terms.starts_at))
    if at >= state.ends_at:
        seq += 1
        events.append(Ended(seq, state.ends_at))
        for lot in state.lots.values():
            seq += 1
            events.append(_decided(seq, state.ends_at, lot))
    return tuple(events)


def _decided(seq: int, at: Instant, lot: LotState) -> LotDecided:
    """§5.4.1: no lot is ever awarded by hand."""
    number = lot.terms.number
    if lot.last_offer_cents is None:
        return LotDecided(seq, at, number, Outcome.NO_BIDS)
    if not lot.reserve_reached:
        return LotDecided(seq, at, number, Outcome.RESERVE_NOT_REACHED)
    return LotDecided(seq, at, number, Outcome.WON, lot.leader, lot.last_offer_cents)


def _recover(state: AuctionState, recovery: Recover) -> tuple[AnyEvent, ...]:
    """§5.3.4: an outage that overlaps [start, end) gives everyone at least the window again."""
    overlaps = recovery.down_from < state.ends_at and recovery.at > state.terms.starts_at
    if state.is_over or not overlaps:
        return ()
    events: list[AnyEvent] = []
    seq = state.seq
    if state.status is Status.SCHEDULED:
        seq += 1
        events.append(Started(seq, state.terms.starts_at))
    seq += 1
    events.append(Recovered(seq, recovery.at, recovery.down_from, recovery.at))
    new_end = recovery.at + state.terms.soft_close.window_microseconds
    if new_end > state.ends_at:
        outage = ExtensionCause.OUTAGE
        events.append(Extended(seq + 1, recovery.at, outage, state.ends_at, new_end))
    return tuple(events)
