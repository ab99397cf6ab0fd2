# Shared by the commands in this folder. POSIX sh.
set -eu
cd "$(dirname "$0")/.."
ENVIRONMENT="${LINGKAR_ENVIRONMENT:-.venv}"

say() { printf '%s\n' "$*" >&2; }

good_python() {
    "$1" -c 'import sys,venv,ensurepip,sqlite3; sys.exit(sys.version_info<(3,12))' >/dev/null 2>&1
}

find_python() {
    pyenv="${PYENV_ROOT:-$HOME/.pyenv}/versions"
    for candidate in ${LINGKAR_PYTHON:-} python3.14 python3.13 python3.12 python3 \
        "$pyenv"/3.14*/bin/python "$pyenv"/3.13*/bin/python "$pyenv"/3.12*/bin/python; do
        if good_python "$candidate"; then printf '%s' "$candidate"; return 0; fi
    done
    if command -v uv >/dev/null 2>&1 && uv python install 3.13 >/dev/null 2>&1; then
        uv python find 3.13
        return 0
    fi
    say "Lingkar butuh Python 3.12 atau lebih baru (Debian: apt install python3-venv). / Lingkar needs Python 3.12 or newer."
    return 1
}

# prepare LOCK: make the environment from a hashed lock, once for each content of the lock.
prepare() {
    stamp="$(cksum "$1" pyproject.toml | cksum | cut -d' ' -f1)"
    if [ "$(cat "$ENVIRONMENT/.$1" 2>/dev/null || true)" = "$stamp" ]; then return 0; fi
    if [ ! -x "$ENVIRONMENT/bin/python" ]; then
        python="$(find_python)"
        "$python" -m venv "$ENVIRONMENT"
    fi
    if ! "$ENVIRONMENT/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$1"; then
        say "Paket tidak bisa diunduh. Periksa sambungan. / Packages could not be downloaded. Check the connection."
        return 1
    fi
    site="$("$ENVIRONMENT/bin/python" -c 'import site; print(site.getsitepackages()[0])')"
    pwd > "$site/lingkar-here.pth"
    printf '#!/bin/sh\nexec "%s/bin/python" -m lingkar.cli "$@"\n' "$(cd "$ENVIRONMENT" && pwd)" > "$ENVIRONMENT/bin/lingkar"
    chmod +x "$ENVIRONMENT/bin/lingkar"
    printf '%s' "$stamp" > "$ENVIRONMENT/.$1"
}
