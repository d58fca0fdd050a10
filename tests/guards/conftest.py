"""One portal for all the tests of the guards, with the scene in its database."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.guards import database
from tests.guards.scene import Scene, build
from tests.portal import Portal, running, using
from tests.protocol import Page

# One for all: making a client reads every certificate authority of the machine.
BROWSER = httpx.Client(verify=False)


@dataclass(frozen=True)
class Town:
    """The running portal, the people of its database, and where this lies."""

    portal: Portal
    scene: Scene
    file: Path

    @property
    def url(self) -> str:
        return self.portal.url

    def page(self, path: str, who: str = "anonymous", **values: object) -> Page:
        """Open a browser of somebody on a page; not connected yet."""
        return Page(self.url, path, self.scene.cookie(self.scene.people[who]), **values)

    def ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """Send one request, as a browser that remembers no cookie."""
        answer = BROWSER.request(method, self.url + path, **sent)
        BROWSER.cookies.clear()
        return answer

    def secrets_in(self, frames: list[str]) -> list[str]:
        """Return the words of the Perrin family that were received."""
        received = json.dumps([json.loads(f"[{f.partition('[')[2]}") for f in frames if "[" in f], ensure_ascii=False)
        return [word for word in self.scene.secrets if word in received]

    def content(self) -> list[str]:
        """Return what the database holds, but the times at which people were last seen."""
        return database.content(self.file)


@pytest.fixture(scope="session")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("guards")
    file = folder / "portail.db"
    shutil.copy(sqlite_template, file)
    url = f"sqlite:///{file}"
    with using(url, folder):
        scene = build()
    with running(url, folder, access_log=True) as portal:
        yield Town(portal, scene, file)


@pytest.fixture
def town(served: Town) -> Iterator[Town]:
    """Give the running portal; this process reads and writes the same database meanwhile."""
    with using(f"sqlite:///{served.file}", served.file.parent):
        yield served
