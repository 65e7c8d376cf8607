"""Bring a database to the newest step. Safe to run from several processes at once: they take turns by an advisory lock.

All missing steps run in one transaction: a database is migrated or it is as it was.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import NullPool, create_engine, text

MIGRATIONS: Final = Path(__file__).parent
TURN: Final = 0x41444A554745  # "ADJUGE": the key of the advisory lock


async def migrate(dsn: str) -> str:
    """Run what is missing in the database at `dsn` and tell the step reached (`"0004"`)."""
    return await asyncio.to_thread(_migrate, dsn)


def _migrate(dsn: str) -> str:
    # asyncpg cannot run a text of several statements under the tool; psycopg can, and reads the same address.
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), poolclass=NullPool)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        # Bound to the transaction: a killed process leaves no lock behind, and the steps run within this transaction.
        with connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        reached = MigrationContext.configure(connection).get_current_revision()
    assert reached is not None
    return reached
