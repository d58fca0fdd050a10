"""When even the guard fails, nothing opens, and the worker does not run in circles."""

import asyncio

import pytest

from portail_app.services import auth
from portail_app.ui import failures
from tests.guards.attempts import full
from tests.guards.scene import Scene, build
from tests.guards.worker import Tab


@pytest.fixture
def scene(sqlite_database: str) -> Scene:
    return build()


def test_without_a_database_no_handler_runs_and_the_apology_is_tried_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = scene.perrin.responsable.display_name

    def broken(token: str) -> None:
        raise OSError(secret)

    async def knock() -> str:
        async with Tab(scene.cookie(scene.perrin.responsable)) as tab:
            monkeypatch.setattr(auth, "actor_of", broken)
            return str(await tab.act(full("home_state.load")))

    assert "Emma" not in asyncio.run(asyncio.wait_for(knock(), 10))
    assert [record.levelname for record in caplog.records if record.name == failures.__name__] == ["ERROR", "ERROR"]
    assert secret not in caplog.text


def test_after_a_failure_the_next_one_is_apologised_for_too(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError

    async def knock() -> list[str]:
        async with Tab(scene.cookie(scene.perrin.responsable)) as tab:
            monkeypatch.setattr("portail_app.services.municipality.welcome", broken)
            return [str(await tab.act(full("home_state.load"))) for _ in range(2)]

    assert all(failures.UNEXPECTED in answer for answer in asyncio.run(asyncio.wait_for(knock(), 10)))
