"""Where the photos are drawn: a process of its own that gives way to every other and ends when nobody asks any more.

It is asked a line of JSON and answers a JPEG after its length in four bytes. The same look is drawn once.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Final

import msgspec
from msgspec import Struct

from server.demo.photos.model import Body
from server.demo.photos.picture import PAINTS, VIEWS, draw
from server.demo.photos.shapes import BODIES, HATCHBACK
from server.demo.photos.two_wheels import draw_two_wheels

_GIVES_WAY: Final = 15
_LENGTH_BYTES: Final = 4
_TWO_WHEELS: Final = {"motorcycle", "scooter", "quad"}


class Look(Struct, frozen=True):
    """What a picture depends on, in the words of a vehicle's card."""

    kind: str
    body: str
    colour: str


class _Wanted(Struct, frozen=True):
    look: Look
    view: str


class StudioClosed(Exception):
    """The drawing process has ended."""


def views(look: Look) -> tuple[str, ...]:
    """From where a vehicle of this look is photographed, the best view first."""
    return ("side",) if look.kind in _TWO_WHEELS else tuple(VIEWS)


def photo(look: Look, view: str) -> bytes:
    """A JPEG. A body or colour that is not known here is drawn as a grey hatchback."""
    paint = PAINTS.get(look.colour, PAINTS["Gris"])
    if look.kind in _TWO_WHEELS:
        return draw_two_wheels(paint, scooter=look.kind == "scooter")
    return draw(_body(look.body), paint, view)


@cache
def _body(name: str) -> Body:
    return Body(BODIES.get(name, HATCHBACK))


class Studio:
    """The drawing process as its house sees it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def photo(self, look: Look, view: str) -> bytes:
        """What `photo` draws there. Raises StudioClosed."""
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        if self._process.returncode is not None:
            raise StudioClosed
        asked.write(msgspec.json.encode(_Wanted(look, view)) + b"\n")
        try:
            length = int.from_bytes(await answers.readexactly(_LENGTH_BYTES), "big")
            return await answers.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as fault:
            raise StudioClosed from fault


@asynccontextmanager
async def studio() -> AsyncIterator[Studio]:
    """A drawing process, ended with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield Studio(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _work() -> None:
    os.nice(_GIVES_WAY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the house's, which then closes the line
    drawn: dict[_Wanted, bytes] = {}
    for line in sys.stdin.buffer:
        wanted = msgspec.json.decode(line, type=_Wanted)
        if wanted not in drawn:
            drawn[wanted] = photo(wanted.look, wanted.view)
        content = drawn[wanted]
        sys.stdout.buffer.write(len(content).to_bytes(_LENGTH_BYTES, "big") + content)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _work()
