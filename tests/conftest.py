"""What every test may ask for: settings of its own, a migrated database of each kind, a stopped clock."""

import os

os.environ.update(PORTAIL_ENVIRONMENT="test", PORTAIL_BCRYPT_COST="4")

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright

from portail_app import clock, db, settings
from tests import servers

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test its own folder of data, and leave no setting behind."""
    # A portal that a wider fixture serves has set its own environment for this process too.
    monkeypatch.setenv("PORTAIL_ENVIRONMENT", "test")
    monkeypatch.setenv("PORTAIL_DATA_DIR", str(tmp_path / "var"))
    settings.reset()
    yield
    settings.reset()


@pytest.fixture
def use_settings(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return ``use_settings(smtp_host="…")``: change settings for the length of a test."""

    def change(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"PORTAIL_{name.upper()}", str(value))
        settings.reset()

    return change


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest, use_settings: Callable[..., None]) -> Iterator[str]:
    """Point the portal at an empty, migrated database of each kind; give its URL."""
    yield from _use(request.getfixturevalue(f"{request.param}_copy"), use_settings)


@pytest.fixture
def sqlite_database(sqlite_copy: str, use_settings: Callable[..., None]) -> Iterator[str]:
    """Point the portal at an empty, migrated SQLite database: for rules that do not depend on the database."""
    yield from _use(sqlite_copy, use_settings)


@pytest.fixture
def at() -> Callable[..., AbstractContextManager[None]]:
    """Return ``clock.frozen_at``."""
    return clock.frozen_at


@pytest.fixture
def sqlite_copy(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the URL of a copy of the migrated SQLite file."""
    copy = tmp_path / "portail.db"
    shutil.copy(sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def postgresql_copy(postgresql_server: str) -> Iterator[str]:
    """Give the URL of a copy of the migrated PostgreSQL database."""
    name = f"test_{uuid4().hex}"
    _administer(postgresql_server, f"CREATE DATABASE {name} TEMPLATE migrated STRATEGY file_copy")
    yield f"{postgresql_server}/{name}"
    _administer(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file for the whole run."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start PostgreSQL once for the whole run, with one migrated database to copy."""
    folder = Path(tempfile.mkdtemp(prefix="portail-pg-"))
    with servers.postgresql(folder) as url:
        _administer(url, "CREATE DATABASE migrated")
        _migrate(f"{url}/migrated")
        yield url
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start Redis once for the whole run."""
    with servers.redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that drive a browser last: Playwright keeps an event loop running from its first use on."""
    items.sort(key=lambda item: "launch" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Return ``launch("--more-arguments")``: start a Chromium of the machine; all are closed at the end."""
    with sync_playwright() as playwright:

        def start(*arguments: str) -> Browser:
            return playwright.chromium.launch(executable_path=_chromium(), args=[*CHROMIUM_ARGUMENTS, *arguments])

        yield start


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise RuntimeError("Chromium manque : apt-get install chromium")
    return found


def _use(url: str, use_settings: Callable[..., None]) -> Iterator[str]:
    use_settings(database_url=url)
    db.dispose()
    yield url
    db.dispose()


def _migrate(url: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAIL_DATABASE_URL", url)
        settings.reset()
        db.dispose()
        db.migrate()
        db.dispose()
    settings.reset()


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(statement)
