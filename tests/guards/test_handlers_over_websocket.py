"""The same walk over the real websocket: what is refused answers nothing, writes nothing, and shows nobody's data."""

import asyncio
import json

import pytest

from tests.guards.attempts import attempt_on, handlers
from tests.guards.conftest import Town


@pytest.mark.parametrize("who", ["anonymous", "newcomer", "foreign parent", "agent"])
def test_over_the_websocket_what_is_refused_answers_nothing_and_writes_nothing(town: Town, who: str) -> None:
    refused = {n: a for n in handlers() if (a := attempt_on(n)) is not None and who not in a.allowed}
    before = town.content()

    async def knock() -> None:
        async with town.page("/connexion", who) as page:
            for name, attempt in refused.items():
                frames = await page.act(name, attempt.payload(town.scene))
                assert _deltas(frames) == {"notices"}, name
            assert town.secrets_in(page.frames) == []

    asyncio.run(knock())
    assert town.content() == before


@pytest.mark.parametrize("who", ["anonymous", "newcomer", "foreign parent"])
def test_over_the_websocket_what_is_allowed_shows_nothing_of_another_family(town: Town, who: str) -> None:
    allowed = {n: a for n in handlers() if (a := attempt_on(n)) is not None and who in a.allowed}
    own_name = {"newcomer": ["Perrin", "Odile"]}.get(who, [])
    before = town.content()

    async def knock() -> None:
        emma = town.scene.perrin.child_id
        async with town.page(f"/mes-enfants?enfant={emma}", who) as page:
            for name, attempt in allowed.items():
                await page.act(name, attempt.payload(town.scene))
            assert [word for word in town.secrets_in(page.frames) if word not in own_name] == []

    asyncio.run(knock())
    assert town.content() == before


def test_an_event_that_does_not_exist_answers_nothing(town: Town) -> None:
    async def knock() -> None:
        async with town.page("/connexion") as page:
            for name in ("", "_redirect", "nonsense", "reflex___state____state", "reflex___state____state.__init__"):
                assert _deltas(await page.act(name, {"path": "//evil.example"})) == {"notices"}

    asyncio.run(knock())


def test_a_boot_event_may_not_be_anything_else(town: Town) -> None:
    queue = next(name for name in handlers() if name.endswith("queue_state.load"))

    async def knock() -> None:
        page = town.page("/connexion", "foreign parent")
        await page.connect(page.event(queue))
        await page.settle()
        assert page.state("queue_state").get("loaded", False) is False
        assert town.secrets_in(page.frames) == []
        await page.close()

    asyncio.run(knock())


def _deltas(frames: list[str]) -> set[str]:
    """Return the states that something was received of."""
    updates = [json.loads(frame.partition(",")[2]) for frame in frames]
    return {state.rpartition("____")[2] for _, update in updates for state in update.get("delta") or {}}
