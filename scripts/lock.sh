#!/bin/sh
# Writes the hashed requirements files anew from pyproject.toml, for every Linux and every Python the project knows.
# Law: the files name packages, versions and hashes; never a registry, never a path.
set -eu
cd "$(dirname "$0")/.."

uv=${UV:-.venv/lock/bin/uv}
if [ ! -x "$uv" ] && ! command -v "$uv" >/dev/null; then
    python3 -m venv .venv/lock
    .venv/lock/bin/pip install --quiet uv
fi

compile() {
    env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL UV_CUSTOM_COMPILE_COMMAND="make lock" \
        "$uv" --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate "$@"
}

compile pyproject.toml --group build --output-file requirements.txt
compile pyproject.toml --group build --group dev --constraints requirements.txt --output-file requirements-dev.txt
compile --group node --output-file requirements-node.txt
