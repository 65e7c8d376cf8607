"""A stored auction as a replay file: what was asked of it, in order, so that replaying gives what it became.

The inverse of `replay`: bids, declines, refusals and outages are read back from the history and the kept answers.
Traders are named as the dealer reads them; two of one name are told apart by their keys.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from engine.auction.events import (
    AnyEvent,
    BidPlaced,
    Cancelled,
    ConnectionRemoved,
    Declined,
    Recovered,
    SaleCancelled,
)
from engine.auction.refusals import KeptAnswer
from engine.auction.terms import AuctionTerms, LotTerms
from engine.instants import SECOND, Instant, Microseconds, format_instant
from engine.money import format_amount

Json: TypeAlias = Mapping[str, object]


def export(
    terms: AuctionTerms,
    events: Sequence[AnyEvent],
    answers: Sequence[KeptAnswer],
    until: Instant | None,
) -> bytes:
    """Write the file; `until` is when to report, for an auction that is not over yet."""
    names = _names(terms)
    file: dict[str, object] = {
        "auction": _auction(terms, names),
        "commands": _commands(events, answers, names),
    }
    if until is not None:
        file["until"] = format_instant(until)
    return (json.dumps(file, ensure_ascii=False, indent=2) + "\n").encode()


def _names(terms: AuctionTerms) -> dict[str, str]:
    """By key, a name that no other trader of the audience has."""
    times = Counter(invited.name for invited in terms.audience)
    return {
        invited.trader: invited.name if times[invited.name] == 1 else f"{invited.name} ({invited.trader})"
        for invited in terms.audience
    }


def _auction(terms: AuctionTerms, names: Mapping[str, str]) -> Json:
    soft_close = terms.soft_close
    return {
        "number": terms.number,
        "kind": terms.kind,
        "starts_at": format_instant(terms.starts_at),
        "duration_seconds": _seconds(terms.ends_at - terms.starts_at),
        "minimum_increment": format_amount(terms.minimum_increment_cents),
        "soft_close": {
            "window_seconds": _seconds(soft_close.window_microseconds),
            "extension_seconds": _seconds(soft_close.extension_microseconds),
            "mode": soft_close.mode,
        },
        "audience": [names[invited.trader] for invited in terms.audience],
        "lots": [_lot(lot) for lot in terms.lots],
    }


def _lot(lot: LotTerms) -> Json:
    reserve = lot.reserve_price_cents
    return {
        "number": lot.number,
        "reserve_price": None if reserve is None else format_amount(reserve),
        "vehicles": [
            {
                "ref": vehicle.ref,
                "starting_price": format_amount(vehicle.starting_price_cents),
                "initial_margin": format_amount(vehicle.initial_margin_cents),
                "vat": vehicle.vat,
            }
            for vehicle in lot.vehicles
        ],
    }


def _seconds(duration: Microseconds) -> int | float:
    whole, fraction = divmod(duration, SECOND)
    return whole if fraction == 0 else duration / SECOND


def _commands(events: Sequence[AnyEvent], answers: Sequence[KeptAnswer], names: Mapping[str, str]) -> list[Json]:
    """Every command that left a trace, in the order in which they were decided."""
    traces: list[tuple[int, int, Json]] = []
    for event in events:
        command = _command(event, names)
        if command is not None:
            traces.append((event.seq, 0, command))
    for place, answer in enumerate(answers, start=1):
        traces.append((answer.after_seq, place, _refused(answer, names)))
    traces.sort(key=lambda trace: trace[:2])
    return [command for _, _, command in traces]


def _command(event: AnyEvent, names: Mapping[str, str]) -> Json | None:
    at = format_instant(event.at)
    match event:
        case BidPlaced():
            amount = format_amount(event.amount_cents)
            return _bid(at, event.command_id, names[event.trader], event.lot, amount)
        case Declined():
            return {"at": at, "type": "decline", "trader": names[event.trader]}
        case ConnectionRemoved():
            return {"at": at, "type": "remove_connection", "trader": names[event.trader]}
        case Cancelled():
            return {"at": at, "type": "cancel"}
        case SaleCancelled():
            return {"at": at, "type": "cancel_sale", "lot": event.lot, "reason": event.reason}
        case Recovered():
            until = format_instant(event.down_until)
            return {"at": format_instant(event.down_from), "type": "outage", "until": until}
        case _:
            return None  # the clock's doing, or what a command above caused


def _refused(answer: KeptAnswer, names: Mapping[str, str]) -> Json:
    """A command that was answered without an event."""
    at = format_instant(answer.at)
    trader = names.get(answer.trader, f"({answer.trader})")
    if answer.lot is None or answer.amount is None:
        return {"at": at, "type": "decline", "trader": trader}
    return _bid(at, answer.command_id, trader, answer.lot, answer.amount)


def _bid(at: str, command_id: str, trader: str, lot: int, amount: str) -> Json:
    return {
        "at": at,
        "type": "bid",
        "id": command_id,
        "trader": trader,
        "lot": lot,
        "amount": amount,
    }
