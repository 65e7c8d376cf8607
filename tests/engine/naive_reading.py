"""The naive model's reading half: what a list of what has happened says, and the document that reports it.

The law of this file: it reads facts and changes none, and never imports the engine. A fact is a plain dict (`at`,
`type` and the type's own fields, times as `datetime`, amounts as exact fractions of a euro). Every figure is worked out
afresh from the whole list and becomes text at the very end. Nothing here may be made fast, or used outside the tests.
"""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import Any

Fact = dict[str, Any]
Facts = list[Fact]
# Members of a file, as JSON gave them.
Given = dict[str, Any]


# What the file says.


def instant(text: str) -> datetime:
    """A time of the file; the format grants that it ends in Z and has at most six decimals."""
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def euros(text: str) -> Fraction:
    """An amount of the file as an exact fraction of a euro."""
    return Fraction(text)


def lasting(seconds: float) -> timedelta:
    """A length of the file, whole seconds or a decimal number of them, to the microsecond."""
    return timedelta(microseconds=int(Fraction(str(seconds)) * 1_000_000))


def setting(auction: Given, name: str) -> Any:
    """A member of `soft_close`: 180 s, 180 s and `add` unless the file says otherwise (§5.3.3)."""
    defaults = {"window_seconds": 180, "extension_seconds": 180, "mode": "add"}
    return auction.get("soft_close", {}).get(name, defaults[name])


def start_of(auction: Given) -> datetime:
    """When bidding opens; nothing ever moves it."""
    return instant(auction["starts_at"])


def lot_named(auction: Given, number: int) -> Given | None:
    """The lot with this number, if there is one."""
    for lot in auction["lots"]:
        if lot["number"] == number:
            return dict(lot)
    return None


def starting_price(lot: Given) -> Fraction:
    """A lot's starting price: the sum of its vehicles'."""
    return sum((euros(vehicle["starting_price"]) for vehicle in lot["vehicles"]), Fraction(0))


def reserve_of(lot: Given) -> Fraction | None:
    """The lot's reserve; zero is a reserve, null and nothing are none."""
    text = lot.get("reserve_price")
    return None if text is None else euros(text)


# What has happened says.


def has(happened: Facts, kind: str) -> bool:
    """Whether anything of that type has happened."""
    return any(fact["type"] == kind for fact in happened)


def end_now(auction: Given, happened: Facts) -> datetime:
    """The end as it stands: the last extension's, or start + duration."""
    end = start_of(auction) + lasting(auction["duration_seconds"])
    for fact in happened:
        if fact["type"] == "extended":
            end = fact["to"]
    return end


def is_invited(auction: Given, happened: Facts, trader: str) -> bool:
    """In the audience, and its connection not removed (§5.2.1)."""
    removed = [fact["trader"] for fact in happened if fact["type"] == "connection_removed"]
    return trader in auction["audience"] and trader not in removed


def has_declined(happened: Facts, trader: str) -> bool:
    """Whether the trader's refusal stands: no bid of its own since (§5.2.5)."""
    own = [fact["type"] for fact in happened if fact["type"] in ("bid", "declined") and fact["trader"] == trader]
    return bool(own) and own[-1] == "declined"


def bids_on(happened: Facts, number: int) -> Facts:
    """The accepted bids on a lot, in order; the last one stands."""
    return [fact for fact in happened if fact["type"] == "bid" and fact["lot"] == number]


def minimum_of(auction: Given, happened: Facts, lot: Given) -> Fraction:
    """What a bid on the lot would have to reach now (§5.2.3)."""
    bids = bids_on(happened, lot["number"])
    if bids:
        return Fraction(bids[-1]["amount"]) + euros(auction["minimum_increment"])
    return starting_price(lot)


def sale_stands(happened: Facts, number: int) -> bool:
    """Whether the lot was won and its sale has not been cancelled."""
    won = any(fact["type"] == "lot_decided" and fact["lot"] == number and fact["outcome"] == "won" for fact in happened)
    cancelled = any(fact["type"] == "sale_cancelled" and fact["lot"] == number for fact in happened)
    return won and not cancelled


def alias_of(happened: Facts, trader: str) -> str:
    """`Trader 1` for the first trader that had a bid accepted, and so on (§1.4)."""
    seen: list[str] = []
    for fact in happened:
        if fact["type"] == "bid" and fact["trader"] not in seen:
            seen.append(fact["trader"])
    return f"Trader {seen.index(trader) + 1}"


# Sharing and tax.


def shares(lot: Given, price: Fraction) -> list[Fraction]:
    """The price spread over the lot's vehicles by starting price: largest remainder, ties to the earlier (§5.4.3)."""
    whole = starting_price(lot)
    exact = [price * 100 * euros(vehicle["starting_price"]) / whole for vehicle in lot["vehicles"]]
    cents = [floor(share) for share in exact]
    waiting = list(range(len(exact)))
    while sum(cents) < price * 100:
        # `max` keeps the first of equals: the earlier vehicle.
        next_served = max(waiting, key=lambda index: exact[index] - floor(exact[index]))
        cents[next_served] += 1
        waiting.remove(next_served)
    return [Fraction(share, 100) for share in cents]


def gain_ht(lot: Given, price: Fraction) -> Fraction:
    """The lot's gain without tax, vehicle by vehicle (§5.5.4)."""
    total = Fraction(0)
    for vehicle, share in zip(lot["vehicles"], shares(lot, price), strict=True):
        gain = share - euros(vehicle["starting_price"])
        if vehicle.get("vat") == "recoverable":
            sign = -1 if gain < 0 else 1
            gain = sign * Fraction(floor(abs(gain) / Fraction("1.20") * 100 + Fraction(1, 2)), 100)
        total += gain
    return total


# The document.


def report(auction: Given, happened: Facts, answers: list[Given]) -> Given:
    """The whole document, keys in the order of the format."""
    status = "scheduled"
    for kind, name in (("started", "open"), ("ended", "ended"), ("cancelled", "cancelled")):
        if has(happened, kind):
            status = name
    document = {
        "answers": answers,
        "status": status,
        "starts_at": start_of(auction),
        "ends_at": end_now(auction, happened),
        "synthesis": synthesis(auction, happened),
        "lots": [lot_report(auction, happened, lot) for lot in auction["lots"]],
        "history": [history_entry(happened, index) for index in range(len(happened))],
    }
    return dict(as_text(document))


def synthesis(auction: Given, happened: Facts) -> Given:
    """The totals of §5.5.1, over the lots' own figures."""
    lots = [lot_report(auction, happened, lot) for lot in auction["lots"]]
    reserves = [lot["reserve_price"] for lot in lots if lot["reserve_price"] is not None]
    offers = [lot["last_offer"] for lot in lots if lot["last_offer"] is not None]
    return {
        "starting_total": sum((lot["starting_price"] for lot in lots), Fraction(0)),
        "initial_margin": sum((initial_margin(lot) for lot in auction["lots"]), Fraction(0)),
        "last_offers_total": sum(offers, Fraction(0)),
        "reserve_total": sum(reserves, Fraction(0)) if reserves else None,
        "gain": sum((lot["gain"] for lot in lots), Fraction(0)),
        "gain_ht": sum((lot["gain_ht"] for lot in lots), Fraction(0)),
        "margin": sum((lot["margin"] for lot in lots), Fraction(0)),
        "lots_with_offer": len(offers),
        "lots_with_reserve_reached": len([lot for lot in lots if lot["reserve_reached"] is True]),
    }


def initial_margin(lot: Given) -> Fraction:
    """A lot's initial margin: the sum of its vehicles'."""
    return sum((euros(vehicle["initial_margin"]) for vehicle in lot["vehicles"]), Fraction(0))


def outcome_of(happened: Facts, number: int) -> tuple[str | None, str | None]:
    """A lot's outcome and winner as they stand."""
    outcome, winner = None, None
    for fact in happened:
        if fact["type"] == "cancelled":
            outcome, winner = "cancelled", None
        elif fact["type"] == "lot_decided" and fact["lot"] == number:
            outcome, winner = fact["outcome"], fact.get("winner")
        elif fact["type"] == "sale_cancelled" and fact["lot"] == number:
            outcome, winner = "sale_cancelled", None
    return outcome, winner


def lot_report(auction: Given, happened: Facts, lot: Given) -> Given:
    """One lot of the document."""
    bids = bids_on(happened, lot["number"])
    offer: Any = bids[-1]["amount"] if bids else None
    outcome, winner = outcome_of(happened, lot["number"])
    reserve = reserve_of(lot)
    reached = bool(bids) and (reserve is None or offer >= reserve)
    gain_without_tax = gain_ht(lot, offer) if bids else Fraction(0)
    prices = shares(lot, offer) if bids else [None for _ in lot["vehicles"]]
    return {
        "number": lot["number"],
        "starting_price": starting_price(lot),
        "reserve_price": reserve,
        "last_offer": offer,
        "leader": bids[-1]["trader"] if bids else None,
        "bids": len(bids),
        "reserve_reached": None if reserve is None and not bids else reached,
        "minimum_next_bid": minimum_of(auction, happened, lot) if outcome is None else None,
        "gain": offer - starting_price(lot) if bids else Fraction(0),
        "gain_ht": gain_without_tax,
        "margin": initial_margin(lot) + gain_without_tax,
        "outcome": outcome,
        "winner": winner,
        "vehicles": [{"ref": v["ref"], "price": price} for v, price in zip(lot["vehicles"], prices, strict=True)],
    }


def history_entry(happened: Facts, index: int) -> Given:
    """The fact as the history shows it: counted from 1, a bid under its trader's alias."""
    fact = happened[index]
    entry: Given = {"seq": index + 1}
    for name, value in fact.items():
        entry[name] = value
        if fact["type"] == "bid" and name == "trader":
            entry["alias"] = alias_of(happened, value)
    return entry


# Text, at the very end.


def as_text(value: Any) -> Any:
    """The same shape with fractions as `"20900.00"` and instants as `2023-12-12T15:26:00Z`."""
    if isinstance(value, dict):
        return {key: as_text(member) for key, member in value.items()}
    if isinstance(value, list):
        return [as_text(member) for member in value]
    if isinstance(value, Fraction):
        return amount_text(value)
    if isinstance(value, datetime):
        fraction = f".{value.microsecond:06d}" if value.microsecond else ""
        return value.strftime("%Y-%m-%dT%H:%M:%S").zfill(len("2023-12-12T15:26:00")) + fraction + "Z"
    return value


def amount_text(amount: Fraction) -> str:
    """Euros with two decimals; only whole cents come here."""
    cents = amount * 100
    assert cents.denominator == 1, amount
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents.numerator) // 100}.{abs(cents.numerator) % 100:02d}"
