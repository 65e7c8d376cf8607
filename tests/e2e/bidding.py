"""An auction as a trader's page shows it, for tests that bid: who is invited, the lot's panel, a browser on the page
behind a way that can be held. What is bid and what then happens stands in the tests.
"""

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import FIRST_TRADER, Visitors
from tests.e2e.way import Way

TRADERS: Final = ("SARL LA BONNE OCCAZE", "AUTO 71")
LONG_SECONDS: Final = 3_600
#: The first bid on what `publish` offers, and the next after it.
MINIMUM: Final = re.compile(r"^Enchérir 5\s000\s€$")
NEXT: Final = re.compile(r"^Enchérir 5\s100\s€$")
SENDING: Final = re.compile(r"^5\s000\s€ · envoi…$")


def panel(page: Page) -> Locator:
    """The panel of the chosen lot."""
    return page.locator("aside").first


def ready_to_bid(visitors: Visitors, way: Way, auction: int) -> Page:
    """The first trader on that auction's page by that way; the page is live."""
    page = visitors.sign_in(FIRST_TRADER, at=way.address)
    page.goto(f"{way.address}/auctions/{auction}")
    expect(panel(page).get_by_role("button", name=MINIMUM)).to_be_enabled()
    return page


def bid_without_answer(page: Page) -> None:
    """One click on the minimum while the way is held: it is on its way, and stays there."""
    panel(page).get_by_role("button", name=MINIMUM).click()
    expect(panel(page).get_by_role("button", name=SENDING)).to_be_disabled()
