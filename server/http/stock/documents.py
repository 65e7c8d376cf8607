"""Other files of a vehicle, PDF all of them: `/api/vehicles/{id}/files` (§4.5).

The certificate of the battery is for traders too, as the score is; documents are for the entity's dealers alone.
"""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from starlette.responses import Response

from persistence.audit import By
from persistence.stock.files import (
    CERTIFICATE,
    NewFile,
    StoredFile,
    TooMany,
    add_file,
    file_of,
    files_of,
    remove_file,
)
from server.errors import DoorCode, Refusal
from server.http.door import Asking, Route, Who
from server.http.reading import Nothing, Upload
from server.http.stock.kept_files import kept_file, saved_as
from server.http.stock.photos import Caption, forget
from server.http.stock.vehicle_cards import file_address
from server.http.stock.whose_vehicle import may_change, may_look_at, may_read
from server.http.words import FileKindWord

PDF: Final = "application/pdf"
FILE_BYTES: Final = 5 * 1024 * 1024
_SIGNATURE: Final = b"%PDF-"


class FileQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """What a new file is: the certificate of the battery, in place of the one before, or a document."""

    kind: Literal["battery_certificate", "document"] = "document"
    title: Annotated[Caption, Meta(description="How lists call it")] = ""


class VehicleFile(Struct, frozen=True):
    """A file: where it is read, from the root of the house, and its size."""

    id: int
    kind: FileKindWord
    title: str
    address: str
    bytes: int


class VehicleFiles(Struct, frozen=True):
    """Oldest first."""

    items: tuple[VehicleFile, ...]


async def list_files(asking: Asking[Nothing, Nothing]) -> VehicleFiles | Refusal:
    """The files."""
    if not await may_read(asking):
        return Refusal(DoorCode.NOT_FOUND)
    stored = await files_of(asking.doors.database, asking.ids["id"])
    return VehicleFiles(tuple(_shown(file) for file in stored))


async def upload_file(asking: Asking[bytes, FileQuery]) -> VehicleFile | Refusal:
    """Take a file that begins as a PDF does."""
    entity_id = await may_change(asking)
    if isinstance(entity_id, Refusal):
        return entity_id
    if not asking.body.startswith(_SIGNATURE):
        return Refusal(DoorCode.INVALID, "file: must be a PDF.", "file")
    storage = asking.doors.storage
    key = await storage.keep("files", ".pdf", asking.body)
    new = NewFile(kind=asking.query.kind, title=asking.query.title.strip(), storage_key=key, bytes=len(asking.body))
    by = By(asking.caller.user_id, asking.doors.clock.now())
    added = await add_file(asking.doors.database, asking.ids["id"], new, by)
    if isinstance(added, TooMany):
        await forget(storage, key)
        return Refusal(DoorCode.CONFLICT, f"file: the vehicle has {added.most} already: delete one first.", "file")
    file, gone = added
    if gone is not None:
        await forget(storage, gone.storage_key)
    return _shown(file)


async def read_file(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """A file, to be saved."""
    if not await may_look_at(asking):
        return Refusal(DoorCode.NOT_FOUND)
    found = await file_of(asking.doors.database, asking.ids["id"], asking.ids["file"])
    if found is None or (asking.caller.trader is not None and found.kind != CERTIFICATE):
        return Refusal(DoorCode.NOT_FOUND)
    name = saved_as(found.title, f"{found.kind}-{found.vehicle_id}-{found.id}", ".pdf")
    return await kept_file(asking.request, asking.doors.storage, found.storage_key, PDF, name=name)


async def delete_file(asking: Asking[Nothing, Nothing]) -> Response | Refusal:
    """Delete a file."""
    entity_id = await may_change(asking)
    if isinstance(entity_id, Refusal):
        return entity_id
    by = By(asking.caller.user_id, asking.doors.clock.now())
    gone = await remove_file(asking.doors.database, asking.ids["id"], asking.ids["file"], by)
    if gone is None:
        return Refusal(DoorCode.NOT_FOUND)
    await forget(asking.doors.storage, gone.storage_key)
    return Response(status_code=204)


def _shown(file: StoredFile) -> VehicleFile:
    return VehicleFile(file.id, file.kind, file.title, file_address(file.vehicle_id, file.id), file.bytes)


ROUTES = (
    Route(
        method="GET",
        path="/api/vehicles/{id}/files",
        who=Who.DEALER,
        says="The files of a vehicle that are no photos.",
        answer=list_files,
        gives=VehicleFiles,
    ),
    Route(
        method="POST",
        path="/api/vehicles/{id}/files",
        who=Who.DEALER,
        says="Add a PDF of at most 5 MiB: a document, or the certificate of the battery in place of the one before.",
        answer=upload_file,
        body=Upload((PDF, "application/octet-stream"), FILE_BYTES),
        query=FileQuery,
        gives=VehicleFile,
        status=201,
        refuses=(DoorCode.CONFLICT,),
    ),
    Route(
        method="GET",
        path="/api/vehicles/{id}/files/{file}",
        who=Who.SIGNED_IN,
        says="A file; the certificate of the battery also for traders invited to an auction of the vehicle.",
        answer=read_file,
        gives=None,
        gives_file=(PDF,),
    ),
    Route(
        method="DELETE",
        path="/api/vehicles/{id}/files/{file}",
        who=Who.DEALER,
        says="Delete a file.",
        answer=delete_file,
        gives=None,
        status=204,
    ),
)
