#!/bin/sh
# Runs a command with Node.js 20 or later on the path: the machine's own, else the one that comes as a Python package.
# Usage: scripts/node.sh npm ci
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)

modern() {
    command -v npm >/dev/null 2>&1 && node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null
}

if ! modern; then
    PATH="$here/.venv/bin:$PATH"
    export PATH
    if ! modern; then
        echo "==> Installing Node.js into .venv (none of version 20 or later on this machine)"
        "$here/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
            -r "$here/requirements-node.txt"
    fi
fi
exec "$@"
