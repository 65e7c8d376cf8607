"""What comes in over HTTP, read into the types that a route declares, or refused with the name of what does not fit.

Bounded in size and depth before anything is believed; texts never hold NUL, which no database keeps.
"""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct
from starlette.requests import ClientDisconnect, Request

from server.errors import DoorCode, Reason, Refusal
from server.http.complaints import Complaint, complaints

BODY_BYTES: Final = 1024 * 1024
DEPTH: Final = 16
_Form = TypeVar("_Form", bound=Struct)


class Upload(Struct, frozen=True):
    """A body that is a file: of which media types (`text/csv`), of at most how many bytes."""

    types: tuple[str, ...]
    most_bytes: int


class _Unfit(Exception):
    """The value at `field` does not fit."""

    def __init__(self, code: DoorCode, field: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.field, self.reason = code, field, reason


async def read_body(request: Request, form: type[_Form]) -> _Form | Refusal:
    """The body as `form`."""
    if _content_type(request) != "application/json":
        return Refusal(DoorCode.UNSUPPORTED_TYPE, field="Content-Type")
    raw = await _bounded(request, BODY_BYTES)
    if raw is None:
        return Refusal(DoorCode.TOO_LARGE, f"The request is too large: at most {BODY_BYTES // 1024} KiB.")
    try:
        return shaped(msgspec.json.decode(raw), form)
    except RecursionError:
        return Refusal(DoorCode.TOO_DEEP)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Refusal(DoorCode.MALFORMED, "The request is not JSON.")


async def read_upload(request: Request, upload: Upload) -> bytes | Refusal:
    """The body as it is. What kind of file it really is, the route finds out: the type is only what the client says."""
    if _content_type(request) not in upload.types:
        sentence = f"Send a file, with one of these as its Content-Type: {', '.join(upload.types)}."
        return Refusal(DoorCode.UNSUPPORTED_TYPE, sentence, "Content-Type")
    raw = await _bounded(request, upload.most_bytes)
    if raw is None:
        return Refusal(DoorCode.TOO_LARGE, f"The file is too large: at most {upload.most_bytes // 1024**2} MiB.")
    return raw


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _bounded(request: Request, most_bytes: int) -> bytes | None:
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told) > most_bytes:
        return None
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most_bytes:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def read_query(pairs: Iterable[tuple[str, str]], form: type[_Form]) -> _Form | Refusal:
    """The query as `form`, whose members are texts and numbers; an empty one counts as none, the last of two counts."""
    return shaped({name: text for name, text in pairs if text}, form, strict=False)


def shaped(value: Any, form: type[_Form], *, strict: bool = True) -> _Form | Refusal:
    """A decoded value as `form`."""
    try:
        _inspect(value, "", 0)
        return msgspec.convert(value, form, strict=strict)
    except _Unfit as unfit:
        return Refusal(unfit.code, f"{unfit.field}: {unfit.reason}.", unfit.field or None)
    except msgspec.ValidationError:
        return _refused(complaints(value, form, strict=strict) if isinstance(value, dict) else [])


def _refused(found: list[Complaint]) -> Refusal:
    """Every field that does not fit, each with what to do."""
    if not found:
        return Refusal(DoorCode.INVALID, "The request must be a JSON object.")
    reasons = tuple(Reason(each.code, each.field) for each in found) if len(found) > 1 else ()
    told = "; ".join(f"{each.field}: {each.sentence}" for each in found)
    return Refusal(DoorCode.INVALID, f"{told}.", found[0].field, reasons=reasons)


def _inspect(value: Any, field: str, depth: int) -> None:
    if depth > DEPTH:
        raise _Unfit(DoorCode.TOO_DEEP, field, "is nested too deep")
    if isinstance(value, str):
        if "\0" in value:
            raise _Unfit(DoorCode.INVALID, field, "holds a NUL character")
    elif isinstance(value, dict):
        for name, member in value.items():
            _inspect(name, f"{field}.{name}".lstrip(".").replace("\0", "\\0"), depth + 1)
            _inspect(member, f"{field}.{name}".lstrip("."), depth + 1)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            _inspect(member, f"{field}[{index}]", depth + 1)


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """No body, or no query."""
