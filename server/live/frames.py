"""WebSocket frames as bytes (RFC 6455 §5.2): built once here for every reader, measured here for every arrival.

A frame that leaves is ready-made and unmasked, so that all readers of one event share the same bytes. A frame that
arrives is only measured and unmasked here; what it means is the edge's business, and whatever is not a plain whole text
frame is judged by `websockets`. No socket, no state, no JSON.
"""

from typing import Final

try:
    from websockets.speedups import apply_mask
except ImportError:  # a platform for which `websockets` has no compiled wheel
    from websockets.utils import apply_mask

WHOLE_TEXT: Final = 0x81
"""First byte of a text message in one frame: FIN, no reserved bit, opcode 1."""

WHOLE_PONG: Final = 0x8A

MASK_BIT: Final = 0x80
MASK_BYTES: Final = 4
SHORTEST_CLIENT_FRAME_BYTES: Final = 2 + MASK_BYTES

_LENGTH_IN_16_BITS: Final = 126
_LENGTH_IN_64_BITS: Final = 127
_FIRST_16_BIT_OVERFLOW: Final = 1 << 16

PING: Final = b"\x89\x00"
"""A ping without payload: the heartbeat needs no more, any byte that comes back is a sign of life."""


def text_frame(payload: bytes) -> bytes:
    """One whole unmasked text frame around `payload` (UTF-8 JSON, any length)."""
    size = len(payload)
    if size < _LENGTH_IN_16_BITS:
        return bytes((WHOLE_TEXT, size)) + payload
    if size < _FIRST_16_BIT_OVERFLOW:
        return bytes((WHOLE_TEXT, _LENGTH_IN_16_BITS)) + size.to_bytes(2, "big") + payload
    return bytes((WHOLE_TEXT, _LENGTH_IN_64_BITS)) + size.to_bytes(8, "big") + payload


def is_short_text(data: bytes) -> bool:
    """Whether `data` is one whole masked text frame of less than 126 bytes and nothing else: what most arrivals are."""
    size = len(data)
    return (
        SHORTEST_CLIENT_FRAME_BYTES <= size < _LENGTH_IN_16_BITS + SHORTEST_CLIENT_FRAME_BYTES
        and data[0] == WHOLE_TEXT
        and data[1] == size - SHORTEST_CLIENT_FRAME_BYTES + MASK_BIT
    )


def short_text(data: bytes) -> bytes:
    """The payload of such a frame, without its mask."""
    return apply_mask(data[SHORTEST_CLIENT_FRAME_BYTES:], data[2:SHORTEST_CLIENT_FRAME_BYTES])


def payload_span(data: bytes | bytearray, position: int) -> tuple[int, int] | None:
    """Where the payload of the masked frame at `position` begins and ends, in bytes from the start of `data`.

    None while its header has not come whole. The end may lie beyond `data`. The mask is the 4 bytes before.
    """
    length = data[position + 1] & ~MASK_BIT if len(data) - position >= SHORTEST_CLIENT_FRAME_BYTES else -1
    if length < 0:
        return None
    begin = position + SHORTEST_CLIENT_FRAME_BYTES
    if length == _LENGTH_IN_16_BITS:
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        begin += 2
    elif length == _LENGTH_IN_64_BITS:
        length = int.from_bytes(data[position + 2 : position + 10], "big")
        begin += 8
    if begin > len(data):
        return None
    return begin, begin + length


def is_masked(data: bytes | bytearray, position: int) -> bool:
    """Whether the frame at `position`, of which two bytes are there, says that it is masked (RFC 6455 §5.1)."""
    return data[position + 1] >= MASK_BIT


def unmasked(data: bytes | bytearray, begin: int, end: int) -> bytes:
    """The payload `data[begin:end]` without its mask, the 4 bytes before it."""
    return apply_mask(data[begin:end], data[begin - MASK_BYTES : begin])
