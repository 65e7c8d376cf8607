"""What papers say of their seller and of VAT. The SQL beside this file is the migration."""

from persistence.migrations.sql import run_beside

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
