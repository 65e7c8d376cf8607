"""Work in threads takes turns, and a turn lasts as long as its thread, whoever waits for it."""

import asyncio
from collections.abc import Awaitable, Callable
from threading import Event, Semaphore

import pytest
from argon2 import PasswordHasher

from server.auth.passwords import CHECKED_AT_ONCE, Passwords
from server.papers.drawing import DRAWN_AT_ONCE, Drawing
from server.turns import Turns

PATIENCE_SECONDS = 10


class Work:
    """Something that takes until the test lets it end."""

    def __init__(self) -> None:
        self.begins, self.may_end = Semaphore(0), Event()
        self.begun = 0

    def __call__(self) -> bytes:
        self.begun += 1
        self.begins.release()
        assert self.may_end.wait(PATIENCE_SECONDS)
        return b"done"


class SlowHasher(PasswordHasher):
    """Hashes nothing; takes its time."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:  # noqa: ARG002 - argon2 names them
        return self._work().decode()


def turns(work: Work) -> tuple[Callable[[], Awaitable[object]], int]:
    it = Turns(2)
    return lambda: it.run(work), 2


def drawing(work: Work) -> tuple[Callable[[], Awaitable[object]], int]:
    it = Drawing()
    return lambda: it.draw(work), DRAWN_AT_ONCE


def passwords(work: Work) -> tuple[Callable[[], Awaitable[object]], int]:
    it = Passwords(SlowHasher(work))
    return lambda: it.hash("correct horse"), CHECKED_AT_ONCE


@pytest.mark.parametrize("room", [turns, drawing, passwords])
async def test_a_turn_is_nobody_else_s_while_its_thread_runs_on(
    room: Callable[[Work], tuple[Callable[[], Awaitable[object]], int]],
) -> None:
    """A request that took too long is answered; what it had begun still takes memory."""
    work = Work()
    begin, at_once = room(work)
    first = [asyncio.ensure_future(begin()) for _ in range(at_once)]
    for _ in range(at_once):
        assert await asyncio.to_thread(work.begins.acquire, timeout=PATIENCE_SECONDS)
    for each in first:
        each.cancel()
    await asyncio.gather(*first, return_exceptions=True)
    assert all(each.cancelled() for each in first)
    next_one = asyncio.ensure_future(begin())
    for _ in range(1_000):
        await asyncio.sleep(0)
    begun_meanwhile = work.begun
    work.may_end.set()
    assert await asyncio.wait_for(next_one, PATIENCE_SECONDS) in {b"done", "done"}
    assert (begun_meanwhile, work.begun) == (at_once, at_once + 1)


async def test_what_goes_wrong_is_told_and_gives_its_turn_back() -> None:
    it = Turns(1)

    def fail() -> None:
        raise ValueError("no paper")

    for _ in range(2):
        with pytest.raises(ValueError, match="no paper"):
            await it.run(fail)
