"""The crowd's frames, read and written against `websockets`' own reading and writing."""

import pytest
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol

from loadtests import wire
from server.live.frames import text_frame

SIZES = (0, 1, 125, 126, 16_384, 65_535)


@pytest.mark.parametrize("size", SIZES)
def test_a_server_reads_what_the_crowd_sends(size: int) -> None:
    server = ServerProtocol(state=State.OPEN)
    server.receive_data(wire.text(b"x" * size) + wire.PONG + wire.GOODBYE)
    frames = [event for event in server.events_received() if isinstance(event, Frame)]
    assert [frame.opcode for frame in frames] == [Opcode.TEXT, Opcode.PONG, Opcode.CLOSE]
    assert frames[0].data == b"x" * size


@pytest.mark.parametrize("size", [*SIZES, 65_536])
def test_the_crowd_reads_what_a_server_sends_and_waits_for_a_whole_header(size: int) -> None:
    payload = b"x" * size
    data = text_frame(payload) + b"\x89\x00"
    frame = wire.frame_at(memoryview(data), 0)
    assert frame is not None
    assert data[frame.begin : frame.end] == payload
    following = wire.frame_at(memoryview(data), frame.end)
    assert following is not None
    assert (following.opcode, following.end) == (wire.PING, len(data))
    for short in range(frame.begin):
        assert wire.frame_at(memoryview(data[:short]), 0) is None


@pytest.mark.parametrize("size", SIZES)
def test_the_bare_loop_sends_what_the_house_sends(size: int) -> None:
    assert wire.served(b"x" * size) == text_frame(b"x" * size)
