"""kill -9 in the middle of the work: nothing that was answered is lost, nothing is half done, nothing is done twice."""

import asyncio
import os
import re
import shutil
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager, AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from portail_app import clock
from portail_app.services import documents
from tests import papers, town
from tests.ledger import Ledger
from tests.portal import Portal, running, using
from tests.protocol import Page
from tests.town import Town
from tests.workers import descendants

ROUNDS = 3
CELLS_PER_ROUND = 40
# How many answers the parents have received when the power goes.
ENOUGH = 12
ANSWER = re.compile(r"Demande n° (D-\d{4}-\d{6}) envoyée")


@dataclass
class Story:
    """What people sent and what they were answered, over several lives of one portal."""

    town: Town
    ledger: Ledger
    cells: dict[int, list[str]]  # by account, all that they will ask for
    cookies: dict[int, str] = field(default_factory=dict)
    tabs: dict[int, str] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    papers: set[int] = field(default_factory=set)
    lost: list[object] = field(default_factory=list)
    halves: list[object] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.ledger.file.parent

    @property
    def url(self) -> str:
        return f"sqlite:///{self.ledger.file}"

    def run(self) -> AbstractContextManager[Portal]:
        return running(self.url, self.folder)

    async def open(self, stack: AsyncExitStack, portal: Portal, account_id: int, path: str) -> Page:
        """Open the page of somebody, signed in once for all, in the tab that they never closed."""
        if account_id not in self.cookies:
            self.cookies[account_id] = await self.town.sign_in(portal.url, account_id)
        page = Page(portal.url, path, self.cookies[account_id], **self._tab(account_id))
        await page.connect()
        stack.push_async_callback(page.close)
        await page.until(lambda: page.loaded)
        assert page.redirects == []
        self.tabs[account_id] = page.tab
        return page

    def look(self) -> None:
        """Note what a death has cost."""
        self.lost += self.answered - set(self.ledger.numbers())
        self.lost += [paper for paper in self.papers if not self.ledger.has_paper(paper)]
        self.lost += self.ledger.damaged_papers()
        self.halves += self.ledger.faults()

    def _tab(self, account_id: int) -> dict[str, str]:
        return {"tab": self.tabs[account_id]} if account_id in self.tabs else {}


@pytest.fixture(scope="module")
def story(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Live some lives of a portal, each cut in the middle, and look at what is left after each."""
    folder = tmp_path_factory.mktemp("cut")
    ledger = Ledger(folder / "portail.db", folder / "uploads")
    shutil.copy(sqlite_template, ledger.file)
    with using(f"sqlite:///{ledger.file}", folder):
        place = town.build()
        wanted = ROUNDS * CELLS_PER_ROUND
        cells = {home.responsable.account_id: place.free_cells(home, wanted) for home in (place.perrin, place.nguyen)}
    lived = Story(place, ledger, cells)
    for number in range(1, ROUNDS + 1):
        with lived.run() as portal:
            asyncio.run(_live_and_be_killed(lived, portal, number))
        lived.look()
    return lived


def test_nothing_answered_is_lost(story: Story) -> None:
    assert story.lost == []
    assert story.papers
    # What was asked and never answered: otherwise nothing was cut.
    assert ENOUGH <= len(story.answered) < 2 * ROUNDS * CELLS_PER_ROUND


def test_nothing_is_half_done_and_numbers_follow_each_other(story: Story) -> None:
    assert story.halves == []
    assert story.ledger.numbers("accepted"), "the agent had time for nothing"


def test_what_is_sent_again_after_the_restart_is_done_once(story: Story) -> None:
    before, accepted = story.ledger.numbers(), story.ledger.numbers("accepted")
    with story.run() as portal:
        asyncio.run(_send_all_again(story, portal))
    after = story.ledger.numbers()
    assert len(after) == 2 * ROUNDS * CELLS_PER_ROUND
    assert after[: len(before)] == before
    assert story.ledger.numbers("accepted") == accepted
    assert story.ledger.faults() == []


def test_files_that_no_row_names_are_swept_away_and_only_they(story: Story) -> None:
    with using(story.url, story.folder), clock.frozen_at(clock.now() + timedelta(hours=2)):
        documents.purge_orphans()
    assert {path.name for path in story.ledger.papers.iterdir()} == story.ledger.paper_names()
    assert story.ledger.damaged_papers() == []


async def _live_and_be_killed(story: Story, portal: Portal, number: int) -> None:
    """Everybody works at once; in the middle of it, every process of the portal dies."""
    async with AsyncExitStack() as stack:
        parents = [await story.open(stack, portal, account_id, "/mes-enfants") for account_id in story.cells]
        agent = await story.open(stack, portal, story.town.agent.account_id, "/agents/demandes")
        known = len(story.papers)
        uploads = asyncio.create_task(_send_papers(story, portal, number))
        await _until(lambda: len(story.papers) > known)
        await _work(story, parents, agent, number)
        await _until(lambda: sum(len(_answers(page)) for page in parents) >= ENOUGH)
        _kill(portal)
        for page in [*parents, agent]:
            await page.close()
            story.answered |= _answers(page)
        await uploads


async def _send_all_again(story: Story, portal: Portal) -> None:
    """Send twice all that was ever sent."""
    async with AsyncExitStack() as stack:
        for account_id, cells in story.cells.items():
            page = await story.open(stack, portal, account_id, "/mes-enfants")
            for start in range(0, len(cells), CELLS_PER_ROUND):
                for cell in cells[start : start + CELLS_PER_ROUND] * 2:
                    await page.send(f"{_state(page, 'children_state')}.ask_booking", {"cell": cell})
                await page.settle()


async def _work(story: Story, parents: list[Page], agent: Page, number: int) -> None:
    """Ask for day after day, accept all that waits since the last life, without waiting for any answer."""
    waiting = story.ledger.ids("pending")
    for page, cells in zip(parents, story.cells.values(), strict=True):
        for cell in cells[CELLS_PER_ROUND * (number - 1) : CELLS_PER_ROUND * number]:
            await page.send(f"{_state(page, 'children_state')}.ask_booking", {"cell": cell})
    for request_id in waiting:
        await agent.send(f"{_state(agent, 'queue_state')}.accept", {"request_id": request_id})


async def _send_papers(story: Story, portal: Portal, number: int) -> None:
    """Send one paper after the other until the portal is gone."""
    home = story.town.perrin
    headers = {"Cookie": story.cookies[home.responsable.account_id], "Origin": portal.url}
    async with httpx.AsyncClient(base_url=portal.url, headers=headers) as browser:
        for count in range(10_000):
            content = papers.pdf(f"Certificat {number}-{count}")
            try:
                answer = await browser.post(
                    "/pieces", data={"child": home.child_id}, files={"file": ("c.pdf", content)}
                )
            except httpx.TransportError:
                return
            story.papers.add(answer.json()["id"])


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - other processes change it
            await asyncio.sleep(0.01)


def _answers(page: Page) -> set[str]:
    return set(ANSWER.findall("".join(page.frames)))


def _kill(portal: Portal) -> None:
    # The parent first: it would replace a worker that dies.
    for pid in [portal.process.pid, *descendants(portal.process.pid)]:
        os.kill(pid, signal.SIGKILL)


def _state(page: Page, name: str) -> str:
    return next(full for full in page.states if full.endswith(f"____{name}"))
