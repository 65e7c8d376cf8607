"""The crowd: the scripted traders at their lines, and the pace at which one of them does something.

Chance decides (chance.py); here is only the waiting. A crowd whose house stops serving waits for it to come back.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from websockets.exceptions import ConnectionClosed

from server.clock import Clock
from server.demo.chance import Move, Script, choose, dice, pause_seconds
from server.demo.trader import Trader

NOTHING_TO_DO_SECONDS: Final = 3.0


class Crowd:
    """The traders of one demonstration."""

    def __init__(self, traders: Sequence[Trader], clock: Clock, script: Script, seed: int) -> None:
        self._traders = {trader.name: trader for trader in traders}
        self._clock = clock
        self._script = script
        self._chance = dice(seed, "crowd", clock.now())

    async def run(self) -> None:
        """Keep every trader at its line and let one of them act every few seconds, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for trader in self._traders.values():
                tasks.create_task(trader.run())
            tasks.create_task(self._keep_bidding())

    async def _keep_bidding(self) -> None:
        while True:
            crowd = {name: trader.auctions for name, trader in self._traders.items()}
            moves = self._script.bids(self._clock.now(), crowd)
            move = self._somebody_declines() or choose(self._chance, moves)
            if move is None:
                await asyncio.sleep(NOTHING_TO_DO_SECONDS)
                continue
            with suppress(ConnectionClosed):
                await self._act(move)
            await asyncio.sleep(pause_seconds(self._chance, moves))

    def _somebody_declines(self) -> Move | None:
        name = self._chance.choice(list(self._traders))
        auctions = list(self._traders[name].auctions)
        if not auctions:
            return None
        return self._script.decline(name, self._chance.choice(auctions), self._chance)

    async def _act(self, move: Move) -> None:
        trader = self._traders[move.trader]
        if move.amount_cents is None:
            await trader.decline(move.auction)
        else:
            await trader.bid(move.auction, move.lot, move.amount_cents)
