"""Write what the ledger holds: enrolments, bookings, absences, roll calls."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.demo.codes import CANTEEN, EVENING, MORNING, WEDNESDAY
from portail_app.demo.homes import People
from portail_app.demo.ledger import Entry, Ledger
from portail_app.demo.services import Offer
from portail_app.demo.timeline import Timeline, end_of_school_year, instant
from portail_app.demo.weeks import is_enrolled
from portail_app.models.bookings import Absence, Attendance, Booking
from portail_app.models.catalogue import Enrolment
from portail_app.rules.statuses import BookingStatus

# Hours at which the roll is called.
_ROLL_CALL = {MORNING: (8, 35), CANTEEN: (12, 20), EVENING: (17, 0), WEDNESDAY: (9, 15)}


def add_enrolments(session: Session, ledger: Ledger, people: People) -> None:
    """Enrol each child, for each school year, to the services that it uses."""
    offer = ledger.offer
    session.connection().execute(
        sa.insert(Enrolment.metadata.tables["enrolment"]),
        [
            {
                "child_id": kid.child_id,
                "service_id": offer.services[code].id,
                "starts_on": starts_on,
                "ends_on": end_of_school_year(starts_on),
            }
            for kid in people.kids
            for starts_on in offer.timeline.school_years
            if is_enrolled(offer.timeline, kid, starts_on)
            for code in ledger.plans[kid.child_id]
        ],
    )


def add(session: Session, ledger: Ledger, people: People) -> None:
    """Write the bookings, the absences and the roll calls."""
    offer, connection = ledger.offer, session.connection()
    connection.execute(sa.insert(_BOOKING), [_booking(offer, entry) for entry in ledger.entries.values()])
    away = [entry for entry in ledger.entries.values() if entry.absence and not entry.cancelled]
    ids = _booking_ids(session, {entry.on for entry in away})
    connection.execute(
        sa.insert(_ABSENCE),
        [_absence(offer, entry, ids[entry.kid.child_id, offer.services[entry.code].id, entry.on]) for entry in away],
    )
    animator = people.staff["animateur"]
    connection.execute(sa.insert(_ATTENDANCE), list(_roll_calls(ledger, animator)))


_BOOKING = Booking.metadata.tables["booking"]
_ABSENCE = Absence.metadata.tables["absence"]
_ATTENDANCE = Attendance.metadata.tables["attendance"]


def _booking(offer: Offer, entry: Entry) -> dict[str, object]:
    booked_at = (
        entry.answered_at if entry.booking_request_id and entry.answered_at else _booked_at(offer.timeline, entry.on)
    )
    return {
        "child_id": entry.kid.child_id,
        "service_id": offer.services[entry.code].id,
        "on": entry.on,
        "family_id": entry.home.family_id,
        "status": BookingStatus.CANCELLED if entry.cancelled else BookingStatus.BOOKED,
        "request_id": entry.booking_request_id,
        "created_at": booked_at,
        "changed_at": booked_at,
    }


def _booked_at(timeline: Timeline, day: date) -> datetime:
    """Most families book a month at a time, some weeks before."""
    return min(instant(day.replace(day=1) - timedelta(days=12), 19), timeline.ago(1, 19))


def _booking_ids(session: Session, days: set[date]) -> dict[tuple[int, int, date], int]:
    rows = session.connection().execute(
        sa.select(_BOOKING.c.child_id, _BOOKING.c.service_id, _BOOKING.c.on, _BOOKING.c.id).where(
            _BOOKING.c.on.between(min(days), max(days))
        )
    )
    return {(row.child_id, row.service_id, row.on): row.id for row in rows}


def _absence(offer: Offer, entry: Entry, booking_id: int) -> dict[str, object]:
    return {
        "booking_id": booking_id,
        "reason": entry.absence,
        "excused": entry.excused,
        "request_id": entry.absence_request_id,
        "created_at": entry.answered_at or min(instant(entry.on - timedelta(days=1), 18), offer.timeline.ago(0, 8)),
    }


def _roll_calls(ledger: Ledger, animator: int) -> Iterator[dict[str, object]]:
    offer = ledger.offer
    past = (entry for entry in ledger.entries.values() if entry.on < offer.timeline.today and not entry.cancelled)
    for entry in (*past, *ledger.walk_ins):
        yield {
            "child_id": entry.kid.child_id,
            "service_id": offer.services[entry.code].id,
            "on": entry.on,
            "present": entry.present,
            "recorded_by_id": animator,
            "recorded_at": instant(entry.on, *_ROLL_CALL[entry.code]),
        }
