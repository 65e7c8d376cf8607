"""Figures: percentiles, pairs and their verdicts, amounts, and numbers of companies that do not exist."""

from math import isnan

import pytest

from loadtests.bidders import Plan, Tally
from loadtests.figures import Comparison, Latency, cents_of, percentile
from loadtests.opening import siret


def test_percentiles_are_values_that_were_measured() -> None:
    assert percentile(list(range(1, 101)), 0.5) == 51
    assert percentile([7.0], 0.99) == 7.0
    assert isnan(percentile([], 0.5))
    assert Latency.of([3_000_000, 1_000_000, 2_000_000]) == Latency(3, 2.0, 3.0, 3.0)


@pytest.mark.parametrize(
    ("ratios", "target", "at_least", "kept"),
    [
        ((50.0, 70.0, 90.0), 60.0, True, True),
        ((50.0, 55.0, 900.0), 60.0, True, False),  # the median, not the mean
        ((1.2, 1.3, 1.6), 1.35, False, True),
        ((1.36,), 1.35, False, False),
    ],
)
def test_a_comparison_is_kept_by_the_median_of_its_pairs(
    *, ratios: tuple[float, ...], target: float, at_least: bool, kept: bool
) -> None:
    comparison = Comparison("it", ratios, target, at_least=at_least)
    assert comparison.kept is kept
    assert ("MISSED" in str(comparison)) is not kept


def test_a_bid_is_due_when_the_plan_says_whole_groups_at_once() -> None:
    plan = Plan(auction=1, lot=1, first=100, bids=16, per_second=20.0, base_cents=0, step_cents=100, group=8)
    tally = Tally(plan, begun_ns=1_000)
    assert {tally.due_ns(number) for number in range(100, 108)} == {1_000}
    assert {tally.due_ns(number) for number in range(108, 116)} == {1_000 + 400_000_000}


def test_amounts_are_cents() -> None:
    assert [cents_of(text) for text in ("20900.00", "0.01", "7")] == [2_090_000, 1, 700]


def test_companies_that_do_not_exist_have_numbers_that_check() -> None:
    numbers = [siret(number) for number in range(1, 30)]
    assert len(set(numbers)) == len(numbers)
    assert siret(7328293200007) == "73282932000074"
    assert all(len(number) == 14 for number in numbers)
