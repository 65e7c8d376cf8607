"""Auctions by chance, for Hypothesis: small terms, and commands that crowd around the instants and amounts that decide.

Law: bids, prices and increments are whole euros and reserves never are, so that a reserve that leaks is recognised
wherever it turns up. Hypothesis shrinks what it finds to the fewest commands.
"""

from dataclasses import dataclass

from hypothesis import strategies as some
from msgspec import structs

from engine.auction.commands import Cancel, CancelSale, Command, Decline, PlaceBid, Recover, RemoveConnection, Tick
from engine.auction.terms import AuctionTerms, LotTerms, SoftCloseMode, VehicleTerms
from engine.instants import SECOND
from engine.money import Vat, format_amount
from tests.engine.story import AUDIENCE, START, Story, auction

TRADERS = (*AUDIENCE, "Zoe")
EURO = 100
MICROSECONDS = [0, 1, SECOND, 30 * SECOND, 59 * SECOND, 180 * SECOND, 419 * SECOND, 600 * SECOND]

vehicles = some.builds(
    VehicleTerms,
    ref=some.just("AB123CD"),
    starting_price_cents=some.integers(1, 5).map(lambda thousands: thousands * 1000 * EURO),
    initial_margin_cents=some.integers(-300_00, 300_00),
    vat=some.sampled_from(Vat),
)
reserves = some.none() | some.integers(1, 9000).map(lambda euros: euros * EURO + 37)


@some.composite
def terms(draw: some.DrawFn) -> AuctionTerms:
    """One to three lots of one vehicle, or one lot of up to four."""
    if draw(some.booleans()):
        lots = [LotTerms(number, (draw(vehicles),), draw(reserves)) for number in range(1, draw(some.integers(2, 4)))]
    else:
        lots = [LotTerms(1, tuple(draw(some.lists(vehicles, min_size=1, max_size=4))), draw(reserves))]
    return auction(
        *lots,
        increment=f"{draw(some.sampled_from([1, 50, 100]))}.00",
        window=draw(some.sampled_from([0, 60, 180])),
        extension=draw(some.sampled_from([0, 60, 180])),
        mode=draw(some.sampled_from(SoftCloseMode)),
    )


@dataclass(frozen=True)
class Wish:
    """A command as chance wants it; where the auction stands by then makes it one."""

    kind: str
    wait: int
    trader: str
    lot: int
    extra_euros: int
    id: int


wishes = some.builds(
    Wish,
    kind=some.sampled_from(["bid"] * 10 + ["again", "decline", "remove", "cancel", "cancel_sale", "outage", "clock"]),
    wait=some.sampled_from(MICROSECONDS),
    trader=some.sampled_from(TRADERS),
    lot=some.integers(1, 4),
    extra_euros=some.sampled_from([0, 0, 0, -1, 1, 500, 4000]),
    id=some.integers(0, 3),
)
plots = some.tuples(terms(), some.lists(wishes, max_size=25))


def commands(story: Story, plot: list[Wish]) -> "list[Command]":
    """What the wishes come to, taken one by one as the story goes on."""
    taken: list[Command] = []
    now = START - SECOND
    for number, wish in enumerate(plot):
        now += wish.wait
        command = _command(story, wish, now, number, taken)
        if isinstance(command, Recover):
            now = command.at
        taken.append(command)
        story.take(command)
    return taken


def _command(story: Story, wish: Wish, now: int, number: int, taken: list[Command]) -> Command:
    match wish.kind:
        case "again":
            bids = [each for each in taken if isinstance(each, PlaceBid)]
            if bids:
                return structs.replace(bids[wish.id % len(bids)], at=now)
            return Tick(now)
        case "decline":
            return Decline(now, wish.trader, f"d{wish.id}")
        case "remove":
            return RemoveConnection(now, wish.trader)
        case "cancel":
            return Cancel(now)
        case "cancel_sale":
            return CancelSale(now, wish.lot, "Anna and Bea withdrew")
        case "outage":
            return Recover(now + 100 * SECOND, now)
        case "bid":
            lot = story.state.lots.get(wish.lot)
            minimum = EURO if lot is None else story.state.minimum_cents(lot)
            return PlaceBid(now, wish.trader, f"b{number}", wish.lot, format_amount(minimum + wish.extra_euros * EURO))
        case _:
            return Tick(now)
