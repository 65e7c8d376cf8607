"""The client's side of a WebSocket as bytes: the upgrade, frames to send, frames that come.

Cheap on purpose, so that the load side is never the bottleneck: frames go out with a mask of zeros (the server unmasks
all the same) and come in by header alone, unless somebody wants the payload. No deflate is offered.
"""

from dataclasses import dataclass
from typing import Final

HOST: Final = "127.0.0.1"
PROTOCOL: Final = "adjuge.v1"

TEXT: Final = 0x1
CLOSE: Final = 0x8
PING: Final = 0x9

_FIN: Final = 0x80
_MASKED: Final = 0x80
_ZERO_MASK: Final = bytes(4)
_LENGTH_IN_16_BITS: Final = 126
_LENGTH_IN_64_BITS: Final = 127

PONG: Final = bytes((_FIN | 0xA, _MASKED)) + _ZERO_MASK
GOODBYE: Final = bytes((_FIN | CLOSE, _MASKED | 2)) + _ZERO_MASK + (1000).to_bytes(2, "big")


def upgrade(port: int, path: str, token: str | None) -> bytes:
    """The request that asks for the live protocol, signed with an API token if there is one."""
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {HOST}:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        f"Sec-WebSocket-Protocol: {PROTOCOL}",
    ]
    if token is not None:
        lines.append(f"Authorization: Bearer {token}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def text(payload: bytes) -> bytes:
    """One text frame as a client sends it, for a payload of less than 64 KiB."""
    size = len(payload)
    if size < _LENGTH_IN_16_BITS:
        return bytes((_FIN | TEXT, _MASKED | size)) + _ZERO_MASK + payload
    return bytes((_FIN | TEXT, _MASKED | _LENGTH_IN_16_BITS)) + size.to_bytes(2, "big") + _ZERO_MASK + payload


def served(payload: bytes) -> bytes:
    """One text frame as a server sends it, for a payload of less than 64 KiB."""
    size = len(payload)
    if size < _LENGTH_IN_16_BITS:
        return bytes((_FIN | TEXT, size)) + payload
    return bytes((_FIN | TEXT, _LENGTH_IN_16_BITS)) + size.to_bytes(2, "big") + payload


@dataclass(slots=True)
class Frame:
    """One frame in a buffer: its opcode, and where its payload begins and ends (perhaps beyond what has come)."""

    opcode: int
    begin: int
    end: int


def frame_at(data: memoryview, position: int) -> Frame | None:
    """The server's frame at `position`, or None while its header has not come whole."""
    there = len(data) - position
    if there < 2:  # noqa: PLR2004 - the two bytes that every frame has
        return None
    size, begin = data[position + 1], position + 2
    if size == _LENGTH_IN_16_BITS:
        begin += 2
        size = int.from_bytes(data[position + 2 : begin], "big")
    elif size == _LENGTH_IN_64_BITS:
        begin += 8
        size = int.from_bytes(data[position + 2 : begin], "big")
    if begin > len(data):
        return None
    return Frame(data[position] & 0x0F, begin, begin + size)
