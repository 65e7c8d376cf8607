"""Who is told what (domain §5.1.5, §5.4.4, §6.3, §6.4). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
