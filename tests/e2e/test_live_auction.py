"""Two browsers bid against each other while the dealer's page is open: everything arrives without reloading.

The auctions are published through the HTTP door to these two alone, with a short end (§5.3.3), so that a whole life
fits into a test.
"""

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.bidding import LONG_SECONDS, TRADERS, panel
from tests.e2e.conftest import (
    DEALER,
    FIRST_TRADER,
    PATIENCE_MS,
    PHONE,
    SECOND_TRADER,
    Doors,
    Visitors,
    free_vehicles,
    publish,
)

pytestmark = pytest.mark.browser

SOFT_CLOSE: Final = {"window_seconds": 20, "extension_seconds": 6, "mode": "add"}
SHORT_SECONDS: Final = 30
END_MS: Final = 90_000


def _open(page: Page, auction: int) -> Page:
    """Goes there, and leaves a mark that a reload would wipe out."""
    page.goto(f"{page.url.split('/auctions')[0].rstrip('/')}/auctions/{auction}")
    page.evaluate("window.visit = 'the same'")
    return page


def _bid_minimum(page: Page, amount: str) -> None:
    panel(page).get_by_role("button", name=_amount(f"Enchérir {amount}")).click()


def _amount(text: str) -> re.Pattern[str]:
    """Amounts are written with narrow spaces."""
    return re.compile(re.escape(text).replace(r"\ ", r"\s"))


def _shows(page: Page | Locator, text: str, *, within_ms: int = PATIENCE_MS) -> None:
    scope = page.locator("main") if isinstance(page, Page) else page
    expect(scope).to_contain_text(_amount(text), timeout=within_ms)


def test_two_browsers_bid_and_the_dealer_watches(visitors: Visitors, dealer_doors: Doors) -> None:
    """§5.2, §5.3.1, §5.4.1, §5.5.1, §5.5.2, §5.5.3, §5.5.5 as three people see them."""
    first = visitors.sign_in(FIRST_TRADER)
    second = visitors.sign_in(SECOND_TRADER, size=PHONE, scheme="dark")
    dealer = visitors.sign_in(DEALER)
    everybody = (first, second, dealer)
    auction = publish(dealer_doors, TRADERS, duration_seconds=SHORT_SECONDS, soft_close=SOFT_CLOSE)
    for page in everybody:
        _open(page, auction)
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^\d+:\d\d$"))

    _bid_minimum(first, "5 000 €")
    _shows(panel(first), "En tête")
    for page in everybody:
        _shows(page, "5 000,00 €")
    _shows(panel(second), "Réserve non atteinte")
    _shows(dealer, TRADERS[0])

    second.get_by_label("Autre montant").fill("5200")
    second.keyboard.press("Enter")
    _shows(panel(second), "En tête")
    _shows(panel(first), "Dépassé")
    for page in (first, second):
        _shows(panel(page), "Réserve atteinte")
    _shows(dealer, "atteint sur 1 lot de 1")
    _shows(dealer, TRADERS[1])
    assert TRADERS[1] not in first.locator("main").inner_text(), "no trader reads another's name (§1.4)"

    expect(panel(first).locator("[data-urgent=true]")).to_be_visible()
    _bid_minimum(first, "5 300 €")
    for page in (first, second):
        _shows(panel(page), "Prolongée de 6 s")
        _shows(panel(page), "offre tardive")
    _shows(dealer, "offre tardive")

    _shows(panel(first), "Remporté", within_ms=END_MS)
    _shows(panel(second), "Perdu")
    _shows(dealer, "Gagnée")
    _shows(dealer, "Fin de l’enchère")
    for page in everybody:
        _shows(page, "Terminée")
        _shows(page, "5 300,00 €")
        assert page.evaluate("window.visit") == "the same", "nobody reloaded"


def test_the_list_moves_with_the_auction(visitors: Visitors, dealer_doors: Doors) -> None:
    """§5.5.3, §5.1.5: my auctions, live: a new auction comes, its price moves, and it leaves the list at its end."""
    watcher, bidder = visitors.sign_in(FIRST_TRADER), visitors.sign_in(SECOND_TRADER)
    expect(watcher.locator("main li").first).to_be_visible()
    watcher.evaluate("window.visit = 'the same'")
    auction = publish(dealer_doors, TRADERS, duration_seconds=SHORT_SECONDS, soft_close=SOFT_CLOSE)
    number = dealer_doors.ask("GET", f"/api/auctions/{auction}")["display_number"]
    expect(watcher.get_by_role("alert").filter(has_text=f"Enchère {number}").first).to_be_visible()
    row = watcher.locator("li", has=watcher.locator(f"a[href$='/auctions/{auction}']"))
    expect(row).to_be_visible()
    _bid_minimum(_open(bidder, auction), "5 000 €")
    _shows(row, "5 000,00 €")
    expect(row).to_have_count(0, timeout=END_MS)
    assert watcher.evaluate("window.visit") == "the same"


def test_a_lost_line_stops_bidding_at_once_and_comes_back(visitors: Visitors, dealer_doors: Doors) -> None:
    """What was shown stays, bidding stops, and what happened meanwhile is there when the line is back."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    first = _open(visitors.sign_in(FIRST_TRADER), auction)
    second = _open(visitors.sign_in(SECOND_TRADER), auction)
    _bid_minimum(first, "5 000 €")
    _shows(panel(first), "En tête")
    first.context.set_offline(True)
    expect(panel(first).get_by_role("button", name="Connexion perdue")).to_be_disabled()
    expect(first.get_by_text("Connexion perdue. Les prix ne sont plus à jour")).to_be_visible()
    _bid_minimum(second, "5 100 €")
    _shows(panel(second), "En tête")
    _shows(panel(first), "5 000,00 €")
    first.context.set_offline(False)
    _shows(panel(first), "Dépassé")
    _shows(panel(first), "5 100,00 €")
    expect(panel(first).get_by_role("button", name=_amount("Enchérir 5 200 €"))).to_be_enabled()


def test_declining_is_seen_by_the_dealer_and_withdrawn_by_a_bid(visitors: Visitors, dealer_doors: Doors) -> None:
    """§5.2.5."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    trader = _open(visitors.sign_in(FIRST_TRADER), auction)
    dealer = _open(visitors.sign_in(DEALER), auction)
    panel(trader).get_by_role("button", name="Refuser").click()
    trader.get_by_role("dialog").get_by_role("button", name="Refuser l’enchère").click()
    _shows(panel(trader), "Vous avez refusé cette enchère")
    _shows(dealer, "1 refus")
    trader.get_by_role("link", name="Mes enchères").first.click()
    trader.get_by_role("tab", name="Refusées").click()
    trader.locator(f"main li a[href$='/auctions/{auction}']").click()
    _shows(panel(trader), "Vous avez refusé cette enchère")
    _bid_minimum(trader, "5 000 €")
    _shows(panel(trader), "En tête")
    expect(panel(trader).get_by_role("button", name="Refuser")).to_be_visible()
    _shows(dealer, "0 refus")


def test_the_dealer_creates_and_cancels_an_auction(visitors: Visitors, dealer_doors: Doors) -> None:
    """§5.1.1, §5.1.2, §5.1.4: the form shows what it comes to; without a bid the auction can be cancelled."""
    dealer = visitors.sign_in(DEALER)
    dealer.goto(f"{visitors.house.address}/auctions")
    dealer.get_by_role("link", name="Créer une enchère").click()
    plate = free_vehicles(dealer_doors)[-1]["card"]["ref"]
    dealer.get_by_role("searchbox", name="Rechercher dans le stock").fill(plate)
    dealer.get_by_role("checkbox", name=re.compile(plate)).check()
    dealer.get_by_label(re.compile(f"^Mise à prix .*{plate}")).fill("6120")
    _shows(dealer.get_by_role("region", name="Total"), "6 120,00 €")
    dealer.get_by_role("button", name="Publier et prévenir").click()
    _shows(dealer, "En cours")
    _shows(dealer, "6 120,00 €")
    dealer.get_by_role("button", name="Annuler l’enchère").click()
    dealer.get_by_role("dialog").get_by_role("button", name="Annuler l’enchère").click()
    _shows(dealer, "Annulée")
