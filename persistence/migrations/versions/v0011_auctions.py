"""Auctions that change before their start (domain §5.1). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
