"""What follows a sale: which step an offer may take when, what an order needs, and what all of it sums up to (§6).

Plain values and functions, without I/O. A step that is not allowed comes back as a code; sums are cents, TTC unless the
name says HT. Where offers are kept, and who asks, is nobody's business here.
"""

import enum
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from engine.money import Cents, Vat, divide_half_up, margin_ht, without_vat
from engine.stock import VehicleStatus, has_left


class OfferStatus(enum.StrEnum):
    """§6.1. An auction's offer is `validated` when it is made: it is ordered straight away."""

    IN_PROGRESS = "in_progress"
    VALIDATED = "validated"
    ORDERED = "ordered"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"


class Step(enum.StrEnum):
    """What may be asked of an offer."""

    CHANGE = "change"
    ADD_VEHICLES = "add_vehicles"
    VALIDATE = "validate"
    SEND = "send"
    ORDER = "order"
    ABANDON = "abandon"
    DUPLICATE = "duplicate"


class NotNow(enum.StrEnum):
    """Why a step, or something in it, is refused."""

    PRICE_FIXED = "price_fixed"
    ALREADY_VALIDATED = "already_validated"
    NOT_VALIDATED = "not_validated"
    ORDERED = "ordered"
    NOT_ORDERED = "not_ordered"
    OFFER_OVER = "offer_over"
    NO_VEHICLES = "no_vehicles"
    # Of a vehicle.
    UNKNOWN_VEHICLE = "unknown_vehicle"
    RESERVED = "reserved"
    NOT_RESERVED = "not_reserved"
    IN_AUCTION = "in_auction"
    HAS_LEFT = "has_left"
    NO_PRICE = "no_price"
    NOT_CONNECTED = "not_connected"
    OF_THE_AUCTION = "of_the_auction"
    # Of an order, a delivery, an invoice.
    ORDER_CANCELLED = "order_cancelled"
    DELIVERED = "delivered"
    IN_DELIVERY = "in_delivery"
    INVOICED = "invoiced"
    ALREADY_DECLARED = "already_declared"
    IN_THE_FUTURE = "in_the_future"
    IN_THE_PAST = "in_the_past"
    TOO_FAR_AHEAD = "too_far_ahead"
    MANUAL_DELIVERY_OFF = "manual_delivery_off"
    NOT_IN_SALES_STOCK = "not_in_sales_stock"
    UNKNOWN_SITE = "unknown_site"
    NUMBER_TAKEN = "number_taken"
    DEPOSIT_TOO_HIGH = "deposit_too_high"
    AMOUNT_DIFFERS = "amount_differs"
    KEY_USED = "key_used"


_LIVE: Final = frozenset({Step.ADD_VEHICLES, Step.SEND, Step.ABANDON, Step.DUPLICATE})
_ALLOWED: Final = {
    OfferStatus.IN_PROGRESS: _LIVE | {Step.CHANGE, Step.VALIDATE},
    OfferStatus.VALIDATED: _LIVE | {Step.CHANGE, Step.ORDER},
    OfferStatus.ORDERED: frozenset({Step.SEND, Step.DUPLICATE}),
    OfferStatus.ABANDONED: frozenset({Step.DUPLICATE}),
    OfferStatus.CANCELLED: frozenset({Step.DUPLICATE}),
}


def refused(step: Step, status: OfferStatus, *, of_auction: bool) -> NotNow | None:
    """Why the offer may not take the step, or None: it may (§6.1)."""
    if step in _ALLOWED[status]:
        fixed = of_auction and step is Step.CHANGE
        return NotNow.PRICE_FIXED if fixed else None
    match status:
        case OfferStatus.IN_PROGRESS:
            return NotNow.NOT_VALIDATED
        case OfferStatus.VALIDATED:
            return NotNow.ALREADY_VALIDATED
        case OfferStatus.ORDERED:
            return NotNow.ORDERED
        case OfferStatus.ABANDONED | OfferStatus.CANCELLED:
            return NotNow.OFFER_OVER


class Why(Struct, frozen=True):
    """One reason: its code, the field that it concerns, and the vehicle if it is one's."""

    code: str
    field: str
    vehicle_id: int | None = None


class StepRefused(Struct, frozen=True):
    """Nothing was done, for each of these reasons."""

    reasons: tuple[Why, ...]


_OF_VEHICLES: Final = frozenset({Step.VALIDATE, Step.SEND, Step.ORDER})
"""Steps that an offer which has lent all of its vehicles does not take (§6.2)."""


def steps_open(status: OfferStatus, *, of_auction: bool, has_vehicles: bool) -> tuple[Step, ...]:
    """The steps that the offer may take now."""
    return tuple(
        step
        for step in Step
        if refused(step, status, of_auction=of_auction) is None and (has_vehicles or step not in _OF_VEHICLES)
    )


def not_free(reached: VehicleStatus, *, reserved: bool, in_auction: bool) -> NotNow | None:
    """Why a vehicle cannot be offered to somebody new, or None: it is free (§4.4, §6.1)."""
    if has_left(reached):
        return NotNow.HAS_LEFT
    if reserved:
        return NotNow.RESERVED
    return NotNow.IN_AUCTION if in_auction else None


# Days ----------------------------------------------------------------------------------------------------------------

AHEAD_DAYS: Final = 731
"""Two years: nobody plans a delivery further ahead."""


def is_too_far_ahead(day: date, today: date) -> bool:
    """Whether a delivery planned for this day is a slip of the pen."""
    return (day - today).days > AHEAD_DAYS


def is_to_come(day: date, today: date) -> bool:
    """Whether it is no day yet wherever on earth an invoice is written; today is UTC's."""
    return (day - today).days > 1


# What an order needs -------------------------------------------------------------------------------------------------


class Needed(enum.StrEnum):
    """What keeps an order from being placed, each by its own name (§6.1)."""

    NO_LEGAL_REPRESENTATIVE = "no_legal_representative"
    NO_DELIVERY_DATE = "no_delivery_date"
    DELIVERY_IN_THE_PAST = "delivery_in_the_past"
    DELIVERY_TOO_FAR_AHEAD = "delivery_too_far_ahead"
    NO_DELIVERY_SITE = "no_delivery_site"
    NO_PAYMENT_METHOD = "no_payment_method"
    NO_DOCUMENTS = "no_documents"

    @property
    def field(self) -> str:
        """Where it is to be filled in: on the buyer's card, or in the order's form."""
        return _FIELDS[self]


_FIELDS: Final = {
    Needed.NO_LEGAL_REPRESENTATIVE: "buyer.legal_representative",
    Needed.NO_DELIVERY_DATE: "delivery_date",
    Needed.DELIVERY_IN_THE_PAST: "delivery_date",
    Needed.DELIVERY_TOO_FAR_AHEAD: "delivery_date",
    Needed.NO_DELIVERY_SITE: "delivery_site",
    Needed.NO_PAYMENT_METHOD: "payment_method",
    Needed.NO_DOCUMENTS: "documents",
}


class PaymentMethod(enum.StrEnum):
    """How the buyer pays."""

    TRANSFER = "transfer"
    BANK_CHEQUE = "bank_cheque"
    CARD = "card"
    CASH = "cash"
    FINANCING = "financing"


class Document(enum.StrEnum):
    """What goes to the buyer with the vehicles."""

    REGISTRATION_CERTIFICATE = "registration_certificate"
    TRANSFER_CERTIFICATE = "transfer_certificate"
    ADMINISTRATIVE_STATUS = "administrative_status"
    INSPECTION_REPORT = "inspection_report"
    SERVICE_BOOK = "service_book"
    INVOICE = "invoice"
    SECOND_KEY = "second_key"


def needed_for_order(
    *,
    legal_representative: str,
    delivery_on: date | None,
    today: date,
    has_delivery_site: bool,
    payment_method: str | None,
    documents: Sequence[str],
) -> tuple[Needed, ...]:
    """Everything that is missing at once, in the order of `Needed`; nothing: the order can be placed."""
    lacks = {
        Needed.NO_LEGAL_REPRESENTATIVE: not legal_representative.strip(),
        Needed.NO_DELIVERY_DATE: delivery_on is None,
        Needed.DELIVERY_IN_THE_PAST: delivery_on is not None and delivery_on < today,
        Needed.DELIVERY_TOO_FAR_AHEAD: delivery_on is not None and is_too_far_ahead(delivery_on, today),
        Needed.NO_DELIVERY_SITE: not has_delivery_site,
        Needed.NO_PAYMENT_METHOD: payment_method is None,
        Needed.NO_DOCUMENTS: not documents,
    }
    return tuple(need for need, lacking in lacks.items() if lacking)


def manual_delivery_refused(
    reached: VehicleStatus, *, reserved: bool, allowed: bool, failed_before: bool
) -> NotNow | None:
    """Why a vehicle may not be declared to delivery by hand, or None (§6.3).

    `reached` is the standard status that its own is or follows, `allowed` the entity's setting; one whose delivery by
    hand was not honoured is in delivery already.
    """
    if not allowed:
        return NotNow.MANUAL_DELIVERY_OFF
    if not reserved:
        return NotNow.NOT_RESERVED
    in_place = reached is VehicleStatus.SALES_STOCK or (reached is VehicleStatus.DELIVERY and failed_before)
    return None if in_place else NotNow.NOT_IN_SALES_STOCK


def leaves_stock(*, delivered: bool, invoiced: bool) -> bool:
    """§6.1: a vehicle is released when its delivery was honoured and it is invoiced, whichever comes last."""
    return delivered and invoiced


# Sums ----------------------------------------------------------------------------------------------------------------


class ExtraKind(enum.StrEnum):
    """What an offer holds besides vehicles (§6.2)."""

    ACCESSORIES = "accessories"
    DELIVERY_PACK = "delivery_pack"
    FEES = "fees"
    SERVICES = "services"
    WARRANTY = "warranty"
    TRADE_IN_AID = "trade_in_aid"
    AMOUNT_OWED = "amount_owed"


SETTLED: Final = frozenset({ExtraKind.TRADE_IN_AID, ExtraKind.AMOUNT_OWED})
"""They settle a trade-in with the buyer: part of the balance due, of no total."""


class SoldVehicle(Struct, frozen=True):
    """A vehicle at its price in the offer, and what it has cost."""

    price_cents: Cents
    vat: Vat
    purchase_price_cents: Cents
    costs_ht_cents: Cents

    @property
    def price_ht_cents(self) -> Cents:
        """Domain §0: TTC / 1.20 with recoverable VAT, else the same."""
        return without_vat(self.price_cents, self.vat)

    @property
    def margin_cents(self) -> Cents:
        """The real margin HT at this price."""
        return margin_ht(self.price_cents, self.purchase_price_cents, self.costs_ht_cents, self.vat)


class Extra(Struct, frozen=True):
    """Something besides the vehicles; the amount is TTC and never negative, its kind says which way it counts."""

    kind: ExtraKind
    label: str
    amount_cents: Cents

    @property
    def amount_ht_cents(self) -> Cents:
        """What is sold bears 20 % VAT; what settles a trade-in bears none."""
        return self.amount_cents if self.kind in SETTLED else divide_half_up(self.amount_cents * 5, 6)


class Totals(Struct, frozen=True, kw_only=True):
    """What an offer sums up to, in cents; HT is summed line by line, so that the lines of a paper add up."""

    vehicles_cents: Cents
    vehicles_ht_cents: Cents
    extras_cents: Cents
    extras_ht_cents: Cents
    total_cents: Cents
    total_ht_cents: Cents
    margin_cents: Cents
    balance_due_cents: Cents

    @property
    def vat_cents(self) -> Cents:
        """The VAT that a paper shows: none of a vehicle under the margin scheme."""
        return self.total_cents - self.total_ht_cents


def totals(vehicles: Iterable[SoldVehicle], extras: Iterable[Extra] = (), deposit_cents: Cents = 0) -> Totals:
    """§6.2. Balance due: the total, plus what is owed on the trade-in, less its aid and the deposit paid.

    The real margin is that of the vehicles, less the trade-in aid that the seller gives.
    """
    cars, others = tuple(vehicles), tuple(extras)
    sold = [extra for extra in others if extra.kind not in SETTLED]
    aid = sum(extra.amount_cents for extra in others if extra.kind is ExtraKind.TRADE_IN_AID)
    owed = sum(extra.amount_cents for extra in others if extra.kind is ExtraKind.AMOUNT_OWED)
    vehicles_cents = sum(car.price_cents for car in cars)
    vehicles_ht_cents = sum(car.price_ht_cents for car in cars)
    extras_cents = sum(extra.amount_cents for extra in sold)
    extras_ht_cents = sum(extra.amount_ht_cents for extra in sold)
    total_cents = vehicles_cents + extras_cents
    return Totals(
        vehicles_cents=vehicles_cents,
        vehicles_ht_cents=vehicles_ht_cents,
        extras_cents=extras_cents,
        extras_ht_cents=extras_ht_cents,
        total_cents=total_cents,
        total_ht_cents=vehicles_ht_cents + extras_ht_cents,
        margin_cents=sum(car.margin_cents for car in cars) - aid,
        balance_due_cents=total_cents + owed - aid - deposit_cents,
    )
