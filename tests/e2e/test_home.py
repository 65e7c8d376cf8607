"""The dealer's first page and what it is told: figures that lead to lists, notices that arrive live and are read."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DEALER, FIRST_TRADER, PHONE, Doors, Visitors, publish

pytestmark = pytest.mark.browser

TRADER: Final = "SARL LA BONNE OCCAZE"
LONG_SECONDS: Final = 3_600


def _figure(page: Page, label: str) -> int:
    """What the tile of that label counts."""
    tile = page.locator("li", has=page.get_by_role("link", name=re.compile(label)))
    return int(tile.locator("span").first.inner_text().replace("\u202f", ""))


def _unread(page: Page) -> int:
    label = page.locator("header a[href$='notifications']").get_attribute("aria-label") or ""
    found = re.search(r"\d+", label)
    return int(found.group()) if found else 0


def test_home_counts_what_its_links_show(visitors: Visitors, dealer_doors: Doors) -> None:
    """Every tile leads to the list that it counts; a new auction moves the figure without a reload."""
    page = visitors.sign_in(DEALER)
    expect(page.get_by_role("heading", name="Accueil")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"enchères? à venir"))).to_be_visible()
    expect(page.get_by_role("region", name="Se terminent d’abord").get_by_role("timer").first).to_have_text(
        re.compile(r"\d+:\d\d|Clôture…|\d h \d\d")
    )
    link = page.get_by_role("link", name=re.compile("en préparation"))
    expect(link).to_contain_text(re.compile(r"\d"))
    shown = _figure(page, "en préparation")
    query = "status=pre_arrival,physical_entry,price_destination"
    assert shown == dealer_doors.ask("GET", f"/api/vehicles?{query}&limit=1")["total"]
    to_order = dealer_doors.ask("GET", "/api/offers?origin=auction&status=validated&limit=1")["total"]
    assert to_order > 0  # those of the auctions that the demonstration has seen end
    expect(page.get_by_role("link", name=re.compile("à commander"))).to_contain_text(re.compile(r"^[1-9]"))
    link.click()
    expect(page.get_by_role("heading", name="Stock")).to_be_visible()
    assert "status=pre_arrival" in page.url
    expect(page.locator("main tbody tr")).to_have_count(shown)
    page.go_back()
    expect(page.get_by_role("heading", name="Accueil")).to_be_visible()


def test_a_muted_vehicle_is_not_told_of_as_too_long_in_stock(visitors: Visitors, dealer_doors: Doors) -> None:
    """§4.2: beyond the target, the tile counts it and leads to it; muted, neither."""
    target = 30
    for entity in dealer_doors.ask("GET", "/api/entities")["items"]:
        path = f"/api/entities/{entity['id']}/stock-settings"
        dealer_doors.ask("PUT", path, {**dealer_doors.ask("GET", path), "days_target": target})
    query = f"status=pre_arrival,physical_entry,price_destination,sales_stock&days_in_stock_min={target + 1}"
    long = dealer_doors.ask("GET", f"/api/vehicles?{query}")["items"]
    dealer_doors.ask("POST", f"/api/vehicles/{long[0]['id']}/mute", {"muted": True})
    page = visitors.sign_in(DEALER)
    tile = page.get_by_role("link", name=re.compile("depuis trop longtemps"))
    expect(tile).to_contain_text(str(len(long) - 1))
    tile.click()
    expect(page.locator("main tbody tr")).to_have_count(len(long) - 1)
    expect(page.get_by_role("list", name="Filtres posés")).to_contain_text("Alerte de durée coupée : Non")
    dealer_doors.ask("POST", f"/api/vehicles/{long[0]['id']}/mute", {"muted": False})


def test_the_choice_of_an_entity_stays_in_the_address(visitors: Visitors, dealer_doors: Doors) -> None:
    """A reload, the back button and a link show the same figures (§1.1)."""
    page = visitors.sign_in(DEALER)
    entities = dealer_doors.ask("GET", "/api/me")["entities"]
    page.get_by_label("Entité").select_option(label=entities[1]["name"])
    assert page.url.endswith(f"?entity={entities[1]['id']}")
    query = f"status=pre_arrival,physical_entry,price_destination&entity={entities[1]['id']}&limit=1"
    counted = dealer_doors.ask("GET", f"/api/vehicles?{query}")["total"]
    link = page.get_by_role("link", name=re.compile("en préparation"))
    expect(link).to_contain_text(re.compile(rf"^{counted}\s"))
    page.reload()
    expect(page.get_by_label("Entité")).to_have_value(str(entities[1]["id"]))


def test_a_pinned_search_is_on_the_home_page(visitors: Visitors, dealer_doors: Doors) -> None:
    """§4.8: with how many vehicles it finds, and behind it the list."""
    form = {"name": "Diesel épinglé", "filters": {"status": "sales_stock"}, "pinned": True}
    kept = dealer_doors.ask("POST", "/api/saved-searches", form)
    page = visitors.sign_in(DEALER)
    panel = page.get_by_role("region", name="Recherches épinglées")
    expect(panel.locator("li", has_text="Diesel épinglé")).to_contain_text(str(kept["count"]))
    panel.get_by_role("link", name="Diesel épinglé").click()
    expect(page).to_have_url(re.compile(r"/vehicles\?.*status=sales_stock"))


def test_a_notice_arrives_live_is_counted_and_leads_to_its_page(visitors: Visitors, dealer_doors: Doors) -> None:
    """§5.1.5: the trader is told at once, by the number that both sides read; the bell counts it, until it is read."""
    page = visitors.sign_in(FIRST_TRADER, size=PHONE)
    page.goto(visitors.house.address + "/notifications")
    expect(page.get_by_role("heading", name="Notifications")).to_be_visible()
    expect(page.locator("main li").first).to_be_visible()
    before = _unread(page)
    auction = publish(dealer_doors, (TRADER,), duration_seconds=LONG_SECONDS)
    number = dealer_doors.ask("GET", f"/api/auctions/{auction}")["display_number"]
    toast = page.get_by_role("alert").filter(has_text=f"Enchère {number}")
    expect(toast).to_contain_text("L’enchère est ouverte.")
    line = page.locator("main li", has_text=f"Enchère {number}")
    expect(line).to_contain_text("L’enchère est ouverte.")
    expect(page.locator("header a[href$='notifications']")).to_have_attribute(
        "aria-label", re.compile(rf"\b{before + 1}\b")
    )
    line.get_by_role("button", name=f"Marquer comme lue : Enchère {number}").click()
    expect(line.get_by_role("button")).to_have_count(0)
    told = Doors(visitors.house, FIRST_TRADER).ask("GET", "/api/notifications?limit=5")
    assert [one["read"] for one in told["items"] if one["params"].get("auction") == auction] == [True]
    assert told["unread"] == before
    line.get_by_role("link").click()
    expect(page).to_have_url(re.compile(rf"/auctions/{auction}$"))
    expect(page.get_by_role("timer")).to_be_visible()


def test_what_a_toast_leads_to_is_read_and_all_can_be(visitors: Visitors, dealer_doors: Doors) -> None:
    """Following a toast reads its notice; one button reads the rest, and the unread are asked for apart."""
    page = visitors.sign_in(FIRST_TRADER)
    auction = publish(dealer_doors, (TRADER,), duration_seconds=LONG_SECONDS)
    number = dealer_doors.ask("GET", f"/api/auctions/{auction}")["display_number"]
    toast = page.get_by_role("alert").filter(has_text=f"Enchère {number}")
    doors = Doors(visitors.house, FIRST_TRADER)
    toast.get_by_role("button", name="Voir l’enchère").click()
    expect(page).to_have_url(re.compile(rf"/auctions/{auction}$"))
    page.locator("header a[href$='notifications']").click()
    expect(page.locator("main li", has_text=f"Enchère {number}").get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="Tout marquer comme lu").click()
    expect(page.get_by_role("radio", name="Non lues (0)")).to_be_attached()
    page.get_by_text("Non lues (0)").click()
    expect(page).to_have_url(re.compile("unread=1"))
    expect(page.locator("main")).to_contain_text("Tout est lu.")
    assert doors.ask("GET", "/api/notifications?unread=true")["total"] == 0
