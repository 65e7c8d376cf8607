"""One sale through the pages: a trader invited, a vehicle taken in, sold to it, ordered, delivered, released.

A dealer and a trader, each on its own pages throughout; only the life line of the vehicle is walked at the doors, whose
journey is test_stock.py's. What each area does besides is told by its own tests.
"""

import re
from datetime import date, timedelta
from typing import Final

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import DEALER, PASSWORD, Doors, House, Visitors
from tests.e2e.test_account import link_for

pytestmark = pytest.mark.browser

TRADER: Final = "Garage de l’Albarine"
ADDRESS: Final = "contact@albarine.example"
SIRET: Final = "00088880000018"
PLATE: Final = "JX-552-RT"
LIST: Final = "L’Albarine seule"
FILE: Final = (
    f"Marque;Modèle;Énergie;Immatriculation;Kilométrage;Prix d'achat\nRENAULT;CLIO IV;Essence;{PLATE};45000;7200"
)
SOON: Final = (date.today() + timedelta(days=4)).isoformat()  # noqa: DTZ011 - a day as the browser of the test counts them
END_MS: Final = 100_000


def _amount(text: str) -> re.Pattern[str]:
    """Amounts are written with narrow spaces."""
    return re.compile(re.escape(text).replace(r"\ ", r"\s"))


def _invites(page: Page, house: House) -> None:
    """§2.1, §2.2: a card by hand, what was typed outliving the search of the SIRET; invited from the card."""
    page.goto(f"{house.address}/traders/new")
    page.get_by_label("Raison sociale").fill(TRADER)
    page.get_by_label("SIRET").first.fill(SIRET)
    page.get_by_role("button", name="Rechercher").click()
    expect(page.get_by_label("SIRET").nth(1)).to_have_value(SIRET)
    expect(page.get_by_label("Raison sociale")).to_have_value(TRADER)
    page.get_by_text("L’inviter aussitôt").click()
    page.get_by_role("button", name="Créer la fiche").click()
    expect(page.get_by_role("heading", name=TRADER)).to_be_visible()
    page.get_by_role("button", name="Inviter").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="Valserine Lyon").check()
    dialog.get_by_label("Adresse e-mail").fill(ADDRESS)
    dialog.get_by_role("button", name="Inviter").click()
    expect(page.get_by_text(f"Invitation envoyée à {ADDRESS}")).to_be_visible()


def _joins(visitors: Visitors) -> Page:
    """§2.3: the account by the link of the mail."""
    page = visitors.arrive()
    page.goto(link_for(page, visitors.house, ADDRESS, "/invitation"))
    page.get_by_label("Votre nom").fill("Ondine Albarel")
    page.get_by_label("Choisissez un mot de passe").fill(PASSWORD)
    page.get_by_label("Représentant légal").fill("Ondine Albarel")
    page.get_by_role("button", name="Créer le compte et accepter").click()
    expect(page.get_by_role("heading", name="Mes enchères")).to_be_visible()
    return page


def _takes_in(page: Page, house: House, doors: Doors) -> int:
    """§4.1: by a file, then along its life line (§4.2); gives the vehicle."""
    page.goto(f"{house.address}/vehicles/import")
    page.get_by_role("combobox", name="Site").click()
    page.get_by_role("option", name="Valserine Gerland").first.click()
    file: FilePayload = {"name": "parc.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.locator("main input[type=file]").set_input_files(file)
    page.get_by_role("button", name=re.compile(r"^Importer 1")).click()
    expect(page.get_by_role("region", name="Compte rendu")).to_contain_text("importé")
    vehicle: int = doors.ask("GET", f"/api/vehicles?q={PLATE}")["items"][0]["id"]
    known = {
        "vin": "VF17RBJ0H5ZZ00088",
        "police_book_number": "PB-88001",
        "first_registration": "2019-03-04",
        "entered_at": "2026-01-05",
        "origin": "Reprise client",
        "colour": "Gris",
        "interior_colour": "Noir",
        "mileage_km": 45_000,
        "co2_g_km": 118,
        "destination": "trade",
        "trade_price": "8900.00",
        "trade_sale_authorised": True,
    }
    revision = doors.ask("GET", f"/api/vehicles/{vehicle}")["revision"]
    doors.ask("PATCH", f"/api/vehicles/{vehicle}", {**known, "revision": revision})
    for status in ("physical_entry", "sales_stock"):
        doors.ask("POST", f"/api/vehicles/{vehicle}/status", {"status": status, "reason": "prêt à vendre"})
    return vehicle


def _auctions(page: Page, house: House, vehicle: int) -> int:
    """§5.1.1: from its card, to this trader alone, for a minute; gives the auction."""
    page.goto(f"{house.address}/vehicles/{vehicle}")
    page.get_by_role("link", name="Mettre aux enchères").click()
    page.get_by_label(re.compile(f"^Mise à prix .*{PLATE}")).fill("5000")
    page.get_by_label(re.compile(f"^Réserve .*{PLATE}")).fill("5200")
    page.get_by_role("button", name="Nouvelle liste…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Titre").fill(LIST)
    dialog.get_by_role("region", name="Professionnels connectés").get_by_role("checkbox", name=TRADER).check()
    dialog.get_by_role("button", name="Enregistrer la liste").click()
    expect(page.get_by_role("region", name="Diffusion")).to_contain_text("1 professionnel sera prévenu.")
    page.get_by_label("Durée", exact=True).fill("1")
    page.get_by_label("Unité de la durée").select_option(label="minutes")
    page.locator("summary", has_text="une offre dans les").click()
    page.get_by_label("Fenêtre avant la fin").fill("5")
    page.get_by_label("Prolongation").fill("5")
    page.get_by_role("button", name="Publier l’enchère").click()
    expect(page.locator("h1")).to_contain_text("En cours")
    return int(page.url.rpartition("/")[2])


def _wins(page: Page, house: House, auction: int) -> None:
    """§5.3, §5.4: told of it, it bids above the reserve, and has won at the end."""
    link = page.locator(f"main a[href$='/auctions/{auction}']").first
    expect(link).to_be_visible()
    link.click()
    panel = page.locator("aside").first
    panel.get_by_label("Autre montant").fill("5300")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("En tête")
    expect(panel).to_contain_text("Remporté", timeout=END_MS)
    page.goto(f"{house.address}/purchases")
    row = page.get_by_role("row", name=PLATE)
    expect(row).to_contain_text("Commande attendue")
    expect(row).to_contain_text(_amount("5 300,00 €"))


def _orders(page: Page, site: str) -> None:
    """§6.1: from the synthesis to the lot's offer, and the order."""
    page.get_by_role("link", name=re.compile("^Offre n° ")).first.click()
    expect(page.get_by_role("heading", name=re.compile("^Offre n° "))).to_be_visible()
    page.get_by_role("button", name="Passer la commande").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Livraison prévue le").fill(SOON)
    dialog.get_by_label("Lieu de livraison").select_option(site)
    dialog.get_by_label("Mode de paiement").select_option("transfer")
    dialog.get_by_role("button", name="Passer la commande").click()
    expect(dialog).to_have_count(0)


def _does(page: Page, deed: str, *, tab: str) -> None:
    """A deed on the delivery's row; what its dialog asks for is written."""
    page.get_by_role("tab", name=tab).click()
    page.get_by_role("row").filter(has_text=TRADER).get_by_role("button", name=deed).click()
    dialog = page.get_by_role("dialog")
    if deed == "Déclarer":
        dialog.get_by_label("ont été remis").check()
        dialog.get_by_label("Compte rendu").fill("Remis avec deux clés.")
    if deed == "Déclarer la facture":
        dialog.get_by_label("N° de facture").fill("ALB-1")
    dialog.get_by_role("button", name=deed).click()
    expect(dialog).to_have_count(0)


def test_from_an_invitation_to_the_keys(visitors: Visitors, house: House, dealer_doors: Doors) -> None:
    """§2 to §6 as a dealer and a trader live them."""
    dealer = visitors.sign_in(DEALER)
    _invites(dealer, house)
    trader = _joins(visitors)
    vehicle = _takes_in(dealer, house, dealer_doors)
    auction = _auctions(dealer, house, vehicle)
    _wins(trader, house, auction)
    bought = trader.get_by_role("row", name=PLATE)

    entity = dealer_doors.ask("GET", f"/api/vehicles/{vehicle}")["entity"]
    _orders(dealer, str(dealer_doors.ask("GET", f"/api/sites?entity={entity}")["items"][0]["id"]))
    expect(bought).to_contain_text("Commandé, disponible")
    dealer.goto(f"{house.address}/deliveries?q=Albarine")
    _does(dealer, "Planifier une livraison", tab="À planifier")
    expect(bought).to_contain_text("Livraison prévue")
    _does(dealer, "Déclarer", tab="Planifiées")
    trader.reload()
    expect(bought).to_contain_text("Livré")
    _does(dealer, "Déclarer la facture", tab="Livrées, à facturer")
    trader.reload()
    expect(bought).to_contain_text("Livré et facturé")
    assert dealer_doors.ask("GET", f"/api/vehicles/{vehicle}")["status"] == "released"

    trader.goto(f"{house.address}/notifications")
    for told in ("La commande est passée", "Livraison prévue le"):
        expect(trader.locator("main")).to_contain_text(told)
