"""What a demonstration's vehicle is: one row of a table, and what its card says beyond the row.

A row names what differs from car to car; a VIN, numbers of the books, Crit'Air and prices that follow from others are
worked out here, the same every time. Money is integer cents, dates are ISO strings. No vehicle stands for a real one.
"""

import zlib
from datetime import date
from typing import Final

from msgspec import Struct

from engine.money import Cents

ESSENCE: Final = "Essence"
DIESEL: Final = "Diesel"
HYBRID: Final = "Hybride"
PLUG_IN: Final = "Hybride rechargeable"
ELECTRIC: Final = "Électrique"
GAS: Final = "GPL"
MANUAL: Final = "Manuelle"
AUTOMATIC: Final = "Automatique"

_VIN_LETTERS: Final = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_PETROL_EURO_5: Final = 2011
_PETROL_EURO_4: Final = 2006

_LETTERS_OF_A_PLATE: Final = 26


def vin_of(plate: str) -> str:
    """Seventeen characters made from the plate; the first three name no maker. No vehicle of a visitor bears them."""
    number, letters = zlib.crc32(plate.encode()) * 0x10001, ""
    for _ in range(14):
        number, letter = divmod(number, len(_VIN_LETTERS))
        letters += _VIN_LETTERS[letter]
    return "ZZ9" + letters


class Vehicle(Struct, frozen=True):
    """One row. `power` is (fiscal power in CV, power in ch); `vat` as `engine.money.Vat` writes it."""

    plate: str
    make: str
    model: str
    version: str
    first_registration: str
    mileage_km: int
    energy: str
    gearbox: str
    power: tuple[int, int]
    co2_g_per_km: int
    doors: int
    body: str
    colour: str
    market_value_cents: Cents
    trade_price_cents: Cents
    purchase_price_cents: Cents
    trim: str = ""
    kind: str = "passenger"
    vat: str = "margin"
    destination: str = "trade"
    status: str = "sales_stock"
    site: str = "Valserine Part-Dieu"
    origin: str = "Reprise client"
    planned_costs_ht_cents: Cents = 0
    first_owner: bool = False
    service_book: bool = True
    accident_damaged: bool = False
    running: bool = True
    imported: bool = False
    matched: bool = True
    battery_health_percent: int | None = None
    battery_tested_on: str | None = None
    battery_expires_on: str | None = None
    last_inspection_on: str | None = None
    next_inspection_on: str | None = None
    comments: str = ""

    @property
    def vin(self) -> str:
        """As `vin_of` makes it."""
        return vin_of(self.plate)

    @property
    def internal_number(self) -> str:
        """The group's own number of the vehicle."""
        return f"VO{zlib.crc32(self.plate.encode()) % 100_000:05}"

    @property
    def police_book_number(self) -> str:
        """Its line in the register of movable objects."""
        number = int(self.plate[2:5])
        for letter in self.plate[:2] + self.plate[5:]:  # every plate has a line of its own
            number = number * _LETTERS_OF_A_PLATE + ord(letter) - ord("A")
        return f"{number}"

    @property
    def sale_price_cents(self) -> Cents:
        """The retail price: a little under the market value, in tens of euros."""
        return max(self.market_value_cents * 97 // 100 // 1_000 * 1_000, self.trade_price_cents)

    @property
    def crit_air(self) -> str:
        """The Crit'Air class, from the energy and the year."""
        year = date.fromisoformat(self.first_registration).year
        if self.energy == ELECTRIC:
            return "E"
        if self.energy in {PLUG_IN, GAS}:
            return "1"
        if self.energy in {ESSENCE, HYBRID}:
            return "1" if year >= _PETROL_EURO_5 else "2" if year >= _PETROL_EURO_4 else "3"
        return "2" if year >= _PETROL_EURO_5 else "3" if year >= _PETROL_EURO_4 else "4"
