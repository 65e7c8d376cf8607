"""The pages' wire types are what the server's schemas say today (docs/decisions/0019-generated-wire-types.md)."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMITTED = ROOT / "web" / "src" / "wire" / "generated"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The types as they would be written now."""
    folder = tmp_path_factory.mktemp("generated")
    subprocess.run([sys.executable, "scripts/wire.py", str(folder)], cwd=ROOT, check=True)
    return folder


def test_nothing_else_stands_among_the_generated_types(written: Path) -> None:
    assert {path.name for path in COMMITTED.iterdir()} == {path.name for path in written.iterdir()}


@pytest.mark.parametrize("name", ["http.ts", "live.ts"])
def test_the_pages_types_are_what_the_server_says(written: Path, name: str) -> None:
    fresh = (written / name).read_text(encoding="utf-8")
    assert (COMMITTED / name).read_text(encoding="utf-8") == fresh, f"{name} is stale: run make wire"
