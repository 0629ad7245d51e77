#!/bin/sh
# Set-up: a bare machine -> .venv with exactly what requirements.lock names. Run by "make setup"; safe to repeat.
#
# The stamp is a copy of the lock inside .venv, written last: an interrupted set-up has none, and the next run
# begins anew. Nothing else is written, except missing system parts where the machine lets us install them.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv
STAMP=$VENV/requirements.lock
PROBE='
import ctypes, sys
try:
    ctypes.CDLL(sys.argv[1])
except OSError:
    sys.exit(1)
'

say() { printf 'Einrichtung: %s\n' "$*"; }
fail() { printf 'Einrichtung nicht möglich: %s\n' "$*" >&2; exit 1; }

find_python() {  # the first interpreter that is new enough: the system's, which is compiled for speed, before others
    for name in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

missing_packages() {  # Debian's names of what is missing: of Python itself, then of what WeasyPrint loads (its text/ffi.py)
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || echo "${PYTHON##*/}-venv"
    while read -r library package; do
        "$PYTHON" -c "$PROBE" "$library" || echo "$package"
    done <<'LIBRARIES'
libgobject-2.0.so.0 libpango-1.0-0
libpango-1.0.so.0 libpango-1.0-0
libpangoft2-1.0.so.0 libpangoft2-1.0-0
libharfbuzz.so.0 libharfbuzz0b
libharfbuzz-subset.so.0 libharfbuzz-subset0
libfontconfig.so.1 libfontconfig1
LIBRARIES
}

apt_get() {  # quiet; what it said is shown only when it failed
    $AS_ROOT env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >"$LOG" 2>&1 </dev/null
}

install_packages() {  # $*: Debian's package names
    command="apt-get install --no-install-recommends $*"
    command -v apt-get >/dev/null || fail "Es fehlen Systemteile. Auf Debian heißen sie: $*"
    if [ "$(id -u)" -eq 0 ]; then
        AS_ROOT=
    elif sudo -n true 2>/dev/null; then
        AS_ROOT='sudo -n'
    else
        fail "Es fehlen Systemteile. Bitte einmal ausführen: sudo apt-get update && sudo $command"
    fi
    say "Systemteile werden installiert ($command) …"
    LOG=$(mktemp)
    # The package lists may be absent or old; a source that cannot be reached must not stop the others.
    if ! apt_get install -y --no-install-recommends "$@"; then
        apt_get update || true
        if ! apt_get install -y --no-install-recommends "$@"; then
            cat "$LOG" >&2
            rm -f "$LOG"
            fail "apt-get ist gescheitert (Meldung darüber). Bitte von Hand ausführen: $command"
        fi
    fi
    rm -f "$LOG"
}

check_system() {
    if [ "$(uname -s)" = Darwin ]; then
        for library in libgobject-2.0.0.dylib libpango-1.0.dylib libpangoft2-1.0.dylib libharfbuzz-subset.0.dylib; do
            "$PYTHON" -c "$PROBE" "$library" ||
                fail "$library fehlt oder dieses Python findet sie nicht. Bitte einmal ausführen: brew install pango python"
        done
        return
    fi
    missing=$(missing_packages | sort -u | paste -s -d ' ' -)
    [ -z "$missing" ] && return
    # shellcheck disable=SC2086  # one word a package
    install_packages $missing
    missing=$(missing_packages | sort -u | paste -s -d ' ' -)
    [ -z "$missing" ] || fail "Nach der Installation fehlt noch immer: $missing"
}

PYTHON=$(find_python)
if [ -z "$PYTHON" ]; then
    case $(uname -s) in
        Darwin) fail 'Python ab 3.11 fehlt. Bitte einmal ausführen: brew install pango python' ;;
        *) fail 'Python ab 3.11 fehlt. Bitte einmal ausführen: sudo apt-get install python3 python3-venv (ab Debian 12)' ;;
    esac
fi
check_system

if cmp -s requirements.lock "$STAMP" && "$VENV/bin/python" -c '' 2>/dev/null; then
    touch "$STAMP"  # the lock's date is newer, its content is not
    exit 0
fi

say "Python-Umgebung $VENV wird angelegt ($("$PYTHON" -V 2>&1)) …"
rm -f "$STAMP"
"$PYTHON" -m venv --clear "$VENV"
say "$(grep -c '==' requirements.lock) Pakete aus requirements.lock werden installiert, jedes gegen seine Prüfsumme geprüft …"
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes --only-binary :all: --requirement requirements.lock ||
    fail 'pip ist gescheitert (Meldung darüber). Ist das Netz erreichbar? Danach noch einmal: make setup'
cp requirements.lock "$STAMP.part"
mv "$STAMP.part" "$STAMP"
say 'fertig.'
