"""Versions of offers, and what of a trader is searched. The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
