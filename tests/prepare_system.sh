#!/bin/sh
# Make sure that the programs which the tests drive are there: use what is installed, else install it with apt-get
# when that is possible, else say plainly which packages to install.
set -eu

missing=""

need() { # need <package> <program>…: any of the programs will do
    package="$1"
    shift
    for program in "$@"; do
        command -v "$program" >/dev/null 2>&1 && return
        for path in /usr/lib/postgresql/*/bin/"$program"; do
            [ -x "$path" ] && return
        done
    done
    missing="$missing $package"
}

need chromium chromium chromium-browser google-chrome google-chrome-stable
need postgresql initdb
need redis-server redis-server
need poppler-utils pdftotext
need qpdf qpdf
need openssl openssl
need util-linux setpriv

[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Les tests ont besoin de programmes absents de cette machine :$missing. Installez-les, puis recommencez." >&2
    exit 1
fi

if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "Les tests ont besoin de paquets absents de cette machine. Installez-les, puis recommencez :" >&2
    echo "    sudo apt-get install$missing" >&2
    exit 1
fi

echo "Installation des programmes dont les tests ont besoin :$missing…"
# The servers are started by the tests, on ports of their own: none has to run as a service.
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
