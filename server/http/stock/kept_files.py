"""How a kept file is answered: its type as we know it, never guessed, for its reader's browser alone to keep."""

import re
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from server.errors import DoorCode, Refusal
from server.storage import Storage

_KEPT: Final = "private, max-age=3600"
_NOT_IN_A_NAME: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+')
"""What some file system does not take, and what nobody sees: a name must not look like another's."""


def saved_as(title: str, otherwise: str, ending: str) -> str:
    """Under which name a file is saved that was given under `title`: with its ending, and nothing that misleads."""
    name = _NOT_IN_A_NAME.sub("_", title).strip()
    stem = name[: -len(ending)] if name.lower().endswith(ending) else name
    return f"{stem.strip(' .') or otherwise}{ending}"


def attachment(name: str) -> str:
    """Content-Disposition for a file to be saved under any name (RFC 6266): ASCII for whoever reads no other."""
    plain = re.sub(r'[^ -~]|[%"\\]', "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


async def kept_file(
    request: Request, storage: Storage, key: str, media_type: str, *, name: str | None = None
) -> Response | Refusal:
    """The file of this key, or that the reader's copy still stands; `name`: to be saved under this one."""
    etag = f'"{key.rpartition("/")[2].partition(".")[0]}"'  # what is under a key never changes
    headers = {"ETag": etag, "Cache-Control": _KEPT, "X-Content-Type-Options": "nosniff"}
    if name is not None:
        headers["Content-Disposition"] = attachment(name)
    if etag in {known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    content = await storage.content(key)
    if content is None:
        return Refusal(DoorCode.NOT_FOUND, "The file is no longer kept.")
    return Response(content, media_type=media_type, headers=headers)
