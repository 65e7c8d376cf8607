"""Act three: a stock file comes in, one line of it refused; the vehicles are walked to where they may be sold (§4)."""

from typing import Any, Final

from tests.story.stage import Stage

HEAD: Final = (
    "Immatriculation;VIN;Marque;Modèle;Couleur;Couleur intérieure;Origine;Numéro de police;Date d'entrée;"
    "1ère mise en circulation;Kilométrage;CO2;Destination;TVA;Prix d'achat;Frais prévus HT;Prix marchand"
)
LINES: Final = (
    (
        "GA101AA;VF1AAAAA500000001;RENAULT;CLIO;Rouge;Noir;Reprise;101;03/11/2023;14/03/2019;64 200;112;"
        "marchand;marge;7 100,00;;8 000,00"
    ),
    (
        "GA102AA;VF3AAAAA500000002;PEUGEOT;208;Bleu;Noir;Location;102;03/11/2023;02/06/2021;38 500;99;"
        "marchand;récupérable;7 400,00;150,00;9 600,00"
    ),
    (
        "GA103AA;VF7AAAAA500000003;Citroën;C3;Blanc;Gris;Reprise;103;04/11/2023;20/01/2018;81 000;108;"
        "particulier;marge;4 300,00;;5 000,00"
    ),
    (
        "GD147JH;SB1AAAAA500000004;TOYOTA;AURIS;Gris;Noir;Location;104;04/11/2023;11/09/2017;120 400;91;"
        "marchand;récupérable;2 800,00;;3 608,16"
    ),
    (
        "GD250GH;W0LAAAAA500000005;OPEL;MOKKA;Noir;Noir;Reprise;105;05/11/2023;17/05/2020;45 900;127;"
        "marchand;marge;13 618,05;;14 185,47"
    ),
    (
        "FG463RT;WF0AAAAA500000006;FORD;FIESTA;Vert;Gris;Reprise;106;05/11/2023;08/12/2016;98 700;104;"
        "marchand;marge;2 500,00;;2 800,00"
    ),
)
UNFIT: Final = (
    "GA104AA;VF1AAAAA50000007;RENAULT;CLIO;Rouge;Noir;Reprise;107;32/11/2023;14/03/2019;64 200;112;"
    "marchand;marge;7 100,00;;huit mille"
)
PLATES: Final = ("GA101AA", "GA102AA", "GA103AA", "GD147JH", "GD250GH", "FG463RT")


async def import_the_stock(stage: Stage) -> None:
    """§4.8: with a line that does not fit nothing is entered, and the report says why; without it, everything is."""
    refused = await imported(stage, [*LINES[:3], UNFIT, *LINES[3:]])
    assert (refused["lines"], refused["good"], refused["imported"], refused["vehicles"]) == (7, 6, 0, [])
    assert [(each["line"], each["field"]) for each in refused["refused"]] == [
        (5, "entered_at"),
        (5, "trade_price"),
        (5, "vin"),
    ]
    assert (await stage.people["basile"].get("/api/vehicles"))["items"] == []
    entered = await imported(stage, list(LINES))
    assert (entered["lines"], entered["imported"], entered["refused"]) == (6, 6, [])
    stage.ids |= dict(zip(PLATES, entered["vehicles"], strict=True))
    for plate in PLATES:
        card = await stage.people["basile"].get(f"/api/vehicles/{stage.ids[plate]}")
        assert (card["plate"], card["status"], card["matched"]) == (plate, "pre_arrival", True)


async def imported(stage: Stage, lines: list[str]) -> dict[str, Any]:
    """The report on a file as a French spreadsheet writes it."""
    report: dict[str, Any] = await stage.people["basile"].ask(
        "POST",
        "/api/vehicles/imports",
        params={"site": stage.ids["Orléans Nord"]},
        content="\r\n".join([HEAD, *lines, ""]).encode("cp1252"),
        headers={"Content-Type": "text/csv"},
    )
    return report


async def walk_to_sales_stock(stage: Stage) -> None:
    """§4.2, §4.3: what keeps the C3 out is named, each of it; then it is authorised, and all of them are for sale."""
    basile, c3 = stage.people["basile"], stage.ids["GA103AA"]
    form = {"kind": "unit", "vehicles": [{"id": c3}], "duration_seconds": 60, "minimum_increment": "100.00"}
    refused = await basile.raw("POST", "/api/auctions", json=form)
    assert refused.status_code == 422
    assert [(reason["code"], reason["vehicle"]) for reason in refused.json()["error"]["reasons"]] == [
        ("not_saleable", c3),
        ("not_authorised", c3),
    ]
    card = await basile.get(f"/api/vehicles/{c3}")
    await basile.ask("PATCH", f"/api/vehicles/{c3}", json={"revision": card["revision"], "trade_sale_authorised": True})
    for plate in PLATES:
        moved = await basile.post(f"/api/vehicles/{stage.ids[plate]}/status", {"status": "sales_stock"}, status=200)
        assert moved["status"] == "sales_stock"
    listed = (await basile.get("/api/vehicles", free="true", sort="plate"))["items"]
    assert [vehicle["card"]["plate"] for vehicle in listed] == sorted(PLATES)
