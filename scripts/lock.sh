#!/bin/sh
# pyproject.toml -> requirements.lock, by uv from a throw-away environment. Run by "make lock".
#
# Versions already in the lock are kept as long as pyproject.toml allows them; arguments go to uv
# ("make lock UPGRADE=1" passes --upgrade). Neither a registry's nor a mirror's address is written.
set -eu
cd "$(dirname "$0")/.."

UV=uv==0.13.9
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

echo "Sperrdatei: requirements.lock wird neu berechnet ($UV) …"
.venv/bin/python -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$UV"

set -- --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links "$@"
cp requirements.lock "$work/requirements.lock" 2>/dev/null || true
UV_CUSTOM_COMPILE_COMMAND='make lock   (scripts/lock.sh: uv pip compile --universal --generate-hashes)' \
    "$work/venv/bin/uv" pip compile --quiet "$@" --output-file "$work/requirements.lock" pyproject.toml

if grep -nE '://|^schema==' "$work/requirements.lock"; then
    echo 'Sperrdatei nicht übernommen: Sie nennt eine Adresse oder das fremde Paket »schema« (Zeilen darüber).' >&2
    exit 1
fi
cat "$work/requirements.lock" >requirements.lock
echo "Sperrdatei: fertig, $(grep -c '==' requirements.lock) Pakete. Weiter mit »make setup«."
