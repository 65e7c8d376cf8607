"""A vehicle's card as dealers write it in JSON, read into the columns of the book, and why one does not fit (§4.1).

Absent is unchanged, `null` is emptied. Nothing here asks the book or decides a rule: what a card may say is
engine/vehicle_card.py's.
"""

from datetime import date
from typing import Annotated, Any, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import fields

from engine.money import HIGHEST_BID_CENTS, format_amount
from engine.vehicle_card import (
    BOUNDS,
    PRICES,
    Contract,
    Defect,
    Equipment,
    Fault,
    Problem,
    Repair,
    VehicleCard,
    price_ht,
    price_ttc,
)
from persistence.stock.vehicles import CardChange
from server.errors import DoorCode, Reason, Refusal
from server.http.values import EMPTY_OR_LINE, LINE, PROSE, AmountText, Id, Version, read_amount

MOST_ITEMS: Final = 200
_Short: TypeAlias = Annotated[str, Meta(max_length=60, pattern=LINE)]
_Long: TypeAlias = Annotated[str, Meta(max_length=200, pattern=LINE)]
_Prose: TypeAlias = Annotated[str, Meta(max_length=10_000, pattern=PROSE)]
_Maybe: TypeAlias = UnsetType | None
_VAT_RATES: Final = {"20": 2_000, "10": 1_000, "5.5": 550, "2.1": 210, "0": 0}
VatRate: TypeAlias = Literal["20", "10", "5.5", "2.1", "0"]


class BatteryForm(Struct, frozen=True, forbid_unknown_fields=True):
    """§4.5, whole: what is not named is empty."""

    score_percent: int | None = None
    certified_on: date | None = None
    expires_on: date | None = None


class EquipmentForm(Struct, frozen=True, forbid_unknown_fields=True):
    """§4.7: one of the two prices is enough, the other follows from it."""

    label: _Long
    category: Annotated[str, Meta(max_length=60, pattern=EMPTY_OR_LINE)] = ""
    vat_rate: VatRate = "20"
    price_ht: AmountText | None = None
    price_ttc: AmountText | None = None


class RepairForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A repair."""

    label: _Long
    cost_ht: AmountText | None = None
    done_on: date | None = None


class ContractForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A service contract."""

    label: _Long
    price: AmountText | None = None
    ends_on: date | None = None


class DefectForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A defect; with its id it is the one that stands there already, and keeps its photos."""

    name: _Long
    repair_cost_ht: AmountText | None = None
    id: Id | None = None


class CardForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What may be written on a card. Lists are written whole."""

    make: _Short | UnsetType = UNSET
    model: _Short | UnsetType = UNSET
    site: Id | UnsetType = UNSET
    custom_make: bool | UnsetType = UNSET
    version: _Long | _Maybe = UNSET
    trim: _Short | _Maybe = UNSET
    kind: Literal["passenger", "van", "4x4", "motorcycle", "scooter", "quad", "other"] | UnsetType = UNSET
    body: _Short | _Maybe = UNSET
    energy: _Short | _Maybe = UNSET
    fiscal_power_cv: int | _Maybe = UNSET
    power_ch: int | _Maybe = UNSET
    doors: int | _Maybe = UNSET
    gearbox: _Short | _Maybe = UNSET
    co2_g_km: int | _Maybe = UNSET
    crit_air: _Short | _Maybe = UNSET
    colour: _Short | _Maybe = UNSET
    interior_colour: _Short | _Maybe = UNSET
    plate: _Short | _Maybe = UNSET
    vin: _Short | _Maybe = UNSET
    internal_number: _Short | _Maybe = UNSET
    police_book_number: _Short | _Maybe = UNSET
    first_registration: date | _Maybe = UNSET
    mileage_km: int | _Maybe = UNSET
    mileage_guaranteed: bool | UnsetType = UNSET
    origin: _Short | _Maybe = UNSET
    entered_at: date | _Maybe = UNSET
    destination: Literal["private", "trade", "scrap", "moved"] | _Maybe = UNSET
    physical_site: Id | _Maybe = UNSET
    moved_to_site: Id | _Maybe = UNSET
    vat: Literal["margin", "recoverable", "unknown"] | UnsetType = UNSET
    market_value: AmountText | _Maybe = UNSET
    sale_price: AmountText | _Maybe = UNSET
    trade_price: AmountText | _Maybe = UNSET
    proposed_market_value: AmountText | _Maybe = UNSET
    proposed_sale_price: AmountText | _Maybe = UNSET
    proposed_trade_price: AmountText | _Maybe = UNSET
    staff_price: AmountText | _Maybe = UNSET
    purchase_price: AmountText | _Maybe = UNSET
    planned_costs_ht: AmountText | _Maybe = UNSET
    actual_costs_ht: AmountText | _Maybe = UNSET
    amount_owed: AmountText | _Maybe = UNSET
    trade_sale_authorised: bool | UnsetType = UNSET
    accident_damaged: bool | UnsetType = UNSET
    running: bool | UnsetType = UNSET
    imported: bool | UnsetType = UNSET
    first_owner: bool | UnsetType = UNSET
    service_book: bool | UnsetType = UNSET
    warranty: _Long | _Maybe = UNSET
    warranty_months: int | _Maybe = UNSET
    retail_offer: bool | UnsetType = UNSET
    reserved_for_client: _Long | _Maybe = UNSET
    last_inspection_on: date | _Maybe = UNSET
    next_inspection_on: date | _Maybe = UNSET
    comments: _Prose | _Maybe = UNSET
    battery: BatteryForm | _Maybe = UNSET
    equipment: Annotated[tuple[EquipmentForm, ...], Meta(max_length=MOST_ITEMS)] | UnsetType = UNSET
    repairs: Annotated[tuple[RepairForm, ...], Meta(max_length=MOST_ITEMS)] | UnsetType = UNSET
    service_contracts: Annotated[tuple[ContractForm, ...], Meta(max_length=MOST_ITEMS)] | UnsetType = UNSET
    defects: Annotated[tuple[DefectForm, ...], Meta(max_length=MOST_ITEMS)] | UnsetType = UNSET


class NewVehicleForm(CardForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A vehicle that enters at `pre_arrival`; the owning site says whose it is."""

    make: _Short
    model: _Short
    site: Id


class VehicleChangeForm(CardForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What changes; `revision` is the card's as it was read."""

    revision: Version


BATTERY: Final = {
    "score_percent": "battery_health_percent",
    "certified_on": "battery_tested_on",
    "expires_on": "battery_expires_on",
}
_LISTS: Final = frozenset({"equipment", "repairs", "service_contracts", "defects"})
_DEFAULTS: Final[dict[str, Any]] = {
    field.name: field.default for field in fields(VehicleCard) if field.name not in {"make", "model"}
}
_RENAMED: Final = {
    "co2_g_km": "co2_g_per_km",
    "physical_site": "physical_site_id",
    "moved_to_site": "moved_to_site_id",
}


def column_of(name: str) -> str:
    """The column that a member of the card is kept in."""
    column = _RENAMED.get(name, name)
    return f"{column}_cents" if f"{column}_cents" in _DEFAULTS else column


MEMBERS: Final = {
    name: column_of(name) for name in CardForm.__struct_fields__ if name not in {*_LISTS, "battery", "site"}
}
"""The members that are columns."""
_NAMES: Final = {
    **{column: name for name, column in MEMBERS.items()},
    **{column: f"battery.{name}" for name, column in BATTERY.items()},
    "site_id": "site",
}


def read_card(form: CardForm, revision: int | None = None) -> CardChange | Refusal:
    """What the form wishes, in the book's words; refused are amounts beyond what money is here."""
    wrong: list[Fault] = []
    columns: dict[str, Any] = {}
    for name, column in MEMBERS.items():
        value = getattr(form, name)
        if value is UNSET:
            continue
        if value is None:
            columns[column] = _DEFAULTS[column]
        elif column.endswith("_cents"):
            columns[column] = _cents(value, column, wrong)
        elif column in {"plate", "vin"}:
            columns[column] = value.strip().upper()
        else:
            columns[column] = value.strip() if isinstance(value, str) else value
    if form.battery is not UNSET:
        battery = form.battery or BatteryForm()
        columns |= {column: getattr(battery, name) for name, column in BATTERY.items()}
    items = _items(form, wrong)
    if wrong:
        return card_refusal(wrong)
    return CardChange(
        columns=columns, revision=revision, items=items, site_id=None if form.site is UNSET else form.site
    )


def _cents(text: AmountText | None, field: str, wrong: list[Fault]) -> int | None:
    if text is None:
        return None
    cents = read_amount(text, field)
    if isinstance(cents, Refusal):
        wrong.append(Fault(field, Problem.OUT_OF_RANGE))
        return None
    return cents


def _items(form: CardForm, wrong: list[Fault]) -> dict[str, Any]:
    items: dict[str, Any] = {}
    if form.equipment is not UNSET:
        items["equipment"] = tuple(_equipment(own, place, wrong) for place, own in enumerate(form.equipment))
    if form.repairs is not UNSET:
        items["repairs"] = tuple(
            Repair(each.label.strip(), _cents(each.cost_ht, f"repairs[{place}].cost_ht", wrong), each.done_on)
            for place, each in enumerate(form.repairs)
        )
    if form.service_contracts is not UNSET:
        items["contracts"] = tuple(
            Contract(each.label.strip(), _cents(each.price, f"contracts[{place}].price", wrong), each.ends_on)
            for place, each in enumerate(form.service_contracts)
        )
    if form.defects is not UNSET:
        items["defects"] = tuple(
            Defect(each.name.strip(), _cents(each.repair_cost_ht, f"defects[{place}].repair_cost_ht", wrong), each.id)
            for place, each in enumerate(form.defects)
        )
    return items


def _equipment(own: EquipmentForm, place: int, wrong: list[Fault]) -> Equipment:
    vat = _VAT_RATES[own.vat_rate]
    ht = _cents(own.price_ht, f"equipment[{place}].price_ht", wrong)
    ttc = _cents(own.price_ttc, f"equipment[{place}].price_ttc", wrong)
    if own.price_ht is None and own.price_ttc is None:
        wrong.append(Fault(f"equipment[{place}].price_ht", Problem.REQUIRED))
    if ht is None:
        ht = 0 if ttc is None else price_ht(ttc, vat)
    return Equipment(own.label.strip(), own.category.strip(), ht, vat, price_ttc(ht, vat) if ttc is None else ttc)


def vat_rate(basis_points: int) -> str:
    """A rate as it is written: `5.5`."""
    return next(text for text, rate in _VAT_RATES.items() if rate == basis_points)


# ------------------------------------------------------------------------------------------------------- what is wrong

_SENTENCES: Final[dict[Problem, str]] = {
    Problem.REQUIRED: "is needed",
    Problem.UNKNOWN: "is not one of yours",
    Problem.TAKEN: "is another vehicle's of this stock",
    Problem.OUT_OF_RANGE: "must be between {} and {}",
    Problem.NOT_A_PLATE: "must be a plate like AB-123-CD or 1234 AB 75, unless the vehicle is imported",
    Problem.NOT_A_VIN: "must be 17 letters and digits, without I, O and Q",
    Problem.IN_THE_FUTURE: "lies in the future",
    Problem.TOO_LONG_AGO: "lies too long ago",
    Problem.TOO_EARLY: "must not come before the date that it follows",
    Problem.NOT_ELECTRIC: "is for electric and hybrid vehicles",
    Problem.NOT_INSPECTED: "is for motorcycles, scooters and quads",
    Problem.NOT_IN_CATALOGUE: "is not in the catalogue: choose one that is, or say that the make is a custom one",
    Problem.IN_CATALOGUE: "is not needed: the catalogue knows this model",
    Problem.WRONG_SUM: "does not follow from the price without VAT",
    Problem.IN_AUCTION: "cannot be changed while the vehicle is in an auction",
    Problem.RESERVED: "cannot be set while the vehicle is reserved for a trader",
    Problem.NOT_ON_THE_LINE: "has no such status on its life line: change the status first",
}


def member_of(field: str) -> str:
    """How the card in JSON calls a column."""
    if field.startswith("contracts["):
        field = f"service_{field}"
    return _NAMES.get(field, field.removesuffix("_cents"))


def card_refusal(faults: list[Fault] | tuple[Fault, ...]) -> Refusal:
    """Every fault, field by field."""
    told = list(dict.fromkeys(faults))
    return Refusal(
        DoorCode.INVALID,
        "; ".join(f"{member_of(fault.field)}: {sentence_of(fault)}" for fault in told) + ".",
        member_of(told[0].field),
        reasons=tuple(Reason(fault.problem.value, member_of(fault.field)) for fault in told),
    )


def sentence_of(fault: Fault) -> str:
    """What is wrong, without the field's name before it and a full stop behind."""
    return _SENTENCES[fault.problem].format(*_range(fault.field))


def _range(field: str) -> tuple[int | str, int | str]:
    """What a number of the card lies between; what has no bounds of its own is an amount."""
    lowest_cents = 1 if field in PRICES else 0
    return BOUNDS.get(field) or (format_amount(lowest_cents), format_amount(HIGHEST_BID_CENTS))
