"""A dealer's auction from the form to the file: planned with a list made on the spot, changed, opened, narrowed, kept.

The dealer's pages only; that bids arrive on them without reloading is test_live_auction.py's.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import DEALER, FIRST_TRADER, PHONE, Doors, Visitors, free_vehicles, publish

pytestmark = pytest.mark.browser

BROWSERS_ZONE: Final = ZoneInfo("Europe/Paris")
TRADERS: Final = ("SARL LA BONNE OCCAZE", "AUTO 71")
LIST: Final = "Les deux de la région"
OPENS_MS: Final = 40_000


def _amount(text: str) -> re.Pattern[str]:
    """Amounts are written with narrow spaces."""
    return re.compile(re.escape(text).replace(r"\ ", r"\s"))


def _pick(page: Page, plate: str) -> None:
    """Finds a vehicle in the stock by its plate and chooses it."""
    stock = page.get_by_role("region", name="Choisir dans le stock")
    stock.get_by_role("searchbox", name="Rechercher dans le stock").fill(plate)
    row = stock.get_by_role("row").filter(has_text=plate)
    expect(stock.get_by_role("row")).to_have_count(2)
    row.get_by_role("checkbox").check()


def _search_on(page: Page, plate: str) -> None:
    """The form stays as it is while one searches for more: nothing is built anew, the focus stays where one types."""
    stock = page.get_by_role("region", name="Choisir dans le stock")
    search = stock.get_by_role("searchbox", name="Rechercher dans le stock")
    search.fill(plate)
    expect(stock.get_by_role("row").filter(has_text=plate)).to_be_visible()
    expect(stock.get_by_role("row")).to_have_count(2)
    expect(search).to_be_focused()
    expect(page.get_by_text("Ce que vous aviez saisi est encore là.")).to_have_count(0)


def _two_of_one_entity(doors: Doors) -> list[str]:
    free = free_vehicles(doors)
    lyon = [one for one in free if one["entity"] == min(vehicle["entity"] for vehicle in free)]
    return [one["card"]["plate"] for one in lyon[-2:]]


def _totals(page: Page) -> Locator:
    return page.get_by_role("region", name="Total")


def test_an_auction_is_planned_changed_and_cancelled(visitors: Visitors, dealer_doors: Doors) -> None:
    """§3.2, §5.1.1, §5.1.2, §5.1.4: a new list and its count, a reserve, totals, a change, a cancellation."""
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/auctions/new")
    first, second = _two_of_one_entity(dealer_doors)
    _pick(page, first)
    page.get_by_label(re.compile(f"^Mise à prix .*{first}")).fill("6120")
    page.get_by_label(re.compile(f"^Réserve .*{first}")).fill("6500")
    expect(_totals(page)).to_contain_text(_amount("6 120,00 €"))
    expect(_totals(page)).to_contain_text(_amount("6 500,00 €"))
    _search_on(page, second)
    expect(page.get_by_label(re.compile(f"^Mise à prix .*{first}"))).to_have_value("6120")

    page.get_by_role("button", name="Nouvelle liste…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Titre").fill(LIST)
    connected = dialog.get_by_role("region", name="Professionnels connectés")
    for trader in TRADERS:
        connected.get_by_role("checkbox", name=trader).check()
    expect(dialog).to_contain_text("2 professionnels seront contactés")
    dialog.get_by_role("button", name="Enregistrer la liste").click()
    expect(page.get_by_role("radio", name=re.compile(LIST))).to_be_checked()
    expect(page.get_by_role("region", name="Diffusion")).to_contain_text("2 professionnels seront prévenus.")

    page.get_by_text("Programmer", exact=True).click()
    page.get_by_role("button", name="Programmer et prévenir").click()
    expect(page.get_by_text("Indiquez la date et l’heure.")).to_be_visible()
    start = datetime.now(BROWSERS_ZONE) + timedelta(hours=2)
    page.locator("input[type=datetime-local]").fill(start.strftime("%Y-%m-%dT%H:%M"))
    page.reload()
    expect(page.get_by_text("Ce que vous aviez saisi est encore là.")).to_be_visible()
    page.get_by_role("button", name="Programmer et prévenir").click()
    expect(page.locator("h1")).to_contain_text("Programmée")
    auction = int(page.url.rsplit("/", 1)[1])

    change, cancel = (
        page.get_by_role("link", name="Modifier l’enchère"),
        page.get_by_role("button", name="Annuler l’enchère"),
    )
    padding = "element => getComputedStyle(element).padding"
    assert change.evaluate(padding) == cancel.evaluate(padding), "a deed beside the tabs is drawn as one of them"
    change.click()
    expect(page.get_by_label(re.compile(f"^Réserve .*{first}"))).to_have_value("6500")
    page.get_by_label(re.compile(f"^Réserve .*{first}")).fill("")
    _pick(page, second)
    page.get_by_label("Surenchère minimale").fill("250")
    page.get_by_role("button", name="Enregistrer les changements").click()
    expect(page.locator("h1")).to_contain_text("Programmée")
    said = dealer_doors.ask("GET", f"/api/auctions/{auction}")
    assert [lot["reserve_price"] for lot in said["lots"]] == [None, None]
    assert (said["version"], said["list_name"], said["audience_count"]) == (2, LIST, 2)
    assert [lot["vehicles"][0]["plate"] for lot in said["lots"]] == [first, second]

    page.get_by_role("button", name="Annuler l’enchère").click()
    page.get_by_role("dialog").get_by_role("button", name="Annuler l’enchère").click()
    expect(page.locator("h1")).to_contain_text("Annulée")


def test_what_is_wrong_is_named_at_its_field_and_led_to_each_time(visitors: Visitors, dealer_doors: Doors) -> None:
    """§5.1.1 on a phone: every try goes to the first field that is wrong; what was typed is there after going back."""
    free = [one for one in free_vehicles(dealer_doors) if one["entity"] == free_vehicles(dealer_doors)[0]["entity"]][:4]
    page = visitors.sign_in(DEALER, size=PHONE)
    chosen = ",".join(str(one["id"]) for one in free)
    page.goto(f"{visitors.house.address}/auctions/new?vehicles={chosen}")
    prices = page.get_by_role("textbox", name=re.compile("^Mise à prix"))
    expect(prices).to_have_count(len(free))
    publish = page.get_by_role("button", name="Publier et prévenir")
    page.get_by_label("Durée", exact=True).fill("")
    prices.last.fill("abc")
    publish.click()
    expect(page.get_by_label("Durée", exact=True)).to_be_focused()
    page.get_by_label("Durée", exact=True).fill("2")
    for _ in range(2):
        publish.click()
        expect(prices.last).to_be_focused()
        publish.focus()
    page.go_back()
    page.go_forward()
    expect(page.get_by_role("main")).to_contain_text("Ce que vous aviez saisi est encore là.")
    expect(prices.last).to_have_value("abc")
    page.get_by_role("button", name="Tout effacer").click()


def test_what_cannot_be_sold_says_why_and_cannot_be_chosen(visitors: Visitors, dealer_doors: Doors) -> None:
    """§4.3: each missing condition by its name, the card beside it; chosen by a link, it holds the form back."""
    stock = dealer_doors.ask("GET", "/api/vehicles?free=false&limit=100")["items"]
    held = next(one for one in stock if one["missing"] == ["no_trade_price"] or "not_matched" in one["missing"])
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/auctions/new?vehicles={held['id']}&shown=all&q={held['card']['ref']}")
    chosen = page.get_by_role("region", name="Véhicules choisis").first
    expect(chosen).to_contain_text("Ne peut pas être vendu")
    expect(chosen.get_by_role("link", name="Voir la fiche")).to_have_attribute(
        "href", re.compile(f"/vehicles/{held['id']}$")
    )
    page.get_by_role("button", name="Publier et prévenir").click()
    expect(_totals(page)).to_contain_text("Un point à corriger")
    chosen.get_by_role("button", name=re.compile("^Retirer ")).first.click()
    box = page.get_by_role("region", name="Choisir dans le stock").locator("tbody").get_by_role("checkbox")
    expect(box.first).to_be_disabled()


def test_the_history_is_narrowed_and_kept_as_a_file(visitors: Visitors, dealer_doors: Doors) -> None:
    """§5.5.2: it opens live; its chart, its entries of one kind in the address, and the file of what is shown."""
    starts = (datetime.now(UTC) + timedelta(seconds=12)).strftime("%Y-%m-%dT%H:%M:%SZ")
    auction = publish(dealer_doors, TRADERS, duration_seconds=3_600, starts_at=starts)
    page = visitors.sign_in(DEALER)
    page.goto(f"{visitors.house.address}/auctions/{auction}")
    expect(page.locator("h1")).to_contain_text("En cours", timeout=OPENS_MS)
    page.get_by_role("link", name="Historique", exact=True).click()
    trader = visitors.sign_in(FIRST_TRADER)
    trader.goto(f"{visitors.house.address}/auctions/{auction}")
    trader.get_by_role("button", name=_amount("Enchérir 5 000 €")).click()
    entries = page.get_by_role("region", name="Historique")
    expect(entries).to_contain_text(_amount("5 000,00 €"))
    expect(page.get_by_role("img", name=re.compile("Offres par lot dans le temps"))).to_be_visible()
    page.get_by_label("Événement").select_option(label="Offres")
    expect(page).to_have_url(re.compile(r"kind=bid"))
    expect(entries.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as download:
        entries.get_by_role("button", name="Exporter").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "SARL LA BONNE OCCAZE" in lines[1]
    page.go_back()
    expect(page.get_by_role("region", name="Lots")).to_be_visible()
