"""Cycles are looked for seldom: those that come later are still found, what stands is left alone."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from server.garbage import YOUNG_OBJECTS, collect_seldom


class Knot:
    """Refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_what_stands_is_not_looked_at_again() -> None:
    knot = Knot()
    collect_seldom()
    assert not any(found is knot for found in gc.get_objects())


def test_a_cycle_that_comes_later_is_found() -> None:
    collect_seldom()
    lost = weakref.ref(Knot())
    kept = [[place] for place in range(2 * YOUNG_OBJECTS)]
    assert lost() is None
    assert len(kept) == 2 * YOUNG_OBJECTS
