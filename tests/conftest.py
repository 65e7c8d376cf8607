"""What every test may ask for.

Asynchronous tests are plain `async def` functions, run by anyio's pytest plugin in automatic mode on asyncio with
uvloop, as the house itself runs; there is no other plugin for it. Nothing here may hide a rule: fixtures give real
things (a real PostgreSQL, a fresh database), never prepared outcomes. They are synchronous, so any test may ask.
"""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import psutil
import psycopg
import pytest
from hypothesis import settings

from persistence.embedded import EmbeddedPostgres
from persistence.migrations.migrate import migrate

TEMPLATE = "migrated"
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a directory of random name is made there
ROOM_BYTES = 8 * 1024**3
"""More than all databases of a whole run, which take about 12 MB each."""

# Chance differs at a desk, where somebody reads what it found, and repeats itself in the build.
# A busy machine is no failure.
settings.register_profile("house", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("house")

# What the rooms' tests share explains its failures as tests do.
pytest.register_assert_rewrite("tests.engine", "tests.persistence", "tests.server", "tests.simulation", "tests.story")


Result = TypeVar("Result")


def pytest_configure() -> None:
    """Give this run a temporary root of its own.

    pytest's usual one is shared, and each run that begins closes it to others: also to the account that PostgreSQL runs
    under, when another run is root's.
    """
    os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.mkdtemp(prefix="adjuge-tests-")


def pytest_sessionfinish(exitstatus: int) -> None:
    """Leave nothing behind, unless somebody will want to look."""
    if exitstatus == pytest.ExitCode.OK:
        shutil.rmtree(os.environ["PYTEST_DEBUG_TEMPROOT"], ignore_errors=True)


def done(work: Coroutine[None, None, Result]) -> Result:
    """Run it to its end on a loop of its own, whatever runs in this thread."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """The loop of the house: asyncio on uvloop, one for the whole session so that fixtures may span tests."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def passing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory for what no test kills: in memory where there is room, for hundreds of databases come and go.

    What is killed, or what a start makes of a directory, is tried on a disk (`tmp_path`).
    """
    if not IN_MEMORY.is_dir() or min(shutil.disk_usage(IN_MEMORY).free, psutil.virtual_memory().available) < ROOM_BYTES:
        yield tmp_path_factory.mktemp("passing")
        return
    with tempfile.TemporaryDirectory(prefix="adjuge-tests-", dir=IN_MEMORY, ignore_cleanup_errors=True) as directory:
        yield Path(directory)


@pytest.fixture(scope="session")
def postgres(passing: Path) -> Iterator[EmbeddedPostgres]:
    """A real PostgreSQL for the session, set as in life. It must survive the test: kill your own, not this one."""
    server = EmbeddedPostgres(passing / "postgres")
    done(server.start())
    yield server
    done(server.stop())


@pytest.fixture(scope="session")
def copies(postgres: EmbeddedPostgres) -> Iterator[Callable[[], str]]:
    """Makes a fresh, migrated database at each call, by copying one, and gives its address."""
    numbers = itertools.count(1)
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
        done(migrate(postgres.dsn_of(TEMPLATE)))

        def copy() -> str:
            name = f"copy_{next(numbers)}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY wal_log")
            return postgres.dsn_of(name)

        yield copy


@pytest.fixture
def database_dsn(copies: Callable[[], str]) -> str:
    """The address of a fresh, migrated database, this test's own."""
    return copies()
