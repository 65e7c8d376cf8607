"""An event loop whose time is nobody's: when nothing is ready it jumps to the next timer.

No file descriptor, no thread, no clock: the same program runs the same way every time, hours in milliseconds. A program
that waits for what can never come is told so.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from engine.instants import SECOND, Instant

_Told = TypeVar("_Told")

RESOLUTION_SECONDS: Final = 1e-9
"""Timers closer than this are one moment: far below the microsecond in which the house counts."""


class NothingWillEverHappen(RuntimeError):
    """Everybody waits, and no timer is set."""


class _Jump:
    """Stands where a loop keeps its selector: instead of waiting for input it lets time pass."""

    def __init__(self, loop: "VirtualLoop") -> None:
        self._loop = loop

    def select(self, timeout: float | None) -> list[Any]:
        """Let `timeout` seconds pass at once."""
        if timeout is None:
            raise NothingWillEverHappen
        self._loop.pass_time(timeout)
        return []


class VirtualLoop(asyncio.BaseEventLoop):
    """See the law of this file."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._selector = _Jump(self)
        self._clock_resolution = RESOLUTION_SECONDS

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._now

    def pass_time(self, seconds: float) -> None:
        """Nothing was ready: the next timer is due now."""
        self._now += max(seconds, 0.0)

    def _process_events(self, event_list: list[Any]) -> None:
        """There is no input."""

    def _write_to_self(self) -> None:
        """There is no other thread that could wake this one."""


async def elapse(seconds: float) -> None:
    """Let virtual time pass."""
    loop = asyncio.get_running_loop()
    passed: asyncio.Future[None] = loop.create_future()
    timer = loop.call_later(seconds, _resolve, passed)
    try:
        await passed
    finally:
        timer.cancel()


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def run_virtually(story: Coroutine[Any, Any, _Told], loop: VirtualLoop) -> _Told:
    """Run a story to its end on its own loop, then end whatever it left running."""
    try:
        return loop.run_until_complete(story)
    finally:
        loop.run_until_complete(_end_the_rest())
        loop.close()


async def _end_the_rest() -> None:
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


class LoopClock:
    """A clock that follows an event loop's own time, from `origin` on."""

    def __init__(self, loop: asyncio.AbstractEventLoop, origin: Instant) -> None:
        self._loop = loop
        self._origin = origin

    def now(self) -> Instant:
        """The instant."""
        return self._origin + round(self._loop.time() * SECOND)
