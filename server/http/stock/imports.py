"""A stock file comes in: `POST /api/vehicles/imports` (§4.8), with a report of the lines refused; never by half.

Reads the file and judges its lines with the rules of a card made by hand; has none of its own.
"""

import asyncio
from functools import partial
from typing import Final

from msgspec import Struct, structs

from persistence.audit import By
from persistence.stock.imports import Imported, LineFault, Mode, StockFile, import_vehicles
from persistence.stock.vehicles import site_owner
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.french import in_language
from server.http.reading import Upload
from server.http.stock.card_forms import member_of, sentence_of
from server.http.stock.file import FILE_BYTES, MOST_TOLD, RefusedLine, StockLines, Unreadable, read_stock_file
from server.http.stock.sheets import latest_day
from server.http.stock.whose_vehicle import MANAGE_STOCK
from server.http.values import Id

CSV_TYPES: Final = (
    "text/csv",
    "application/csv",
    "application/vnd.ms-excel",  # how Windows calls a CSV file
    "text/plain",
    "application/octet-stream",
)
IMPORT_SECONDS: Final = 60
"""Thousands of cards take a while to write, on a busy machine longer than anything else that is asked."""


class ImportQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """For which site, and so for which entity. `dry_run`: only the report; `accept_partial`: what is good is entered
    though other lines are refused.
    """

    site: Id
    accept_partial: bool = False
    dry_run: bool = False


class ImportReport(Struct, frozen=True):
    """What came of it: how many lines hold a vehicle, how many are good, the ids of those entered, why lines are
    refused (the first 2,000 reasons), and the columns passed over.
    """

    lines: int
    good: int
    imported: int
    vehicles: tuple[int, ...]
    refused: tuple[RefusedLine, ...]
    ignored: tuple[str, ...]


async def import_stock(asking: Asking[bytes, ImportQuery]) -> ImportReport | Refusal:
    """Enter the vehicles of a file, all of them or none, unless the dealer accepts a part."""
    doors, caller, query = asking.doors, asking.caller, asking.query
    entity_id = await site_owner(doors.database, query.site)
    if entity_id is None or entity_id not in caller.entities:
        return Refusal(DoorCode.INVALID, "site: is not one of yours.", "site")
    if not caller.may(MANAGE_STOCK, entity_id):
        return Refusal(DoorCode.NOT_ALLOWED, field="site")
    read = await doors.stock_files.run(partial(read_stock_file, asking.body, query.site))
    if isinstance(read, Unreadable):
        return Refusal(DoorCode.INVALID, f"file: {read.reason}.", "file")
    now = doors.clock.now()
    file = StockFile(entity_id=entity_id, site_id=query.site, lines=read.lines, is_whole=not read.refused)
    by = By(caller.user_id, now)
    done = await import_vehicles(doors.database, by, file, doors.catalogue, latest_day(now), _mode(query))
    return await asyncio.to_thread(_report, read, done, asking.language)


def _mode(query: ImportQuery) -> Mode:
    if query.dry_run:
        return Mode.DRY
    return Mode.PARTIAL if query.accept_partial else Mode.WHOLE


def _report(read: StockLines, done: Imported, language: str) -> ImportReport:
    refused = [*read.refused, *map(_refused, done.faults)]
    refused.sort(key=lambda each: each.line)
    told = tuple(structs.replace(each, message=in_language(each.message, language)) for each in refused[:MOST_TOLD])
    return ImportReport(read.count, done.good, len(done.vehicle_ids), done.vehicle_ids, told, read.ignored)


def _refused(each: LineFault) -> RefusedLine:
    member = member_of(each.fault.field)
    said = sentence_of(each.fault) if each.first_line is None else f"stands on line {each.first_line} already"
    return RefusedLine(each.line, member, each.fault.problem.value, f"{member}: {said}.")


ROUTES = (
    Route(
        method="POST",
        path="/api/vehicles/imports",
        who=Who.DEALER,
        says="Enter the vehicles of a CSV file of at most 5 MiB and 10,000 lines; with a report of the lines refused.",
        answer=import_stock,
        body=Upload(CSV_TYPES, FILE_BYTES),
        query=ImportQuery,
        seconds=IMPORT_SECONDS,
        gives=ImportReport,
        refuses=(DoorCode.NOT_ALLOWED,),
    ),
)
