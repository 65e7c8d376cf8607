"""The terms of auctions by chance: kinds, lots, vehicles, prices, soft closes, and amounts nobody should send.

The law of this file: every auction made here fits the replay format, and every amount in `ODD_AMOUNTS` is a string that
a file may hold. Amounts are cents until they are text.
"""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

Given = dict[str, Any]

TRADERS = ("Top used cars", "SARL LA BONNE OCCAZE", "AUTO 71", "Trader 1", "top used cars", "Étoile Négoce 🚗", "Auto1")
STRANGERS = ("nobody", "", "Top used cars ", "TOP USED CARS", "Trader 2", "٣")
# Seconds of a window or an extension; a fraction of a second is allowed.
LENGTHS = (0, 1, 30, 60, 180, 180, 300, 1_000, 90.25)

ODD_AMOUNTS = (
    "",
    " ",
    "abc",
    "-1",
    "-0.01",
    "+20900",
    "0",
    "0.0",
    "0.00",
    "000",
    ".5",
    "5.",
    ".",
    "1.234",
    "20900.000",
    "1e3",
    "1E9",
    " 5",
    "5 ",
    "20900.00\n",
    "20 900.00",
    "20,900.00",
    "20900,00",
    "20_900",
    "0x10",
    "1.2.3",
    "--5",
    "NaN",
    "Infinity",
    "٣",
    "٢٠٩٠٠",
    "２０９００",
    "20900.٥",
    "²",
    "20900€",
    "\u0000",
    "20900\u0000",
    "100000000.01",
    "100000001",
    "999999999999999999999999",
    "9223372036854775808",
    "9" * 5_000,
    "1" + "0" * 4_999,
    "1." + "0" * 4_999,
    "0" * 5_000,
    "-" + "9" * 5_000,
    # These two are sound: zeros in front change nothing, and the ceiling itself is allowed (§5.2.2).
    "0" * 5_000 + "31000000.00",
    "100000000.00",
)


def odd_amount(dice: Random) -> str:
    """An amount to stumble over."""
    return dice.choice(ODD_AMOUNTS)


def cents_of(text: str) -> int:
    """Cents of an amount; -1 for what is none, which no minimum accepts."""
    whole, _, decimals = text.partition(".")
    plain = whole.isascii() and whole.isdigit() and len(whole) < 40
    if not plain or not (decimals + "00")[:2].isascii() or len(decimals) > 2 or not (decimals + "0").isdigit():
        return -1
    return int(whole) * 100 + int((decimals + "00")[:2])


def euros_of(cents: int) -> str:
    """An amount with exactly two decimals, as files have it."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def auction_terms(dice: Random) -> tuple[Given, datetime]:
    """The `auction` member of a file, and its start."""
    starts_at = some_start(dice)
    kind = dice.choice(["unit", "lot"])
    increment = dice.choice([1, 7, 50_00, 100_00, 100_00, 250_00, 1_000_000_00])
    numbers = dice.sample(range(1, 900), 5)
    how_many_lots = dice.choice([1, 2, 2, 3, 5]) if kind == "unit" else 1
    fraction = f".{starts_at.microsecond:06d}" if starts_at.microsecond else ""
    auction: Given = {
        "number": dice.randint(1, 9_999),
        "kind": kind,
        "starts_at": f"{starts_at.replace(tzinfo=None, microsecond=0).isoformat()}{fraction}Z",
        "duration_seconds": dice.choice([1, 60, 180, 181, 600, 600, 900, 3_600, 3_600, 86_400, 600.5, 900.0]),
        "minimum_increment": euros_of(increment),
    }
    if dice.random() < 0.75:
        auction["soft_close"] = soft_close(dice)
    # A nearly empty room now and then; mostly enough traders for a war.
    auction["audience"] = dice.sample(TRADERS, dice.choices([0, 1, 2, 3, 4, 6], [1, 4, 8, 12, 8, 4])[0])
    auction["lots"] = [lot_terms(dice, numbers[index], kind, increment) for index in range(how_many_lots)]
    return auction, starts_at


def some_start(dice: Random) -> datetime:
    """A start of our day, at a leap day or a turn of the year, or before 1970; sometimes off the whole second."""
    start = dice.choice(
        [
            datetime(2023, 12, 12, 15, 26, tzinfo=UTC),
            datetime(2024, 2, 28, 23, 59, 50, tzinfo=UTC),
            datetime(2025, 12, 31, 23, 55, tzinfo=UTC),
            datetime(1969, 12, 31, 23, 59, 58, tzinfo=UTC),
            datetime(2100, 2, 28, 23, 58, tzinfo=UTC),
        ]
    )
    return start + timedelta(microseconds=dice.choice([0, 0, 0, 1, 500_000, 999_999, 123_456, 120_000]))


def soft_close(dice: Random) -> Given:
    """Any of its members may be missing; both lengths may be zero."""
    members: Given = {}
    if dice.random() < 0.8:
        members["window_seconds"] = dice.choice([*LENGTHS, 29.999999])
    if dice.random() < 0.8:
        members["extension_seconds"] = dice.choice([*LENGTHS, 0.000001])
    if dice.random() < 0.8:
        members["mode"] = dice.choice(["add", "reset"])
    return members


def lot_terms(dice: Random, number: int, kind: str, increment: int) -> Given:
    """A lot with its vehicles, and a reserve that is missing, none, nothing, near, or out of reach."""
    how_many = dice.choice([1, 2, 3, 3, 4, 7]) if kind == "lot" else 1
    price = some_price(dice)
    vehicles = []
    for index in range(how_many):
        if dice.random() < 0.6:
            price = some_price(dice)
        vehicles.append(vehicle_terms(dice, f"{number}-{index}", price))
    total = sum(cents_of(vehicle["starting_price"]) for vehicle in vehicles)
    lot: Given = {"number": number}
    near = total + increment * dice.randint(0, 4)
    reserve = dice.choice([None, None, 0, 1, total, total + 1, near, near - 1, near, total * 3])
    if reserve is not None:
        lot["reserve_price"] = euros_of(reserve)
    elif dice.random() < 0.5:
        lot["reserve_price"] = None
    lot["vehicles"] = vehicles
    return lot


def some_price(dice: Random) -> int:
    """Cents: cars of every price, prices that share badly, and a few nobody can outbid."""
    ordinary = dice.randint(500_00, 40_000_00)
    return dice.choice(
        [ordinary, ordinary, ordinary, 3_608_16, 1, 3, 100, 333_33, 1_000_00, 49_999_999_99, 99_999_999_99]
    )


def vehicle_terms(dice: Random, ref: str, price: int) -> Given:
    """A vehicle; its margin at the start may be a loss."""
    vehicle: Given = {
        "ref": ref,
        "starting_price": euros_of(price),
        "initial_margin": euros_of(dice.choice([0, 0, 472_85, 1, -1, -99, -1_250_50, dice.randint(-500_00, 3_000_00)])),
    }
    vat = dice.choice([None, "margin", "recoverable", "recoverable", "unknown"])
    if vat is not None:
        vehicle["vat"] = vat
    return vehicle
