"""The dealer's traders through the pages: an invitation from a card to a connection, its removal, a mailing list."""

import re
from itertools import count
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DEALER, PASSWORD, PHONE, Doors, Visitors
from tests.e2e.test_account import link_for

pytestmark = pytest.mark.browser

LYON: Final = "Valserine Lyon"
numbers = count(1)


def _siret() -> str:
    """A number that passes its check and begins with zeros, as no company's does."""
    body = f"0007777{next(numbers):06}"
    digits = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body))]
    return f"{body}{-sum(each - 9 if each > 9 else each for each in digits) % 10}"


def _card(doors: Doors, name: str) -> dict[str, Any]:
    return doors.ask("POST", "/api/traders", {"legal_name": name, "siret": _siret(), "city": "Gex"})


def test_from_a_card_to_a_connection(visitors: Visitors, dealer_doors: Doors) -> None:
    """§2.2, §2.3: invited from its card, the account made by the link of the mail, connected, seen by the dealer."""
    card = _card(dealer_doors, "Garage du Jura")
    address = "contact@garagedujura.example"
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/traders/{card['id']}")
    page.get_by_role("button", name="Inviter").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Inviter").click()
    expect(dialog.get_by_text("Cochez au moins une entité.")).to_be_visible()
    dialog.get_by_role("checkbox", name=LYON).check()
    dialog.get_by_label("Adresse e-mail").fill(address)
    dialog.get_by_role("button", name="Inviter").click()
    expect(page.get_by_text(f"Invitation envoyée à {address}")).to_be_visible()
    expect(page.get_by_text("En attente")).to_be_visible()

    trader = visitors.arrive()
    trader.goto(link_for(trader, visitors.house, address, "/invitation"))
    expect(trader.get_by_role("heading", name="Groupe Valserine vous invite")).to_be_visible()
    expect(trader.get_by_role("main")).to_contain_text(LYON)
    assert "#" not in trader.url
    expect(trader.get_by_label("Raison sociale")).to_have_value("Garage du Jura")
    trader.get_by_label("Votre nom").fill("Nadia Juras")
    trader.get_by_label("Choisissez un mot de passe").fill(PASSWORD)
    trader.get_by_label("Représentant légal").fill("Nadia Juras")
    trader.get_by_role("button", name="Créer le compte et accepter").click()
    expect(trader.get_by_role("heading", name="Mes enchères")).to_be_visible()
    expect(trader.get_by_text("Bienvenue.")).to_be_visible()
    assert dealer_doors.ask("GET", f"/api/traders/{card['id']}")["connections"][0]["state"] == "active"

    page.goto(f"{visitors.house.address}/traders?q=jura")
    row = page.get_by_role("row", name="Garage du Jura")
    expect(row).to_contain_text("Connecté")
    page.get_by_role("link", name="Garage du Jura").click()
    expect(page.get_by_text("A un compte")).to_be_visible()
    expect(page.get_by_text("Nadia Juras", exact=True)).to_be_visible()
    _removes(page, dealer_doors, card["id"])


def _removes(page: Page, doors: Doors, trader: int) -> None:
    """§2.4: what happens is said before; then the card says that it was."""
    page.get_by_role("button", name="Retirer").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("ne peut plus enchérir")
    dialog.get_by_role("button", name="Retirer").click()
    connections = page.get_by_role("region", name="Connexions")
    expect(connections).to_contain_text("Retiré")
    assert doors.ask("GET", f"/api/traders/{trader}")["connections"][0]["state"] == "removed"


def test_an_account_that_is_there_accepts_in_one_click(visitors: Visitors, dealer_doors: Doors) -> None:
    """§2.3: signed in already, the link asks for nothing more; used, it is dead and says so."""
    email = "bonjour@negocedulac.example"
    grenoble = dealer_doors.ask("GET", "/api/me")["entities"][1]["id"]
    dealer_doors.ask("POST", "/api/invitations", {"entities": [grenoble], "email": email})
    page = visitors.sign_in(email)
    link = link_for(page, visitors.house, email, "/invitation")
    page.goto(link)
    page.get_by_role("button", name="Accepter avec ce compte").click()
    expect(page.get_by_role("heading", name="Mes enchères")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("Ce lien ne fonctionne plus")
    visitors.forgive("status of 410")
    found = dealer_doors.ask("GET", f"/api/connections?entity={grenoble}&q=lac")["items"]
    dealer_doors.ask("DELETE", f"/api/connections/{found[0]['id']}")


def test_an_invitation_is_withdrawn(visitors: Visitors, dealer_doors: Doors) -> None:
    """§2.2: it leaves the pending ones, and its link is dead."""
    lyon = dealer_doors.ask("GET", "/api/me")["entities"][0]["id"]
    address = "erreur@exemple.example"
    sent = dealer_doors.ask("POST", "/api/invitations", {"entities": [lyon], "email": address})
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/invitations")
    row = page.get_by_role("row", name=address)
    row.get_by_role("button", name="Retirer").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(row).to_have_count(0)
    page.get_by_role("tab", name="Retirées").click()
    expect(page.get_by_role("row", name=address)).to_contain_text("Retirée")
    withdrawn = dealer_doors.ask("GET", "/api/invitations?state=withdrawn")["items"]
    assert sent["id"] in {each["id"] for each in withdrawn}


def test_a_new_trader_is_typed_in(visitors: Visitors, dealer_doors: Doors) -> None:
    """§2.1: without a directory by hand; a wrong SIRET is named; one card per SIRET."""
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/traders/new")
    siret = _siret()
    search = page.get_by_label("SIRET")
    search.fill("123")
    page.get_by_role("button", name="Rechercher").click()
    expect(page.get_by_text("la clé doit être juste")).to_be_visible()
    search.fill(siret)
    page.get_by_role("button", name="Rechercher").click()
    expect(page.get_by_text("remplissez la fiche à la main")).to_be_visible()
    page.get_by_label("Raison sociale").fill("Occasions de Nantua")
    page.get_by_text("L’inviter aussitôt").click()
    page.get_by_role("button", name="Créer la fiche").click()
    expect(page.get_by_role("heading", name="Occasions de Nantua")).to_be_visible()
    assert dealer_doors.ask("GET", f"/api/traders?q={siret}")["items"][0]["legal_name"] == "Occasions de Nantua"
    page.goto(f"{visitors.house.address}/traders/new")
    page.get_by_label("SIRET").fill(siret)
    page.get_by_role("button", name="Rechercher").click()
    page.get_by_role("link", name="Ouvrir la fiche").click()
    expect(page).to_have_url(re.compile(r"/traders/\d+$"))


def test_a_mailing_list_counts_who_will_receive(visitors: Visitors, dealer_doors: Doors) -> None:
    """§3.1: two columns, ticks, a counter; saved, found again after a reload when not, reset, deleted."""
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/mailing-lists/new")
    page.get_by_label("Titre").fill("Essai de liste")
    connected = page.get_by_role("region", name="Professionnels connectés")
    receiving = page.get_by_role("region", name="Recevront")
    connected.get_by_role("checkbox", name="AUTO 71").check()
    connected.get_by_role("checkbox", name="Lotarium").check()
    expect(page.get_by_text("2 professionnels seront contactés")).to_be_visible()
    receiving.get_by_role("checkbox", name="Lotarium").press("Space")
    expect(receiving.get_by_role("checkbox", name="Lotarium")).to_have_count(0)
    expect(receiving.get_by_role("checkbox", name="AUTO 71")).to_be_focused()
    expect(page.get_by_text("1 professionnel sera contacté")).to_be_visible()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Essai de liste").click()
    kept = next(
        each for each in dealer_doors.ask("GET", "/api/mailing-lists")["items"] if each["title"] == "Essai de liste"
    )
    assert kept["count"] == 1
    connected.get_by_role("checkbox", name="Lotarium").check()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("non enregistrées, sont reprises")).to_be_visible()
    expect(page.get_by_text("2 professionnels seront contactés")).to_be_visible()
    page.get_by_role("button", name="Rétablir").click()
    expect(page.get_by_text("1 professionnel sera contacté")).to_be_visible()
    connected.get_by_role("checkbox", name="AUTO 71").uncheck()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("au moins un professionnel")
    page.get_by_role("button", name="Rétablir").click()
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.get_by_role("heading", name="Listes de diffusion")).to_be_visible()
    expect(page.get_by_role("link", name="Essai de liste")).to_have_count(0)


def test_a_mailing_list_fits_a_phone(visitors: Visitors) -> None:
    """Both columns under each other, the counter and the buttons at the thumb, nothing wider than the screen."""
    page = visitors.sign_in(DEALER, size=PHONE)
    page.goto(f"{visitors.house.address}/mailing-lists/new")
    expect(page.get_by_role("region", name="Recevront")).to_be_visible()
    expect(page.get_by_role("button", name="Enregistrer")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
