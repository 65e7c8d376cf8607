"""An older database whose data a later step does not let through: the start says which, and leaves all as it was.

No step guesses which of two vehicles is wrong: whoever has them puts it right, and starts again (§4.1).
"""

from collections.abc import Callable

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine

from persistence.embedded import EmbeddedPostgres
from persistence.migrations.migrate import MIGRATIONS
from server.keeping import bring_up_to_date
from server.settings import Settings, StartRefused

VEHICLE = """
    WITH holding AS (INSERT INTO groups (name) VALUES ('Groupe Nord') ON CONFLICT DO NOTHING RETURNING id),
    entity AS (INSERT INTO entities (group_id, name) SELECT id, 'Concession Nord' FROM holding RETURNING id),
    site AS (INSERT INTO sites (entity_id, name) SELECT id, 'Lille' FROM entity RETURNING id, entity_id)
    INSERT INTO vehicles (entity_id, site_id, make, model, {column})
    SELECT entity_id, id, 'RENAULT', 'Clio', number FROM site, unnest(%s::text[]) AS number
"""
Older = Callable[[str], str]


@pytest.fixture
def older(postgres: EmbeddedPostgres, request: pytest.FixtureRequest) -> Older:
    """Makes a database of this test's own that stands at an older step, and gives its address."""

    def make(step: str) -> str:
        name = f"older_{step}_{abs(hash(request.node.name))}"
        with psycopg.connect(postgres.dsn, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        dsn = postgres.dsn_of(name)
        upgrade(dsn, step)
        return dsn

    return make


def upgrade(dsn: str, step: str) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), poolclass=NullPool)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)


@pytest.mark.parametrize(
    ("step", "column", "twice", "named"),
    [
        ("0008", "plate", ["AB-123-CD", "AB123CD"], "AB123CD"),
        ("0014", "police_book_number", ["2026-17", "2026-17"], "2026-17"),
        ("0014", "vin", ["VF1RFB00X12345678", "VF1RFB00X12345678"], "VF1RFB00X12345678"),
    ],
)
async def test_two_vehicles_of_one_number_are_named_and_nothing_is_changed(
    older: Older, step: str, column: str, twice: list[str], named: str
) -> None:
    dsn = older(step)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(VEHICLE.format(column=column), [twice])
        settings = Settings(database_url=dsn)
        with pytest.raises(StartRefused, match=named) as refused:
            await bring_up_to_date(settings)
        assert len(str(refused.value).splitlines()) == 1
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (step,)
        kept = connection.execute(f"SELECT array_agg({column} ORDER BY id) FROM vehicles").fetchone()
        assert kept == (twice,)
        connection.execute(f"UPDATE vehicles SET {column} = NULL WHERE id = (SELECT max(id) FROM vehicles)")
        assert await bring_up_to_date(settings) >= "0015"
