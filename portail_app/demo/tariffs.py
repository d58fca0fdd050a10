"""What the services cost by quotient familial, and how the prices went up each 1 September."""

from collections.abc import Sequence

from sqlmodel import Session

from portail_app.demo.codes import CANTEEN, EVENING, MORNING, WEDNESDAY
from portail_app.demo.timeline import Timeline, end_of_school_year
from portail_app.models.catalogue import TariffBand, TariffGrid
from portail_app.rules.tariffs import Band, Grid

# Upper ends (excluded) of the brackets of quotient familial, and the prices of this school year in cents.
_BRACKETS = (620, 1000, 1400, None)
_PRICES = {
    CANTEEN: (320, 400, 470, 525),
    MORNING: (115, 145, 175, 200),
    EVENING: (195, 240, 290, 325),
    WEDNESDAY: (1000, 1290, 1580, 1820),
}
# What the council added each 1 September.
_YEARLY_RISE = {CANTEEN: 10, MORNING: 5, EVENING: 5, WEDNESDAY: 20}


def add_grids(session: Session, service_id: int, code: str, timeline: Timeline) -> tuple[Grid, ...]:
    """Write one grid for each school year; the running one has no end."""
    years = [start for start in timeline.school_years if start <= timeline.year_starts_on]
    grids = []
    for age, starts_on in enumerate(reversed(years)):
        bands = _bands([price - age * _YEARLY_RISE[code] for price in _PRICES[code]])
        grid = Grid(starts_on, bands, end_of_school_year(starts_on) if age else None)
        _add_grid(session, service_id, grid)
        grids.append(grid)
    return tuple(grids)


def _add_grid(session: Session, service_id: int, grid: Grid) -> None:
    voted_on = grid.valid_from.replace(month=6, day=18)
    row = TariffGrid(service_id=service_id, valid_from=grid.valid_from, valid_until=grid.valid_until, voted_on=voted_on)
    session.add(row)
    session.flush()
    session.add_all(
        TariffBand(
            grid_id=row.id or 0,
            quotient_minimum=band.quotient_minimum,
            quotient_maximum=band.quotient_maximum,
            unit_price_cents=band.unit_price_cents,
        )
        for band in grid.bands
    )


def _bands(prices: Sequence[int]) -> tuple[Band, ...]:
    lower_ends = (0, *(end for end in _BRACKETS if end is not None))
    return tuple(Band(low, high, price) for low, high, price in zip(lower_ends, _BRACKETS, prices, strict=True))
