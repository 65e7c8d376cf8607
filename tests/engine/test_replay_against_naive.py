"""The engine against a second reading of the same rules, over thousands of auctions by chance (§5.2 to §5.5).

The law of this file: a seed on which the two differ is printed with the difference, and becomes a test of its own once
it is known who was wrong. The generator is tested too: a corner that it never visits proves nothing.
"""

import ast
import inspect
import json
from collections import Counter
from difflib import unified_diff

import pytest

from engine.auction.replay import replay
from tests.engine import naive, naive_reading, scenario_terms, scenarios
from tests.engine.scenarios import scenario

SEEDS = 3_000
BATCH = 250
LINES_SHOWN = 60


def printed_form(document: object) -> str:
    """The document as the format prints it: two spaces of indentation, a final newline."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def difference(seed: int) -> str:
    """Nothing if engine and model agree on this seed to the byte, else what to read about it."""
    file = scenario(seed)
    expected = printed_form(naive.replay(file))
    printed = replay(json.dumps(file, ensure_ascii=seed % 2 == 0).encode()).decode()
    if printed == expected:
        return ""
    lines = list(unified_diff(expected.splitlines(), printed.splitlines(), "naive", "engine", lineterm="", n=8))
    shown = "\n".join(lines[:LINES_SHOWN]) or "only white space differs"
    return f"seed {seed}:\n{shown}\n{json.dumps(file, ensure_ascii=False)[:8_000]}"


@pytest.mark.parametrize("first", range(0, SEEDS, BATCH))
def test_the_engine_and_the_naive_model_print_the_same(first: int) -> None:
    differing = [text for seed in range(first, first + BATCH) if (text := difference(seed))]
    assert not differing, f"{len(differing)} of {BATCH} seeds differ; the first is " + differing[0]


def test_the_same_file_always_gives_the_same_bytes() -> None:
    for seed in range(20):
        raw = json.dumps(scenario(seed)).encode()
        assert json.dumps(scenario(seed)).encode() == raw
        assert replay(raw) == replay(raw)


def test_the_model_and_the_generator_never_read_the_engine() -> None:
    for module in (naive, naive_reading, scenarios, scenario_terms):
        tree = ast.parse(inspect.getsource(module))
        names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        names |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        assert not [name for name in names if name.split(".")[0] == "engine"], module.__name__


CORNERS = {
    "answer ok": 500,
    "answer not_started": 50,
    "answer closed": 50,
    "answer unknown_lot": 50,
    "answer not_invited": 50,
    "answer invalid_amount": 50,
    "answer below_minimum": 50,
    "answer has_bids": 10,
    "answer not_won": 50,
    "duplicate ok": 30,
    "duplicate not_started": 3,
    "duplicate closed": 3,
    "duplicate below_minimum": 3,
    "status scheduled": 10,
    "status open": 50,
    "status ended": 50,
    "status cancelled": 10,
    "outcome won": 100,
    "outcome reserve_not_reached": 20,
    "outcome no_bids": 50,
    "outcome sale_cancelled": 30,
    "outcome cancelled": 20,
    "reserve_reached True": 50,
    "reserve_reached False": 50,
    "reserve_reached None": 20,
    "history started": 100,
    "history reserve_reached": 100,
    "history extended by late_bid": 300,
    "history extended by outage": 100,
    "history declined": 30,
    "history connection_removed": 30,
    "history recovered": 100,
    "auction of ten bids or more": 50,
    "auction of five extensions or more": 50,
    "gain without tax differs": 30,
}


def test_the_generator_visits_every_corner() -> None:
    visited: Counter[str] = Counter()
    for seed in range(800):
        document = naive.replay(scenario(seed))
        visited[f"status {document['status']}"] += 1
        for answer in document["answers"]:
            visited[f"{'duplicate' if 'duplicate' in answer else 'answer'} {answer.get('code', 'ok')}"] += 1
        for lot in document["lots"]:
            visited[f"outcome {lot['outcome']}"] += 1
            visited[f"reserve_reached {lot['reserve_reached']}"] += 1
            visited["gain without tax differs"] += lot["gain"] != lot["gain_ht"]
        for entry in document["history"]:
            visited[f"history {entry['type']}" + (f" by {entry['cause']}" if "cause" in entry else "")] += 1
        kinds = [entry["type"] for entry in document["history"]]
        visited["auction of ten bids or more"] += kinds.count("bid") >= 10
        visited["auction of five extensions or more"] += kinds.count("extended") >= 5
    rare = {corner: visited[corner] for corner, least in CORNERS.items() if visited[corner] < least}
    assert rare == {}
