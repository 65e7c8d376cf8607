"""Who may do what (domain §1). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
