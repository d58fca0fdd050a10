"""Measure the portal and write the table: ``make bench``, or ``python -m bench save paint`` for some figures only.

The portal that is measured is the real one, started as ``portail serve`` starts it, with a commune of its own. Slow
figures are told, not punished: what fails is an error.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench import commune, footprint, painting, pdf_bench, saving, table
from bench.commune import BookableMonth, Parent
from bench.table import Figure, at_least, at_most
from tests.portal import Portal, running, using

RESULTS = Path(__file__).parent / "results.md"
FAMILIES = 1000
PARENTS = 200
SESSIONS = 500
RUNS = 5
CELLS_PER_RUN = 5
OFFERED_PER_SECOND = 120.0
CLICKS = 20


@dataclass(frozen=True)
class Town:
    """The commune under measure, and the portal that serves it."""

    portal: Portal
    folder: Path
    parents: list[Parent]
    month: BookableMonth

    def calendar_of(self, parent: Parent) -> str:
        """Return the address of the month that is measured."""
        return f"/mes-enfants?enfant={parent.child_id}&mois={self.month.month}"


def save(town: Town) -> list[Figure]:
    """Save bookings: as many as possible, then as many as wanted, by two hundred parents."""
    tell("réservations par le websocket…")
    fast, paced = asyncio.run(_saves(town))
    errors = [error for run in (*fast, *paced) for error in run.errors]
    if errors:
        raise SystemExit(f"{len(errors)} erreurs, par exemple : {errors[0]}")
    name, pace = f"Réservations enregistrées, {PARENTS} parents", f"{OFFERED_PER_SECOND:.0f}/s demandées"
    others = f"— p95 sans pause (chacun attend les {PARENTS - 1} autres)"
    return [
        at_least(f"{name} sans pause", "/s", [run.per_second for run in fast], 120, "16 /s à 20 parents, 15 /s à 100"),
        at_most(others, "ms", [run.percentile(95) for run in fast], reference="1 300 ms à 20, 5 200 ms à 100"),
        at_least(f"{name}, {pace}", "/s", [run.per_second for run in paced]),
        at_most(f"— p95, {pace}", "ms", [run.percentile(95) for run in paced], 300),
        at_most("— erreurs", "", [0.0], 0),
    ]


def paint(town: Town) -> list[Figure]:
    """Paint pages on a slow telephone, and a booking in an ordinary browser."""
    calendars, sign_ins, clicks = [], [], list[float]()
    with painting.chromium() as browser:
        for run, parent in enumerate(islice(town.parents, SESSIONS, SESSIONS + RUNS), start=1):
            tell(f"pages peintes, {run} sur {RUNS}…")
            address = town.calendar_of(parent)
            calendars.append(painting.cold_and_warm(browser, town.portal.url, address, parent.session_token))
            sign_ins.append(painting.cold_and_warm(browser, town.portal.url, "/connexion"))
            cells = town.month.cells[:CLICKS]
            clicks += painting.clicks(browser, town.portal.url, address, parent.session_token, cells)
    cold, warm, signs = [a for a, _ in calendars], [b for _, b in calendars], [a for a, _ in sign_ins]
    return [
        at_most("Clic dans le menu → nouvel état peint", "ms", clicks, 40, "528 ms"),
        at_most("« Mes enfants », première visite : LCP", "ms", [p.lcp_ms for p in cold], 2000, "2 300 ms"),
        at_most("— poids", "Ko", [p.kilobytes for p in cold], 180, "539 Ko"),
        at_most("— calendrier peint", "ms", [p.cells_ms for p in cold]),
        at_most("« Mes enfants », visite suivante : LCP", "ms", [p.lcp_ms for p in warm], 750, "770 ms"),
        at_most("— calendrier peint", "ms", [p.cells_ms for p in warm]),
        at_most("« Connexion », première visite : LCP", "ms", [p.lcp_ms for p in signs], 1000, "4 100 ms"),
        at_most("— poids", "Ko", [p.kilobytes for p in signs], 160, "726 Ko"),
    ]


def weigh(town: Town) -> list[Figure]:
    """Weigh the portal, before and with five hundred open pages."""
    tell(f"mémoire, {SESSIONS} pages ouvertes…")
    before = footprint.megabytes(town.portal.process.pid)

    async def with_pages() -> float:
        tabs = await saving.open_tabs(town.portal.url, town.parents[:SESSIONS], town.month)
        weight = footprint.megabytes(town.portal.process.pid)
        await saving.close_tabs(tabs)
        return weight

    return [
        at_most("Mémoire au départ", "Mo", [before], reference="346 Mo"),
        at_most(f"Mémoire avec {SESSIONS} pages ouvertes", "Mo", [asyncio.run(with_pages())], 300),
    ]


def start(town: Town) -> list[Figure]:
    """Time the start, pages already built."""
    seconds = []
    for run in range(1, RUNS + 1):
        tell(f"démarrage, {run} sur {RUNS}…")
        seconds.append(footprint.seconds_to_first_page(town.folder))
    return [at_most("`portail serve` → première page", "s", seconds, 2.5, "1,6 s")]


def pdf(_town: Town) -> list[Figure]:
    """Print invoices."""
    tell("factures en PDF…")
    return [at_least("Factures en PDF, un cœur", "/s", pdf_bench.invoices_per_second(RUNS), 40, "9 à 15 /s")]


# Weighed first: a portal that has worked keeps some of the memory that it needed.
FIGURES: dict[str, Callable[[Town], list[Figure]]] = {
    "weigh": weigh, "save": save, "paint": paint, "start": start, "pdf": pdf,
}  # fmt: skip


def main() -> None:
    """Measure what is asked for, everything when nothing is named."""
    wanted = sys.argv[1:] or list(FIGURES)
    if unknown := set(wanted) - set(FIGURES):
        raise SystemExit(f"Mesures connues : {', '.join(FIGURES)} ; inconnues : {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="portail-bench-") as made:
        figures = _measured(Path(made), wanted)
    text = table.markdown(figures)
    if set(wanted) == set(FIGURES):
        RESULTS.write_text(text, "utf-8")
    print(text)


def tell(what: str) -> None:
    """Show what is going on."""
    print(f"  {what}", file=sys.stderr, flush=True)


def _measured(folder: Path, wanted: list[str]) -> list[Figure]:
    database_url = f"sqlite:///{folder}/portail.db"
    with using(database_url, folder):
        tell(f"{FAMILIES} familles…")
        parents = commune.create(FAMILIES)
        month = commune.bookable_month(parents[0])
        tell("démarrage du portail…")
        with running(database_url, folder) as portal:
            town = Town(portal, folder, parents, month)
            return [figure for name, measure in FIGURES.items() if name in wanted for figure in measure(town)]


async def _saves(town: Town) -> tuple[list[saving.Saves], list[saving.Saves]]:
    """Save in turn without pause and at the wanted pace, so that both see the same machine."""
    cells, fast, paced = iter(town.month.cells), list[saving.Saves](), list[saving.Saves]()
    tabs = await saving.open_tabs(town.portal.url, town.parents[:PARENTS], town.month)
    # The first acts compile statements and open connections.
    await saving.without_pause(tabs, tuple(islice(cells, 1)))
    for _ in range(min(RUNS, (len(town.month.cells) - 1) // (2 * CELLS_PER_RUN))):
        fast.append(await saving.without_pause(tabs, tuple(islice(cells, CELLS_PER_RUN))))
        paced.append(await saving.at_pace(tabs, tuple(islice(cells, CELLS_PER_RUN)), OFFERED_PER_SECOND))
        p95 = paced[-1].percentile(95)
        tell(f"{fast[-1].per_second:.0f}/s sans pause ; à {OFFERED_PER_SECOND:.0f}/s, p95 {p95:.0f} ms")
    await saving.close_tabs(tabs)
    return fast, paced


if __name__ == "__main__":
    main()
