"""The built pages: the files of web/dist as they are, and the first page for every address that is a page's.

Files are read once and compressed once; when the pages are built anew they are read anew. `<base href>` is the way
back to the root, so that the pages work behind any path prefix.
"""

import gzip
import mimetypes
from pathlib import Path
from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from server.errors import DoorCode, Refusal
from server.http.door import refusal_response

FIRST_PAGE: Final = "index.html"
ASSETS: Final = "assets/"
_BASE: Final = b'<base href="./"'
_COMPRESSED: Final = (".html", ".js", ".css", ".svg", ".json", ".txt", ".webmanifest")
_NOT_BUILT: Final = "<!doctype html><title>Adjugé</title><p>The pages are not built: run <code>make build</code>.\n"


class _File(Struct, frozen=True):
    media_type: str
    plain: bytes
    compressed: bytes | None


class Pages:
    """The pages in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}
        self._built_at: int | None = None

    async def serve(self, request: Request) -> Response:
        """A file of the pages, or the first page."""
        if request.method not in {"GET", "HEAD"}:
            return refusal_response(Refusal(DoorCode.METHOD_NOT_ALLOWED))
        self._read_if_built_anew()
        path = request.path_params["path"]
        file = self._files.get(path)
        if path == FIRST_PAGE or file is None:
            return self._first_page(request, path)
        forever = path.startswith(ASSETS)
        caching = "public, max-age=31536000, immutable" if forever else "public, max-age=3600"
        return _response(request, file, caching)

    def _first_page(self, request: Request, path: str) -> Response:
        if path.startswith(ASSETS) or "." in path.rpartition("/")[2].removesuffix(FIRST_PAGE):
            return refusal_response(Refusal(DoorCode.NOT_FOUND))
        first = self._files.get(FIRST_PAGE)
        if first is None:
            return Response(_NOT_BUILT, 503, media_type="text/html")
        back = b"../" * path.count("/") or b"./"
        plain = first.plain.replace(_BASE, b'<base href="%b"' % back, 1)
        return _response(request, _File(first.media_type, plain, None), "no-cache")

    def _read_if_built_anew(self) -> None:
        try:
            built_at = (self._folder / FIRST_PAGE).stat().st_mtime_ns
        except OSError:
            return
        if built_at != self._built_at:
            self._files = {
                path.relative_to(self._folder).as_posix(): _read(path)
                for path in self._folder.rglob("*")
                if path.is_file()
            }
            self._built_at = built_at


def _read(path: Path) -> _File:
    plain = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return _File(media_type, plain, gzip.compress(plain, mtime=0) if path.suffix in _COMPRESSED else None)


def _response(request: Request, file: _File, caching: str) -> Response:
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    if file.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file.compressed, media_type=file.media_type, headers=headers)
    return Response(file.plain, media_type=file.media_type, headers=headers)
