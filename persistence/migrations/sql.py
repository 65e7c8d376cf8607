"""How a migration step runs: the SQL file of the same name, as it stands, in the step's transaction."""

from pathlib import Path

from alembic import op


def run_beside(step: str) -> None:
    """Run the `.sql` beside the step's file, several statements at once and nothing interpolated."""
    # Without parameters the driver sends the text as it is: `%` and `:name` mean nothing to it.
    connection = op.get_bind().execution_options(no_parameters=True)
    connection.exec_driver_sql(Path(step).with_suffix(".sql").read_text(encoding="utf-8"))
