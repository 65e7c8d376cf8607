"""What an operator does with the book from a terminal: migrate, export, add users; and how the book is reached at all.

`reached` is the one way to a database for every command: the embedded PostgreSQL, or the one that DATABASE_URL names.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import psycopg
from alembic.util import CommandError

from persistence.database import Database
from persistence.embedded import EmbeddedPostgres
from persistence.migrations.migrate import migrate
from server.settings import Settings, StartRefused


@asynccontextmanager
async def reached(settings: Settings) -> AsyncIterator[Database]:
    """The database, up to date and not yet open; the embedded server is left in order. Raises StartRefused."""
    if settings.database_url is not None:
        await _migrated(settings.database_url)
        yield Database(settings.database_url)
        return
    embedded = EmbeddedPostgres(settings.data)
    await embedded.start()
    try:
        await _migrated(embedded.dsn)
        yield Database(embedded.dsn, revive=embedded.revive)
    finally:
        await embedded.stop()


async def _migrated(dsn: str) -> str:
    try:
        return await migrate(dsn)
    except CommandError as fault:
        raise StartRefused(f"the database is newer than this Adjugé: {fault}") from fault
    except (psycopg.Error, OSError) as fault:
        raise StartRefused(f"the database cannot be used: {fault}") from fault


async def bring_up_to_date(settings: Settings) -> str:
    """Run what migrations are missing; tells the step reached."""
    async with reached(settings) as database:
        return await migrate(database.dsn)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, open."""
    async with reached(settings) as database:
        try:
            await database.open()
        except (asyncpg.PostgresError, OSError) as fault:
            raise StartRefused(f"the database cannot be used: {fault}") from fault
        try:
            yield database
        finally:
            await database.close()
