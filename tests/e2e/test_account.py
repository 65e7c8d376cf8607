"""One's own account through the pages: a forgotten password, sessions, a token, the language; and links that are dead.

The mails are those that the demonstration caught.
"""

import json
import re
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, PATIENCE_MS, Doors, House, Visitors

pytestmark = pytest.mark.browser

#: Nobody bids or sells as one of these in other tests.
TRADER = "bonjour@negocedulac.example"
ENGLISH_DEALER = "utilitaires@valserine.example"
NEW_PASSWORD = "une suite de quelques mots"


def _json(house: House, path: str) -> dict[str, Any]:
    with urlopen(house.address + path, timeout=30) as answer:  # noqa: S310 - our own house
        told: dict[str, Any] = json.loads(answer.read())
    return told


def link_for(page: Page, house: House, to: str, path: str) -> str:
    """The link to `path` in the newest caught mail to that address that has one; waits until there is."""
    for _ in range(PATIENCE_MS // 100):
        for mail in _json(house, "/api/demo/mails")["items"]:
            if mail["to"] == to:
                text = _json(house, f"/api/demo/mails/{mail['id']}")["text"]
                if found := re.search(rf"https?://\S+{path}#\S+", text):
                    return found.group()
        page.wait_for_timeout(100)
    raise AssertionError(f"no mail to {to} leads to {path}")


def _signs_in(page: Page, email: str, password: str) -> None:
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")


def test_a_forgotten_password_is_chosen_anew(visitors: Visitors) -> None:
    """§1.5: asked from the sign-in page; the link of the mail works once, and its secret leaves the address at once."""
    page = visitors.arrive()
    page.get_by_role("link", name="Mot de passe oublié").click()
    page.get_by_label("Adresse e-mail").fill("nobody@nowhere.example")
    page.get_by_role("button", name="Recevoir le lien").click()
    said = page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Autre adresse").click()
    page.get_by_label("Adresse e-mail").fill(TRADER)
    page.get_by_role("button", name="Recevoir le lien").click()
    expect(page.get_by_role("status")).to_contain_text(TRADER)
    assert page.get_by_role("status").inner_text() == said.replace("nobody@nowhere.example", TRADER)
    link = link_for(page, visitors.house, TRADER, "/password-reset")
    page.goto(link)
    expect(page.get_by_role("heading", name="Nouveau mot de passe")).to_be_visible()
    expect(page).to_have_url(f"{visitors.house.address}/password-reset")
    page.get_by_label("Choisissez un mot de passe").fill("court")
    page.get_by_role("button", name="Enregistrer le mot de passe").click()
    expect(page.get_by_text("8 caractères au moins.", exact=True)).to_be_visible()
    page.get_by_label("Choisissez un mot de passe").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Enregistrer le mot de passe").click()
    expect(page.get_by_role("heading", name="Mot de passe changé")).to_be_visible()
    page.get_by_role("link", name="Aller à la connexion").click()
    _signs_in(page, TRADER, NEW_PASSWORD)
    expect(page.locator("main#main")).to_be_visible()
    _takes_the_old_password_back(page, visitors)


def _takes_the_old_password_back(page: Page, visitors: Visitors) -> None:
    """The account's own page changes it; others sign in as before."""
    page.goto(f"{visitors.house.address}/account/security")
    page.get_by_label("Mot de passe actuel").fill(NEW_PASSWORD)
    page.get_by_label("Choisissez un mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Changer le mot de passe").click()
    expect(page.get_by_text("Vos autres sessions sont fermées")).to_be_visible()
    Doors(visitors.house, TRADER)


@pytest.mark.parametrize("path", ["/invitation", "/user-invitation", "/password-reset"])
def test_a_link_without_its_secret_says_what_to_do(visitors: Visitors, path: str) -> None:
    """Half a link, and where to go from it."""
    page = visitors.arrive()
    page.goto(visitors.house.address + path)
    expect(page.get_by_role("alert")).to_contain_text("Ce lien est incomplet")
    expect(page.get_by_role("alert").get_by_role("link")).to_be_visible()


def test_a_colleague_comes_in_by_its_link(visitors: Visitors, dealer_doors: Doors) -> None:
    """§1.1: a name and a password make the account, which is signed in and welcomed; the link is dead after it."""
    address = "camille@valserine.example"
    entity = dealer_doors.ask("GET", "/api/me")["entities"][0]
    dealer_doors.ask("POST", "/api/user-invitations", {"email": address, "entity": entity["id"], "preset": "seller"})
    page = visitors.arrive()
    link = link_for(page, visitors.house, address, "/user-invitation")
    page.goto(link)
    expect(page.get_by_role("heading", name=f"Rejoignez {entity['name']}")).to_be_visible()
    page.get_by_label("Votre nom").fill("Camille Vasseur")
    page.get_by_label("Choisissez un mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer le compte et commencer").click()
    expect(page.get_by_text("Bienvenue, Camille Vasseur.")).to_be_visible()
    assert Doors(visitors.house, address).ask("GET", "/api/me")["name"] == "Camille Vasseur"
    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("Ce lien ne fonctionne plus")
    visitors.forgive("status of 410")


def test_sessions_are_seen_and_ended(visitors: Visitors) -> None:
    """This one is marked; another is signed out where it was."""
    other = visitors.sign_in(TRADER)
    page = visitors.sign_in(TRADER)
    page.goto(f"{visitors.house.address}/account/security")
    table = page.get_by_role("table", name="Sessions ouvertes")
    expect(table.get_by_text("Cette session")).to_have_count(1)
    page.get_by_role("button", name="Déconnecter partout ailleurs").click()
    page.get_by_role("dialog").get_by_role("button", name="Déconnecter partout ailleurs").click()
    expect(table.get_by_role("row")).to_have_count(2)
    expect(other.get_by_text("Votre session a pris fin")).to_be_visible()
    visitors.forgive("status of 401", "WebSocket")


def test_a_token_is_shown_once_and_revoked(visitors: Visitors) -> None:
    """What is shown signs a program in; after a reload nobody sees it again, and revoked it is worth nothing."""
    page = visitors.sign_in(TRADER)
    page.goto(f"{visitors.house.address}/account/tokens")
    page.get_by_label("Nom du jeton").fill("Relevé du soir")
    page.get_by_role("button", name="Créer un jeton").click()
    shown = page.get_by_role("textbox", name="Jeton « Relevé du soir »")
    token = shown.input_value()
    headers = {"Authorization": f"Bearer {token}"}
    answer = page.request.fetch(f"{visitors.house.address}/api/me", headers=headers)
    assert answer.json()["email"] == TRADER
    page.reload()
    expect(page.get_by_role("cell", name="Relevé du soir")).to_be_visible()
    assert token not in page.content()
    page.get_by_role("button", name="Révoquer").click()
    page.get_by_role("dialog").get_by_role("button", name="Révoquer").click()
    expect(page.get_by_text("Aucun jeton.")).to_be_visible()
    doors = Doors(visitors.house, TRADER)
    assert doors.ask("GET", "/api/tokens")["items"] == []


def test_the_language_of_the_account_turns_the_page(visitors: Visitors) -> None:
    """One choice for the mails and the pages."""
    page = visitors.sign_in(ENGLISH_DEALER, language="en")
    page.goto(f"{visitors.house.address}/account")
    page.get_by_label("Language").select_option("fr")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()
    doors = Doors(visitors.house, ENGLISH_DEALER)
    assert doors.ask("GET", "/api/me")["language"] == "fr"
    doors.ask("PATCH", "/api/me", {"language": "en"})


def test_a_trader_writes_its_own_contact_data(visitors: Visitors) -> None:
    """§2.1: the name and the SIRET are read, the phone is written."""
    page = visitors.sign_in(TRADER)
    page.goto(f"{visitors.house.address}/account/company")
    expect(page.get_by_label("SIRET")).not_to_be_editable()
    page.get_by_label("Téléphone").fill("04 65 71 99 99")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Enregistré.")).to_be_visible()
    assert Doors(visitors.house, TRADER).ask("GET", "/api/company")["phone"] == "04 65 71 99 99"
