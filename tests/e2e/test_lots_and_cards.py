"""What a trader looks at before it bids: whole cards, photos, many lots; and the panel at the thumb of a phone.

Photos are drawn here and taken in at the dealer's door, as any photo is.
"""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.bidding import LONG_SECONDS, TRADERS, panel
from tests.e2e.conftest import (
    FIRST_TRADER,
    PHONE,
    SECOND_TRADER,
    Doors,
    House,
    Visitors,
    free_vehicles,
    publish,
)
from tests.e2e.drawings import jpeg

pytestmark = pytest.mark.browser

LOTS: Final = 7
COLOURS: Final = ("maroon", "navy", "green")
SCRATCH: Final = "Rayure aile avant droite"


def _describe(doors: Doors, vehicle: int) -> None:
    """Gives the vehicle photos, one of them of a defect, and what a buyer asks about."""
    card = doors.ask(
        "PATCH",
        f"/api/vehicles/{vehicle}",
        {
            "revision": doors.ask("GET", f"/api/vehicles/{vehicle}")["revision"],
            "defects": [{"name": SCRATCH, "repair_cost_ht": "180.00"}, {"name": "Jante frottée"}],
            "equipment": [{"label": "Attelage démontable", "price_ht": "450.00"}],
            "repairs": [{"label": "Distribution", "cost_ht": "480.00", "done_on": "2024-05-02"}],
        },
    )
    of_scratch = card["defects"][0]["id"]
    for colour, query in zip(COLOURS, ("", "", f"?defect={of_scratch}"), strict=True):
        doors.send("POST", f"/api/vehicles/{vehicle}/photos{query}", jpeg(colour), "image/jpeg")


def _goes(page: Page, house: House, auction: int) -> Page:
    page.goto(f"{house.address}/auctions/{auction}")
    expect(page.get_by_role("timer")).to_be_visible()
    return page


def test_a_trader_reads_the_whole_card_and_turns_its_photos_by_keyboard(
    visitors: Visitors, house: House, dealer_doors: Doors
) -> None:
    """§4.1, §5.5.3: every field that a buyer may read, never what a repair cost; the gallery needs no mouse."""
    auction = publish(dealer_doors, TRADERS, duration_seconds=LONG_SECONDS)
    told = dealer_doors.ask("GET", f"/api/auctions/{auction}")["lots"][0]["vehicles"][0]
    _describe(dealer_doors, told["id"])
    page = _goes(visitors.sign_in(FIRST_TRADER), house, auction)
    card = page.locator("main")
    for text in (told["plate"], SCRATCH, "Jante frottée", "non chiffré", "Attelage démontable", "Distribution"):
        expect(card).to_contain_text(text)
    expect(card).to_contain_text(re.compile(r"180,00\s€"))
    assert "480" not in card.inner_text(), "what a repair cost is the dealer's"

    opener = page.get_by_role("button", name=re.compile(r"\d+ photos"))
    said = re.search(r"(\d+) photos", opener.inner_text())
    assert said is not None
    count = int(said[1])  # the demonstration may have taken some too; a defect's come last
    assert count >= len(COLOURS)
    opener.focus()
    page.keyboard.press("Enter")
    gallery = page.get_by_role("dialog", name=re.compile("^Photos"))
    expect(gallery).to_contain_text(f"1 / {count}")
    expect(gallery.get_by_role("img", name="Photo 1 : véhicule")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(gallery).to_contain_text(f"2 / {count}")
    page.keyboard.press("End")
    expect(gallery).to_contain_text(f"{count} / {count} · {SCRATCH}")
    page.keyboard.press("ArrowRight")
    expect(gallery).to_contain_text(f"1 / {count}")
    page.keyboard.press("ArrowLeft")
    expect(gallery.get_by_role("img", name=f"Photo {count} : {SCRATCH}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(gallery).to_have_count(0)
    expect(opener).to_be_focused()

    page.get_by_role("button", name="1 photo", exact=True).click()
    expect(gallery).to_contain_text(f"{count} / {count} · {SCRATCH}")


def _unit_auction(doors: Doors) -> dict[str, Any]:
    """Several lots of one entity with which both traders are connected."""
    connections = doors.ask("GET", "/api/connections?limit=200")["items"]
    for entity in {one["entity"] for one in connections}:
        traders = [one["trader"] for one in connections if one["entity"] == entity and one["name"] in TRADERS]
        vehicles = [one for one in free_vehicles(doors) if one["entity"] == entity][:LOTS]
        if len(traders) == len(TRADERS) and len(vehicles) == LOTS:
            return doors.ask(
                "POST",
                "/api/auctions",
                {
                    "kind": "unit",
                    "entity": entity,
                    "site": vehicles[0]["site"],
                    "vehicles": [{"id": one["id"], "starting_price": "3000.00"} for one in vehicles],
                    "traders": traders,
                    "minimum_increment": "100.00",
                    "duration_seconds": LONG_SECONDS,
                },
            )
    raise AssertionError("no entity of the demonstration has so many vehicles to sell")


def test_of_many_lots_a_trader_finds_the_next_where_it_was_outbid(
    visitors: Visitors, house: House, dealer_doors: Doors
) -> None:
    """§5.5.3: lots are filtered, found and stepped through; what is chosen is in the address. On a phone too."""
    made = _unit_auction(dealer_doors)
    auction, lots = made["id"], made["lots"]
    first = _goes(visitors.sign_in(FIRST_TRADER, size=PHONE), house, auction)
    second = _goes(visitors.sign_in(SECOND_TRADER), house, auction)

    expect(first.get_by_role("navigation", name="Rubriques")).to_be_hidden()
    for place in (2, 5):
        number = lots[place]["display_number"]
        first.get_by_role("button", name=f"Lot {number}", exact=True).click()
        bid = panel(first).get_by_role("button", name=re.compile(r"^Enchérir 3\s000"))
        expect(bid).to_be_in_viewport()
        bid.click()
        expect(panel(first)).to_contain_text("En tête")
        quick = second.get_by_role("button", name=re.compile(rf"^Enchérir 3\s100\s€ sur le lot {number}$"))
        quick.click()
        expect(panel(first)).to_contain_text("Dépassé")

    bids = panel(first)
    bids.get_by_role("button", name=re.compile(r"^Dépassés \(2\)")).click()
    expect(bids).to_contain_text(f"Lot {lots[2]['display_number']}")
    first.get_by_role("button", name="Dépassé 2").click()
    rows = first.locator("main li", has=first.get_by_role("button", name=re.compile(r"^Lot 45-\d+$")))
    expect(rows).to_have_count(2)
    first.reload()
    expect(rows).to_have_count(2)
    expect(bids).to_contain_text(f"Lot {lots[2]['display_number']}")
    first.get_by_role("button", name=f"Tous {LOTS}").click()
    first.get_by_label("Chercher un lot").fill(lots[6]["vehicles"][0]["plate"])
    expect(rows).to_have_count(1)
