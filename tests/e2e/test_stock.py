"""The dealer's stock through the pages: a file with a wrong line, its card to the sales stock, a kept search (§4)."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.conftest import DEALER, PHONE, Doors, Visitors
from tests.e2e.selling import moves_to_the_sales_stock

pytestmark = pytest.mark.browser

HEADS: Final = "Marque;Modèle;Énergie;Immatriculation;Kilométrage;Prix d'achat"
GOOD: Final = "RENAULT;CLIO IV;Essence;JV-418-KD;45 000;7 200,00"
WRONG: Final = "RENAULT;ZOE;Électrique;JV-419-KD;douze;9 000,00"
MENDED: Final = "RENAULT;ZOE;Électrique;JV-419-KD;12000;9 000,00"


def _csv(*lines: str) -> FilePayload:
    return {"name": "parc.csv", "mimeType": "text/csv", "buffer": "\n".join((HEADS, *lines)).encode()}


def _photo(name: str, colour: str) -> FilePayload:
    written = BytesIO()
    Image.new("RGB", (320, 240), colour).save(written, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


def _choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()


def _found(doors: Doors, query: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = doors.ask("GET", f"/api/vehicles?{query}")["items"]
    return items


def _section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def _import(visitors: Visitors, doors: Doors) -> Page:
    """The file is refused by line and field, nothing enters; mended, all of it does."""
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/vehicles/import")
    _choose(page, "Site", "Valserine Gerland")
    chooser = page.locator("main input[type=file]")
    chooser.set_input_files(_csv(GOOD, WRONG))
    report = _section(page, "Compte rendu")
    expect(report).to_contain_text("2 lignes · 1 bonne · 1 refusée")
    expect(report.get_by_role("row").nth(1)).to_contain_text("3")
    expect(report.get_by_role("row").nth(1)).to_contain_text("Kilométrage")
    assert not _found(doors, "q=JV-418-KD")
    chooser.set_input_files(_csv(GOOD, MENDED))
    report.get_by_role("button", name="Importer 2 véhicules").click()
    expect(report).to_contain_text("2 véhicules importés")
    report.get_by_role("link").click()
    expect(page.get_by_role("row", name="JV-418-KD")).to_contain_text("Statut pas encore vendable")
    assert len(_found(doors, "q=JV-418-KD")) == 1
    return page


def _fill_in(page: Page) -> None:
    """What physical entry asks for, each field opened where it is missing (§4.2)."""
    line = _section(page, "Vie du véhicule")
    expect(line.locator("[aria-current=step]")).to_have_text("1Pré-arrivée")
    expect(line).to_contain_text("il manque")
    line.get_by_role("button", name="VIN").click()
    registration = _section(page, "Immatriculation et entrée")
    registration.get_by_label("VIN").fill("12345")
    registration.get_by_label("Numéro de police").fill("PB-77123")
    registration.get_by_label("Première mise en circulation").fill("2019-03-04")
    registration.get_by_label("Date d’entrée").fill("2026-01-05")
    registration.get_by_label("Origine").fill("Reprise client")
    registration.get_by_role("button", name="Enregistrer").click()
    expect(registration).to_contain_text("17 lettres et chiffres")
    page.reload()
    expect(registration).to_contain_text("Vos saisies non enregistrées sont reprises ici.")
    registration.get_by_label("VIN").fill("VF17RBJ0H5ZZ00077")
    registration.get_by_role("button", name="Enregistrer").click()
    expect(registration.get_by_role("button", name="Enregistrer")).to_have_count(0)
    line.get_by_role("button", name="Couleur intérieure").click()
    what = _section(page, "Identification")
    what.get_by_label("Couleur", exact=True).fill("Gris")
    what.get_by_label("Couleur intérieure").fill("Noir")
    what.get_by_label("CO₂ (g/km)").fill("118")
    what.get_by_role("button", name="Enregistrer").click()
    expect(line).not_to_contain_text("il manque")


def _price(page: Page) -> None:
    """The margin follows what is typed, before anything is saved: (8 900 - 7 200) / 1.20."""
    prices = _section(page, "Prix")
    prices.get_by_role("button", name="Modifier").click()
    prices.get_by_label("Prix marchand", exact=True).fill("8900")
    expect(prices).to_contain_text("1 416,67 €")
    prices.get_by_role("button", name="Enregistrer").click()
    expect(prices).to_contain_text("8 900,00 €")
    place = _section(page, "Site et destination")
    place.get_by_role("button", name="Modifier").click()
    place.get_by_role("combobox", name="Destination").click()
    page.get_by_role("option", name="Marchand").click()
    place.get_by_role("button", name="Enregistrer").click()
    expect(place.get_by_role("button", name="Enregistrer")).to_have_count(0)


def _photograph(page: Page, doors: Doors, vehicle: int) -> None:
    """Two photos at once, the second then made the first by its button."""
    photos = _section(page, "Photos")
    photos.locator("input[type=file]").set_input_files([_photo("un.jpg", "red"), _photo("deux.jpg", "blue")])
    expect(photos.get_by_role("img")).to_have_count(2)
    before = [photo["id"] for photo in doors.ask("GET", f"/api/vehicles/{vehicle}/photos")["items"]]
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        photos.get_by_role("button", name="Avancer Photo 2").press("Enter")
    after = [photo["id"] for photo in doors.ask("GET", f"/api/vehicles/{vehicle}/photos")["items"]]
    assert after[:2] == [before[1], before[0]]


def test_from_a_file_to_the_sales_stock(visitors: Visitors, dealer_doors: Doors, tmp_path: Path) -> None:
    """§4.1, §4.2, §4.3, §4.8: imported, filled in, priced, photographed, moved on; then found by a kept search."""
    page = _import(visitors, dealer_doors)
    page.get_by_role("link", name="JV-418-KD").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RENAULT CLIO IV")
    vehicle = int(page.url.rpartition("/")[2])
    _fill_in(page)
    _price(page)
    _photograph(page, dealer_doors, vehicle)
    line = _section(page, "Vie du véhicule")
    line.get_by_role("button", name="Passer à « Entrée physique »").click()
    expect(line.locator("[aria-current=step]")).to_contain_text("Entrée physique")
    moves_to_the_sales_stock(line, "prêt à vendre")
    expect(page.get_by_role("link", name="Mettre aux enchères")).to_be_visible()
    expect(_section(page, "Historique")).to_contain_text("prêt à vendre")
    sheet = dealer_doors.ask("GET", f"/api/vehicles/{vehicle}")
    assert (sheet["status"], sheet["missing"], sheet["trade_price"]) == ("sales_stock", [], "8900.00")
    _search(page, dealer_doors, tmp_path, visitors.house.address)
    visitors.forgive("status of 422")


def _search(page: Page, doors: Doors, tmp_path: Path, address: str) -> None:
    """Filtered, kept and pinned, exported; the filters are in the address, and go one by one."""
    page.goto(f"{address}/vehicles")
    filters = page.get_by_role("group", name="Filtres")
    filters.get_by_role("button", name="Marque").click()
    page.get_by_role("checkbox", name=re.compile("^RENAULT")).check()
    page.keyboard.press("Escape")
    filters.get_by_role("button", name="Prix marchand").click()
    page.get_by_label("De", exact=True).fill("8 900")
    page.get_by_label("À", exact=True).fill("8 900")
    page.get_by_role("button", name="Appliquer").click()
    asked = page.get_by_role("list", name="Filtres posés")
    expect(asked.get_by_role("listitem")).to_have_count(3)
    expect(page.get_by_role("row", name="JV-418-KD")).to_contain_text("Vendable")
    assert "make=RENAULT" in page.url
    assert "trade_price_min=8900.00" in page.url

    page.get_by_role("button", name="Recherches").click()
    page.get_by_role("menuitem", name="Garder cette recherche").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Nom").fill("Clio à 8 900")
    page.get_by_role("dialog").get_by_label("Épingler").check()
    page.get_by_role("dialog").get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("button", name="Clio à 8 900")).to_be_visible()
    [kept] = [one for one in doors.ask("GET", "/api/saved-searches")["items"] if one["name"] == "Clio à 8 900"]
    assert kept["pinned"]
    assert kept["count"] == len(_found(doors, "make=RENAULT&trade_price_min=8900.00&trade_price_max=8900.00"))

    _put_in_order(page, doors, kept["id"])

    with page.expect_download() as saving:
        page.get_by_role("link", name="Exporter (CSV)").click()
    file = tmp_path / "stock.csv"
    saving.value.save_as(file)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == kept["count"] + 1
    assert any("8900" in line and "CLIO IV" in line for line in lines[1:])

    asked.get_by_role("button", name="Retirer le filtre Marque : RENAULT").click()
    expect(asked.get_by_role("listitem")).to_have_count(1)
    assert "make=" not in page.url
    page.get_by_role("button", name="Recherches").click()
    page.get_by_role("menuitem", name="Clio du parc").click()
    expect(asked.get_by_role("listitem")).to_have_count(3)


def _put_in_order(page: Page, doors: Doors, search: int) -> None:
    """A kept search is renamed, and leaves the home page; what it finds stays."""
    [before] = [one for one in doors.ask("GET", "/api/saved-searches")["items"] if one["id"] == search]
    page.get_by_role("button", name="Clio à 8 900").click()
    page.get_by_role("menuitem", name="Gérer les recherches").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nom de la recherche Clio à 8 900").fill("Clio du parc")
    dialog.get_by_role("button", name="Renommer").click()
    renamed = page.get_by_label("Nom de la recherche Clio du parc")
    line = dialog.get_by_role("listitem").filter(has=renamed)
    line.get_by_role("switch").click()
    expect(line.get_by_role("switch")).not_to_be_checked()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    [after] = [one for one in doors.ask("GET", "/api/saved-searches")["items"] if one["id"] == search]
    assert after == {**before, "name": "Clio du parc", "pinned": False, "count": None}


def test_two_colleagues_on_one_card(visitors: Visitors, dealer_doors: Doors) -> None:
    """§4.1: what somebody else changed in between is not written over, and what was typed stays to be saved again."""
    vehicle = _found(dealer_doors, "status=sales_stock&limit=1&sort=-plate")[0]["id"]
    page = visitors.sign_in(DEALER, size=PHONE)
    page.goto(f"{visitors.house.address}/vehicles/{vehicle}")
    comments = _section(page, "Commentaires")
    comments.get_by_role("button", name="Modifier").click()
    comments.get_by_role("textbox").fill("vu sur le parc")
    revision = dealer_doors.ask("GET", f"/api/vehicles/{vehicle}")["revision"]
    dealer_doors.ask("PATCH", f"/api/vehicles/{vehicle}", {"origin": "Achat", "revision": revision})
    comments.get_by_role("button", name="Enregistrer").click()
    expect(comments.get_by_role("alert")).to_contain_text("Quelqu’un a modifié la fiche")
    expect(comments.get_by_role("textbox")).to_have_value("vu sur le parc")
    expect(_section(page, "Immatriculation et entrée")).to_contain_text("Achat")
    comments.get_by_role("button", name="Enregistrer").click()
    expect(comments.get_by_role("textbox")).to_have_count(0)
    sheet = dealer_doors.ask("GET", f"/api/vehicles/{vehicle}")
    assert (sheet["comments"], sheet["origin"]) == ("vu sur le parc", "Achat")
    visitors.forgive("status of 409")
