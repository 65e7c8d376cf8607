"""A vehicle's card in JSON as its own dealers read it: everything, and where the vehicle stands (§4.1 to §4.7).

No trader ever gets this; what a trader sees of a vehicle is vehicle_cards.py's.
"""

from datetime import date
from typing import Any, Final

from msgspec import Struct

from engine.instants import SECOND, Instant, day_of, format_instant
from engine.life_line import STANDARD_LINE, StockRules, days_in_stock, hindrance, is_over_target, missing_at
from engine.money import format_amount
from engine.stock import VehicleStatus, is_saleable, missing_conditions
from persistence.stock.cards import StoredVehicle, candidate
from persistence.stock.vehicles import FullCard
from server.http.stock.card_forms import BATTERY, MEMBERS, member_of, vat_rate
from server.http.stock.vehicle_cards import file_address, photo_address
from server.http.values import amount
from server.http.words import DestinationWord, MissingWord, VatWord, VehicleKindWord

_AHEAD_SECONDS: Final = 14 * 3_600
"""The furthest that a clock on earth is ahead of UTC."""


def latest_day(now: Instant) -> date:
    """The latest day that is not in the future, wherever somebody types it."""
    return day_of(now + _AHEAD_SECONDS * SECOND)


class BatterySheet(Struct, frozen=True):
    """§4.5."""

    score_percent: int | None
    certified_on: date | None
    expires_on: date | None
    certificate: str | None = None


class EquipmentSheet(Struct, frozen=True):
    """§4.7. The VAT rate is in per cent."""

    label: str
    category: str
    price_ht: str
    vat_rate: str
    price_ttc: str


class RepairSheet(Struct, frozen=True):
    """A repair; without a day it is to be done."""

    label: str
    cost_ht: str | None
    done_on: date | None


class ContractSheet(Struct, frozen=True):
    """A service contract."""

    label: str
    price: str | None
    ends_on: date | None


class DefectSheet(Struct, frozen=True):
    """A defect."""

    id: int
    name: str
    repair_cost_ht: str | None


class VehicleSheet(Struct, frozen=True, kw_only=True):
    """A whole card. `status` may be one that the entity has added; `may_move_to` are those that a hand may choose, and
    `entry_lacks` the members that physical entry and all that follows it still ask for.

    `over_target`: in stock for longer than the entity wants; it `asks_reason` unless one is given or it is muted.
    """

    id: int
    revision: int
    ref: str
    entity: int
    entity_name: str
    site: int
    site_name: str
    physical_site_name: str | None
    moved_to_site_name: str | None
    status: str
    may_move_to: tuple[str, ...]
    entry_lacks: tuple[str, ...]
    saleable: bool
    publishable: bool
    missing: tuple[MissingWord, ...]
    auction: int | None
    reserved: bool
    reserved_for: str | None
    reserved_for_trader: int | None
    days_in_stock: int | None
    over_target: bool
    asks_reason: bool
    stock_reason: str
    muted: bool
    sale_price_changed_at: str | None
    matched: bool
    make: str
    model: str
    custom_make: bool
    version: str
    trim: str
    kind: VehicleKindWord
    body: str
    energy: str
    fiscal_power_cv: int | None
    power_ch: int | None
    doors: int | None
    gearbox: str
    co2_g_km: int | None
    crit_air: str
    colour: str
    interior_colour: str
    plate: str | None
    vin: str | None
    internal_number: str | None
    police_book_number: str | None
    first_registration: date | None
    mileage_km: int | None
    mileage_guaranteed: bool
    origin: str
    entered_at: date | None
    destination: DestinationWord | None
    physical_site: int | None
    moved_to_site: int | None
    vat: VatWord
    market_value: str | None
    sale_price: str | None
    trade_price: str | None
    proposed_market_value: str | None
    proposed_sale_price: str | None
    proposed_trade_price: str | None
    staff_price: str | None
    purchase_price: str
    planned_costs_ht: str
    actual_costs_ht: str
    amount_owed: str | None
    trade_sale_authorised: bool
    accident_damaged: bool
    running: bool
    imported: bool
    first_owner: bool
    service_book: bool
    warranty: str
    warranty_months: int | None
    retail_offer: bool
    reserved_for_client: str | None
    last_inspection_on: date | None
    next_inspection_on: date | None
    comments: str
    battery: BatterySheet | None
    equipment: tuple[EquipmentSheet, ...]
    repairs: tuple[RepairSheet, ...]
    service_contracts: tuple[ContractSheet, ...]
    defects: tuple[DefectSheet, ...]
    photos: tuple[str, ...]


def sheet_of(card: FullCard, rules: StockRules, now: Instant) -> VehicleSheet:
    """The card as it is at `now`."""
    stored, asked = card.vehicle, candidate(card.vehicle)
    released_on = None if stored.released_at is None else day_of(stored.released_at)
    days = days_in_stock(stored.entered_at, day_of(now), released_on)
    over = is_over_target(days, rules) and not rules.line(stored.destination).has_left(stored.status)
    certificate = None if stored.certificate_id is None else file_address(stored.id, stored.certificate_id)
    battery = BatterySheet(
        **{name: getattr(stored, column) for name, column in BATTERY.items()}, certificate=certificate
    )
    changed_at = stored.sale_price_changed_at
    return VehicleSheet(
        **_members(stored),
        id=stored.id,
        revision=stored.revision,
        ref=stored.ref,
        entity=stored.entity_id,
        entity_name=stored.entity,
        site=stored.site_id,
        site_name=stored.site,
        physical_site_name=stored.physical_site,
        moved_to_site_name=stored.moved_to_site,
        status=stored.status,
        may_move_to=_may_move_to(card, rules),
        entry_lacks=tuple(map(member_of, missing_at(STANDARD_LINE, VehicleStatus.PHYSICAL_ENTRY, stored))),
        saleable=is_saleable(asked.status, rules.sale, past_status=asked.past_status),
        publishable=rules.is_publishable(stored.destination, stored.status),
        missing=tuple(condition.value for condition in missing_conditions(asked, rules.sale)),
        auction=stored.busy_auction_id,
        reserved=asked.reserved,
        reserved_for=stored.reserved_for or stored.reserved_for_client,
        reserved_for_trader=stored.reserved_for_trader_id,
        days_in_stock=days,
        over_target=over,
        asks_reason=over and not stored.stock_muted and not stored.stock_reason,
        stock_reason=stored.stock_reason,
        muted=stored.stock_muted,
        sale_price_changed_at=None if changed_at is None else format_instant(changed_at),
        matched=stored.matched,
        photos=tuple(photo_address(stored.id, photo_id) for photo_id in stored.photo_ids),
        battery=None if battery == BatterySheet(None, None, None) else battery,
        **_lists(card),
    )


def _members(stored: StoredVehicle) -> dict[str, Any]:
    """The columns that a form writes, as it writes them."""
    return {name: _shown(column, getattr(stored, column)) for name, column in MEMBERS.items()}


def _shown(column: str, value: Any) -> Any:
    return format_amount(value) if column.endswith("_cents") and value is not None else value


def _may_move_to(card: FullCard, rules: StockRules) -> tuple[str, ...]:
    line, standing = rules.line(card.vehicle.destination), card.standing
    return tuple(
        status
        for status in line.statuses
        if status != standing.status
        and hindrance(line, standing, status, by_hand=rules.leave_sales_stock_by_hand) is None
    )


def _lists(card: FullCard) -> dict[str, Any]:
    items = card.items
    return {
        "equipment": tuple(
            EquipmentSheet(
                own.label,
                own.category,
                format_amount(own.price_ht_cents),
                vat_rate(own.vat_basis_points),
                format_amount(own.price_ttc_cents),
            )
            for own in items.equipment
        ),
        "repairs": tuple(RepairSheet(each.label, amount(each.cost_ht_cents), each.done_on) for each in items.repairs),
        "service_contracts": tuple(
            ContractSheet(each.label, amount(each.price_cents), each.ends_on) for each in items.contracts
        ),
        "defects": tuple(
            DefectSheet(each.id or 0, each.name, amount(each.repair_cost_ht_cents)) for each in items.defects
        ),
    }
