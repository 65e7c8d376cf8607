"""scripts/chromium.sh where there is no Chromium yet: what it looks for, what it installs, what it says if all fails.

The script itself, in a folder and on a path of its own, where the installers are stand-ins that leave a file or refuse.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
TOOLS: Final = ("sh", "dirname", "id", "env", "touch", "chmod", "cat")
#: `python -c` asks whether Playwright's own is there; `python -m playwright install` fetches it.
PYTHON: Final = """#!/bin/sh
echo "python $1 $2 $3" >>"{said}"
case "$1" in
    -c) [ -e "{own}" ] ;;
    -m) {installs} "{own}" ;;
esac
"""
APT_GET: Final = """#!/bin/sh
echo "apt-get $*" >>"{said}"
case "$*" in
    *install*) {installs} "{bin}/chromium" && echo "#!/bin/sh" >"{bin}/chromium" && chmod +x "{bin}/chromium" ;;
esac
"""
Machine = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Runs the script on a machine where these installers work, and those programs are on the path."""
    programs = tmp_path / "bin"
    python = tmp_path / ".venv/bin/python"
    for folder in (programs, python.parent, tmp_path / "scripts"):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "scripts/chromium.sh", tmp_path / "scripts")
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (programs / tool).symlink_to(found)
    (programs / "sudo").write_text('#!/bin/sh\nshift\nexec "$@"\n')
    (programs / "sudo").chmod(0o755)

    def run(
        *on_path: str, apt: bool | None = None, own: bool = False, **named: str
    ) -> subprocess.CompletedProcess[str]:
        places = {"said": tmp_path / "said", "own": tmp_path / "own", "bin": programs}
        python.write_text(PYTHON.format(**places, installs="touch" if own else "false"))
        python.chmod(0o755)
        if apt is not None:
            (programs / "apt-get").write_text(APT_GET.format(**places, installs="touch" if apt else "false"))
            (programs / "apt-get").chmod(0o755)
        for name in on_path:
            (programs / name).write_text("#!/bin/sh\n")
            (programs / name).chmod(0o755)
        return subprocess.run(
            [str(programs / "sh"), str(tmp_path / "scripts/chromium.sh")],
            env={"PATH": str(programs), **named},
            cwd=os.sep,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def _said(tmp_path: Path) -> str:
    return (tmp_path / "said").read_text() if (tmp_path / "said").exists() else ""


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
def test_one_on_the_path_is_enough(machine: Machine, tmp_path: Path, name: str) -> None:
    done = machine(name, apt=True, own=True)
    assert (done.returncode, done.stdout, _said(tmp_path)) == (0, "", "")


def test_a_stub_that_does_not_start_is_none(machine: Machine, tmp_path: Path) -> None:
    stub = tmp_path / "bin/chromium-browser"
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    assert machine(own=True).returncode == 0
    assert "python -m playwright install" in _said(tmp_path)


def test_the_one_that_is_named_is_taken_or_missed(machine: Machine, tmp_path: Path) -> None:
    there = machine(apt=True, own=True, CHROMIUM=str(tmp_path / "bin/sh"))
    assert (there.returncode, _said(tmp_path)) == (0, "")
    gone = machine("chromium", apt=True, own=True, CHROMIUM="/nowhere/chromium")
    assert (gone.returncode, _said(tmp_path)) == (1, "")
    assert "CHROMIUM names no program: /nowhere/chromium" in gone.stderr


def test_debians_package_comes_first(machine: Machine, tmp_path: Path) -> None:
    done = machine(apt=True, own=True)
    assert done.returncode == 0
    assert "apt-get -qq install --yes --no-install-recommends chromium" in _said(tmp_path)
    assert "python -m playwright" not in _said(tmp_path)


@pytest.mark.parametrize("apt", [False, None], ids=["apt refuses", "no apt"])
def test_else_playwrights_own_is_fetched_once(machine: Machine, tmp_path: Path, apt: bool | None) -> None:  # noqa: FBT001 - a column of the table
    assert machine(apt=apt, own=True).returncode == 0
    assert _said(tmp_path).count("python -m playwright install") == 1
    assert machine(apt=apt, own=True).returncode == 0
    assert _said(tmp_path).count("python -m playwright install") == 1


def test_where_nothing_helps_it_says_what_to_do(machine: Machine) -> None:
    done = machine(apt=False, own=False)
    assert done.returncode == 1
    assert "set CHROMIUM to one" in done.stderr
