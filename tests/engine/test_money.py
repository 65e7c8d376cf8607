"""Money: what is read and written at the edges, shares that add up, VAT and margins (§0.1, §0.3, §0.4, §5.4.3).

Tables hold what the trade's own papers show; Hypothesis holds what must be true of any amount.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.money import (
    HIGHEST_BID_CENTS,
    NotAnAmount,
    Vat,
    divide_half_up,
    format_amount,
    margin_ht,
    parse_amount,
    parse_bid,
    shares,
    without_vat,
)

amounts = some.integers(-(10**15), 10**15)


@given(amounts)
def test_an_amount_is_cents_inside_and_a_decimal_string_outside(cents: int) -> None:
    """§0.1."""
    assert parse_amount(format_amount(cents)) == cents


@pytest.mark.parametrize(
    "text", ["", "1", "1.5", "1.500", "1,50", "+1.50", " 1.50", "1.50\n", "1e2.00", "١.٠٠", "--1.00"]
)
def test_an_amount_in_a_file_has_exactly_two_decimals(text: str) -> None:
    """§0.1."""
    with pytest.raises(NotAnAmount):
        parse_amount(text)


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("20900.00", 2_090_000),
        ("20900", 2_090_000),
        ("20900.5", 2_090_050),
        ("0.01", 1),
        ("000100.00", 10_000),
        ("100000000.00", HIGHEST_BID_CENTS),
        ("100000000.01", None),
        ("0", None),
        ("0.00", None),
        ("-1.00", None),
        ("+1.00", None),
        ("1.001", None),
        ("1.", None),
        (".50", None),
        ("1,00", None),
        ("1 000", None),
        ("1e3", None),
        ("١٢", None),
        ("NaN", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_bid_is_a_positive_number_of_whole_cents(written: str, cents: int | None) -> None:
    """§5.2.2."""
    assert parse_bid(written) == cents


@given(some.integers(0, 10**13), some.lists(some.integers(0, 10**10), min_size=1, max_size=12).filter(any))
def test_shares_add_up_and_no_share_is_a_cent_away_from_its_proportion(total: int, weights: list[int]) -> None:
    """§5.4.3."""
    given_out = shares(total, weights)
    assert sum(given_out) == total
    assert all(
        abs(share * sum(weights) - total * weight) < sum(weights)
        for share, weight in zip(given_out, weights, strict=True)
    )


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        (100, [1, 1, 1], [34, 33, 33]),  # a tie goes to the earlier vehicle
        (200, [1, 1, 1], [67, 67, 66]),
        (100, [1, 2], [33, 67]),
        (1, [0, 5], [0, 1]),
        (0, [3, 4], [0, 0]),
    ],
)
def test_the_largest_remainder_gets_the_odd_cent(total: int, weights: list[int], expected: list[int]) -> None:
    """§5.4.3."""
    assert shares(total, weights) == expected


@pytest.mark.parametrize(
    ("vat", "ttc", "ht"),
    [
        (Vat.MARGIN, 30_637, 30_637),
        (Vat.UNKNOWN, 30_637, 30_637),
        (Vat.RECOVERABLE, 12_000, 10_000),
        (Vat.RECOVERABLE, 3, 3),  # 2.5: half goes up
        (Vat.RECOVERABLE, -3, -3),  # and away from zero
    ],
)
def test_only_recoverable_vat_is_taken_off(vat: Vat, ttc: int, ht: int) -> None:
    """§0.3, §5.5.4."""
    assert without_vat(ttc, vat) == ht


@pytest.mark.parametrize(
    ("price", "purchase", "costs_ht", "vat", "margin"),
    [
        (1_418_547, 1_361_805, 0, Vat.MARGIN, 47_285),  # the trade's own sheet: 14,185.47 − 13,618.05 gives 472.85
        (1_418_547, 1_361_805, 0, Vat.UNKNOWN, 47_285),
        (1_361_805, 1_418_547, 0, Vat.MARGIN, -47_285),
        (1_418_547, 1_361_805, 10_000, Vat.MARGIN, 37_285),
        (1_200_000, 900_000, 5_000, Vat.RECOVERABLE, 95_000),
        (100_003, 0, 0, Vat.RECOVERABLE, 83_336),
    ],
)
def test_margin_is_without_tax_and_less_costs(price: int, purchase: int, costs_ht: int, vat: Vat, margin: int) -> None:
    """§0.4."""
    assert margin_ht(price, purchase, costs_ht, vat) == margin


@given(some.integers(-(10**12), 10**12), some.integers(1, 10**4))
def test_half_goes_away_from_zero(numerator: int, denominator: int) -> None:
    """§0.4: a loss rounds as the gain of the same size."""
    rounded = divide_half_up(numerator, denominator)
    assert rounded == -divide_half_up(-numerator, denominator)
    assert abs(2 * rounded * denominator - 2 * numerator) <= denominator
