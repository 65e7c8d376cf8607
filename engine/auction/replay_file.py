"""A replay file: its shape, and every reason to refuse one (docs/replay.md).

A file that does not fit is refused whole, with one line that names the field. What a bid may
carry although it is wrong (its amount, strangers' names) is left to the rules.
"""

import re
from collections.abc import Callable
from typing import Final, TypeAlias, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from engine.auction.commands import (
    Cancel,
    CancelSale,
    Command,
    Decline,
    PlaceBid,
    RemoveConnection,
)
from engine.auction.terms import (
    DEFAULT_SOFT_CLOSE_SECONDS,
    AuctionTerms,
    Invited,
    Kind,
    LotTerms,
    SoftClose,
    SoftCloseMode,
    VehicleTerms,
)
from engine.instants import SECOND, Instant, Microseconds, NotAnInstant, parse_instant
from engine.money import Cents, NotAnAmount, Vat, parse_amount

LONGEST_SECONDS: Final = 100 * 366 * 86_400
"""No schedule, window or extension is longer than a century."""

_Value = TypeVar("_Value")


class FileRefused(Exception):
    """The file does not fit; `field` is its path (`auction.lots[0].number`), `reason` a phrase."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class Outage(Struct, frozen=True):
    """The service is down from `at` until then."""

    at: Instant
    until: Instant


Step: TypeAlias = Command | Outage


class ReplayFile(Struct, frozen=True):
    """What a file says, read and checked: terms, steps in order, and when to report."""

    terms: AuctionTerms
    steps: tuple[Step, ...]
    until: Instant | None


# The shape ---------------------------------------------------------------------------------------


class _Vehicle(Struct, forbid_unknown_fields=True):
    ref: str
    starting_price: str
    initial_margin: str
    vat: Vat = Vat.MARGIN


class _Lot(Struct, forbid_unknown_fields=True):
    number: int
    vehicles: list[_Vehicle]
    reserve_price: str | None = None


class _SoftClose(Struct, forbid_unknown_fields=True):
    window_seconds: int | float = DEFAULT_SOFT_CLOSE_SECONDS
    extension_seconds: int | float = DEFAULT_SOFT_CLOSE_SECONDS
    mode: SoftCloseMode = SoftCloseMode.ADD


class _Auction(Struct, forbid_unknown_fields=True):
    number: int
    kind: Kind
    starts_at: str
    duration_seconds: int | float
    minimum_increment: str
    audience: list[str]
    lots: list[_Lot]
    soft_close: _SoftClose = msgspec.field(default_factory=_SoftClose)


class _Step(Struct, forbid_unknown_fields=True, tag_field="type"):
    at: str


class _Bid(_Step, tag="bid"):
    id: str
    trader: str
    lot: int
    amount: str


class _Decline(_Step, tag="decline"):
    trader: str


class _RemoveConnection(_Step, tag="remove_connection"):
    trader: str


class _Cancel(_Step, tag="cancel"):
    pass


class _CancelSale(_Step, tag="cancel_sale"):
    lot: int
    reason: str


class _Outage(_Step, tag="outage"):
    until: str


_AnyStep: TypeAlias = _Bid | _Decline | _RemoveConnection | _Cancel | _CancelSale | _Outage


class _File(Struct, forbid_unknown_fields=True):
    auction: _Auction
    commands: list[_AnyStep]
    until: str | UnsetType = UNSET


_DECODER: Final = msgspec.json.Decoder(_File)
_PATH: Final = re.compile(r"(.*?)(?: - at `(?:key in )?\$\.?(.*)`)?", re.DOTALL)
_NAMED_FIELD: Final = re.compile(r"field `([^`]*)`")


def read(raw: bytes) -> ReplayFile:
    """Read a file; raises `FileRefused`."""
    try:
        file = _DECODER.decode(raw)
    except msgspec.ValidationError as error:
        raise _misshapen(str(error)) from None
    except msgspec.DecodeError as error:
        raise FileRefused("file", str(error)) from None
    except UnicodeDecodeError:
        raise FileRefused("file", "not UTF-8") from None
    except RecursionError:
        raise FileRefused("file", "nested too deep") from None
    terms = _terms(file.auction)
    until = None if file.until is UNSET else _instant("until", file.until)
    return ReplayFile(terms, _steps(file.commands), until)


def _misshapen(message: str) -> FileRefused:
    """Turn msgspec's sentence into the field's path and a reason."""
    match = _PATH.fullmatch(message)
    reason, path = (match.group(1), match.group(2) or "") if match else (message, "")
    named = _NAMED_FIELD.search(reason)
    if named:
        path = f"{path}.{named.group(1)}" if path else named.group(1)
    return FileRefused(" ".join(path.split()) or "file", " ".join(reason.split()))


# The values --------------------------------------------------------------------------------------


def _terms(auction: _Auction) -> AuctionTerms:
    starts_at = _instant("auction.starts_at", auction.starts_at)
    duration = _duration("auction.duration_seconds", auction.duration_seconds, positive=True)
    _require(auction.number >= 1, "auction.number", "must be at least 1")
    _require(bool(auction.lots), "auction.lots", "must not be empty")
    if auction.kind is Kind.LOT:
        _require(len(auction.lots) == 1, "auction.lots", "a lot auction has exactly one lot")
    numbers: set[int] = set()
    lots: list[LotTerms] = []
    for index, lot in enumerate(auction.lots):
        path = f"auction.lots[{index}]"
        _require(lot.number >= 1, f"{path}.number", "must be at least 1")
        _require(lot.number not in numbers, f"{path}.number", "is another lot's number")
        numbers.add(lot.number)
        lots.append(_lot(path, lot, auction.kind))
    soft_close = auction.soft_close
    window, extension = soft_close.window_seconds, soft_close.extension_seconds
    return AuctionTerms(
        number=auction.number,
        kind=auction.kind,
        starts_at=starts_at,
        ends_at=starts_at + duration,
        minimum_increment_cents=_amount("auction.minimum_increment", auction.minimum_increment, lowest=1),
        audience=tuple(Invited(name, name) for name in dict.fromkeys(auction.audience)),
        lots=tuple(lots),
        soft_close=SoftClose(
            _duration("auction.soft_close.window_seconds", window),
            _duration("auction.soft_close.extension_seconds", extension),
            soft_close.mode,
        ),
    )


def _lot(path: str, lot: _Lot, kind: Kind) -> LotTerms:
    _require(bool(lot.vehicles), f"{path}.vehicles", "must not be empty")
    if kind is Kind.UNIT:
        one = len(lot.vehicles) == 1
        _require(one, f"{path}.vehicles", "a unit auction has exactly one vehicle per lot")
    reserve = lot.reserve_price
    vehicles = tuple(
        VehicleTerms(
            vehicle.ref,
            _amount(f"{path}.vehicles[{index}].starting_price", vehicle.starting_price, lowest=1),
            _amount(f"{path}.vehicles[{index}].initial_margin", vehicle.initial_margin, lowest=None),
            vehicle.vat,
        )
        for index, vehicle in enumerate(lot.vehicles)
    )
    reserve_cents = None if reserve is None else _amount(f"{path}.reserve_price", reserve, lowest=0)
    return LotTerms(lot.number, vehicles, reserve_cents)


def _steps(steps: list[_AnyStep]) -> tuple[Step, ...]:
    """The commands, in order of `at` and none inside an outage (at its end is allowed)."""
    taken: list[Step] = []
    not_before: Instant | None = None
    down_until: Instant | None = None
    for index, step in enumerate(steps):
        path = f"commands[{index}]"
        at = _instant(f"{path}.at", step.at)
        _require(not_before is None or at >= not_before, f"{path}.at", "is out of order")
        outside = down_until is None or at >= down_until
        _require(outside, f"{path}.at", "lies inside an outage")
        not_before = at
        if isinstance(step, _Outage):
            down_until = _instant(f"{path}.until", step.until)
            _require(down_until > at, f"{path}.until", "must be later than `at`")
            taken.append(Outage(at, down_until))
        else:
            taken.append(_command(step, at))
    return tuple(taken)


def _command(step: _Bid | _Decline | _RemoveConnection | _Cancel | _CancelSale, at: Instant) -> Command:
    match step:
        case _Bid():
            return PlaceBid(at, step.trader, step.id, step.lot, step.amount)
        case _Decline():
            return Decline(at, step.trader)
        case _RemoveConnection():
            return RemoveConnection(at, step.trader)
        case _CancelSale():
            return CancelSale(at, step.lot, step.reason)
        case _Cancel():
            return Cancel(at)


def _require(fits: bool, path: str, reason: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not fits:
        raise FileRefused(path, reason)


def _parsed(path: str, text: str, parse: Callable[[str], _Value], reason: str) -> _Value:
    try:
        return parse(text)
    except (NotAnInstant, NotAnAmount):
        raise FileRefused(path, reason) from None


def _instant(path: str, text: str) -> Instant:
    return _parsed(path, text, parse_instant, "must be a UTC time like 2023-12-12T15:26:00Z")


def _amount(path: str, text: str, *, lowest: Cents | None) -> Cents:
    cents = _parsed(path, text, parse_amount, 'must be an amount with two decimals like "100.00"')
    if lowest is not None:
        reason = "must not be negative" if lowest == 0 else "must be positive"
        _require(cents >= lowest and not text.startswith("-"), path, reason)
    return cents


def _duration(path: str, seconds: float, *, positive: bool = False) -> Microseconds:
    """Seconds, to the microsecond: a decimal number of a file becomes a whole number here."""
    reason = "must be positive" if positive else "must not be negative"
    _require(seconds > 0 or (seconds == 0 and not positive), path, reason)
    _require(seconds <= LONGEST_SECONDS, path, "must be a century at most")
    exact = isinstance(seconds, int) or float(f"{seconds:.6f}") == seconds
    _require(exact, path, "must be whole microseconds")
    return round(seconds * SECOND)
