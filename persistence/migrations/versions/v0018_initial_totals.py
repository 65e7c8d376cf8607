"""The initial total of an offer without VAT (domain §6.2). The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
