"""How values are written in JSON and read from it: amounts, instants, display numbers. Nothing here asks the book."""

from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from engine.instants import Instant, NotAnInstant, parse_instant
from engine.money import HIGHEST_BID_CENTS, Cents, NotAnAmount, format_amount, parse_amount
from server.errors import DoorCode, Refusal

# Shapes of texts, told in words by complaints.py ---------------------------------------------------------------------

_UNSEEN: Final = r"\s\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_SEEN: Final = rf"[^\x00-\x1f\x7f{_UNSEEN}]"
BLANK: Final = rf"[{_UNSEEN}]*"
LINE: Final = rf"^[^\x00-\x1f\x7f]*{_SEEN}[^\x00-\x1f\x7f]*$(?!\n)"
"""A line of text that says something: not blanks alone, nor what nobody sees."""
EMPTY_OR_LINE: Final = r"^[^\x00-\x1f\x7f]*$(?!\n)"
PROSE: Final = r"^[^\x00-\x08\x0b-\x1f\x7f]*$(?!\n)"
"""Lines of text."""
REPORT: Final = rf"^[^\x00-\x08\x0b-\x1f\x7f]*{_SEEN}[^\x00-\x08\x0b-\x1f\x7f]*$(?!\n)"
"""Lines of text that say something."""
AMOUNT: Final = r"^[0-9]{1,9}(\.[0-9]{1,2})?$(?!\n)"
DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)"
_MAIL: Final = r'[^\s@<>()\[\],;:\\"\x00-\x1f\x7f'
_ADDRESS: Final = rf"{_MAIL}]{{1,64}}@({_MAIL}.]{{1,63}}\.)+{_MAIL}.]{{2,63}}"
EMAIL: Final = rf"^{_ADDRESS}$(?!\n)"
"""One that mail can reach from elsewhere: its domain has a dot."""
EMPTY_OR_EMAIL: Final = rf"^({_ADDRESS})?$(?!\n)"
COUNTRY: Final = r"^[A-Z]{2}$(?!\n)"
PREFIX: Final = r"^[A-Z0-9]{0,8}$(?!\n)"
CODE: Final = r"^[a-z][a-z0-9_]*$(?!\n)"
COLUMN: Final = r"^-?[a-z0-9_]{1,40}$(?!\n)"

# ---------------------------------------------------------------------------------------------------------------------

Id: TypeAlias = Annotated[int, Meta(ge=1, le=10**18 - 1)]
Version: TypeAlias = Annotated[int, Meta(ge=1, le=2**31 - 1)]
"""Of something that several people may change: the one that was read."""
AmountText: TypeAlias = Annotated[
    str,
    Meta(pattern=AMOUNT, description="EUR, at most two decimals", examples=["20900.00"]),
]
InstantText: TypeAlias = Annotated[
    str, Meta(max_length=40, description="RFC 3339 UTC", examples=["2026-01-31T14:00:00Z"])
]
DurationSeconds: TypeAlias = Annotated[int, Meta(ge=0, le=90 * 86_400)]


def read_amount(text: AmountText, field: str) -> Cents | Refusal:
    """Cents of an amount that has the shape of one; at most the highest bid (§5.2.2)."""
    euros, _, decimals = text.partition(".")
    try:
        cents = parse_amount(f"{euros}.{decimals.ljust(2, '0')}")
    except NotAnAmount:
        return Refusal(DoorCode.INVALID, f"{field}: must be an amount like 20900.00.", field)
    if cents > HIGHEST_BID_CENTS:
        return Refusal(DoorCode.INVALID, f"{field}: at most {format_amount(HIGHEST_BID_CENTS)}.", field)
    return cents


def read_instant(text: InstantText, field: str) -> Instant | Refusal:
    """An instant."""
    try:
        return parse_instant(text)
    except NotAnInstant:
        return Refusal(DoorCode.INVALID, f"{field}: must be a time like 2026-01-31T14:00:00Z.", field)


def amount(cents: Cents | None) -> str | None:
    """An amount, or none."""
    return None if cents is None else format_amount(cents)


def display_number(prefix: str, number: int) -> str:
    """A number with the group's prefix, as traders see it (§5.1.3): `45-702`."""
    return f"{prefix}-{number}" if prefix else str(number)
