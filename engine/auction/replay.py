"""An auction as a file: run it in virtual time through the rules that serve live auctions.

No database, no clock, no network: the same file always gives the same bytes (docs/replay.md).
"""

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from msgspec import UNSET, Struct, UnsetType

from engine.auction.apply import apply, keep
from engine.auction.commands import (
    Cancel,
    CancelSale,
    Command,
    Decline,
    PlaceBid,
    Recover,
    Tick,
)
from engine.auction.decide import Decision, decide
from engine.auction.refusals import Refused
from engine.auction.replay_file import FileRefused, Outage, ReplayFile, read
from engine.auction.replay_history import Line, history_line
from engine.auction.state import AuctionState, LotState, Status, next_deadline, published
from engine.auction.synthesis import lot_figures, synthesis
from engine.auction.views import SynthesisView, minimum_next_bid, optional_amount, synthesis_view
from engine.instants import format_instant
from engine.money import format_amount

if TYPE_CHECKING:
    from engine.auction.events import AnyEvent

_Answered: TypeAlias = PlaceBid | Decline | Cancel | CancelSale


class Answer(Struct, frozen=True):
    """What one command was told; a bid's answer carries its `id`."""

    id: str | UnsetType = UNSET
    accepted: bool = True
    code: str | UnsetType = UNSET
    minimum: str | UnsetType = UNSET
    duplicate: bool | UnsetType = UNSET


class ReportedVehicle(Struct, frozen=True):
    """A vehicle's share of the last offer, `None` without one."""

    ref: str
    price: str | None


class ReportedLot(Struct, frozen=True):
    """A lot as the report shows it."""

    number: int
    starting_price: str
    reserve_price: str | None
    last_offer: str | None
    leader: str | None
    bids: int
    reserve_reached: bool | None
    minimum_next_bid: str | None
    gain: str
    gain_ht: str
    margin: str
    outcome: str | None
    winner: str | None
    vehicles: tuple[ReportedVehicle, ...]


class Report(Struct, frozen=True):
    """What happened, in the order in which it is printed."""

    answers: tuple[Answer, ...]
    status: str
    starts_at: str
    ends_at: str
    synthesis: SynthesisView
    lots: tuple[ReportedLot, ...]
    history: tuple[Line, ...]


class Replay:
    """One file being run: the state, and what was said and done so far."""

    def __init__(self, file: ReplayFile) -> None:
        self.state = published(file.terms)
        self.events: list[AnyEvent] = []
        self.answers: list[Answer] = []
        self._file = file

    def run(self) -> None:
        """Take every step that is due, then let the clock run on."""
        until = self._file.until
        for step in self._file.steps:
            if until is not None and step.at > until:
                break
            self._take(Tick(step.at))
            if isinstance(step, Outage):
                if until is not None and until < step.until:
                    self._stand_still(until)
                    return
                self._take(Recover(step.until, step.at))
            else:
                decision = self._take(step)
                if isinstance(step, _Answered):
                    self.answers.append(_answer(step, decision))
        self._run_on()

    def _run_on(self) -> None:
        until = self._file.until
        if until is not None:
            self._take(Tick(until))
            return
        while (deadline := next_deadline(self.state)) is not None:
            self._take(Tick(deadline))

    def _stand_still(self, until: int) -> None:
        """Inside an outage nothing happens but the start, which needs nobody."""
        starts_at = self._file.terms.starts_at
        if self.state.status is Status.SCHEDULED and starts_at <= until:
            self._take(Tick(starts_at))

    def _take(self, command: Command) -> Decision:
        decision = decide(self.state, command)
        for event in decision.events:
            apply(self.state, event)
        if decision.kept is not None:
            keep(self.state, decision.kept)
        self.events.extend(decision.events)
        return decision

    def report(self) -> Report:
        """What there is to print."""
        state = self.state
        return Report(
            answers=tuple(self.answers),
            status=state.status,
            starts_at=format_instant(state.terms.starts_at),
            ends_at=format_instant(state.ends_at),
            synthesis=synthesis_view(synthesis(state)),
            lots=tuple(_lot(state, lot) for lot in state.lots.values()),
            history=tuple(history_line(state, event) for event in self.events),
        )


def replay(raw: bytes) -> bytes:
    """Run a file and give the report as it is printed; raises `FileRefused`."""
    run = Replay(read(raw))
    try:
        run.run()
        report: Any = msgspec.to_builtins(run.report())
    except OverflowError:
        raise FileRefused("auction", "runs past the year 9999") from None
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def _answer(command: _Answered, decision: Decision) -> Answer:
    bid_id = command.id if isinstance(command, PlaceBid) else UNSET
    duplicate = True if decision.duplicate else UNSET
    answer = decision.answer
    if not isinstance(answer, Refused):
        return Answer(id=bid_id, duplicate=duplicate)
    minimum = UNSET if answer.minimum_cents is None else format_amount(answer.minimum_cents)
    return Answer(bid_id, accepted=False, code=answer.code, minimum=minimum, duplicate=duplicate)


def _lot(state: AuctionState, lot: LotState) -> ReportedLot:
    """A trader's key is its name here: a file knows traders by name alone."""
    figures = lot_figures(lot)
    vehicles = lot.terms.vehicles
    prices = figures.prices_cents or (None,) * len(vehicles)
    return ReportedLot(
        number=lot.terms.number,
        starting_price=format_amount(lot.starting_price_cents),
        reserve_price=optional_amount(lot.terms.reserve_price_cents),
        last_offer=optional_amount(lot.last_offer_cents),
        leader=lot.leader,
        bids=lot.bids,
        reserve_reached=lot.reserve_reached,
        minimum_next_bid=minimum_next_bid(state, lot),
        gain=format_amount(figures.gain_cents),
        gain_ht=format_amount(figures.gain_ht_cents),
        margin=format_amount(figures.margin_cents),
        outcome=lot.outcome,
        winner=lot.winner,
        vehicles=tuple(
            ReportedVehicle(vehicle.ref, optional_amount(price))
            for vehicle, price in zip(vehicles, prices, strict=True)
        ),
    )
