"""Files of vehicles, and searches of the stock (domain §4.1, §4.8). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
