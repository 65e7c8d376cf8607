"""What may stand on a card, and what a change may do to it (§4.1, §4.3, §4.5 to §4.7), as tables."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from engine.card_changes import Binding, change_faults, with_match
from engine.catalogue import Catalogue, Make, Model, folded
from engine.life_line import AddedStatus, Line, StockRules
from engine.stock import VehicleStatus
from engine.vehicle_card import (
    CUSTOM_REQUIRES,
    CardItems,
    Equipment,
    Fault,
    Problem,
    Repair,
    VehicleCard,
    faults,
    items_faults,
    price_ht,
    price_ttc,
)

TODAY = date(2026, 6, 15)
CARD = VehicleCard(make="RENAULT", model="CLIO")
CATALOGUE = Catalogue(
    (
        Make("RENAULT", (Model("CLIO", "passenger"), Model("MASTER", "van"))),
        Make("CITROËN", (Model("C3 AIRCROSS", "passenger"), Model("Ë-C3", "passenger"))),
        Make("FORD", (Model("KA", "passenger"), Model("KA+", "passenger"))),
        Make("VOLKSWAGEN", (Model("GOLF", "passenger"),), ("VW",)),
    )
)

FITS: list[dict[str, Any]] = [
    {},
    {"plate": "AB-123-CD"},
    {"plate": "AB123CD"},
    {"plate": "WW 123 AB"},
    {"plate": "1234 AB 75"},
    {"plate": "7 ABC 2A"},
    {"plate": "12ABC974"},
    {"plate": "B MW 1234", "imported": True},
    {"vin": "VF1RFB00X12345678"},
    {"first_registration": TODAY, "entered_at": TODAY},
    {"mileage_km": 0, "doors": 0, "co2_g_per_km": 0},
    {"energy": "Électrique", "battery_health_percent": 91, "battery_tested_on": TODAY},
    {"energy": "Hybride rechargeable", "battery_expires_on": date(2030, 1, 1)},
    {"kind": "scooter", "last_inspection_on": TODAY, "next_inspection_on": TODAY},
    {"kind": "quad", "next_inspection_on": date(2028, 1, 1)},
    {"destination": "moved", "moved_to_site_id": 7},
]


@pytest.mark.parametrize("fields", FITS, ids=str)
def test_what_fits_stands(fields: dict[str, Any]) -> None:
    """§4.1, §4.5, §4.6."""
    assert faults(replace(CARD, **fields), TODAY) == ()


WRONG: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"plate": "AO-123-CD"}, [("plate", "not_a_plate")]),
    ({"plate": "B MW 1234"}, [("plate", "not_a_plate")]),
    ({"plate": "AB-123-CD-"}, [("plate", "not_a_plate")]),
    ({"plate": "-", "imported": True}, [("plate", "not_a_plate")]),
    ({"vin": "VF1RFB00X1234567"}, [("vin", "not_a_vin")]),
    ({"vin": "VF1RFB00X1234567O"}, [("vin", "not_a_vin")]),
    ({"vin": "VF1RFB00I12345678"}, [("vin", "not_a_vin")]),
    ({"first_registration": date(2026, 6, 16)}, [("first_registration", "in_the_future")]),
    ({"first_registration": date(1066, 10, 14)}, [("first_registration", "too_long_ago")]),
    ({"mileage_km": 3_000_001}, [("mileage_km", "out_of_range")]),
    ({"trade_price_cents": 0}, [("trade_price_cents", "out_of_range")]),
    ({"kind": "boat"}, [("kind", "unknown")]),
    ({"destination": "moved"}, [("moved_to_site_id", "required")]),
    ({"energy": "Diesel", "battery_health_percent": 91}, [("battery_health_percent", "not_electric")]),
    (
        {"energy": "Electric", "battery_tested_on": date(2026, 2, 1), "battery_expires_on": date(2026, 1, 1)},
        [("battery_expires_on", "too_early")],
    ),
    ({"next_inspection_on": date(2027, 1, 1)}, [("next_inspection_on", "not_inspected")]),
    (
        {"plate": "?", "vin": "?", "power_ch": 9_999},
        [("plate", "not_a_plate"), ("vin", "not_a_vin"), ("power_ch", "out_of_range")],
    ),
]


@pytest.mark.parametrize(("fields", "expected"), WRONG, ids=str)
def test_everything_that_is_wrong_is_named(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """§4.1, §4.5, §4.6."""
    assert [(fault.field, fault.problem) for fault in faults(replace(CARD, **fields), TODAY)] == expected


def test_a_custom_make_says_what_no_catalogue_knows() -> None:
    """§4.7."""
    bare = replace(CARD, make="BOLLORÉ", model="BLUECAR", custom_make=True)
    assert faults(bare, TODAY) == tuple(Fault(field, Problem.REQUIRED) for field in CUSTOM_REQUIRES if field != "kind")
    told = {"version": "Bluecar", "trim": "Base", "body": "Berline", "gearbox": "Automatique", "energy": "Électrique"}
    assert faults(replace(bare, **told, doors=3, fiscal_power_cv=4, power_ch=68), TODAY) == ()


# ------------------------------------------------------------------------------------------------------- the catalogue


@pytest.mark.parametrize(
    ("make", "model", "named"),
    [
        ("Renault", "clio", ("RENAULT", "CLIO")),
        ("RENAULT", "Clio IV", ("RENAULT", "CLIO IV")),
        ("citroen", "C3-Aircross", ("CITROËN", "C3 AIRCROSS")),
        ("Citroën", "e-c3", ("CITROËN", "Ë-C3")),
        ("VW", "Golf", ("VOLKSWAGEN", "GOLF")),
        ("Ford", "Ka +", ("FORD", "KA+")),
    ],
)
def test_a_typed_name_finds_its_own(make: str, model: str, named: tuple[str, str]) -> None:
    """§4.3: matched to the reference, whatever the case, accents, spaces and hyphens."""
    card, wrong = with_match(None, VehicleCard(make=make, model=model), CATALOGUE)
    assert wrong == ()
    assert (card.make, card.model, card.matched) == (*named, True)


def test_a_kind_that_is_not_given_is_the_catalogues() -> None:
    card, _ = with_match(None, VehicleCard(make="RENAULT", model="MASTER"), CATALOGUE, kind_given=False)
    assert card.kind == "van"


@pytest.mark.parametrize(
    ("make", "model", "custom", "expected"),
    [
        ("BOLLORÉ", "BLUECAR", False, [("make", "not_in_catalogue")]),
        ("RENAULT", "BLUECAR", False, [("model", "not_in_catalogue")]),
        ("RENAULT", "BLUECAR", True, []),  # §4.7: a missing model of a known make
        ("BOLLORÉ", "BLUECAR", True, []),
        ("RENAULT", "CLIO", True, [("custom_make", "in_catalogue")]),
    ],
)
def test_what_the_catalogue_does_not_know_is_custom(
    make: str,
    model: str,
    custom: bool,  # noqa: FBT001 - a column
    expected: list[tuple[str, str]],
) -> None:
    """§4.7."""
    card, wrong = with_match(None, VehicleCard(make=make, model=model, custom_make=custom), CATALOGUE)
    assert [(fault.field, fault.problem) for fault in wrong] == expected
    assert card.matched is False


def test_a_card_keeps_its_match_until_make_or_model_change() -> None:
    """An older catalogue's match, or an import's, stands."""
    old = VehicleCard(make="BOLLORÉ", model="BLUECAR", matched=True)
    assert with_match(old, replace(old, colour="Gris"), CATALOGUE) == (replace(old, colour="Gris"), ())


def test_a_catalogue_names_nothing_twice() -> None:
    for makes in (
        (Make("A", ()), Make("a", ())),
        (Make("A", (Model("X 1", "passenger"), Model("x-1", "van"))),),
        (Make("-", ()),),
        (Make("A", (), ("a",)),),
    ):
        with pytest.raises(ValueError, match="twice"):
            Catalogue(makes)
    assert folded("Ë-C3 ") == "EC3"


# ------------------------------------------------------------------------------------------------------------- changes


def changed(before: VehicleCard, rules: StockRules | None = None, binding: Binding | None = None, **fields: Any) -> Any:
    found = change_faults(before, replace(before, **fields), rules or StockRules(), binding or Binding(), TODAY)
    return [(fault.field, fault.problem) for fault in found]


def test_only_what_a_change_makes_wrong_is_held_against_it() -> None:
    """§4.1: an imported card without VIN may be put right bit by bit."""
    stood = replace(CARD, status="sales_stock", vin="SHORT", colour="Bleu")
    assert changed(stood, mileage_km=5) == []
    assert changed(stood, colour="") == [("colour", "required")]
    assert changed(stood, vin="TOO SHORT") == []
    assert changed(stood, plate="?") == [("plate", "not_a_plate")]


def test_what_an_auction_rests_on_is_frozen_with_it() -> None:
    """§4.4."""
    stood, busy = replace(CARD, destination="trade"), Binding(in_auction=True)
    assert changed(stood, binding=busy, destination="scrap", vat="recoverable") == [
        ("destination", "in_auction"),
        ("vat", "in_auction"),
    ]
    assert changed(stood, binding=busy, reserved_for_client="Mme Petit") == [("reserved_for_client", "in_auction")]
    sold = Binding(reserved_for_trader=True)
    assert changed(stood, binding=sold, reserved_for_client="Mme Petit") == [("reserved_for_client", "reserved")]
    assert changed(stood, binding=sold, vat="recoverable") == [("vat", "reserved")]  # the buyer's price has its scheme
    assert changed(stood, vat="recoverable") == []


def test_a_destination_is_left_by_a_status_that_both_lines_have() -> None:
    """§4.2."""
    rules = StockRules(private=Line(added=(AddedStatus("workshop", "Atelier", VehicleStatus.PRE_ARRIVAL),)))
    stood = replace(CARD, destination="private", status="workshop")
    assert changed(stood, rules, destination="trade") == [("destination", "not_on_the_line")]
    assert changed(stood, rules, colour="Bleu") == []


# --------------------------------------------------------------------------------------------------------------- lists


def test_equipment_adds_up() -> None:
    """§4.7: price HT, VAT, price TTC; to the cent whichever was typed."""
    assert price_ttc(100_00, 2_000) == 120_00
    assert price_ttc(9_99, 550) == 10_54
    assert price_ht(120_00, 2_000) == 100_00
    assert price_ht(99_99, 2_000) == 83_33
    towbar = Equipment("Attelage", "", 83_33, 2_000, 99_99)
    wrong = Equipment("Attelage", "", 83_33, 2_000, 120_00)
    assert items_faults(CardItems(equipment=(towbar, wrong)), TODAY) == (
        Fault("equipment[1].price_ttc_cents", Problem.WRONG_SUM),
    )
    tomorrow = Repair("Pare-brise", 300_00, date(2026, 6, 16))
    assert items_faults(CardItems(repairs=(tomorrow,)), TODAY) == (Fault("repairs[0].done_on", Problem.IN_THE_FUTURE),)
