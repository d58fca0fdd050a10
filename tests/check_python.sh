#!/bin/sh
# Say plainly what is missing before anything is installed: Python 3.11 or later, with its venv module.
python="$1"

if [ -z "$python" ] && command -v python3 >/dev/null 2>&1; then
    python=python3
fi
if [ -z "$python" ]; then
    echo "Il manque Python 3.11 ou plus récent. Sous Debian ou Ubuntu : sudo apt-get install python3 python3-venv" >&2
    exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version 2>&1) est trop ancien : il faut Python 3.11 ou plus récent." >&2
    echo "S’il est installé ailleurs : make PYTHON=/chemin/vers/python3.11 demo" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Il manque le module venv de Python. Sous Debian ou Ubuntu : sudo apt-get install python3-venv" >&2
    exit 1
fi
