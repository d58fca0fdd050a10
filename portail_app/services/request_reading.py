"""Read requests: whoever may not see one finds it absent."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app.access import DECIDING_ROLES, Actor, require_family, require_id
from portail_app.errors import NotAllowed
from portail_app.models.catalogue import Service
from portail_app.models.people import Account, Child, Family
from portail_app.models.requests import FamilyRequest, RequestEvent, SupportingDocument
from portail_app.rules.statuses import RequestKind
from portail_app.services import families
from portail_app.services.request_views import (
    TOWN_HALL,
    CertificateState,
    DocumentRef,
    EventView,
    RequestView,
    view_of,
)

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


def one(actor: Actor, session: Session, request_id: int) -> RequestView:
    """Return one request with its papers, or look absent."""
    row = session.connection().execute(_ONE, {"request_id": require_id(request_id)}).one_or_none()
    if row is None:
        raise NotAllowed
    require_family(actor, row.family_id)
    found = visible(actor, session, [view_of(row)])
    if not found:
        raise NotAllowed
    return add_documents(session, found)[0]


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
# Every act reads its request back: a statement made once is compiled once.
_ONE = _SELECT.where(REQUEST.c.id == sa.bindparam("request_id"))
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


def _named(actor: Actor, row: Any) -> str:
    if row.display_name is None or (row.guardian_id is None and not actor.is_staff):
        return TOWN_HALL
    return str(row.display_name)
