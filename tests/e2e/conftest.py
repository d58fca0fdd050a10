"""A real portal with the demo commune, and a real Chromium, for the stories.

The portal is started once: each test brings families of its own, and leaves those of the demo as they are.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portail_app import db, demo, settings
from tests import accounts
from tests import portal as portals

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WIDTHS = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1280", "390"])
PATIENCE_MS = 15_000
Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create the demo commune."""
    folder = tmp_path_factory.mktemp("commune")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in _demo_settings(folder).items():
            patch.setenv(f"PORTAIL_{name.upper()}", str(value))
        settings.reset()
        db.dispose()
        db.migrate()
        demo.create()
        db.dispose()
    settings.reset()
    return folder


@pytest.fixture(scope="session")
def portal(demo_folder: Path) -> Iterator[str]:
    """Serve the commune; give its address."""
    with portals.running(_database(demo_folder), demo_folder) as served:
        yield served.url


@pytest.fixture
def data(portal: str, demo_folder: Path) -> Iterator[None]:
    """Let the test write what it needs beside the running portal, and read what became of it."""
    with portals.using(_database(demo_folder), demo_folder):
        yield


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Browser:
    """Start Debian's Chromium once."""
    expect.set_options(timeout=PATIENCE_MS)
    return launch()


@pytest.fixture
def complaints() -> list[str]:
    """Collect what the pages' scripts and the browser's console complain of; a test takes out what it expects."""
    return []


@pytest.fixture
def visitor(browser: Browser, portal: str, complaints: list[str]) -> Iterator[Visitor]:
    """Return ``visitor(viewport)``: a new person with a browser of their own; their page's errors fail the test.

    ``account`` is whom the browser is signed in as already; it takes the fixture ``data``.
    """
    contexts: list[BrowserContext] = []

    def arrive(viewport: dict[str, int] = WIDE, account: int | None = None, **options: object) -> Page:
        context = browser.new_context(viewport=viewport, base_url=portal, locale="fr-FR", **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        if account is not None:
            context.add_cookies([{"name": "portail_session", "value": accounts.signed_in(account), "url": portal}])
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, identifier: str, password: str) -> None:
    """Sign in as a person does, and wait for the page that follows."""
    page.goto("/connexion")
    page.get_by_label("Identifiant", exact=True).fill(identifier)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Connexion", exact=True).click()
    page.wait_for_url(lambda url: "/connexion" not in url)


def forgive(complaints: list[str], expected: str) -> None:
    """Take out of the console's complaints the one that the browser makes of a request that is refused."""
    [complaint] = complaints
    assert expected in complaint
    complaints.clear()


def _demo_settings(folder: Path) -> dict[str, object]:
    return {
        "environment": "demo",
        "data_dir": folder,
        "database_url": _database(folder),
        "bcrypt_cost": 4,
    }


def _database(folder: Path) -> str:
    return f"sqlite:///{folder}/portail.db"
