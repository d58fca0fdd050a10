"""What the tests of requests have in common: how Emma's family asks, and what the tables then hold."""

from datetime import date

from sqlmodel import SQLModel, select

from portail_app import db
from portail_app.access import Actor
from portail_app.models.bookings import Absence, Booking
from portail_app.rules.statuses import AbsenceReason
from portail_app.services import requests
from tests import factories as make
from tests.factories import THURSDAY, Household


def ask(home: Household, service_id: int, on: date = THURSDAY, actor: Actor | None = None) -> requests.RequestView:
    return requests.ask_booking(actor or home.responsable, home.child_id, service_id, on)


def declare(
    home: Household, service_id: int, reason: AbsenceReason = AbsenceReason.FAMILY, actor: Actor | None = None
) -> requests.RequestView:
    return requests.declare_absence(actor or home.responsable, home.child_id, service_id, THURSDAY, reason)


def medical(home: Household, canteen: int, certificate_id: int | None = None) -> requests.RequestView:
    make.book(home, canteen, THURSDAY)
    return requests.declare_absence(
        home.responsable, home.child_id, canteen, THURSDAY, AbsenceReason.MEDICAL, "", certificate_id
    )


def count(model: type[SQLModel]) -> int:
    with db.reading() as session:
        return len(session.exec(select(model)).all())


def bookings() -> list[Booking]:
    with db.reading() as session:
        return list(session.exec(select(Booking)).all())


def absences() -> list[Absence]:
    with db.reading() as session:
        return list(session.exec(select(Absence)).all())
