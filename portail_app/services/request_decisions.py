"""How the town hall answers: accept and apply, or refuse and say why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import clock, db
from portail_app.access import DECIDING_ROLES, Actor, require_id, require_staff
from portail_app.errors import NotAllowed, Refused
from portail_app.models.bookings import Absence
from portail_app.models.people import FamilyChild
from portail_app.models.requests import RequestEvent
from portail_app.rules.statuses import RequestStatus, move
from portail_app.services import journal, live, request_effects, request_mail, request_reading
from portail_app.services.request_effects import Accepted
from portail_app.services.request_reading import REQUEST
from portail_app.services.request_views import RequestView

LONGEST_REASON = 1000
LARGEST_BATCH = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request of a batch; ``message`` says why it was not accepted."""

    request_id: int
    number: str
    accepted: bool
    message: str


def accept(actor: Actor, request_id: int, *, beyond_capacity: bool = False) -> RequestView:
    """Accept a request and apply it, both or neither; a double click gets the first answer back."""
    require_staff(actor, DECIDING_ROLES)
    with db.transaction() as session:
        if done := _own_answer(actor, session, request_id, RequestStatus.ACCEPTED):
            return done
        now = clock.now()
        row = close(actor, session, request_id, RequestStatus.ACCEPTED, now)
        accepted = Accepted(
            row.id, row.family_id, row.child_id, row.service_id, row.on, row.payload, now, beyond_capacity
        )
        request_effects.apply(session, row.kind, accepted)
        return _answered(actor, session, row, now)


def refuse(actor: Actor, request_id: int, reason: str) -> RequestView:
    """Refuse a request, with a reason that the family will read; a double click gets the first answer back."""
    require_staff(actor, DECIDING_ROLES)
    reason = reason.strip()
    if not reason:
        raise Refused("Indiquez le motif du refus : la famille le lira.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Le motif du refus dépasse {LONGEST_REASON} caractères.", "reason")
    with db.transaction() as session:
        if done := _own_answer(actor, session, request_id, RequestStatus.REFUSED):
            return done
        now = clock.now()
        row = close(actor, session, request_id, RequestStatus.REFUSED, now, reason=reason)
        return _answered(actor, session, row, now)


def accept_many(actor: Actor, request_ids: Sequence[int]) -> list[Outcome]:
    """Accept each request in its own transaction, and tell what became of each."""
    require_staff(actor, DECIDING_ROLES)
    if len(request_ids) > LARGEST_BATCH:
        raise Refused(f"Choisissez {LARGEST_BATCH} demandes au plus à la fois.")
    return [_accept_one(actor, request_id) for request_id in dict.fromkeys(request_ids)]


def excuse(actor: Actor, request_id: int) -> RequestView:
    """Excuse an accepted absence whose certificate came afterwards: the day is not billed any more."""
    require_staff(actor, DECIDING_ROLES)
    with db.transaction() as session:
        view = request_reading.one(actor, session, request_id)
        if view.status is not RequestStatus.ACCEPTED or not view.documents:
            raise Refused("Aucun certificat n’a été reçu pour cette absence.")
        excused = sa.update(_ABSENCE).where(_ABSENCE.c.request_id == request_id, _ABSENCE.c.excused.is_(False))
        if session.connection().execute(excused.values(excused=True)).rowcount == 0:
            raise Refused("Cette absence est déjà justifiée.")
        add_event(actor, session, request_id, view.status, clock.now(), note="Certificat accepté : absence justifiée.")
        journal.record(actor, session, "absence.excused", request_id, family_id=view.family_id)
        announce(session, view.family_id, view.child_id)
        return view


def close(
    actor: Actor, session: Session, request_id: int, wanted: RequestStatus, now: datetime, *, reason: str = ""
) -> Any:
    """Take a pending request out of the queue; of two people at once, one does it and the other is told."""
    closed = (
        sa.update(REQUEST)
        .where(REQUEST.c.id == require_id(request_id), REQUEST.c.status == RequestStatus.PENDING)
        .values(status=wanted, reason=reason, decided_at=now, decided_by_id=actor.account_id, pending_key=None)
        .returning(REQUEST)
    )
    row = session.connection().execute(closed).one_or_none()
    if row is None:
        current = sa.select(REQUEST.c.status).where(REQUEST.c.id == request_id)
        status = session.connection().execute(current).scalar_one_or_none()
        if status is None:
            raise NotAllowed
        # Raises: nothing moves out of a final state.
        move(status, wanted)
    add_event(actor, session, request_id, wanted, now, note=reason)
    return row


def add_event(
    actor: Actor, session: Session, request_id: int, status: RequestStatus, at: datetime, *, note: str = ""
) -> None:
    """Write one line of the history of a request."""
    session.connection().execute(
        _ADD_EVENT,
        {"request_id": request_id, "at": at, "account_id": actor.account_id, "status": status, "note": note},
    )


def announce(session: Session, family_id: int, child_id: int | None) -> None:
    """Tell the open pages of every family of the child, and the agents'."""
    concerned = {family_id}
    if child_id is not None:
        concerned.update(session.connection().execute(_FAMILIES, {"child": child_id}).scalars())
    db.announce(session, live.REQUESTS, *map(live.family_topic, concerned))


_ABSENCE = Absence.metadata.tables["absence"]
_LIVES = FamilyChild.metadata.tables["familychild"]
_ADD_EVENT = sa.insert(RequestEvent.metadata.tables["requestevent"])
_FAMILIES = sa.select(_LIVES.c.family_id).where(_LIVES.c.child_id == sa.bindparam("child"))


def _answered(actor: Actor, session: Session, row: Any, now: datetime) -> RequestView:
    view = request_reading.one(actor, session, row.id)
    journal.record(actor, session, f"request.{view.status.value}", view.id, family_id=view.family_id)
    request_mail.send_answer(session, view, now)
    announce(session, view.family_id, view.child_id)
    return view


def _own_answer(actor: Actor, session: Session, request_id: int, wanted: RequestStatus) -> RequestView | None:
    """Return the request when this very agent has already given this very answer."""
    given = sa.select(REQUEST.c.id).where(
        REQUEST.c.id == require_id(request_id),
        REQUEST.c.status == wanted,
        REQUEST.c.decided_by_id == actor.account_id,
    )
    found = session.connection().execute(given).scalar_one_or_none()
    return request_reading.one(actor, session, found) if found is not None else None


def _accept_one(actor: Actor, request_id: int) -> Outcome:
    try:
        view = accept(actor, request_id)
    except Refused as refusal:
        return Outcome(request_id, _number_of(request_id), accepted=False, message=refusal.message)
    return Outcome(request_id, view.number, accepted=True, message="")


def _number_of(request_id: int) -> str:
    """Return the number of a request, "" when there is no such request."""
    with db.reading() as session:
        found = session.connection().execute(sa.select(REQUEST.c.number).where(REQUEST.c.id == request_id))
        return found.scalar_one_or_none() or ""
