"""After the sale as the dealer sees it: a won lot ordered, delivered, invoiced; a direct offer made, sent, given up.

Every amount on the screen is the API's, and after every step the API says what the person was told.
"""

import re
from datetime import date, timedelta
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import DEALER, Doors, House, Visitors, free_vehicles

pytestmark = pytest.mark.browser

SOON: Final = (date.today() + timedelta(days=4)).isoformat()  # noqa: DTZ011 - a day as the browser of the test counts them
REPORT: Final = "Remis avec deux clés et le carnet."
REPRESENTATIVE: Final = "Apolline Verchère"


def _euros(amount: str) -> re.Pattern[str]:
    """An amount of the wire as French screens write it: narrow spaces, a comma."""
    euros, _, cents = amount.partition(".")
    grouped = f"{int(euros):,}".replace(",", r"\s")
    return re.compile(rf"(?<!\d){grouped},{cents}\s€")


def _card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def _dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def _shows_totals(page: Page, offer: dict[str, Any]) -> None:
    """Totals TTC, then HT by the switch, then back: the API's to the cent (§6.2)."""
    totals, card = offer["totals"], _card(page, "Totaux")
    for name in ("total", "initial", "margin", "balance_due"):
        expect(card).to_contain_text(_euros(totals[name]))
    card.get_by_text("HT", exact=True).click()
    expect(card.get_by_text("Total HT")).to_be_visible()
    expect(card).to_contain_text(_euros(totals["total_ht"]))
    expect(page).to_have_url(re.compile("tax=ht"))
    card.get_by_text("TTC", exact=True).click()
    expect(card.get_by_text("Total TTC")).to_be_visible()


def _place_order(page: Page, site: str) -> None:
    page.get_by_role("button", name="Passer la commande").click()
    dialog = _dialog(page)
    dialog.get_by_label("Livraison prévue le").fill(SOON)
    dialog.get_by_label("Lieu de livraison").select_option(site)
    dialog.get_by_label("Mode de paiement").select_option("transfer")
    dialog.get_by_role("button", name="Passer la commande").click()
    expect(dialog).to_have_count(0)


def _schedule(page: Page, scope: Locator) -> None:
    scope.get_by_role("button", name="Planifier une livraison").click()
    _dialog(page).get_by_role("button", name="Planifier une livraison").click()
    expect(_dialog(page)).to_have_count(0)


def _declare(page: Page, scope: Locator, outcome: str) -> None:
    scope.get_by_role("button", name="Déclarer").click()
    dialog = _dialog(page)
    dialog.get_by_role("button", name="Déclarer").click()
    expect(dialog).to_contain_text("Dites si la livraison a été honorée.")
    expect(dialog).to_contain_text("Écrivez le compte rendu.")
    dialog.get_by_label(outcome).check()
    dialog.get_by_label("Compte rendu").fill(REPORT)
    dialog.get_by_role("button", name="Déclarer").click()
    expect(dialog).to_have_count(0)


def test_a_won_lot_is_ordered_delivered_invoiced_and_released(
    visitors: Visitors, house: House, dealer_doors: Doors
) -> None:
    """§6.1, §6.4, §6.5: what an order needs is asked for, what failed is scheduled again, what is invoiced leaves."""
    ask = dealer_doors.ask
    offer = ask("GET", "/api/offers?status=validated&origin=auction")["items"][-1]
    buyer = ask("GET", f"/api/traders/{offer['trader']['id']}")
    Doors(house, buyer["email"]).ask("PATCH", "/api/company", {"legal_representative": ""})
    site = str(ask("GET", f"/api/sites?entity={offer['entity']['id']}")["items"][0]["id"])

    page = visitors.sign_in(DEALER)
    page.goto(f"{house.address}/offers")
    page.get_by_role("tab", name="Validées").click()
    row = page.get_by_role("row").filter(has_text=offer["display_number"])
    expect(row).to_contain_text(_euros(offer["totals"]["total"]))
    row.get_by_role("link", name=offer["display_number"]).click()
    expect(page.get_by_role("heading", name=f"Offre n° {offer['display_number']}")).to_be_visible()
    _shows_totals(page, offer)
    page.get_by_text("Ce qui n’est pas possible maintenant").click()
    expect(page.get_by_text("l’enchère a fixé le prix")).to_be_visible()

    _lacks_everything_then_orders(page, site)
    order = ask("GET", f"/api/offers/{offer['id']}/orders")["items"][0]
    assert (order["legal_representative"], order["delivery_date"], order["deposit"]) == (REPRESENTATIVE, SOON, "100.00")
    assert ask("GET", f"/api/traders/{buyer['id']}")["legal_representative"] == REPRESENTATIVE
    expect(_card(page, "Totaux")).to_contain_text(_euros(order["balance_due"]))

    _cancels_and_orders_again(page, site)
    first, second = sorted(ask("GET", f"/api/offers/{offer['id']}/orders")["items"], key=lambda one: int(one["id"]))
    assert (first["status"], second["status"], second["deposit"]) == ("cancelled", "placed", "0.00")
    expect(_card(page, "Commandes annulées")).to_contain_text("l’acheteur a changé d’avis")

    _is_delivered_and_leaves(page, house, dealer_doors, second)
    page.goto(f"{house.address}/offers/{offer['id']}")
    expect(page.get_by_text("la commande est facturée")).to_be_visible()
    for said in ("remis le", "constaté le"):
        expect(_card(page, "Livraisons")).to_contain_text(said)
    history = _card(page, "Historique")
    for step in ("Offre faite", f"Commande n° {first['display_number']} annulée", "Livraison non honorée", "Facture"):
        expect(history).to_contain_text(step)
    bought = ask("GET", f"/api/traders/{buyer['id']}/purchases?q={offer['display_number']}")["items"]
    assert {item["state"] for item in bought} == {"released"}


def _lacks_everything_then_orders(page: Page, site: str) -> None:
    page.get_by_role("button", name="Passer la commande").click()
    dialog = _dialog(page)
    dialog.get_by_role("button", name="Passer la commande").click()
    expect(dialog.get_by_text("À renseigner.")).to_have_count(4)
    dialog.get_by_label("Représentant légal").fill(REPRESENTATIVE)
    dialog.get_by_label("Livraison prévue le").fill("2020-01-01")
    dialog.get_by_label("Lieu de livraison").select_option(site)
    dialog.get_by_label("Mode de paiement").select_option("bank_cheque")
    dialog.get_by_label("Acompte").fill("100")
    dialog.get_by_role("button", name="Passer la commande").click()
    expect(dialog).to_contain_text("Cette date est passée.")
    # What was typed is still there when the dialog is opened again.
    dialog.get_by_role("button", name="Fermer").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Passer la commande").click()
    expect(dialog.get_by_label("Représentant légal")).to_have_value(REPRESENTATIVE)
    dialog.get_by_label("Livraison prévue le").fill(SOON)
    dialog.get_by_role("button", name="Passer la commande").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("main").get_by_text("Commandée").first).to_be_visible()


def _cancels_and_orders_again(page: Page, site: str) -> None:
    cancels = page.get_by_role("button", name="Annuler la commande")
    toast, button = page.get_by_role("alert").filter(has_text="passée").bounding_box(), cancels.bounding_box()
    assert toast is not None
    assert button is not None
    assert toast["x"] + toast["width"] <= button["x"], "what was done is not said over what can be done"
    cancels.click()
    deed = _dialog(page).get_by_role("button", name="Annuler la commande")
    expect(deed).to_be_disabled()
    _dialog(page).get_by_label("Motif").fill("l’acheteur a changé d’avis")
    deed.click()
    expect(page.get_by_role("button", name="Passer la commande")).to_be_visible()
    _place_order(page, site)


def _is_delivered_and_leaves(page: Page, house: House, doors: Doors, order: dict[str, Any]) -> None:
    page.goto(f"{house.address}/deliveries?q={order['display_number']}")
    row = page.get_by_role("row").filter(has_text=order["display_number"])
    _schedule(page, row)
    expect(page.get_by_text("Aucune livraison ne correspond.")).to_be_visible()
    page.get_by_role("tab", name="Planifiées").click()
    _declare(page, row, "Non honorée")
    page.get_by_role("tab", name="Non honorées").click()
    expect(row).to_contain_text(REPORT)
    page.get_by_role("tab", name="À planifier").click()
    expect(row).to_contain_text("1 livraison non honorée")
    _schedule(page, row)
    page.get_by_role("tab", name="Planifiées").click()
    _declare(page, row, "ont été remis")
    page.get_by_role("tab", name="Livrées, à facturer").click()
    row.get_by_role("button", name="Déclarer la facture").click()
    _dialog(page).get_by_label("N° de facture").fill(f"E2E-{order['id']}")
    _dialog(page).get_by_role("button", name="Déclarer la facture").click()
    expect(_dialog(page)).to_have_count(0)
    page.get_by_role("tab", name="Sorties").click()
    expect(row).to_contain_text(f"E2E-{order['id']}")
    for vehicle in order["vehicles"]:
        assert doors.ask("GET", f"/api/vehicles/{vehicle}")["status"] == "released"
    paper = row.get_by_role("link", name="Bon (PDF)").evaluate("link => link.href")
    assert paper.endswith("/note.pdf?language=fr")
    assert page.request.get(paper).body().startswith(b"%PDF-")


def _adds_an_extra(page: Page, amount: str) -> None:
    """Without an amount the offer is not made, and the field says so."""
    page.get_by_role("button", name="Ajouter un complément").click()
    page.get_by_role("button", name="Faire l’offre").click()
    expect(page.get_by_text("Donnez un montant.")).to_be_visible()
    page.get_by_label("Montant TTC").fill(amount)
    expect(page.get_by_text("Donnez un montant.")).to_have_count(0)


def _holds_what_is_not_saved(page: Page) -> None:
    """A typed price outlasts a walk to the list and back, and nothing goes out before it is saved."""
    page.get_by_label("Prix TTC de").fill("5000")
    expect(page.get_by_text(_euros("5120.00"))).to_be_visible()
    expect(page.get_by_role("button", name="Envoyer")).to_be_disabled()
    expect(page.get_by_text("ne sont pas enregistrés")).to_be_visible()
    page.get_by_role("link", name="← Offres").click()
    expect(page.get_by_role("heading", name="Offre n°")).to_have_count(0)
    page.go_back()
    expect(page.get_by_label("Prix TTC de")).to_have_value("5000")


def test_a_direct_offer_is_made_changed_sent_and_given_up(
    visitors: Visitors, house: House, dealer_doors: Doors
) -> None:
    """§6.1, §6.2: free vehicles are reserved at once, sums are the server's, and giving up frees them."""
    ask = dealer_doors.ask
    vehicle = free_vehicles(dealer_doors)[-1]["id"]
    entity = ask("GET", f"/api/vehicles/{vehicle}")["entity"]
    connected = ask("GET", f"/api/connections?entity={entity}&state=active")["items"][0]

    page = visitors.sign_in(DEALER)
    page.goto(f"{house.address}/offers/new?vehicles={vehicle}")
    price = page.get_by_label("Prix TTC de").first
    expect(price).to_be_visible()
    page.get_by_role("button", name="Faire l’offre").click()
    expect(page.get_by_text("Choisissez l’acheteur.")).to_be_visible()
    page.get_by_role("combobox", name="Acheteur").fill(connected["name"][:6])
    page.get_by_role("option", name=connected["name"]).click()
    price.fill("4321,50")
    _adds_an_extra(page, "120")
    expect(_card(page, "Totaux")).to_contain_text(_euros("4441.50"))
    page.reload()  # what was typed is still there
    expect(_card(page, "Totaux")).to_contain_text(_euros("4441.50"))
    margin = _card(page, "Totaux").locator("dd").nth(2).text_content() or ""
    page.get_by_role("button", name="Faire l’offre").dblclick()
    expect(page.get_by_role("heading", name="Offre n°")).to_be_visible()
    made = ask("GET", f"/api/offers/{page.url.split('/')[-1]}")
    assert (made["totals"]["total"], made["trader"]["id"]) == ("4441.50", connected["trader"])
    assert _euros(made["totals"]["margin"].lstrip("-")).search(margin), "what the form reckoned is what the server made"
    assert ask("GET", f"/api/offers?trader={connected['trader']}&status=in_progress")["total"] == 1, "made once"
    assert ask("GET", f"/api/vehicles/{vehicle}")["reserved_for_trader"] == connected["trader"]
    _shows_totals(page, made)

    _holds_what_is_not_saved(page)
    page.get_by_role("button", name="Enregistrer les prix").click()
    expect(_card(page, "Historique")).to_contain_text("Prix ou compléments changés")
    changed = ask("GET", f"/api/offers/{made['id']}")
    assert (changed["totals"]["initial"], changed["totals"]["total"]) == ("4321.50", "5120.00")
    _shows_totals(page, changed)

    page.get_by_role("button", name="Envoyer").click()
    _dialog(page).get_by_role("button", name="Envoyer").click()
    expect(_dialog(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Envoyer à nouveau")).to_be_visible()
    assert ask("GET", f"/api/offers/{made['id']}")["sent_at"] is not None

    page.get_by_role("button", name="Abandonner l’offre").click()
    expect(_dialog(page)).to_contain_text(f"{connected['name']} connaît l’offre et sera prévenu.")
    _dialog(page).get_by_label("Motif").fill("vendu ailleurs")
    _dialog(page).get_by_role("button", name="Abandonner l’offre").click()
    expect(page.get_by_text("Motif : vendu ailleurs")).to_be_visible()
    over = ask("GET", f"/api/offers/{made['id']}")
    assert (over["status"], over["reason"]) == ("abandoned", "vendu ailleurs")
    assert ask("GET", f"/api/vehicles/{vehicle}")["reserved"] is False
    page.go_back()
    expect(page.get_by_role("heading", name="Nouvelle offre")).to_be_visible()


def test_a_reserved_vehicle_leaves_by_hand_and_is_declared_again(
    visitors: Visitors, house: House, dealer_doors: Doors
) -> None:
    """§6.3: from its card where the entity allows it; not honoured, it is declared again."""
    ask = dealer_doors.ask
    offer = next(
        one
        for one in ask("GET", "/api/offers?status=validated")["items"]
        if all(vehicle["status"] == "sales_stock" for vehicle in one["vehicles"])
    )
    vehicle, entity = offer["vehicles"][0], offer["entity"]["id"]
    settings = ask("GET", f"/api/entities/{entity}/stock-settings")
    ask("PUT", f"/api/entities/{entity}/stock-settings", settings | {"leave_sales_stock_by_hand": True})

    page = visitors.sign_in(DEALER)
    for outcome, state in (("Non honorée", "Non honorées"), ("ont été remis", "Livrées, à facturer")):
        page.goto(f"{house.address}/vehicles/{vehicle['id']}")
        page.get_by_role("button", name="Déclarer en livraison").click()
        expect(_dialog(page).get_by_label("Client")).to_have_value(offer["trader"]["name"])
        _dialog(page).get_by_role("button", name="Déclarer en livraison").click()
        row = page.get_by_role("row").filter(has_text=vehicle["plate"])
        expect(row).to_contain_text("Manuelle")
        assert ask("GET", f"/api/vehicles/{vehicle['id']}")["status"] == "delivery"
        _declare(page, row, outcome)
        page.get_by_role("tab", name=state).click()
        expect(row.first).to_contain_text(offer["trader"]["name"])
    made = ask("GET", f"/api/deliveries?q={vehicle['plate']}")["items"]
    assert sorted(one["status"] for one in made) == ["honoured", "not_honoured"]
