"""What the pages' reducer must reproduce, recorded from the real rules.

Each recording is an auction as a replay file, run step by step: after every decision the entries as they are streamed
to traders and to the dealer, and the snapshots both would get at that moment. The pages' tests apply the entries to
the snapshot before and compare with the snapshot after (law 3). `python -m tests.e2e.recordings` writes them anew.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from engine.auction.apply import apply
from engine.auction.commands import Recover, Tick
from engine.auction.decide import decide
from engine.auction.event_views import streamed_to_dealer, streamed_to_traders
from engine.auction.replay_file import Outage, read
from engine.auction.state import AuctionState, next_deadline, published
from engine.auction.synthesis import synthesis
from engine.auction.views import dealer_view, synthesis_view, trader_view

FOLDER = Path(__file__).parents[2] / "web/src/auction/recorded"
AUCTION_ID = 7

_TRADERS = ("Top used cars", "SARL LA BONNE OCCAZE", "AUTO 71")


def _auction(kind: str, lots: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "number": 36,
        "kind": kind,
        "starts_at": "2023-12-08T15:00:00Z",
        "duration_seconds": 600,
        "minimum_increment": "50.00",
        "audience": list(_TRADERS),
        "lots": lots,
    }


def _lot(number: int, reserve: str | None, *starting_prices: str) -> dict[str, Any]:
    vehicles = [
        {
            "ref": f"AA{number}{place}BB",
            "starting_price": price,
            "initial_margin": "100.00",
            "vat": ("margin", "recoverable")[place % 2],
        }
        for place, price in enumerate(starting_prices)
    ]
    return {"number": number, "reserve_price": reserve, "vehicles": vehicles}


def _bid(at: str, number: int, trader: int, lot: int, amount: str) -> dict[str, Any]:
    return {
        "at": f"2023-12-08T{at}Z",
        "type": "bid",
        "id": f"b{number}",
        "trader": _TRADERS[trader],
        "lot": lot,
        "amount": amount,
    }


UNIT_AUCTION = {
    "auction": _auction(
        "unit",
        [
            _lot(49, "5900.00", "5798.16"),
            _lot(50, None, "3500.00"),
            _lot(51, "3500.00", "3440.25"),
            _lot(52, None, "900.00"),
        ],
    ),
    "commands": [
        {"at": "2023-12-08T14:59:00Z", "type": "decline", "trader": "AUTO 71"},
        _bid("15:01:00", 1, 0, 49, "5800.00"),
        _bid("15:02:00", 2, 1, 49, "5850.00"),
        _bid("15:02:00", 3, 2, 50, "3500.00"),
        _bid("15:03:00", 4, 0, 49, "6190.00"),
        _bid("15:03:01", 5, 0, 49, "6300.00"),
        _bid("15:08:00", 6, 1, 51, "3441.00"),
        {"at": "2023-12-08T15:09:00Z", "type": "remove_connection", "trader": "AUTO 71"},
        {"at": "2023-12-08T15:10:00Z", "type": "outage", "until": "2023-12-08T15:12:30Z"},
        _bid("15:13:00", 7, 1, 49, "6400.00"),
        {"at": "2023-12-08T15:13:30Z", "type": "decline", "trader": "Top used cars"},
        {"at": "2023-12-08T16:00:00Z", "type": "cancel_sale", "lot": 50, "reason": "Véhicule accidenté"},
    ],
}

LOT_AUCTION = {
    "auction": _auction("lot", [_lot(65, "20799.00", "3608.16", "12485.47", "4500.00")]),
    "commands": [
        _bid("15:04:00", 1, 0, 65, "20700.00"),
        _bid("15:09:30", 2, 1, 65, "20900.00"),
        _bid("15:12:59", 3, 0, 65, "21000.00"),
    ],
}

CANCELLED_AUCTION = {
    "auction": _auction("unit", [_lot(49, "5900.00", "5798.16"), _lot(50, None, "3500.00")]),
    "commands": [{"at": "2023-12-08T15:02:00Z", "type": "cancel"}],
}

SCENARIOS = {"unit": UNIT_AUCTION, "lot": LOT_AUCTION, "cancelled": CANCELLED_AUCTION}


def _snapshot(state: AuctionState) -> dict[str, Any]:
    return {
        "dealer": msgspec.to_builtins(dealer_view(AUCTION_ID, state)),
        "traders": {name: msgspec.to_builtins(trader_view(AUCTION_ID, state, name)) for name in _TRADERS[:2]},
    }


def record(scenario: dict[str, Any]) -> list[dict[str, Any]]:
    """The first snapshot, then one step per decision that wrote something: entries, totals, snapshot."""
    file = read(json.dumps(scenario).encode())
    state = published(file.terms)
    steps: list[dict[str, Any]] = [{"after": _snapshot(state)}]

    def take(command: Any) -> None:
        decision = decide(state, command)
        for event in decision.events:
            apply(state, event)
        if not decision.events:
            return
        steps.append(
            {
                "traders": [msgspec.to_builtins(streamed_to_traders(state, event)) for event in decision.events],
                "dealer": [msgspec.to_builtins(streamed_to_dealer(state, event)) for event in decision.events],
                "synthesis": msgspec.to_builtins(synthesis_view(synthesis(state))),
                "after": _snapshot(state),
            }
        )

    for step in file.steps:
        take(Tick(step.at))
        take(Recover(step.until, step.at) if isinstance(step, Outage) else step)
    while (deadline := next_deadline(state)) is not None:
        take(Tick(deadline))
    return steps


def written(name: str) -> str:
    """A recording as its file holds it."""
    return json.dumps(record(SCENARIOS[name]), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for scenario_name in SCENARIOS:
        (FOLDER / f"{scenario_name}.json").write_text(written(scenario_name), encoding="utf-8")
