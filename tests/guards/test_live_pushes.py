"""A committed change reaches the open pages of the family it concerns, and no others."""

import asyncio

from portail_app.rules.cells import CellMark
from portail_app.services import requests
from tests.guards.attempts import full
from tests.guards.conftest import Town
from tests.protocol import Page


def test_an_answer_reaches_the_pages_of_the_family_and_of_no_other(town: Town) -> None:
    scene = town.scene
    asked = requests.ask_booking(scene.perrin.conjoint, scene.perrin.child_id, scene.care, scene.days[0])
    month = f"mois={scene.days[0]:%Y-%m}"

    async def answer() -> None:
        async with (
            town.page("/liste-des-demandes", "parent") as listing,
            town.page(f"/mes-enfants?{month}", "parent") as calendar,
            town.page("/accueil", "parent") as home,
            town.page("/liste-des-demandes", "foreign parent") as foreign,
            town.page(f"/mes-enfants?{month}", "foreign parent") as foreign_calendar,
            town.page("/agents/demandes", "agent") as colleague,
            town.page("/agents/demandes", "agent") as agent,
        ):
            others = [len(foreign.frames), len(foreign_calendar.frames)]
            before = (calendar.state("children_state")["marks"], len(home.frames), len(colleague.frames))
            await agent.act(full("queue_state.accept"), {"request_id": asked.id})
            await listing.until(lambda: "acceptée" in listing.state("notices").get("text", ""))
            await calendar.until(lambda: calendar.state("children_state")["marks"] != before[0])
            assert CellMark.RESERVED in "".join(calendar.state("children_state")["marks"])
            await home.until(lambda: len(home.frames) > before[1])
            await colleague.until(lambda: len(colleague.frames) > before[2])
            assert [len(foreign.frames), len(foreign_calendar.frames)] == others
            assert town.secrets_in(foreign.frames + foreign_calendar.frames) == []

    asyncio.run(answer())


def test_a_request_reaches_the_agents_and_the_other_adult(town: Town) -> None:
    scene = town.scene
    cell = f"{scene.care}:{scene.days[1].isoformat()}"
    julien = scene.cookie(scene.perrin.conjoint)

    async def ask() -> None:
        async with (
            town.page("/agents/demandes", "agent") as agent,
            Page(town.url, "/liste-des-demandes", julien) as other,
            town.page("/mes-enfants", "parent") as page,
            town.page("/liste-des-demandes", "foreign parent") as foreign,
        ):
            waiting, theirs, foreign_frames = len(_rows(agent)), len(_rows(other)), len(foreign.frames)
            await page.act(full("children_state.ask_booking"), {"cell": cell})
            await agent.until(lambda: len(_rows(agent)) == waiting + 1)
            await other.until(lambda: len(_rows(other)) == theirs + 1)
            assert len(foreign.frames) == foreign_frames

    asyncio.run(ask())


def _rows(page: Page) -> list[object]:
    return [*page.state("queue_state").get("rows", []), *page.state("requests_state").get("rows", [])]
