"""What the commune offers: the school, the four services, what they cost, and the days on which they close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.demo.households import LEVELS
from portail_app.demo.timeline import ONE_DAY, Timeline, end_of_school_year
from portail_app.models.catalogue import Classroom, ClosedDay, School, Service, TariffBand, TariffGrid
from portail_app.rules.kinds import ServiceNature
from portail_app.rules.school_days import vacation_on
from portail_app.rules.tariffs import Band, Grid, band_on
from portail_app.services import catalogue
from portail_app.services.calendars import ZONE

CANTEEN, MORNING, EVENING, WEDNESDAY = CODES = ("cantine", "matin", "soir", "mercredi")
_SCHOOL_DAYS, _WEDNESDAYS = "1101100", "0010000"
_CLASSES = (
    ("Petite et moyenne sections", "maternelle", ("PS", "MS")),
    ("Grande section", "maternelle", ("GS",)),
    ("CP – CE1", "élémentaire", ("CP", "CE1")),
    ("CE2", "élémentaire", ("CE2",)),
    ("CM1 – CM2", "élémentaire", ("CM1", "CM2")),
)
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


@dataclass(frozen=True, slots=True)
class Offer:
    """The services by their short code, when they open, and what they cost, around the day of the demo."""

    timeline: Timeline
    services: dict[str, catalogue.ServiceView]
    natures: dict[str, ServiceNature]
    grids: dict[str, tuple[Grid, ...]]
    classrooms: dict[str, int]
    opening: catalogue.Opening

    def is_open(self, code: str, day: date) -> bool:
        """Say whether a service takes children on a day."""
        return self.opening.status(self.services[code], day).is_open

    def is_vacation(self, day: date) -> bool:
        """Say whether the school is on holiday."""
        return bool(vacation_on(day, self.opening.vacations))

    def open_days(self, code: str, first: date, last: date) -> list[date]:
        """List the open days of a service between two days, both included."""
        days = (first + number * ONE_DAY for number in range((last - first).days + 1))
        return [day for day in days if self.is_open(code, day)]

    def band(self, code: str, quotient: int | None, day: date) -> Band:
        """Return the bracket of a family on a day."""
        return band_on(self.grids[code], quotient, day)


def add(session: Session, timeline: Timeline) -> Offer:
    """Write the school, its five classes, the services, their tariffs and their closures."""
    classrooms = _add_school(session)
    services = _add_services(session)
    grids = {code: _add_grids(session, services[code].id or 0, code, timeline) for code in CODES}
    views = _views(session, services)
    _add_closures(session, timeline, views)
    return Offer(
        timeline=timeline,
        services=views,
        natures={code: service.nature for code, service in services.items()},
        grids=grids,
        classrooms=classrooms,
        opening=_opening(session, timeline),
    )


def _add_school(session: Session) -> dict[str, int]:
    school = School(name="École de Léaz", zone=ZONE)
    session.add(school)
    session.flush()
    made = {
        levels: Classroom(school_id=school.id or 0, name=name, level=level, position=position)
        for position, (name, level, levels) in enumerate(_CLASSES)
    }
    session.add_all(made.values())
    session.flush()
    by_level = {level: room.id or 0 for levels, room in made.items() for level in levels}
    return {level: by_level[level] for level in LEVELS}


def _add_services(session: Session) -> dict[str, Service]:
    meal, care = ServiceNature.MEAL, ServiceNature.CHILDCARE
    made = {
        CANTEEN: _service("Cantine", meal, _SCHOOL_DAYS, ("J-2 10:00 ouvrés", "J-0 09:00"), 58),
        MORNING: _service("Garderie matin", care, _SCHOOL_DAYS, ("J-1 17:00 ouvrés", "J-0 07:00"), 24),
        EVENING: _service("Garderie soir", care, _SCHOOL_DAYS, ("J-1 17:00 ouvrés", "J-0 12:00"), 30),
        WEDNESDAY: _service("Mercredi loisirs", care, _WEDNESDAYS, ("jeudi 12:00 ouvrés", "vendredi 12:00 ouvrés"), 24),
    }
    for position, (code, service) in enumerate(made.items()):
        service.code, service.position = code, position
        service.open_in_vacations = code == WEDNESDAY
        service.contact = "Service périscolaire, 04 50 48 23 01"
    session.add_all(made.values())
    session.flush()
    return made


def _service(name: str, nature: ServiceNature, weekdays: str, deadlines: tuple[str, str], capacity: int) -> Service:
    return Service(
        code="",
        name=name,
        nature=nature,
        weekdays=weekdays,
        booking_deadline=deadlines[0],
        absence_deadline=deadlines[1],
        capacity=capacity,
    )


def _add_grids(session: Session, service_id: int, code: str, timeline: Timeline) -> tuple[Grid, ...]:
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


def _views(session: Session, services: dict[str, Service]) -> dict[str, catalogue.ServiceView]:
    rows = session.connection().execute(sa.select(*catalogue.SERVICE_COLUMNS))
    by_id = {row.service_id: catalogue.service_of(row) for row in rows}
    return {code: by_id[service.id or 0] for code, service in services.items()}


def _opening(session: Session, timeline: Timeline) -> catalogue.Opening:
    return catalogue.opening(session, ZONE, timeline.history_starts_on, timeline.booked_until + timedelta(days=90))


def _add_closures(session: Session, timeline: Timeline, views: dict[str, catalogue.ServiceView]) -> None:
    """Close Wednesdays at Christmas and in August; everything for a strike and a bridge; the canteen for works."""
    opening = _opening(session, timeline)
    last = timeline.booked_until + timedelta(days=90)
    days = [timeline.history_starts_on + number * ONE_DAY for number in range((last - timeline.history_starts_on).days)]
    wednesday, canteen = views[WEDNESDAY], views[CANTEEN]
    for day in days:
        if opening.status(wednesday, day).is_open and (name := _wednesday_closure(opening, day)):
            session.add(ClosedDay(on=day, name=name, service_id=wednesday.id))
        if opening.holidays.get(day - ONE_DAY) == "Ascension" and opening.status(canteen, day).is_open:
            session.add(ClosedDay(on=day, name="Pont de l’Ascension"))
    strike = _open_day(opening, canteen, timeline.today - timedelta(days=24), -1)
    session.add(ClosedDay(on=strike, name="Grève : pas de service"))
    works = _open_day(opening, canteen, timeline.today + timedelta(days=17), 1)
    session.add(ClosedDay(on=works, name="Cuisine en travaux", service_id=canteen.id))
    session.flush()


def _wednesday_closure(opening: catalogue.Opening, day: date) -> str:
    if vacation_on(day, opening.vacations) == "Vacances de Noël":
        return "Fermeture de Noël"
    return "Fermeture d’été" if day.month == 8 and day.day <= 20 else ""  # noqa: PLR2004 - 1 to 20 August


def _open_day(opening: catalogue.Opening, service: catalogue.ServiceView, day: date, step: int) -> date:
    """Return the first open school day from a day on, or back from it."""
    while not opening.status(service, day).is_open or opening.holidays.get(day - ONE_DAY) == "Ascension":
        day += step * ONE_DAY
    return day
