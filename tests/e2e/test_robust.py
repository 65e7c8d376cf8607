"""What a person expects when the way to the house is slow or the browser does what browsers do: a pending bid stands
once, and the page says so; a double click bids once; a reload, the back button and a wrong clock change nothing.

Sessions that end and several tabs are in test_sessions.py; the line that is lost in test_live_auction.py.
"""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.bidding import LONG_SECONDS, MINIMUM, NEXT, SENDING, TRADERS, bid_without_answer, panel, ready_to_bid
from tests.e2e.conftest import DESK, FIRST_TRADER, Doors, House, Visitors, bids_of, publish

pytestmark = pytest.mark.browser

#: A telephone at the edge of its network: 400 kbit/s and 400 ms, as browsers' own tools name it.
SLOW: Final = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
FIRST_VIEW_MS: Final = 30_000
#: The viewer's clock an hour ahead; everything else of the browser as it is.
AN_HOUR_AHEAD: Final = """
    const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...given) { given.length ? super(...given) : super(Right.now() + 3_600_000); }
      static now() { return Right.now() + 3_600_000; }
    };
"""


def _seconds(page: Page) -> int:
    """What the countdown says."""
    figures = re.fullmatch(r"(?:(\d+):)?(\d+):(\d\d)", page.get_by_role("timer").first.inner_text())
    assert figures
    hours, minutes, seconds = (int(part or 0) for part in figures.groups())
    return 3_600 * hours + 60 * minutes + seconds


def test_a_double_click_on_a_slow_line_bids_once(visitors: Visitors, dealer_doors: Doors) -> None:
    """Between click and answer the bid is shown as pending, the price does not move, and the page can be used."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    way = visitors.way()
    page = ready_to_bid(visitors, way, auction)
    shown = panel(page)
    way.hold(answers=True)
    shown.get_by_role("button", name=MINIMUM).dblclick()
    expect(shown.get_by_role("button", name=SENDING)).to_be_disabled()
    expect(shown).not_to_contain_text("En tête")
    shown.get_by_label("Autre montant").fill("5400")
    shown.get_by_label("Autre montant").press("Enter")
    page.get_by_role("button", name="English").click()
    expect(shown.get_by_role("button", name="sending")).to_be_disabled()
    page.get_by_role("button", name="Français").click()
    way.release()
    expect(shown).to_contain_text("En tête")
    expect(shown.get_by_role("button", name=NEXT)).to_be_enabled()
    assert bids_of(dealer_doors, auction) == ["5000.00"]


def test_the_pages_can_be_used_on_a_slow_line(visitors: Visitors, house: House, dealer_doors: Doors) -> None:
    """400 kbit/s and 400 ms: the first view comes, says that it is coming, and a bid is answered."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    page = visitors.sign_in(FIRST_TRADER)
    tools = page.context.new_cdp_session(page)
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    tools.send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"{house.address}/auctions/{auction}", timeout=FIRST_VIEW_MS)
    button = panel(page).get_by_role("button", name=MINIMUM)
    expect(button).to_be_enabled(timeout=FIRST_VIEW_MS)
    button.click()
    expect(panel(page)).to_contain_text("En tête")


def test_a_reload_in_the_middle_of_a_bid_leaves_one_bid(visitors: Visitors, dealer_doors: Doors) -> None:
    """The house has it, the answer has not come: after the reload the page says where one stands."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    way = visitors.way()
    page = ready_to_bid(visitors, way, auction)
    way.hold(answers=True)
    bid_without_answer(page)
    page.reload()
    expect(panel(page)).to_contain_text("En tête")
    expect(panel(page)).to_contain_text(re.compile(r"Offre de 5\s000\s€ acceptée"))
    assert bids_of(dealer_doors, auction) == ["5000.00"]


def test_a_bid_that_never_left_is_sent_after_the_reload(visitors: Visitors, dealer_doors: Doors) -> None:
    """The click was a bid: it does not get lost with the page, and it is sent once."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    way = visitors.way()
    page = ready_to_bid(visitors, way, auction)
    way.hold(answers=False)
    bid_without_answer(page)
    page.reload()
    expect(panel(page)).to_contain_text("En tête")
    page.reload()
    expect(panel(page)).to_contain_text("En tête")
    assert bids_of(dealer_doors, auction) == ["5000.00"]


def test_a_wrong_clock_changes_no_countdown(visitors: Visitors, dealer_doors: Doors) -> None:
    """§5.5.5: the countdown runs on the server's clock; the viewer's is an hour ahead."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    right = visitors.sign_in(FIRST_TRADER)
    wrong = visitors.arrive()
    wrong.context.add_init_script(AN_HOUR_AHEAD)
    (session,) = right.context.cookies()
    wrong.context.add_cookies([{"name": session["name"], "value": session["value"], "url": visitors.house.address}])
    for page in (right, wrong):
        page.goto(f"{visitors.house.address}/auctions/{auction}")
        expect(page.get_by_role("timer").first).to_have_text(re.compile(r"^\d+:\d\d$"))
    assert wrong.evaluate("Date.now()") > right.evaluate("Date.now()") + 3_500_000
    before, shown, after = _seconds(right), _seconds(wrong), _seconds(right)
    assert before + 1 >= shown >= after - 1
    panel(wrong).get_by_role("button", name=MINIMUM).click()
    for page in (wrong, right):
        expect(panel(page)).to_contain_text("En tête")
    number = dealer_doors.ask("GET", f"/api/auctions/{auction}")["display_number"]
    wrong.goto(f"{visitors.house.address}/?q={number}")
    row = wrong.locator("li", has=wrong.locator(f"a[href$='/auctions/{auction}']"))
    expect(row).to_contain_text(re.compile(r"(1 h 00|5\d:\d\d)\s*$"))


def test_the_back_button_leads_to_the_list_as_it_was(visitors: Visitors) -> None:
    """Filter, words and place of the list are the address's; the way back shows them again, and forward the auction."""
    page = visitors.sign_in(FIRST_TRADER, size=(DESK[0], 300))
    page.get_by_role("tab", name="Perdues").click()
    expect(page.get_by_role("tab", name="Perdues")).to_have_attribute("aria-selected", "true")
    page.locator("main li a").last.scroll_into_view_if_needed()
    expect(page.locator("main h1")).not_to_be_in_viewport()
    listed = page.url
    page.locator("main li a").last.click()
    expect(page.get_by_role("timer").first).to_be_visible()
    auction = page.url
    page.go_back()
    expect(page.get_by_role("tab", name="Perdues")).to_have_attribute("aria-selected", "true")
    assert page.url == listed
    expect(page.locator("main li a").last).to_be_in_viewport()
    expect(page.locator("main h1")).not_to_be_in_viewport()
    page.go_forward()
    expect(page.get_by_role("timer").first).to_be_visible()
    assert page.url == auction
