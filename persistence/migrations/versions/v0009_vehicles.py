"""The vehicle's card and its life line (domain §4.1 to §4.7). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
