"""What the tables hold about one child over some days: enrolments, bookings, presence, requests."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.models.bookings import Absence, Attendance, Booking
from portail_app.models.catalogue import Enrolment
from portail_app.models.requests import FamilyRequest
from portail_app.rules.statuses import BookingStatus, RequestKind, RequestStatus
from portail_app.services import catalogue
from portail_app.services.catalogue import ServiceView

Enrolments = list[tuple[date, date]]
Key = tuple[int, date]


@dataclass(slots=True)
class Cells:
    """What the tables hold about the cells of a month, by service and day."""

    booked: set[Key] = field(default_factory=set)
    absent: set[Key] = field(default_factory=set)
    present: set[Key] = field(default_factory=set)
    booking_asked: set[Key] = field(default_factory=set)
    booking_refused: set[Key] = field(default_factory=set)
    absence_asked: set[Key] = field(default_factory=set)


def enrolled(session: Session, child_id: int, days: list[date]) -> list[tuple[ServiceView, Enrolments]]:
    """Return the services of a child in these days, in the order of the town hall, with the dates of each enrolment."""
    found: dict[int, tuple[ServiceView, Enrolments]] = {}
    bounds = {"child_id": child_id, "first": days[0], "last": days[-1]}
    for row in session.connection().execute(_SERVICES, bounds):
        found.setdefault(row.service_id, (catalogue.service_of(row), []))[1].append((row.starts_on, row.ends_on))
    return list(found.values())


def read(session: Session, child_id: int, days: list[date]) -> Cells:
    """Read the cells of these days in three statements."""
    cells, connection = Cells(), session.connection()
    bounds = {"child_id": child_id, "first": days[0], "last": days[-1]}
    for service_id, on, absence_id in connection.execute(_BOOKINGS, bounds):
        cells.booked.add((service_id, on))
        if absence_id is not None:
            cells.absent.add((service_id, on))
    cells.present = {(service_id, on) for service_id, on in connection.execute(_SEEN, bounds)}
    for row in connection.execute(_REQUESTS, bounds):
        _note_request(cells, row)
    return cells


_BOOKING = Booking.metadata.tables["booking"]
_ABSENCE = Absence.metadata.tables["absence"]
_ATTENDANCE = Attendance.metadata.tables["attendance"]
_ENROLMENT = Enrolment.metadata.tables["enrolment"]
_REQUEST = FamilyRequest.metadata.tables["familyrequest"]


def _of_the_month(table: sa.Table) -> sa.ColumnElement[bool]:
    between = table.c.on.between(sa.bindparam("first"), sa.bindparam("last"))
    return sa.and_(table.c.child_id == sa.bindparam("child_id"), between)


_SERVICES = (
    sa.select(*catalogue.SERVICE_COLUMNS, _ENROLMENT.c.starts_on, _ENROLMENT.c.ends_on)
    .join_from(catalogue.SERVICE, _ENROLMENT, _ENROLMENT.c.service_id == catalogue.SERVICE.c.id)
    .where(
        _ENROLMENT.c.child_id == sa.bindparam("child_id"),
        _ENROLMENT.c.starts_on <= sa.bindparam("last"),
        _ENROLMENT.c.ends_on >= sa.bindparam("first"),
        catalogue.SERVICE.c.active,
    )
    .order_by(catalogue.SERVICE.c.position, catalogue.SERVICE.c.id)
)
_BOOKINGS = (
    sa.select(_BOOKING.c.service_id, _BOOKING.c.on, _ABSENCE.c.id.label("absence_id"))
    .outerjoin_from(_BOOKING, _ABSENCE, _ABSENCE.c.booking_id == _BOOKING.c.id)
    .where(_of_the_month(_BOOKING), _BOOKING.c.status == BookingStatus.BOOKED)
)
_SEEN = sa.select(_ATTENDANCE.c.service_id, _ATTENDANCE.c.on).where(_of_the_month(_ATTENDANCE), _ATTENDANCE.c.present)
_REQUESTS = (
    sa.select(_REQUEST.c.service_id, _REQUEST.c.on, _REQUEST.c.kind, _REQUEST.c.status)
    .where(_of_the_month(_REQUEST), _REQUEST.c.kind.in_([RequestKind.BOOKING, RequestKind.ABSENCE]))
    .order_by(_REQUEST.c.id)
)


def _note_request(cells: Cells, row: Any) -> None:
    """Keep what waits, and a refusal as long as nothing was asked after it; the rows come in order."""
    key = (row.service_id, row.on)
    if row.kind is RequestKind.ABSENCE:
        if row.status is RequestStatus.PENDING:
            cells.absence_asked.add(key)
        return
    if row.status is RequestStatus.PENDING:
        cells.booking_asked.add(key)
    if row.status is RequestStatus.REFUSED:
        cells.booking_refused.add(key)
    else:
        cells.booking_refused.discard(key)
