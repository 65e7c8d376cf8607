"""Who is invited, and how (domain §2, §3). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
