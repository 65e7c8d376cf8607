"""What the demonstration shows is consistent: people, vehicles, and auctions that the rules themselves accept."""

import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import msgspec
import pytest

from engine.auction.events import Outcome
from engine.auction.state import AuctionState, Status
from engine.auction.synthesis import lot_figures, synthesis
from engine.auction.terms import AuctionTerms, Invited, LotTerms, VehicleTerms
from engine.instants import SECOND
from engine.money import Vat, format_amount, margin_ht
from persistence.live.book import StoredAuction
from persistence.live.recovery import recovered_state
from server.demo.past import commands, entries, minutes
from server.demo.scenery import auctions, people
from server.demo.scenery.stock import BY_PLATE, VEHICLES
from server.demo.sign_ins import SIGN_INS

GOLDEN = Path(__file__).parents[1] / "golden"
NOW = 1_790_000_000 * SECOND
NUMBERED = list(enumerate(auctions.AUCTIONS, people.FIRST_AUCTION_NUMBER))


def luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(digit - 9 * (digit > 9) for digit in doubled) % 10 == 0


@pytest.mark.parametrize("trader", people.TRADERS, ids=lambda trader: trader.legal_name)
def test_a_trader_has_a_valid_siret_and_vat_number_of_nobody(trader: people.Trader) -> None:
    siren = trader.siret[:9]
    assert re.fullmatch(r"000\d{11}", trader.siret)
    assert luhn(trader.siret)
    assert luhn(siren)
    assert trader.vat_number == f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"


def test_one_email_is_one_account_and_none_can_be_written_to() -> None:
    emails = [person.email for person in (*people.DEALERS, *people.TRADERS)]
    assert len(set(emails)) == len(emails)
    assert all(email.endswith(".example") for email in emails)
    assert {sign_in.email for sign_in in SIGN_INS} <= set(emails)


def test_a_visitor_may_be_a_dealer_or_one_of_several_traders_that_no_script_bids_for() -> None:
    assert [sign_in.role for sign_in in SIGN_INS].count("dealer") >= 2
    companies = {sign_in.company for sign_in in SIGN_INS if sign_in.role == "trader"}
    assert len(companies) >= 3
    assert not companies & {trader.legal_name for trader in people.SCRIPTED}


def test_a_list_holds_connected_traders_only() -> None:
    assert all(listed.entity in trader.connected_to for listed in people.MAILING_LISTS for trader in listed.traders)
    assert any(not trader.connected_to for trader in people.TRADERS)


def test_plates_and_numbers_of_the_books_are_nobody_elses() -> None:
    assert len(VEHICLES) >= 60
    for name in ("plate", "vin", "internal_number", "police_book_number"):
        written = [getattr(vehicle, name) for vehicle in VEHICLES]
        assert len(set(written)) == len(written), name
    assert all(re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", vehicle.vin) for vehicle in VEHICLES)
    assert all(re.fullmatch(r"[A-HJ-NP-TV-Z]{2}\d{3}[A-HJ-NP-TV-Z]{2}", vehicle.plate) for vehicle in VEHICLES)


def test_there_are_electric_cars_with_batteries_vans_and_a_motorcycle() -> None:
    batteries = [vehicle for vehicle in VEHICLES if vehicle.battery_health_percent is not None]
    assert batteries
    assert all(vehicle.energy == "Électrique" and vehicle.battery_expires_on for vehicle in batteries)
    assert {"van", "motorcycle", "scooter", "4x4"} <= {vehicle.kind for vehicle in VEHICLES}


def test_prices_are_in_their_order_and_sites_exist() -> None:
    sites = {site.name for entity in people.ENTITIES for site in entity.sites}
    for vehicle in VEHICLES:
        assert vehicle.purchase_price_cents <= vehicle.trade_price_cents <= vehicle.sale_price_cents, vehicle.plate
        assert vehicle.sale_price_cents <= vehicle.market_value_cents
        assert vehicle.site in sites


def terms_of(number: int, auction: auctions.Auction, first_lot: int) -> AuctionTerms:
    """The terms as the book would give them."""
    invited: Iterable[people.Trader] = (
        auction.audience.traders
        if auction.audience is not None
        else [trader for trader in people.TRADERS if auction.entity in trader.connected_to]
    )
    lots = []
    for lot_number, lot in enumerate(auction.lots, first_lot):
        sold = []
        for plate in lot.plates:
            vehicle = BY_PLATE[plate]
            price, vat = vehicle.trade_price_cents, Vat(vehicle.vat)
            margin = margin_ht(price, vehicle.purchase_price_cents, vehicle.planned_costs_ht_cents, vat)
            sold.append(VehicleTerms(plate, price, margin, vat))
        lots.append(LotTerms(lot_number, tuple(sold), lot.reserve_cents))
    starts_at = NOW - minutes(auction.began_minutes_ago)
    return AuctionTerms(
        number,
        auction.kind,
        starts_at,
        starts_at + minutes(auction.lasts_minutes),
        auction.increment_cents,
        tuple(Invited(trader.legal_name, trader.legal_name) for trader in invited),
        tuple(lots),
    )


def played() -> dict[int, AuctionState]:
    """Every scripted auction by its number, after its past."""
    states = {}
    first_lot = people.FIRST_LOT_NUMBER
    keys = {trader.legal_name: trader.legal_name for trader in people.TRADERS}
    for number, auction in NUMBERED:
        terms = terms_of(number, auction, first_lot)
        stored = StoredAuction(number, 1, terms, (), ())
        numbers = [lot.number for lot in terms.lots]
        written = list(entries(stored, 1, commands(auction, terms.starts_at, keys, numbers), NOW))
        events = tuple(chain.from_iterable(entry.events for entry in written))
        kept = tuple(entry.kept for entry in written if entry.kept is not None)
        states[number] = recovered_state(msgspec.structs.replace(stored, events=events, answers=kept))
        first_lot += len(auction.lots)
    return states


STATES = played()


def test_the_scripted_past_is_of_every_kind() -> None:
    assert {state.status for state in STATES.values()} == {Status.OPEN, Status.ENDED, Status.CANCELLED}
    outcomes = {lot.outcome for state in STATES.values() for lot in state.lots.values()}
    assert outcomes == {*Outcome, None}
    running = [state.ends_at - NOW for state in STATES.values() if state.status is Status.OPEN]
    assert len(running) >= 5
    assert min(running) <= minutes(3)


def test_a_vehicle_is_in_one_auction_that_is_not_over_and_in_none_once_sold() -> None:
    taken = [
        vehicle.ref
        for state in STATES.values()
        for lot in state.lots.values()
        if lot.outcome in {None, Outcome.WON}
        for vehicle in lot.terms.vehicles
    ]
    assert len(set(taken)) == len(taken)


@pytest.mark.parametrize("number", [36, 43])
def test_the_user_guides_auctions_have_its_very_figures(number: int) -> None:
    golden = msgspec.json.decode((GOLDEN / f"auction-{number}.json").read_bytes())
    scenario, expected = golden["scenario"]["auction"], golden["expected"]
    state = STATES[number]
    assert [lot["number"] for lot in scenario["lots"]] == list(state.lots)
    for lot in scenario["lots"]:
        terms = state.lots[lot["number"]].terms
        assert lot["reserve_price"] == format_amount(terms.reserve_price_cents or 0)
        assert lot["vehicles"] == [
            {
                "ref": vehicle.ref,
                "starting_price": format_amount(vehicle.starting_price_cents),
                "initial_margin": format_amount(vehicle.initial_margin_cents),
            }
            for vehicle in terms.vehicles
        ]
    totals = synthesis(state)
    assert {
        "starting_total": format_amount(totals.starting_total_cents),
        "initial_margin": format_amount(totals.initial_margin_cents),
        "last_offers_total": format_amount(totals.last_offers_total_cents),
        "reserve_total": format_amount(totals.reserve_total_cents or 0),
        "gain": format_amount(totals.gain_cents),
        "margin": format_amount(totals.margin_cents),
    } == {key: figure for key, figure in expected["synthesis"].items() if key != "lots_with_offer"}
    for lot in expected["lots"]:
        figures = lot_figures(state.lots[lot["number"]])
        assert lot.get("gain", format_amount(figures.gain_cents)) == format_amount(figures.gain_cents)
        if "vehicles" in lot:
            prices = [format_amount(price) for price in figures.prices_cents or ()]
            assert prices == [vehicle["price"] for vehicle in lot["vehicles"]]


def test_what_is_still_is_counted_as_it_stands() -> None:
    held = auctions.still()
    assert {36, 42, 43} == set(held)
    for number, lots in held.items():
        assert lots == {lot.terms.number: lot.bids for lot in STATES[number].lots.values()}
