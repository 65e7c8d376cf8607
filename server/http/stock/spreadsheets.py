"""Tables as files that people open in a spreadsheet: CSV as French ones expect it, and XLSX (§4.8).

A cell that a spreadsheet would take for a formula is told as text. Amounts are decimals with two places (§0.1); nothing
here knows what the columns mean.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import IO, Final, Self, TypeAlias

import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from msgspec import Struct

BOM: Final = "\ufeff"
"""By which spreadsheets know UTF-8."""
_CENT: Final = Decimal("0.01")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_ASIDE: Final = "'"
"""What makes a spreadsheet take the rest for text."""

Cell: TypeAlias = str | int | bool | date | Decimal | None


class Words(Struct, frozen=True):
    """How yes and no are written."""

    yes: str
    no: str


FRENCH: Final = Words("oui", "non")
ENGLISH: Final = Words("yes", "no")


def euros(cents: int | None) -> Decimal | None:
    """An amount as a cell."""
    return None if cents is None else cents * _CENT


def told_as_text(text: str) -> str:
    """A text that no spreadsheet runs."""
    return _ASIDE + text if text.startswith(_FORMULA) else text


def as_typed(text: str) -> str:
    """A cell of a CSV file as somebody wrote it: `told_as_text` undone."""
    return text[1:] if text.startswith(_ASIDE) and text[1:].startswith(_FORMULA) else text


def csv_lines(rows: Iterable[Sequence[Cell]], words: Words) -> bytes:
    """Rows of a CSV file: `;` between cells, CRLF behind them, UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([_in_csv(cell, words) for cell in row] for row in rows)
    return written.getvalue().encode()


def _in_csv(cell: Cell, words: Words) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return words.yes if cell else words.no
        case str():
            return told_as_text(cell)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


class Workbook:
    """An XLSX file with one sheet, written into `file` row by row. What is written is kept aside, not in memory, in a
    folder that goes at the end of the block, whether the file was finished or given up.
    """

    def __init__(self, file: IO[bytes], name: str, heads: Sequence[str], words: Words) -> None:
        self._folder = TemporaryDirectory(prefix="adjuge-")
        options = {"constant_memory": True, "in_memory": False, "tmpdir": self._folder.name}
        self._book = xlsxwriter.Workbook(file, options)
        self._sheet = self._book.add_worksheet(name)
        self._words = words
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._amount = self._book.add_format({"num_format": "#,##0.00"})
        bold = self._book.add_format({"bold": True})
        for column, head in enumerate(heads):
            self._sheet.set_column(column, column, max(10, len(head) + 2))
            self._sheet.write_string(0, column, head, bold)
        self._sheet.freeze_panes(1, 0)
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._sheet.row_data_fh.close()
        self._folder.cleanup()

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Further rows."""
        for row in rows:
            self._rows += 1
            for column, cell in enumerate(row):
                self._cell(column, cell)

    def _cell(self, column: int, cell: Cell) -> None:
        match cell:
            case None | "":
                return
            case bool():
                self._sheet.write_string(self._rows, column, self._words.yes if cell else self._words.no)
            case str():
                self._sheet.write_string(self._rows, column, cell)  # never a formula, whatever it begins with
            case date():
                self._sheet.write_datetime(self._rows, column, cell, self._day)
            case Decimal():
                self._sheet.write_number(self._rows, column, cell, self._amount)
            case _:
                self._sheet.write_number(self._rows, column, cell)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()
