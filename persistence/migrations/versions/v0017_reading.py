"""What lists are read by besides: orders of the stock, what auctions sold, instants of the history.

The SQL beside this file is the migration.
"""

from persistence.migrations.sql import run_beside

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Run the SQL of this name."""
    run_beside(__file__)
