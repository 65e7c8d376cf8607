"""Offers, orders, deliveries (domain §6). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
