"""The auctions that the trade's own guides show, replayed: the figures must be theirs.

The law of this file: what a golden file expects is never changed to suit the code. It expects a part of the document;
what it does not name is free.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.auction.replay import replay
from tests.engine import naive

GOLDEN = sorted((Path(__file__).parent.parent / "golden").glob("*.json"))


def differences(expected: Any, got: Any, where: str = "document") -> list[str]:
    """Where `got` is not what `expected` names; members that `expected` leaves out are not looked at."""
    if isinstance(expected, dict) and isinstance(got, dict):
        missing = [f"{where}.{name}: missing" for name in expected if name not in got]
        common = [name for name in expected if name in got]
        return missing + [line for name in common for line in differences(expected[name], got[name], f"{where}.{name}")]
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        pairs = enumerate(zip(expected, got, strict=True))
        return [line for index, (one, other) in pairs for line in differences(one, other, f"{where}[{index}]")]
    return [] if expected == got and type(expected) is type(got) else [f"{where}: expected {expected!r}, got {got!r}"]


def test_the_golden_files_are_there() -> None:
    assert [path.name for path in GOLDEN] == ["auction-36.json", "auction-43.json"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_engine_gives_the_figures_of_the_guide(path: Path) -> None:
    golden = json.loads(path.read_bytes())
    printed = json.loads(replay(json.dumps(golden["scenario"]).encode()))
    assert differences(golden["expected"], printed) == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_naive_model_gives_the_figures_of_the_guide(path: Path) -> None:
    golden = json.loads(path.read_bytes())
    assert differences(golden["expected"], naive.replay(golden["scenario"])) == []
