"""What the routes after the sale share: whose an offer or order is, and how a step's no is told.

What is another's does not exist (§1.4). Rights are asked per entity, by the routes themselves.
"""

from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from engine.after_sale import Needed, NotNow, StepRefused
from persistence.audit import By
from persistence.sales.offers import StoredOffer, offer
from persistence.sales.orders import Order, order
from server.caller import Caller
from server.errors import DoorCode, Reason, Refusal
from server.http.door import Asking
from server.http.values import DAY, LINE

ReasonText = Annotated[str, Meta(max_length=500, pattern=LINE)]
DateText = Annotated[str, Meta(pattern=DAY, examples=["2026-01-31"])]
MOST_VEHICLES: Final = 500
MOST_EXTRAS: Final = 50

_SENTENCES: Final[dict[str, str]] = {
    NotNow.PRICE_FIXED: "the price was set by an auction and cannot be changed",
    NotNow.ALREADY_VALIDATED: "is validated already",
    NotNow.NOT_VALIDATED: "must be validated first",
    NotNow.ORDERED: "is ordered: cancel the order first",
    NotNow.NOT_ORDERED: "is not ordered yet",
    NotNow.OFFER_OVER: "is abandoned or cancelled: duplicate it",
    NotNow.NO_VEHICLES: "there is no vehicle left for this",
    NotNow.UNKNOWN_VEHICLE: "is not among the vehicles",
    NotNow.RESERVED: "is reserved already",
    NotNow.NOT_RESERVED: "is not reserved for this buyer",
    NotNow.IN_AUCTION: "is in a stock auction",
    NotNow.HAS_LEFT: "is in delivery or gone",
    NotNow.NO_PRICE: "give a price: it has no trade price",
    NotNow.NOT_CONNECTED: "has no active connection with the entity",
    NotNow.OF_THE_AUCTION: "was sold by the auction: its sale is cancelled whole",
    NotNow.ORDER_CANCELLED: "is cancelled",
    NotNow.DELIVERED: "vehicles are delivered already",
    NotNow.IN_DELIVERY: "has a delivery already",
    NotNow.INVOICED: "is invoiced already",
    NotNow.ALREADY_DECLARED: "is declared already",
    NotNow.IN_THE_FUTURE: "lies in the future",
    NotNow.IN_THE_PAST: "lies in the past",
    NotNow.TOO_FAR_AHEAD: "lies more than two years ahead",
    NotNow.MANUAL_DELIVERY_OFF: "the entity does not let vehicles leave by hand",
    NotNow.NOT_IN_SALES_STOCK: "must be in sales stock",
    NotNow.UNKNOWN_SITE: "is not a site of the entity",
    NotNow.NUMBER_TAKEN: "the entity has an invoice of this number",
    NotNow.DEPOSIT_TOO_HIGH: "is more than the balance due",
    NotNow.AMOUNT_DIFFERS: "is not the total of the order",
    NotNow.KEY_USED: "was used for another request",
    Needed.NO_LEGAL_REPRESENTATIVE: "the buyer's card must name its legal representative",
    Needed.NO_DELIVERY_DATE: "say when it is delivered",
    Needed.DELIVERY_IN_THE_PAST: "lies in the past",
    Needed.DELIVERY_TOO_FAR_AHEAD: "lies more than two years ahead",
    Needed.NO_DELIVERY_SITE: "say at which site of the entity it is delivered",
    Needed.NO_PAYMENT_METHOD: "say how the buyer pays",
    Needed.NO_DOCUMENTS: "choose at least one document",
}
_UNFIT: Final = frozenset(
    {
        *Needed,
        NotNow.UNKNOWN_VEHICLE,
        NotNow.NO_PRICE,
        NotNow.NOT_CONNECTED,
        NotNow.UNKNOWN_SITE,
        NotNow.DEPOSIT_TOO_HIGH,
        NotNow.IN_THE_FUTURE,
        NotNow.IN_THE_PAST,
        NotNow.TOO_FAR_AHEAD,
    }
)
"""What is wrong with the form; everything else contradicts what is stored."""


class ReasonForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Why; both sides are told."""

    reason: ReasonText


def refusal_of(why: StepRefused) -> Refusal:
    """Every reason, each with its field and its vehicle."""
    reasons = tuple(Reason(reason.code, reason.field, reason.vehicle_id) for reason in why.reasons)
    told = [f"{reason.field}: {_SENTENCES.get(reason.code, reason.code)}" for reason in why.reasons]
    unfit = all(reason.code in _UNFIT for reason in why.reasons)
    code = DoorCode.INVALID if unfit else DoorCode.CONFLICT
    return Refusal(code, "; ".join(dict.fromkeys(told)) + ".", reasons[0].field, reasons=reasons)


async def own_offer(asking: Asking[Any, Any], right: str | None = None) -> StoredOffer | Refusal:
    """The dealer's own offer that the path names, and the right to do something with it."""
    found = await offer(asking.doors.database, asking.ids["id"])
    if found is None or found.entity_id not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    return found if may(asking.caller, right, found.entity_id) else Refusal(DoorCode.NOT_ALLOWED)


async def own_order(asking: Asking[Any, Any], right: str | None = None) -> Order | Refusal:
    """The dealer's own order that the path names, and the right to do something with it."""
    found = await order(asking.doors.database, asking.ids["id"])
    if found is None or found.entity_id not in asking.caller.entities:
        return Refusal(DoorCode.NOT_FOUND)
    return found if may(asking.caller, right, found.entity_id) else Refusal(DoorCode.NOT_ALLOWED)


def may(caller: Caller, right: str | None, entity_id: int) -> bool:
    """Whether no right is needed, or the caller has it there."""
    return right is None or caller.may(right, entity_id)


def by(asking: Asking[Any, Any]) -> By:
    """Who does it, and when."""
    return By(asking.caller.user_id, asking.doors.clock.now())
