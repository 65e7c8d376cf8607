"""What a client makes of the frames it gets for one auction: its half of law 3, written from the protocol's page alone.

A view and the frames after it make the later view, for a trader and for a dealer. It takes decoded JSON and knows
nothing of the engine; what a frame does not say it does not work out.
"""

from typing import Any, Final, TypeAlias

Message: TypeAlias = dict[str, Any]
View: TypeAlias = dict[str, Any]

RECENT_ENTRIES: Final = 50
"""As many entries of the history as a view carries."""

STANDING: Final = frozenset({"bids", "minimum", "reserve_reached", "ends_at", "gain", "gain_ht", "margin", "prices"})
"""What a bid says as it is streamed and not as an entry of the past."""

ENVELOPE: Final = frozenset({"type", "auction", "synthesis"})


def range_of(frame: Message) -> tuple[int, int]:
    """The first and the last `seq` that an `event` or `events` frame covers."""
    return (frame["from"], frame["seq"]) if frame["type"] == "events" else (frame["seq"], frame["seq"])


def entries_of(frame: Message) -> list[Message]:
    """The entries that an `event` or `events` frame carries."""
    if frame["type"] == "events":
        entries: list[Message] = frame["events"]
        return entries
    return [{key: value for key, value in frame.items() if key not in ENVELOPE}]


def follow(view: View, frame: Message, *, after: int = 0) -> None:
    """Bring `view` up to `frame`, leaving out entries up to `after`, which it holds already."""
    for entry in entries_of(frame):
        if entry["seq"] > after:
            follow_entry(view, entry)
    if "synthesis" in frame and "synthesis" in view:
        view["synthesis"] = frame["synthesis"]


def follow_entry(view: View, entry: Message) -> None:
    """Bring `view` up to one entry."""
    is_bid = entry["event"] == "bid"
    kept = {key: value for key, value in entry.items() if key not in STANDING} if is_bid else entry
    view["recent"] = [*view["recent"], kept][-RECENT_ENTRIES:]
    match entry["event"]:
        case "started":
            view["status"] = "open"
        case "bid":
            _bid(view, entry)
        case "reserve_reached":
            _lot(view, entry["lot"])["reserve_reached"] = True
        case "extended":
            view["ends_at"] = entry["to"]
        case "ended":
            view["status"] = "ended"
        case "lot_decided":
            _close(_lot(view, entry["lot"]), entry["outcome"], entry.get("winner"))
        case "cancelled":
            view["status"] = "cancelled"
            for lot in view["lots"]:
                _close(lot, "cancelled", None)
        case "sale_cancelled":
            _close(_lot(view, entry["lot"]), "sale_cancelled", None)
        case "declined":
            _invitee(view, entry["trader"])["declined"] = True
        case "connection_removed":
            _invitee(view, entry["trader"])["removed"] = True
        case "recovered" | "noted":
            pass
        case unknown:
            raise AssertionError(f"the protocol has no event {unknown!r}")


def accepted(view: View, answer: Message, *, declines: bool) -> None:
    """An accepted command of one's own says which number one is; nobody's frames do."""
    standing = answer.get("standing")
    if standing is not None and standing["bidder"] is not None:
        view["you"]["bidder"] = standing["bidder"]
    if declines and answer["seq"] is not None and not answer.get("duplicate"):
        view["you"]["declined"] = True


def _close(lot: dict[str, Any], outcome: str, winner: str | None) -> None:
    lot |= {"outcome": outcome, "minimum_next_bid": None}
    if "winner" in lot:
        lot["winner"] = winner


def _bid(view: View, bid: Message) -> None:
    lot = _lot(view, bid["lot"])
    lot |= {
        "last_offer": bid["amount"],
        "bidder": bid["bidder"],
        "bids": bid["bids"],
        "minimum_next_bid": bid["minimum"],
        "reserve_reached": bid["reserve_reached"],
    }
    view["ends_at"] = bid["ends_at"]
    if "you" in view:
        _own(view, bid)
        return
    lot |= {"leader": bid["trader"], "gain": bid["gain"], "gain_ht": bid["gain_ht"], "margin": bid["margin"]}
    for vehicle, price in zip(lot["vehicles"], bid["prices"], strict=True):
        vehicle["price"] = price
    _invitee(view, bid["trader"]).update(bidder=bid["bidder"], declined=False)


def _own(view: View, bid: Message) -> None:
    """A bid of one's own is one's offer on the lot, and withdraws a refusal (§5.2.5)."""
    you = view["you"]
    if you["bidder"] != bid["bidder"]:
        return
    you["declined"] = False
    offers = {offer["lot"]: offer["amount"] for offer in you["offers"]} | {bid["lot"]: bid["amount"]}
    order = [lot["number"] for lot in view["lots"]]
    you["offers"] = [{"lot": number, "amount": offers[number]} for number in order if number in offers]


def _lot(view: View, number: int) -> dict[str, Any]:
    found: dict[str, Any] = next(lot for lot in view["lots"] if lot["number"] == number)
    return found


def _invitee(view: View, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(invitee for invitee in view["audience"] if invitee["trader"] == name)
    return found
