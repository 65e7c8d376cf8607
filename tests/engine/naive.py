"""A second, deliberately naive reading of `adjuge replay`.

The law of this file: it is written from the text of the rules alone and never imports the engine, so that where the
two agree it is the rules that agree. Plain dicts, exact fractions of a euro, `datetime`s; nothing is remembered but the
list of what has happened, and every question is answered by reading that list again. It takes only files that fit the
format: it refuses none. Nothing here may be made fast, shared with the engine, or used outside the tests.
"""

from datetime import datetime
from fractions import Fraction

from tests.engine.naive_reading import (
    Fact,
    Facts,
    Given,
    bids_on,
    end_now,
    euros,
    has,
    has_declined,
    instant,
    is_invited,
    lasting,
    lot_named,
    minimum_of,
    report,
    reserve_of,
    sale_stands,
    setting,
    start_of,
)


def replay(scenario: Given) -> Given:
    """What `adjuge replay` must print for this (valid) file, parsed: keys in the order of the format."""
    auction = scenario["auction"]
    report_at = instant(scenario["until"]) if "until" in scenario else None
    happened: Facts = []
    answers: list[Given] = []
    bids_answered: list[tuple[str, str, Given]] = []
    for command in scenario["commands"]:
        now = instant(command["at"])
        if report_at is not None and now > report_at:
            break
        let_time_pass(auction, happened, now)
        if command["type"] == "outage":
            back = instant(command["until"])
            if report_at is not None and report_at < back:
                # Inside an outage the report shows the auction as it stood when it began, with its start if passed.
                start_if_due(auction, happened, report_at)
                return report(auction, happened, answers)
            come_back(auction, happened, now, back)
        elif command["type"] == "remove_connection":
            remove_connection(auction, happened, now, command["trader"])
        elif command["type"] == "bid":
            answer = answer_to_bid(auction, happened, bids_answered, now, command)
            bids_answered.append((command["trader"], command["id"], answer))
            answers.append(answer)
        else:
            answers.append(answer_to_others(auction, happened, now, command))
    if report_at is not None:
        let_time_pass(auction, happened, report_at)
    else:
        let_time_pass(auction, happened, end_now(auction, happened))
    return report(auction, happened, answers)


# What time does.


def start_if_due(auction: Given, happened: Facts, now: datetime) -> None:
    """The auction opens at its start, unless it was cancelled before."""
    if now >= start_of(auction) and not has(happened, "started") and not has(happened, "cancelled"):
        happened.append({"at": start_of(auction), "type": "started"})


def let_time_pass(auction: Given, happened: Facts, now: datetime) -> None:
    """All that is due at `now` or before: the start, then the end with what it decides (§5.4.1)."""
    start_if_due(auction, happened, now)
    end = end_now(auction, happened)
    if now < end or has(happened, "ended") or has(happened, "cancelled"):
        return
    happened.append({"at": end, "type": "ended"})
    for lot in auction["lots"]:
        number = lot["number"]
        bids, reserve = bids_on(happened, number), reserve_of(lot)
        decided: Fact = {"at": end, "type": "lot_decided", "lot": number}
        if not bids:
            decided["outcome"] = "no_bids"
        elif reserve is not None and bids[-1]["amount"] < reserve:
            decided["outcome"] = "reserve_not_reached"
        else:
            decided |= {"outcome": "won", "winner": bids[-1]["trader"], "price": bids[-1]["amount"]}
        happened.append(decided)


def come_back(auction: Given, happened: Facts, down_from: datetime, back: datetime) -> None:
    """The service returns at `back`: an auction that it missed part of gets at least the window from then (§5.3.4)."""
    if has(happened, "cancelled") or has(happened, "ended"):
        return
    end = end_now(auction, happened)
    overlaps = down_from < end and start_of(auction) < back
    if not overlaps:
        return
    start_if_due(auction, happened, back)
    happened.append({"at": back, "type": "recovered", "down_from": down_from, "down_until": back})
    least = back + lasting(setting(auction, "window_seconds"))
    if end < least:
        happened.append({"at": back, "type": "extended", "cause": "outage", "from": end, "to": least})


# What commands do.


def remove_connection(auction: Given, happened: Facts, now: datetime, trader: str) -> None:
    """A trader of the audience loses its connection, once; its bids stand (§2.4)."""
    if is_invited(auction, happened, trader):
        happened.append({"at": now, "type": "connection_removed", "trader": trader})


def answer_to_bid(
    auction: Given,
    happened: Facts,
    bids_answered: list[tuple[str, str, Given]],
    now: datetime,
    bid: Given,
) -> Given:
    """The first answer again for an id this trader has used (§5.2.4), else the checks of §5.2.1 to §5.2.3 in order."""
    for trader, command_id, answer in bids_answered:
        if (trader, command_id) == (bid["trader"], bid["id"]):
            return {key: value for key, value in answer.items() if key != "duplicate"} | {"duplicate": True}
    if code := why_no_bid(auction, happened, now, bid):
        return {"id": bid["id"], "accepted": False, "code": code}
    amount = amount_of_bid(bid["amount"])
    lot = lot_named(auction, bid["lot"])
    assert lot is not None
    assert amount is not None
    least = minimum_of(auction, happened, lot)
    if amount < least:
        return {"id": bid["id"], "accepted": False, "code": "below_minimum", "minimum": least}
    accept_bid(auction, happened, now, lot, bid["trader"], amount)
    return {"id": bid["id"], "accepted": True}


def why_no_bid(auction: Given, happened: Facts, now: datetime, bid: Given) -> str | None:
    """The first check a bid fails before its amount is held against the minimum, or None."""
    checks = [
        ("closed", has(happened, "cancelled")),
        ("not_started", now < start_of(auction)),
        ("closed", now >= end_now(auction, happened)),
        ("unknown_lot", lot_named(auction, bid["lot"]) is None),
        ("not_invited", not is_invited(auction, happened, bid["trader"])),
        ("invalid_amount", amount_of_bid(bid["amount"]) is None),
    ]
    for code, fails in checks:
        if fails:
            return code
    return None


def amount_of_bid(text: str) -> Fraction | None:
    """Euros, exactly, or None for what is no positive amount of whole cents up to 100,000,000.00 (§5.2.2)."""
    whole, point, decimals = text.partition(".")
    if not whole or any(character not in "0123456789" for character in whole + decimals):
        return None
    if point and len(decimals) not in (1, 2):
        return None
    whole = whole.lstrip("0") or "0"
    if len(whole) > len("100000000"):
        return None
    amount = euros(f"{whole}.{decimals or '0'}")
    return amount if 0 < amount <= euros("100000000.00") else None


def accept_bid(auction: Given, happened: Facts, now: datetime, lot: Given, trader: str, amount: Fraction) -> None:
    """The bid, then the reserve it reaches, then the extension it causes (§5.3)."""
    number = lot["number"]
    happened.append({"at": now, "type": "bid", "lot": number, "trader": trader, "amount": amount})
    reserve = reserve_of(lot)
    reached = [fact["lot"] for fact in happened if fact["type"] == "reserve_reached"]
    if reserve is not None and amount >= reserve and number not in reached:
        happened.append({"at": now, "type": "reserve_reached", "lot": number})
    end = end_now(auction, happened)
    if end - now > lasting(setting(auction, "window_seconds")):
        return
    length = lasting(setting(auction, "extension_seconds"))
    later = end + length if setting(auction, "mode") == "add" else max(end, now + length)
    if later != end:
        happened.append({"at": now, "type": "extended", "cause": "late_bid", "from": end, "to": later})


def answer_to_others(auction: Given, happened: Facts, now: datetime, command: Given) -> Given:
    """The answer to a decline (§5.2.5), a cancellation (§5.1.4) or the cancellation of a sale (§5.4.5)."""
    over = has(happened, "cancelled") or has(happened, "ended")
    code = None
    if command["type"] == "decline":
        if over:
            code = "closed"
        elif not is_invited(auction, happened, command["trader"]):
            code = "not_invited"
        elif not has_declined(happened, command["trader"]):
            happened.append({"at": now, "type": "declined", "trader": command["trader"]})
    elif command["type"] == "cancel":
        if over:
            code = "closed"
        elif has(happened, "bid"):
            code = "has_bids"
        else:
            happened.append({"at": now, "type": "cancelled"})
    elif lot_named(auction, command["lot"]) is None:
        code = "unknown_lot"
    elif not sale_stands(happened, command["lot"]):
        code = "not_won"
    else:
        happened.append({"at": now, "type": "sale_cancelled", "lot": command["lot"], "reason": command["reason"]})
    return {"accepted": True} if code is None else {"accepted": False, "code": code}
