"""Sessions that end and several tabs of one browser: each page says whose it is, and nothing of another user stays.

What was typed is never sent by itself for somebody who has to sign in again.
"""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.e2e.bidding import LONG_SECONDS, MINIMUM, TRADERS, bid_without_answer, panel, ready_to_bid
from tests.e2e.conftest import (
    DEALER,
    FIRST_TRADER,
    SECOND_TRADER,
    Doors,
    House,
    Visitors,
    bids_of,
    fill_in_sign_in,
    publish,
)

pytestmark = pytest.mark.browser

ENDED: Final = "Votre session a pris fin. Reconnectez-vous pour continuer."


@pytest.fixture(autouse=True)
def _strangers_forgiven(visitors: Visitors) -> Iterator[None]:
    """What was on its way when the session ended, photos above all, is refused, and browsers log it."""
    yield
    visitors.forgive("status of 401")


def _end_sessions(house: House, email: str) -> None:
    """Every session of that user ends at the house, as from another machine."""
    doors = Doors(house, email)
    doors.ask("DELETE", "/api/sessions")


def test_an_ended_session_says_so_and_leads_back(visitors: Visitors, dealer_doors: Doors) -> None:
    """At once, without a click; signing in again shows the very page, with what was typed and has not been sent."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    page = visitors.sign_in(FIRST_TRADER)
    place = f"{visitors.house.address}/auctions/{auction}"
    page.goto(place)
    panel(page).get_by_label("Autre montant").fill("5600")
    _end_sessions(visitors.house, FIRST_TRADER)
    expect(page.get_by_text(ENDED)).to_be_visible()
    assert page.url == place
    fill_in_sign_in(page, FIRST_TRADER)
    expect(panel(page).get_by_role("button", name=MINIMUM)).to_be_enabled()
    assert page.url == place
    expect(panel(page).get_by_label("Autre montant")).to_have_value("5600")
    assert bids_of(dealer_doors, auction) == []
    panel(page).get_by_label("Autre montant").press("Enter")
    expect(panel(page)).to_contain_text("En tête")
    assert bids_of(dealer_doors, auction) == ["5600.00"]
    page.reload()
    expect(panel(page)).to_contain_text("En tête")
    expect(panel(page).get_by_label("Autre montant")).to_have_value("")


@pytest.mark.parametrize("reloaded", [False, True])
def test_an_amount_typed_before_the_session_ended_is_no_other_users(
    visitors: Visitors, dealer_doors: Doors, *, reloaded: bool
) -> None:
    """Another trader signs in on the same page: the field is empty, also when the page was loaded anew between."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    page = visitors.sign_in(FIRST_TRADER)
    page.goto(f"{visitors.house.address}/auctions/{auction}")
    panel(page).get_by_label("Autre montant").fill("5600")
    _end_sessions(visitors.house, FIRST_TRADER)
    expect(page.get_by_text(ENDED)).to_be_visible()
    if reloaded:
        page.reload()
    fill_in_sign_in(page, SECOND_TRADER)
    expect(page.locator("header summary").last).to_contain_text(TRADERS[1])
    expect(panel(page).get_by_role("button", name=MINIMUM)).to_be_enabled()
    expect(panel(page).get_by_label("Autre montant")).to_have_value("")
    assert bids_of(dealer_doors, auction) == []


def test_a_bid_that_met_the_end_of_the_session_is_not_sent_by_signing_in(
    visitors: Visitors, dealer_doors: Doors
) -> None:
    """It never reached the house: whoever signs in again decides again, and one click bids once."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    way = visitors.way()
    page = ready_to_bid(visitors, way, auction)
    way.hold(answers=False)
    bid_without_answer(page)
    _end_sessions(visitors.house, FIRST_TRADER)
    expect(page.get_by_text(ENDED)).to_be_visible()
    fill_in_sign_in(page, FIRST_TRADER)
    button = panel(page).get_by_role("button", name=MINIMUM)
    expect(button).to_be_enabled()
    assert bids_of(dealer_doors, auction) == []
    button.click()
    expect(panel(page)).to_contain_text("En tête")
    assert bids_of(dealer_doors, auction) == ["5000.00"]


def test_a_door_that_knows_nobody_shows_the_sign_in(visitors: Visitors) -> None:
    """The line is still being sought when a list is asked for: its refusal alone is enough."""
    page = visitors.sign_in(FIRST_TRADER)
    page.context.clear_cookies()
    page.locator("header").get_by_role("link", name="Notifications").press("Enter")
    expect(page.get_by_text(ENDED)).to_be_visible()
    assert page.url.endswith("/notifications")
    fill_in_sign_in(page, FIRST_TRADER)
    expect(page.get_by_role("heading", name="Notifications")).to_be_visible()


def test_two_tabs_of_one_trader_show_the_same(visitors: Visitors, dealer_doors: Doors) -> None:
    """A bid placed on one is the bid of the other; signing out on one ends the other; so does signing in."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    first = visitors.sign_in(FIRST_TRADER)
    first.goto(f"{visitors.house.address}/auctions/{auction}")
    second = visitors.another_tab(first)
    expect(panel(second).get_by_role("button", name=MINIMUM)).to_be_enabled()
    panel(first).get_by_role("button", name=MINIMUM).click()
    for page in (first, second):
        expect(panel(page)).to_contain_text("En tête")
        expect(panel(page).locator("dl")).to_contain_text(re.compile(r"Votre offre\s*5\s000,00\s€"))
    visitors.sign_out(second)
    expect(second.get_by_text(ENDED)).to_have_count(0)
    expect(first.get_by_text(ENDED)).to_be_visible()
    fill_in_sign_in(second, FIRST_TRADER)
    first.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    expect(panel(first)).to_contain_text("En tête")
    assert bids_of(dealer_doors, auction) == ["5000.00"]


@pytest.mark.parametrize("newcomer", [SECOND_TRADER, DEALER])
def test_another_user_on_a_second_tab_is_not_mixed_with_the_first(
    visitors: Visitors, dealer_doors: Doors, newcomer: str
) -> None:
    """A browser has one session: the first tab becomes the newcomer's, with nothing left of who was there."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    first = visitors.sign_in(FIRST_TRADER)
    first.goto(f"{visitors.house.address}/auctions/{auction}")
    panel(first).get_by_role("button", name=MINIMUM).click()
    expect(panel(first)).to_contain_text("En tête")
    second = visitors.another_tab(first)
    second.evaluate(
        """(credentials) => fetch('/api/sessions', {
            method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(credentials) })""",
        {"email": newcomer, "password": "demonstration"},
    )
    second.reload()
    who = first.locator("header summary").last
    expect(who).not_to_contain_text(TRADERS[0])
    if newcomer == SECOND_TRADER:
        expect(who).to_contain_text(TRADERS[1])
        expect(panel(first)).to_contain_text("Pas enchéri")
        expect(panel(first)).not_to_contain_text("Votre offre")
        expect(second.locator("header summary").last).to_contain_text(TRADERS[1])
    else:
        expect(first.get_by_role("link", name="Stock")).to_be_visible()
        expect(first.locator("aside").get_by_role("button", name="Enchérir")).to_have_count(0)
    assert bids_of(dealer_doors, auction) == ["5000.00"]
