"""The demonstration's photos: every look of its stock can be drawn, each is its own, and the studio answers for it."""

import io
from random import Random

import msgspec
import pytest
from PIL import Image

from server.demo.arrivals import arrival
from server.demo.photos.photographer import Subject
from server.demo.photos.picture import PAINTS, SIZE, VIEWS
from server.demo.photos.shapes import BODIES
from server.demo.photos.studio import Look, StudioClosed, photo, studio, views
from server.demo.scenery.stock import VEHICLES

FOUR_WHEELS = {vehicle.body for vehicle in VEHICLES if vehicle.kind not in {"motorcycle", "scooter", "quad"}}


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def test_every_vehicle_of_the_stock_has_a_body_and_a_paint() -> None:
    assert not FOUR_WHEELS - set(BODIES)
    assert not {vehicle.colour for vehicle in VEHICLES} - set(PAINTS)


@pytest.mark.parametrize("body", sorted(FOUR_WHEELS))
def test_a_car_is_seen_from_three_sides(body: str) -> None:
    """In the size that is kept, with its own paint in the middle of each picture."""
    look = Look("passenger", body, "Rouge")
    assert views(look) == tuple(VIEWS)
    pictures = [photo(look, view) for view in views(look)]
    assert len(set(pictures)) == len(VIEWS)
    for picture in map(opened, pictures):
        assert picture.size == SIZE
        middle = picture.crop((SIZE[0] // 3, SIZE[1] // 3, 2 * SIZE[0] // 3, 2 * SIZE[1] // 3)).resize((60, 45))
        reds, greens, _ = (part.tobytes() for part in middle.split())
        painted = [red > 2 * green for red, green in zip(reds, greens, strict=True)]
        assert sum(painted) > len(painted) / 5


@pytest.mark.parametrize("kind", ["motorcycle", "scooter"])
def test_two_wheels_are_seen_from_the_side(kind: str) -> None:
    look = Look(kind, "Roadster", "Gris")
    assert [opened(photo(look, view)).size for view in views(look)] == [SIZE]


async def test_the_studio_draws_what_is_asked_and_says_when_it_is_gone() -> None:
    look = Look("passenger", "something new", "a colour of its own")
    async with studio() as drawing:
        assert await drawing.photo(look, "side") == photo(Look("passenger", "Citadine", "Gris"), "side")
        assert await drawing.photo(look, "side") == photo(look, "side")
    with pytest.raises(StudioClosed):
        await drawing.photo(look, "side")


def subject(plate: str | None, vin: str | None) -> Subject:
    look = {"kind": "passenger", "body": "Berline", "colour": "Gris"}
    return msgspec.convert({"id": 1, "card": look, "values": {"plate": plate, "vin": vin}}, Subject)


def test_only_the_demonstrations_own_vehicles_are_photographed() -> None:
    """Its first stock and what has arrived since; what a visitor entered or gave another plate is not."""
    later = arrival(Random(1), {vehicle.site for vehicle in VEHICLES}, set())
    assert all(subject(vehicle.plate, vehicle.vin).is_ours for vehicle in (*VEHICLES, later))
    one = VEHICLES[0]
    for plate, vin in ((None, None), (one.plate, None), (one.plate, "VF17RBJ0H5ZZ00077"), ("JV418KD", one.vin)):
        assert not subject(plate, vin).is_ours
