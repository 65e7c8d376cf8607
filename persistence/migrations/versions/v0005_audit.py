"""Who changed what (domain §1 to §6). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
