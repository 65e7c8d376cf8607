"""Last seconds: bids keep coming while the end comes, and each late one moves it. Then they stop, and it comes.

What must hold, whatever the load: no acceptance after the end, every acceptance in the history, the end told to every
reader, and told soon after it came.
"""

import time
from dataclasses import replace
from datetime import datetime
from typing import Final

from loadtests.bidders import Plan, Tally
from loadtests.entries import entries
from loadtests.figures import Latency, cents_of, heading, said
from loadtests.houses import Auction, House
from loadtests.readers import SAMPLES, Heard

READERS: Final = 500
_PER_SECOND: Final = 400.0
_SECONDS: Final = 12.0
_LASTS_SECONDS: Final = 25
_BEFORE_SECONDS: Final = 4
"""How long before the end the bids begin. The auction lasts long enough for everybody to come in first."""
_WINDOW_SECONDS: Final = 2
_EXTENSION_SECONDS: Final = 2
_LISTEN_SECONDS: Final = _SECONDS + _WINDOW_SECONDS + _EXTENSION_SECONDS + 3
_LATEST_SECONDS: Final = 1.0


def last_seconds(house: House, *, readers: int) -> bool:
    """Bid past the end; answer whether everything that must hold has held."""
    heading(f"last seconds, {_PER_SECOND:.0f} bids a second, {readers} readers")
    auction = house.hold_auction(
        lasts_seconds=_LASTS_SECONDS, window_seconds=_WINDOW_SECONDS, extension_seconds=_EXTENSION_SECONDS
    )
    plan = Plan(auction.id, auction.lot, 1, int(_PER_SECOND * _SECONDS), _PER_SECOND, auction.base_cents, 0)
    plan = replace(plan, step_cents=auction.step_cents)
    with (
        house.readers(readers, auction) as following,
        house.bidders() as bidders,
    ):
        time.sleep(max(0.0, auction.ends_at.timestamp() - _BEFORE_SECONDS - time.time()))
        clocks = time.time_ns() - time.monotonic_ns()
        following.tell("listen", _LISTEN_SECONDS)
        tally: Tally = bidders.call("bid", plan)
        heard: Heard = following.answer("listen")
    return _judge(house, auction, tally, heard, clocks)


def _judge(house: House, auction: Auction, tally: Tally, heard: Heard, clocks_ns: int) -> bool:
    told = list(entries(heard))
    extensions = {entry.seq for _, _, entry in told if entry.event == "extended"}
    ends = [(reader, at_ns, entry) for reader, at_ns, entry in told if entry.event == "ended"]
    history = house.history(auction)
    written = {cents_of(entry["amount"]) for entry in history if entry["event"] == "bid"}
    end = next((entry["at"] for entry in history if entry["event"] == "ended"), None)
    accepted = {cents for cents, number in tally.offered.items() if number in tally.accepted}
    said(f"  {len(accepted)} accepted, {Latency.of(tally.latencies_ns)}; refused {dict(tally.refused)}")
    said(f"  {len(extensions)} extensions heard; {len(history)} entries in the history")
    checks = {
        "the auction ended": end is not None,
        "it was prolonged": bool(extensions),
        "every accepted bid is in the history": accepted <= written,
        "the history has no gap": [entry["seq"] for entry in history] == list(range(1, len(history) + 1)),
        "every sampled reader was told of the end": len({reader for reader, _, _ in ends}) == SAMPLES,
        "every reader came to the same entry": heard.behind == heard.ahead and not heard.lost,
    }
    if end is not None and ends:
        came_ns = int(datetime.fromisoformat(end).timestamp() * 1e9)
        latest = max(at_ns + clocks_ns - came_ns for _, at_ns, _ in ends) / 1e9
        said(f"  the end was heard at most {latest * 1000:.0f} ms after it came")
        checks[f"it was told within {_LATEST_SECONDS:g} s"] = latest <= _LATEST_SECONDS
    for what, held in checks.items():
        said(f"  {'holds' if held else 'BROKEN'}: {what}")
    return all(checks.values())
