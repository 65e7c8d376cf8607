"""Auctions told as tables: one command a line, what came of it at the line's end.

A story is read by people first. Time counts from the auction's start (`mm:ss`, fractions allowed, `-` before it); what
is due by a line's time happens before it, as in the house. Nothing here knows a rule: it runs `decide` and `apply`,
and writes down what they say.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.auction.apply import apply, keep
from engine.auction.commands import Cancel, CancelSale, Command, Decline, PlaceBid, Recover, RemoveConnection, Tick
from engine.auction.decide import Decision, decide
from engine.auction.events import AnyEvent, Ended, Extended, LotDecided, Recovered, ReserveReached, Started
from engine.auction.refusals import Refused
from engine.auction.state import AuctionState, published
from engine.auction.terms import AuctionTerms, Invited, Kind, LotTerms, SoftClose, SoftCloseMode, VehicleTerms
from engine.instants import SECOND, Instant, parse_instant
from engine.money import Vat, format_amount, parse_amount

START = parse_instant("2024-03-04T12:00:00Z")
AUDIENCE = ("Anna", "Bea", "Cleo")

COMMANDS = {
    "bid": re.compile(r"(?P<trader>\w+) bids (?P<amount>\S+) on (?P<lot>\d+)(?: as (?P<id>\w+))?"),
    "decline": re.compile(r"(?P<trader>\w+) declines(?: as (?P<id>\w+))?"),
    "removal": re.compile(r"(?P<trader>\w+) is removed"),
    "cancel": re.compile(r"cancel"),
    "cancel_sale": re.compile(r"cancel sale of (?P<lot>\d+)"),
    "outage": re.compile(r"back after an outage from (?P<start>\S+)"),
    "clock": re.compile(r"clock"),
}


def vehicle(ref: str, starting_price: str, *, margin: str = "0.00", vat: Vat = Vat.MARGIN) -> VehicleTerms:
    return VehicleTerms(ref, parse_amount(starting_price), parse_amount(margin), vat)


def lot(number: int, starting_price: str, reserve: str | None = None, *vehicles: VehicleTerms) -> LotTerms:
    """A lot of one vehicle at that price, unless its vehicles are given."""
    reserve_cents = None if reserve is None else parse_amount(reserve)
    terms = LotTerms(number, vehicles or (vehicle(f"V{number}", starting_price),), reserve_cents)
    assert terms.starting_price_cents == parse_amount(starting_price), "the vehicles' prices add up to the lot's"
    return terms


def auction(
    *lots: LotTerms,
    minutes: int = 10,
    increment: str = "100.00",
    window: int = 180,
    extension: int = 180,
    mode: SoftCloseMode = SoftCloseMode.ADD,
) -> AuctionTerms:
    """An auction of ten minutes and Anna, Bea and Cleo, unless told otherwise; window and extension in seconds."""
    kind = Kind.UNIT if all(len(each.vehicles) == 1 for each in lots) else Kind.LOT
    return AuctionTerms(
        number=45,
        kind=kind,
        starts_at=START,
        ends_at=START + minutes * 60 * SECOND,
        minimum_increment_cents=parse_amount(increment),
        audience=tuple(Invited(name, name) for name in AUDIENCE),
        lots=lots,
        soft_close=SoftClose(window * SECOND, extension * SECOND, mode),
    )


@dataclass
class Story:
    """An auction being told: its state, everything that happened, and ids for bids that name none."""

    terms: AuctionTerms
    state: AuctionState = field(init=False)
    events: list[AnyEvent] = field(default_factory=list)
    _ids: int = 0

    def __post_init__(self) -> None:
        self.state = published(self.terms)

    def tell(self, table: str) -> "Story":
        """Take every line, and compare what came of it with what the line says."""
        told = [line.strip() for line in table.strip().splitlines()]
        happened = [self._line(line) for line in told]
        assert happened == [_normal(line) for line in told]
        return self

    def take(self, command: Command) -> Decision:
        """What is due by then, then the command."""
        if not isinstance(command, Tick):
            self.take(Tick(command.down_from if isinstance(command, Recover) else command.at))
        return self.settle(command)

    def settle(self, command: Command) -> Decision:
        """The command alone: decided, applied, kept."""
        decision = decide(self.state, command)
        for event in decision.events:
            apply(self.state, event)
        if decision.kept is not None:
            keep(self.state, decision.kept)
        self.events.extend(decision.events)
        return decision

    def _line(self, line: str) -> str:
        when, what = line.partition("→")[0].split(maxsplit=1)
        what = what.strip()
        decision = self.take(self._command(at(when), what))
        return _normal(f"{when} {what} → {', '.join(_outcome(what, decision))}")

    def _command(self, when: Instant, what: str) -> Command:
        for name, pattern in COMMANDS.items():
            if match := pattern.fullmatch(what):
                return self._made(name, when, match.groupdict())
        raise AssertionError(f"a line that says nothing: {what}")

    def _made(self, name: str, when: Instant, said: dict[str, str | None]) -> Command:
        trader, number = said.get("trader") or "", int(said.get("lot") or 0)
        match name:
            case "bid":
                self._ids += 1
                return PlaceBid(when, trader, said["id"] or f"id{self._ids}", number, said["amount"] or "")
            case "decline":
                return Decline(when, trader, said["id"])
            case "removal":
                return RemoveConnection(when, trader)
            case "cancel":
                return Cancel(when)
            case "cancel_sale":
                return CancelSale(when, number, "the buyer withdrew")
            case "outage":
                return Recover(when, at(said["start"] or ""))
            case _:
                return Tick(when)


def at(clock: str) -> Instant:
    """`mm:ss` from the start, with fractions, `-` before it."""
    minutes, seconds = clock.removeprefix("-").split(":")
    whole, _, fraction = seconds.partition(".")
    elapsed = (int(minutes) * 60 + int(whole)) * SECOND + int(fraction.ljust(6, "0") or 0)
    return START - elapsed if clock.startswith("-") else START + elapsed


def clock(instant: Instant) -> str:
    """`at`, the other way."""
    seconds, fraction = divmod(abs(instant - START), SECOND)
    text = f"{seconds // 60:02}:{seconds % 60:02}" + (f".{fraction:06}".rstrip("0") if fraction else "")
    return text if instant >= START else f"-{text}"


def _outcome(what: str, decision: Decision) -> Iterable[str]:
    """The answer, then what happened beside the command itself."""
    if decision.duplicate:
        yield "again"
    answer = decision.answer
    if isinstance(answer, Refused):
        yield answer.code if answer.minimum_cents is None else f"{answer.code} {format_amount(answer.minimum_cents)}"
    elif not what.startswith(("clock", "back")):
        yield "yes" if decision.events or decision.duplicate else "yes, nothing new"
    yield from (said for event in decision.events if (said := _said(event)))


def _said(event: AnyEvent) -> str:
    match event:
        case Extended(new_end=new_end):
            return f"extended to {clock(new_end)}"
        case LotDecided(winner=str(winner), price_cents=int(price)):
            return f"{event.lot} won by {winner} at {format_amount(price)}"
        case LotDecided():
            return f"{event.lot} {event.outcome}"
        case Started() | Ended() | Recovered() | ReserveReached():
            return str(event.__struct_config__.tag)
        case _:
            return ""


def _normal(line: str) -> str:
    return " ".join(line.split()).removesuffix("→").strip()
