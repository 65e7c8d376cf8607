"""What an ending causes (domain §5.4). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
