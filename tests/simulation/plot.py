"""What a world is made of, by chance: auctions of both kinds, who comes to them, and what goes wrong meanwhile.

Figures are chosen so that they give themselves away: every price and bid is in whole euros, every reserve has cents,
and no two names have a word in common.
"""

from collections.abc import Callable, Coroutine, Iterator
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.auction.terms import (
    AuctionTerms,
    Invited,
    Kind,
    LotTerms,
    SoftClose,
    SoftCloseMode,
    VehicleTerms,
)
from engine.instants import SECOND, Instant
from engine.money import Vat, format_amount
from server.caller import Caller, Role
from tests.simulation.virtual_loop import elapse

if TYPE_CHECKING:
    from tests.simulation.world import World

TRADERS = {"101": "Aubergine Autos", "102": "Betterave & fils", "103": "Cardon SARL", "104": "Dattier Export"}
STRANGER = "999"
ENTITY = 1

Trouble: TypeAlias = Callable[["World"], Coroutine[Any, Any, None]]


def auctions(dice: Random, origin: Instant) -> dict[int, AuctionTerms]:
    """One to three auctions that start within seconds."""
    return {number + 6: _terms(dice, origin, number) for number in range(1, dice.choice([1, 1, 2, 3]) + 1)}


def _terms(dice: Random, origin: Instant, number: int) -> AuctionTerms:
    kind = dice.choice([Kind.UNIT, Kind.LOT])
    starts_at = origin + dice.randint(-2 * SECOND, 4 * SECOND)
    window = dice.choice([0, 1, 4, 10]) * SECOND
    return AuctionTerms(
        number=number,
        kind=kind,
        starts_at=starts_at,
        ends_at=starts_at + dice.randint(4 * SECOND, 22 * SECOND),
        minimum_increment_cents=100_00,
        audience=tuple(Invited(trader, name) for trader, name in TRADERS.items()),
        lots=tuple(
            _lot(dice, number * 10 + lot, kind) for lot in range(1 if kind is Kind.LOT else dice.choice([1, 3]))
        ),
        soft_close=SoftClose(window, dice.choice([0, 1, 3]) * SECOND, dice.choice(list(SoftCloseMode))),
    )


def _lot(dice: Random, number: int, kind: Kind) -> LotTerms:
    vehicles = tuple(
        VehicleTerms(
            f"V-{number}-{place}", dice.randint(10, 90) * 100_00, dice.randint(-5, 9) * 100_00, dice.choice(list(Vat))
        )
        for place in range(1 if kind is Kind.UNIT else dice.choice([1, 2, 3]))
    )
    starting = sum(vehicle.starting_price_cents for vehicle in vehicles)
    reserve = dice.choice([None, starting + dice.choice([-100_00, 0, 500_00, 3_000_00]) + 77])
    return LotTerms(number, vehicles, reserve)


def callers(dice: Random, held: dict[int, AuctionTerms]) -> list[Caller]:
    """Some of the invited, one of them perhaps twice, a dealer, and perhaps somebody whom this is none of."""
    present = dice.sample(list(TRADERS), dice.choice([1, 2, 3, 4]))
    if dice.random() < 0.4:
        present.append(present[0])
    here = [
        Caller(place, TRADERS[trader], Role.TRADER, TRADERS[trader], f"t{place}", trader=trader)
        for place, trader in enumerate(present)
    ]
    if dice.random() < 0.8:
        here.append(Caller(80, "Doris", Role.DEALER, "Concession", "d", entities=frozenset({ENTITY})))
    return here


def secrets(caller: Caller, held: dict[int, AuctionTerms]) -> list[str]:
    """What this caller must never read (§1.4)."""
    if caller.trader is None:
        return []
    reserves = [lot.reserve_price_cents for terms in held.values() for lot in terms.lots]
    figures = [format_amount(cents) for cents in reserves if cents is not None]
    others = [name for trader, name in TRADERS.items() if trader != caller.trader]
    return figures + others


def troubles(world: "World", seconds: float) -> Iterator[Coroutine[Any, Any, None]]:
    """What befalls the world, each at its moment."""
    kinds: dict[Trouble, int] = {
        _stalls: 3,
        _fails_before: 3,
        _fails_after: 3,
        _goes_down: 4,
        _crashes: 4,
        _crashes_after_writing: 3,
        _closes: 2,
        _is_fenced: 1,
        _is_cancelled: 1,
        _loses_a_trader: 2,
        _revokes_a_sale: 3,
    }
    for _ in range(world.dice.choice([0, 1, 2, 4, 7])):
        [trouble] = world.dice.choices(list(kinds), list(kinds.values()))
        yield _at(world.dice.uniform(0, seconds), trouble, world)


async def _at(moment: float, trouble: Trouble, world: "World") -> None:
    await elapse(moment)
    await trouble(world)


async def _stalls(world: "World") -> None:
    world.book.stall()
    await elapse(world.dice.choice([0.01, 0.5, 4.0]))
    world.book.go_on()


async def _fails_before(world: "World") -> None:
    world.book.fail_before_writing()


async def _fails_after(world: "World") -> None:
    world.book.fail_after_writing()


async def _goes_down(world: "World") -> None:
    world.book.go_down(written=world.dice.random() < 0.5)
    await elapse(world.dice.choice([0.005, 0.3, 1.0, 6.0, 20.0]))
    world.book.come_back()


async def _crashes(world: "World") -> None:
    world.die()
    await elapse(world.dice.choice([0.0, 0.2, 3.0, 15.0]))
    await world.open()


async def _crashes_after_writing(world: "World") -> None:
    """The batch is in the book, and nobody has been told."""

    def at_once() -> None:
        world.book.after_writing = None
        world.die()

    world.book.after_writing = at_once
    await elapse(5.0)
    world.book.after_writing = None
    await world.open()


async def _closes(world: "World") -> None:
    await world.close()
    await elapse(world.dice.choice([0.0, 1.0, 8.0]))
    await world.open()


async def _is_fenced(world: "World") -> None:
    """Another house takes an auction, and does nothing with it."""
    auction_id = world.dice.choice(list(world.auctions))
    world.fenced.add(auction_id)
    await world.book.steal(auction_id)


async def _is_cancelled(world: "World") -> None:
    await world.dealing.cancel(world.dice.choice(list(world.auctions)))


async def _loses_a_trader(world: "World") -> None:
    await world.dealing.remove(world.dice.choice(list(world.auctions)), world.dice.choice(list(TRADERS)))


async def _revokes_a_sale(world: "World") -> None:
    auction_id = world.dice.choice(list(world.auctions))
    lot = world.dice.choice(world.auctions[auction_id].lots)
    await world.dealing.revoke(auction_id, lot.number)
