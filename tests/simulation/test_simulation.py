"""The nine laws (docs/architecture.md) in a thousand worlds of chance, and in those that once broke them.

A failing seed is printed with the law it breaks. `make simulate SEEDS=…` plays more; a seed found there is named below,
with what it found.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.simulation.world import play, played

SEEDS = int(os.environ.get("SIMULATION_SEEDS", "1000"))
SEEDS_AT_ONCE = 25
SHOWN = 5
SHOWN_CHARACTERS = 1_000


def broken_by(first: int) -> dict[int, list[str]]:
    """The seeds of one batch that break a law, and how."""
    played_seeds = {seed: play(seed) for seed in range(first, min(first + SEEDS_AT_ONCE, SEEDS))}
    return {seed: broken for seed, broken in played_seeds.items() if broken}


@pytest.mark.timeout(max(300, SEEDS))
def test_the_laws_hold_in_every_world() -> None:
    apart = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=apart) as workers:
        broken = {
            seed: laws
            for batch in workers.map(broken_by, range(0, SEEDS, SEEDS_AT_ONCE))
            for seed, laws in batch.items()
        }
    told = [f"seed {seed}: {laws[0][:SHOWN_CHARACTERS]}" for seed, laws in list(broken.items())[:SHOWN]]
    assert not broken, f"{len(broken)} of {SEEDS} worlds break a law; the first are\n" + "\n".join(told)


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(0, id="the_book_fails_again_before_the_recovery_is_written"),
        pytest.param(3, id="who_looks_because_of_an_answer_does_not_overtake_its_event"),
        pytest.param(32, id="a_trader_that_comes_back_is_told_of_its_own_refusal_and_removal"),
        pytest.param(184, id="nobody_is_left_to_hear_that_there_is_no_such_auction"),
        pytest.param(282, id="a_beat_must_not_outlive_what_is_not_written"),
    ],
)
def test_a_world_that_once_broke_a_law(seed: int) -> None:
    assert play(seed) == []


def test_a_seed_is_always_the_same_world() -> None:
    one, other = played(3), played(3)
    assert [one.book.history(auction_id) for auction_id in one.auctions] == [
        other.book.history(auction_id) for auction_id in other.auctions
    ]
    assert one.witness.words == other.witness.words > 0
