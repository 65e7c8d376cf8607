"""What identifies a trader's company, and who may write on its card (§2.1).

Numbers are checked by their own arithmetic, never by asking anybody: a right number may still be nobody's. Texts are
normalised first (`siret_of`, `vat_number_of`, `ape_code_of`), then checked. Pure; what is stored lives elsewhere.
"""

import enum
import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

SIREN_DIGITS: Final = 9
SIRET_DIGITS: Final = 14
LA_POSTE: Final = "356000000"
"""Its sites have SIRETs of their own kind: their digits add up to a multiple of 5."""

KEY_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of a French VAT key: neither I nor O."""

_VAT_SHAPES: Final = {
    "AT": r"U[0-9]{8}",
    "BE": r"[01][0-9]{9}",
    "BG": r"[0-9]{9,10}",
    "CY": r"[0-9]{8}[A-Z]",
    "CZ": r"[0-9]{8,10}",
    "DE": r"[0-9]{9}",
    "DK": r"[0-9]{8}",
    "EE": r"[0-9]{9}",
    "EL": r"[0-9]{9}",
    "ES": r"[A-Z0-9][0-9]{7}[A-Z0-9]",
    "FI": r"[0-9]{8}",
    "FR": rf"[{KEY_LETTERS}]{{2}}[0-9]{{9}}",
    "HR": r"[0-9]{11}",
    "HU": r"[0-9]{8}",
    "IE": r"[0-9][A-Z0-9+*][0-9]{5}[A-Z]{1,2}",
    "IT": r"[0-9]{11}",
    "LT": r"(?:[0-9]{9}|[0-9]{12})",
    "LU": r"[0-9]{8}",
    "LV": r"[0-9]{11}",
    "MT": r"[0-9]{8}",
    "NL": r"[A-Z0-9+*]{10}[0-9]{2}",
    "PL": r"[0-9]{10}",
    "PT": r"[0-9]{9}",
    "RO": r"[0-9]{2,10}",
    "SE": r"[0-9]{12}",
    "SI": r"[0-9]{8}",
    "SK": r"[0-9]{10}",
}
"""What follows the country, as the European Union publishes it."""


class Writer(enum.Enum):
    """Who writes on a card."""

    OWN = "the trader's own user"
    KEEPER = "a dealer of the group that made the card, while nobody of the trader has an account"
    DEALER = "any other dealer that is connected"


class CompanyFault(Struct, frozen=True):
    """A field of a card that does not fit, and what to do."""

    field: str
    says: str


CONTACT: Final = frozenset({"street", "postcode", "city", "country", "email", "phone", "legal_representative"})
REGISTERED: Final = frozenset({"vat_number", "ape_code"})
IDENTITY: Final = frozenset({"legal_name", "kind"})
_OPEN: Final = {Writer.OWN: CONTACT, Writer.KEEPER: CONTACT | REGISTERED | IDENTITY, Writer.DEALER: frozenset[str]()}
"""What is open though it is not empty."""

# Numbers -------------------------------------------------------------------------------------------------------------


def siret_of(text: str) -> str:
    """A SIRET without the spaces and dots that people write in it."""
    return re.sub(r"[\s.]", "", text)


def is_siret(siret: str) -> bool:
    """Whether these are 14 digits that pass the Luhn check; La Poste's pass theirs instead."""
    if not re.fullmatch(rf"[0-9]{{{SIRET_DIGITS}}}", siret) or not siret.strip("0"):
        return False
    if siret.startswith(LA_POSTE) and sum(int(digit) for digit in siret) % 5 == 0:
        return True
    return _passes_luhn(siret)


def vat_number_of(text: str) -> str:
    """A VAT number in capitals, without separators."""
    return re.sub(r"[\s.\-]", "", text).upper()


def is_vat_number(number: str) -> bool:
    """Whether it has the shape of its country's; a French one's key must be right too."""
    country, rest = number[:2], number[2:]
    shape = _VAT_SHAPES.get(country)
    if shape is None or not re.fullmatch(shape, rest):
        return False
    return country != "FR" or _french_key_is_right(rest[:2], int(rest[2:]))


def french_vat_number(siret: str) -> str:
    """The VAT number of a French company, from its SIRET."""
    siren = siret[:SIREN_DIGITS]
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"


def ape_code_of(text: str) -> str:
    """An APE code as it is written: `45.11Z`."""
    bare = re.sub(r"[\s.]", "", text).upper()
    return f"{bare[:2]}.{bare[2:]}" if re.fullmatch(r"[0-9]{4}[A-Z]", bare) else bare


def is_ape_code(code: str) -> bool:
    """Whether it has the shape of one."""
    return re.fullmatch(r"[0-9]{2}\.[0-9]{2}[A-Z]", code) is not None


def number_faults(siret: str | None, vat_number: str, ape_code: str) -> tuple[CompanyFault, ...]:
    """What is wrong with a card's numbers, normalised; an empty VAT number or APE code is none, `None` is not looked
    at.
    """
    faults = []
    if siret is not None and not is_siret(siret):
        faults.append(CompanyFault("siret", "must be 14 digits that pass their check"))
    if vat_number and not is_vat_number(vat_number):
        faults.append(CompanyFault("vat_number", "must be a VAT number of the European Union, like FR40303265045"))
    if ape_code and not is_ape_code(ape_code):
        faults.append(CompanyFault("ape_code", "must be like 45.11Z"))
    return tuple(faults)


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - the digits of 10 to 18 added up
    return total % 10 == 0


def _french_key_is_right(key: str, siren: int) -> bool:
    """Two digits follow from the SIREN; a key with a letter follows the newer rule."""
    if key.isdigit():
        return int(key) == (12 + 3 * (siren % 97)) % 97
    first, second = KEY_LETTERS.index(key[0]), KEY_LETTERS.index(key[1])
    check = first * 24 + second - 10 if key[0].isdigit() else first * 34 + second - 100
    return (siren + 1 + check // 11) % 11 == check % 11


# Who may write -------------------------------------------------------------------------------------------------------


def open_fields(stored: Mapping[str, str], writer: Writer) -> frozenset[str]:
    """The fields that this writer may change: one card serves every group, so what the trader wrote no dealer
    overwrites, and a dealer fills in what is empty. The trader keeps its contact data and its legal representative.
    """
    return _OPEN[writer] | {field for field in CONTACT | REGISTERED if not stored.get(field)}


def closed_fields(stored: Mapping[str, str], wished: Mapping[str, str], writer: Writer) -> tuple[str, ...]:
    """The fields that would change and may not be changed by this writer, sorted.

    A SIRET never changes: another one is another company.
    """
    changed = {field for field, text in wished.items() if stored.get(field) != text}
    return tuple(sorted(changed - open_fields(stored, writer)))
