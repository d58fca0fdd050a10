"""Start the real portal for tests, with `portail serve`, on a free port with data of its own; and stop it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from portail_app import db, settings
from portail_app.models.exchanges import Municipality
from tests import factories as make
from tests.servers import free_port

COMMAND = [str(Path(sys.executable).parent / "portail"), "serve"]
# The front end may have to be built first.
LONGEST_START_SECONDS = 180


@dataclass(frozen=True)
class Portal:
    """A running portal; everything that it prints goes into ``log``."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def said(self) -> str:
        """Return what the portal has printed so far."""
        return self.log.read_text("utf-8", "replace")


@contextmanager
def running(database_url: str, folder: Path, **values: object) -> Iterator[Portal]:
    """Run ``portail serve`` on a database, with its files in ``folder`` and ``values`` as settings (``workers=2``).

    The commune is built into the pages. A database that holds none gets Léaz, and the environment is the demo's: the
    tests and ``make demo`` then share one build.
    """
    port = free_port()
    chosen = {
        "environment": "demo",
        "host": "127.0.0.1",
        "port": port,
        "data_dir": folder,
        "database_url": database_url,
        "bcrypt_cost": 4,
        **values,
    }
    environment = {**os.environ, **{f"PORTAIL_{name.upper()}": str(value) for name, value in chosen.items()}}
    folder.mkdir(parents=True, exist_ok=True)
    _ensure_commune(database_url)
    with (folder / "serve.log").open("w+b") as log:
        process = subprocess.Popen(COMMAND, env=environment, stdout=log, stderr=subprocess.STDOUT)
        portal = Portal(f"http://127.0.0.1:{port}", Path(log.name), process)
        try:
            _wait(portal)
            yield portal
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def serving(data_dir: Path, **values: object) -> Iterator[str]:
    """Run ``portail serve`` on a new database in ``data_dir``; yield the address where it answers."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with running(f"sqlite:///{data_dir}/portail.db", data_dir, **values) as portal:
        yield portal.url


@contextmanager
def using(database_url: str, folder: Path | None = None) -> Iterator[None]:
    """Point this process at the data of a portal, to write what a test needs and to read what became of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAIL_DATABASE_URL", database_url)
        if folder is not None:
            patch.setenv("PORTAIL_DATA_DIR", str(folder))
        patch.setenv("PORTAIL_ENVIRONMENT", "demo")
        settings.reset()
        db.dispose()
        yield
        db.dispose()
    settings.reset()


def _ensure_commune(database_url: str) -> None:
    with using(database_url):
        db.migrate()
        with db.reading() as session:
            known = session.exec(select(Municipality)).first()
        if known is None:
            make.leaz()


def _wait(portal: Portal) -> None:
    end = time.monotonic() + LONGEST_START_SECONDS
    while time.monotonic() < end and portal.process.poll() is None:
        try:
            httpx.get(f"{portal.url}/ping", timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the portal did not start:\n{portal.said}")
