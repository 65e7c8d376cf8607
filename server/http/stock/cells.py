"""A cell of a stock file, as people type it, in the words of a vehicle's form: amounts, days, yes and no (§4.8).

French and plain notation both; what could mean two things is refused. Nothing here asks the book.
"""

import re
from datetime import date
from typing import Any, Final

from engine.catalogue import folded
from persistence.stock.fields import Field, Shape
from server.http.stock.spreadsheets import as_typed

_SPACES: Final = re.compile(r"[\s\u00a0\u2009\u202f]+")
_PLAIN: Final = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
_FRENCH: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{1,2})")
_ENGLISH: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]{1,2})")
_FRENCH_DAY: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YES: Final = frozenset({"OUI", "O", "YES", "Y", "TRUE", "VRAI", "1", "X"})
_NO: Final = frozenset({"NON", "N", "NO", "FALSE", "FAUX", "0"})
_WORDS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "kind": {
        "passenger": ("VP", "VOITURE", "TOURISME", "VEHICULEPARTICULIER"),
        "van": ("VU", "VUL", "UTILITAIRE", "FOURGON"),
        "4x4": ("4X4", "TOUTTERRAIN"),
        "motorcycle": ("MOTO", "MOTOCYCLETTE"),
        "scooter": (),
        "quad": (),
        "other": ("AUTRE",),
    },
    "destination": {
        "private": ("PARTICULIER", "PARTICULIERS", "VENTEPARTICULIER"),
        "trade": ("MARCHAND", "MARCHANDS", "PROFESSIONNEL", "PROFESSIONNELS"),
        "scrap": ("EPAVE", "DESTRUCTION", "CASSE"),
        "moved": ("TRANSFERT", "AUTRESITE"),
    },
    "vat": {
        "margin": ("MARGE", "TVASURMARGE"),
        "recoverable": ("RECUPERABLE", "TVARECUPERABLE"),
        "unknown": ("INCONNU", "INCONNUE"),
    },
}
_CODES: Final = {
    "kind": "must be passenger, van, 4x4, motorcycle, scooter, quad or other",
    "destination": "must be private, trade, scrap or moved",
    "vat": "must be margin, recoverable or unknown",
}
"""What a field of codes may hold; its French names the words that a French file has for them."""


class NotRead(Exception):
    """The cell cannot be read; its text is a sentence without its subject."""


def read_cell(field: Field, text: str) -> Any:
    """The value of a cell that holds something, as JSON would have it. Raises NotRead."""
    match field.shape:
        case Shape.NUMBER:
            return _number(text)
        case Shape.AMOUNT:
            return _amount(text)
        case Shape.DATE:
            return _day(text)
        case Shape.FLAG:
            return _flag(text)
        case Shape.CHOICE | Shape.TEXT:
            return _word(field.name, as_typed(text).replace("\r\n", "\n"))


def _number(text: str) -> int:
    digits = _SPACES.sub("", text)
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise NotRead("must be a whole number")
    return int(digits)


def _amount(text: str) -> str:
    """`20 900,00 €`, `20900.00`, `20.900,00`, `20,900.00`; `20.900` alone could be either, and is refused."""
    typed = _SPACES.sub("", text).removesuffix("€").removesuffix("EUR")
    found = _PLAIN.fullmatch(typed) or _FRENCH.fullmatch(typed) or _ENGLISH.fullmatch(typed)
    if found is None:
        raise NotRead("must be an amount like 20900.00 or 20 900,00")
    euros = found.group(1).replace(".", "").replace(",", "")
    return f"{euros}.{(found.group(2) or '').ljust(2, '0')}"


def _day(text: str) -> str:
    """`2026-01-31` or `31/01/2026`."""
    french = _FRENCH_DAY.fullmatch(text)
    try:
        if french is not None:
            day, month, year = (int(part) for part in french.groups())
            return date(year, month, day).isoformat()
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise NotRead("must be a date like 31/01/2026 or 2026-01-31")


def _flag(text: str) -> bool:
    said = folded(text)
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise NotRead("must be yes or no")


def _word(name: str, text: str) -> str:
    """A code of a field that has codes, by its French word too; other fields' texts as they are."""
    codes = _WORDS.get(name)
    if codes is None:
        return text
    said = folded(text)
    found = next((code for code, words in codes.items() if said == folded(code) or said in words), None)
    if found is None:
        raise NotRead(_CODES[name])
    return found
