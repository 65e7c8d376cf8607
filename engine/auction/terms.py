"""The terms of an auction: what is fixed when it is published and frozen from its start (§5.1).

Values only. What happens during the auction lives in `state`.
"""

import enum
from typing import Final

from msgspec import Struct

from engine.instants import SECOND, Instant, Microseconds
from engine.money import Cents, Vat


class Kind(enum.StrEnum):
    """One lot per vehicle, each sold alone; or one lot holding every vehicle, sold whole."""

    UNIT = "unit"
    LOT = "lot"


class SoftCloseMode(enum.StrEnum):
    """§5.3.3: `add` moves the end by the length, `reset` to the bid's stamp plus the length."""

    ADD = "add"
    RESET = "reset"


DEFAULT_SOFT_CLOSE_SECONDS: Final = 180


class SoftClose(Struct, frozen=True):
    """§5.3.1, §5.3.3: a bid with at most `window` left moves the end by `extension`."""

    window_microseconds: Microseconds = DEFAULT_SOFT_CLOSE_SECONDS * SECOND
    extension_microseconds: Microseconds = DEFAULT_SOFT_CLOSE_SECONDS * SECOND
    mode: SoftCloseMode = SoftCloseMode.ADD


class VehicleTerms(Struct, frozen=True):
    """A vehicle of a lot; `ref` is how papers name it (its plate, its number)."""

    ref: str
    starting_price_cents: Cents
    initial_margin_cents: Cents
    vat: Vat = Vat.MARGIN


class LotTerms(Struct, frozen=True):
    """What is bid on. Without a reserve any bid sells (§5.1.1)."""

    number: int
    vehicles: tuple[VehicleTerms, ...]
    reserve_price_cents: Cents | None = None

    @property
    def starting_price_cents(self) -> Cents:
        """The sum of the vehicles' starting prices."""
        return sum(vehicle.starting_price_cents for vehicle in self.vehicles)

    @property
    def initial_margin_cents(self) -> Cents:
        """The lot's margin at its starting price, frozen at creation (domain §0)."""
        return sum(vehicle.initial_margin_cents for vehicle in self.vehicles)


class Invited(Struct, frozen=True):
    """A trader of the audience: the key that commands carry, and the name dealers read."""

    trader: str
    name: str


class AuctionTerms(Struct, frozen=True):
    """One sale: a schedule, an audience and its lots.

    `uninvited` of the audience were taken out of it before the start: they see nothing and may not bid, but what they
    had said by then keeps their name (§3.4).
    """

    number: int
    kind: Kind
    starts_at: Instant
    ends_at: Instant
    minimum_increment_cents: Cents
    audience: tuple[Invited, ...]
    lots: tuple[LotTerms, ...]
    soft_close: SoftClose = SoftClose()
    uninvited: frozenset[str] = frozenset()
