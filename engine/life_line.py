"""The life line of a vehicle: which statuses it has, which may follow which, what each asks for (§4.2).

`pre_arrival → physical_entry → (price_destination) → sales_stock → delivery → released`, with the statuses that an
entity has added between. Plain values and functions: who may move a vehicle is nobody's business here.
"""

import enum
from datetime import date
from typing import Final

from msgspec import Struct

from engine.stock import LIFE_LINE, SaleRules, VehicleStatus, has_left, is_saleable, standard_status
from engine.vehicle_card import VehicleCard

ENTRY_REQUIRES: Final = (
    "colour",
    "interior_colour",
    "origin",
    "plate",
    "vin",
    "police_book_number",
    "entered_at",
    "first_registration",
    "mileage_km",
    "co2_g_per_km",
)
"""What a card says before the vehicle is entered physically."""


class AddedStatus(Struct, frozen=True):
    """A status that an entity has added to a line, between a standard one and the next."""

    code: str
    label: str
    after: VehicleStatus


class Line(Struct, frozen=True):
    """What an entity has decided on the line of a destination: added statuses in order, and whether prices and
    destination are a step of their own.
    """

    price_destination: bool = True
    added: tuple[AddedStatus, ...] = ()

    @property
    def statuses(self) -> tuple[str, ...]:
        """The codes, in order."""
        codes: list[str] = []
        for status in LIFE_LINE:
            if self.price_destination or status is not VehicleStatus.PRICE_DESTINATION:
                codes.append(status.value)
            codes += [added.code for added in self.added if added.after is status]
        return tuple(codes)

    def reached(self, status: str) -> VehicleStatus:
        """The standard status that a vehicle in `status` has reached; in one that no line has, none but the first."""
        return next((added.after for added in self.added if added.code == status), standard_status(status))

    def has_left(self, status: str) -> bool:
        """Whether a vehicle in `status` has left the stock: it is being delivered, or gone."""
        return has_left(self.reached(status))


STANDARD_LINE: Final = Line()


def twice_or_standard(line: Line) -> tuple[int, ...]:
    """The places of added statuses whose code is a standard one's, or that of one before."""
    known: set[str] = {status.value for status in LIFE_LINE}
    wrong = []
    for place, status in enumerate(line.added):
        if status.code in known:
            wrong.append(place)
        known.add(status.code)
    return tuple(wrong)


class StockRules(Struct, frozen=True, kw_only=True):
    """What an entity has decided about its stock. A vehicle neither private nor trade takes the standard line."""

    saleable_from: VehicleStatus = VehicleStatus.SALES_STOCK
    publishable_from: VehicleStatus = VehicleStatus.SALES_STOCK
    matching_required: bool = True
    leave_sales_stock_by_hand: bool = False
    days_target: int | None = None
    private: Line = STANDARD_LINE
    trade: Line = STANDARD_LINE

    @property
    def sale(self) -> SaleRules:
        """What §4.3 asks."""
        return SaleRules(self.saleable_from, self.matching_required)

    def line(self, destination: str | None) -> Line:
        """The line of a destination."""
        return {"private": self.private, "trade": self.trade}.get(destination or "", STANDARD_LINE)

    def is_publishable(self, destination: str | None, status: str) -> bool:
        """Whether a vehicle may be shown to the public where it stands."""
        reached = self.line(destination).reached(status)
        return is_saleable(reached, SaleRules(self.publishable_from), past_status=reached != status)


class Standing(Struct, frozen=True):
    """Where a vehicle is, and what binds it there.

    `ordered`: its order is placed and not cancelled; `handed_over`: it is delivered and invoiced (§6.1).
    """

    status: str
    in_auction: bool = False
    ordered: bool = False
    handed_over: bool = False


class Hindrance(enum.StrEnum):
    """Why a vehicle may not be moved by hand."""

    NOT_ON_THE_LINE = "not_on_the_line"
    AFTER_THE_SALE = "after_the_sale"
    NOT_BY_HAND = "not_by_hand"
    IN_AUCTION = "in_auction"
    ORDERED = "ordered"


def hindrance(line: Line, standing: Standing, status: str, *, by_hand: bool) -> Hindrance | None:
    """What keeps a dealer from moving the vehicle to `status`; `by_hand`: sales stock may be left by hand.

    Ahead to sales stock any status may be skipped. Delivery and release follow a sale and are declared there; both can
    be undone, delivery unless the order stands, and a release that was undone can be made again.
    """
    statuses = line.statuses
    if status not in statuses:
        return Hindrance.NOT_ON_THE_LINE
    # One that stands where its line has no place any more has reached the standard status before.
    here = statuses.index(standing.status if standing.status in statuses else _last_known(line, standing.status))
    there, stock = statuses.index(status), statuses.index(VehicleStatus.SALES_STOCK)
    delivery = statuses.index(VehicleStatus.DELIVERY)
    if there > here and there >= delivery:
        released_again = status == VehicleStatus.RELEASED and standing.handed_over
        declared = here < delivery or (status == VehicleStatus.RELEASED and not released_again)
        return Hindrance.AFTER_THE_SALE if declared else None
    if here >= delivery:
        return Hindrance.ORDERED if there < delivery and standing.ordered else None
    leaves = here >= stock and there != stock
    if leaves and not by_hand:
        return Hindrance.NOT_BY_HAND
    return Hindrance.IN_AUCTION if standing.in_auction and (leaves or there < here) else None


def _last_known(line: Line, status: str) -> str:
    reached = LIFE_LINE.index(line.reached(status))
    return next(known.value for known in reversed(LIFE_LINE[: reached + 1]) if known.value in line.statuses)


def missing_at(line: Line, status: str, card: VehicleCard) -> tuple[str, ...]:
    """The fields that a card in `status` lacks, by name: from physical entry on, those that it asks for."""
    if line.reached(status) is VehicleStatus.PRE_ARRIVAL:
        return ()
    return tuple(field for field in ENTRY_REQUIRES if getattr(card, field) in {None, ""})


def days_in_stock(entered_at: date | None, today: date, released_on: date | None = None) -> int | None:
    """Whole days since the vehicle has entered, until it left; none before it has entered."""
    return None if entered_at is None else max(0, ((released_on or today) - entered_at).days)


def is_over_target(days: int | None, rules: StockRules) -> bool:
    """Whether it is in stock for longer than the entity wants: it asks for a reason."""
    return days is not None and rules.days_target is not None and days > rules.days_target
