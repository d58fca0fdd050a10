"""Send a request: its number, its first event, its journal line and its receipt are one transaction.

A double click is one request: its ``pending_key`` is unique, and the second click gets the first request back.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from portail_app import clock, db
from portail_app.access import Actor
from portail_app.errors import Refused
from portail_app.rules.statuses import RequestKind, RequestStatus
from portail_app.services import days, families, journal, numbers, request_mail, request_reading
from portail_app.services.documents import join_certificate
from portail_app.services.request_decisions import add_event, announce
from portail_app.services.request_views import RequestView


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be asked."""

    kind: RequestKind
    family_id: int
    pending_key: str
    payload: dict[str, Any] = field(default_factory=dict)
    child_id: int | None = None
    service_id: int | None = None
    on: date | None = None
    certificate_id: int | None = None


def draft_of(kind: RequestKind, home: families.ChildHome, service_id: int, on: date) -> Draft:
    """Draft what is asked about one day."""
    key = days.pending_key(kind, home.child_id, service_id, on)
    return Draft(kind, home.family_id, key, child_id=home.child_id, service_id=service_id, on=on)


def once(act: Callable[[Session], RequestView]) -> RequestView:
    """Run an act; of two identical ones at the same instant, the second starts again and sees the first."""
    try:
        with db.transaction() as session:
            return act(session)
    except IntegrityError:
        with db.transaction() as session:
            return act(session)


def submit(actor: Actor, session: Session, draft: Draft, refusal: str) -> RequestView:
    """Write a request with all that goes with it, or refuse it; a double click gets the first one back."""
    if refusal:
        return _sent_already(actor, session, draft, refusal)
    request_id = _insert(actor, session, draft)
    if draft.certificate_id is not None:
        join_certificate(actor, session, draft.family_id, draft.certificate_id, request_id)
    view = request_reading.one(actor, session, request_id)
    journal.record(actor, session, "request.sent", request_id, family_id=draft.family_id)
    request_mail.send_receipt(session, view)
    announce(session, draft.family_id, draft.child_id)
    return view


def pending_id(session: Session, key: str) -> int | None:
    """Return the request that waits under this name, if there is one."""
    found = sa.select(request_reading.REQUEST.c.id).where(request_reading.REQUEST.c.pending_key == key)
    return session.connection().execute(found).scalar_one_or_none()


_INSERT = sa.insert(request_reading.REQUEST).returning(request_reading.REQUEST.c.id)


def _insert(actor: Actor, session: Session, draft: Draft) -> int:
    now = clock.now()
    row = {
        "number": numbers.next_request_number(session),
        "kind": draft.kind,
        "status": RequestStatus.PENDING,
        "family_id": draft.family_id,
        "child_id": draft.child_id,
        "service_id": draft.service_id,
        "on": draft.on,
        "payload": draft.payload,
        "pending_key": draft.pending_key,
        "author_id": actor.account_id,
        "entered_by_staff": actor.is_staff,
        "reason": "",
        "created_at": now,
    }
    request_id: int = session.connection().execute(_INSERT, row).scalar_one()
    add_event(actor, session, request_id, RequestStatus.PENDING, now)
    return request_id


def _sent_already(actor: Actor, session: Session, draft: Draft, refusal: str) -> RequestView:
    """Give a double click the request it already made; tell anybody else why theirs is refused."""
    pending = pending_id(session, draft.pending_key)
    if pending is not None:
        view = request_reading.one(actor, session, pending)
        if view.author_id == actor.account_id:
            return view
    raise Refused(refusal)
