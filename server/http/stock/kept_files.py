"""How a kept file is answered: its type as we know it, never guessed, for its reader's browser alone to keep."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.errors import DoorCode, Refusal
from server.storage import Storage

_KEPT: Final = "private, max-age=3600"


async def kept_file(
    request: Request, storage: Storage, key: str, media_type: str, *, saved_as: str | None = None
) -> Response | Refusal:
    """The file of this key, or that the reader's copy still stands; `saved_as`: to be saved under this ASCII name."""
    etag = f'"{key.rpartition("/")[2].partition(".")[0]}"'  # what is under a key never changes
    headers = {"ETag": etag, "Cache-Control": _KEPT, "X-Content-Type-Options": "nosniff"}
    if saved_as is not None:
        headers["Content-Disposition"] = f'attachment; filename="{saved_as}"'
    if etag in {known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    content = await storage.content(key)
    if content is None:
        return Refusal(DoorCode.NOT_FOUND, "The file is no longer kept.")
    return Response(content, media_type=media_type, headers=headers)
