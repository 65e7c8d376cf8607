"""Words among the vehicles that were sold. The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
