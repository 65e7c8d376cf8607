#!/bin/sh
# Makes sure that the browser tests find a Chromium: CHROMIUM names one, or it is on the path, or it is installed here,
# as Debian's package where apt-get may be used, else as Playwright's own. tests/e2e looks in the same places. A name on
# the path counts if it starts: Ubuntu's chromium-browser may be a stub that only asks for a snap.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

found() {
    if [ -n "${CHROMIUM:-}" ]; then
        [ -x "$CHROMIUM" ] || { echo "CHROMIUM names no program: $CHROMIUM" >&2; exit 1; }
        return 0
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        "$name" --version >/dev/null 2>&1 && return 0
    done
    "$python" -c '
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
' 2>/dev/null
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

found && exit 0
echo "==> Installing Chromium for the browser tests"
with_deps=
if command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; then
    with_deps=--with-deps
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends chromium fonts-liberation >/dev/null || true
fi
found || "$python" -m playwright install $with_deps chromium || true
found || { echo "No Chromium could be installed; set CHROMIUM to one." >&2; exit 1; }
