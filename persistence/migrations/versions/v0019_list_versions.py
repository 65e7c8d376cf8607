"""Versions of mailing lists. The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
