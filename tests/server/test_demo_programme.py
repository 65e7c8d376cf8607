"""The demonstration never dies: whatever is going on, the programme says what to open next, of what is in stock."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.auction.terms import Kind
from engine.instants import SECOND
from server.demo.arrivals import arrival
from server.demo.chance import MINUTE, dice
from server.demo.programme import OPEN_AUCTIONS, SOON, Going, InStock, Wish, plan, wish
from server.demo.scenery import people
from server.demo.scenery.stock import BY_PLATE

NOW = 1_790_000_000 * SECOND
STOCK = [InStock(number, 1 + number % 3, 3_000_00 + number * 700_00) for number in range(30)]


def going(count: int, minutes: int, *, is_open: bool = True) -> list[Going]:
    return [Going(is_open, NOW + minutes * MINUTE)] * count


@pytest.mark.parametrize(
    ("there", "wished"),
    [
        ([], Wish.SHORT),
        (going(OPEN_AUCTIONS, 30), Wish.SHORT),
        ([*going(OPEN_AUCTIONS, 30), Going(True, NOW + MINUTE, is_still=True)], Wish.SHORT),
        (going(1, 5), Wish.LONG),
        ([*going(1, 5), *going(OPEN_AUCTIONS - 1, 30)], Wish.TO_COME),
        ([*going(1, 5), *going(OPEN_AUCTIONS - 1, 30), *going(2, 60, is_open=False)], None),
    ],
)
def test_what_is_missing_is_opened(there: list[Going], wished: Wish | None) -> None:
    assert wish(there, NOW) is wished


@given(seed=st.integers(), wished=st.sampled_from(Wish), count=st.integers(1, 30))
def test_a_plan_is_an_auction_that_may_be_created(seed: int, wished: Wish, count: int) -> None:
    stock = STOCK[:count]
    planned = plan(dice(seed), wished, stock)
    chosen = [vehicle for vehicle in stock if vehicle.id in planned.vehicle_ids]
    assert {vehicle.site_id for vehicle in chosen} == {planned.site_id}
    assert len(set(planned.vehicle_ids)) == len(planned.vehicle_ids) == len(chosen)
    starting = [vehicle.trade_price_cents for vehicle in chosen]
    lots = len(starting) if planned.kind is Kind.UNIT else 1
    assert len(planned.reserves_cents) == lots
    assert all(reserve is None or reserve >= min(starting) for reserve in planned.reserves_cents)
    assert planned.lasts >= 3 * MINUTE
    assert (planned.starts_in > 0) == (wished is Wish.TO_COME)
    if wished is Wish.SHORT:
        assert planned.lasts <= SOON
        assert planned.for_everybody


def arrivals(seed: int) -> Iterator[str]:
    chance, taken = dice(seed), set(BY_PLATE)
    sites = {site.name for site in people.LYON.sites}
    for _ in range(200):
        vehicle = arrival(chance, sites, taken)
        assert vehicle.site in sites
        assert 0 < vehicle.purchase_price_cents <= vehicle.trade_price_cents <= vehicle.sale_price_cents
        taken.add(vehicle.plate)
        yield vehicle.plate


def test_what_arrives_has_a_plate_of_its_own() -> None:
    plates = list(arrivals(1))
    assert not set(plates) & set(BY_PLATE)
    assert len(set(plates)) == len(plates)
    assert all(re.fullmatch(r"H[A-HJ-NP-TV-Z]\d{3}[A-HJ-NP-TV-Z]{2}", plate) for plate in plates)
