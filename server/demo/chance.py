"""What a scripted trader does next: chance with a seed, over what the traders see. Pure: no clock, no socket.

The rules of a fair crowd: the minimum is respected, nobody bids against itself or above its private ceiling, a
declined auction is left alone, and a late fight among scripted traders ends so that an end can be seen. Whoever leads
and is not of the crowd is a visitor, and is answered sooner.
"""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Final, TypeAlias

from msgspec import Struct

from engine.instants import SECOND, Instant, Microseconds
from engine.money import Cents
from server.demo.seen import AuctionSeen, LotSeen

MINUTE: Final[Microseconds] = 60 * SECOND
LATE: Final[Microseconds] = 3 * MINUTE
SOON: Final[Microseconds] = 10 * MINUTE
#: A bid sent in the very last moments would look like a machine's.
TOO_LATE: Final[Microseconds] = 4 * SECOND
PAUSE_SECONDS: Final = (5.0, 25.0)
LATE_PAUSE_SECONDS: Final = (4.0, 11.0)

_TIDY_CENTS: Final[Cents] = 50_00
_UNWANTED: Final = 0.14
_DECLINES: Final = 0.15
_JUMPS: Final = 0.25
_ONCE_STIRRED: Final = 1.14

Still: TypeAlias = Mapping[int, Mapping[int, int]]
"""Auctions that stand as a paper has them, by number: how many bids each lot has had. The crowd touches none of their
lots until a visitor has bid on it, and gives that visitor a fight."""


class Move(Struct, frozen=True):
    """Something one trader might do now. `amount_cents` is `None`: decline the auction."""

    trader: str
    auction: int
    lot: int = 0
    amount_cents: Cents | None = None
    weight: float = 1.0
    is_late: bool = False


def dice(*seed: object) -> Random:
    """Chance that repeats itself for the same words."""
    return Random("/".join(map(str, seed)))


class Script:
    """What each trader of the crowd is ready to do, by the seed."""

    def __init__(self, seed: int, still: Still | None = None) -> None:
        self._seed = seed
        self._still = still or {}

    def ceiling_cents(self, trader: str, auction: int, lot: LotSeen) -> Cents:
        """The most a trader pays for a lot, however often it is asked. Some lots nobody wants."""
        mood = dice(self._seed, auction, lot.number)
        if mood.random() < _UNWANTED:
            return 0
        worth = mood.uniform(1.00, 1.24)
        taste = dice(self._seed, auction, lot.number, trader).uniform(0.92, 1.05)
        return round(lot.starting_cents * worth * taste)

    def late_bids_allowed(self, auction: int) -> int:
        """After how many extensions the crowd lets an auction end; a visitor's bid is answered all the same."""
        return dice(self._seed, auction, "late").choice((1, 2, 2, 3))

    def bids(self, now: Instant, crowd: Mapping[str, Iterable[AuctionSeen]]) -> list[Move]:
        """Every bid that some trader of the crowd might place now."""
        seen = [(trader, auction) for trader, auctions in crowd.items() for auction in auctions]
        ours: dict[int, set[int]] = {}
        for _, auction in seen:
            if auction.alias is not None:
                ours.setdefault(auction.auction, set()).add(auction.alias)
        return [
            move
            for trader, auction in seen
            if _is_ready(auction) and auction.ends_at - now > TOO_LATE
            for lot in auction.lots.values()
            if (move := self._bid(now, trader, auction, lot, ours.get(auction.auction, set()))) is not None
        ]

    def decline(self, trader: str, auction: AuctionSeen, chance: Random) -> Move | None:
        """A trader that wants nothing of an auction, and has not bid in it, sometimes says so."""
        if not _is_ready(auction) or auction.alias is not None or auction.number in self._still:
            return None
        lots = auction.lots.values()
        wants = any(self.ceiling_cents(trader, auction.auction, lot) >= lot.minimum_cents for lot in lots)
        return None if wants or chance.random() >= _DECLINES else Move(trader, auction.auction)

    def _bid(self, now: Instant, trader: str, auction: AuctionSeen, lot: LotSeen, ours: set[int]) -> Move | None:
        ceiling = self.ceiling_cents(trader, auction.auction, lot)
        still = self._still.get(auction.number)
        if still is not None:
            if lot.bids <= still.get(lot.number, 0):
                return None
            ceiling = max(ceiling, round(lot.starting_cents * _ONCE_STIRRED))
        leads = lot.leader is not None and lot.leader == auction.alias
        if leads or ceiling < lot.minimum_cents:
            return None
        visitor = lot.leader is not None and lot.leader not in ours
        left = auction.ends_at - now
        is_late = left <= LATE
        if is_late and not visitor and auction.late_bids >= self.late_bids_allowed(auction.auction):
            return None
        weight = (6.0 if is_late else 3.0 if left <= SOON else 1.0) * (4.0 if visitor else 1.0)
        return Move(trader, auction.auction, lot.number, self._amount(auction, lot, ceiling), weight, is_late)

    def _amount(self, auction: AuctionSeen, lot: LotSeen, ceiling: Cents) -> Cents:
        """Mostly the minimum; now and then a jump to a round figure."""
        chance = dice(self._seed, auction.auction, lot.number, "jump", lot.bids)
        if chance.random() >= _JUMPS:
            return lot.minimum_cents
        jump = lot.minimum_cents + chance.randint(1, 3) * auction.increment_cents
        jump = -(-jump // _TIDY_CENTS) * _TIDY_CENTS
        return jump if jump <= ceiling else lot.minimum_cents


def _is_ready(auction: AuctionSeen) -> bool:
    return auction.is_open and auction.invited and not auction.declined


def choose(chance: Random, moves: list[Move]) -> Move | None:
    """One of the moves, the pressing ones more often."""
    return chance.choices(moves, [move.weight for move in moves])[0] if moves else None


def pause_seconds(chance: Random, moves: Iterable[Move]) -> float:
    """How long the crowd waits before its next move: rather less than more, and less while something is late."""
    if any(move.is_late for move in moves):
        return chance.uniform(*LATE_PAUSE_SECONDS)
    shortest, longest = PAUSE_SECONDS
    return shortest + (longest - shortest) * chance.random() ** 2
