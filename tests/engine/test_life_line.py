"""The life line of §4.2 as tables: which status may follow which by hand, and what each asks for."""

from datetime import date

import pytest

from engine.life_line import (
    ENTRY_REQUIRES,
    AddedStatus,
    Hindrance,
    Line,
    Standing,
    StockRules,
    days_in_stock,
    hindrance,
    is_over_target,
    missing_at,
    twice_or_standard,
)
from engine.stock import Candidate, Destination, Missing, SaleRules, VehicleStatus, missing_conditions
from engine.vehicle_card import VehicleCard

WORKSHOP = AddedStatus("workshop", "Atelier", VehicleStatus.PHYSICAL_ENTRY)
PHOTOS = AddedStatus("photos", "Photos", VehicleStatus.PHYSICAL_ENTRY)
PACKED = AddedStatus("packed", "Préparé", VehicleStatus.SALES_STOCK)
HANDED_OVER = AddedStatus("handed_over", "Remis", VehicleStatus.DELIVERY)
LINE = Line(added=(WORKSHOP, PACKED, PHOTOS, HANDED_OVER))


def test_added_statuses_stand_between_standard_ones_in_their_order() -> None:
    """§4.2."""
    assert Line().statuses == tuple(status.value for status in VehicleStatus)
    assert LINE.statuses == (
        "pre_arrival",
        "physical_entry",
        "workshop",
        "photos",
        "price_destination",
        "sales_stock",
        "packed",
        "delivery",
        "handed_over",
        "released",
    )
    assert "price_destination" not in Line(price_destination=False).statuses
    assert (LINE.reached("photos"), LINE.reached("sales_stock")) == (
        VehicleStatus.PHYSICAL_ENTRY,
        VehicleStatus.SALES_STOCK,
    )


def test_a_line_is_that_of_the_destination() -> None:
    """§4.2: per destination; what is neither private nor trade takes the standard line."""
    rules = StockRules(private=LINE)
    assert "workshop" in rules.line("private").statuses
    for destination in ("trade", "scrap", "moved", None):
        assert "workshop" not in rules.line(destination).statuses


MOVES: list[tuple[str, str, bool, Hindrance | None]] = [
    # from, to, by hand?, what hinders
    ("pre_arrival", "physical_entry", False, None),
    ("pre_arrival", "sales_stock", False, None),  # what lies between may be skipped
    ("physical_entry", "workshop", False, None),
    ("photos", "workshop", False, None),  # and walked back
    ("price_destination", "pre_arrival", False, None),
    ("workshop", "sales_stock", False, None),
    ("sales_stock", "physical_entry", False, Hindrance.NOT_BY_HAND),
    ("sales_stock", "packed", False, Hindrance.NOT_BY_HAND),
    ("sales_stock", "physical_entry", True, None),
    ("sales_stock", "packed", True, None),
    ("packed", "sales_stock", False, None),
    ("packed", "workshop", False, Hindrance.NOT_BY_HAND),
    ("sales_stock", "delivery", True, Hindrance.AFTER_THE_SALE),
    ("packed", "delivery", True, Hindrance.AFTER_THE_SALE),
    ("pre_arrival", "released", True, Hindrance.AFTER_THE_SALE),
    ("sales_stock", "handed_over", True, Hindrance.AFTER_THE_SALE),
    ("delivery", "handed_over", False, None),
    ("delivery", "released", True, Hindrance.AFTER_THE_SALE),
    ("handed_over", "released", True, Hindrance.AFTER_THE_SALE),
    ("delivery", "sales_stock", False, None),  # leaving the stock is undone
    ("released", "delivery", False, None),
    ("released", "sales_stock", False, None),
    ("sales_stock", "sales_stock", False, None),
    ("sales_stock", "elsewhere", True, Hindrance.NOT_ON_THE_LINE),
]


@pytest.mark.parametrize(("status", "to", "by_hand", "hinders"), MOVES)
def test_a_hand_moves_a_vehicle(status: str, to: str, by_hand: bool, hinders: Hindrance | None) -> None:  # noqa: FBT001 - a column
    """§4.2."""
    assert hindrance(LINE, Standing(status), to, by_hand=by_hand) is hinders


def test_an_order_and_an_auction_hold_a_vehicle_where_it_is() -> None:
    """§4.2, §4.4: undone is not what an order stands for, and nothing leaves an auction by the back door."""
    ordered, shown = Standing("delivery", ordered=True), Standing("sales_stock", in_auction=True)
    assert hindrance(LINE, ordered, "sales_stock", by_hand=True) is Hindrance.ORDERED
    assert hindrance(LINE, Standing("released", ordered=True), "delivery", by_hand=True) is None
    assert hindrance(LINE, Standing("delivery", ordered=True, handed_over=True), "released", by_hand=False) is None
    assert hindrance(LINE, shown, "physical_entry", by_hand=True) is Hindrance.IN_AUCTION
    early = Standing("physical_entry", in_auction=True)
    assert hindrance(LINE, early, "sales_stock", by_hand=False) is None
    assert hindrance(LINE, early, "pre_arrival", by_hand=False) is Hindrance.IN_AUCTION


def test_a_status_that_the_line_has_lost_counts_as_the_last_one_that_it_has() -> None:
    without = Line(price_destination=False)
    assert hindrance(without, Standing("price_destination"), "sales_stock", by_hand=False) is None
    assert hindrance(without, Standing("price_destination"), "physical_entry", by_hand=False) is None


def test_a_status_that_no_line_has_is_the_beginning_and_is_left_by_hand() -> None:
    """A cancelled order may bring a vehicle back to a status that its entity has given up meanwhile."""
    assert Line().reached("workshop") is VehicleStatus.PRE_ARRIVAL
    assert hindrance(Line(), Standing("workshop"), "sales_stock", by_hand=False) is None


ENTERED = VehicleCard(
    make="RENAULT",
    model="CLIO",
    colour="Bleu",
    interior_colour="Noir",
    origin="Reprise",
    plate="AB-123-CD",
    vin="VF1AAAAAAAAAAAAAA",
    police_book_number="2026-1",
    entered_at=date(2026, 1, 2),
    first_registration=date(2020, 5, 4),
    mileage_km=0,
    co2_g_per_km=0,
)


def test_physical_entry_names_every_field_that_it_misses() -> None:
    """§4.2; zero is a mileage, and an electric car's CO₂."""
    bare = VehicleCard(make="RENAULT", model="CLIO")
    assert missing_at(LINE, "pre_arrival", bare) == ()
    for status in ("physical_entry", "workshop", "sales_stock", "packed", "delivery"):
        assert missing_at(LINE, status, bare) == ENTRY_REQUIRES, status
    assert missing_at(LINE, "physical_entry", ENTERED) == ()


def test_an_added_status_sells_with_the_one_that_it_follows() -> None:
    """§4.2, §4.3: on the way to sales stock; after it, it is on the way out."""

    def lacks(status: VehicleStatus, *, past: bool) -> tuple[Missing, ...]:
        asked = Candidate(
            status=status,
            destination=Destination.TRADE,
            trade_price_cents=1_00,
            trade_sale_authorised=False,
            matched=True,
            reserved=False,
            in_another_auction=False,
            past_status=past,
        )
        return missing_conditions(asked, SaleRules(VehicleStatus.PHYSICAL_ENTRY))

    assert lacks(VehicleStatus.PHYSICAL_ENTRY, past=True) == ()
    assert lacks(VehicleStatus.PRE_ARRIVAL, past=True) == (Missing.NOT_SALEABLE,)
    assert lacks(VehicleStatus.SALES_STOCK, past=True) == (Missing.NOT_SALEABLE,)


def test_publishable_is_a_threshold_of_its_own() -> None:
    """§4.2."""
    rules = StockRules(publishable_from=VehicleStatus.PHYSICAL_ENTRY, trade=LINE)
    shown = [status for status in LINE.statuses if rules.is_publishable("trade", status)]
    assert shown == ["physical_entry", "workshop", "photos", "price_destination", "sales_stock"]


def test_days_in_stock_and_the_target() -> None:
    """§4.2: a vehicle over its entity's target asks for a reason."""
    entered, today = date(2026, 1, 1), date(2026, 4, 2)
    assert days_in_stock(None, today) is None
    assert days_in_stock(entered, today) == 91
    assert days_in_stock(entered, today, date(2026, 1, 11)) == 10
    assert days_in_stock(date(2026, 4, 3), today) == 0
    rules = StockRules(days_target=90)
    assert [is_over_target(days, rules) for days in (None, 90, 91)] == [False, False, True]
    assert not is_over_target(10_000, StockRules())


def test_an_added_status_has_a_name_of_its_own() -> None:
    wrong = Line(added=(WORKSHOP, AddedStatus("delivery", "Livraison", VehicleStatus.SALES_STOCK), PHOTOS, WORKSHOP))
    assert twice_or_standard(wrong) == (1, 3)
