"""The embedded PostgreSQL: made ready, taken over, stopped by the last, back after a kill -9."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

import persistence.embedded
from persistence.database import Database
from persistence.embedded import EmbeddedPostgres
from persistence.errors import DatabaseDown, EmbeddedFault, NotDurable
from persistence.live.postgres import PostgresBook
from persistence.migrations import versions
from persistence.migrations.migrate import migrate

LEAVES_IT_RUNNING = """
import asyncio, os, pathlib, signal, sys
from persistence.embedded import EmbeddedPostgres
asyncio.run(EmbeddedPostgres(pathlib.Path(sys.argv[1])).start())
os.kill(os.getpid(), signal.SIGKILL)
"""

NEWEST = max(step.name[1:5] for step in Path(versions.__file__).parent.glob("v*.sql"))


async def asked(dsn: str, question: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


@pytest.mark.kill
async def test_a_server_that_outlived_its_house_is_taken_over_and_stopped_by_the_last(tmp_path: Path) -> None:
    killed = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", LEAVES_IT_RUNNING, str(tmp_path)], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    one, two = EmbeddedPostgres(tmp_path), EmbeddedPostgres(tmp_path)
    orphan = one.postmaster_pid()
    assert orphan is not None
    await one.start()
    await two.start()
    assert one.postmaster_pid() == orphan
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert await asked(one.dsn, f"SHOW {setting}") == "on"
    assert not await one.stop()
    assert await asked(two.dsn, "SELECT 1") == 1
    assert await two.stop()
    assert two.postmaster_pid() is None


@pytest.mark.kill
async def test_a_killed_server_comes_back_with_all_it_acknowledged(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    await server.start()
    await asked(server.dsn, "CREATE TABLE kept (n integer)")
    await asked(server.dsn, "INSERT INTO kept VALUES (7)")
    postmaster = server.postmaster_pid()
    assert postmaster is not None
    os.kill(postmaster, signal.SIGKILL)
    await server.revive()
    assert server.postmaster_pid() not in {None, postmaster}
    assert await asked(server.dsn, "SELECT n FROM kept") == 7
    await server.stop()


@pytest.mark.kill
async def test_a_pid_file_that_names_a_stranger_does_not_stop_the_start(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / ("a" * 60) / ("b" * 60))  # too long a path for a socket, too
    await server.start()
    pid_file = server.data / "postmaster.pid"
    text = pid_file.read_text()
    await server.stop()
    pid_file.write_text(f"{os.getpid()}\n" + text.split("\n", 1)[1])
    assert server.postmaster_pid() is None
    await server.start()
    assert await asked(server.dsn, "SELECT 1") == 1
    await server.stop()


async def test_an_unusable_directory_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedFault, match="file"):
        await EmbeddedPostgres(tmp_path / "file" / "data").start()


async def test_what_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "letters.txt").write_text("kept")
    with pytest.raises(EmbeddedFault, match="is no database"):
        await EmbeddedPostgres(tmp_path).start()
    assert [path.name for path in (tmp_path / "postgres").iterdir()] == ["letters.txt"]


async def test_migrations_take_turns_and_change_nothing_twice(postgres: EmbeddedPostgres) -> None:
    await asked(postgres.dsn, "CREATE DATABASE unmigrated")
    dsn = postgres.dsn_of("unmigrated")
    assert set(await asyncio.gather(migrate(dsn), migrate(dsn), migrate(dsn))) == {NEWEST}
    assert await asked(dsn, "SELECT count(*) FROM alembic_version") == 1


async def test_history_is_only_ever_added_to(database_dsn: str) -> None:
    for change in ("UPDATE auction_events SET seq = 2", "DELETE FROM auction_answers"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await asked(database_dsn, change)


@pytest.mark.kill
async def test_whoever_asks_next_finds_a_killed_server_alive_again(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    await server.start()
    await migrate(server.dsn)
    book = PostgresBook(Database(server.dsn, revive=server.revive))
    await book.open()
    await book.beat(7)
    postmaster = server.postmaster_pid()
    assert postmaster is not None
    os.kill(postmaster, signal.SIGKILL)
    for _ in range(3):
        try:
            await book.beat(8)
        except DatabaseDown:
            continue
    assert await book.last_alive() == 8
    await book.close()
    await server.stop()


async def test_a_database_that_is_not_there_is_a_fault_of_the_book(database_dsn: str) -> None:
    database = Database(database_dsn)
    await database.open()
    with pytest.raises(DatabaseDown):
        async with database.acquire() as connection:
            await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    async with database.acquire() as connection:
        assert await connection.fetchval("SELECT 1") == 1
    await database.close()


async def test_who_gives_up_on_a_server_that_hangs_is_let_go(database_dsn: str) -> None:
    """§5.3.4: the house's patience with the book is its own, and must not hang with it."""
    database = Database(database_dsn)
    await database.open()
    async with database.acquire() as connection:
        backend = await connection.fetchval("SELECT pg_backend_pid()")
    os.kill(backend, signal.SIGSTOP)
    try:
        async with asyncio.timeout(10):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2), database.acquire() as connection:
                    await connection.execute("SELECT 1")
            async with database.acquire() as connection:
                assert await connection.fetchval("SELECT pg_backend_pid()") != backend
    finally:
        os.kill(backend, signal.SIGCONT)
    await database.close()


async def test_a_server_that_may_lose_what_it_wrote_is_not_used(postgres: EmbeddedPostgres, database_dsn: str) -> None:
    """§5.2.6: whatever the server's defaults are, a bid is durable before it is spoken of."""
    database = Database(database_dsn)
    name = await asked(database_dsn, "SELECT current_database()")
    await asked(postgres.dsn, f"ALTER DATABASE {name} SET synchronous_commit = off")
    await asked(postgres.dsn, f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    await database.open()
    journal = await database.connect()
    async with database.acquire() as connection:
        for each in (journal, connection):
            assert await each.fetchval("SHOW synchronous_commit") == "on"
            assert await each.fetchval("SHOW transaction_isolation") == "read committed"
    await journal.close()
    await database.close()


@pytest.mark.kill
async def test_a_server_without_fsync_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(persistence.embedded._SERVER_SETTINGS, "fsync", "off")
    server = EmbeddedPostgres(tmp_path)
    await server.start()
    database = Database(server.dsn)
    with pytest.raises(NotDurable):
        await database.open()
    await database.close()
    await server.stop()
