"""Photos of a vehicle and of its defects: `/api/vehicles/{id}/photos` (§4.1).

Written by who manages the stock; seen by the entity's dealers and by the traders that whose_vehicle.py lets look.
"""

from typing import Annotated, Final

import structlog
from msgspec import Meta, Struct
from starlette.responses import Response

from persistence.audit import By
from persistence.stock.files import (
    MOST_PHOTOS,
    NewPhoto,
    StoredPhoto,
    TooMany,
    UnknownDefect,
    add_photo,
    arrange_photos,
    photo_of,
    photos_of,
    remove_photo,
)
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing, Upload
from server.http.stock.kept_files import kept_file
from server.http.stock.vehicle_cards import photo_address
from server.http.stock.whose_vehicle import may_change, may_look_at, may_read
from server.http.values import EMPTY_OR_LINE, Id
from server.images import PHOTO_BYTES, NotAPhoto
from server.storage import Storage, StorageDown

_log = structlog.get_logger("adjuge.photos")
JPEG: Final = "image/jpeg"
TAKEN: Final = (JPEG, "image/png", "image/webp", "application/octet-stream")
Caption = Annotated[str, Meta(max_length=200, pattern=EMPTY_OR_LINE)]


class PhotoQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """What a new photo says, and of which of the vehicle's defects it is; none: of the vehicle."""

    caption: Caption = ""
    defect: Id | None = None


class VehiclePhoto(Struct, frozen=True):
    """A photo: where it is read, in full and small, from the root of the house; its measures in pixels."""

    id: int
    address: str
    thumbnail: str
    caption: str
    defect: int | None
    width: int
    height: int


class VehiclePhotos(Struct, frozen=True):
    """In their order."""

    items: tuple[VehiclePhoto, ...]


class PlacedPhoto(Struct, frozen=True, forbid_unknown_fields=True):
    """A photo at its place."""

    id: Id
    caption: Caption = ""


class PhotoOrder(Struct, frozen=True, forbid_unknown_fields=True):
    """All photos of the vehicle, each once, in the order that they shall have, with their captions."""

    photos: Annotated[tuple[PlacedPhoto, ...], Meta(max_length=MOST_PHOTOS)]


async def list_photos(asking: Asking[Nothing, Nothing]) -> VehiclePhotos | Refusal:
    """The photos."""
    if not await may_read(asking):
        return Refusal(DoorCode.NOT_FOUND)
    return await _all_of(asking)


async def upload_photo(asking: Asking[bytes, PhotoQuery]) -> VehiclePhoto | Refusal:
    """Take a photo: whatever it was, it is kept as a JPEG of a bounded size."""
    entity_id = await may_change(asking)
    if isinstance(entity_id, Refusal):
        return entity_id
    photo = await asking.doors.images.photo(asking.body)
    if isinstance(photo, NotAPhoto):
        return Refusal(DoorCode.INVALID, f"photo: {photo.reason}.", "photo")
    storage, vehicle_id = asking.doors.storage, asking.ids["id"]
    new = NewPhoto(
        photo_key=await storage.keep("photos", ".jpg", photo.content),
        thumbnail_key=await storage.keep("thumbnails", ".jpg", photo.thumbnail),
        width=photo.width,
        height=photo.height,
        caption=asking.query.caption.strip(),
        defect_id=asking.query.defect,
    )
    by = By(asking.caller.user_id, asking.doors.clock.now())
    added = await add_photo(asking.doors.database, vehicle_id, new, by)
    if isinstance(added, StoredPhoto):
        return _shown(added)
    await forget(storage, new.photo_key, new.thumbnail_key)
    match added:
        case TooMany():
            return Refusal(
                DoorCode.CONFLICT, f"photo: the vehicle has {added.most} already: delete one first.", "photo"
            )
        case UnknownDefect():
            return Refusal(DoorCode.INVALID, "defect: is not one of the vehicle's.", "defect")


async def arrange_vehicle_photos(asking: Asking[PhotoOrder, Nothing]) -> VehiclePhotos | Refusal:
    """Give the photos their order and captions."""
    entity_id = await may_change(asking)
    if isinstance(entity_id, Refusal):
        return entity_id
    placed = [(photo.id, photo.caption.strip()) for photo in asking.body.photos]
    by = By(asking.caller.user_id, asking.doors.clock.now())
    if not await arrange_photos(asking.doors.database, asking.ids["id"], placed, by):
        return Refusal(DoorCode.CONFLICT, "photos: must be the vehicle's photos, each once.", "photos")
    return await _all_of(asking)


async def delete_photo(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Delete a photo."""
    entity_id = await may_change(asking)
    if isinstance(entity_id, Refusal):
        return entity_id
    by = By(asking.caller.user_id, asking.doors.clock.now())
    gone = await remove_photo(asking.doors.database, asking.ids["id"], asking.ids["photo"], by)
    if gone is None:
        return Refusal(DoorCode.NOT_FOUND)
    await forget(asking.doors.storage, gone.photo_key, gone.thumbnail_key)
    return Response(status_code=204)


async def read_photo(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """A photo, at most 1,600 pixels long."""
    found = await _seen(asking)
    if found is None:
        return Refusal(DoorCode.NOT_FOUND)
    return await kept_file(asking.request, asking.doors.storage, found.photo_key, JPEG)


async def read_thumbnail(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """A photo, at most 400 pixels long."""
    found = await _seen(asking)
    if found is None:
        return Refusal(DoorCode.NOT_FOUND)
    return await kept_file(asking.request, asking.doors.storage, found.thumbnail_key, JPEG)


async def forget(storage: Storage, *keys: str) -> None:
    """Remove files that no row names any more; one that stays harms nobody."""
    for key in keys:
        try:
            await storage.remove(key)
        except StorageDown as fault:
            _log.warning("a file stays without a row", key=key, failure=str(fault))


async def _seen(asking: Asking[Nothing, Nothing]) -> StoredPhoto | None:
    if not await may_look_at(asking):
        return None
    return await photo_of(asking.doors.database, asking.ids["id"], asking.ids["photo"])


async def _all_of(asking: Asking[PhotoOrder, Nothing] | Asking[Nothing, Nothing]) -> VehiclePhotos:
    return VehiclePhotos(tuple(map(_shown, await photos_of(asking.doors.database, asking.ids["id"]))))


def _shown(photo: StoredPhoto) -> VehiclePhoto:
    address = photo_address(photo.vehicle_id, photo.id)
    return VehiclePhoto(
        photo.id, address, f"{address}/thumbnail", photo.caption, photo.defect_id, photo.width, photo.height
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/vehicles/{id}/photos",
        who=Who.DEALER,
        says="The photos of a vehicle, in their order.",
        answer=list_photos,
        gives=VehiclePhotos,
    ),
    Route(
        method="POST",
        path="/api/vehicles/{id}/photos",
        who=Who.DEALER,
        says="Add a photo: JPEG, PNG or WebP of at most 5 MiB and 40 megapixels.",
        answer=upload_photo,
        body=Upload(TAKEN, PHOTO_BYTES),
        query=PhotoQuery,
        gives=VehiclePhoto,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="PUT",
        path="/api/vehicles/{id}/photos",
        who=Who.DEALER,
        says="Give the photos of a vehicle their order and captions.",
        answer=arrange_vehicle_photos,
        body=PhotoOrder,
        gives=VehiclePhotos,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="GET",
        path="/api/vehicles/{id}/photos/{photo}",
        who=Who.SIGNED_IN,
        says="A photo, for the entity's dealers and the traders invited to an auction of the vehicle.",
        answer=read_photo,
        gives=None,
        gives_file=(JPEG,),
    ),
    Route(
        method="DELETE",
        path="/api/vehicles/{id}/photos/{photo}",
        who=Who.DEALER,
        says="Delete a photo.",
        answer=delete_photo,
        gives=None,
        status=204,
    ),
    Route(
        method="GET",
        path="/api/vehicles/{id}/photos/{photo}/thumbnail",
        who=Who.SIGNED_IN,
        says="A photo, small.",
        answer=read_thumbnail,
        gives=None,
        gives_file=(JPEG,),
    ),
)
