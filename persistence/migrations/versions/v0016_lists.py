"""What lists of a full house are found and counted by. The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
