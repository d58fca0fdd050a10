"""The commune that is measured: hundreds of families, each with a child enrolled everywhere and a parent signed in.

Written in one transaction, with session rows instead of sign-ins: two hundred passwords hashed at cost 12 take a minute
and say nothing about the figures.
"""

from dataclasses import dataclass

from sqlmodel import Session, SQLModel

from portail_app import clock, db
from portail_app.access import Actor, Role
from portail_app.models.catalogue import Enrolment, Service
from portail_app.models.people import Account, Child, Family, FamilyChild, FamilyGuardian, Guardian
from portail_app.rules.kinds import GuardianRole, ServiceNature
from portail_app.rules.school_days import next_month, school_year_bounds, school_year_of
from portail_app.services import bookings, calendars, sessions
from tests import factories as make

MONTHS_AHEAD = 4
FIRST_NAMES = ("Emma", "Noé", "Aoife", "Minh", "Zoé", "Raphaël", "Inès", "Łucja", "Gabriel", "Maëlys")
LAST_NAMES = ("Perrin", "Nguyễn", "O’Connor", "L’Haÿ", "Œuvrard", "Şahin", "Dupré", "Martin")
SERVICES = (
    ("Cantine", ServiceNature.MEAL, "1101100", "J-2 10:00 ouvrés"),
    ("Garderie matin", ServiceNature.CHILDCARE, "1101100", "J-1 18:00"),
    ("Garderie soir", ServiceNature.CHILDCARE, "1101100", "J-1 18:00"),
    ("Mercredi loisirs", ServiceNature.ACTIVITY, "0010000", "J-2 18:00 ouvrés"),
)


@dataclass(frozen=True)
class Parent:
    """A parent signed in: who they are, the token of their cookie, their child."""

    actor: Actor
    session_token: str
    child_id: int


@dataclass(frozen=True)
class BookableMonth:
    """The month that every parent looks at, and its free cells in the words of the page: ``3:2026-12-07``."""

    month: str
    cells: tuple[str, ...]


def create(families: int) -> list[Parent]:
    """Fill the empty database that the settings name."""
    db.migrate()
    # The commune of the tests: its name is built into the pages, and one build then serves both.
    make.leaz()
    with db.transaction() as session:
        calendars.seed_calendars(session)
        services = [_service(session, position) for position in range(len(SERVICES))]
        return [_family(session, number, services) for number in range(families)]


def bookable_month(parent: Parent) -> BookableMonth:
    """Choose the coming month with the most cells to book: it is the same for every family."""
    today = clock.today()
    year, month = today.year, today.month
    found = []
    for _ in range(MONTHS_AHEAD):
        year, month = next_month(year, month)
        found.append(_bookable(parent, year, month))
    return max(found, key=lambda coming: len(coming.cells))


def _bookable(parent: Parent, year: int, month: int) -> BookableMonth:
    view = bookings.calendar_month(parent.actor, parent.child_id, year, month)
    cells = [
        f"{row.service_id}:{day.on.isoformat()}"
        for i, day in enumerate(view.days)
        for row in view.rows
        if not row.booking_refusals[i]
    ]
    return BookableMonth(f"{year}-{month:02d}", tuple(cells))


def _service(session: Session, position: int) -> int:
    name, nature, weekdays, deadline = SERVICES[position]
    row = Service(
        code=f"service-{position}",
        name=name,
        nature=nature,
        weekdays=weekdays,
        booking_deadline=deadline,
        absence_deadline="J-0 09:00",
        position=position,
    )
    return _added(session, row)


def _family(session: Session, number: int, services: list[int]) -> Parent:
    now, name = clock.now(), LAST_NAMES[number % len(LAST_NAMES)]
    family_id = _added(session, Family(number=f"F{number:05d}", name=name, created_at=now))
    guardian = Guardian(first_name="Claire", last_name=name, email=f"parent{number}@example.fr")
    guardian_id = _added(session, guardian)
    _added(session, FamilyGuardian(family_id=family_id, guardian_id=guardian_id, role=GuardianRole.RESPONSABLE))
    child_id = _child(session, number, family_id, services)
    account = Account(
        identifier=f"parent{number}",
        password_hash="x",
        role=Role.PARENT,
        guardian_id=guardian_id,
        display_name=f"Claire {name}",
        must_change_password=False,
        created_at=now,
    )
    account_id = _added(session, account)
    actor = Actor(account_id, Role.PARENT, account.display_name, frozenset({family_id}))
    return Parent(actor, sessions.open_for(session, account_id), child_id)


def _child(session: Session, number: int, family_id: int, services: list[int]) -> int:
    first, _ = school_year_bounds(school_year_of(clock.today()))
    first_name, last_name = FIRST_NAMES[number % len(FIRST_NAMES)], LAST_NAMES[number % len(LAST_NAMES)]
    child_id = _added(session, Child(first_name=first_name, last_name=last_name, born_on=first.replace(year=2019)))
    _added(session, FamilyChild(family_id=family_id, child_id=child_id))
    last = first.replace(year=first.year + 2)
    for service_id in services:
        session.add(Enrolment(child_id=child_id, service_id=service_id, starts_on=first, ends_on=last))
    return child_id


def _added(session: Session, row: SQLModel) -> int:
    session.add(row)
    session.flush()
    return row.id  # type: ignore[attr-defined, no-any-return]
