"""Work for threads, off the loop: so many at once, and a turn lasts as long as its thread.

Whoever waits may be sent away (a request that took too long); its thread runs on, and its turn is nobody else's until
then: or what takes memory would be there more often than the bound says.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

_Done = TypeVar("_Done")


class Turns:
    """Whose turn it is; whoever comes when all are taken waits."""

    def __init__(self, at_once: int) -> None:
        self._free = asyncio.Semaphore(at_once)

    async def run(self, work: Callable[[], _Done]) -> _Done:
        """What `work` gives, done in a thread."""
        await self._free.acquire()
        working = asyncio.get_running_loop().run_in_executor(None, work)
        working.add_done_callback(self._over)
        return await asyncio.shield(working)

    def _over(self, working: "asyncio.Future[_Done]") -> None:
        self._free.release()
        if not working.cancelled():
            working.exception()  # whoever asked may be gone
