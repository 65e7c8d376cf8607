"""A vehicle on its way through the stock, and what it lacks before it may enter a stock auction (§4.2 to §4.4).

Plain values and functions. Where a vehicle is kept, and who asks, is nobody's business here.
"""

import enum
from typing import Final

from msgspec import Struct

from engine.money import Cents


class VehicleStatus(enum.StrEnum):
    """The life line, in its order (§4.2)."""

    PRE_ARRIVAL = "pre_arrival"
    PHYSICAL_ENTRY = "physical_entry"
    PRICE_DESTINATION = "price_destination"
    SALES_STOCK = "sales_stock"
    DELIVERY = "delivery"
    RELEASED = "released"


LIFE_LINE: Final = tuple(VehicleStatus)
_STANDARD: Final = {known.value: known for known in LIFE_LINE}


def standard_status(status: str) -> VehicleStatus:
    """The standard status of this name; for one that is none, where the line begins: nothing is sold from there."""
    return _STANDARD.get(status, VehicleStatus.PRE_ARRIVAL)


def has_left(reached: VehicleStatus) -> bool:
    """Whether a vehicle is being delivered or gone, by the standard status that its own is or follows (§4.2)."""
    return reached in {VehicleStatus.DELIVERY, VehicleStatus.RELEASED}


class Destination(enum.StrEnum):
    """Whom a vehicle is meant for; a vehicle may have none yet."""

    PRIVATE = "private"
    TRADE = "trade"
    SCRAP = "scrap"
    MOVED = "moved"


class Missing(enum.StrEnum):
    """What keeps a vehicle out of a stock auction, each by its own name (§4.3, §4.4)."""

    WRONG_DESTINATION = "wrong_destination"
    NOT_SALEABLE = "not_saleable"
    NOT_AUTHORISED = "not_authorised"
    NO_TRADE_PRICE = "no_trade_price"
    NOT_MATCHED = "not_matched"
    RESERVED = "reserved"
    IN_ANOTHER_AUCTION = "in_another_auction"


class SaleRules(Struct, frozen=True):
    """What an entity has set: from which status a vehicle is saleable, and whether it must be matched (§4.2, §4.3)."""

    saleable_from: VehicleStatus = VehicleStatus.SALES_STOCK
    matching_required: bool = True


class Candidate(Struct, frozen=True, kw_only=True):
    """What is asked of a vehicle that a dealer chooses for an auction.

    `past_status`: it stands in a status that the entity has added after `status` (§4.2).
    """

    status: VehicleStatus
    destination: Destination | None
    trade_price_cents: Cents | None
    trade_sale_authorised: bool
    matched: bool
    reserved: bool
    in_another_auction: bool
    past_status: bool = False


def is_saleable(status: VehicleStatus, rules: SaleRules, *, past_status: bool = False) -> bool:
    """In sales stock, or on its way there and past the status from which the entity sells (§4.3).

    An added status counts with the one that it follows; after sales stock it is on the way out.
    """
    place = LIFE_LINE.index(status)
    first, last = LIFE_LINE.index(rules.saleable_from), LIFE_LINE.index(VehicleStatus.SALES_STOCK)
    return min(first, last) <= place <= last and not (past_status and place == last)


def missing_conditions(vehicle: Candidate, rules: SaleRules) -> tuple[Missing, ...]:
    """Every condition that the vehicle does not fulfil, in the order of `Missing`; none: it may be sold."""
    private = vehicle.destination is Destination.PRIVATE
    lacks = (
        (Missing.WRONG_DESTINATION, not private and vehicle.destination is not Destination.TRADE),
        (Missing.NOT_SALEABLE, not is_saleable(vehicle.status, rules, past_status=vehicle.past_status)),
        (Missing.NOT_AUTHORISED, private and not vehicle.trade_sale_authorised),
        (Missing.NO_TRADE_PRICE, vehicle.trade_price_cents is None),
        (Missing.NOT_MATCHED, rules.matching_required and not vehicle.matched),
        (Missing.RESERVED, vehicle.reserved),
        (Missing.IN_ANOTHER_AUCTION, vehicle.in_another_auction),
    )
    return tuple(condition for condition, lacking in lacks if lacking)
