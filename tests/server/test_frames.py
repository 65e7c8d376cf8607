"""The short way in: what is taken for one whole short text frame is exactly that (RFC 6455 §5.2)."""

from typing import Final

import pytest
from websockets.frames import Frame, Opcode

from server.live.frames import is_short_text, short_text

LONGEST: Final = 125


def sent(payload: bytes, opcode: Opcode = Opcode.TEXT, *, fin: bool = True, mask: bool = True) -> bytes:
    return Frame(opcode, payload, fin).serialize(mask=mask)


@pytest.mark.parametrize("payload", [b"", b"x", '{"type":"ping","t":"é"}'.encode(), b"y" * LONGEST])
def test_a_short_text_comes_out_as_it_was(payload: bytes) -> None:
    frame = sent(payload)
    assert is_short_text(frame)
    assert short_text(frame) == payload


@pytest.mark.parametrize(
    "data",
    [
        sent(b"y" * (LONGEST + 1)),
        sent(b"unmasked", mask=False),
        sent(b"the beginning", fin=False),
        sent(b"bytes", Opcode.BINARY),
        sent(b"", Opcode.PING),
        sent(b"one") + sent(b"two"),
        sent(b"not whole")[:-1],
        sent(b"one and more") + b"\x81",
        b"",
        b"\x81",
        b"\x81\x80",
        bytes([0xC1]) + sent(b"reserved bit")[1:],
    ],
)
def test_anything_else_goes_the_long_way(data: bytes) -> None:
    assert not is_short_text(data)
