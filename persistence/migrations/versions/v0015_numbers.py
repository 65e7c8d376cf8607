"""Police-book numbers and VINs are one vehicle's. The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
