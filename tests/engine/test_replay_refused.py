"""What `adjuge replay` must not take: a file that does not fit is refused, by the name of the member that does not.

The law of this file: a refusal is a `FileRefused` whose field and reason fit one line; anything else that a file can
make happen (another error, an answer) is a defect.
"""

import json
from random import Random

import pytest

from engine.auction.replay import replay
from engine.auction.replay_file import FileRefused
from tests.engine.refused_files import GOOD, Refused, refused_files
from tests.engine.scenarios import scenario

REFUSED = refused_files()


def test_the_good_file_is_good() -> None:
    assert replay(json.dumps(GOOD).encode())


def test_no_two_refused_files_are_called_the_same() -> None:
    assert len({file.name for file in REFUSED}) == len(REFUSED)


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: file.name)
def test_the_file_is_refused_by_name(file: Refused) -> None:
    with pytest.raises(FileRefused) as refusal:
        replay(file.raw)
    assert file.named in refusal.value.field
    assert refusal.value.reason
    # The command prints one line, whatever the file is called by.
    assert len(f"{refusal.value.field}: {refusal.value.reason}".splitlines()) == 1


def damaged(dice: Random, raw: bytes) -> bytes:
    """The file with a few bytes lost, doubled, replaced or moved."""
    damage = bytearray(raw)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(damage))
        length = dice.randint(1, 12)
        piece = damage[place : place + length]
        how = dice.choice(["lose", "double", "replace", "replace", "replace"])
        if how == "lose":
            del damage[place : place + length]
        elif how == "double":
            damage[place:place] = piece
        else:
            damage[place : place + 1] = dice.choice(
                [b"0", b"9", b"-", b".", b'"', b"Z", b"e", b"{", b"]", b"\xff", b"\\"]
            )
    return bytes(damage)


def sound_end(raw: bytes) -> bool:
    """Whether the file is taken, or refused in one line; any other error goes through."""
    try:
        printed = replay(raw)
    except FileRefused as refusal:
        return bool(refusal.reason) and len(f"{refusal.field}: {refusal.reason}".splitlines()) == 1
    return printed.endswith(b"}\n")


def test_a_damaged_file_is_taken_or_refused_and_nothing_else() -> None:
    for seed in range(1_500):
        dice = Random(seed)
        file = scenario(seed)
        file["commands"] = file["commands"][:6]
        raw = damaged(dice, json.dumps(file).encode())
        assert sound_end(raw), f"seed {seed}: {raw!r}"


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [
        ("a start at the end of time", "starts_at", "9999-12-31T23:59:59Z"),
        ("a start at the beginning of time", "starts_at", "0001-01-01T00:00:00Z"),
        ("a duration of ages", "duration_seconds", 10**15),
        ("a duration of more digits than Python reads", "duration_seconds", "9" * 5_000),
        ("a number of more digits than Python reads", "number", "9" * 5_000),
        ("a price of more digits than Python reads", "minimum_increment", "9" * 5_000 + ".00"),
    ],
)
def test_an_excess_is_taken_or_refused_and_nothing_else(name: str, path: str, text: str | int) -> None:
    file = json.loads(json.dumps(GOOD))
    file["auction"][path] = text
    raw = json.dumps(file)
    if path in ("number", "duration_seconds"):
        raw = raw.replace(f'"{text}"', str(text))
    assert sound_end(raw.encode()), name
