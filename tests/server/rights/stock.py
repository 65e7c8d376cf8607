"""The routes of stock lists, saved searches, photos and files, export and import."""

from io import BytesIO
from typing import Any

from PIL import Image

from engine.instants import Instant
from persistence.audit import By
from persistence.stock.files import NewFile, NewPhoto, StoredPhoto, TooMany, add_file, add_photo
from tests.server.houses import World
from tests.server.rights.case import DEALERS, Case

NOW: Instant = 1_700_000_000_000_000
A_PDF = b"%PDF-1.7 nothing in it"


def an_image(kind: str = "PNG", size: tuple[int, int] = (8, 6), **saved: Any) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **saved)
    return written.getvalue()


async def vehicle(world: World) -> dict[str, int]:
    return {"id": await world.vehicle()}


async def offered(world: World) -> int:
    """A vehicle that Anne is invited to bid for."""
    vehicle_id = await world.vehicle()
    await world.auction(vehicles=[{"id": vehicle_id}])
    return vehicle_id


async def photo(world: World) -> dict[str, int]:
    vehicle_id, storage = await offered(world), world.running.doors.storage
    keys = [await storage.keep("photos", ".jpg", an_image("JPEG")) for _ in "12"]
    new = NewPhoto(photo_key=keys[0], thumbnail_key=keys[1], width=8, height=6)
    added = await add_photo(world.database, vehicle_id, new, By(None, NOW))
    assert isinstance(added, StoredPhoto)
    return {"id": vehicle_id, "photo": added.id}


async def file(world: World, kind: str = "battery_certificate") -> dict[str, int]:
    vehicle_id = await offered(world)
    key = await world.running.doors.storage.keep("files", ".pdf", A_PDF)
    new = NewFile(kind=kind, title="", storage_key=key, bytes=len(A_PDF))
    added = await add_file(world.database, vehicle_id, new, By(None, NOW))
    assert not isinstance(added, TooMany)
    return {"id": vehicle_id, "file": added[0].id}


async def no_photos(world: World) -> dict[str, Any]:
    return {"photos": []}


async def search(world: World) -> dict[str, int]:
    made = await world.http.post(
        "/api/saved-searches", json={"name": f"Mine {next(world.plates)}"}, headers=world.dealer.bearer
    )
    return {"id": made.json()["id"]}


async def search_form(world: World) -> dict[str, Any]:
    return {"name": f"Kept {next(world.plates)}"}


READ = (401, 403, 403, 200, 404, 404, 200)
ADDED = (401, 403, 403, 403, 404, 404, 201)
CHANGED = (401, 403, 403, 403, 404, 404, 200)
REMOVED = (401, 403, 403, 403, 404, 404, 204)
SEEN = (401, 200, 404, 200, 404, 404, 200)

CASES: dict[str, Case] = {
    "GET /api/vehicles/columns": Case(DEALERS),
    "GET /api/vehicles/choices": Case((401, 403, 403, 422, 422, 422, 422)),
    "GET /api/vehicles/export": Case(DEALERS),
    "POST /api/vehicles/imports": Case((401, 403, 403, 422, 422, 422, 422), upload=(b"make;model", "text/csv")),
    "GET /api/saved-searches": Case(DEALERS),
    "POST /api/saved-searches": Case((401, 403, 403, 201, 201, 201, 201), body=search_form),
    "PUT /api/saved-searches/{id}": Case((401, 403, 403, 404, 404, 404, 200), search, search_form),
    "DELETE /api/saved-searches/{id}": Case((401, 403, 403, 404, 404, 404, 204), search),
    "GET /api/vehicles/{id}/photos": Case(READ, vehicle),
    "POST /api/vehicles/{id}/photos": Case(ADDED, vehicle, upload=(an_image(), "image/png")),
    "PUT /api/vehicles/{id}/photos": Case(CHANGED, vehicle, no_photos),
    "GET /api/vehicles/{id}/photos/{photo}": Case(SEEN, photo),
    "DELETE /api/vehicles/{id}/photos/{photo}": Case(REMOVED, photo),
    "GET /api/vehicles/{id}/photos/{photo}/thumbnail": Case(SEEN, photo),
    "GET /api/vehicles/{id}/files": Case(READ, vehicle),
    "POST /api/vehicles/{id}/files": Case(ADDED, vehicle, upload=(A_PDF, "application/pdf")),
    "GET /api/vehicles/{id}/files/{file}": Case(SEEN, file),
    "DELETE /api/vehicles/{id}/files/{file}": Case(REMOVED, file),
}
