"""What the tests of the book share: a book of their own in PostgreSQL, open.

Which database that is, is said in tests/conftest.py.
"""

from collections.abc import AsyncIterator

import pytest

from persistence.database import Database
from persistence.live.postgres import PostgresBook


@pytest.fixture
async def book(database_dsn: str) -> AsyncIterator[PostgresBook]:
    """A book in a database that no other test sees."""
    kept = PostgresBook(Database(database_dsn))
    await kept.open()
    yield kept
    await kept.close()
