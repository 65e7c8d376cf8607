"""Every page on the demonstration's data, in both languages, themes and sizes: read by axe, none wider than its screen.

Their pictures are left in `screenshots/`, which is not kept; those that illustrate the papers are copied from there.
"""

from importlib.resources import files
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DEALER, DESK, FIRST_TRADER, PHONE, SCREENSHOTS, Visitors

pytestmark = pytest.mark.browser

AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LOOKS: Final = (("fr", "light", DESK), ("en", "dark", PHONE))
TRADER_PAGES: Final = (
    "/",
    "/?state=upcoming",
    "/?state=won",
    "/?state=lost",
    "/?state=declined",
    "/nowhere",
    "/account",
    "/account/company",
    "/account/security",
    "/account/tokens",
    "/forgotten-password",
    "/invitation",
)
DEALER_PAGES: Final = (
    "/auctions",
    "/auctions?state=scheduled",
    "/auctions?state=ended",
    "/auctions?state=cancelled",
    "/auctions/new",
    "/traders",
    "/traders/new",
    "/traders/2",
    "/invitations",
    "/mailing-lists",
    "/mailing-lists/new",
    "/mailing-lists/2",
)


def _look(page: Page, name: str, problems: list[str]) -> None:
    """One page, as it is now."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.locator("h1, main p").first).to_be_visible()
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width[0] > width[1]:
        problems.append(f"{name}: {width[0]} px wide on a screen of {width[1]}")
    page.evaluate(AXE)
    found = page.evaluate("async (rules) => (await axe.run(document, rules)).violations", RULES)
    problems += [f"{name}: {one['id']} at {one['nodes'][0]['target']}: {one['help']}" for one in found]


def _name(path: str) -> str:
    return path.strip("/?").replace("/", "-").replace("?", "").replace("=", "-") or "auctions"


@pytest.mark.parametrize(("language", "scheme", "size"), LOOKS)
def test_every_page_is_fit_to_read(visitors: Visitors, language: str, scheme: str, size: tuple[int, int]) -> None:
    """WCAG 2.2 AA as far as axe sees it, and no page wider than its screen."""
    look = f"{language}-{scheme}-{size[0]}"
    problems: list[str] = []
    _look(visitors.arrive(size=size, scheme=scheme, language=language), f"sign-in-{look}", problems)
    for email, paths in ((FIRST_TRADER, TRADER_PAGES), (DEALER, DEALER_PAGES)):
        person = "trader" if email == FIRST_TRADER else "dealer"
        page = visitors.sign_in(email, size=size, scheme=scheme, language=language)
        for path in paths:
            page.goto(visitors.house.address + path)
            _look(page, f"{person}-{_name(path)}-{look}", problems)
        for number, (title, place) in enumerate(_auctions(page, visitors.house.address, person)):
            page.goto(place)
            expect(page.get_by_role("timer").first).to_be_visible()
            _look(page, f"{person}-{title}-{number}-{look}", problems)
    assert not problems, "\n".join(problems)


def _auctions(page: Page, address: str, person: str) -> list[tuple[str, str]]:
    """The first two open auctions and one that has ended; the dealer's with the history."""
    dealer = person == "dealer"
    places = []
    for query, count in (("/auctions", 2), ("/auctions?state=ended" if dealer else "/auctions?state=won", 1)):
        page.goto(address + query)
        expect(page.locator("main li a").first).to_be_visible()
        places += page.eval_on_selector_all("main li a", "links => links.map(link => link.href)")[:count]
    if not dealer:
        return [("auction", place) for place in places]
    return [("synthesis", place) for place in places] + [("history", f"{places[0]}/history")]


def test_the_first_view_of_a_trader_is_light(visitors: Visitors) -> None:
    """Under 200 kB of compressed script, and nothing of the dealer's part."""
    page = visitors.arrive()
    sizes = page.evaluate(
        """() => performance.getEntriesByType('resource')
            .filter((one) => one.name.endsWith('.js')).map((one) => [one.name, one.encodedBodySize])"""
    )
    assert sizes
    assert sum(size for _, size in sizes) < 200_000, sizes
    assert not [name for name, _ in sizes if "Dealer" in name or "Chart" in name]


def test_the_keyboard_reaches_the_bid(visitors: Visitors) -> None:
    """The skip link comes first; the field and the buttons of the panel can be reached without a mouse."""
    page = visitors.sign_in(FIRST_TRADER)
    page.goto(visitors.house.address)
    page.locator("main li a").first.click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.keyboard.press("Tab")
    seen = []
    for _ in range(60):
        seen.append(page.evaluate("document.activeElement.textContent || document.activeElement.ariaLabel || ''"))
        page.keyboard.press("Tab")
    assert any(text.startswith("Enchérir") for text in seen), seen


def test_english_and_the_dark_are_one_click_away(visitors: Visitors) -> None:
    """French first; what was chosen holds for the whole visit."""
    page = visitors.sign_in(FIRST_TRADER)
    expect(page.get_by_role("heading", name="Mes enchères")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="My auctions")).to_be_visible()
    expect(page.locator("html[lang=en]")).to_be_visible()
    page.get_by_role("button", name="Switch to dark").click()
    expect(page.locator("html[data-mantine-color-scheme=dark]")).to_be_visible()
    page.reload()
    expect(page.locator("html[data-mantine-color-scheme=dark]")).to_be_visible()


def test_signing_out_ends_the_visit(visitors: Visitors) -> None:
    """Back to the sign-in page, without a word about a session that ended by itself."""
    page = visitors.sign_in(FIRST_TRADER)
    page.locator("header summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Connexion")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Connexion")).to_be_visible()
