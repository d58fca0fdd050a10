"""A real portal with the demo commune, and a real Chromium, for the stories."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portail_app import db, demo, settings
from tests import portal as portals

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 10_000
Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create the demo commune once; each module works on a copy."""
    folder = tmp_path_factory.mktemp("demo")
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


@pytest.fixture(scope="module")
def demo_folder(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the module a demo commune of its own."""
    folder = tmp_path_factory.mktemp("commune") / "demo"
    shutil.copytree(demo_template, folder)
    return folder


@pytest.fixture(scope="module")
def portal(demo_folder: Path) -> Iterator[str]:
    """Serve the module's commune; give its address."""
    with portals.running(f"sqlite:///{demo_folder}/portail.db", demo_folder) as served:
        yield served.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visitor(browser: Browser, portal: str) -> Iterator[Visitor]:
    """Return ``visitor(viewport)``: a new person with a browser of their own; their page's errors fail the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def arrive(viewport: dict[str, int] = WIDE, **options: object) -> Page:
        context = browser.new_context(viewport=viewport, base_url=portal, locale="fr-FR", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert problems == []


def sign_in(page: Page, identifier: str, password: str) -> None:
    """Sign in as a person does, and wait for the page that follows."""
    page.goto("/connexion")
    page.get_by_label("Identifiant", exact=True).fill(identifier)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Connexion", exact=True).click()
    page.wait_for_url(lambda url: "/connexion" not in url)


def _demo_settings(folder: Path) -> dict[str, object]:
    return {
        "environment": "demo",
        "data_dir": folder / "var",
        "database_url": f"sqlite:///{folder}/portail.db",
        "bcrypt_cost": 4,
    }


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("Chromium manque : apt-get install chromium")
