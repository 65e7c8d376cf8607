"""People and settings as who manages them sees them: a colleague invited, a group shared, a site changed."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DEALER, PHONE, Doors, Visitors

pytestmark = pytest.mark.browser

COLLEAGUE: Final = "nouvelle.collegue@valserine.example"
SELLER: Final = "Tessa Brunel-Roche"


def _go(page: Page, path: str, heading: str) -> None:
    page.goto(re.sub(r"^(https?://[^/]+).*", r"\1", page.url) + path)
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()


def test_a_colleague_is_invited_and_the_invitation_withdrawn(visitors: Visitors, dealer_doors: Doors) -> None:
    """§1.1, §1.3: the link goes out by mail, the rights are a job's, and it waits among the invitations."""
    page = visitors.sign_in(DEALER)
    _go(page, "/users", "Utilisateurs")
    expect(page.get_by_role("link", name=SELLER)).to_be_visible()
    page.get_by_role("button", name="Inviter un collègue").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Inviter un collègue").click()
    expect(dialog).to_contain_text("Écrivez une adresse e-mail.")
    dialog.get_by_label("E-mail").fill(COLLEAGUE)
    dialog.get_by_label("Profil").select_option(label="Gestionnaire de parc")
    expect(dialog.get_by_label("Gérer le stock")).to_be_checked()
    expect(dialog.get_by_label("Annuler une vente")).not_to_be_checked()
    dialog.get_by_role("button", name="Inviter un collègue").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("link", name="Invitations", exact=True).click()
    row = page.locator("tbody tr", has_text=COLLEAGUE)
    expect(row).to_contain_text("Gestionnaire de parc")
    [pending] = [one for one in dealer_doors.ask("GET", "/api/user-invitations")["items"] if one["email"] == COLLEAGUE]
    assert pending["grant"]["preset"] == "fleet_manager"
    _mailed(page, COLLEAGUE, dealer_doors)
    row.get_by_role("button", name="Retirer").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(row).to_have_count(0)
    emails = {one["email"] for one in dealer_doors.ask("GET", "/api/user-invitations")["items"]}
    assert COLLEAGUE not in emails


def _mailed(page: Page, address: str, doors: Doors) -> None:
    """The mail leaves within moments; it is asked for as long as a page would be waited for."""
    for _ in range(100):
        if any(mail["to"] == address for mail in doors.ask("GET", "/api/demo/mails")["items"]):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"no mail to {address}")


def test_a_shared_group_asks_whether_everywhere(visitors: Visitors, dealer_doors: Doors) -> None:
    """§1.2: adding somebody to a shared group asks "every entity or this one"; yes adds, and employs, in all."""
    page = visitors.sign_in(DEALER)
    _go(page, "/user-groups", "Groupes d’utilisateurs")
    page.get_by_role("button", name="Nouveau groupe").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nom").fill("Livreurs")
    dialog.get_by_label("Déclarer les livraisons").check()
    dialog.get_by_role("button", name="Nouveau groupe").click()
    expect(page.get_by_role("heading", name="Livreurs", exact=True)).to_be_visible()
    expect(page.locator("main")).to_contain_text("Personne encore")
    page.get_by_role("button", name="Ajouter un membre").click()
    dialog.get_by_role("combobox", name="Qui").click()
    page.get_by_role("option", name=re.compile(SELLER)).click()
    dialog.get_by_role("button", name="Ajouter un membre").click()
    expect(dialog).to_contain_text("Choisissez : toutes les entités, ou une seule.")
    dialog.get_by_label("Oui, à toutes les entités du groupe").check()
    dialog.get_by_role("button", name="Ajouter un membre").click()
    expect(dialog).to_have_count(0)
    row = page.locator("tbody tr", has_text=SELLER)
    expect(row).to_contain_text("Valserine Lyon, Valserine Utilitaires")
    row.get_by_role("link", name=SELLER).click()
    everywhere = page.get_by_role("form", name="Valserine Utilitaires")
    expect(everywhere.get_by_label("Livreurs")).to_be_checked()
    expect(everywhere).to_contain_text("Les groupes donnent en plus : déclarer les livraisons.")
    [group] = [one for one in dealer_doors.ask("GET", "/api/user-groups")["items"] if one["name"] == "Livreurs"]
    assert (group["shared"], group["members"], group["grant"]["rights"]) == (True, 1, ["declare_deliveries"])


def test_a_changed_site_is_on_record(visitors: Visitors, dealer_doors: Doors) -> None:
    """§1.1: the new phone stands on the site, and the history says who changed it, from what to what."""
    page = visitors.sign_in(DEALER)
    _go(page, "/settings/sites", "Points de vente")
    site = dealer_doors.ask("GET", "/api/sites")["items"][0]
    page.get_by_role("button", name=f"Modifier {site['name']}").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Téléphone")).to_have_value(site["phone"])
    dialog.get_by_label("Téléphone").fill("04 72 00 00 42")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("tbody tr", has_text=site["name"])).to_contain_text("04 72 00 00 42")
    assert dealer_doors.ask("GET", f"/api/sites/{site['id']}")["phone"] == "04 72 00 00 42"
    _go(page, "/history?subject=site", "Historique")
    line = page.locator("main li", has_text=site["name"]).first
    expect(line).to_contain_text("Modification")
    expect(line).to_contain_text("Hélène Valmorin")
    expect(line.locator("dl")).to_contain_text("Téléphone")
    expect(line.locator("dl")).to_contain_text("04 72 00 00 42")
    page.get_by_label("Objet").select_option(label="Facture")
    expect(page).to_have_url(re.compile("subject=invoice"))
    expect(page.locator("main li").first).to_contain_text("Facture")


def test_what_is_typed_into_settings_is_kept_until_it_is_saved(visitors: Visitors, dealer_doors: Doors) -> None:
    """§4.2: a target and an own status; going elsewhere loses nothing, saving makes them hold. On a phone."""
    page = visitors.sign_in(DEALER, size=PHONE)
    _go(page, "/settings/stock", "Réglages du stock")
    page.get_by_label("Objectif de jours en stock").fill("3000")
    line = page.get_by_role("group", name="Ligne de vie : marchand")
    line.get_by_role("button", name="Ajouter un statut").click()
    line.get_by_label("Nom du statut").fill("Contrôle")
    expect(line.get_by_role("list")).to_contain_text("Contrôle")
    page.get_by_role("link", name="Points de vente").click()
    expect(page.get_by_role("heading", name="Points de vente")).to_be_visible()
    page.go_back()
    expect(line.get_by_label("Nom du statut")).to_have_value("Contrôle")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("Enregistré.")
    entity = dealer_doors.ask("GET", "/api/me")["entities"][0]["id"]
    settings = dealer_doors.ask("GET", f"/api/entities/{entity}/stock-settings")
    assert settings["days_target"] == 3000
    assert [one["label"] for one in settings["trade"]["added"]] == ["Contrôle"]


def test_a_disabled_colleague_is_told_apart_and_comes_back(visitors: Visitors, dealer_doors: Doors) -> None:
    """What disabling means is said before; the list of the active has the person no more."""
    page = visitors.sign_in(DEALER)
    [seller] = dealer_doors.ask("GET", "/api/users?q=Tessa")["items"]
    _go(page, f"/users/{seller['id']}", SELLER)
    page.get_by_role("button", name="Désactiver").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("prennent fin aussitôt")
    dialog.get_by_role("button", name="Désactiver").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Réactiver")).to_be_visible()
    assert dealer_doors.ask("GET", f"/api/users/{seller['id']}")["disabled_at"] is not None
    _go(page, "/users", "Utilisateurs")
    expect(page.locator("tbody tr")).not_to_have_count(0)
    expect(page.get_by_role("link", name=SELLER)).to_have_count(0)
    page.get_by_label("État").select_option(label="Désactivés")
    page.get_by_role("link", name=SELLER).click()
    page.get_by_role("button", name="Réactiver").click()
    dialog.get_by_role("button", name="Réactiver").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Désactiver")).to_be_visible()
    assert dealer_doors.ask("GET", f"/api/users/{seller['id']}")["disabled_at"] is None
