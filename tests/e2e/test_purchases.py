"""What a trader has won, from the end of the auction to the keys: its purchases, their papers, and its dealers (§6.5).

The dealer's steps are taken at its doors; the trader's page follows them without reloading.
"""

import re
from datetime import date, timedelta
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import FIRST_TRADER, PHONE, Doors, House, Visitors, publish

pytestmark = pytest.mark.browser

TRADERS: Final = ("SARL LA BONNE OCCAZE",)
UNCONNECTED: Final = "bonjour@negocedulac.example"
SHORT_SECONDS: Final = 12
SOFT_CLOSE: Final = {"window_seconds": 4, "extension_seconds": 2, "mode": "add"}
END_MS: Final = 60_000
SOON: Final = date.today() + timedelta(days=4)  # noqa: DTZ011 - a day as the browser of the test counts them


def _won(page: Page, house: House, doors: Doors) -> dict[str, Any]:
    """The trader wins a lot through the page; gives the offer that the sale made."""
    auction = publish(
        doors,
        TRADERS,
        duration_seconds=SHORT_SECONDS,
        soft_close=SOFT_CLOSE,
    )
    page.goto(f"{house.address}/auctions/{auction}")
    page.locator("aside").get_by_label("Autre montant").fill("5200")
    page.keyboard.press("Enter")
    expect(page.locator("aside")).to_contain_text("En tête")
    expect(page.locator("aside")).to_contain_text("Remporté", timeout=END_MS)
    offer: dict[str, Any] = doors.ask("GET", f"/api/offers?auction={auction}")["items"][0]
    return offer


def _is_a_pdf(page: Page, link: Locator) -> None:
    """The link leads to a PDF in the page's language that this reader may read."""
    address = link.evaluate("link => link.href")
    assert address.endswith("?language=fr")
    answer = page.request.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")


def test_a_won_lot_is_followed_to_its_delivery(visitors: Visitors, house: House, dealer_doors: Doors) -> None:
    """§5.4.3, §6.1, §6.4: the offer's paper at once; then the order, the place, when, and their papers."""
    page = visitors.sign_in(FIRST_TRADER)
    offer = _won(page, house, dealer_doors)
    page.get_by_role("link", name="Mes achats").first.click()
    row = page.get_by_role("row", name=re.compile(offer["display_number"]))
    expect(row).to_contain_text("Commande attendue")
    expect(row).to_contain_text(re.compile(r"5\s200,00\s€"))
    _is_a_pdf(page, row.get_by_role("link", name=f"Offre {offer['display_number']} (PDF)"))
    row.get_by_role("link", name=offer["vehicles"][0]["model"]).click()
    expect(page.get_by_role("heading", name=f"Offre {offer['display_number']}")).to_be_visible()
    page.evaluate("window.visit = 'the same'")

    sites = dealer_doors.ask("GET", f"/api/sites?entity={offer['entity']['id']}")["items"]
    order = dealer_doors.ask(
        "POST",
        f"/api/offers/{offer['id']}/order",
        {
            "delivery_date": SOON.isoformat(),
            "delivery_site": sites[0]["id"],
            "payment_method": "transfer",
            "documents": ["registration_certificate"],
        },
    )
    where = page.locator("section", has=page.get_by_role("heading", name="Où et quand"))
    for text in (sites[0]["name"], sites[0]["street"], sites[0]["email"], SOON.strftime("%d/%m/%Y"), "Carte grise"):
        expect(where).to_contain_text(text)
    number = order["display_number"]
    _is_a_pdf(page, page.get_by_role("link", name=f"Bon de commande {number} (PDF)"))

    scheduled = {"scheduled_at": f"{SOON.isoformat()}T09:00:00Z"}
    delivery = dealer_doors.ask("POST", f"/api/orders/{order['id']}/deliveries", scheduled)
    expect(where).to_contain_text("Rendez-vous le")
    expect(page.locator("main")).to_contain_text("Livraison prévue")
    _is_a_pdf(page, where.get_by_role("link", name="Bon de livraison (PDF)"))
    handed_over = {"honoured": True, "report": "Remis avec deux clés.", "at": None}
    dealer_doors.ask("POST", f"/api/deliveries/{delivery['id']}/declaration", handed_over)
    page.reload()
    expect(where).to_contain_text("Faite")
    assert "deux clés" not in page.locator("main").inner_text(), "the report is the dealer's"


def test_purchases_are_found_and_counted(visitors: Visitors, house: House) -> None:
    """§6.5: by state, by what names them; the address keeps it, and nothing found says what to do."""
    bought = Doors(house, FIRST_TRADER).ask("GET", "/api/purchases?state=ordered")
    page = visitors.sign_in(FIRST_TRADER, size=PHONE)
    page.goto(f"{house.address}/purchases")
    page.get_by_role("tab", name="Commandés").click()
    cards = page.get_by_role("row").filter(has=page.get_by_role("cell"))
    expect(cards).to_have_count(bought["total"])
    item = bought["items"][0]
    page.get_by_label("Chercher un achat").fill(item["plate"])
    expect(cards).to_have_count(1)
    expect(page).to_have_url(re.compile(rf"state=ordered&q={item['plate']}"))
    page.reload()
    expect(cards).to_contain_text([item["model"]])
    page.get_by_label("Chercher un achat").fill("rien de tel")
    expect(page.get_by_text("Aucun achat ne correspond à « rien de tel ».")).to_be_visible()
    page.get_by_role("button", name="Effacer la recherche").click()
    expect(cards).to_have_count(bought["total"])


@pytest.mark.parametrize(("offer", "asked"), [("abc", ()), ("999999", ("status of 404",))])
def test_a_purchase_that_is_none_is_said_so(
    visitors: Visitors, house: House, offer: str, asked: tuple[str, ...]
) -> None:
    """§1.3: what is no purchase of the reader's does not exist; what is no number is not even asked for."""
    page = visitors.sign_in(FIRST_TRADER)
    page.goto(f"{house.address}/purchases/{offer}")
    expect(page.get_by_text("Cette page n’existe pas, ou vous n’y avez pas accès.")).to_be_visible()
    expect(page.locator("main").get_by_role("link")).to_have_attribute("href", re.compile("/$"))
    expect(page.get_by_role("button", name="Réessayer")).to_have_count(0)
    visitors.forgive(*asked)


def test_a_trader_knows_its_dealers_and_sees_the_auctions_of_one(visitors: Visitors, house: House) -> None:
    """§2.3: where they are and whom to call; a trader that nobody invites reads what to do."""
    dealers = Doors(house, FIRST_TRADER).ask("GET", "/api/dealers")["items"]
    page = visitors.sign_in(FIRST_TRADER)
    page.get_by_role("link", name="Mes distributeurs").first.click()
    dealer = dealers[-1]
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=dealer["name"]))
    for text in (dealer["sites"][0]["street"], dealer["sites"][0]["phone"], dealer["sites"][0]["email"]):
        expect(card).to_contain_text(text)
    card.get_by_role("link", name=f"Ses enchères : {dealer['name']}").click()
    expect(page.get_by_label("Distributeur", exact=True)).to_have_value(dealer["name"])
    rows = page.locator("main li", has=page.locator("a[href*='/auctions/']"))
    expect(rows.first).to_be_visible()
    for text in rows.all_inner_texts():
        assert dealer["name"] in text

    alone = visitors.sign_in(UNCONNECTED)
    alone.get_by_role("link", name="Comment être invité").click()
    expect(alone.locator("main")).to_contain_text(UNCONNECTED)
    for one in dealers:
        expect(alone.locator("main")).not_to_contain_text(one["name"])
