"""Who takes the photos of the demonstration's vehicles and brings them in through the public route, as anybody would.

They are drawn elsewhere (studio.py). A house that is busy, or a vehicle that has left, is passed over until the next
round; vehicles that arrive later are photographed then.
"""

import asyncio
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import Struct

from server.demo.photos.studio import Look, Studio, StudioClosed, studio, views
from server.demo.visits import NotServed, Visit

ROUND_SECONDS: Final = 30.0
_MOST: Final = 500


class _Vehicle(Struct):
    id: int
    look: Look = msgspec.field(name="card")


class _Page(Struct):
    items: list[_Vehicle]


class Photographer:
    """Photographs every vehicle that has no photo: first one view of each, then the others."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    async def run(self) -> None:
        """Go round until cancelled."""
        async with studio() as opened:
            while True:
                try:
                    await self.go_round(opened)
                except StudioClosed:
                    return
                except NotServed:
                    pass  # the next round
                await asyncio.sleep(ROUND_SECONDS)

    async def go_round(self, opened: Studio) -> int:
        """Photograph what has no photo yet; gives how many were brought in. Raises NotServed, StudioClosed."""
        bare = await self._without_photos()
        first = [(vehicle, views(vehicle.look)[0]) for vehicle in bare]
        others = [(vehicle, view) for vehicle in bare for view in views(vehicle.look)[1:]]
        return await self._bring(opened, [*first, *others])

    async def _bring(self, opened: Studio, wanted: Iterable[tuple[_Vehicle, str]]) -> int:
        brought = 0
        for vehicle, view in wanted:
            content = await opened.photo(vehicle.look, view)
            try:
                await self._visit.upload(f"vehicles/{vehicle.id}/photos", content, "image/jpeg")
            except NotServed:
                continue
            brought += 1
        return brought

    async def _without_photos(self) -> list[_Vehicle]:
        """Those in an auction before the others: traders look at them."""
        found: list[_Vehicle] = []
        for shown in ("true", "false"):
            asked = await self._visit.get("vehicles", limit=_MOST, photos_max=0, in_auction=shown)
            found += msgspec.convert(asked, _Page).items
        return found
