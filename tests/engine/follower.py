"""A reader that knows an auction from one snapshot and what was streamed after it.

It is what law 3 is about: written from docs/protocol.md alone, over plain JSON values, it must arrive where the next
snapshot stands. It never reads the engine.
"""

from copy import deepcopy
from typing import Any

Json = dict[str, Any]

RECENT = 50
STANDING = ("bids", "minimum", "reserve_reached", "ends_at", "gain", "gain_ht", "margin", "prices")


def follow(view: Json, event: Json) -> Json:
    """The view after one more entry."""
    view = deepcopy(view)
    lots = {lot["number"]: lot for lot in view["lots"]}
    lot = lots.get(event.get("lot", 0), {})
    match event["event"]:
        case "started":
            view["status"] = "open"
        case "bid":
            _bid(view, lot, event)
        case "extended":
            view["ends_at"] = event["to"]
        case "ended":
            view["status"] = "ended"
        case "lot_decided":
            lot.update(outcome=event["outcome"], minimum_next_bid=None)
            if "winner" in lot:
                lot["winner"] = event.get("winner")
        case "cancelled":
            view["status"] = "cancelled"
            for each in view["lots"]:
                each.update(outcome="cancelled", minimum_next_bid=None)
        case "sale_cancelled":
            lot["outcome"] = "sale_cancelled"
            if "winner" in lot:
                lot["winner"] = None
        case "declined" | "connection_removed" as kind:
            _invited(view, event["trader"])["declined" if kind == "declined" else "removed"] = True
        case "reserve_reached" | "recovered" | "noted":
            pass
        case unknown:
            raise AssertionError(f"docs/protocol.md knows no {unknown}")
    standing = STANDING if event["event"] == "bid" else ()
    entry = {name: value for name, value in event.items() if name not in standing}
    view["recent"] = [*view["recent"], entry][-RECENT:]
    return view


def _bid(view: Json, lot: Json, event: Json) -> None:
    view["ends_at"] = event["ends_at"]
    lot.update(
        last_offer=event["amount"],
        bidder=event["bidder"],
        bids=event["bids"],
        minimum_next_bid=event["minimum"],
        reserve_reached=event["reserve_reached"],
    )
    if "leader" in lot:  # the dealer's
        lot.update(leader=event["trader"], gain=event["gain"], gain_ht=event["gain_ht"], margin=event["margin"])
        for vehicle, price in zip(lot["vehicles"], event["prices"], strict=True):
            vehicle["price"] = price
        _invited(view, event["trader"]).update(bidder=event["bidder"], declined=False)


def _invited(view: Json, trader: str) -> Json:
    [invited] = [each for each in view["audience"] if each["trader"] == trader]
    assert isinstance(invited, dict)
    return invited
