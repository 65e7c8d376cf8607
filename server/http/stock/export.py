"""The stock found, as a file: `GET /api/vehicles/export` (§4.8), with the filters, order and columns of the list.

Read in chunks and written as it is read: however many vehicles there are, few are in memory at once.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import partial
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Any, Final, Literal

import msgspec
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from persistence.database import Database
from persistence.stock.fields import FIELDS, Shape
from persistence.stock.lists import CHUNK, StockSearch, count, page_of, values_of
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing
from server.http.stock.query import StockFilter, chosen_columns, read_search
from server.http.stock.spreadsheets import BOM, ENGLISH, FRENCH, Cell, Workbook, csv_lines, euros

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS: Final = {"csv": 200_000, "xlsx": 20_000}
"""A workbook is made whole before it is sent."""
EXPORT_SECONDS: Final = 60
"""One of as many vehicles with all of their fields takes half of that on a busy machine."""
_IN_MEMORY: Final = 1024 * 1024
_PIECE: Final = 64 * 1024

ExportQuery: Final = msgspec.defstruct(
    "ExportQuery",
    [("format", Literal["csv", "xlsx"], "csv"), ("language", Literal["fr", "en"] | None, None)],
    bases=(StockFilter,),
    frozen=True,
    forbid_unknown_fields=True,
    module=__name__,
)


async def export_vehicles(asking: Asking[Nothing, Any]) -> Response | Refusal:
    """The vehicles found, all of them, as a file."""
    query, database = asking.query, asking.doors.database
    search = read_search(asking.caller, query, asking.doors.clock.now())
    if isinstance(search, Refusal):
        return search
    columns = chosen_columns(query.columns)
    if isinstance(columns, Refusal):
        return columns
    most = MOST_ROWS[query.format]
    if await count(database, search, most + 1) > most:
        return Refusal(DoorCode.INVALID, f"format: at most {most} vehicles; narrow the search.", "format")
    is_french = (query.language or asking.caller.language) == "fr"
    words = FRENCH if is_french else ENGLISH
    heads = [FIELDS[column].french if is_french else FIELDS[column].english for column in columns]
    chunks, turns = _chunks(database, search, columns, most), asking.doors.stock_files
    headers = {
        "Content-Disposition": f'attachment; filename="vehicles-{search.today.isoformat()}.{query.format}"',
        "Cache-Control": "no-store",
    }
    if query.format == "csv":

        async def lines() -> AsyncIterator[bytes]:
            yield BOM.encode() + csv_lines([heads], words)
            async for rows in chunks:
                yield await asyncio.to_thread(csv_lines, rows, words)

        return StreamingResponse(lines(), media_type=CSV, headers=headers)
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when it is sent
    try:
        with Workbook(file, "Stock", heads, words) as book:
            async for rows in chunks:
                await turns.run(partial(book.write, rows))
            await turns.run(book.close)
    except BaseException:
        file.close()
        raise
    headers["Content-Length"] = str(file.seek(0, SEEK_END))
    file.seek(0)
    return StreamingResponse(_pieces(file), media_type=XLSX, headers=headers, background=BackgroundTask(file.close))


async def _chunks(
    database: Database, search: StockSearch, columns: tuple[str, ...], most: int
) -> AsyncIterator[list[list[Cell]]]:
    """The rows found, as cells, some at a time; no connection is held between two."""
    ids = (await page_of(database, search, limit=most)).ids
    shapes = [FIELDS[column].shape for column in columns]
    for first in range(0, len(ids), CHUNK):
        some = ids[first : first + CHUNK]
        values = await values_of(database, some, columns, search.today)
        yield [_cells(shapes, values[vehicle_id]) for vehicle_id in some if vehicle_id in values]


def _cells(shapes: Sequence[Shape], values: Sequence[Any]) -> list[Cell]:
    return [euros(value) if shape is Shape.AMOUNT else value for shape, value in zip(shapes, values, strict=True)]


def _pieces(file: "SpooledTemporaryFile[bytes]") -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


ROUTES = (
    Route(
        method="GET",
        path="/api/vehicles/export",
        who=Who.DEALER,
        says="The vehicles found, as a file for a spreadsheet: CSV (UTF-8, `;`) or XLSX; in the reader's language "
        "or the one named.",
        answer=export_vehicles,
        query=ExportQuery,
        seconds=EXPORT_SECONDS,
        gives=None,
        gives_file=(CSV, XLSX),
    ),
)
