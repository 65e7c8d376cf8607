"""Words among the vehicles in stock. The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
