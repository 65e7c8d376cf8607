"""What follows a sale, as tables: steps of an offer, needs of an order, sums (§6.1, §6.2)."""

from datetime import date, timedelta

import pytest

from engine.after_sale import (
    Extra,
    ExtraKind,
    Needed,
    OfferStatus,
    SoldVehicle,
    Step,
    leaves_stock,
    manual_delivery_refused,
    needed_for_order,
    not_free,
    refused,
    steps_open,
    totals,
)
from engine.money import Vat, shares
from engine.stock import VehicleStatus

TODAY = date(2026, 3, 2)

# step: what a direct offer is answered as in_progress, validated, ordered, abandoned or cancelled;
# and an auction's, which is never in progress. "" is yes.
STEPS = [
    ("change",       "",              "",                  "ordered", "offer_over", "price_fixed"),
    ("add_vehicles", "",              "",                  "ordered", "offer_over", ""),
    ("validate",     "",              "already_validated", "ordered", "offer_over", "already_validated"),
    ("send",         "",              "",                  "",        "offer_over", ""),
    ("order",        "not_validated", "",                  "ordered", "offer_over", ""),
    ("abandon",      "",              "",                  "ordered", "offer_over", ""),
    ("duplicate",    "",              "",                  "",        "",           ""),
]  # fmt: skip


@pytest.mark.parametrize(("step", "in_progress", "validated", "ordered", "over", "auctions"), STEPS)
def test_an_offer_takes_the_steps_of_its_status(
    step: str, in_progress: str, validated: str, ordered: str, over: str, auctions: str
) -> None:
    """§6.1."""
    asked = {
        OfferStatus.IN_PROGRESS: in_progress,
        OfferStatus.VALIDATED: validated,
        OfferStatus.ORDERED: ordered,
        OfferStatus.ABANDONED: over,
        OfferStatus.CANCELLED: over,
    }
    for status, answer in asked.items():
        assert (refused(Step(step), status, of_auction=False) or "") == answer, status
    assert (refused(Step(step), OfferStatus.VALIDATED, of_auction=True) or "") == auctions


def test_every_step_is_in_the_table() -> None:
    assert [row[0] for row in STEPS] == [step.value for step in Step]
    assert steps_open(OfferStatus.CANCELLED, of_auction=True, has_vehicles=True) == (Step.DUPLICATE,)


def test_an_offer_that_has_lent_all_of_its_vehicles_is_not_ordered() -> None:
    """§6.2: it takes them back, or is given up."""
    open_now = steps_open(OfferStatus.VALIDATED, of_auction=True, has_vehicles=False)
    assert open_now == (Step.ADD_VEHICLES, Step.ABANDON, Step.DUPLICATE)


@pytest.mark.parametrize(
    ("representative", "delivery_on", "site", "payment", "documents", "needed"),
    [
        ("Anne Dupont", TODAY, True, "transfer", ("invoice",), ()),
        ("  ", TODAY, True, "transfer", ("invoice",), (Needed.NO_LEGAL_REPRESENTATIVE,)),
        ("Anne Dupont", date(2026, 3, 1), True, "card", ("invoice",), (Needed.DELIVERY_IN_THE_PAST,)),
        ("Anne Dupont", TODAY + timedelta(days=731), True, "card", ("invoice",), ()),
        ("Anne Dupont", TODAY + timedelta(days=732), True, "card", ("invoice",), (Needed.DELIVERY_TOO_FAR_AHEAD,)),
        ("Anne Dupont", None, True, "transfer", (), (Needed.NO_DELIVERY_DATE, Needed.NO_DOCUMENTS)),
        ("", None, False, None, (), (
            Needed.NO_LEGAL_REPRESENTATIVE, Needed.NO_DELIVERY_DATE, Needed.NO_DELIVERY_SITE,
            Needed.NO_PAYMENT_METHOD, Needed.NO_DOCUMENTS)),
    ],
)  # fmt: skip
def test_an_order_names_everything_that_it_lacks(
    representative: str,
    delivery_on: date | None,
    site: bool,  # noqa: FBT001 - a column of the table
    payment: str | None,
    documents: tuple[str, ...],
    needed: tuple[Needed, ...],
) -> None:
    """§6.1."""
    assert needed == needed_for_order(
        legal_representative=representative,
        delivery_on=delivery_on,
        today=TODAY,
        has_delivery_site=site,
        payment_method=payment,
        documents=documents,
    )


def test_a_vehicle_leaves_when_it_is_delivered_and_invoiced() -> None:
    """§6.1: whichever comes last."""
    said = [
        leaves_stock(delivered=delivered, invoiced=invoiced)
        for delivered in (False, True)
        for invoiced in (False, True)
    ]
    assert said == [False, False, False, True]


@pytest.mark.parametrize(
    ("reached", "reserved", "in_auction", "why"),
    [
        ("sales_stock", False, False, None),
        ("sales_stock", True, False, "reserved"),
        ("sales_stock", True, True, "reserved"),
        ("pre_arrival", False, True, "in_auction"),
        ("delivery", True, False, "has_left"),
        ("released", False, False, "has_left"),
    ],
)
def test_only_a_free_vehicle_is_offered(
    reached: str,
    reserved: bool,  # noqa: FBT001 - a column of the table
    in_auction: bool,  # noqa: FBT001 - see above
    why: str | None,
) -> None:
    """§6.1, §4.4."""
    assert not_free(VehicleStatus(reached), reserved=reserved, in_auction=in_auction) == why


@pytest.mark.parametrize(
    ("reached", "reserved", "allowed", "failed_before", "why"),
    [
        ("sales_stock", True, True, False, None),
        ("sales_stock", True, False, False, "manual_delivery_off"),
        ("sales_stock", False, True, False, "not_reserved"),
        ("price_destination", True, True, False, "not_in_sales_stock"),
        ("delivery", True, True, False, "not_in_sales_stock"),
        ("delivery", True, True, True, None),
        ("released", True, True, True, "not_in_sales_stock"),
    ],
)
def test_a_vehicle_is_delivered_by_hand(
    reached: str,
    reserved: bool,  # noqa: FBT001 - a column of the table
    allowed: bool,  # noqa: FBT001 - see above
    failed_before: bool,  # noqa: FBT001 - see above
    why: str | None,
) -> None:
    """§6.3."""
    found = manual_delivery_refused(
        VehicleStatus(reached), reserved=reserved, allowed=allowed, failed_before=failed_before
    )
    assert found == why


@pytest.mark.parametrize(
    ("price", "vat", "purchase", "costs", "price_ht", "margin"),
    [
        (14_185_47, "margin", 13_618_05, 0, 14_185_47, 472_85),  # domain §0
        (14_185_47, "unknown", 13_618_05, 0, 14_185_47, 472_85),
        (14_396_51, "recoverable", 11_000_00, 97_09, 11_997_09, 900_00),
        (14_396_51, "margin", 13_618_05, 0, 14_396_51, 648_72),
        (1_00, "recoverable", 0, 0, 83, 83),  # 0.8333
        (10_00, "margin", 10_01, 0, 10_00, -1),  # a loss rounds as a gain does
    ],
)
def test_a_vehicle_at_its_price(price: int, vat: str, purchase: int, costs: int, price_ht: int, margin: int) -> None:
    """§6.2, §0.3, §0.4."""
    car = SoldVehicle(price, Vat(vat), purchase, costs)
    assert (car.price_ht_cents, car.margin_cents) == (price_ht, margin)


def test_the_lot_of_auction_43_sums_up_as_it_was_sold() -> None:
    """§6.2: its price shared, each vehicle HT and TTC, and the margin that the synthesis promised (§5.5.4)."""
    given = shares(20_900_00, (3_608_16, 14_185_47, 2_800_00))
    assert given == [3_661_84, 14_396_51, 2_841_65]
    costs = (3_608_16, 13_618_05, 2_800_00)  # only the second one was to make anything at its starting price
    cars = [SoldVehicle(price, Vat.MARGIN, cost, 0) for price, cost in zip(given, costs, strict=True)]
    found = totals(cars)
    assert (found.vehicles_cents, found.total_cents, found.total_ht_cents, found.vat_cents) == (
        20_900_00, 20_900_00, 20_900_00, 0,
    )  # fmt: skip
    recoverable = totals([cars[0], SoldVehicle(given[1], Vat.RECOVERABLE, 11_000_00, 0), cars[2]])
    assert (recoverable.total_ht_cents, recoverable.vat_cents) == (3_661_84 + 11_997_09 + 2_841_65, 2_399_42)


def test_extras_count_in_the_total_and_a_trade_in_in_the_balance() -> None:
    """§6.2."""
    car = SoldVehicle(12_000_00, Vat.MARGIN, 9_600_00, 0)
    extras = [
        Extra(ExtraKind.ACCESSORIES, "Tapis", 60_00),
        Extra(ExtraKind.FEES, "Carte grise", 100_00),
        Extra(ExtraKind.TRADE_IN_AID, "", 500_00),
        Extra(ExtraKind.AMOUNT_OWED, "", 1_200_00),
    ]
    found = totals([car], extras, deposit_cents=1_000_00)
    assert (found.extras_cents, found.extras_ht_cents) == (160_00, 133_33)
    assert (found.total_cents, found.total_ht_cents, found.vat_cents) == (12_160_00, 12_133_33, 26_67)
    assert found.margin_cents == 2_000_00 - 500_00
    assert found.balance_due_cents == 12_160_00 + 1_200_00 - 500_00 - 1_000_00
