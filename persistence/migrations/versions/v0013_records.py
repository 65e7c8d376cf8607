"""The readers' ways into the audit. The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
