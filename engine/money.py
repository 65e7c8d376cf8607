"""Money: integer cents of EUR, shares that add up, and the VAT of a vehicle (domain §0).

Amounts are decimal strings at the edges and integers everywhere else; no float ever holds money.
"""

import enum
import re
from collections.abc import Sequence
from typing import Final, TypeAlias, assert_never

Cents: TypeAlias = int

HIGHEST_BID_CENTS: Final[Cents] = 100_000_000_00
"""§5.2.2: no bid above 100,000,000.00."""

_AMOUNT: Final = re.compile(r"(-?)0*([0-9]{1,18})\.([0-9]{2})")
_BID: Final = re.compile(r"0*([0-9]{1,9})(?:\.([0-9]{1,2}))?")


class Vat(enum.StrEnum):
    """The VAT regime of a vehicle; `unknown` is reckoned as `margin`."""

    MARGIN = "margin"
    RECOVERABLE = "recoverable"
    UNKNOWN = "unknown"


class NotAnAmount(ValueError):
    """The text is no amount with exactly two decimals."""


def parse_amount(text: str) -> Cents:
    """Read an amount of a file: digits and exactly two decimals; raises `NotAnAmount`."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise NotAnAmount(text)
    sign, euros, cents = match.groups()
    amount = int(euros) * 100 + int(cents)
    return -amount if sign else amount


def parse_bid(text: str) -> Cents | None:
    """Read what a bidder wrote: digits with at most two decimals; `None` is `invalid_amount`.

    §5.2.2: positive whole cents, at most 100,000,000.00. Any length of text is safe to read.
    """
    match = _BID.fullmatch(text)
    if match is None:
        return None
    euros, cents = match.groups()
    amount = int(euros + (cents or "").ljust(2, "0"))
    return amount if 0 < amount <= HIGHEST_BID_CENTS else None


def format_amount(cents: Cents) -> str:
    """Write cents as a decimal string with two decimals: `2090000` → `20900.00`."""
    if cents < 0:
        return "-" + format_amount(-cents)
    return f"{cents // 100}.{cents % 100:02}"


def shares(total: Cents, weights: Sequence[int]) -> list[Cents]:
    """Share `total` in proportion to `weights` by largest remainder; the shares add up (§5.4.3).

    Ties go to the earlier weight. Weights are not negative and not all zero.
    """
    whole = sum(weights)
    assert whole > 0 and min(weights) >= 0, "weights must be positive in sum and never negative"
    parts = [divmod(total * weight, whole) for weight in weights]
    given = [quotient for quotient, _ in parts]
    left_over = total - sum(given)
    by_remainder = sorted(range(len(parts)), key=lambda index: (-parts[index][1], index))
    for index in by_remainder[:left_over]:
        given[index] += 1
    return given


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero; `denominator` is positive."""
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def without_vat(amount: Cents, vat: Vat) -> Cents:
    """The HT of a TTC amount: / 1.20 where VAT is recoverable, else the same (§5.5.4)."""
    match vat:
        case Vat.RECOVERABLE:
            return divide_half_up(amount * 5, 6)
        case Vat.MARGIN | Vat.UNKNOWN:
            return amount
        case _:
            assert_never(vat)


def margin_ht(price: Cents, purchase_price: Cents, costs_ht: Cents, vat: Vat) -> Cents:
    """The commercial margin HT at a TTC price, less costs HT, half up to the cent (domain §0).

    Margin scheme: (price − purchase price) / 1.20. Recoverable: price / 1.20 − purchase price HT.
    """
    match vat:
        case Vat.RECOVERABLE:
            return divide_half_up(price * 5 - (purchase_price + costs_ht) * 6, 6)
        case Vat.MARGIN | Vat.UNKNOWN:
            return divide_half_up((price - purchase_price) * 5 - costs_ht * 6, 6)
        case _:
            assert_never(vat)
