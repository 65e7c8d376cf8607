"""The stock as a file: the same filters and columns, cells that no spreadsheet runs (§4.8)."""

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from server.http.stock.spreadsheets import FRENCH, Workbook, as_typed, told_as_text
from tests.server.houses import World

COLUMNS = "plate,model,trade_price,mileage_km,entered_at,matched,comments"
HEADS = [
    "Immatriculation", "Modèle", "Prix marchand", "Kilométrage", "Date d’entrée", "Rapproché du référentiel",
    "Commentaires",
]  # fmt: skip
FORMULAS = ("=1+1", "+33 1", "-5", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0")


async def exported(world: World, query: str, **headers: str) -> httpx.Response:
    answer = await world.http.get(f"/api/vehicles/export?{query}", headers=world.dealer.bearer | headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    return answer


def rows_of(answer: httpx.Response) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells_of(answer: httpx.Response) -> list[tuple[Any, ...]]:
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


async def test_csv_holds_what_the_list_shows(world: World) -> None:
    """§4.8."""
    await world.vehicle(plate="BB111BB", model="Export", mileage_km=12_345, comments='dit "bon";\nvu')
    await world.vehicle(plate="BB222BB", model="Export", trade_price_cents=None, matched=False)
    answer = await exported(world, f"model=export&columns={COLUMNS}&sort=-plate")
    assert answer.headers["content-type"].startswith("text/csv")
    assert rows_of(answer) == [
        HEADS,
        ["BB222BB", "Export", "", "", "", "non", ""],
        ["BB111BB", "Export", "1000.00", "12345", "", "oui", 'dit "bon";\nvu'],
    ]


async def test_xlsx_holds_numbers_as_numbers(world: World) -> None:
    await world.vehicle(plate="CC111CC", model="Sheet", mileage_km=12_345, trade_price_cents=3_608_16)
    answer = await exported(world, f"model=sheet&format=xlsx&columns={COLUMNS}")
    assert cells_of(answer) == [tuple(HEADS), ("CC111CC", "Sheet", 3608.16, 12_345, None, "oui", None)]


async def test_nothing_that_a_spreadsheet_would_run_leaves_the_house(world: World) -> None:
    for formula in FORMULAS:
        await world.vehicle(model="Formula", comments=formula)
    query = "model=formula&columns=comments"
    told = [row[0] for row in rows_of(await exported(world, query))[1:]]
    assert sorted(told) == sorted("'" + formula for formula in FORMULAS)
    answer = await exported(world, f"{query}&format=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sorted(str(cell.value) for cell in cells) == sorted(FORMULAS)


@pytest.mark.parametrize("text", [*FORMULAS, "plain", "'quoted", "", "l'hiver"])
def test_what_was_made_harmless_is_read_as_it_was(text: str) -> None:
    assert as_typed(told_as_text(text)) == text


async def test_all_pages_are_in_the_file(world: World) -> None:
    async with world.database.acquire() as connection:
        await connection.execute(
            """INSERT INTO vehicles (entity_id, site_id, make, model, internal_number, status)
               SELECT $1, $2, 'SEAT', 'Many', 'M' || n, 'sales_stock' FROM generate_series(1, 1200) AS n""",
            world.entity,
            world.site,
        )
    rows = rows_of(await exported(world, "model=many&columns=internal_number&sort=internal_number"))
    assert [row[0] for row in rows[1:]] == sorted(f"M{n}" for n in range(1, 1_201))


async def test_an_english_reader_has_english_heads(world: World) -> None:
    async with world.database.acquire() as connection:
        await connection.execute("UPDATE users SET language = 'en' WHERE id = $1", world.sister_dealer.user_id)
    answer = await world.http.get("/api/vehicles/export?columns=make,free", headers=world.sister_dealer.bearer)
    assert rows_of(answer) == [["Make", "May enter an auction"]]


async def test_a_link_names_the_language_of_its_page(world: World) -> None:
    """§4.8: whatever the reader's account says, heads and words."""
    await world.vehicle(model="Lingua", matched=False)
    for language, head, word in (("en", "Matched to the reference", "no"), ("fr", "Rapproché du référentiel", "non")):
        answer = await exported(world, f"model=lingua&columns=matched&language={language}")
        assert rows_of(answer) == [[head], [word]]
    refused = await world.http.get("/api/vehicles/export?language=de", headers=world.dealer.bearer)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "language")


async def test_a_file_holds_ones_own_stock_alone(world: World) -> None:
    """§1.4."""
    await world.vehicle(plate="DD111DD")
    answer = await world.http.get("/api/vehicles/export", headers=world.stranger_dealer.bearer)
    assert len(rows_of(answer)) == 1
    named = await world.http.get(f"/api/vehicles/export?entity={world.entity}", headers=world.stranger_dealer.bearer)
    assert named.status_code == 403


@pytest.mark.parametrize("is_finished", [True, False])
def test_a_workbook_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_finished: bool
) -> None:
    """§4.8: what was written aside goes, though nobody waited for the end."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = io.BytesIO()
    with Workbook(file, "Stock", ["Marque"], FRENCH) as book:
        book.write([["RENAULT"]] * 10)
        assert list(tmp_path.iterdir()) != []
        if is_finished:
            book.close()
    assert list(tmp_path.iterdir()) == []
    assert (len(file.getvalue()) > 0) is is_finished
