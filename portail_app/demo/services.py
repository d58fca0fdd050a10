"""What the commune offers: the school, the four services, what they cost, and the days on which they close."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.clock import PARIS
from portail_app.demo import tariffs
from portail_app.demo.codes import CANTEEN, CODES, EVENING, MORNING, WEDNESDAY
from portail_app.demo.households import LEVELS
from portail_app.demo.timeline import ONE_DAY, Timeline, instant
from portail_app.models.catalogue import Classroom, ClosedDay, School, Service
from portail_app.rules.deadlines import is_open_day
from portail_app.rules.kinds import ServiceNature
from portail_app.rules.school_days import vacation_on
from portail_app.rules.tariffs import Band, Grid, band_on
from portail_app.services import catalogue
from portail_app.services.calendars import ZONE

_SCHOOL_DAYS, _WEDNESDAYS = "1101100", "0010000"
_CLASSES = (
    ("Petite et moyenne sections", "maternelle", ("PS", "MS")),
    ("Grande section", "maternelle", ("GS",)),
    ("CP – CE1", "élémentaire", ("CP", "CE1")),
    ("CE2", "élémentaire", ("CE2",)),
    ("CM1 – CM2", "élémentaire", ("CM1", "CM2")),
)


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

    def answer_to(self, sent_at: datetime, hour: int, minute: int) -> datetime:
        """Return when the town hall answers: on its next open day, at this hour."""
        day = sent_at.astimezone(PARIS).date() + ONE_DAY
        while not is_open_day(day, self.opening.town_hall_closed):
            day += ONE_DAY
        return min(instant(day, hour, minute), self.timeline.now)

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
    grids = {code: tariffs.add_grids(session, services[code].id or 0, code, timeline) for code in CODES}
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
        CANTEEN: _service("Cantine", meal, _SCHOOL_DAYS, ("J-2 10:00 ouvrés", "J-0 09:00"), 50),
        MORNING: _service("Garderie matin", care, _SCHOOL_DAYS, ("J-1 17:00 ouvrés", "J-0 07:00"), 24),
        EVENING: _service("Garderie soir", care, _SCHOOL_DAYS, ("J-1 17:00 ouvrés", "J-0 12:00"), 30),
        WEDNESDAY: _service("Mercredi loisirs", care, _WEDNESDAYS, ("jeudi 12:00 ouvrés", "vendredi 12:00 ouvrés"), 20),
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
