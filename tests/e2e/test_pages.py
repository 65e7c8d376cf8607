"""Every page on the demonstration's data, in both languages, themes and sizes: none wider than its screen, and read by
axe in both themes.

Their pictures are left in `screenshots/`, which is not kept; those that illustrate the papers are copied from there.
"""

import re
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Final, Literal, TypeAlias

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DEALER, DESK, FIRST_TRADER, PHONE, ROOT, SCREENSHOTS, Doors, Visitors

pytestmark = pytest.mark.browser

Looks: TypeAlias = tuple[tuple[Literal["light", "dark"], tuple[int, int]], ...]

AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
#: What passes is not told one by one: of a long table that takes longer than to look at it.
RULES: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
#: In English other words stand in the same page: what they can change is its width, on the phone's screen above all.
LOOKS: Final[dict[str, Looks]] = {"fr": (("light", DESK), ("dark", PHONE)), "en": (("light", PHONE),)}
#: Forms have words that nothing shows but a reader of screens: axe hears these in English too, once each.
FORMS_IN_ENGLISH: Final = {
    "/account",
    "/account/tokens",
    "/forgotten-password",
    "/auctions/new",
    "/vehicles/new",
    "/vehicles/8",
    "/offers/new?vehicles=40",
    "/settings/stock",
}
#: The pages of one thing, reached from the list that holds it.
OWN_PAGES: Final = {
    "/?state=open": ("/auctions/:id",),
    "/?state=won": ("/auctions/:id",),
    "/purchases": ("/purchases/:id",),
    "/auctions": ("/auctions/:id", "/auctions/:id/history"),
    "/auctions?state=ended": ("/auctions/:id", "/auctions/:id/history"),
    "/auctions?state=scheduled": ("/auctions/:id/edit",),
    "/users": ("/users/:id",),
    "/user-groups": ("/user-groups/:id",),
}
AUCTIONS: Final = ("/?state=open", "/?state=won", "/auctions", "/auctions?state=ended")
#: A trader's link to an offer leads on to the purchase.
ELSEWHERE: Final = {"/offers/:id"}
#: Files, who is signed in, the demonstration's accounts.
FIRST_VIEW_REQUESTS: Final = 20
#: Half a hundred pages, each read twice, on a busy machine.
WALK_SECONDS: Final = 900
TABLET: Final = 768
OVERFLOWING: Final = "tables => tables.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)"
HREFS: Final = "links => links.map(({ href }) => href)"
TRADER_PAGES: Final = (
    "/?state=open",
    "/?state=upcoming",
    "/?state=won",
    "/?state=lost",
    "/?state=declined",
    "/nowhere",
    "/purchases",
    "/purchases?state=ordered",
    "/dealers",
    "/notifications",
    "/account",
    "/account/company",
    "/account/security",
    "/account/tokens",
    "/forgotten-password",
    "/invitation",
    "/user-invitation",
    "/password-reset",
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
    "/vehicles",
    "/vehicles?status=sales_stock&make=RENAULT,BMW&mileage_km_max=90000&known=plate",
    "/vehicles/8",
    "/vehicles/new",
    "/vehicles/import",
    "/offers",
    "/offers?status=validated&tax=ht",
    "/offers/1",
    "/offers/3",
    "/offers/5",
    "/offers/new?vehicles=40",
    "/deliveries",
    "/deliveries?status=scheduled",
    "/deliveries?status=released",
    "/",
    "/notifications",
    "/users",
    "/users/invitations",
    "/user-groups",
    "/settings",
    "/settings/sites",
    "/settings/stock",
    "/settings/mails",
    "/history",
    "/history?subject=offer",
)


def _look(page: Page, name: str, looks: Looks, problems: list[str], *, axe: bool) -> None:
    """One page, as it is now, in each of these schemes and sizes without loading it again."""
    expect(page.locator("h1, main p").first).to_be_visible()  # what has not come yet is not busy either
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    if axe:
        page.evaluate(AXE)
    for scheme, size in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        look = f"{name}-{scheme}-{size[0]}"
        page.screenshot(path=SCREENSHOTS / f"{look}.png", full_page=True)
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if width[0] > width[1]:
            problems.append(f"{look}: {width[0]} px wide on a screen of {width[1]}")
        if axe:
            found = page.evaluate("async (rules) => (await axe.run(document, rules)).violations", RULES)
            problems += [f"{look}: {one['id']} at {one['nodes'][0]['target']}: {one['help']}" for one in found]


def _name(path: str) -> str:
    return re.sub(r"[/?=&]+", "-", path).strip("-") or "first"


def _walk(page: Page, address: str, paths: Iterable[str], seen: Callable[[str], None]) -> None:
    """Goes to each, and to the first of each list's own pages."""
    for path in paths:
        page.goto(address + path)
        seen(_name(path))
        hrefs = page.locator("main a").evaluate_all(HREFS)
        for pattern in OWN_PAGES.get(path, ()):
            start, _, end = pattern.partition(":id")
            own = re.compile(rf"{re.escape(start)}\d+$")
            found = next(filter(own.search, hrefs), None)
            assert found is not None, f"nothing to open on {path}"
            page.goto(found + end)
            if path in AUCTIONS:
                expect(page.get_by_role("timer").first).to_be_visible()
            seen(_name(f"{path}-{pattern.replace(':id', 'one')}"))


def _fill_what_is_empty(doors: Doors) -> None:
    """The demonstration has no user group."""
    if not doors.ask("GET", "/api/user-groups")["items"]:
        entity = doors.ask("GET", "/api/entities")["items"][0]["id"]
        doors.ask("POST", "/api/user-groups", {"entity": entity, "name": "Vendeurs de Lyon", "preset": "seller"})


@pytest.mark.timeout(WALK_SECONDS)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("email", "paths"), [(FIRST_TRADER, TRADER_PAGES), (DEALER, DEALER_PAGES)])
def test_every_page_is_fit_to_read(
    visitors: Visitors, dealer_doors: Doors, language: str, email: str, paths: tuple[str, ...]
) -> None:
    """WCAG 2.2 AA as far as axe sees it, and no page wider than its screen; all problems are told at once."""
    _fill_what_is_empty(dealer_doors)
    heard = {_name(path) for path in FORMS_IN_ENGLISH}
    person = "trader" if email == FIRST_TRADER else "dealer"
    problems: list[str] = []
    SCREENSHOTS.mkdir(exist_ok=True)

    def seen(name: str) -> None:
        axe = language == "fr" or name in heard
        _look(page, f"{person}-{name}-{language}", LOOKS[language], problems, axe=axe)

    page = visitors.arrive(language=language)
    if person == "trader":
        seen("sign-in")
    page = visitors.sign_in(email, language=language)
    _walk(page, visitors.house.address, paths, seen)
    assert not problems, "\n".join(problems)


def test_no_page_is_left_out() -> None:
    """Every address that the pages' routes name is walked."""
    walked = {re.sub(r"\d+", ":id", path.partition("?")[0]) for path in (*TRADER_PAGES, *DEALER_PAGES)}
    walked.update(pattern for patterns in OWN_PAGES.values() for pattern in patterns)
    sources = [file.read_text() for file in (ROOT / "web/src").rglob("*.tsx") if "test" not in file.name]
    named = {
        path.replace(":offer", ":id") for source in sources for path in re.findall(r'<Route\s+path="([^"]+)"', source)
    }
    assert named
    assert not named - walked - ELSEWHERE


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
    assert page.evaluate("performance.getEntriesByType('resource').length") <= FIRST_VIEW_REQUESTS


@pytest.mark.parametrize("width", [TABLET, 1001])
def test_between_phone_and_desk_no_page_is_wider_than_its_screen(visitors: Visitors, width: int) -> None:
    """A dealer has more places than a tablet has room for in one line: there they are the bar below; so it is with the
    columns of a table, which stand in lines.
    """
    page = visitors.sign_in(DEALER, size=(width, 1024))
    for path in ("/", "/vehicles", "/auctions?state=ended", "/auctions/new", "/users"):
        page.goto(visitors.house.address + path)
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        expect(page.get_by_role("link", name="Stock", exact=True)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width == TABLET:
            assert not page.locator("main section:has(> table)").evaluate_all(OVERFLOWING), path


def test_a_list_on_the_phone_sorts_and_is_ticked_with_a_thumb(visitors: Visitors) -> None:
    """Cards have no heads above them, but what sorts is there to press; beside a box is still its box, not the card."""
    page = visitors.sign_in(DEALER, size=PHONE, touch=True)
    page.goto(f"{visitors.house.address}/vehicles")
    head = page.locator("thead").get_by_role("button", name="Kilométrage")
    head.tap()
    expect(page).to_have_url(re.compile(r"sort=mileage_km$"))
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    box = page.locator("tbody").get_by_role("checkbox").first
    place = box.bounding_box()
    assert place is not None
    page.touchscreen.tap(place["x"] + place["width"] + 8, place["y"] + place["height"] + 8)
    expect(box).to_be_checked()
    expect(page).to_have_url(re.compile(r"/vehicles\?sort=mileage_km$"))


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
    visitors.sign_out(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Connexion")).to_be_visible()
