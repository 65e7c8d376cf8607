"""What every test may ask for.

Asynchronous tests are plain `async def` functions, run by anyio's pytest plugin in automatic mode on asyncio with
uvloop, as the house itself runs; there is no other plugin for it. Nothing here may hide a rule: fixtures give real
things (a real PostgreSQL, a fresh database), never prepared outcomes. They are synchronous, so any test may ask.
"""

import asyncio
import itertools
import os
from collections.abc import Callable, Iterator

import psycopg
import pytest
from hypothesis import settings

from persistence.embedded import EmbeddedPostgres
from persistence.migrations.migrate import migrate

TEMPLATE = "migrated"

# Chance differs at a desk, where somebody reads what it found, and repeats itself in the build.
# A busy machine is no failure.
settings.register_profile("house", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("house")

# What the rooms' tests share explains its failures as tests do.
pytest.register_assert_rewrite("tests.engine", "tests.persistence", "tests.server", "tests.simulation")


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """The loop of the house: asyncio on uvloop, one for the whole session so that fixtures may span tests."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A real PostgreSQL for the session, durable as in life. It must survive the test: kill your own, not this one."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"))
    asyncio.run(server.start())
    yield server
    asyncio.run(server.stop())


@pytest.fixture(scope="session")
def copies(postgres: EmbeddedPostgres) -> Iterator[Callable[[], str]]:
    """Makes a fresh, migrated database at each call, by copying one, and gives its address."""
    numbers = itertools.count(1)
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
        asyncio.run(migrate(postgres.dsn_of(TEMPLATE)))

        def copy() -> str:
            name = f"copy_{next(numbers)}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
            return postgres.dsn_of(name)

        yield copy


@pytest.fixture
def database_dsn(copies: Callable[[], str]) -> str:
    """The address of a fresh, migrated database, this test's own."""
    return copies()
