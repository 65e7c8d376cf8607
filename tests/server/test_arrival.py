"""Half a request is not waited for, a whole one is not hurried (real sockets, real uvicorn)."""

import asyncio

import pytest

from server.http.arrival import PatientHttp
from tests.server.houses import World

PATIENCE_SECONDS = 10


@pytest.fixture
def hurried(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A house that waits a moment for a head."""
    monkeypatch.setattr(PatientHttp, "head_seconds", 0.05)
    return world


async def said(world: World, *parts: bytes) -> bytes:
    """All that comes back until the house hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", world.running.port)
    for part in parts:
        writer.write(part)
        await writer.drain()
    answer = await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
    writer.close()
    return answer


@pytest.mark.parametrize("head", [b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nHost: x\r\n"])
async def test_half_a_head_is_hung_up_on(hurried: World, head: bytes) -> None:
    assert await said(hurried, *filter(None, [head])) == b""


async def test_half_a_second_head_is_hung_up_on_too(hurried: World) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", hurried.running.port)
    writer.write(b"HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_SECONDS)
    assert answer.startswith(b"HTTP/1.1 200")
    writer.write(b"GET /healthz HT")
    assert await asyncio.wait_for(reader.read(), PATIENCE_SECONDS) == b""
    writer.close()


async def test_a_live_socket_is_never_hung_up_on_for_its_silence(hurried: World) -> None:
    async with hurried.live(hurried.anne) as talk:
        loop = asyncio.get_running_loop()
        past_the_limit: asyncio.Future[None] = loop.create_future()
        loop.call_later(0.2, past_the_limit.set_result, None)
        await past_the_limit
        await talk.say("ping", t=1)
        assert (await talk.hear())["type"] == "pong"
