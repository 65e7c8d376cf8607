"""Everything by keyboard alone: what can be clicked can be reached, is seen when it is, and lets go again.

Menus, dialogs, the heads of tables and the way past the navigation; and nothing moves for those who ask for stillness.
"""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DEALER, FIRST_TRADER, Doors, Visitors, publish

pytestmark = pytest.mark.browser

TRADERS: Final = ("SARL LA BONNE OCCAZE",)
LONG_SECONDS: Final = 3_600
MOST_STOPS: Final = 400
TRADER_PAGES: Final = ("/", "/purchases", "/dealers", "/notifications", "/account/security")
DEALER_PAGES: Final = ("/", "/vehicles", "/auctions", "/auctions/new", "/offers", "/deliveries", "/traders", "/users")

#: Numbers what can be clicked, and gives what of it no Tab will reach: clickable by its pointer, but no control.
CLICKABLE: Final = """() => {
    const controls = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
    const roving = (one) => one.closest('[role=tablist], [role=radiogroup]') || one.type === 'radio';
    let count = 0;
    for (const one of document.querySelectorAll(controls))
      if (seen(one) && !one.disabled && one.tabIndex >= 0 && !roving(one)) one.dataset.stop = String(count++);
    const strangers = [...document.querySelectorAll('body *')].filter((one) =>
      seen(one) && getComputedStyle(one).cursor === 'pointer'
      && !one.closest(controls) && !one.closest('label') && !one.querySelector(controls));
    return { count, strangers: strangers.map((one) => one.outerHTML.slice(0, 120)) };
}"""
#: The control that has the focus: its number, and whether anything of it or around it shows so.
FOCUSED: Final = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const said = ['outlineStyle', 'outlineWidth', 'boxShadow', 'borderColor', 'backgroundColor', 'opacity'];
    const once = (moving) => moving.effect.getComputedTiming().iterations === 1;
    const still = () => document.getAnimations().filter(once).forEach((moving) => moving.finish());
    const drawn = (it) => said.map((name) => getComputedStyle(it)[name]).join();
    const around = [one, one.parentElement, one.parentElement?.parentElement, one.nextElementSibling].filter(Boolean);
    still();
    const focused = around.map(drawn);
    one.blur();
    still();
    const plain = around.map(drawn);
    one.focus();
    const shown = one.matches(':focus-visible') && focused.some((look, at) => look !== plain[at]);
    return { stop: one.dataset.stop ?? null, shown, what: one.outerHTML.slice(0, 120) };
}"""


def _walk(page: Page, name: str) -> list[str]:
    """Goes around the page by Tab; gives what is wrong with it."""
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    clickable = page.evaluate(CLICKABLE)
    problems = [f"{name}: clicked only by a pointer: {one}" for one in clickable["strangers"]]
    reached: set[str] = set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or (focused["stop"] == "0" and reached):
            break
        if not focused["shown"]:
            problems.append(f"{name}: the focus does not show on {focused['what']}")
        reached.add(focused["stop"])
    else:
        problems.append(f"{name}: the focus never came around")
    for stop in range(clickable["count"]):
        if str(stop) not in reached:
            there = page.locator(f"[data-stop='{stop}']")
            if there.count():  # what is live may have gone meanwhile
                problems.append(f"{name}: never reached: {there.evaluate('(one) => one.outerHTML.slice(0, 120)')}")
    return problems


@pytest.mark.parametrize(("email", "paths"), [(FIRST_TRADER, TRADER_PAGES), (DEALER, DEALER_PAGES)])
def test_tab_reaches_everything_and_shows_where_it_is(visitors: Visitors, email: str, paths: tuple[str, ...]) -> None:
    """Each control of each page, the focus seen on it, and no page that keeps it."""
    page = visitors.sign_in(email)
    problems: list[str] = []
    for path in paths:
        page.goto(visitors.house.address + path)
        problems += _walk(page, path)
    assert not problems, "\n".join(problems)


def test_a_bid_and_a_refusal_by_keyboard(visitors: Visitors, dealer_doors: Doors) -> None:
    """Past the navigation, into the field, Enter; the dialog holds the focus, Escape gives it back."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    page = visitors.sign_in(FIRST_TRADER)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{visitors.house.address}/auctions/{auction}")
    panel = page.locator("aside").first
    expect(panel.get_by_role("button", name=re.compile("^Enchérir"))).to_have_count(2)
    assert _walk(page, "auction") == []
    page.reload()
    expect(panel.get_by_role("button", name=re.compile("^Enchérir"))).to_have_count(2)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main#main")).to_be_focused()
    field = panel.get_by_label("Autre montant")
    field.focus()
    page.keyboard.type("5000")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("En tête")
    assert (
        page.evaluate("document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length")
        == 0
    ), "nothing moves for those who ask for stillness"
    decline = panel.get_by_role("button", name="Refuser")
    decline.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        expect(dialog.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(decline).to_be_focused()


def test_menus_and_heads_of_tables_by_keyboard(visitors: Visitors) -> None:
    """Enter opens a menu and Escape closes it where it was; Enter on a head sorts, and the table says so."""
    page = visitors.sign_in(DEALER)
    menu = page.locator("header summary").last
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Mon compte")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_hidden()
    expect(menu).to_be_focused()
    page.goto(f"{visitors.house.address}/vehicles")
    head = page.locator("thead button").first
    expect(head).to_be_visible()
    before = page.locator("th[aria-sort]").evaluate_all("heads => heads.map((one) => one.ariaSort).join()")
    head.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort="))
    expect(page.locator("thead button").first).to_be_focused()
    after = page.locator("th[aria-sort]").evaluate_all("heads => heads.map((one) => one.ariaSort).join()")
    assert before != after
