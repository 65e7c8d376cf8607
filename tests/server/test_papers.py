"""Papers as PDF, read back: what they say, in which language, to whom, and that they do not change (§6.1)."""

import io
from typing import Any

import pytest
from fpdf import FPDF
from pypdf import PageObject, PdfReader

from engine.instants import SECOND
from persistence.sales.delivery_papers import NoteFacts
from persistence.sales.paper_facts import Paper, PaperBuyer, PaperSeller, PaperVehicle
from server.papers.sheet import FONT, MARGIN_MM, WIDTH_MM, note_sheet, offer_sheet
from server.papers.words import WORDS, Wording, printable
from tests.server.houses import Persona, World
from tests.server.sales import WHY, ask, direct, done, ids, ordered, scheduled, won

SMALL = 8
"""The size of a footer's letters, in points."""
MENTION = "TVA sur marge – art. 297 A du CGI"


def text_of(drawn: bytes) -> str:
    return " ".join(text_of_page(page) for page in PdfReader(io.BytesIO(drawn)).pages)


def text_of_page(page: PageObject) -> str:
    return " ".join(page.extract_text().replace("\xa0", " ").split())


async def read(world: World, path: str, who: Persona | None = None) -> str:
    answer = await ask(world, "GET", path, who=who)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return text_of(answer.content)


async def english(world: World, persona: Persona) -> None:
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE users SET language = 'en' WHERE id = $1", persona.user_id)


def all_in(text: str, *parts: str) -> None:
    assert [part for part in parts if part not in text] == [], text


async def test_an_order_form_says_all_that_was_agreed_and_keeps_saying_it(world: World) -> None:
    """§6.1, §6.2: the lot of auction 43, one vehicle of it with recoverable VAT."""
    cards: tuple[dict[str, Any], ...] = (
        {"trade_price_cents": 3_608_16},
        {"trade_price_cents": 14_185_47, "make": "OPEL", "model": "MOKKA", "vat": "recoverable", "mileage_km": 84_123},
        {"trade_price_cents": 2_800_00, "vin": "VF1RFB00123456789"},
    )
    offer = await won(world, *cards, amount="20900.00")
    order = await ordered(world, offer, deposit="900.00")
    path = f"/api/orders/{order['id']}/paper.pdf"
    by_buyer, by_seller = await read(world, path, world.anne), await read(world, path)
    assert by_buyer == by_seller
    all_in(
        by_buyer,
        f"Bon de commande N° {order['display_number']}",
        f"Offre n° {offer['display_number']}",
        "Concession Nord", "Groupe Nord", "59000 Lille", "Anne et fils", "Anne Dupont",
        "OPEL MOKKA", "84 123 km", "VIN VF1RFB00123456789", offer["vehicles"][0]["plate"],
        "3 661,84 €", "11 997,09 € 2 399,42 € 14 396,51 €", "2 841,65 €", MENTION,
        "Total 18 500,58 € 2 399,42 € 20 900,00 €",
        "Acompte : -900,00 €", "Reste à payer : 20 000,00 €",
        "Virement", "Certificat d’immatriculation, Facture",
    )  # fmt: skip
    assert "800,00" not in by_buyer.replace("2 800,00", "")
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE vehicles SET make = 'FIAT', mileage_km = 1 WHERE id = $1", ids(offer)[1])
        await connection.execute("UPDATE trader_companies SET city = 'Ailleurs' WHERE id = $1", world.anne.company_id)
    assert await read(world, path) == by_seller
    await done(world, "POST", f"/api/orders/{order['id']}/cancellation", WHY)
    assert "ANNULÉ" in await read(world, path)
    all_in(await read(world, f"/api/offers/{offer['id']}/paper.pdf"), "FIAT MOKKA", "Ailleurs", "20 900,00 €")


async def test_an_offers_paper_speaks_its_readers_language(world: World) -> None:
    """§6.1: and reaches a trader once it is sent to it; to others it does not exist."""
    extras = [{"kind": "fees", "amount": "120", "label": "Carte grise"}, {"kind": "trade_in_aid", "amount": "100"}]
    offer = await direct(world, "1300.00", extras=extras)
    path = f"/api/offers/{offer['id']}/paper.pdf"
    assert (await ask(world, "GET", path, who=world.bruno)).status_code == 404
    assert (await ask(world, "GET", path, who=world.anne)).status_code == 404
    await done(world, "POST", f"/api/offers/{offer['id']}/sending")
    all_in(
        await read(world, path, world.anne),
        f"Offre N° {offer['display_number']}", "Frais : Carte grise 100,00 € 20,00 € 120,00 €",
        "Total 1 400,00 € 20,00 € 1 420,00 €", "Aide à la reprise : -100,00 €", "Reste à payer : 1 320,00 €", MENTION,
    )  # fmt: skip
    named = await ask(world, "GET", f"{path}?language=en", who=world.anne)  # as the page is read, not the account
    assert "Offer No." in text_of(named.content)
    assert (await ask(world, "GET", f"{path}?language=de", who=world.anne)).status_code == 422
    await english(world, world.sister_dealer)
    assert (await ask(world, "GET", path, who=world.sister_dealer)).status_code == 404
    await english(world, world.idle_dealer)
    answer = await ask(world, "GET", path, who=world.idle_dealer)
    assert answer.headers["content-disposition"] == f'inline; filename="offer-{offer["display_number"]}.pdf"'
    all_in(
        text_of(answer.content),
        f"Offer No. {offer['display_number']}", "Fees: Carte grise €100.00 €20.00 €120.00", "Balance due: €1,320.00",
    )  # fmt: skip


async def test_papers_say_the_numbers_of_their_seller_once_they_are_known(world: World) -> None:
    """§6.1: an order's keeps those that it was placed with."""
    offer, entity = await won(world), f"/api/entities/{world.entity}"
    assert "SIRET" not in (await read(world, f"/api/offers/{offer['id']}/paper.pdf")).split("Anne et fils")[0]
    await done(world, "PATCH", entity, {"siret": "73282932000074", "vat_number": "FR44732829320"})
    order = await ordered(world, offer)
    delivery = await scheduled(world, order)
    await done(world, "PATCH", entity, {"siret": None, "vat_number": None})
    for paper in (f"orders/{order['id']}/paper", f"offers/{offer['id']}/paper", f"deliveries/{delivery['id']}/note"):
        all_in(
            await read(world, f"/api/{paper}.pdf", world.anne),
            "SIRET 73282932000074", "TVA intracommunautaire FR44732829320",
        )  # fmt: skip
    bought = await done(world, "GET", f"/api/purchases/{offer['id']}", who=world.anne)
    assert bought["seller"]["siret"] == "73282932000074"


async def test_a_paper_keeps_the_vat_that_its_vehicle_was_offered_under(world: World) -> None:
    """§6.1: whatever the card says once nobody keeps the vehicle any more; of an auction's offer as of a direct one."""
    sold = await won(world, {"vat": "recoverable"}, amount="1200.00")
    vehicle = {"id": await world.vehicle(vat="recoverable"), "price": "1200.00"}
    made = await done(world, "POST", "/api/offers", {"trader": world.anne.company_id, "vehicles": [vehicle]})
    await done(world, "POST", f"/api/offers/{made['id']}/sending")
    for offer in (sold, made):
        path, card = f"/api/offers/{offer['id']}", f"/api/vehicles/{ids(offer)[0]}"
        change = {"revision": (await done(world, "GET", card))["revision"], "vat": "margin"}
        bound = await ask(world, "PATCH", card, change)
        assert (bound.status_code, bound.json()["error"]["field"]) == (422, "vat")
        await done(world, "POST", f"{path}/abandonment", WHY)
        await done(world, "PATCH", card, change)
        all_in(await read(world, f"{path}/paper.pdf", world.anne), "Total 1 000,00 € 200,00 € 1 200,00 €")
        assert (await done(world, "GET", path))["totals"]["total_ht"] == "1000.00"
        copy = await done(world, "POST", f"{path}/duplicate")
        assert copy["totals"]["total_ht"] == "1200.00"


async def test_a_delivery_note_says_no_price_and_no_report(world: World) -> None:
    """§6.1."""
    offer = await won(world)
    delivery = await scheduled(world, await ordered(world, offer))
    report = {"honoured": True, "report": "Rayure au pare-chocs."}
    await done(world, "POST", f"/api/deliveries/{delivery['id']}/declaration", report)
    note = await read(world, f"/api/deliveries/{delivery['id']}/note.pdf", world.anne)
    all_in(note, f"Bon de livraison N° {delivery['id']}", offer["vehicles"][0]["plate"], "Anne et fils", "Livré le")
    for part in ("€", "1 700", "Rayure"):
        assert part not in note


def test_papers_have_the_same_words_in_both_languages() -> None:
    """§6.1."""
    assert WORDS["fr"].keys() == WORDS["en"].keys()
    assert {name for words in WORDS.values() for name, word in words.items() if printable(word) != word} == set()


@pytest.mark.parametrize(
    ("language", "cents", "shown"),
    [
        ("fr", 20_900_00, "20 900,00 €"),
        ("fr", -5, "-0,05 €"),
        ("en", 20_900_00, "€20,900.00"),
        ("en", -1_234_56, "-€1,234.56"),
        ("xx", 0, "0,00 €"),
    ],
)
def test_amounts_on_paper(language: str, cents: int, shown: str) -> None:
    assert Wording(language).money(cents).replace("\xa0", " ") == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Été – œuvre ‘x’ 5 €", "Été – œuvre ‘x’ 5 €"),
        ("Łukasz Đorđević Çağrı", "Lukasz Dordevic Çagri"),
        ("E\u0301te\u0301", "Été"),
        ("東京 a\u200bb\tc\r\n", "?? abc"),
        ("🚗", "?"),
    ],
)
def test_what_the_fonts_do_not_have_is_shown_plainly(text: str, shown: str) -> None:
    assert printable(text) == shown


def a_car(place: int, **facts: Any) -> PaperVehicle:
    names: dict[str, Any] = {"make": "RENAULT", "model": "Clio", "version": "", "plate": f"AA-{place}-AA", "vin": None}
    sums: dict[str, Any] = {"vat": "recoverable", "price_cents": 120_00, "price_ht_cents": 100_00}
    driven: dict[str, Any] = {"mileage_km": None, "first_registration": None}
    return PaperVehicle(id=place, **{**names, **sums, **driven, **facts})


SELLER = PaperSeller(group="G" * 200, entity="E")
BUYER = PaperBuyer(legal_name="B", siret="0" * 14)


def a_paper(*cars: PaperVehicle, **facts: Any) -> Paper:
    known: dict[str, Any] = {
        "offer_display_number": "45-1",
        "auction_display_number": None,
        "lot_display_number": None,
        "made_at": 0,
        "extras": (),
        "total_cents": sum(car.price_cents for car in cars),
        "total_ht_cents": sum(car.price_ht_cents for car in cars),
        "balance_due_cents": sum(car.price_cents for car in cars),
    }
    return Paper(seller=SELLER, buyer=BUYER, vehicles=cars, **{**known, **facts})


def test_a_paper_of_many_vehicles_runs_over_pages() -> None:
    """§6.1: every page says which paper it is of."""
    cars = [a_car(place, model="Clio" * 30, version="x" * 300) for place in range(40)]
    pages = [text_of_page(page) for page in PdfReader(io.BytesIO(offer_sheet(a_paper(*cars), "fr"))).pages]
    assert len(pages) > 2
    assert all(f"Offre N° 45-1 Page {place}/{len(pages)}" in page for place, page in enumerate(pages, start=1))
    text = " ".join(pages)
    assert text.count("Prix HT TVA 20 % Prix TTC") > 2
    assert "TVA sur marge" not in text
    assert "dont" not in text
    all_in(text, "Total 4 000,00 € 800,00 € 4 800,00 €")


@pytest.mark.parametrize(("delivered_at", "dated"), [(None, "02/01/1970"), (0, "01/01/1970")])
def test_a_delivery_note_is_of_the_day_of_its_delivery(delivered_at: int | None, dated: str) -> None:
    """§6.1: planned for another day, it is not dated after the hands that signed it."""
    note = NoteFacts(
        number=7,
        order_display_number="45-2",
        seller=SELLER,
        buyer=BUYER,
        vehicles=(a_car(1),),
        scheduled_at=86_400_000_000,
        delivered_at=delivered_at,
        place="Lille, 59000 Lille",
        documents=(),
    )
    page = text_of_page(PdfReader(io.BytesIO(note_sheet(note, "fr"))).pages[0])
    all_in(page, f"Date : {dated}", "Livraison prévue : 02/01/1970")


@pytest.mark.parametrize("vehicles", range(9, 14))
def test_nobody_signs_a_page_that_says_nothing(vehicles: int) -> None:
    """§6.1: the last facts and the signatures stand together."""
    note = NoteFacts(
        number=7,
        order_display_number="45-2",
        seller=SELLER,
        buyer=BUYER,
        vehicles=tuple(a_car(place) for place in range(vehicles)),
        scheduled_at=0,
        delivered_at=0,
        place="Lille, 59000 Lille",
        documents=("invoice",),
    )
    last = text_of_page(PdfReader(io.BytesIO(note_sheet(note, "fr"))).pages[-1])
    all_in(last, "Lieu de livraison : Lille, 59000 Lille", "Documents remis : Facture", "Date, nom et signature")


def test_a_paper_tells_what_bears_vat_from_what_shows_none() -> None:
    """§6.1, §0: a vehicle of unknown VAT is shown as such, and is of no scheme that a law names."""
    taxed, bare = a_car(1), {"price_cents": 300_00, "price_ht_cents": 300_00}
    text = text_of(offer_sheet(a_paper(taxed, a_car(2, vat="unknown", **bare)), "fr"))
    all_in(
        text, "Régime de TVA non précisé", "Total 400,00 € 20,00 € 420,00 €", "dont TVA 20 % 100,00 € 20,00 € 120,00 €",
        "dont sans TVA apparente 300,00 € – 300,00 €",
    )  # fmt: skip
    assert "297 A" not in text
    margin = text_of(offer_sheet(a_paper(a_car(3, vat="margin", **bare)), "en"))
    all_in(margin, "Margin scheme: TVA sur marge", "régime particulier – biens d’occasion", "Total €300.00 – €300.00")
    assert "of which" not in margin


def test_a_papers_day_is_that_of_the_trade() -> None:
    """§6.1: at half past eleven in the evening, UTC, it is the next day in Paris."""
    late = 23 * 3600 * SECOND + 1800 * SECOND
    all_in(text_of(offer_sheet(a_paper(a_car(1), made_at=late), "fr")), "Date : 02/01/1970")
    assert "Date: 1970-01-02" in text_of(offer_sheet(a_paper(a_car(1), made_at=late), "en"))


@pytest.mark.parametrize(("vehicles", "number"), [(1, "Page 1/1"), (60, "Page 1/11")], ids=["one", "eleven"])
def test_a_page_number_ends_at_the_margin(vehicles: int, number: str) -> None:
    """As the tables above it do; what a paper is begins at the other one."""
    told: dict[str, float] = {}

    def seen(text: str, _matrix: list[float], place: list[float], _font: object, size: float) -> None:
        if text.strip() and size == SMALL:
            told[text.strip()] = place[4]

    cars = [a_car(place, version="x" * 300) for place in range(vehicles)]
    page = PdfReader(io.BytesIO(offer_sheet(a_paper(*cars), "fr"))).pages[0]
    page.extract_text(visitor_text=seen)
    ruler = FPDF(unit="pt")
    ruler.set_font(FONT, size=SMALL)
    millimetre = ruler.k * 72 / 25.4
    assert told["Offre N° 45-1"] == pytest.approx(MARGIN_MM * millimetre, abs=0.5)
    assert number in told, told
    end = told[number] + ruler.get_string_width(number)
    assert end == pytest.approx((MARGIN_MM + WIDTH_MM) * millimetre, abs=0.5)
