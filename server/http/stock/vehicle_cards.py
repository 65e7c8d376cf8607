"""A vehicle's card in JSON, as each audience may read it: what a dealer calculates with, no trader ever gets.

The short card, for lists and auctions; a dealer's whole one is vehicle_sheets.py's.
"""

from datetime import date

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from persistence.stock.cards import StoredVehicle
from server.http.values import amount
from server.http.words import VatWord, VehicleKindWord


class Battery(Struct, frozen=True):
    """§4.5: state of health, when it was certified, until when; `certificate` is the address of the file."""

    score_percent: int
    certified_on: date | None
    expires_on: date | None
    certificate: str | None = None


class SeenDefect(Struct, frozen=True):
    """A defect, what its repair costs HT, and which of the vehicle's photos show it."""

    name: str
    repair_cost_ht: str | None
    photos: tuple[str, ...] = ()


class SeenRepair(Struct, frozen=True):
    """A repair that was done; what it cost is the dealer's."""

    label: str
    done_on: date


class Vehicle(Struct, frozen=True, kw_only=True):
    """What both sides see. What is empty or `null` is unknown. `photos` are addresses, from the root of the house; with
    `/thumbnail` they are small.
    """

    ref: str
    make: str
    model: str
    version: str
    trim: str
    kind: VehicleKindWord
    body: str
    energy: str
    gearbox: str
    fiscal_power_cv: int | None
    power_ch: int | None
    doors: int | None
    co2_g_km: int | None
    crit_air: str
    colour: str
    plate: str | None
    first_registration: date | None
    mileage_km: int | None
    mileage_guaranteed: bool
    vat: VatWord
    accident_damaged: bool
    running: bool
    imported: bool
    first_owner: bool
    service_book: bool
    last_inspection_on: date | None
    next_inspection_on: date | None
    battery: Battery | None
    interior_colour: str = ""
    warranty: str = ""
    warranty_months: int | None = None
    equipment: tuple[str, ...] = ()
    defects: tuple[SeenDefect, ...] = ()
    repairs: tuple[SeenRepair, ...] = ()
    photos: tuple[str, ...] = ()
    # The dealer's alone.
    id: int | UnsetType = UNSET
    market_value: str | UnsetType | None = UNSET
    sale_price: str | UnsetType | None = UNSET
    trade_price: str | UnsetType | None = UNSET


def photo_address(vehicle_id: int, photo_id: int) -> str:
    """Where a photo is read, from the root of the house."""
    return f"api/vehicles/{vehicle_id}/photos/{photo_id}"


def file_address(vehicle_id: int, file_id: int) -> str:
    """Where another file is read, from the root of the house."""
    return f"api/vehicles/{vehicle_id}/files/{file_id}"


def vehicle_of(stored: StoredVehicle, ref: str, *, for_dealer: bool) -> Vehicle:
    """The card; `ref` is how the papers at hand name the vehicle."""
    battery = (
        Battery(
            stored.battery_health_percent,
            stored.battery_tested_on,
            stored.battery_expires_on,
            None if stored.certificate_id is None else file_address(stored.id, stored.certificate_id),
        )
        if stored.battery_health_percent is not None
        else None
    )
    return Vehicle(
        ref=ref,
        make=stored.make,
        model=stored.model,
        version=stored.version,
        trim=stored.trim,
        kind=stored.kind,
        body=stored.body,
        energy=stored.energy,
        gearbox=stored.gearbox,
        fiscal_power_cv=stored.fiscal_power_cv,
        power_ch=stored.power_ch,
        doors=stored.doors,
        co2_g_km=stored.co2_g_per_km,
        crit_air=stored.crit_air,
        colour=stored.colour,
        plate=stored.plate,
        first_registration=stored.first_registration,
        mileage_km=stored.mileage_km,
        mileage_guaranteed=stored.mileage_guaranteed,
        vat=stored.vat,
        accident_damaged=stored.accident_damaged,
        running=stored.running,
        imported=stored.imported,
        first_owner=stored.first_owner,
        service_book=stored.service_book,
        last_inspection_on=stored.last_inspection_on,
        next_inspection_on=stored.next_inspection_on,
        battery=battery,
        interior_colour=stored.interior_colour,
        warranty=stored.warranty,
        warranty_months=stored.warranty_months,
        equipment=tuple(stored.equipment_labels),
        defects=_defects_of(stored),
        repairs=tuple(map(SeenRepair, stored.repairs_done, stored.repair_days)),
        photos=tuple(photo_address(stored.id, photo_id) for photo_id in stored.photo_ids),
        id=stored.id if for_dealer else UNSET,
        market_value=amount(stored.market_value_cents) if for_dealer else UNSET,
        sale_price=amount(stored.sale_price_cents) if for_dealer else UNSET,
        trade_price=amount(stored.trade_price_cents) if for_dealer else UNSET,
    )


def without_files(stored: StoredVehicle) -> StoredVehicle:
    """The card for a reader who may not open the vehicle's photos and certificate (§2.4)."""
    return replace(stored, photo_ids=(), photo_defect_ids=(), certificate_id=None)


def _defects_of(stored: StoredVehicle) -> tuple[SeenDefect, ...]:
    if not stored.defect_ids:
        return ()
    shown: dict[int | None, list[str]] = {}
    for photo_id, defect_id in zip(stored.photo_ids, stored.photo_defect_ids, strict=True):
        shown.setdefault(defect_id, []).append(photo_address(stored.id, photo_id))
    return tuple(
        SeenDefect(name, amount(cost_ht_cents), tuple(shown.get(defect_id, ())))
        for defect_id, name, cost_ht_cents in zip(
            stored.defect_ids, stored.defect_names, stored.defect_costs_ht_cents, strict=True
        )
    )
