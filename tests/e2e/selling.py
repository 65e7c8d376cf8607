"""What a dealer does on its pages to sell, and a trader to join it, for tests that tell a story across areas.

The steps alone, each waiting for what the page then shows; which figures must come of them stands in the tests.
"""

import re
from datetime import date, timedelta
from time import monotonic
from typing import Final

from msgspec import Struct
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.bidding import panel
from tests.e2e.conftest import PASSWORD, PATIENCE_MS, House, Visitors

CLIO: Final = "JX-561-RT"
C3: Final = "JX-562-RT"
AURIS: Final = "JX-563-RT"
MOKKA: Final = "JX-564-RT"
#: All that physical entry and a sale ask for (§4.2, §4.3).
FILE: Final = f"""\
Immatriculation;VIN;Marque;Modèle;Couleur;Couleur intérieure;Origine;Numéro de police;Date d'entrée;\
1ère mise en circulation;Kilométrage;CO2;Destination;TVA;Prix d'achat;Prix marchand
{CLIO};VF1AAAAA5ZZ000561;RENAULT;CLIO;Rouge;Noir;Reprise;E561;05/01/2026;14/03/2019;64 200;112;\
marchand;marge;7 100,00;8 000,00
{C3};VF7AAAAA5ZZ000562;Citroën;C3;Blanc;Gris;Reprise;E562;05/01/2026;20/01/2018;81 000;108;\
marchand;marge;4 300,00;5 000,00
{AURIS};SB1AAAAA5ZZ000563;TOYOTA;AURIS;Gris;Noir;Location;E563;06/01/2026;11/09/2017;120 400;91;\
marchand;récupérable;2 800,00;4 000,00
{MOKKA};W0LAAAAA5ZZ000564;OPEL;MOKKA;Noir;Noir;Reprise;E564;06/01/2026;17/05/2020;45 900;127;\
marchand;marge;11 400,00;12 000,00
"""
WINDOW_SECONDS: Final = 20
EXTENSION_SECONDS: Final = 7
INVOICE: Final = "SEM-1"
REPORT: Final = "Remis avec deux clés."
SOON: Final = (date.today() + timedelta(days=4)).isoformat()  # noqa: DTZ011 - a day as the browser of the test counts them


class Trader(Struct, frozen=True):
    """A company to invite, and who signs up for it."""

    name: str
    email: str
    siret: str
    person: str


def amount(text: str) -> re.Pattern[str]:
    """Amounts are written with narrow spaces."""
    return re.compile(re.escape(text).replace(r"\ ", r"\s"))


def shows(scope: Locator, *texts: str, within_ms: int = PATIENCE_MS) -> None:
    """All of these are read there, soon."""
    for text in texts:
        expect(scope).to_contain_text(amount(text), timeout=within_ms)


# -------------------------------------------------------------------------------- who comes, what comes in


def invites(page: Page, house: House, trader: Trader) -> None:
    """§2.1, §2.2: a card by hand, what was typed outliving the search of the SIRET; invited from the card."""
    page.goto(f"{house.address}/traders/new")
    page.get_by_label("Raison sociale").fill(trader.name)
    page.get_by_label("SIRET").fill(trader.siret)
    page.get_by_role("button", name="Rechercher").click()
    expect(page.get_by_text("remplissez la fiche à la main")).to_be_visible()
    expect(page.get_by_label("Raison sociale")).to_have_value(trader.name)
    page.get_by_text("L’inviter aussitôt").click()
    page.get_by_role("button", name="Créer la fiche").click()
    expect(page.get_by_role("heading", name=trader.name)).to_be_visible()
    page.get_by_role("button", name="Inviter").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="Valserine Lyon").check()
    dialog.get_by_label("Adresse e-mail").fill(trader.email)
    dialog.get_by_role("button", name="Inviter").click()
    expect(page.get_by_text(f"Invitation envoyée à {trader.email}")).to_be_visible()


def joins(visitors: Visitors, trader: Trader) -> Page:
    """§2.3: the mail is opened where the demonstration shows it, its link followed, the account made."""
    page = visitors.arrive()
    page.goto(f"{visitors.house.address}/demo/mails")
    mail = page.get_by_role("listitem").filter(has_text=trader.email)
    deadline = monotonic() + PATIENCE_MS / 1000
    while mail.count() == 0 and monotonic() < deadline:  # the list is as old as its page
        page.reload()
    mail.first.get_by_role("link").click()
    page.locator("a[href*='/invitation#']").first.click()
    visitors.forgive("document is sandboxed")  # the test's own script, which chooses the language, on the shown mail
    page.get_by_label("Votre nom").fill(trader.person)
    page.get_by_label("Choisissez un mot de passe").fill(PASSWORD)
    page.get_by_label("Représentant légal").fill(trader.person)
    page.get_by_role("button", name="Créer le compte et accepter").click()
    expect(page.get_by_role("heading", name="Mes enchères")).to_be_visible()
    return page


def takes_in(page: Page, house: House) -> None:
    """§4.8: the file; every line of it is good."""
    page.goto(f"{house.address}/vehicles/import")
    page.get_by_role("combobox", name="Site").click()
    page.get_by_role("option", name="Valserine Gerland").first.click()
    file: FilePayload = {"name": "parc.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.locator("main input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Importer 4 véhicules").click()
    expect(page.get_by_role("region", name="Compte rendu")).to_contain_text("4 véhicules importés")


def puts_on_sale(page: Page, house: House, plate: str) -> str:
    """§4.2, §4.3: from its card, with all its fields, to the sales stock; gives the address of the card."""
    page.goto(f"{house.address}/vehicles?q={plate}")
    page.get_by_role("link", name=plate).click()
    line = page.get_by_role("region", name="Vie du véhicule")
    expect(line.locator("[aria-current=step]")).to_contain_text("Pré-arrivée")
    expect(line).not_to_contain_text("il manque")
    moves_to_the_sales_stock(line, "prêt à vendre")
    return page.url


def moves_to_the_sales_stock(line: Locator, reason: str) -> None:
    """§4.2: on the life line of a vehicle's card, not to the next step but to that one, with a reason."""
    page = line.page
    line.get_by_role("button", name="Changer le statut").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Statut").click()
    page.get_by_role("option", name="Stock de vente").click()
    dialog.get_by_label("Motif").fill(reason)
    dialog.get_by_role("button", name="Changer le statut").click()
    expect(dialog).to_have_count(0)
    expect(line.locator("[aria-current=step]")).to_contain_text("Stock de vente")


# -------------------------------------------------------------------------------------------- the auctions


def picks(page: Page, plate: str) -> None:
    """Found in the stock by its plate, and chosen."""
    stock = page.get_by_role("region", name="Choisir dans le stock")
    stock.get_by_role("searchbox", name="Rechercher dans le stock").fill(plate)
    expect(stock.get_by_role("row")).to_have_count(2)
    stock.get_by_role("row").filter(has_text=plate).get_by_role("checkbox").check()


def makes_the_list(page: Page, title: str, traders: tuple[Trader, ...]) -> None:
    """§3: a mailing list on the spot; the form says how many will be told."""
    page.get_by_role("button", name="Nouvelle liste…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Titre").fill(title)
    connected = dialog.get_by_role("region", name="Professionnels connectés")
    for trader in traders:
        connected.get_by_role("checkbox", name=trader.name).check()
    dialog.get_by_role("button", name="Enregistrer la liste").click()
    told = f"{len(traders)} professionnels seront prévenus."
    expect(page.get_by_role("region", name="Diffusion")).to_contain_text(told)


def ends_soon(page: Page) -> None:
    """The shortest that the form takes, with a short soft close."""
    page.get_by_label("Durée", exact=True).fill("1")
    page.get_by_label("Unité de la durée").select_option(label="minutes")
    page.locator("summary", has_text="Offres tardives").click()
    page.get_by_label("Fenêtre avant la fin").fill(str(WINDOW_SECONDS))
    page.get_by_label("Prolongation").fill(str(EXTENSION_SECONDS))


def opens(trader: Page, dealer: Page) -> None:
    """From the list of its auctions to the one that the dealer's page shows."""
    auction = int(dealer.url.rpartition("/")[2])
    trader.locator(f"main a[href$='/auctions/{auction}']").first.click()
    expect(panel(trader)).to_be_visible()


def goes_home(page: Page) -> None:
    """To the list of its auctions."""
    page.get_by_role("link", name="Mes enchères").first.click()
    expect(page.get_by_role("heading", name="Mes enchères")).to_be_visible()


def number_of(dealer: Page) -> str:
    """The number of the auction that its page shows."""
    return _number_in(dealer.locator("h1"))


def _number_in(heading: Locator) -> str:
    found = re.search(r"\d+-\d+", heading.inner_text())
    assert found is not None
    return found[0]


def lot_of(dealer: Page, plate: str) -> Locator:
    """The lot on the synthesis that has this vehicle."""
    return dealer.get_by_role("region", name="Lots").get_by_role("row").filter(has_text=plate)


# ------------------------------------------------------------------------------------------------ after it


def orders(page: Page) -> str:
    """§6.1: what an order needs, on its offer; gives the order's number."""
    page.get_by_role("button", name="Passer la commande").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Livraison prévue le").fill(SOON)
    dialog.get_by_label("Lieu de livraison").select_option(index=1)
    dialog.get_by_label("Mode de paiement").select_option("transfer")
    dialog.get_by_role("button", name="Passer la commande").click()
    expect(dialog).to_have_count(0)
    return _number_in(page.get_by_role("heading", name=re.compile("^Commande n° ")))


def does(page: Page, deed: str, buyer: Trader, *, tab: str) -> None:
    """A deed on the delivery's row; what its dialog asks for is written."""
    page.get_by_role("tab", name=tab).click()
    page.get_by_role("row").filter(has_text=buyer.name).get_by_role("button", name=deed).click()
    dialog = page.get_by_role("dialog")
    if deed == "Déclarer":
        dialog.get_by_label("ont été remis").check()
        dialog.get_by_label("Compte rendu").fill(REPORT)
    if deed == "Déclarer la facture":
        dialog.get_by_label("N° de facture").fill(INVOICE)
    dialog.get_by_role("button", name=deed).click()
    expect(dialog).to_have_count(0)
