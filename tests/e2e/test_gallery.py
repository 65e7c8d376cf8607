"""Photos over the whole page, under a finger: swiped, and turned by arrows; the same gallery for a buyer and a seller.

By keyboard it is turned in test_lots_and_cards.
"""

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.bidding import LONG_SECONDS, TRADERS
from tests.e2e.conftest import DEALER, FIRST_TRADER, PHONE, Doors, House, Visitors, publish
from tests.e2e.drawings import jpeg

pytestmark = pytest.mark.browser

TABLET: Final = (1024, 768)
#: As often a finger is felt on its way.
STEPS: Final = 14
COLOURS: Final = ("maroon", "navy", "green")
#: What is on the page is on the screen, too: a finger that comes before feels nothing.
PAINTED: Final = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
CAPTION: Final = "Vue de face"


def _photograph(doors: Doors, vehicle: int) -> None:
    for colour in COLOURS:
        doors.send("POST", f"/api/vehicles/{vehicle}/photos", jpeg(colour), "image/jpeg")


def _swipe(page: Page, gallery: Locator, *, towards: int) -> None:
    """A finger over most of the photo: `towards` -1 leads to the next, 1 back."""
    page.evaluate(PAINTED)
    box = gallery.get_by_role("list", name="Photos").first.bounding_box()
    assert box is not None
    middle, height = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    reach = towards * box["width"] * 0.7
    finger = page.context.new_cdp_session(page)
    places = [middle - reach / 2 + reach * step / STEPS for step in range(STEPS + 1)]
    for kind, x in zip(("touchStart", *("touchMove",) * STEPS), places, strict=True):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": height}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _auction_of_photos(doors: Doors) -> int:
    auction = publish(doors, TRADERS, duration_seconds=LONG_SECONDS)
    _photograph(doors, doors.ask("GET", f"/api/auctions/{auction}")["lots"][0]["vehicles"][0]["id"])
    return auction


def _opened(page: Page) -> Locator:
    """The gallery on the auction's page."""
    page.get_by_role("button", name=re.compile(r"\d+ photos")).tap()
    return page.get_by_role("dialog", name=re.compile("^Photos"))


def test_a_trader_swipes_through_photos_on_a_phone(visitors: Visitors, house: House, dealer_doors: Doors) -> None:
    """§4.1, §5.5.3: a swipe shows the next photo, another the one before; a thumbnail leads anywhere."""
    page = visitors.sign_in(FIRST_TRADER, size=PHONE, touch=True)
    page.goto(f"{house.address}/auctions/{_auction_of_photos(dealer_doors)}")
    gallery = _opened(page)
    expect(gallery).to_contain_text(re.compile(r"1 / \d+"))
    _swipe(page, gallery, towards=-1)
    expect(gallery).to_contain_text(re.compile(r"2 / \d+"))
    expect(gallery.get_by_role("img", name="Photo 2 : véhicule")).to_be_in_viewport(ratio=0.9)
    _swipe(page, gallery, towards=1)
    expect(gallery).to_contain_text(re.compile(r"1 / \d+"))
    gallery.get_by_role("button", name="Voir la photo 3").tap()
    expect(gallery.get_by_role("img", name="Photo 3 : véhicule")).to_be_in_viewport(ratio=0.9)
    gallery.get_by_role("button", name="Fermer").tap()
    expect(gallery).to_have_count(0)


def test_a_finger_turns_photos_by_arrows_too(visitors: Visitors, house: House, dealer_doors: Doors) -> None:
    """On a tablet both stand side by side and agree on which photo is in sight."""
    page = visitors.sign_in(FIRST_TRADER, size=TABLET, touch=True)
    page.goto(f"{house.address}/auctions/{_auction_of_photos(dealer_doors)}")
    gallery = _opened(page)
    gallery.get_by_role("button", name="Photo suivante").tap()
    expect(gallery).to_contain_text(re.compile(r"2 / \d+"))
    expect(gallery.get_by_role("img", name="Photo 2 : véhicule")).to_be_in_viewport(ratio=0.9)
    _swipe(page, gallery, towards=-1)
    expect(gallery).to_contain_text(re.compile(r"3 / \d+"))
    gallery.get_by_role("button", name="Photo précédente").tap()
    expect(gallery.get_by_role("img", name="Photo 2 : véhicule")).to_be_in_viewport(ratio=0.9)


def test_the_seller_writes_captions_in_the_same_gallery(visitors: Visitors, house: House, dealer_doors: Doors) -> None:
    """§4.1: the caption stands below its photo, and arrows move the cursor in it, not the photos."""
    site = dealer_doors.ask("GET", "/api/vehicles?limit=1&status=sales_stock")["items"][0]["site"]
    entered = {"make": "RENAULT", "model": "ZOE", "energy": "Électrique", "site": site}
    vehicle = dealer_doors.ask("POST", "/api/vehicles", entered)["id"]
    _photograph(dealer_doors, vehicle)
    page = visitors.sign_in(DEALER, size=PHONE, touch=True)
    page.goto(f"{house.address}/vehicles/{vehicle}")
    page.get_by_role("button", name="Photo 1", exact=True).tap()
    gallery = page.get_by_role("dialog", name=re.compile("^Photos : RENAULT ZOE"))
    expect(gallery).to_contain_text("1 / 3")
    _swipe(page, gallery, towards=-1)
    expect(gallery).to_contain_text("2 / 3")
    caption = gallery.get_by_label("Légende")
    caption.fill(CAPTION)
    caption.press("ArrowLeft")
    expect(gallery).to_contain_text("2 / 3")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        gallery.get_by_role("button", name="Enregistrer").tap()
    expect(gallery).to_contain_text(f"2 / 3 · {CAPTION}")
    expect(gallery.get_by_role("img", name=f"Photo 2 : {CAPTION}")).to_be_visible()
    stored = dealer_doors.ask("GET", f"/api/vehicles/{vehicle}/photos")["items"]
    assert [photo["caption"] for photo in stored] == ["", CAPTION, ""]
