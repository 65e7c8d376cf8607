"""The reference catalogue of makes and models as shipped, and how a file of the operator takes its place (§4.3, §4.7).

A file that does not fit stops the start with one line that names the setting. Nothing here is ever written.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from engine.catalogue import Catalogue, Make, Model
from server.settings import StartRefused

SHIPPED: Final = Path(__file__).with_name("makes.json")
LARGEST_BYTES: Final = 8 * 1024 * 1024
_SETTING: Final = "ADJUGE_CATALOGUE"

_Name = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$(?!\n)")]
_Kind = Literal["passenger", "van", "4x4", "motorcycle", "scooter", "quad", "other"]


class _MakeForm(Struct, frozen=True, forbid_unknown_fields=True):
    name: _Name
    models: dict[_Kind, tuple[_Name, ...]]
    also: tuple[_Name, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    makes: Annotated[tuple[_MakeForm, ...], Meta(min_length=1)]


def read_catalogue(file: Path | None) -> Catalogue:
    """The catalogue in this file, or the shipped one. Raises StartRefused."""
    if file is None:
        return shipped_catalogue()
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_BYTES + 1)
    except OSError as fault:
        raise StartRefused(f"{_SETTING}: cannot be read: {fault.strerror or fault}") from None
    if len(raw) > LARGEST_BYTES:
        raise StartRefused(f"{_SETTING}: is larger than {LARGEST_BYTES // 1024**2} MiB")
    try:
        return _catalogue(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as fault:
        raise StartRefused(f"{_SETTING}: is no catalogue: {' '.join(str(fault).split())}") from None


@cache
def shipped_catalogue() -> Catalogue:
    """Ours."""
    return _catalogue(SHIPPED.read_bytes())


def _catalogue(raw: bytes) -> Catalogue:
    return Catalogue(
        Make(make.name, tuple(Model(name, kind) for kind, names in make.models.items() for name in names), make.also)
        for make in msgspec.json.decode(raw, type=_File).makes
    )
