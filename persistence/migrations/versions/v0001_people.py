"""People (domain §1, §2, §3). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
