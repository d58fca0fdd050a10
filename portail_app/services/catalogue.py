"""When the services open, and until when their days can be changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import db
from portail_app.access import Actor, require_staff
from portail_app.models.catalogue import ClosedDay, SchoolVacation, Service
from portail_app.rules.deadlines import DeadlineRule, closes_at, describe
from portail_app.rules.kinds import ServiceNature
from portail_app.rules.school_days import DayStatus, Vacation, kind_of

# The longest notice is 60 working days: with week-ends and holidays it never reaches further back.
_LOOK_BACK = timedelta(days=150)


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service as families and agents read it; the rules are French sentences."""

    id: int
    name: str
    nature: ServiceNature
    weekdays: str
    open_in_vacations: bool
    booking_deadline: str
    absence_deadline: str
    capacity: int | None

    @property
    def booking_rule(self) -> str:
        """Say until when one can book: « jusqu’à 2 jours ouvrés avant, 10 h 00 »."""
        return describe(_rule(self.booking_deadline))

    @property
    def absence_rule(self) -> str:
        """Say until when one can declare an absence."""
        return describe(_rule(self.absence_deadline))


@dataclass(frozen=True, slots=True)
class Opening:
    """The calendar of the commune around some days: read once, asked for every cell."""

    holidays: Mapping[date, str]
    closures: Mapping[int | None, Mapping[date, str]]
    vacations: tuple[Vacation, ...]
    town_hall_closed: frozenset[date]

    def status(self, service: ServiceView, day: date) -> DayStatus:
        """Say what a day is for a service."""
        return kind_of(
            day,
            weekdays=service.weekdays,
            holidays=self.holidays,
            vacations=self.vacations,
            closures=self.closures_of(service.id),
            open_in_vacations=service.open_in_vacations,
        )

    @property
    def closures_of_all(self) -> Mapping[date, str]:
        """Return the days on which the commune closes everything."""
        return self.closures.get(None, {})

    def closures_of(self, service_id: int) -> Mapping[date, str]:
        """Return the days on which the commune closes everything, or this service alone."""
        here = self.closures.get(service_id)
        return {**self.closures_of_all, **here} if here else self.closures_of_all

    def booking_until(self, service: ServiceView, day: date) -> datetime:
        """Return the last instant at which the day can be asked for."""
        return _limit(service.booking_deadline, day, self.town_hall_closed)

    def absence_until(self, service: ServiceView, day: date) -> datetime:
        """Return the last instant at which an absence can be declared."""
        return _limit(service.absence_deadline, day, self.town_hall_closed)


def services(actor: Actor) -> list[ServiceView]:
    """List the services on offer, in the order of the town hall."""
    require_staff(actor)
    statement = sa.select(*SERVICE_COLUMNS).where(SERVICE.c.active).order_by(SERVICE.c.position, SERVICE.c.id)
    with db.reading() as session:
        return [service_of(row) for row in session.connection().execute(statement)]


def opening(session: Session, zone: str, first: date, last: date) -> Opening:
    """Read the calendar needed for the days from ``first`` to ``last``, deadlines included."""
    bounds = {"zone": zone, "first": first, "last": last, "far": first - _LOOK_BACK}
    connection = session.connection()
    holidays: dict[date, str] = {}
    closures: dict[int | None, dict[date, str]] = {}
    for on, name, is_public_holiday, service_id in connection.execute(_CLOSED_DAYS, bounds):
        if is_public_holiday:
            holidays[on] = name
        else:
            closures.setdefault(service_id, {})[on] = name
    vacations = tuple((row.starts_on, row.ends_on, row.name) for row in connection.execute(_VACATIONS, bounds))
    # A service that closes alone does not close the town hall: its deadline does not move.
    return Opening(holidays, closures, vacations, frozenset(holidays) | frozenset(closures.get(None, ())))


def service_of(row: Any) -> ServiceView:
    """Make the view of a row that holds ``SERVICE_COLUMNS``."""
    return ServiceView(
        id=row.service_id,
        name=row.service_name,
        nature=row.nature,
        weekdays=row.weekdays,
        open_in_vacations=row.open_in_vacations,
        booking_deadline=row.booking_deadline,
        absence_deadline=row.absence_deadline,
        capacity=row.capacity,
    )


SERVICE = Service.metadata.tables["service"]
SERVICE_COLUMNS = (
    SERVICE.c.id.label("service_id"),
    SERVICE.c.name.label("service_name"),
    SERVICE.c.nature,
    SERVICE.c.weekdays,
    SERVICE.c.open_in_vacations,
    SERVICE.c.booking_deadline,
    SERVICE.c.absence_deadline,
    SERVICE.c.capacity,
)
_CLOSED = ClosedDay.metadata.tables["closedday"]
_VACATION = SchoolVacation.metadata.tables["schoolvacation"]
_CLOSED_DAYS = sa.select(_CLOSED.c.on, _CLOSED.c.name, _CLOSED.c.is_public_holiday, _CLOSED.c.service_id).where(
    _CLOSED.c.on.between(sa.bindparam("far"), sa.bindparam("last"))
)
_VACATIONS = (
    sa.select(_VACATION.c.starts_on, _VACATION.c.ends_on, _VACATION.c.name)
    .where(
        _VACATION.c.zone == sa.bindparam("zone"),
        _VACATION.c.starts_on <= sa.bindparam("last"),
        _VACATION.c.ends_on >= sa.bindparam("first"),
    )
    .order_by(_VACATION.c.starts_on)
)


@lru_cache(maxsize=64)
def _rule(text: str) -> DeadlineRule:
    return DeadlineRule.parse(text)


@lru_cache(maxsize=8192)
def _limit(rule: str, day: date, closed: frozenset[date]) -> datetime:
    """Remember a limit: it depends on nothing but what is given, closed days included."""
    return closes_at(_rule(rule), day, closed)
