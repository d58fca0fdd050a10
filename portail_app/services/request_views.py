"""Requests as families and agents read them; whoever may not see one finds it absent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.access import DECIDING_ROLES, Actor, require_id
from portail_app.errors import NotAllowed
from portail_app.models.catalogue import Service
from portail_app.models.people import Account, Child, Family
from portail_app.models.requests import FamilyRequest, RequestEvent, SupportingDocument
from portail_app.rules.statuses import AbsenceReason, RequestKind, RequestStatus, needs_certificate
from portail_app.services import families
from portail_app.services.request_labels import FIELD_LABELS, KIND_LABELS

# What concerns one adult alone: the other parent of the same family does not see it.
PERSONAL_KINDS = frozenset(
    {
        RequestKind.GUARDIAN,
        RequestKind.PARTNER,
        RequestKind.ADDRESS,
        RequestKind.PHONE,
        RequestKind.EMAIL,
        RequestKind.PROFESSION,
        RequestKind.CONTACT_CONSENT,
        RequestKind.DIRECT_DEBIT,
    }
)
TOWN_HALL = "La mairie"


class CertificateState(StrEnum):
    """Say whether a paper is still expected with a request."""

    NOT_NEEDED = "not_needed"
    AWAITED = "awaited"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that a request would change."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A paper joined to a request; read it through ``services.documents``."""

    id: int
    file_name: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of the history of a request."""

    at: datetime
    status: RequestStatus
    author_name: str
    note: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request; ``reason`` is the reason of a refusal, ``absence_reason`` why a child will not come."""

    id: int
    number: str
    kind: RequestKind
    kind_label: str
    status: RequestStatus
    family_id: int
    family_name: str
    child_id: int | None
    child_name: str
    service_id: int | None
    service_name: str
    on: date | None
    author_id: int
    author_name: str
    entered_by_staff: bool
    created_at: datetime
    decided_at: datetime | None
    reason: str
    absence_reason: AbsenceReason | None
    comment: str
    certificate: CertificateState
    guardian_id: int | None = None
    changes: tuple[FieldChange, ...] = ()
    documents: tuple[DocumentRef, ...] = ()
    events: tuple[EventView, ...] = ()

    @property
    def can_withdraw(self) -> bool:
        """Say whether the family may still take the request back."""
        return self.status is RequestStatus.PENDING


def one(actor: Actor, session: Session, request_id: int) -> RequestView:
    """Return one request with its papers, or look absent."""
    found = select(actor, session, REQUEST.c.id == require_id(request_id))
    if not found:
        raise NotAllowed
    return found[0]


def with_events(actor: Actor, session: Session, view: RequestView) -> RequestView:
    """Add the history; families read « La mairie », agents the name of their colleague."""
    statement = (
        sa.select(_EVENT.c.at, _EVENT.c.status, _EVENT.c.note, _ACCOUNT.c.display_name, _ACCOUNT.c.guardian_id)
        .outerjoin_from(_EVENT, _ACCOUNT, _ACCOUNT.c.id == _EVENT.c.account_id)
        .where(_EVENT.c.request_id == view.id)
        .order_by(_EVENT.c.id)
    )
    rows = session.connection().execute(statement)
    events = (EventView(row.at, row.status, _named(actor, row), row.note) for row in rows)
    return replace(view, events=tuple(events))


def select(actor: Actor, session: Session, *conditions: sa.ColumnElement[bool]) -> list[RequestView]:
    """Return the requests that meet the conditions, among those that the actor may see, newest first."""
    chosen = _SELECT.where(*conditions, *_mine(actor)).order_by(REQUEST.c.id.desc())
    rows = session.connection().execute(chosen).all()
    return add_documents(session, visible(actor, session, [view_of(row) for row in rows]))


def visible(actor: Actor, session: Session, views: list[RequestView]) -> list[RequestView]:
    """Keep what the actor may see: what concerns one adult alone is hidden from the other parent."""
    if actor.is_staff or not any(_personal_to_another(actor, view) for view in views):
        return views
    own = families.own_guardian_id(actor, session)
    return [view for view in views if not _personal_to_another(actor, view) or view.guardian_id == own]


def add_documents(session: Session, views: list[RequestView]) -> list[RequestView]:
    """Join the papers, in one statement for the whole list."""
    awaited = [view.id for view in views if view.kind is not RequestKind.BOOKING]
    if not awaited:
        return views
    papers: dict[int, list[DocumentRef]] = {}
    for row in session.connection().execute(_PAPERS, {"requests": awaited}):
        papers.setdefault(row.request_id, []).append(DocumentRef(row.id, row.file_name))
    return [_with_papers(view, tuple(papers.get(view.id, ()))) for view in views]


def view_of(row: Any) -> RequestView:
    """Make the view of one row of ``statement()``, without its papers."""
    payload: Mapping[str, Any] = row.payload or {}
    absence_reason = AbsenceReason(payload["reason"]) if row.kind is RequestKind.ABSENCE else None
    needed = absence_reason is not None and needs_certificate(absence_reason)
    return RequestView(
        id=row.id,
        number=row.number,
        kind=row.kind,
        kind_label=KIND_LABELS[row.kind],
        status=row.status,
        family_id=row.family_id,
        family_name=row.family_name,
        child_id=row.child_id,
        child_name=f"{row.first_name} {row.last_name}" if row.child_id else "",
        service_id=row.service_id,
        service_name=row.service_name or "",
        on=row.on,
        author_id=row.author_id,
        author_name=TOWN_HALL if row.entered_by_staff else row.author_name,
        entered_by_staff=row.entered_by_staff,
        created_at=row.created_at,
        decided_at=row.decided_at,
        reason=row.reason,
        absence_reason=absence_reason,
        comment=payload.get("comment", ""),
        certificate=CertificateState.AWAITED if needed else CertificateState.NOT_NEEDED,
        guardian_id=payload.get("guardian_id"),
        changes=tuple(_changes(payload.get("before", {}), payload.get("after", {}))),
    )


def statement() -> sa.Select[Any]:
    """Return the statement whose rows ``view_of`` reads, for the queue to filter as it goes."""
    return _SELECT


REQUEST = FamilyRequest.metadata.tables["familyrequest"]
DOCUMENT = SupportingDocument.metadata.tables["supportingdocument"]
_EVENT = RequestEvent.metadata.tables["requestevent"]
_ACCOUNT = Account.metadata.tables["account"]
_CHILD = Child.metadata.tables["child"]
_FAMILY = Family.metadata.tables["family"]
_SERVICE = Service.metadata.tables["service"]
_SELECT = sa.select(
    REQUEST,
    _FAMILY.c.name.label("family_name"),
    _CHILD.c.first_name,
    _CHILD.c.last_name,
    _SERVICE.c.name.label("service_name"),
    _ACCOUNT.c.display_name.label("author_name"),
).select_from(
    REQUEST.join(_FAMILY, _FAMILY.c.id == REQUEST.c.family_id)
    .join(_ACCOUNT, _ACCOUNT.c.id == REQUEST.c.author_id)
    .outerjoin(_CHILD, _CHILD.c.id == REQUEST.c.child_id)
    .outerjoin(_SERVICE, _SERVICE.c.id == REQUEST.c.service_id)
)
_PAPERS = (
    sa.select(DOCUMENT.c.id, DOCUMENT.c.request_id, DOCUMENT.c.file_name)
    .where(DOCUMENT.c.request_id.in_(sa.bindparam("requests", expanding=True)))
    .order_by(DOCUMENT.c.id)
)


def _mine(actor: Actor) -> Iterable[sa.ColumnElement[bool]]:
    if actor.must_change_password or (actor.is_staff and actor.role not in DECIDING_ROLES):
        raise NotAllowed
    return () if actor.is_staff else (REQUEST.c.family_id.in_(actor.family_ids),)


def _personal_to_another(actor: Actor, view: RequestView) -> bool:
    return view.kind in PERSONAL_KINDS and view.author_id != actor.account_id


def _with_papers(view: RequestView, papers: tuple[DocumentRef, ...]) -> RequestView:
    if not papers:
        return view
    needed = view.certificate is not CertificateState.NOT_NEEDED
    return replace(view, documents=papers, certificate=CertificateState.RECEIVED if needed else view.certificate)


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[FieldChange]:
    return (FieldChange(FIELD_LABELS[name], before.get(name, ""), value) for name, value in after.items())


def _named(actor: Actor, row: Any) -> str:
    if row.display_name is None or (row.guardian_id is None and not actor.is_staff):
        return TOWN_HALL
    return str(row.display_name)
