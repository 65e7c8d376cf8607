"""A stock file comes in: whole, in part with the dealer's word, or not at all (§4.8)."""

import asyncio
import re
import threading
from typing import Any

import httpx
import pytest

from persistence.stock.fields import FIELDS
from server.http.french import SENTENCES
from server.http.stock.cells import NotRead, read_cell
from server.http.stock.file import MOST_LINES, MOST_TOLD, StockLines, read_stock_file
from tests.server.houses import World

PATH = "/api/vehicles/imports"
NNB = "\N{NARROW NO-BREAK SPACE}"
HEAD = "make;model;plate;vin;internal_number"
VIN = "VF1BZ0B0H4123456{}"


async def sent(world: World, text: str | bytes, **query: Any) -> httpx.Response:
    content = text.encode() if isinstance(text, str) else text
    typed = world.dealer.bearer | {"Content-Type": "text/csv"}
    return await world.http.post(PATH, content=content, params={"site": world.site, **query}, headers=typed)


async def report(world: World, text: str | bytes, **query: Any) -> dict[str, Any]:
    answer = await sent(world, text, **query)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def stock_of(world: World, model: str, columns: str = "plate") -> list[dict[str, Any]]:
    query = f"model={model}&columns={columns}&sort=plate"
    items = (await world.http.get(f"/api/vehicles?{query}", headers=world.dealer.bearer)).json()["items"]
    return [item["values"] for item in items]


async def test_a_french_file_is_entered_whole(world: World) -> None:
    """§4.8, §4.2: French heads and notation, Windows-1252; vehicles enter at `pre_arrival`, matched (§4.3)."""
    text = (
        "Marque;Modèle;Immatriculation;Énergie;Kilométrage;Prix marchand;Première mise en circulation;Première main;"
        "TVA;Destination;Commentaires\r\n"
        'renault;clio;AA-101-AA;Diesel;98 000;"3 608,16 €";04/05/2019;oui;récupérable;Particulier;'
        '"dit ""bon"";\r\nvu"\r\n'
        "\r\n"
        "Peugeot;208;AA-102-AA;Essence;;12000;;non;marge;marchand;'=non\r\n"
    )
    told = await report(world, text.encode("cp1252"))
    assert (told["lines"], told["good"], told["imported"], told["refused"]) == (2, 2, 2, [])
    columns = "make,plate,status,matched,mileage_km,trade_price,first_registration,first_owner,vat,destination,comments"
    assert await stock_of(world, "CLIO", columns) == [
        {
            "make": "RENAULT",
            "plate": "AA-101-AA",
            "status": "pre_arrival",
            "matched": True,
            "mileage_km": 98_000,
            "trade_price": "3608.16",
            "first_registration": "2019-05-04",
            "first_owner": True,
            "vat": "recoverable",
            "destination": "private",
            "comments": 'dit "bon";\nvu',
        }
    ]
    (second,) = await stock_of(world, "208", columns)
    assert (second["trade_price"], second["comments"]) == ("12000.00", "=non")


async def test_one_bad_line_keeps_all_out(world: World) -> None:
    """§4.8: nothing half-imported; each refused line is told with its field and reason."""
    text = (
        f"{HEAD};mileage_km;energy;battery_health_percent\n"
        "SEAT;Ibiza;AB-201-AA;;;10;;\n"
        "SEAT;Ibiza;nonsense;;;10;;\n"
        "SEAT;Ibiza;AB-203-AA;;;many;;\n"
        ";Ibiza;AB-204-AA;;;1;;\n"
        "SEAT;Nowhere;AB-205-AA;;;1;;\n"
        "SEAT;Ibiza;AB-206-AA;short;;9999999;Diesel;90\n"
        f"SEAT;Ibiza;AB-207-AA;;{'x' * 61};1;;\n"
    )
    told = await report(world, text)
    assert (told["lines"], told["good"], told["imported"], told["vehicles"]) == (7, 1, 0, [])
    assert [(each["line"], each["field"], each["code"]) for each in told["refused"]] == [
        (3, "plate", "not_a_plate"),
        (4, "mileage_km", "invalid"),
        (5, "make", "required"),
        (6, "model", "not_in_catalogue"),
        (7, "vin", "not_a_vin"),
        (7, "mileage_km", "out_of_range"),
        (7, "battery.score_percent", "not_electric"),
        (8, "internal_number", "invalid"),
    ]
    assert all(each["message"].startswith(str(each["field"])) for each in told["refused"])
    assert await stock_of(world, "IBIZA") == []
    part = await report(world, text, accept_partial=True)
    assert (part["good"], part["imported"], len(part["vehicles"])) == (1, 1, 1)
    assert await stock_of(world, "IBIZA") == [{"plate": "AB-201-AA"}]


async def test_all_that_is_wrong_is_told_at_once(world: World) -> None:
    """§4.8: what cannot be read hides nothing else; what follows from it alone is not told beside it."""
    await world.vehicle(plate="AB-250-AA")
    text = (
        f"{HEAD};mileage_km;trade_price;energy;battery_health_percent;imported;next_inspection_on;kind;custom_make\n"
        "SEAT;Ibiza;AB-250-AA;short;;many;99999999999;;;;;;\n"  # three ways to be wrong, and the stock has its plate
        f"SEAT;Nowhere;AB-251-AA;;{'x' * 61};1;;;;;;;\n"
        f";Ibiza;AB-252-AA;;;9999999;;{'x' * 61};90;;;;\n"  # the battery might be an electric car's
        "SEAT;Ibiza;1-ABC-234;;;;;;;perhaps;2030-01-01;spaceship;\n"  # a plate from abroad? a motorcycle?
        "SEAT;Nowhere;AB-253-AA;;;;;;;;;;perhaps\n"  # a make of one's own?
        "SEAT;Ibiza;AB-254-AA;;;;;;;;;;\n"
    )
    told = await report(world, text, accept_partial=True)
    assert (told["lines"], told["good"], told["imported"]) == (6, 1, 1)
    assert [(each["line"], each["field"], each["code"]) for each in told["refused"]] == [
        (2, "mileage_km", "invalid"),
        (2, "trade_price", "invalid"),
        (2, "vin", "not_a_vin"),
        (2, "plate", "taken"),
        (3, "internal_number", "invalid"),
        (3, "model", "not_in_catalogue"),
        (4, "make", "required"),
        (4, "energy", "invalid"),
        (4, "mileage_km", "out_of_range"),
        (5, "imported", "invalid"),
        (5, "kind", "invalid"),
        (6, "custom_make", "invalid"),
    ]


async def test_a_mark_is_known_from_lines_that_are_refused_too(world: World) -> None:
    """§4.8: whoever mends the first line would otherwise hear of the second only then."""
    same = "FORD;Ka;AB-260-AA;;;many\nFORD;Ka;AB-260-AA;;;1\n"
    text = f"{HEAD};mileage_km\n{same}FORD;Ka;AB-261-AA;wrong;;1\nFORD;Ka;;wrong;;1\n"
    told = await report(world, text, accept_partial=True)
    assert (told["good"], told["imported"]) == (0, 0)
    assert [(each["line"], each["field"], each["code"]) for each in told["refused"]] == [
        (2, "mileage_km", "invalid"),
        (3, "plate", "taken"),
        (4, "vin", "not_a_vin"),
        (5, "vin", "not_a_vin"),
    ]
    assert told["refused"][1]["message"] == f"plate{NNB}: figure déjà à la ligne 2."


async def test_a_report_speaks_the_language_of_who_reads_it(world: World) -> None:
    """§4.8: of the account, or of the page; what a program goes by, the code, stays."""
    text = (
        f"{HEAD};mileage_km;trade_price;first_registration;first_owner;\n"
        "SEAT;Ibiza;;;;many;much;never;perhaps;nowhere\nSEAT;Nowhere;;;\n"
    )
    french = [
        (2, f"mileage_km{NNB}: doit être un nombre entier."),
        (2, f"trade_price{NNB}: doit être un montant, par exemple 20900.00 ou 20 900,00."),
        (2, f"first_registration{NNB}: doit être une date, par exemple 31/01/2026 ou 2026-01-31."),
        (2, f"first_owner{NNB}: doit être oui ou non."),
        (2, "la cellule 10 n’a pas d’en-tête."),
        (3, f"model{NNB}: n’est pas au catalogue{NNB}: choisissez-en un, ou indiquez une marque libre."),
    ]
    told = await report(world, text, dry_run=True)
    assert [(each["line"], each["message"]) for each in told["refused"]] == french
    typed = world.dealer.bearer | {"Content-Type": "text/csv", "Adjuge-Language": "en"}
    english = await world.http.post(PATH, content=text, params={"site": world.site, "dry_run": True}, headers=typed)
    assert english.json()["refused"][0]["message"] == "mileage_km: must be a whole number."
    assert [each["code"] for each in english.json()["refused"]] == [each["code"] for each in told["refused"]]
    unread = await sent(world, "make;modle\nSEAT;Ibiza\n")
    assert unread.json()["error"]["message"] == f"file{NNB}: a des colonnes inconnues{NNB}: modle."


async def test_a_dry_run_only_tells(world: World) -> None:
    told = await report(world, f"{HEAD}\nFORD;Fiesta;AC-301-AA;;\n", dry_run=True, accept_partial=True)
    assert (told["good"], told["imported"]) == (1, 0)
    assert await stock_of(world, "FIESTA") == []


@pytest.mark.parametrize("known", ["plate", "vin", "internal_number"])
async def test_a_vehicle_that_is_known_is_a_duplicate(world: World, known: str) -> None:
    """In the stock, or above in the file; however the dashes of a plate are typed."""
    number = next(world.plates)
    plain = {"plate": f"AD{number:03}AA", "vin": VIN.format(number % 10), "internal_number": f"I{number}"}
    typed = {**plain, "plate": f"AD-{number:03}-AA"}
    await world.vehicle(**{"plate": None, known: plain[known]})
    cells = [typed[field] if field == known else "" for field in ("plate", "vin", "internal_number")]
    told = await report(world, f"{HEAD}\nFIAT;500;{';'.join(cells)}\n")
    assert [(each["line"], each["field"], each["code"]) for each in told["refused"]] == [(2, known, "taken")]
    fresh = {"plate": "AE-999-AA", "vin": VIN.format("X"), "internal_number": "once"}
    cells = [fresh[field] if field == known else "" for field in ("plate", "vin", "internal_number")]
    line = f"FIAT;500;{';'.join(cells)}\n"
    told = await report(world, f"{HEAD}\n{line}{line}", dry_run=True)
    assert [(each["line"], each["field"]) for each in told["refused"]] == [(3, known)]


async def test_what_was_exported_comes_in_again(world: World) -> None:
    """§4.8: what a new vehicle does not take is passed over, and told."""
    await world.vehicle(make="DACIA", model="Duster", plate="AF-401-AA", comments="-5 %", mileage_km=5)
    columns = "make,model,plate,status,days_in_stock,mileage_km,comments,trade_price,running"
    file = (
        await world.http.get(f"/api/vehicles/export?model=duster&columns={columns}", headers=world.dealer.bearer)
    ).content
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE vehicles SET status = 'released', model = 'GONE' WHERE model = 'Duster'")
    told = await report(world, file)
    assert (told["imported"], told["ignored"]) == (1, ["Statut", "Jours de stock"])
    (again,) = await stock_of(world, "DUSTER", "comments,mileage_km,trade_price,running")
    assert again == {"comments": "-5 %", "mileage_km": 5, "trade_price": "1000.00", "running": True}


async def test_every_vehicle_entered_is_on_record(world: World) -> None:
    told = await report(world, f"{HEAD}\nFORD;Focus;AG-501-AA;;\nFORD;Focus;AG-502-AA;;\n")
    async with world.database.acquire() as connection:
        rows = await connection.fetch(
            """SELECT user_id, entity_id, action, change::text FROM audit
               WHERE subject = 'vehicle' AND subject_id = ANY ($1::bigint[]) ORDER BY subject_id""",
            told["vehicles"],
        )
    assert [tuple(row)[:3] for row in rows] == [(world.dealer.user_id, world.entity, "imported")] * 2
    assert '"plate": [null, "AG-501-AA"]' in rows[0]["change"]


UNREADABLE: tuple[tuple[str, str | bytes], ...] = (
    ("nothing", ""),
    ("blank lines", "\n\n  \n"),
    ("no make", "model;plate\nClio;AA-101-AA\n"),
    ("a strange head", "make;model;shoe size\nA;B;C\n"),
    ("a head twice", "make;model;Modèle\nA;B;C\n"),
    ("NUL", "make;model\nA;B\0\n"),
    ("neither encoding", b"make;model\nA;\x81\xff\n"),
    ("a quote that never ends", 'make;model\n"A;B\n'),
    ("a quote inside", 'make;model\n"A"B;C\n'),
    ("a workbook", b"PK\x03\x04\x14\x00\x00\x00"),
    ("too many lines", "make;model\n" + "A;B\n" * (MOST_LINES + 1)),
    ("too many columns", ";".join(["make"] * 201)),
)


@pytest.mark.parametrize("text", [text for _, text in UNREADABLE], ids=[name for name, _ in UNREADABLE])
async def test_a_file_that_cannot_be_read_is_refused_whole(world: World, text: str | bytes) -> None:
    refused = await sent(world, text)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "file")


async def test_a_cell_below_no_head_is_no_field(world: World) -> None:
    told = await report(world, "make;model\nFIAT;500;more\n")
    assert [(each["line"], each["field"]) for each in told["refused"]] == [(2, None)]


async def test_commas_between_cells_and_a_bom(world: World) -> None:
    told = await report(world, b'\xef\xbb\xbfMake,Model,"Trade price"\nFIAT,Panda,"20,900.00"\n')
    assert told["imported"] == 1
    assert await stock_of(world, "PANDA", "trade_price") == [{"trade_price": "20900.00"}]


async def test_a_large_file_is_entered_at_once(world: World) -> None:
    lines = "".join(f"OPEL;Corsa;;;L{n}\n" for n in range(2_000))
    assert (await report(world, f"{HEAD}\n{lines}"))["imported"] == 2_000


def test_no_more_reasons_are_kept_than_are_told() -> None:
    """§4.8: a file of faults alone has a million; the first are told, and every line is refused all the same."""
    text = f"make;model{';' * 190}\n" + f"FIAT;500{';?' * 190}\n" * 20
    read = read_stock_file(text.encode(), 1)
    assert isinstance(read, StockLines)
    assert [each.line for each in read.refused] == [2 + place // 190 for place in range(MOST_TOLD)]
    assert (read.count, [line.is_refused for line in read.lines]) == (20, [True] * 20)


async def test_stock_files_are_read_in_turn(world: World) -> None:
    """§4.8: each takes a processor for seconds; several at once would leave no thread for photos, papers, passwords."""
    gate = threading.Event()
    before = asyncio.ensure_future(world.running.doors.stock_files.run(gate.wait))
    waiting = asyncio.ensure_future(report(world, f"{HEAD}\nFIAT;Tipo;;;T1\n"))
    try:
        assert (await asyncio.wait({waiting}, timeout=0.5))[0] == set()
    finally:
        gate.set()
    assert (await before, (await waiting)["imported"]) == (True, 1)


async def test_the_site_is_ones_own(world: World) -> None:
    """§1.4."""
    for site in (10**9, await stranger_site(world)):
        refused = await sent(world, f"{HEAD}\n", site=site)
        assert (refused.status_code, refused.json()["error"]["field"]) == (422, "site")


async def stranger_site(world: World) -> int:
    async with world.database.acquire() as connection:
        site: int = await connection.fetchval("SELECT id FROM sites WHERE entity_id = $1", world.elsewhere)
    return site


CELLS: tuple[tuple[str, str, Any], ...] = (
    ("trade_price", "20900", "20900.00"),
    ("trade_price", "20900.5", "20900.50"),
    ("trade_price", "20 900,00", "20900.00"),
    ("trade_price", "20\u202f900,00\u00a0€", "20900.00"),
    ("trade_price", "20.900,00 EUR", "20900.00"),
    ("trade_price", "1,020,900.00", "1020900.00"),
    ("trade_price", "20.900", None),
    ("trade_price", "20,900", None),
    ("trade_price", "-5", None),
    ("trade_price", "1e5", None),
    ("trade_price", "٣", None),
    ("mileage_km", "98\u00a0000", 98_000),
    ("mileage_km", "98.000", None),
    ("mileage_km", "12 km", None),
    ("first_registration", "4/5/2019", "2019-05-04"),
    ("first_registration", "2019-05-04", "2019-05-04"),
    ("first_registration", "31/02/2019", None),
    ("first_registration", "04/05/19", None),
    ("first_owner", "VRAI", True),
    ("first_owner", "x", True),
    ("first_owner", "Non", False),
    ("first_owner", "peut-être", None),
    ("vat", "TVA récupérable", "recoverable"),
    ("kind", "VP", "passenger"),
    ("kind", "4X4", "4x4"),
    ("destination", "Épave", "scrap"),
    ("destination", "ailleurs", None),
    ("vat", "vingt", None),
    ("kind", "avion", None),
    ("comments", "'=1+1", "=1+1"),
    ("make", "'quoted", "'quoted"),
)


@pytest.mark.parametrize(("field", "text", "value"), CELLS)
def test_a_cell_is_read_as_people_type_it(field: str, text: str, value: Any) -> None:
    """§0.1; None: it is refused."""
    if value is None:
        with pytest.raises(NotRead):
            read_cell(FIELDS[field], text)
    else:
        assert read_cell(FIELDS[field], text) == value


@pytest.mark.parametrize("field", ["kind", "destination", "vat"])
def test_what_is_no_code_is_refused_with_words_that_a_file_may_hold(field: str) -> None:
    """§0.1: each word that the refusal names is read, the French as the English."""
    with pytest.raises(NotRead) as refused:
        read_cell(FIELDS[field], "avion")
    english = str(refused.value)
    codes = re.split(", | or ", english.removeprefix("must be "))
    words = re.split(", | ou ", SENTENCES[english].removeprefix("doit être "))
    assert [read_cell(FIELDS[field], word) for word in words] == codes
