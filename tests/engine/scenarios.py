"""Auctions by chance: from a seed, a file that `adjuge replay` must take.

The law of this file: the same seed gives the same file for ever, and every file fits the format. The dice are loaded
towards what decides auctions: bids at the minimum and a cent below it, bids in the last instant, ends and outages that
touch. Where the auction stands is only guessed here, to aim by; a wrong guess makes a dull file, never a wrong test.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from tests.engine.scenario_terms import STRANGERS, Given, auction_terms, cents_of, euros_of, odd_amount

SECOND = 1_000_000
CEILING = 100_000_000_00
BEFORE_THE_START = -3_600 * SECOND


@dataclass
class Guess:
    """Where the auction probably stands; instants are microseconds from its start, amounts cents."""

    end: int
    window: int
    extension: int
    resets: bool
    increment: int
    minimums: dict[int, int]
    removed: set[str] = field(default_factory=set)
    bids: list[Given] = field(default_factory=list)

    def take_bid(self, at: int, lot: int, amount: int) -> None:
        """A bid that is probably accepted moves the minimum and maybe the end."""
        if not 0 <= at < self.end or not self.minimums.get(lot, amount + 1) <= amount <= CEILING:
            return
        self.minimums[lot] = amount + self.increment
        if self.end - at <= self.window:
            self.end = max(self.end, at + self.extension) if self.resets else self.end + self.extension

    def take_outage(self, down_from: int, back: int) -> None:
        """An outage that touches the auction probably moves its end."""
        if down_from < self.end and back > 0:
            self.end = max(self.end, back + self.window)


@dataclass(frozen=True)
class Temper:
    """What an auction of this kind is made of: how many commands, and how often each type comes."""

    most_commands: int
    weights: dict[str, int]


# Outage upon outage.
STORMS = Temper(12, {"bid": 50, "outage": 45, "decline": 3, "cancel": 3, "cancel_sale": 4})
TEMPERS = (
    # A war: hardly anything but bids.
    Temper(40, {"bid": 900, "again": 50, "decline": 20, "remove_connection": 10, "cancel": 5, "outage": 10}),
    # Everything happens.
    Temper(
        30, {"bid": 70, "again": 10, "decline": 8, "remove_connection": 3, "cancel": 2, "cancel_sale": 4, "outage": 6}
    ),
    STORMS,
    # Hardly anybody came: cancellations find no bid.
    Temper(6, {"bid": 25, "decline": 20, "remove_connection": 15, "cancel": 25, "cancel_sale": 10, "outage": 15}),
)


def scenario(seed: int) -> Given:
    """A whole file of the replay format, valid by construction."""
    dice = Random(seed)
    auction, starts_at = auction_terms(dice)
    soft_close = auction.get("soft_close", {})
    guess = Guess(
        end=micros(auction["duration_seconds"]),
        window=micros(soft_close.get("window_seconds", 180)),
        extension=micros(soft_close.get("extension_seconds", 180)),
        resets=soft_close.get("mode") == "reset",
        increment=cents_of(auction["minimum_increment"]),
        minimums={
            lot["number"]: sum(cents_of(v["starting_price"]) for v in lot["vehicles"]) for lot in auction["lots"]
        },
    )
    story = story_of(dice, auction, guess)
    file: Given = {"auction": auction, "commands": [with_times_as_text(dice, step, starts_at) for step in story]}
    if dice.random() < 0.4:
        file["until"] = time_text(dice, report_time(dice, story, guess), starts_at)
    return file


def micros(seconds: float) -> int:
    """A length of the terms in microseconds."""
    return round(seconds * SECOND)


def story_of(dice: Random, auction: Given, guess: Guess) -> list[Given]:
    """The commands in order, their instants still numbers; nothing lies inside an outage."""
    temper = dice.choices(TEMPERS, [5, 3, 2, 1])[0]
    kinds, weights = list(temper.weights), list(temper.weights.values())
    floor = dice.choice([BEFORE_THE_START, -5 * SECOND, 0, 0, 0, 0, guess.end - guess.window, guess.end // 2])
    if temper is STORMS and dice.random() < 0.5:
        # Outages matter at the start as much as at the end.
        floor = BEFORE_THE_START
    story: list[Given] = []
    for _ in range(dice.randint(temper.most_commands // 10, temper.most_commands)):
        at = next_time(dice, floor, guess)
        kind = dice.choices(kinds, weights)[0]
        if at >= guess.end and dice.random() < 0.4:
            kind = "cancel_sale"
        step = {"at": at, **command(dice, kind, at, auction, guess)}
        story.append(step)
        floor = step["until"] if step["type"] == "outage" else at
        if floor > guess.end and dice.random() < 0.3:
            break
    return story


def next_time(dice: Random, floor: int, guess: Guess) -> int:
    """When the next command comes: never before the last one, and gladly at an instant that matters."""
    late = guess.end - guess.window
    soon = floor + dice.randint(1, 40) * SECOND
    at_once = floor + dice.randint(1, 2 * SECOND)
    moments = [
        (40 if soon < guess.end else 1, soon),
        (14 if floor < guess.end else 4, floor),
        (6 if at_once < guess.end else 1, at_once),
        (2, -1),
        (4, 0),
        (5, late - 1),
        (14, late),
        (5, late + 1),
        (8, guess.end - SECOND),
        (8, guess.end - 1),
        (1.5, guess.end),
        (0.5, guess.end + 1),
        (0.5, guess.end + dice.randint(1, 600) * SECOND),
        (4, dice.randint(floor, max(floor, guess.end))),
    ]
    possible = [(weight, moment) for weight, moment in moments if moment >= floor]
    return dice.choices([moment for _, moment in possible], [weight for weight, _ in possible])[0]


def command(dice: Random, kind: str, at: int, auction: Given, guess: Guess) -> Given:
    """One command without its `at`; the guess follows it."""
    if kind == "again" and guess.bids:
        return bid_again(dice, auction, guess)
    if kind in ("bid", "again"):
        return bid(dice, at, auction, guess)
    if kind == "decline":
        return {"type": "decline", "trader": some_trader(dice, auction)}
    if kind == "remove_connection":
        trader = some_trader(dice, auction)
        guess.removed.add(trader)
        return {"type": "remove_connection", "trader": trader}
    if kind == "cancel_sale":
        reason = dice.choice(["the buyer withdrew", "véhicule accidenté", "“quoted” \\ / \t reason"])
        return {"type": "cancel_sale", "lot": some_lot(dice, auction), "reason": reason}
    if kind == "outage":
        back = end_of_outage(dice, at, guess)
        guess.take_outage(at, back)
        return {"type": "outage", "until": back}
    return {"type": "cancel"}


def bid(dice: Random, at: int, auction: Given, guess: Guess) -> Given:
    """A bid, most often a good one at the minimum; now and then its id is one that was used before."""
    lot = some_lot(dice, auction)
    trader = some_trader(dice, auction)
    amount = odd_amount(dice) if dice.random() < 0.07 else fair_amount(dice, auction, lot, guess)
    placed = {"type": "bid", "id": f"b{len(guess.bids) + 1}", "trader": trader, "lot": lot, "amount": amount}
    if guess.bids and dice.random() < 0.05:
        # Ids are each trader's own: somebody else's id is no repetition.
        placed["id"] = dice.choice(guess.bids)["id"]
    elif dice.random() < 0.02:
        placed["id"] = dice.choice(["", "é", "B1", "x" * 300])
    guess.bids.append(placed)
    if trader in auction["audience"] and trader not in guess.removed:
        guess.take_bid(at, lot, cents_of(amount))
    return placed


def bid_again(dice: Random, auction: Given, guess: Guess) -> Given:
    """A bid sent twice: the same, or another content under the same trader and id."""
    again = dict(dice.choice(guess.bids))
    change = dice.choice(["nothing", "nothing", "amount", "lot", "trader"])
    if change == "amount":
        again["amount"] = dice.choice([odd_amount(dice), fair_amount(dice, auction, again["lot"], guess)])
    elif change == "lot":
        again["lot"] = some_lot(dice, auction)
    elif change == "trader":
        again["trader"] = some_trader(dice, auction)
    return again


def fair_amount(dice: Random, auction: Given, number: int, guess: Guess) -> str:
    """A readable amount around the lot's minimum or its reserve."""
    minimum = guess.minimums.get(number, 100_00)
    reserves = [cents_of(lot["reserve_price"]) for lot in auction["lots"] if lot.get("reserve_price")]
    reserve = dice.choice(reserves) if reserves else minimum
    choices = [
        (50, minimum),
        (10, minimum - 1),
        (5, minimum + 1),
        (8, minimum + guess.increment),
        (8, minimum + dice.randint(0, 2_000_00)),
        (8, max(reserve, minimum)),
        (3, max(reserve - 1, minimum)),
        (3, minimum - guess.increment),
        (1, dice.randint(1, 10_000_000)),
        (1, CEILING),
    ]
    cents = dice.choices([amount for _, amount in choices], [weight for weight, _ in choices])[0]
    return amount_text(dice, cents)


def amount_text(dice: Random, cents: int) -> str:
    """The amount as somebody might type it; below zero it will be refused."""
    text = euros_of(cents)
    if dice.random() < 0.3:
        text = text.removesuffix(".00")
        if "." in text and dice.random() < 0.8:
            text = text.removesuffix("0")
    if cents > 0 and dice.random() < 0.02:
        text = "0" * dice.choice([1, 2, 12, 30]) + text
    return text


def some_trader(dice: Random, auction: Given) -> str:
    """Mostly somebody who was invited."""
    if auction["audience"] and dice.random() < 0.94:
        return str(dice.choice(auction["audience"]))
    return dice.choice(STRANGERS)


def some_lot(dice: Random, auction: Given) -> int:
    """Mostly a lot of the auction, the first one most of all: a war needs a place."""
    if dice.random() < 0.03:
        return dice.choice([0, 99_999, 2**31, 12])
    if dice.random() < 0.5:
        return int(auction["lots"][0]["number"])
    return int(dice.choice(auction["lots"])["number"])


def end_of_outage(dice: Random, down_from: int, guess: Guess) -> int:
    """When the service is back: gladly at, or a microsecond beside, the start or the end."""
    late = guess.end - guess.window
    edges = [0, 0, 1, -1, guess.end, guess.end - 1, guess.end + 1, late, late - 1, late + 1]
    anywhere = [down_from + dice.randint(1, 900 * SECOND), down_from + 1, guess.end + dice.randint(1, 900 * SECOND)]
    return dice.choice([moment for moment in edges + anywhere if moment > down_from])


def report_time(dice: Random, story: list[Given], guess: Guess) -> int:
    """When to report: anywhere, and gladly where something happens or does not quite."""
    moments: list[int] = [-7_200 * SECOND, -1, 0, guess.end - 1, guess.end, guess.end + 1, dice.randint(0, guess.end)]
    for step in story:
        at = int(step["at"])
        back = int(step.get("until", at))
        moments += [at - 1, at, at + 1, back, back - 1, (at + back) // 2]
    return dice.choice(moments)


def with_times_as_text(dice: Random, step: Given, starts_at: datetime) -> Given:
    """The command as the file has it."""
    return {
        name: time_text(dice, value, starts_at) if name in ("at", "until") else value for name, value in step.items()
    }


def time_text(dice: Random, offset: int, starts_at: datetime) -> str:
    """An instant as RFC 3339 with Z, its fraction as short or as long as the format allows."""
    moment = starts_at + timedelta(microseconds=offset)
    assert moment.tzinfo is UTC
    text = moment.replace(tzinfo=None, microsecond=0).isoformat()
    fraction = f"{moment.microsecond:06d}"
    if dice.random() < 0.9:
        fraction = fraction.rstrip("0")
    return f"{text}.{fraction}Z" if fraction else f"{text}Z"
