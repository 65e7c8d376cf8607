"""A stock file, read into wishes for new vehicles, line by line (§4.8): CSV in UTF-8 or Windows-1252, `;` or `,`.

The head names fields in French or English, or as the API calls them. What an exported file holds and a new vehicle does
not take (its status, its days in stock) is passed over, and told; a head that nobody knows refuses the file.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import Struct

from engine.catalogue import folded
from persistence.stock.fields import FIELDS, Field
from persistence.stock.imports import WishedLine
from persistence.stock.vehicles import CardChange
from server.errors import Refusal
from server.http.complaints import complaints
from server.http.stock.card_forms import BATTERY, MEMBERS, NewVehicleForm, read_card
from server.http.stock.cells import NotRead, read_cell

FILE_BYTES: Final = 5 * 1024 * 1024
MOST_LINES: Final = 10_000
MOST_TOLD: Final = 2_000
"""So many reasons are kept of a file; whoever has mended those sees the others."""
_MOST_CELLS: Final = 200
_NO_CODE: Final = "invalid"
_ALSO: Final = {
    "plate": ("Plaque", "Immat", "N° immatriculation", "Registration"),
    "vin": ("Châssis", "N° de série", "Numéro de châssis", "Chassis"),
    "mileage_km": ("Km", "Mileage", "Kilomètres"),
    "first_registration": ("1ère mise en circulation", "MEC", "DPMC", "Date de 1ère mise en circulation"),
    "internal_number": ("N° interne", "Numéro VO"),
    "police_book_number": ("N° de police", "Livre de police"),
    "co2_g_per_km": ("CO2",),
    "power_ch": ("Puissance",),
    "colour": ("Color",),
}
_MEMBER_OF: Final = {column.removesuffix("_cents"): member for member, column in MEMBERS.items()}
_BATTERY_MEMBER_OF: Final = {column: member for member, column in BATTERY.items()}
_COLUMN_OF: Final = MEMBERS | {f"battery.{member}": column for member, column in BATTERY.items()}
_JUDGED_WITH: Final = {
    "make": ("model",),
    "model": ("make",),
    "custom_make": ("make", "model"),
    "imported": ("plate",),
    "energy": tuple(BATTERY.values()),
    "kind": ("last_inspection_on", "next_inspection_on"),
}
"""What is judged by a column: where that one cannot be read, a fault of these may be none."""
_UNREAD: Final = "?"
_BY_HEAD: Final = {
    folded(head): field
    for field in FIELDS.values()
    for head in (field.name, field.french, field.english, *_ALSO.get(field.name, ()))
}


class Unreadable(Struct, frozen=True):
    """Why the file as a whole cannot be read, as a sentence without its subject."""

    reason: str


class RefusedLine(Struct, frozen=True):
    """Why a line is not taken: its number in the file, the field, a code for programs, a sentence for people."""

    line: int
    field: str | None
    code: str
    message: str


class StockLines(Struct, frozen=True):
    """What a file says: how many lines hold something, their vehicles as far as they can be read, the first MOST_TOLD
    reasons why lines are refused for what cannot, the heads passed over.
    """

    count: int
    lines: tuple[WishedLine, ...]
    refused: tuple[RefusedLine, ...]
    ignored: tuple[str, ...]


def read_stock_file(content: bytes, site_id: int) -> StockLines | Unreadable:
    """The vehicles of a file, for a site. Takes a while: not for the loop."""
    text = _decoded(content)
    if isinstance(text, Unreadable):
        return text
    rows = _rows(text)
    try:
        _, head = next(rows, (0, []))
        fields = _fields(head)
        if isinstance(fields, Unreadable):
            return fields
        lines: list[WishedLine] = []
        refused: list[RefusedLine] = []
        count = 0
        for line, cells in rows:
            count += 1
            if count > MOST_LINES:
                return Unreadable(f"has too many lines: at most {MOST_LINES}")
            read, wrong = _line(line, cells, fields, site_id)
            lines.append(read)
            refused += wrong[: MOST_TOLD - len(refused)]  # a file of nothing but faults would have a million
    except csv.Error as fault:
        return Unreadable(f"is no CSV file: {fault}")
    ignored = tuple(name for name, field in zip(head, fields, strict=False) if field is not None and not _takes(field))
    return StockLines(count, tuple(lines), tuple(refused), ignored)


def _decoded(content: bytes) -> str | Unreadable:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Unreadable("holds NUL characters: save it as CSV, in UTF-8") if "\0" in text else text
    return Unreadable("must be in UTF-8 or Windows-1252")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the number of its first line. Raises csv.Error."""
    heads = next((line for line in io.StringIO(text) if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,", key=heads.count), strict=True)
    first = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield first, [cell.strip() for cell in cells]
        first = reader.line_num + 1


def _fields(head: list[str]) -> list[Field | None] | Unreadable:
    """What each column means; a column without a head means nothing, and must be empty."""
    if not head:
        return Unreadable("is empty: its first line must name the columns")
    if len(head) > _MOST_CELLS:
        return Unreadable(f"has too many columns: at most {_MOST_CELLS}")
    unknown = [name for name in head if name and folded(name) not in _BY_HEAD]
    if unknown:
        return Unreadable(f"has columns that nobody knows: {', '.join(name[:60] for name in unknown[:10])}")
    fields = [_BY_HEAD.get(folded(name)) if name else None for name in head]
    named = [field.name for field in fields if field is not None]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        return Unreadable(f"names a column twice: {', '.join(twice)}")
    lacking = [name for name in ("make", "model") if name not in named]
    if lacking:
        return Unreadable(f"lacks the columns {', '.join(lacking)}")
    return fields


def _takes(field: Field) -> bool:
    """Whether a new vehicle's form has this field."""
    return field.name in _MEMBER_OF or field.name in _BATTERY_MEMBER_OF


def _line(
    line: int, cells: list[str], fields: list[Field | None], site_id: int
) -> tuple[WishedLine, list[RefusedLine]]:
    """The vehicle of a line, as far as it can be read, and why it cannot be read further."""
    form: dict[str, Any] = {}
    wrong: list[RefusedLine] = []
    for place, cell in enumerate(cells):
        field = fields[place] if place < len(fields) else None
        if field is None and cell:
            wrong.append(RefusedLine(line, None, _NO_CODE, f"cell {place + 1} stands below no head."))
        if field is None or not cell or not _takes(field):
            continue
        member = _member(field)
        try:
            form[member] = read_cell(field, cell)
        except NotRead as fault:
            wrong.append(RefusedLine(line, member, _NO_CODE, f"{member}: {fault}."))
    change, unfit, bad = _as_far_as_it_fits(line, form, site_id, {each.field for each in wrong if each.field})
    wrong += unfit
    untold = {_COLUMN_OF[member] for member in bad}
    untold |= {other for column in untold for other in _JUDGED_WITH.get(column, ())}
    return WishedLine(line, change, bool(wrong), frozenset(untold)), wrong


def _member(field: Field) -> str:
    """How the card in JSON calls it: `mileage_km`, `battery.score_percent`."""
    battery = _BATTERY_MEMBER_OF.get(field.name)
    return _MEMBER_OF[field.name] if battery is None else f"battery.{battery}"


def _as_far_as_it_fits(
    line: int, cells: dict[str, Any], site_id: int, unread: set[str]
) -> tuple[CardChange, list[RefusedLine], set[str]]:
    """The wish of the cells that fit; a reason for each that does not, and those members with the unread ones."""
    told: list[RefusedLine] = []
    bad = set(unread)
    while True:
        form = _form({name: cell for name, cell in cells.items() if name not in bad}, bad, site_id)
        try:
            change = read_card(msgspec.convert(form, NewVehicleForm))
        except msgspec.ValidationError:
            reasons = [
                RefusedLine(line, each.field, each.code, f"{each.field}: {each.sentence}.")
                for each in complaints(form, NewVehicleForm, strict=True)
            ]
        else:
            if isinstance(change, CardChange):
                return change, told, bad
            reasons = _refused_lines(line, change)
        told += reasons
        # Whatever cannot be laid to a cell leaves nothing to judge.
        bad |= ({each.field for each in reasons if each.field} & _COLUMN_OF.keys()) - bad or _COLUMN_OF.keys()


def _form(cells: dict[str, Any], bad: set[str], site_id: int) -> dict[str, Any]:
    battery = {name.removeprefix("battery."): cell for name, cell in cells.items() if name.startswith("battery.")}
    card = {name: cell for name, cell in cells.items() if not name.startswith("battery.")}
    unread = dict.fromkeys(bad & {"make", "model"}, _UNREAD)
    return card | unread | {"site": site_id} | ({"battery": battery} if battery else {})


def _refused_lines(line: int, refusal: Refusal) -> list[RefusedLine]:
    """What a card is refused for: each reason by itself."""
    sentences = (refusal.message or "").removesuffix(".").split("; ")
    return [
        RefusedLine(line, reason.field, reason.code, f"{sentence}.")
        for reason, sentence in zip(refusal.reasons, sentences, strict=True)
    ]
