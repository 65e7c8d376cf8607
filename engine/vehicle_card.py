"""A vehicle's card: what it holds, and what may not stand on it as it is (§4.1, §4.5 to §4.7).

Plain values and functions. Where cards are kept, and who may change them, is nobody's business here.
"""

import enum
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from engine.catalogue import folded
from engine.money import Cents, divide_half_up

KINDS: Final = ("passenger", "van", "4x4", "motorcycle", "scooter", "quad", "other")
INSPECTED_KINDS: Final = frozenset({"motorcycle", "scooter", "quad"})
"""§4.6."""
CUSTOM_REQUIRES: Final = (
    "kind",
    "version",
    "trim",
    "body",
    "doors",
    "gearbox",
    "energy",
    "fiscal_power_cv",
    "power_ch",
)
"""§4.7."""
BOUNDS: Final[dict[str, tuple[int, int]]] = {
    "mileage_km": (0, 3_000_000),
    "fiscal_power_cv": (0, 500),
    "power_ch": (0, 3_000),
    "doors": (0, 9),
    "co2_g_per_km": (0, 1_500),
    "battery_health_percent": (0, 100),
    "warranty_months": (0, 240),
}
PRICES: Final = (
    "market_value_cents",
    "sale_price_cents",
    "trade_price_cents",
    "proposed_market_value_cents",
    "proposed_sale_price_cents",
    "proposed_trade_price_cents",
    "staff_price_cents",
)
"""What is empty or more than nothing."""
EARLIEST: Final = date(1886, 1, 29)
"""The day of the first patent for a car."""

# As they are typed, with or without hyphens: since 2009 (AA-123-AA, without I, O, U), before (1234 AB 75), and mopeds'.
_FRENCH_PLATE: Final = re.compile(
    r"[A-HJ-NP-TV-Z]{2}[ -]?[0-9]{3}[ -]?[A-HJ-NP-TV-Z]{2}"
    r"|[0-9]{1,4}[ -]?[A-HJ-NP-TV-Z]{1,3}[ -]?(97[1-8]|2[AB]|[0-9]{2})"
    r"|[A-HJ-NP-TV-Z]{1,2}[ -]?[0-9]{2,3}[ -]?[A-HJ-NP-TV-Z]"
)
_ANY_PLATE: Final = re.compile(r"[A-Z0-9](?:[ -]?[A-Z0-9]){1,11}")
_VIN: Final = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_ELECTRIC: Final = ("ELEC", "HYBRID", "BEV", "PHEV")


class Problem(enum.StrEnum):
    """What is wrong with a field, by its own name."""

    REQUIRED = "required"
    UNKNOWN = "unknown"
    TAKEN = "taken"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_PLATE = "not_a_plate"
    NOT_A_VIN = "not_a_vin"
    IN_THE_FUTURE = "in_the_future"
    TOO_LONG_AGO = "too_long_ago"
    TOO_EARLY = "too_early"
    NOT_ELECTRIC = "not_electric"
    NOT_INSPECTED = "not_inspected"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    IN_CATALOGUE = "in_catalogue"
    WRONG_SUM = "wrong_sum"
    IN_AUCTION = "in_auction"
    RESERVED = "reserved"
    NOT_ON_THE_LINE = "not_on_the_line"


class Fault(Struct, frozen=True):
    """A field of the card, as the card names it, and its problem."""

    field: str
    problem: Problem


class VehicleCard(Struct, frozen=True):
    """A vehicle's card. What is empty is unknown. Money is cents, `…_ht_…` without VAT; sites are ids."""

    make: str
    model: str
    custom_make: bool = False
    version: str = ""
    trim: str = ""
    kind: str = "passenger"
    body: str = ""
    energy: str = ""
    fiscal_power_cv: int | None = None
    power_ch: int | None = None
    doors: int | None = None
    gearbox: str = ""
    co2_g_per_km: int | None = None
    crit_air: str = ""
    colour: str = ""
    interior_colour: str = ""
    plate: str | None = None
    vin: str | None = None
    internal_number: str | None = None
    police_book_number: str | None = None
    first_registration: date | None = None
    mileage_km: int | None = None
    mileage_guaranteed: bool = False
    origin: str = ""
    entered_at: date | None = None
    status: str = "pre_arrival"
    destination: str | None = None
    physical_site_id: int | None = None
    moved_to_site_id: int | None = None
    vat: str = "margin"
    market_value_cents: Cents | None = None
    sale_price_cents: Cents | None = None
    trade_price_cents: Cents | None = None
    proposed_market_value_cents: Cents | None = None
    proposed_sale_price_cents: Cents | None = None
    proposed_trade_price_cents: Cents | None = None
    staff_price_cents: Cents | None = None
    purchase_price_cents: Cents = 0
    planned_costs_ht_cents: Cents = 0
    actual_costs_ht_cents: Cents = 0
    amount_owed_cents: Cents | None = None
    trade_sale_authorised: bool = False
    matched: bool = False
    accident_damaged: bool = False
    running: bool = True
    imported: bool = False
    first_owner: bool = False
    service_book: bool = False
    warranty: str = ""
    warranty_months: int | None = None
    retail_offer: bool = False
    reserved_for_client: str | None = None
    battery_health_percent: int | None = None
    battery_tested_on: date | None = None
    battery_expires_on: date | None = None
    last_inspection_on: date | None = None
    next_inspection_on: date | None = None
    comments: str = ""


class Equipment(Struct, frozen=True):
    """§4.7: equipment of the vehicle's own. The VAT is a rate in hundredths of a per cent: 2000 is 20 %."""

    label: str
    category: str
    price_ht_cents: Cents
    vat_basis_points: int
    price_ttc_cents: Cents


class Repair(Struct, frozen=True):
    """A repair, its cost HT, and the day on which it was done; none: it is to be done."""

    label: str
    cost_ht_cents: Cents | None = None
    done_on: date | None = None


class Contract(Struct, frozen=True):
    """A service contract: its price TTC and its last day."""

    label: str
    price_cents: Cents | None = None
    ends_on: date | None = None


class Defect(Struct, frozen=True):
    """A defect, and what its repair costs HT. A new one has no id yet; its photos hang on its id."""

    name: str
    repair_cost_ht_cents: Cents | None = None
    id: int | None = None


class CardItems(Struct, frozen=True):
    """What a card lists."""

    equipment: tuple[Equipment, ...] = ()
    repairs: tuple[Repair, ...] = ()
    contracts: tuple[Contract, ...] = ()
    defects: tuple[Defect, ...] = ()


def price_ttc(price_ht_cents: Cents, vat_basis_points: int) -> Cents:
    """A price HT with its VAT, half up to the cent."""
    return divide_half_up(price_ht_cents * (10_000 + vat_basis_points), 10_000)


def price_ht(price_ttc_cents: Cents, vat_basis_points: int) -> Cents:
    """A price TTC without its VAT, half up to the cent."""
    return divide_half_up(price_ttc_cents * 10_000, 10_000 + vat_basis_points)


def faults(card: VehicleCard, today: date) -> tuple[Fault, ...]:
    """Everything that may not stand on the card as it is; `today` is the latest day that is not in the future."""
    return (
        *_identity(card),
        *_bounds(card),
        *_dates(card, today),
        *_battery(card),
        *_inspections(card),
        *_custom(card),
    )


def _identity(card: VehicleCard) -> Iterator[Fault]:
    plates = _ANY_PLATE if card.imported else _FRENCH_PLATE  # one that comes from abroad still has its plate
    if card.plate is not None and not plates.fullmatch(card.plate):
        yield Fault("plate", Problem.NOT_A_PLATE)
    if card.vin is not None and not _VIN.fullmatch(card.vin):
        yield Fault("vin", Problem.NOT_A_VIN)
    if card.kind not in KINDS:
        yield Fault("kind", Problem.UNKNOWN)
    if card.destination == "moved" and card.moved_to_site_id is None:
        yield Fault("moved_to_site_id", Problem.REQUIRED)


def _bounds(card: VehicleCard) -> Iterator[Fault]:
    for field, (lowest, highest) in BOUNDS.items():
        value: int | None = getattr(card, field)
        if value is not None and not lowest <= value <= highest:
            yield Fault(field, Problem.OUT_OF_RANGE)
    for price in PRICES:
        if getattr(card, price) == 0:
            yield Fault(price, Problem.OUT_OF_RANGE)


def _dates(card: VehicleCard, today: date) -> Iterator[Fault]:
    for field in ("first_registration", "entered_at", "battery_tested_on", "last_inspection_on"):
        day: date | None = getattr(card, field)
        if day is not None and day > today:
            yield Fault(field, Problem.IN_THE_FUTURE)
        elif day is not None and day < EARLIEST:
            yield Fault(field, Problem.TOO_LONG_AGO)
    for first, then in (
        ("battery_tested_on", "battery_expires_on"),
        ("last_inspection_on", "next_inspection_on"),
    ):
        earlier, later = getattr(card, first), getattr(card, then)
        if earlier is not None and later is not None and later < earlier:
            yield Fault(then, Problem.TOO_EARLY)


def is_electric(energy: str) -> bool:
    """Whether a vehicle of this energy has a battery that drives it: electric, or a hybrid (§4.5)."""
    return any(word in folded(energy) for word in _ELECTRIC)


def _battery(card: VehicleCard) -> Iterator[Fault]:
    if not is_electric(card.energy):
        for field in ("battery_health_percent", "battery_tested_on", "battery_expires_on"):
            if getattr(card, field) is not None:
                yield Fault(field, Problem.NOT_ELECTRIC)


def _inspections(card: VehicleCard) -> Iterator[Fault]:
    if card.kind not in INSPECTED_KINDS:
        for field in ("last_inspection_on", "next_inspection_on"):
            if getattr(card, field) is not None:
                yield Fault(field, Problem.NOT_INSPECTED)


def _custom(card: VehicleCard) -> Iterator[Fault]:
    if card.custom_make:
        for field in CUSTOM_REQUIRES:
            if getattr(card, field) in {None, ""}:
                yield Fault(field, Problem.REQUIRED)


def items_faults(items: CardItems, today: date) -> tuple[Fault, ...]:
    """What may not stand in the card's lists: sums that do not add up, repairs done in the future."""
    return tuple(
        [
            Fault(f"equipment[{place}].price_ttc_cents", Problem.WRONG_SUM)
            for place, own in enumerate(items.equipment)
            if own.price_ttc_cents != price_ttc(own.price_ht_cents, own.vat_basis_points)
            and own.price_ht_cents != price_ht(own.price_ttc_cents, own.vat_basis_points)
        ]
        + [
            Fault(f"repairs[{place}].done_on", Problem.IN_THE_FUTURE)
            for place, repair in enumerate(items.repairs)
            if repair.done_on is not None and repair.done_on > today
        ]
    )
