"""A vehicle's card: what it holds, and what may not stand on it as it is (§4.1, §4.5 to §4.7).

Plain values and functions. Where cards are kept, and who may change them, is nobody's business here.
"""

from datetime import date

from msgspec import Struct

from engine.money import Cents


class VehicleCard(Struct, frozen=True, kw_only=True):
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
