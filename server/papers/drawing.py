"""Papers are drawn in threads, off the loop, and one at a time: live auctions share the processor with them."""

from collections.abc import Callable
from typing import Final

from server.turns import Turns

DRAWN_AT_ONCE: Final = 1


class Drawing:
    """Whose turn it is to draw."""

    def __init__(self) -> None:
        self._turns = Turns(DRAWN_AT_ONCE)

    async def draw(self, sheet: Callable[[], bytes]) -> bytes:
        """What `sheet` draws."""
        return await self._turns.run(sheet)
