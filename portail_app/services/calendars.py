"""Fill the calendars of the commune with what the State publishes."""

from datetime import date

from sqlmodel import Session, col, select

from portail_app import db
from portail_app.adapters import calendars
from portail_app.models.catalogue import ClosedDay, SchoolVacation
from portail_app.rules.school_days import school_year_bounds

ZONE = "A"
# The first of them is there for the invoices of last year.
SCHOOL_YEARS = ("2025-2026", "2026-2027", "2027-2028")


def seed_calendars(session: Session) -> None:
    """Add the public holidays and the school vacations of zone A that are not there yet.

    May be run at every start: what the town hall has corrected or closed on such a day is left as it is.
    """
    first, last = school_year_bounds(SCHOOL_YEARS[0])[0], school_year_bounds(SCHOOL_YEARS[-1])[1]
    _add_public_holidays(session, first, last)
    _add_school_vacations(session, first, last)
    session.flush()


def seed_new_installation() -> bool:
    """Fill the calendars of an installation that has none; tell whether that was needed.

    Only then: the town hall may since have opened on a public holiday, and must not find it closed again.
    """
    with db.reading() as session:
        if session.exec(select(col(SchoolVacation.id)).limit(1)).first() is not None:
            return False
    with db.transaction() as session:
        seed_calendars(session)
    return True


def _add_public_holidays(session: Session, first: date, last: date) -> None:
    closed = set(
        session.exec(
            select(col(ClosedDay.on)).where(col(ClosedDay.service_id).is_(None), col(ClosedDay.on).between(first, last))
        )
    )
    for day, name in calendars.public_holidays(first, last):
        if day not in closed:
            session.add(ClosedDay(on=day, name=name, is_public_holiday=True))


def _add_school_vacations(session: Session, first: date, last: date) -> None:
    known = session.exec(
        select(SchoolVacation).where(
            SchoolVacation.zone == ZONE, col(SchoolVacation.starts_on) <= last, col(SchoolVacation.ends_on) >= first
        )
    ).all()
    for starts_on, ends_on, name in calendars.school_vacations(ZONE, first, last):
        # Two bounds may have been corrected by hand: any overlap means that this vacation is there.
        if not any(vacation.starts_on <= ends_on and starts_on <= vacation.ends_on for vacation in known):
            session.add(SchoolVacation(zone=ZONE, name=name, starts_on=starts_on, ends_on=ends_on))
