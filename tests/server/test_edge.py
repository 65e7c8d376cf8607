"""The edge over real sockets: `websockets`' client for good manners, frames by hand for what no good client sends."""

import asyncio
import struct
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Close

from server.live import live_socket as live_socket_module
from server.live.frames import text_frame
from tests.server.live_door import PROTOCOL, Door, close_code, masked, opened


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with opened() as it:
        yield it


# ------------------------------------------------------------------------------------------------------ the handshake


async def test_a_connection_stays_after_its_endpoint_returned_and_costs_no_task(door: Door) -> None:
    async with door.connect() as client:
        listener = await door.listener()
        assert client.subprotocol == PROTOCOL
        assert not door.server.server_state.tasks
        assert not door.server.server_state.connections
        assert len(door.edge) == 1
        listener.live.write(text_frame(b'{"type":"welcome"}'))
        assert await client.recv() == '{"type":"welcome"}'


async def test_deflate_is_refused_when_offered(door: Door) -> None:
    async with door.connect(compression="deflate") as client:
        await door.listener()
        assert client.request is not None
        assert client.response is not None
        assert "Sec-WebSocket-Extensions" in client.request.headers
        assert "Sec-WebSocket-Extensions" not in client.response.headers
        assert client.protocol.extensions == []


async def test_origin_and_authorization_reach_the_endpoint(door: Door) -> None:
    async with door.connect(origin="https://elsewhere.example", additional_headers={"Authorization": "Bearer x"}):
        await door.listener()
    assert door.headers[0]["origin"] == "https://elsewhere.example"
    assert door.headers[0]["authorization"] == "Bearer x"


async def test_refusals_before_the_accept_are_http_answers(door: Door) -> None:
    for path, status in (("/refusing", 401), ("/nowhere", 403)):
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://127.0.0.1:{door.port}{path}")
        assert refused.value.response.status_code == status
    assert not door.server.server_state.connections


async def test_an_endpoint_that_attaches_nothing_is_closed_as_a_fault(door: Door) -> None:
    async with connect(f"ws://127.0.0.1:{door.port}/forgetful") as client:
        with pytest.raises(ConnectionClosed):
            await client.recv()
        assert client.close_code == 1011


async def test_a_broken_endpoint_answers_500() -> None:
    def fail() -> None:
        raise LookupError

    async with opened(before_attach=fail) as door, door.connect() as client:
        with pytest.raises(ConnectionClosed):
            await client.recv()
        assert client.close_code == 1011


async def test_what_is_no_websocket_handshake_is_refused(door: Door) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(b"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 400")
    writer.close()


# ------------------------------------------------------------------------------------------------- messages that come


async def test_whole_frames_come_as_bytes_several_in_one_read_and_one_in_many(door: Door) -> None:
    async with door.raw() as (_, writer, listener):
        messages = [b"{}", b"x" * 125, b"y" * 126, "éà".encode(), b"z" * 16384, b""]
        writer.write(b"".join(masked(0x81, message) for message in messages))
        for message in messages:
            assert await listener.told() == ("text", message)
        for byte in masked(0x81, b"a" * 130) + masked(0x81, b"end"):
            writer.write(bytes([byte]))
            await writer.drain()
        assert await listener.told() == ("text", b"a" * 130)
        assert await listener.told() == ("text", b"end")


async def test_a_message_in_fragments_comes_whole_with_a_ping_between(door: Door) -> None:
    async with door.raw() as (reader, writer, listener):
        euro = "€".encode()  # cut inside a character
        writer.write(
            masked(0x01, b"one " + euro[:1]) + masked(0x89, b"?") + masked(0x00, euro[1:]) + masked(0x80, b" three")
        )
        writer.write(masked(0x81, b"next"))
        assert await listener.told() == ("text", "one € three".encode())
        assert await listener.told() == ("text", b"next")
        assert await reader.readexactly(3) == b"\x8a\x01?"
        assert listener.live._judge is None


async def test_pings_are_answered_and_pongs_are_ignored(door: Door) -> None:
    async with door.connect() as client:
        listener = await door.listener()
        await asyncio.wait_for(await client.ping(b"there?"), 5)
        await client.pong(b"unasked")
        await client.send("after")
        assert await listener.told() == ("text", b"after")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (masked(0x81, b"x" * 16385), "too_large"),
        (masked(0x81, b"x" * 65536), "too_large"),
        (masked(0x01, b"x" * 16384) + masked(0x80, b"x"), "too_large"),
        (masked(0x82, b"bytes"), "malformed"),
        (masked(0x02, b"by") + masked(0x80, b"tes"), "malformed"),
    ],
)
async def test_a_fault_of_one_message_leaves_the_connection_alive(door: Door, sent: bytes, code: str) -> None:
    async with door.raw() as (_, writer, listener):
        writer.write(sent + masked(0x81, b"still here"))
        assert await listener.told() == ("fault", code)
        assert await listener.told() == ("text", b"still here")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (masked(0x81, b"x" * 65537), 1009),
        (masked(0x81, b"", length=1 << 40), 1009),
        (masked(0x01, b"x" * 65536) + masked(0x80, b"x"), 1009),
        (b"\x81\x02{}", 1002),  # not masked
        (b"\x89\x00", 1002),  # not masked
        (masked(0xC1, b"{}"), 1002),  # compressed, which was refused
        (masked(0x83, b"{}"), 1002),  # an opcode that is not defined
        (masked(0x80, b"{}"), 1002),  # the continuation of nothing
        (masked(0x01, b"{") + masked(0x81, b"{}"), 1002),  # a message inside a message
        (masked(0x09, b"?"), 1002),  # a ping in fragments
        (masked(0x89, b"?" * 126), 1002),  # a ping too long
        (masked(0x88, b"\x00"), 1002),  # a close of one byte
    ],
)
async def test_what_is_hostile_closes_with_its_code_and_is_told_once(door: Door, sent: bytes, code: int) -> None:
    async with door.raw() as (reader, writer, listener):
        writer.write(sent + masked(0x81, b"unheard"))
        assert await close_code(reader) == code
        assert await listener.told() == ("closed", code)
        writer.close()
        await asyncio.wait_for(door.edge.emptied(), 5)
        assert listener.untold == 0


@pytest.mark.parametrize("sent", [masked(0x81, b"\xff\xfe"), masked(0x01, b"\xc3") + masked(0x80, b"(")])
async def test_bad_utf8_is_a_fault_and_closes_with_1007(door: Door, sent: bytes) -> None:
    async with door.raw() as (reader, writer, listener):
        writer.write(sent + masked(0x81, b"unheard") + masked(0x88, struct.pack("!H", 1007)))
        assert await listener.told() == ("fault", "malformed")
        assert await close_code(reader) == 1007
        assert await listener.told() == ("closed", 1007)


# ------------------------------------------------------------------------------------------------------ the way out


async def test_the_client_closes(door: Door) -> None:
    async with door.connect() as client:
        listener = await door.listener()
        await client.close(4242, "enough")
        assert client.protocol.close_rcvd == Close(4242, "enough")
        assert await listener.told() == ("closed", 4242)
        listener.live.write(text_frame(b"late"))
        await door.edge.emptied()


async def test_we_close_and_wait_for_the_answer(door: Door) -> None:
    async with door.connect() as client:
        listener = await door.listener()
        listener.live.write(text_frame(b'{"type":"bye"}'))
        listener.live.close(4001, "going down")
        listener.live.write(text_frame(b"late"))
        assert await client.recv() == '{"type":"bye"}'
        with pytest.raises(ConnectionClosed):
            await client.recv()
        assert client.protocol.close_rcvd == Close(4001, "going down")
        assert await listener.told() == ("closed", 4001)
        await door.edge.emptied()


async def test_a_close_without_an_answer_is_cut_in_bounded_time(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_socket_module, "CLOSE_WAIT_SECONDS", 0.05)
    async with door.raw() as (reader, writer, listener):
        writer.write(masked(0x81, b"half a frame follows") + masked(0x81, b"x" * 50)[:20])
        assert await listener.told() == ("text", b"half a frame follows")
        listener.live.close(4008, "too slow")
        assert await reader.readexactly(4) == b"\x88\x0a\x0f\xa8"
        assert await listener.told() == ("closed", 4008)


async def test_a_lost_connection_is_told_once(door: Door) -> None:
    async with door.raw() as (_, writer, listener):
        writer.transport.abort()
        assert await listener.told() == ("closed", 1006)
        listener.live.write(text_frame(b"to nobody"))
        listener.live.close(1000)
        listener.live.abort()
        assert listener.untold == 0
        assert len(door.edge) == 0


async def test_a_slow_reader_is_seen_in_buffered_bytes_and_told_of_when_it_catches_up(door: Door) -> None:
    async with door.raw() as (reader, writer, listener):
        writer.transport.pause_reading()  # type: ignore[attr-defined]  # a write transport here reads too
        listener.live.set_write_limits(high_bytes=65536, low_bytes=1024)
        frame = text_frame(b"x" * 32768)
        written = 0
        while listener.live.buffered_bytes() < 262144:
            listener.live.write(frame)
            written += len(frame)
            await asyncio.sleep(0)
        assert listener.untold == 0
        writer.transport.resume_reading()  # type: ignore[attr-defined]  # a write transport here reads too
        assert len(await reader.readexactly(written)) == written
        assert await listener.told() == ("writable", None)
        assert listener.live.buffered_bytes() == 0


# -------------------------------------------------------------------------------------------------- all of them at once


async def test_the_heartbeat_pings_and_cuts_whoever_leaves_two_unanswered() -> None:
    async with opened(heartbeat_seconds=0.05) as door, door.connect() as alive:
        await door.listener()
        async with door.raw() as (reader, _, silent):
            assert await reader.read() == b"\x89\x00" * 2
            assert await silent.told() == ("closed", 1006)
        assert len(door.edge) == 1
        assert alive.state.name == "OPEN"


async def test_uvicorns_shutdown_leaves_live_sockets_to_whoever_drains_them(door: Door) -> None:
    async with door.connect() as client:
        listener = await door.listener()
        await door.server.shutdown()
        listener.live.write(text_frame(b"still served"))
        assert await client.recv() == "still served"
        for live in door.edge:
            live.close(4001)
        await asyncio.wait_for(asyncio.gather(door.edge.emptied(), client.wait_closed()), 5)
        assert client.close_code == 4001


async def test_pages_are_served_on_the_same_port(door: Door) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(b"GET /page HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert (await reader.read()).endswith(b"page")
    writer.close()
