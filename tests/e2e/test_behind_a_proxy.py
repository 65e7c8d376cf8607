"""The pages as an operator serves them: behind a path prefix that a proxy strips, and under the policy the house sends.

Nothing may be asked for beside the prefix, and nothing may run, be styled or be framed but by the pages' own files.
"""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DEALER, FIRST_TRADER, Visitors, fill_in_sign_in, running
from tests.e2e.way import Way

pytestmark = pytest.mark.browser

PREFIX: Final = "/reprises/encheres"
REFUSED: Final = ["script-src-elem", "script-src-attr", "style-src-elem", "img-src", "connect-src"]
BID: Final = re.compile(r"^Enchérir \d")

#: An auction to bid in whose vehicle has a photo: they come while the demonstration lives.
PHOTOGRAPHED: Final = """async () => {
    for (;;) {
      const { items } = await (await fetch('api/auctions?state=open&limit=100')).json();
      const found = items.findLast(({ photo, standing }) => photo && standing === 'none');
      if (found) return found.id;
    }
}"""


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    """A second house that knows its prefix, and the way to it."""
    with (
        running(tmp_path_factory.mktemp("prefixed"), ADJUGE_ROOT_PATH=PREFIX) as house,
        Way(re.sub(r"(:\d+).*", r"\1", house.address), PREFIX).opened() as opened,
    ):
        yield opened


def _within(page: Page, way: Way) -> None:
    """Everything that the page loaded and links to lies within the prefix."""
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    linked = page.eval_on_selector_all("a[href], img[src]", "all => all.map((one) => one.href || one.src)")
    strangers = [
        one for one in {*loaded, *linked} if not one.startswith((f"{way.address}/", "data:", "blob:", "mailto:"))
    ]
    assert not strangers
    assert way.stray == []


def test_everything_works_behind_a_path_prefix(visitors: Visitors, way: Way) -> None:
    """Sign in, list, auction, bid, photo, reload, back, sign out: all within the prefix, the cookie too."""
    page = visitors.arrive(at=f"{way.address}/")
    mails = page.get_by_role("link", name="Les e-mails de la démonstration")
    expect(mails).to_have_attribute("href", f"{way.address}/demo/mails")
    fill_in_sign_in(page, FIRST_TRADER)
    assert {cookie["path"] for cookie in page.context.cookies()} == {f"{PREFIX}/"}
    expect(page.locator("main li a").first).to_be_visible()
    _within(page, way)
    auction = page.evaluate(PHOTOGRAPHED)
    page.locator(f"main li a[href$='/auctions/{auction}']").first.click()
    page.wait_for_url(f"{way.address}/auctions/{auction}*")
    page.reload()
    button = page.locator("aside").first.get_by_role("button", name=BID).first
    expect(button).to_be_enabled()
    button.click()
    expect(page.locator("aside").first).to_contain_text("En tête")
    expect(page.locator("main img").first).to_be_visible()
    assert page.locator("main img").first.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    _within(page, way)
    page.go_back()
    expect(page.get_by_role("heading", name="Mes enchères")).to_be_visible()
    visitors.sign_out(page)
    assert page.url.startswith(f"{way.address}/")


def test_the_dealers_pages_and_papers_work_behind_a_path_prefix(visitors: Visitors, way: Way) -> None:
    """Home, stock, auctions and an offer with its paper, each by its address."""
    page = visitors.sign_in(DEALER, at=way.address)
    for path in ("/", "/vehicles", "/auctions", "/auctions/new", "/offers", "/deliveries", "/traders"):
        page.goto(way.address + path)
        expect(page.locator("main h1").first).to_be_visible()
        expect(page.locator("main [aria-busy=true]")).to_have_count(0)
        _within(page, way)
    page.goto(f"{way.address}/offers")
    page.locator("main tbody a[href*='/offers/']").first.click()
    paper = page.locator("a[href*='paper.pdf']").first
    expect(paper).to_be_visible()
    answer = page.request.get(paper.evaluate("(link) => link.href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    _within(page, way)


def test_nothing_runs_but_the_pages_own_files(visitors: Visitors) -> None:
    """Inline script, inline style, a handler in an attribute, a stranger's file."""
    page = visitors.sign_in(FIRST_TRADER)
    ran = page.evaluate(
        """async (expected) => {
            const awaited = new Set(expected);
            const refused = new Promise((all) => {
              document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
                awaited.delete(effectiveDirective);
                if (awaited.size === 0) all();
              });
            });
            const add = (name, set) => document.body.append(Object.assign(document.createElement(name), set));
            add('script', { textContent: 'globalThis.ran = 1' });
            add('style', { textContent: 'body { color: red }' });
            add('script', { src: 'https://elsewhere.example/script.js' });
            add('img', { src: 'https://elsewhere.example/picture.png' });
            const handled = document.createElement('div');
            handled.setAttribute('onclick', 'globalThis.ran = 1');
            handled.click();
            await fetch('https://elsewhere.example/').catch(() => undefined);
            await refused;
            return globalThis.ran ?? null;
        }""",
        REFUSED,
    )
    assert ran is None
    assert len(visitors.complaints) >= len(REFUSED), "what a page is refused counts against its test"
    visitors.forgive("Content Security Policy", "https://elsewhere.example/")
    policy = page.request.get(visitors.house.address).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
