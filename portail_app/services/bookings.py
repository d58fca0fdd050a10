"""The calendar of a child: a month, one row per service, one letter per day.

Read in seven statements whatever the number of services: the page of every parent, and the answer to every act.
"""

from dataclasses import dataclass
from datetime import date, datetime

from portail_app import clock, db
from portail_app.access import Actor
from portail_app.errors import Refused
from portail_app.rules.cells import mark_of
from portail_app.rules.day_acts import DayFacts, absence_refusal, booking_refusal
from portail_app.rules.kinds import ServiceNature
from portail_app.rules.school_days import month_days, vacation_on
from portail_app.services import calendar_cells, catalogue, families
from portail_app.services.calendar_cells import Cells, Enrolments, Key
from portail_app.services.catalogue import Opening, ServiceView
from portail_app.services.days import NOT_ENROLLED

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A column: ``closed`` names what closes the whole day (week-end, holiday, vacation), "" otherwise."""

    on: date
    weekday: int
    closed: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A row; every sequence has one element per day of the month.

    ``marks`` holds a ``rules.cells.CellMark`` letter per day. Limits are None where ``closed`` says why nothing can be
    asked. The refusals say why an act is not possible now, "" when it is.
    """

    service_id: int
    name: str
    nature: ServiceNature
    booking_rule: str
    absence_rule: str
    marks: str
    closed: tuple[str, ...]
    booking_until: tuple[datetime | None, ...]
    absence_until: tuple[datetime | None, ...]
    booking_refusals: tuple[str, ...]
    absence_refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month of one child."""

    child_id: int
    child_name: str
    year: int
    month: int
    days: tuple[MonthDay, ...]
    rows: tuple[ServiceRow, ...]


def calendar_month(actor: Actor, child_id: int, year: int, month: int) -> MonthView:
    """Return a month of one of the actor's children."""
    with db.reading() as session:
        home = families.locate(actor, session, child_id)
        days = _days(year, month)
        opening = catalogue.opening(session, home.zone, days[0], days[-1])
        services = calendar_cells.enrolled(session, child_id, days)
        cells = calendar_cells.read(session, child_id, days)
    rows = tuple(_row(actor, enrolled, days, opening, cells) for enrolled in services)
    columns = tuple(MonthDay(day, day.isoweekday(), _label(opening, day)) for day in days)
    return MonthView(child_id, home.name, year, month, columns, rows)


def marks(actor: Actor, child_id: int, service_id: int, year: int, month: int) -> str:
    """Return the marks of one row of the month: all that an act changes, read at each act of everybody."""
    with db.reading() as session:
        families.locate(actor, session, child_id)
        days = _days(year, month)
        cells = calendar_cells.read(session, child_id, days)
    return _marks(service_id, days, cells)


def _days(year: int, month: int) -> list[date]:
    """Return the days of a month that comes from an address typed by anybody."""
    try:
        days = month_days(year, month)
    except ValueError:
        raise Refused("Ce mois n’existe pas.") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("Ce mois n’existe pas.")
    return days


def _label(opening: Opening, day: date) -> str:
    """Name what closes a whole day, whatever the service."""
    closed = opening.holidays.get(day) or opening.closures_of_all.get(day) or vacation_on(day, opening.vacations)
    return closed or ("Week-end" if day.isoweekday() > _FRIDAY else "")


_FRIDAY = 5


def _row(
    actor: Actor, enrolled: tuple[ServiceView, Enrolments], days: list[date], opening: Opening, cells: Cells
) -> ServiceRow:
    service, enrolments = enrolled
    now, by_staff = clock.now(), actor.is_staff
    facts = [_facts(service, enrolments, day, opening, cells) for day in days]
    return ServiceRow(
        service_id=service.id,
        name=service.name,
        nature=service.nature,
        booking_rule=service.booking_rule,
        absence_rule=service.absence_rule,
        marks=_marks(service.id, days, cells),
        closed=tuple(fact.closed for fact in facts),
        booking_until=tuple(fact.booking_until for fact in facts),
        absence_until=tuple(fact.absence_until for fact in facts),
        booking_refusals=tuple(booking_refusal(fact, now, by_staff=by_staff) for fact in facts),
        absence_refusals=tuple(absence_refusal(fact, now, by_staff=by_staff) for fact in facts),
    )


def _facts(service: ServiceView, enrolments: Enrolments, day: date, opening: Opening, cells: Cells) -> DayFacts:
    key = (service.id, day)
    enrolled = any(first <= day <= last for first, last in enrolments)
    closed = opening.status(service, day).label or ("" if enrolled else NOT_ENROLLED)
    return DayFacts(
        on=day,
        closed=closed,
        booked=key in cells.booked,
        absent=key in cells.absent,
        booking_asked=key in cells.booking_asked,
        absence_asked=key in cells.absence_asked,
        booking_until=None if closed else opening.booking_until(service, day),
        absence_until=None if closed else opening.absence_until(service, day),
    )


def _marks(service_id: int, days: list[date], cells: Cells) -> str:
    return "".join(_mark((service_id, day), cells) for day in days)


def _mark(key: Key, cells: Cells) -> str:
    return mark_of(
        booked=key in cells.booked,
        present=key in cells.present,
        pending_booking=key in cells.booking_asked,
        refused_booking=key in cells.booking_refused,
        pending_absence=key in cells.absence_asked,
        absent=key in cells.absent,
    ).value
