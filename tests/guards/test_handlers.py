"""A walk over every event handler, inside a worker: who reaches which; and holes made on purpose, which it must see."""

import asyncio
from collections.abc import Iterator
from typing import ClassVar

import pytest
import reflex as rx
from reflex_base.event.processor import base_state_processor
from reflex_base.registry import RegistrationContext

from portail_app import access
from portail_app.pages.family.home import HomeState
from portail_app.services import families
from portail_app.ui import guard
from portail_app.ui.guard import Access
from portail_app.ui.visits import act
from tests.guards import attempts
from tests.guards.attempts import EVERYBODY, attempt_on, handlers, short
from tests.guards.scene import Scene, build
from tests.guards.worker import Tab

PEOPLE = sorted(EVERYBODY)


@pytest.fixture
def scene(sqlite_database: str) -> Scene:
    return build()


@pytest.fixture
def registered() -> Iterator[None]:
    """Let a test register states that nobody else sees."""
    handlers()
    known = RegistrationContext.get()
    own = known.fork()
    own._set_app(known.app)
    before = RegistrationContext.set(own)
    yield
    RegistrationContext.reset(before)


def walk(scene: Scene, who: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Knock at every handler as somebody; list what is not as the table says."""
    reached: list[str] = []

    async def note(handler: rx.event.EventHandler, **_: object) -> None:
        reached.append(handler.fn.__qualname__)

    async def knock() -> list[str]:
        wrong = [f"{name}: who may call it?" for name in attempts.unknown(handlers())]
        async with Tab(scene.cookie(scene.people[who])) as tab:
            for name, handler in handlers().items():
                attempt = attempt_on(name) or attempts.Attempt(attempts.NOBODY)
                reached.clear()
                await tab.act(name, attempt.payload(scene))
                if (handler.handler.fn.__qualname__ in reached) != (who in attempt.allowed):
                    wrong.append(f"{short(name)} {'let in' if reached else 'shut out'} {who}")
        return wrong

    with monkeypatch.context() as patch:
        patch.setattr(base_state_processor, "process_event", note)
        return asyncio.run(knock())


@pytest.mark.parametrize("who", PEOPLE)
def test_each_handler_runs_for_those_it_serves_and_for_nobody_else(
    scene: Scene, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert walk(scene, who, monkeypatch) == []


def test_every_line_of_the_table_is_about_a_handler_that_exists() -> None:
    names = {short(name) for name in handlers()} | {"*.setvar"}
    assert sorted({*attempts.ATTEMPTS, *attempts.OF_REFLEX} - names) == []


def test_the_handlers_that_reflex_adds_to_each_state_are_closed_to_everybody() -> None:
    setters = [handler for name, handler in handlers().items() if name.endswith(".setvar")]
    assert len(setters) >= 10
    agent = access.Actor(1, access.Role.ADMINISTRATOR, "Martine Favre")
    assert not any(guard.admits(handler, agent) for handler in setters)


def test_the_walk_sees_a_handler_that_nobody_put_in_the_table(
    scene: Scene, registered: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Forgotten(rx.State):
        @rx.event
        async def load(self) -> None:
            await act(families.children_of)

    assert [problem.rpartition("____")[2] for problem in walk(scene, "agent", monkeypatch)] == [
        "forgotten.load: who may call it?"
    ]


@pytest.mark.parametrize("who", PEOPLE)
def test_a_state_that_does_not_say_whom_it_serves_is_closed(scene: Scene, registered: None, who: str) -> None:
    class Silent(rx.State):
        leaked: str = ""

        @rx.event
        def leak(self) -> None:
            self.leaked = "Emma Perrin"

    class Heir(HomeState):
        @rx.event
        def leak(self) -> None:
            self.message = "Emma Perrin"

    assert "Emma" not in _heard(scene, who, f"{Silent.get_full_name()}.leak")
    assert "Emma" not in _heard(scene, who, f"{Heir.get_full_name()}.leak")


def test_the_walk_sees_a_state_that_is_open_too_wide(
    scene: Scene, registered: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HomeState, "ACCESS", Access.PUBLIC)
    assert walk(scene, "anonymous", monkeypatch) == ["home_state.load let in anonymous"]
    assert walk(scene, "agent", monkeypatch) == ["home_state.load let in agent"]


def test_the_walk_sees_a_guard_that_lets_everybody_in(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "admits", lambda handler, actor: True)
    wrong = walk(scene, "anonymous", monkeypatch)
    assert "queue_state.load let in anonymous" in wrong
    assert "frontend_event_exception_state.handle_frontend_exception let in anonymous" in wrong


def test_the_words_that_are_looked_for_do_come_out_of_an_open_door(scene: Scene, registered: None) -> None:
    class Hole(rx.State):
        ACCESS: ClassVar[Access] = Access.PUBLIC
        found: list[str] = []

        @rx.event
        def leak(self) -> None:
            owner = scene.perrin.responsable
            self.found = [child.first_name for child in families.children_of(owner)]

    assert "Emma" in _heard(scene, "anonymous", f"{Hole.get_full_name()}.leak")


def _heard(scene: Scene, who: str, name: str) -> str:
    async def listen() -> str:
        async with Tab(scene.cookie(scene.people[who])) as tab:
            return str(await tab.act(name))

    return asyncio.run(listen())
