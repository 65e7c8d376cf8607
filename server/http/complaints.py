"""What does not fit the shape of a form, told of each field at once, in words that say what to do.

Only shapes: what is missing, too long, no amount, no field of the form. What the trade allows is the engine's to say.
msgspec judges, and stops at the first fault; here it is asked of each part by itself.
"""

import enum
import re
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import msgspec
from msgspec import Meta, Struct, UnsetType
from msgspec.structs import fields

from server.http.values import (
    AMOUNT,
    BLANK,
    CODE,
    COLUMN,
    COUNTRY,
    DAY,
    EMAIL,
    EMPTY_OR_EMAIL,
    EMPTY_OR_LINE,
    LINE,
    PREFIX,
    PROSE,
    REPORT,
)

MOST_TOLD: Final = 20
"""Nobody reads more at once."""
ENDLESS: Final = 10**6
"""Of a range that goes as far only the bound that was passed is told: the other says nothing to anybody."""
LONGEST_NAME: Final = 60
"""What is sent as a field's name is told back, and bounded."""

_NEEDED: Final = "is needed"
_UNKNOWN: Final = "is no field here"
_DAY: Final = "must be a day like 2026-01-31"
_EMAIL: Final = "must be an e-mail address like achats@example.fr"
_KIND_SENTENCES: Final[dict[str, str]] = {
    "object": "must be an object",
    "array": "must be a list",
    "str": "must be a text",
    "int": "must be a whole number",
    "float": "must be a number",
    "bool": "must be true or false",
    "date": _DAY,
}
_SHAPE_SENTENCES: Final[dict[str, str]] = {
    AMOUNT: "must be an amount like 20900.00",
    CODE: "must be small letters, digits and _, and begin with a letter",
    COLUMN: "must be a column, with - before it to go down",
    COUNTRY: "must be two capital letters, like FR",
    DAY: _DAY,
    EMAIL: _EMAIL,
    EMPTY_OR_EMAIL: _EMAIL,
    EMPTY_OR_LINE: "must be one line of text",
    LINE: "must be one line of text",
    PREFIX: "must be at most 8 capital letters and digits",
    PROSE: "must be text, without control characters",
    REPORT: "must be text, without control characters",
}
_BOUND_SENTENCES: Final[dict[str, str]] = {
    "str <=": "is too long: at most {} characters",
    "str >=": "is too short: at least {} characters",
    "array <=": "must hold at most {}",
    "array >=": "must hold at least {}",
    "object <=": "must hold at most {}",
    "object >=": "must hold at least {}",
    "int <=": "must be at most {}",
    "int >=": "must be at least {}",
    "int": "must be between {} and {}",
}
_OTHER_SENTENCES: Final[dict[str, str]] = {
    "shape": "does not have the form that it must have",
    "among": "must be among {}",
    "fit": "does not fit",
}
_GOT: Final = re.compile(r"Expected `([a-z]+)[^`]*`, got `(\w+)`")
_BOUND: Final = re.compile(r"Expected `([a-z]+)[^`]*` (?:of length )?([<>]=) (-?\d+)")


class Complaint(Struct, frozen=True):
    """What does not fit, where (`vehicles[0].reserve_price`; empty: all of it), and what to do."""

    code: str
    field: str
    sentence: str


def complaints(value: Any, form: type[Struct], *, strict: bool = True) -> list[Complaint]:
    """Everything that keeps the decoded value from being a `form`, in the order of its fields; at most MOST_TOLD."""
    return list(islice(_of(value, form, "", strict=strict), MOST_TOLD))


def _of(value: Any, kind: Any, field: str, *, strict: bool) -> Iterator[Complaint]:
    """Of its parts, where those can be judged by themselves; else of the whole."""
    bare, metas = _unwrapped(kind)
    inner: Iterator[Complaint] = iter(())
    if isinstance(value, dict) and isinstance(bare, type) and issubclass(bare, Struct):
        inner = _of_form(value, bare, field, strict=strict)
    elif isinstance(value, list) and get_origin(bare) is tuple:
        inner = _of_list(value, get_args(bare)[0], field, strict=strict)
    told = False
    for complaint in inner:
        told = True
        yield complaint
    if told:
        return
    try:
        msgspec.convert(value, kind, strict=strict)
    except msgspec.ValidationError as error:
        yield _complaint(str(error), value, bare, metas, field)


def _of_form(value: dict[str, Any], form: type[Struct], field: str, *, strict: bool) -> Iterator[Complaint]:
    known = {member.encode_name: member for member in fields(form)}
    for name, member in known.items():
        if name in value:
            yield from _of(value[name], member.type, _beneath(field, name), strict=strict)
        elif member.required:
            yield Complaint("required", _beneath(field, name), _NEEDED)
    if form.__struct_config__.forbid_unknown_fields:
        for name in value:
            if name not in known:
                yield Complaint("unknown_field", _beneath(field, name[:LONGEST_NAME]), _UNKNOWN)


def _of_list(value: list[Any], kind: Any, field: str, *, strict: bool) -> Iterator[Complaint]:
    for place, member in enumerate(value):
        yield from _of(member, kind, f"{field}[{place}]", strict=strict)


def _beneath(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _unwrapped(kind: Any) -> tuple[Any, tuple[Meta, ...]]:
    """The type without its bounds and without `None`, and the bounds."""
    if get_origin(kind) is Annotated:
        bare, metas = _unwrapped(kind.__origin__)
        return bare, (*metas, *(each for each in kind.__metadata__ if isinstance(each, Meta)))
    others = [each for each in get_args(kind) if each not in {type(None), UnsetType}]
    if get_origin(kind) not in {tuple, dict, Literal} and len(others) == 1:
        return _unwrapped(others[0])
    return kind, ()


def _complaint(reason: str, value: Any, bare: Any, metas: tuple[Meta, ...], field: str) -> Complaint:
    """What msgspec complains of (`Expected `int` >= 1 - at `$[...]``), in words."""
    reason, _, path = reason.partition(" - at `$")
    at = (field + path.rstrip("`")).lstrip(".")
    if value is None or (isinstance(value, str) and not path and re.fullmatch(BLANK, value)):
        return Complaint("required", at, _NEEDED)
    if got := _GOT.match(reason):
        return Complaint("invalid", at, _NEEDED if got[2] == "null" else _KIND_SENTENCES.get(got[1], _other("fit")))
    if bound := _BOUND.match(reason):
        if bound[1] == "int" and not path and (between := _range(metas)):
            return Complaint("invalid", at, _BOUND_SENTENCES["int"].format(*between))
        return Complaint("invalid", at, _BOUND_SENTENCES[f"{bound[1]} {bound[2]}"].format(bound[3]))
    if "matching regex" in reason:
        shapes = [_SHAPE_SENTENCES[meta.pattern] for meta in metas if meta.pattern in _SHAPE_SENTENCES]
        return Complaint("invalid", at, next(iter(shapes), _other("shape")))
    if "enum" in reason and (among := _choices(bare)):
        return Complaint("invalid", at, _other("among").format(", ".join(map(str, among))))
    return Complaint("invalid", at, _DAY if "date" in reason else _other("fit"))


def _range(metas: tuple[Meta, ...]) -> tuple[int, int] | None:
    """The lowest and the highest whole number that fits, if somebody may reach both."""
    lowest = next((int(meta.ge) for meta in metas if meta.ge is not None), None)
    highest = next((int(meta.le) for meta in metas if meta.le is not None), None)
    return None if lowest is None or highest is None or highest >= ENDLESS else (lowest, highest)


def _other(name: str) -> str:
    return _OTHER_SENTENCES[name]


def _choices(bare: Any) -> tuple[Any, ...]:
    """The words that a field can hold."""
    if get_origin(bare) is Literal:
        return get_args(bare)
    return tuple(each.value for each in bare) if isinstance(bare, type) and issubclass(bare, enum.Enum) else ()
