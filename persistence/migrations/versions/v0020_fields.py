"""The fields of a stock, looked for inside one index. The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
