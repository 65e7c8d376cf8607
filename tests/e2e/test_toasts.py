"""Toasts never stand over what one works with: the bell, the button that bids, the bar in which a form ends."""

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.bidding import LONG_SECONDS, TRADERS, panel
from tests.e2e.conftest import DEALER, DESK, FIRST_TRADER, PHONE, Doors, Visitors, free_vehicles, publish

pytestmark = pytest.mark.browser

BLINK_SECONDS: Final = 10
#: Sooner than bad news goes by itself.
SWIPE_MS: Final = 5_000
#: An eighth of its height.
MOST_OF_A_PHONE: Final = 105
#: Whether a click in the middle of it meets it, or something that lies over it.
IS_MET: Final = """(wanted) => {
    const { x, y, width, height } = wanted.getBoundingClientRect();
    return wanted.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def _toasts(page: Page) -> Locator:
    return page.get_by_role("alert").filter(has=page.get_by_role("button", name="Fermer"))


def _meets(control: Locator) -> None:
    """It can be seen and clicked where it is, without any scrolling."""
    expect(control).to_be_in_viewport(ratio=1)
    assert control.evaluate(IS_MET)


def _stands_alone(page: Page, number: str) -> None:
    """On a phone the newest stands, small, and counts those before it."""
    expect(_toasts(page).filter(has_text=number)).to_contain_text(re.compile(r"\+\d+ autre"))
    expect(_toasts(page)).to_have_count(1)
    box = _toasts(page).bounding_box()
    assert box is not None
    assert box["height"] <= MOST_OF_A_PHONE


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_toast_covers_neither_bell_nor_bid(visitors: Visitors, dealer_doors: Doors, size: tuple[int, int]) -> None:
    """Several at once, on the page where one bids; Escape closes all of them and takes the focus from nobody."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    page = visitors.sign_in(FIRST_TRADER, size=size)
    page.goto(f"{visitors.house.address}/auctions/{auction}")
    amount = panel(page).get_by_label("Autre montant")
    amount.fill("5300")
    others = [publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS) for _ in range(2)]
    numbers = [dealer_doors.ask("GET", f"/api/auctions/{other}")["display_number"] for other in others]
    if size == DESK:
        for number in numbers:
            expect(_toasts(page).filter(has_text=number)).to_be_visible()
    else:
        _stands_alone(page, numbers[-1])
    expect(amount).to_be_focused()
    _meets(page.locator("header").get_by_role("link", name="Notifications"))
    _meets(panel(page).get_by_role("button", name="Enchérir").first)
    _meets(amount)
    page.keyboard.press("Escape")
    expect(_toasts(page)).to_have_count(0)
    expect(amount).to_be_focused()
    expect(amount).to_have_value("5300")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_toast_does_not_cover_the_bar_in_which_a_form_ends(
    visitors: Visitors, dealer_doors: Doors, size: tuple[int, int]
) -> None:
    """The results of an auction that nobody bid in arrive while the next one is made."""
    page = visitors.sign_in(DEALER, size=size)
    page.goto(f"{visitors.house.address}/auctions/new?vehicles={free_vehicles(dealer_doors)[-1]['id']}")
    publishes = page.get_by_role("button", name="Publier et prévenir")
    expect(publishes).to_be_visible()
    ended = publish(dealer_doors, TRADERS, duration_seconds=BLINK_SECONDS)
    number = dealer_doors.ask("GET", f"/api/auctions/{ended}")["display_number"]
    expect(_toasts(page).filter(has_text=number)).to_be_visible(timeout=2_000 * BLINK_SECONDS)
    _meets(publishes)
    _meets(page.locator("header").get_by_role("link", name="Notifications"))
    if size == PHONE:
        _swipes_away(page, _toasts(page).filter(has_text=number))
        return
    toast, bar = _toasts(page).last.bounding_box(), page.get_by_role("region", name="Total").bounding_box()
    assert toast is not None
    assert bar is not None
    assert toast["y"] + toast["height"] <= bar["y"]


def _swipes_away(page: Page, toast: Locator) -> None:
    box = toast.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 60, box["y"] + 15, steps=5)
    page.mouse.up()
    expect(toast).to_have_count(0, timeout=SWIPE_MS)
