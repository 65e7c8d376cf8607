"""An older database whose data a later step does not let through: the start says which, and leaves all as it was.

No step guesses which of two vehicles is wrong: whoever has them puts it right, and starts again (§4.1).
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import NullPool, create_engine

from persistence.embedded import EmbeddedPostgres
from persistence.migrations import versions
from persistence.migrations.migrate import MIGRATIONS
from server.keeping import bring_up_to_date
from server.settings import Settings, StartRefused

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
NEWEST = max(path.name[1:5] for path in Path(versions.__path__[0]).glob("v[0-9]*.py"))
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
    ("step", "column", "twice"),
    [
        ("0008", "plate", ["AB-123-CD", "AB123CD", "EF-456-GH", "EF 456 GH"]),
        ("0014", "vin", ["VF1RFB00X12345678"] * 2 + ["VF1RFB00X87654321"] * 2),
        ("0014", "police_book_number", ["2026-17"] * 2 + ["2026-18"] * 2),
    ],
)
async def test_two_vehicles_of_one_number_are_named_and_the_papers_tell_how_to_mend_it(
    older: Older, step: str, column: str, twice: list[str]
) -> None:
    dsn = older(step)
    finds, mends = papers()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(VEHICLE.format(column=column), [[*twice, twice[0].replace("1", "9")]])
        settings = Settings(database_url=dsn)
        before = the_stock(connection)
        with pytest.raises(StartRefused, match=twice[1]) as refused:
            await bring_up_to_date(settings)
        assert len(str(refused.value).splitlines()) == 1
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (step,)
        assert the_stock(connection) == before
        # Each pair is found by the query of its own number, and by no other.
        found = {number: connection.execute(query).fetchall() for number, query in finds.items()}
        pairs = found.pop(column)
        assert [*found.values()] == [[], []]
        assert sorted(ids for *_, ids in pairs) == [[1, 2], [3, 4]]
        for *_, (_, wrong) in pairs:
            connection.execute(mends[column].replace(":wrong", str(wrong)))
        assert connection.execute(finds[column]).fetchall() == []
        assert await bring_up_to_date(settings) == NEWEST
        assert [number for (number,) in the_stock(connection, column)] == [twice[0], None, twice[2], None, ANY]


def papers() -> tuple[dict[str, str], dict[str, str]]:
    """The statements that the papers give an operator, by the column that each is about: to find, and to mend."""
    blocks = re.findall(r"^```sql\n(.*?)^```", OPERATIONS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    found, mended = ([each.strip() for each in block.split(";") if each.strip()] for block in blocks)
    columns = ("plate", "vin", "police_book_number")
    return dict(zip(columns, found, strict=True)), dict(zip(columns, mended, strict=True))


def the_stock(connection: psycopg.Connection[Any], columns: str = "*") -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT {columns} FROM vehicles ORDER BY id").fetchall()
