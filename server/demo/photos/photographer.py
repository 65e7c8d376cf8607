"""Who takes the photos of the demonstration's vehicles and brings them in through the public route, as anybody would.

They are drawn elsewhere (studio.py). What visitors entered or imported is theirs to photograph: only vehicles that the
demonstration made itself, in its first stock or since, are taken. A house that is busy, or a vehicle that has left, is
passed over until the next round; vehicles that arrive later are photographed then.
"""

import asyncio
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import Struct

from server.demo.photos.studio import Look, Studio, StudioClosed, studio, views
from server.demo.scenery.vehicle import vin_of
from server.demo.visits import NotServed, Visit

ROUND_SECONDS: Final = 30.0
_MOST: Final = 500


class _Identity(Struct):
    plate: str | None
    vin: str | None


class Subject(Struct):
    """A vehicle without photos; `values` says which one it is."""

    id: int
    values: _Identity
    look: Look = msgspec.field(name="card")

    @property
    def is_ours(self) -> bool:
        """Whether the demonstration made it: it bears the VIN that belongs to its plate (`vin_of`)."""
        return self.values.plate is not None and self.values.vin == vin_of(self.values.plate)


class _Page(Struct):
    items: list[Subject]


class Photographer:
    """Photographs every vehicle of the demonstration that has no photo: first one view of each, then the others."""

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

    async def _bring(self, opened: Studio, wanted: Iterable[tuple[Subject, str]]) -> int:
        brought = 0
        for vehicle, view in wanted:
            content = await opened.photo(vehicle.look, view)
            try:
                await self._visit.upload(f"vehicles/{vehicle.id}/photos", content, "image/jpeg")
            except NotServed:
                continue
            brought += 1
        return brought

    async def _without_photos(self) -> list[Subject]:
        """Those in an auction before the others: traders look at them."""
        found: list[Subject] = []
        for shown in ("true", "false"):
            asked = await self._visit.get("vehicles", limit=_MOST, photos_max=0, in_auction=shown, columns="plate,vin")
            found += [vehicle for vehicle in msgspec.convert(asked, _Page).items if vehicle.is_ours]
        return found
