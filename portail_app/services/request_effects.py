"""What accepting a request writes, for each kind: one function, run in the transaction of the decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.errors import NotAllowed, Refused
from portail_app.models.bookings import Absence, Booking
from portail_app.models.catalogue import Classroom, School
from portail_app.models.people import Child, Family, FamilyGuardian, Guardian
from portail_app.models.requests import SupportingDocument
from portail_app.rules.capacity import require_place
from portail_app.rules.day_acts import absence_conflict, booking_conflict
from portail_app.rules.kinds import GuardianRole
from portail_app.rules.statuses import AbsenceReason, BookingStatus, RequestKind, needs_certificate
from portail_app.services import catalogue, days


@dataclass(frozen=True, slots=True)
class Accepted:
    """The request being accepted, and when; ``beyond_capacity`` is the agent's choice to go past the limit."""

    request_id: int
    family_id: int
    child_id: int | None
    service_id: int | None
    on: date | None
    payload: Mapping[str, Any]
    at: datetime
    beyond_capacity: bool = False


Effect = Callable[[Session, Accepted], None]


def apply(session: Session, kind: RequestKind, accepted: Accepted) -> None:
    """Write what was asked; a kind without effect yet cannot be accepted."""
    effect = EFFECTS.get(kind)
    if effect is None:
        raise NotAllowed
    effect(session, accepted)


def places_taken(session: Session, service_id: int, on: date) -> int:
    """Count the children expected: a declared absence gives its place back."""
    statement = (
        sa.select(sa.func.count())
        .select_from(_BOOKING.outerjoin(_ABSENCE, _ABSENCE.c.booking_id == _BOOKING.c.id))
        .where(
            _BOOKING.c.service_id == service_id,
            _BOOKING.c.on == on,
            _BOOKING.c.status == BookingStatus.BOOKED,
            _ABSENCE.c.id.is_(None),
        )
    )
    return session.connection().execute(statement).scalar_one()


_BOOKING = Booking.metadata.tables["booking"]
_ABSENCE = Absence.metadata.tables["absence"]
_CHILD = Child.metadata.tables["child"]
_CLASSROOM = Classroom.metadata.tables["classroom"]
_SCHOOL = School.metadata.tables["school"]
_GUARDIAN = Guardian.metadata.tables["guardian"]
_FAMILY = Family.metadata.tables["family"]
_STANDS = FamilyGuardian.metadata.tables["familyguardian"]
_DOCUMENT = SupportingDocument.metadata.tables["supportingdocument"]


def _book(session: Session, accepted: Accepted) -> None:
    day = _day_of(session, accepted)
    _refuse_if(booking_conflict(day.facts))
    _require_place(session, day, accepted)
    values = {
        "family_id": accepted.family_id,
        "status": BookingStatus.BOOKED,
        "request_id": accepted.request_id,
        "changed_at": accepted.at,
    }
    connection = session.connection()
    if day.booking_id is None:
        asked = {"child_id": accepted.child_id, "service_id": accepted.service_id, "on": accepted.on}
        connection.execute(sa.insert(_BOOKING), {**values, **asked, "created_at": accepted.at})
        return
    # The day was cancelled, or the child was to be absent and comes after all.
    connection.execute(sa.delete(_ABSENCE).where(_ABSENCE.c.booking_id == day.booking_id))
    connection.execute(sa.update(_BOOKING).where(_BOOKING.c.id == day.booking_id).values(**values))


def _excuse(session: Session, accepted: Accepted) -> None:
    day = _day_of(session, accepted)
    _refuse_if(absence_conflict(day.facts))
    reason = AbsenceReason(accepted.payload["reason"])
    # A medical absence without its certificate is recorded, and billed until the paper comes.
    excused = not needs_certificate(reason) or _has_paper(session, accepted.request_id)
    session.connection().execute(
        sa.insert(_ABSENCE),
        {
            "booking_id": day.booking_id,
            "reason": reason,
            "excused": excused,
            "request_id": accepted.request_id,
            "created_at": accepted.at,
        },
    )


def _change_contact(session: Session, accepted: Accepted) -> None:
    after, guardian_id = dict(accepted.payload["after"]), accepted.payload["guardian_id"]
    connection = session.connection()
    connection.execute(sa.update(_GUARDIAN).where(_GUARDIAN.c.id == guardian_id).values(**after))
    home = {name: after[name] for name in ("address", "postcode", "city") if name in after}
    if home and _is_responsable(session, accepted.family_id, guardian_id):
        connection.execute(sa.update(_FAMILY).where(_FAMILY.c.id == accepted.family_id).values(**home))


EFFECTS: dict[RequestKind, Effect] = {
    RequestKind.BOOKING: _book,
    RequestKind.ABSENCE: _excuse,
    RequestKind.ADDRESS: _change_contact,
    RequestKind.PHONE: _change_contact,
}


def _day_of(session: Session, accepted: Accepted) -> days.ServiceDay:
    if accepted.child_id is None or accepted.service_id is None or accepted.on is None:
        raise NotAllowed
    zone = session.connection().execute(_ZONE, {"child_id": accepted.child_id}).scalar_one()
    return days.load(session, zone, accepted.child_id, accepted.service_id, accepted.on)


_ZONE = (
    sa.select(sa.func.coalesce(_SCHOOL.c.zone, "A"))
    .select_from(
        _CHILD.outerjoin(_CLASSROOM, _CLASSROOM.c.id == _CHILD.c.classroom_id).outerjoin(
            _SCHOOL, _SCHOOL.c.id == _CLASSROOM.c.school_id
        )
    )
    .where(_CHILD.c.id == sa.bindparam("child_id"))
)


def _require_place(session: Session, day: days.ServiceDay, accepted: Accepted) -> None:
    if day.service.capacity is None or accepted.beyond_capacity:
        return
    # PostgreSQL: two agents who give the last place wait for each other on the service's row.
    locked = sa.select(catalogue.SERVICE.c.id).where(catalogue.SERVICE.c.id == day.service.id).with_for_update()
    session.connection().execute(locked)
    require_place(day.service.capacity, places_taken(session, day.service.id, day.facts.on))


def _has_paper(session: Session, request_id: int) -> bool:
    found = sa.select(_DOCUMENT.c.id).where(_DOCUMENT.c.request_id == request_id).limit(1)
    return session.connection().execute(found).first() is not None


def _is_responsable(session: Session, family_id: int, guardian_id: int) -> bool:
    role = sa.select(_STANDS.c.role).where(_STANDS.c.family_id == family_id, _STANDS.c.guardian_id == guardian_id)
    return session.connection().execute(role).scalar_one_or_none() is GuardianRole.RESPONSABLE


def _refuse_if(conflict: str) -> None:
    if conflict:
        raise Refused(conflict)
