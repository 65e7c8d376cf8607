"""A vehicle's card under the hands of whoever works on it (§4.1, §4.2, §4.5, §4.7): photos in order, files that are
refused, lists, a custom make, an exit undone; then what a trader sees of it.
"""

from io import BytesIO
from typing import Any, Final

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.conftest import DEALER, PHONE, Doors, Visitors

pytestmark = pytest.mark.browser

SCORE: Final = "État de la batterie"
PDF: Final = b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF"


def _jpeg(name: str, colour: str) -> FilePayload:
    written = BytesIO()
    Image.new("RGB", (320, 240), colour).save(written, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


def _pdf(name: str, content: bytes = PDF) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def _section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def _entered(doors: Doors, **card: object) -> int:
    """A vehicle of this test's own, at pre-arrival."""
    site = doors.ask("GET", "/api/vehicles?limit=1&status=sales_stock")["items"][0]["site"]
    form = {"make": "RENAULT", "model": "ZOE", "energy": "Électrique", "site": site, **card}
    made: int = doors.ask("POST", "/api/vehicles", form)["id"]
    return made


def _photos(doors: Doors, vehicle: int) -> list[int]:
    items: list[dict[str, Any]] = doors.ask("GET", f"/api/vehicles/{vehicle}/photos")["items"]
    return [photo["id"] for photo in items]


def test_photos_keep_the_order_that_hands_and_keys_give_them(visitors: Visitors, dealer_doors: Doors) -> None:
    """§4.1: several at once in the order chosen, moved by dragging and by keys, taken away; the focus stays there."""
    vehicle = _entered(dealer_doors)
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/vehicles/{vehicle}")
    photos = _section(page, "Photos")
    chosen = [_jpeg(f"{colour}.jpg", colour) for colour in ("red", "blue", "green", "black")]
    photos.locator("input[type=file]").set_input_files(chosen)
    tiles = photos.get_by_role("listitem")
    expect(tiles).to_have_count(4)
    first, second, third, fourth = _photos(dealer_doors, vehicle)
    assert first < second < third < fourth

    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        tiles.nth(3).drag_to(tiles.nth(0))
    assert _photos(dealer_doors, vehicle) == [fourth, first, second, third]
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        photos.get_by_role("button", name="Avancer Photo 2").press("Enter")
    assert _photos(dealer_doors, vehicle) == [first, fourth, second, third]
    history = _section(page, "Historique")
    expect(history).to_contain_text("Photos ordonnées")
    expect(history).not_to_contain_text("4 lignes")
    expect(photos.get_by_role("button", name="Avancer Photo 1")).to_be_focused()

    photos.get_by_role("button", name="Supprimer Photo 2").press("Enter")
    page.get_by_role("button", name="Supprimer cette photo").press("Enter")
    expect(tiles).to_have_count(3)
    assert _photos(dealer_doors, vehicle) == [first, second, third]
    expect(photos.get_by_role("button", name="Supprimer Photo 2")).to_be_focused()


def test_what_is_no_photo_or_paper_says_so_by_its_name(visitors: Visitors, dealer_doors: Doors) -> None:
    """§4.1, §4.5: a text, a photo in name alone, files too large; what is good among them is kept; on a phone."""
    vehicle = _entered(dealer_doors)
    page = visitors.sign_in(DEALER, size=PHONE)
    page.goto(f"{visitors.house.address}/vehicles/{vehicle}")
    photos = _section(page, "Photos")
    long_name = f"{'photo' * 20}.jpg"
    sent: list[FilePayload] = [
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"notes"},
        {"name": long_name, "mimeType": "image/jpeg", "buffer": b"none"},
        {"name": "grande.jpg", "mimeType": "image/jpeg", "buffer": bytes(6 * 1024 * 1024)},
        _jpeg("bonne.jpg", "red"),
    ]
    photos.locator("input[type=file]").set_input_files(sent)
    expect(photos.get_by_role("listitem")).to_have_count(1)
    told = photos.get_by_role("status")
    expect(told).to_contain_text("notes.txt : Ce n’est pas une image lisible.")
    expect(told).to_contain_text(f"{long_name} : Doit être une image entière")
    expect(told).to_contain_text("grande.jpg : Ce n’est pas une image lisible.")
    expect(told).not_to_contain_text("bonne.jpg")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]

    files = _section(page, "Fichiers")
    files.locator("input[type=file]").set_input_files([_pdf("faux.pdf", b"none"), _pdf("carnet.pdf")])
    expect(files.get_by_role("link", name="carnet.pdf")).to_be_visible()
    expect(files.get_by_role("alert")).to_contain_text("faux.pdf : Doit être un PDF.")

    battery = _section(page, "Batterie")
    chooser = battery.locator("input[type=file]")
    chooser.set_input_files(_pdf("lourd.pdf", PDF + bytes(6 * 1024 * 1024)))
    expect(battery.get_by_role("alert")).to_contain_text("Le fichier est trop lourd")
    chooser.set_input_files(_pdf("certificat.pdf"))
    expect(battery.get_by_role("alert")).to_have_count(0)
    with page.expect_download() as saving:
        battery.get_by_role("link", name="Certificat de la batterie (PDF)").click()
    assert saving.value.path().read_bytes() == PDF
    visitors.forgive("status of 422", "status of 413")


def test_lists_are_typed_row_by_row(visitors: Visitors, dealer_doors: Doors) -> None:
    """§4.1, §4.7: an own equipment needs a price; the row that lacks it says so, beside an empty one that is none."""
    vehicle = _entered(dealer_doors)
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/vehicles/{vehicle}")
    equipment = _section(page, "Équipements propres")
    equipment.get_by_role("button", name="Ajouter un équipement").click()
    equipment.get_by_role("button", name="Ajouter un équipement").click()
    equipment.get_by_label("Libellé").nth(1).fill("Attelage")
    equipment.get_by_role("button", name="Enregistrer").click()
    expect(equipment.get_by_label("Prix HT")).to_have_count(1)
    expect(equipment.get_by_label("Prix HT")).to_have_attribute("aria-invalid", "true")
    expect(equipment.get_by_role("alert")).to_have_count(0)
    equipment.get_by_label("Prix HT").fill("500")
    equipment.get_by_role("button", name="Enregistrer").click()
    expect(equipment).to_contain_text("600,00 €")

    battery = _section(page, "Batterie")
    battery.get_by_role("button", name="Modifier").click()
    battery.get_by_label(SCORE).fill("150")
    battery.get_by_role("button", name="Enregistrer").click()
    expect(battery.get_by_label(SCORE)).to_have_value("150\N{NARROW NO-BREAK SPACE}%")  # as typed
    expect(battery.get_by_label(SCORE)).to_have_attribute("aria-invalid", "true")
    battery.get_by_label(SCORE).fill("91")
    battery.get_by_role("button", name="Enregistrer").click()
    expect(battery).to_contain_text("91 %")
    sheet = dealer_doors.ask("GET", f"/api/vehicles/{vehicle}")
    assert [(one["label"], one["price_ttc"]) for one in sheet["equipment"]] == [("Attelage", "600.00")]
    assert sheet["battery"]["score_percent"] == 91
    visitors.forgive("status of 422")


def test_a_custom_make_asks_for_what_the_catalogue_would_say(visitors: Visitors) -> None:
    """§4.7: all that lacks is said at once, and the first of it is where one types on."""
    page = visitors.sign_in(DEALER, size=PHONE)
    page.goto(f"{visitors.house.address}/vehicles/new")
    page.get_by_label("Marque ou modèle hors catalogue").check()
    page.get_by_role("combobox", name="Marque").fill("DUESENBERG")
    page.get_by_role("button", name="Entrer en stock").click()
    expect(page.get_by_role("combobox", name="Modèle")).to_be_focused()
    page.get_by_role("combobox", name="Modèle").fill("J")
    page.get_by_role("button", name="Entrer en stock").click()
    expect(page.get_by_role("textbox", name="Version")).to_be_focused()
    expect(page.locator("main [aria-invalid=true]")).to_have_count(9)  # and the site


def test_an_exit_is_undone_with_its_reason(visitors: Visitors, dealer_doors: Doors) -> None:
    """§4.2: a vehicle that left goes back to where it was; the reason is on its record."""
    gone = dealer_doors.ask("GET", "/api/vehicles?status=released")["items"][0]["id"]
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/vehicles/{gone}")
    line = _section(page, "Vie du véhicule")
    line.get_by_role("button", name="Annuler la sortie").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Motif").fill("facturé par erreur")
    dialog.get_by_role("button", name="Annuler la sortie").click()
    expect(line.locator("[aria-current=step]")).to_contain_text("En livraison")
    expect(_section(page, "Historique")).to_contain_text("facturé par erreur")
    assert dealer_doors.ask("GET", f"/api/vehicles/{gone}")["status"] == "delivery"
    dealer_doors.ask("POST", f"/api/vehicles/{gone}/status", {"status": "released", "reason": None})  # as it was
