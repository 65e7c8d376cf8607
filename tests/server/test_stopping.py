"""The orderly stop, in the process and from a terminal: what was taken is said, clients are told to come back.

A real `adjuge serve` on an embedded PostgreSQL of its own is signalled; what it acknowledged is read from its book.
"""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psutil
import pytest
from websockets.exceptions import ConnectionClosed

from tests.server.houses import Copies, Persona, Talk, World, peopled

ADJUGE = Path(sys.executable).parent / "adjuge"
PATIENCE_SECONDS = 60


async def goodbye(talk: Talk) -> tuple[dict[str, object], int]:
    """The bye, and the code with which the socket then closes."""
    bye = await talk.hear_of("bye")
    with pytest.raises(ConnectionClosed) as closed:
        await talk.hear()
    assert closed.value.rcvd is not None
    return bye, closed.value.rcvd.code


async def test_a_stop_answers_what_was_taken_then_tells_everybody_to_come_back(copies: Copies) -> None:
    dsn = copies()
    talks: list[Talk] = []
    async with peopled(dsn) as world:
        made = await world.auction()
        auction, lot = made["id"], made["lots"][0]["number"]
        doors = [world.live(world.anne), world.live(world.bruno), world.live(world.dealer)]
        talks = [await door.__aenter__() for door in doors]
        anne = talks[0]
        await anne.watch(auction)
        for number in range(20):
            await anne.say("bid", id=f"s{number}", auction=auction, lot=lot, amount=f"{1000 + 100 * number}")
        await anne.hear_of("accepted", id="s0")
        people = {name: world.personas[name] for name in ("anne", "dealer")}
    goodbyes = [await goodbye(talk) for talk in talks]
    assert {(bye["code"], code) for bye, code in goodbyes} == {(4001, 4001)}
    assert all(0 < float(str(bye["reconnect_after"])) < 10 for bye, _ in goodbyes)
    said = [json.loads(frame) for frame in anne.heard]
    accepted = {message["id"] for message in said if message["type"] == "accepted"}
    for door in doors:
        await door.__aexit__(None, None, None)

    async with peopled_again(dsn, people) as world, world.live(world.anne) as back:
        for number in range(20):
            answer = await back.ask("bid", id=f"s{number}", auction=auction, lot=lot, amount=f"{1000 + 100 * number}")
            assert answer["type"] == "accepted"
            assert ("duplicate" in answer) is (f"s{number}" in accepted)
        state = await back.watch(auction)
        assert state["view"]["lots"][0]["bids"] == 20
        assert state["epoch"] > 1


@asynccontextmanager
async def peopled_again(dsn: str, people: dict[str, Persona]) -> AsyncIterator[World]:
    """The same book, opened again."""
    from server.app import opened  # noqa: PLC0415 - beside the one use
    from server.settings import Settings  # noqa: PLC0415 - as above

    async with opened(Settings(database_url=dsn, port=0)) as running:
        world = World(running)
        world.anne, world.dealer = people["anne"], people["dealer"]
        async with world.http:
            yield world


async def test_readiness_ends_with_the_stop_and_needs_the_book(copies: Copies) -> None:
    async with peopled(copies()) as world:
        assert (await world.http.get("/readyz")).status_code == 200
        doors = world.running.doors
        assert doors.is_ready()
    assert not doors.is_ready()
    with pytest.raises(httpx.ConnectError):
        async with httpx.AsyncClient() as stranger:
            await stranger.get(f"{world.running.url}/readyz")


# ------------------------------------------------------------------------------------------------- from a terminal


@asynccontextmanager
async def serving(data: Path, **environment: str) -> AsyncIterator[tuple[Process, str]]:
    """A real `adjuge serve`, and its address."""
    process = await asyncio.create_subprocess_exec(
        ADJUGE, "serve", "--port", "0", "--data", str(data), stdout=PIPE, stderr=PIPE, env={**os.environ, **environment}
    )
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS)
        assert line.startswith(b"Adjug\xc3\xa9 is open at http://"), line
        yield process, line.split()[4].decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def servers_in(data: Path) -> list[psutil.Process]:
    """The processes of the PostgreSQL whose data is there."""
    here = []
    for process in psutil.process_iter():
        try:
            if process.name().startswith("postgres") and Path(process.cwd()) == data / "postgres":
                here.append(process)
        except (psutil.Error, OSError):
            continue
    return here


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_serve_makes_an_empty_directory_ready_and_a_signal_ends_all_of_it(tmp_path: Path, how: int) -> None:
    data = tmp_path / "fresh"
    async with serving(data) as (process, url):
        async with httpx.AsyncClient(base_url=url) as http:
            assert (await http.get("/readyz")).json() == {"status": "ok"}
        assert servers_in(data)
        process.send_signal(how)
        said, logged = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    assert process.returncode == 0
    assert said == b""
    assert not servers_in(data)
    events = [json.loads(line) for line in logged.splitlines()]
    assert [event["event"] for event in events] == [
        "no mail server is named: mail waits",
        "open",
        "closing",
        "closed",
    ]


async def test_a_second_signal_gives_the_orderly_stop_up(tmp_path: Path, database_dsn: str) -> None:
    """A request that never comes to its end would hold the stop up for seconds."""
    async with serving(tmp_path, DATABASE_URL=database_dsn) as (process, url):
        _, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        head = "POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
        writer.write(head.encode())
        await writer.drain()
        async with httpx.AsyncClient(base_url=url) as http:
            assert (await http.get("/healthz")).status_code == 200
        assert process.stderr is not None
        process.send_signal(signal.SIGINT)
        while b"closing" not in await asyncio.wait_for(process.stderr.readline(), PATIENCE_SECONDS):
            pass
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
        writer.close()
    assert process.returncode == 130


async def test_a_taken_port_is_one_line(copies: Copies) -> None:
    async with peopled(copies()) as world:
        process = await asyncio.create_subprocess_exec(
            ADJUGE, "serve", "--port", str(world.running.port), stdout=PIPE, stderr=PIPE,
            env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        )  # fmt: skip
        said, logged = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    assert (process.returncode, said, logged.count(b"\n")) == (1, b"", 1)
    assert str(world.running.port).encode() in logged


async def test_a_database_that_is_not_there_is_one_line() -> None:
    process = await asyncio.create_subprocess_exec(
        ADJUGE, "serve", "--port", "0", stdout=PIPE, stderr=PIPE,
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
    )  # fmt: skip
    said, logged = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    assert (process.returncode, said, logged.count(b"\n")) == (1, b"", 1)
    assert b"database" in logged
