"""Files that `adjuge replay` must refuse, each with the member that the refusal must name.

The law of this file: every file breaks one rule of the format and no other, starting from `GOOD`, which breaks none.
`named` is text that the refusal's field must contain, "" where the file as a whole is no file of ours.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Given = dict[str, Any]
Path = tuple[str | int, ...]

GOOD: Given = {
    "auction": {
        "number": 43,
        "kind": "lot",
        "starts_at": "2023-12-12T15:26:00Z",
        "duration_seconds": 600,
        "minimum_increment": "100.00",
        "soft_close": {"window_seconds": 180, "extension_seconds": 180, "mode": "add"},
        "audience": ["Top used cars", "SARL LA BONNE OCCAZE"],
        "lots": [
            {
                "number": 65,
                "reserve_price": "20799.00",
                "vehicles": [
                    {"ref": "GD147JH", "starting_price": "3608.16", "initial_margin": "-0.50", "vat": "margin"},
                    {"ref": "GD250GH", "starting_price": "14185.47", "initial_margin": "472.85"},
                ],
            }
        ],
    },
    "commands": [
        {"at": "2023-12-12T15:27:00Z", "type": "decline", "trader": "Top used cars"},
        {
            "at": "2023-12-12T15:28:00Z",
            "type": "bid",
            "id": "b1",
            "trader": "Top used cars",
            "lot": 65,
            "amount": "20700",
        },
        {"at": "2023-12-12T15:29:00Z", "type": "remove_connection", "trader": "Top used cars"},
        {"at": "2023-12-12T15:30:00Z", "type": "outage", "until": "2023-12-12T15:31:00Z"},
        {"at": "2023-12-12T15:31:00Z", "type": "cancel"},
        {"at": "2023-12-12T15:50:00Z", "type": "cancel_sale", "lot": 65, "reason": "the buyer withdrew"},
    ],
    "until": "2023-12-12T15:55:00Z",
}
DECLINE, BID, REMOVE, OUTAGE, CANCEL, CANCEL_SALE = range(6)

LOT: Path = ("auction", "lots", 0)
VEHICLE: Path = (*LOT, "vehicles", 0)
SOFT_CLOSE: Path = ("auction", "soft_close")


@dataclass(frozen=True)
class Refused:
    """One file, what is wrong with it, and the member to be named."""

    name: str
    raw: bytes
    named: str


def refused_files() -> list[Refused]:
    """Every file that must be refused; names are unique, as tests are called by them."""
    return [*no_json(), *members(), *wrong_values(), *wrong_amounts(), *wrong_times(), *wrong_together()]


# Changing the good file.


def changed(path: Path, value: Any) -> Given:
    """The good file with one member set."""
    file = deepcopy(GOOD)
    place: Any = file
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return file


def without(path: Path) -> Given:
    """The good file with one member missing."""
    file = deepcopy(GOOD)
    place: Any = file
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return file


def member_of(path: Path) -> str:
    """The last name on a path: what a refusal must at least say."""
    return [step for step in path if isinstance(step, str)][-1]


def written(path: Path) -> str:
    """A path for people."""
    return ".".join(str(step) for step in path)


def refused(name: str, file: Given, named: str) -> Refused:
    """The file as bytes; a lone surrogate stays an escape."""
    return Refused(name, json.dumps(file).encode(), named)


def set_to(path: Path, *values: Any) -> Iterator[Refused]:
    """The good file with this member set to each value in turn."""
    for value in values:
        yield refused(f"{written(path)} is {json.dumps(value)[:60]}", changed(path, value), member_of(path))


# What is wrong.


def no_json() -> Iterator[Refused]:
    """Bytes that are no JSON object."""
    good = json.dumps(GOOD)
    deep = 100_000
    for name, raw in {
        "nothing": b"",
        "blanks": b" \n\t ",
        "prose": b"an auction, please",
        "a list": b"[]",
        "a list around the file": f"[{good}]".encode(),
        "a string": b'"auction"',
        "a number": b"43",
        "null": b"null",
        "cut short": good[:-1].encode(),
        "something after the end": f"{good} x".encode(),
        "two files": f"{good}{good}".encode(),
        "a comma too many": (good[:-1] + ",}").encode(),
        "single quotes": good.replace('"', "'").encode(),
        "a comment": f"// ours\n{good}".encode(),
        "UTF-16": good.encode("utf-16"),
        "Latin-1 in a name": good.replace("Top used cars", "Étoile").encode("latin-1"),
        "half a character": good.encode().replace(b"Top used cars", b"Top \xc3"),
        "a byte that is never UTF-8": good.encode().replace(b"Top used cars", b"Top \xff"),
        "a surrogate as UTF-8": good.encode().replace(b"Top used cars", b"Top \xed\xa0\x80"),
        "a bare line feed in a string": good.encode().replace(b"Top used cars", b"Top\nused"),
        "NaN": good.replace('"number": 43', '"number": NaN').encode(),
        "Infinity": good.replace('"number": 43', '"number": Infinity').encode(),
        "a number beyond all": good.replace('"number": 43', '"number": 1e999').encode(),
        "many open brackets": b"[" * deep,
        "lists within lists": b"[" * deep + b"]" * deep,
        "lists within lists for an audience": good.replace(
            '["Top used cars", "SARL LA BONNE OCCAZE"]', "[" * deep + "]" * deep
        ).encode(),
        "objects within objects": b'{"auction":' * deep + b"1" + b"}" * deep,
        "lists within lists under an unknown name": (good[:-1] + ', "x": ' + "[" * deep + "]" * deep + "}").encode(),
    }.items():
        yield Refused(name, raw, "")


def members() -> Iterator[Refused]:
    """Members that are not known, and members that are missing."""
    objects: list[Path] = [(), ("auction",), SOFT_CLOSE, LOT, VEHICLE, *[("commands", index) for index in range(6)]]
    for path in objects:
        yield refused(f"{written(path) or 'the file'} with an unknown member", changed((*path, "wish"), 1), "wish")
    yield refused("an unknown member of two lines", changed(("auction", "a\nb"), 1), "")
    yield refused("an unknown member without a name", changed(("auction", ""), 1), "")
    for path in [
        ("commands", DECLINE, "id"),
        ("commands", BID, "until"),
        ("commands", REMOVE, "reason"),
        ("commands", OUTAGE, "trader"),
        ("commands", CANCEL, "trader"),
        ("commands", CANCEL_SALE, "id"),
    ]:
        yield refused(f"{written(path)} belongs to another type", changed(path, "x"), member_of(path))
    for parent, names in {
        (): ["auction", "commands"],
        ("auction",): ["number", "kind", "starts_at", "duration_seconds", "minimum_increment", "audience", "lots"],
        LOT: ["number", "vehicles"],
        VEHICLE: ["ref", "starting_price", "initial_margin"],
        ("commands", DECLINE): ["at", "type", "trader"],
        ("commands", BID): ["at", "type", "id", "trader", "lot", "amount"],
        ("commands", REMOVE): ["at", "type", "trader"],
        ("commands", OUTAGE): ["at", "type", "until"],
        ("commands", CANCEL): ["at", "type"],
        ("commands", CANCEL_SALE): ["at", "type", "lot", "reason"],
    }.items():
        for name in names:
            path = (*parent, name)
            yield refused(f"{written(path)} is missing", without(path), name)


def wrong_values() -> Iterator[Refused]:
    """Members of another type, and words and numbers that the format does not have."""
    no_text: list[Any] = [None, 5, True, ["x"], {"x": "y"}]
    no_whole: list[Any] = [None, "43", 43.5, True, False, [43], {}]
    # A fraction of a second is allowed, a fraction of a microsecond is not.
    no_length: list[Any] = [*(value for value in no_whole if value != 43.5), 43.1234567, 1e-7, -0.5]
    no_object: list[Any] = [None, 5, "x", True, ["x"]]
    no_list: list[Any] = [None, 5, "x", {}]
    yield from set_to(("auction",), *no_object)
    yield from set_to(("auction", "number"), *no_whole)
    yield from set_to(("auction", "kind"), *no_text, "", "dutch", "Unit")
    yield from set_to(("auction", "duration_seconds"), *no_length, 0, 0.0, -1)
    yield from set_to(SOFT_CLOSE, *no_object)
    for name in ("window_seconds", "extension_seconds"):
        yield from set_to((*SOFT_CLOSE, name), *no_length, -1)
    yield from set_to((*SOFT_CLOSE, "mode"), *no_text, "", "Add", "extend")
    yield from set_to(("auction", "audience"), *no_list, [5], [None], ["x", ["y"]])
    yield from set_to(("auction", "lots"), *no_list, [], [5], [None])
    yield from set_to((*LOT, "number"), *no_whole)
    yield from set_to((*LOT, "vehicles"), *no_list, [], [5], [None])
    yield from set_to((*VEHICLE, "ref"), *no_text)
    yield from set_to((*VEHICLE, "vat"), *no_text, "", "Margin", "20")
    yield from set_to(("commands",), *no_list, [5], [None], ["bid"], [[]])
    for index in range(6):
        yield from set_to(("commands", index, "type"), *no_text, "", "Bid", "offer")
    for name in ("id", "trader", "amount"):
        yield from set_to(("commands", BID, name), *no_text)
    yield from set_to(("commands", BID, "amount"), 20700.00)
    yield from set_to(("commands", BID, "lot"), *no_whole)
    yield from set_to(("commands", DECLINE, "trader"), *no_text)
    yield from set_to(("commands", REMOVE, "trader"), *no_text)
    yield from set_to(("commands", CANCEL_SALE, "lot"), *no_whole)
    yield from set_to(("commands", CANCEL_SALE, "reason"), *no_text)
    yield refused("half a surrogate pair", changed(("commands", BID, "trader"), "\ud83d"), "")


def wrong_amounts() -> Iterator[Refused]:
    """Amounts of the terms, which have exactly two decimals; only an initial margin may be negative."""
    increment: Path = ("auction", "minimum_increment")
    starting: Path = (*VEHICLE, "starting_price")
    margin: Path = (*VEHICLE, "initial_margin")
    reserve: Path = (*LOT, "reserve_price")
    no_amount: list[Any] = [
        100,
        100.00,
        True,
        ["1.00"],
        "",
        "abc",
        "100",
        "100.",
        ".00",
        "100.0",
        "100.000",
        "1e2",
        "1,000.00",
        "1_000.00",
        "+1.00",
        "--1.00",
        " 1.00",
        "1.00 ",
        "1.00\n",
        "1.00\u0000",
        "٣.٠٠",
        "１.００",
        "NaN",
        "Infinity",
        "1.00.00",
    ]
    for path in (increment, starting, margin, reserve):
        yield from set_to(path, *no_amount)
    for path in (increment, starting, margin):
        yield from set_to(path, None)
    for path in (increment, starting, reserve):
        yield from set_to(path, "-0.01", "-100.00")
    for path in (increment, starting):
        yield from set_to(path, "0.00")


def wrong_times() -> Iterator[Refused]:
    """Times that are no RFC 3339 with Z, to the microsecond."""
    no_time: list[Any] = [
        None,
        0,
        1702394760,
        True,
        "",
        "now",
        "Z",
        "2023-12-12",
        "2023-12-12Z",
        "15:26:00Z",
        "2023-12-12T15:26Z",
        "2023-12-12T15:26:00",
        "2023-12-12T15:26:00z",
        "2023-12-12t15:26:00Z",
        "2023-12-12 15:26:00Z",
        "2023-12-12T15:26:00+00:00",
        "2023-12-12T15:26:00+01:00",
        "2023-12-12T15:26:00+00:00Z",
        "2023-12-12T15:26:00ZZ",
        "2023-12-12T15:26:00Z\n",
        " 2023-12-12T15:26:00Z",
        "2023-12-12T15:26:00.Z",
        "2023-12-12T15:26:00,5Z",
        "2023-12-12T15:26:00.1234567Z",
        "2023-12-12T15:26:00.0000000Z",
        "2023-12-12T15:26:00.-1Z",
        "2023-02-29T15:26:00Z",
        "2023-02-30T15:26:00Z",
        "2100-02-29T15:26:00Z",
        "2023-13-01T15:26:00Z",
        "2023-00-01T15:26:00Z",
        "2023-12-00T15:26:00Z",
        "2023-12-32T15:26:00Z",
        "2023-12-12T24:00:00Z",
        "2023-12-12T15:60:00Z",
        "2023-12-12T15:26:60Z",
        "0000-12-12T15:26:00Z",
        "-2023-12-12T15:26:00Z",
        "+12023-12-12T15:26:00Z",
        "23-12-12T15:26:00Z",
        "20231212T152600Z",
        "2023-W50-2T15:26:00Z",
        "2023-346T15:26:00Z",
        "２０２３-12-12T15:26:00Z",
        "2023-1２-12T15:26:00Z",
        "2023-12-12T15:26: 0Z",
    ]
    for path in [("auction", "starts_at"), ("commands", BID, "at"), ("commands", OUTAGE, "until"), ("until",)]:
        yield from set_to(path, *no_time)


def wrong_together() -> Iterator[Refused]:
    """Members that are each good, and do not fit each other."""
    vehicle, lot = GOOD["auction"]["lots"][0]["vehicles"][0], GOOD["auction"]["lots"][0]
    single = {"number": 66, "vehicles": [vehicle]}
    unit = changed(("auction", "kind"), "unit")
    yield refused("a unit auction whose lot has two vehicles", unit, "vehicles")
    later_lot = deepcopy(unit)
    later_lot["auction"]["lots"] = [single, lot]
    yield refused("a unit auction whose second lot has two vehicles", later_lot, "vehicles")
    yield refused("a lot auction of two lots", changed(("auction", "lots"), [lot, single]), "lots")
    repeated = deepcopy(unit)
    repeated["auction"]["lots"] = [single, {"number": 67, "vehicles": [vehicle]}, single]
    yield refused("a lot number twice", repeated, "lots")
    yield from out_of_order()


def out_of_order() -> Iterator[Refused]:
    """Commands that go back in time, and what an outage does not allow."""
    at, cancel = "2023-12-12T15:27:00Z", {"type": "cancel"}
    for name, times in {
        "a second earlier": ["2023-12-12T15:28:00Z", "2023-12-12T15:27:59Z"],
        "a microsecond earlier": ["2023-12-12T15:28:00.000001Z", "2023-12-12T15:28:00Z"],
        "earlier though its text sorts later": ["2023-12-12T15:28:00.5Z", "2023-12-12T15:28:00Z"],
    }.items():
        file = changed(("commands",), [{"at": moment, **cancel} for moment in times])
        yield refused(f"a command {name}", file, "commands")
    # The report being due before them excuses nothing.
    file = changed(("commands",), [{"at": at, **cancel}, {"at": "2023-12-12T15:26:59Z", **cancel}])
    file["until"] = "2023-12-12T15:00:00Z"
    yield refused("commands out of order after the report", file, "commands")
    for back in (at, "2023-12-12T15:26:59.999999Z"):
        file = changed(("commands",), [{"at": at, "type": "outage", "until": back}])
        yield refused(f"an outage from {at} until {back}", file, "until")
    outage = {"at": at, "type": "outage", "until": "2023-12-12T15:28:00Z"}
    second = {"type": "outage", "until": "2023-12-12T15:40:00Z"}
    for inside in (at, "2023-12-12T15:27:30Z", "2023-12-12T15:27:59.999999Z"):
        for step in (cancel, second, {"type": "remove_connection", "trader": "nobody"}):
            file = changed(("commands",), [outage, {"at": inside, **step}])
            yield refused(f"a {step['type']} at {inside}, inside an outage from {at}", file, "commands")
