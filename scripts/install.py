"""Installs a hashed requirements file and the project itself into the environment that runs this, and shows progress.

Nothing is installed whose hash is not in the file. What pip says is shown if it fails, and only then.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PIP = [sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
SHOWN_LINES = 40


def main() -> int:
    """Install what the file names (its path is the one argument), then the project; gives the exit code."""
    requirements = Path(sys.argv[1])
    return _run("--require-hashes", "-r", str(requirements), total=requirements.read_text().count("==")) or _run(
        "--no-deps", "--no-build-isolation", "--editable", str(ROOT), total=1
    )


def _run(*arguments: str, total: int) -> int:
    said: list[str] = []
    done = 0
    with subprocess.Popen(
        [*PIP, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            said.append(line)
            first, _, rest = line.strip().partition(" ")
            if first == "Collecting":
                done += 1
                _show(f"{done}/{total} {rest.split('=')[0].split(' ')[0]}")
            elif line.startswith("Requirement already satisfied"):
                done += 1
            elif line.startswith("Installing collected packages"):
                _show("unpacking")
    _show("")
    if pip.returncode:
        sys.stderr.writelines(said[-SHOWN_LINES:])
    return pip.returncode


def _show(progress: str) -> None:
    """One line that changes, where somebody is looking."""
    if sys.stdout.isatty():
        print(f"\r\033[K    {progress}" if progress else "\r\033[K", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main())
