"""One child, one service, one day: everything that decides whether an act is possible, read in three statements."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.access import require_id
from portail_app.errors import NotAllowed
from portail_app.models.bookings import Absence, Booking
from portail_app.models.catalogue import Enrolment
from portail_app.models.requests import FamilyRequest
from portail_app.rules.day_acts import DayFacts
from portail_app.rules.statuses import BookingStatus, RequestKind
from portail_app.services import catalogue

NOT_ENROLLED = "Pas d’inscription à cette date"


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """A day of one service for one child, with the rows that hold it."""

    service: catalogue.ServiceView
    facts: DayFacts
    booking_id: int | None
    absence_id: int | None


def pending_key(kind: RequestKind, child_id: int, service_id: int, on: date) -> str:
    """Name what is asked about a day: the database refuses a second pending request of the same name."""
    return f"{kind.value}:{child_id}:{service_id}:{on.isoformat()}"


def load(session: Session, zone: str, child_id: int, service_id: int, on: date) -> ServiceDay:
    """Read the day; a service that does not exist or is not offered any more looks absent."""
    asked = {
        "child_id": child_id,
        "service_id": require_id(service_id),
        "day": on,
        "booking_key": pending_key(RequestKind.BOOKING, child_id, service_id, on),
        "absence_key": pending_key(RequestKind.ABSENCE, child_id, service_id, on),
    }
    row = session.connection().execute(_DAY, asked).one_or_none()
    if row is None:
        raise NotAllowed
    service = catalogue.service_of(row)
    opening = catalogue.opening(session, zone, on, on)
    closed = opening.status(service, on).label or ("" if row.enrolled else NOT_ENROLLED)
    facts = DayFacts(
        on=on,
        closed=closed,
        booked=row.booking_status is BookingStatus.BOOKED,
        absent=row.absence_id is not None,
        booking_asked=row.booking_asked is not None,
        absence_asked=row.absence_asked is not None,
        booking_until=None if closed else opening.booking_until(service, on),
        absence_until=None if closed else opening.absence_until(service, on),
    )
    return ServiceDay(service, facts, row.booking_id, row.absence_id)


_BOOKING = Booking.metadata.tables["booking"]
_ABSENCE = Absence.metadata.tables["absence"]
_ENROLMENT = Enrolment.metadata.tables["enrolment"]
_REQUEST = FamilyRequest.metadata.tables["familyrequest"]


def _asked(key: str) -> sa.ScalarSelect[int]:
    return sa.select(_REQUEST.c.id).where(_REQUEST.c.pending_key == sa.bindparam(key)).scalar_subquery()


_ENROLLED = (
    sa.exists()
    .where(
        _ENROLMENT.c.child_id == sa.bindparam("child_id"),
        _ENROLMENT.c.service_id == catalogue.SERVICE.c.id,
        _ENROLMENT.c.starts_on <= sa.bindparam("day", type_=sa.Date),
        _ENROLMENT.c.ends_on >= sa.bindparam("day", type_=sa.Date),
    )
    .correlate(catalogue.SERVICE)
)
_BOOKED_ON = sa.and_(
    _BOOKING.c.child_id == sa.bindparam("child_id"),
    _BOOKING.c.service_id == catalogue.SERVICE.c.id,
    _BOOKING.c.on == sa.bindparam("day", type_=sa.Date),
)
_DAY = (
    sa.select(
        *catalogue.SERVICE_COLUMNS,
        _ENROLLED.label("enrolled"),
        _BOOKING.c.id.label("booking_id"),
        _BOOKING.c.status.label("booking_status"),
        _ABSENCE.c.id.label("absence_id"),
        _asked("booking_key").label("booking_asked"),
        _asked("absence_key").label("absence_asked"),
    )
    .select_from(
        catalogue.SERVICE.outerjoin(_BOOKING, _BOOKED_ON).outerjoin(_ABSENCE, _ABSENCE.c.booking_id == _BOOKING.c.id)
    )
    .where(catalogue.SERVICE.c.id == sa.bindparam("service_id"), catalogue.SERVICE.c.active)
)
