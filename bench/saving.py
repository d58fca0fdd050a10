"""Save bookings through the real websocket: many parents at once, each in their own tab, for their own child."""

import asyncio
import random
import time
from dataclasses import dataclass, field

from bench.commune import BookableMonth, Parent
from tests.protocol import ROOT, Page, cookie

ASK_BOOKING = f"{ROOT}.portail_app___pages___family___children_state____children_state.ask_booking"
OPENING_AT_ONCE = 8
LONGEST_ANSWER_SECONDS = 60.0


@dataclass
class Saves:
    """What one run gave: seconds from each click to its receipt on the page, and what went wrong."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Return how many bookings were saved each second."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: int) -> float:
        """Return a percentile of the latencies, in milliseconds."""
        ordered = sorted(self.latencies) or [float("nan")]
        return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


async def open_tabs(url: str, parents: list[Parent], month: BookableMonth) -> list[Page]:
    """Open « Mes enfants » for each parent, a few at a time."""
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def one(parent: Parent) -> Page:
        path = f"/mes-enfants?enfant={parent.child_id}&mois={month.month}"
        async with gate:
            return await Page(url, path, cookie(parent.session_token)).__aenter__()

    return list(await asyncio.gather(*(one(parent) for parent in parents)))


async def close_tabs(tabs: list[Page]) -> None:
    """Close what was opened."""
    await asyncio.gather(*(tab.close() for tab in tabs))


async def without_pause(tabs: list[Page], cells: tuple[str, ...]) -> Saves:
    """Let each parent ask for the next day as soon as the last one is answered: the most that the portal can save."""
    return await _run([(tab, [(cell, None) for cell in cells]) for tab in tabs])


async def at_pace(tabs: list[Page], cells: tuple[str, ...], per_second: float) -> Saves:
    """Let the parents ask for ``per_second`` days in all, each at instants of their own, whatever the answers take."""
    dice, every = random.Random(1), len(tabs) / per_second
    return await _run([(tab, [(cell, (i + dice.random()) * every) for i, cell in enumerate(cells)]) for tab in tabs])


# A cell to ask for, and the second of the run at which the parent clicks; None is "as soon as possible".
Click = tuple[str, float | None]


async def _run(parents: list[tuple[Page, list[Click]]]) -> Saves:
    saves, start = Saves(), time.perf_counter()

    async def clicks(tab: Page, wished: list[Click]) -> None:
        for cell, instant in wished:
            clicked_at = time.perf_counter()
            if instant is not None:
                # Counted from the instant of the click: waiting behind one's own last click is waiting too.
                await asyncio.sleep(start + instant - clicked_at)
                clicked_at = start + instant
            await _save(tab, cell, clicked_at, saves)

    await asyncio.gather(*(clicks(tab, wished) for tab, wished in parents))
    saves.seconds = time.perf_counter() - start
    return saves


async def _save(tab: Page, cell: str, clicked_at: float, saves: Saves) -> None:
    """Ask for one cell and wait for its receipt: the sentence that names the number of the request."""
    before = tab.state("notices").get("serial", 0)
    await tab.send(ASK_BOOKING, {"cell": cell})
    try:
        await tab.until(lambda: tab.state("notices").get("serial", 0) > before, LONGEST_ANSWER_SECONDS)
    except TimeoutError:
        saves.errors.append("no answer")
        return
    said = tab.state("notices")
    if said["tone"] == "done":
        saves.latencies.append(time.perf_counter() - clicked_at)
    else:
        saves.errors.append(said["text"])
