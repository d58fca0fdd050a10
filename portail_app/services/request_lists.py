"""« Liste des demandes » for families, and the queue of the town hall."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import clock, db
from portail_app.access import DECIDING_ROLES, Actor, require_staff
from portail_app.models.bookings import Absence
from portail_app.rules.folding import folded
from portail_app.rules.statuses import RequestKind, RequestStatus
from portail_app.services import request_reading, request_views
from portail_app.services.request_reading import DOCUMENT, REQUEST
from portail_app.services.request_views import RequestView

# « moins d’un mois »: a request sent on the 1st is still shown on the 31st.
RECENT = timedelta(days=31)
LONGEST_QUEUE = 200
# A search reads rows one by one: it looks no further than this, some years of one commune.
LONGEST_SEARCH = 5000


@dataclass(frozen=True, slots=True)
class QueueView:
    """A page of the queue; ``more`` says that a longer one would show others. The counts ignore the filters."""

    items: tuple[RequestView, ...]
    more: bool
    pending: int
    pending_by_kind: dict[RequestKind, int]
    certificates_to_check: int


def recent(
    actor: Actor,
    kind: RequestKind | None = None,
    status: RequestStatus | None = None,
    kinds: Collection[RequestKind] | None = None,
) -> list[RequestView]:
    """List the requests of less than a month of all the actor's families, newest first.

    One that still waits stays in the list however old it is: the family may take it back. ``kinds`` is the tab,
    « Mon compte » or « Mes enfants »; ``kind`` is the filter within it.
    """
    if actor.is_staff:
        return []
    conditions = [sa.or_(REQUEST.c.created_at > _a_month_ago(), REQUEST.c.status == RequestStatus.PENDING)]
    conditions += _filters(kind, status, kinds)
    with db.reading() as session:
        return request_reading.select(actor, session, *conditions)


def of_family(actor: Actor, family_id: int) -> list[RequestView]:
    """List the recent requests of one family, for the town hall."""
    require_staff(actor, DECIDING_ROLES)
    with db.reading() as session:
        return request_reading.select(
            actor, session, REQUEST.c.family_id == family_id, REQUEST.c.created_at > _a_month_ago()
        )


def queue(
    actor: Actor,
    kind: RequestKind | None = None,
    status: RequestStatus | None = RequestStatus.PENDING,
    text: str = "",
    limit: int = 50,
    *,
    certificates_to_check: bool = False,
) -> QueueView:
    """List the requests to answer, oldest first; answered ones are listed newest first.

    ``text`` finds a number, a family or a child, without accents. ``certificates_to_check`` lists instead the accepted
    absences whose certificate came afterwards.
    """
    require_staff(actor, DECIDING_ROLES)
    conditions = [_TO_CHECK] if certificates_to_check else _filters(kind, status, None)
    newest_first = not certificates_to_check and status is not RequestStatus.PENDING
    limit = max(1, min(limit, LONGEST_QUEUE))
    with db.reading() as session:
        found = _matching(session, conditions, folded(text).split(), limit + 1, newest_first=newest_first)
        items = request_reading.add_documents(session, found[:limit])
        waiting = {row.kind: row.pending for row in session.connection().execute(_PENDING_BY_KIND)}
        to_check = session.connection().execute(_COUNT_TO_CHECK).scalar_one()
    more = limit < min(len(found), LONGEST_QUEUE)
    return QueueView(tuple(items), more, sum(waiting.values()), waiting, to_check)


_ABSENCE = Absence.metadata.tables["absence"]
_TO_CHECK: sa.ColumnElement[bool] = sa.and_(
    sa.exists().where(_ABSENCE.c.request_id == REQUEST.c.id, _ABSENCE.c.excused.is_(False)),
    sa.exists().where(DOCUMENT.c.request_id == REQUEST.c.id),
)
_COUNT_TO_CHECK = sa.select(sa.func.count()).select_from(REQUEST).where(_TO_CHECK)
_PENDING_BY_KIND = (
    sa.select(REQUEST.c.kind, sa.func.count().label("pending"))
    .where(REQUEST.c.status == RequestStatus.PENDING)
    .group_by(REQUEST.c.kind)
)


def _filters(
    kind: RequestKind | None, status: RequestStatus | None, kinds: Collection[RequestKind] | None
) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if kind is not None:
        conditions.append(REQUEST.c.kind == kind)
    if status is not None:
        conditions.append(REQUEST.c.status == status)
    if kinds is not None:
        conditions.append(REQUEST.c.kind.in_(kinds))
    return conditions


def _matching(
    session: Session, conditions: list[sa.ColumnElement[bool]], words: list[str], wanted: int, *, newest_first: bool
) -> list[RequestView]:
    """Read rows until enough of them match: no database folds accents the way people forget them."""
    order = REQUEST.c.id.desc() if newest_first else REQUEST.c.id
    statement = request_reading.statement().where(*conditions).order_by(order)
    found: list[RequestView] = []
    with session.connection().execute(statement.limit(LONGEST_SEARCH if words else wanted)) as rows:
        for row in rows:
            if _matches(row, words):
                found.append(request_views.view_of(row))
            if len(found) == wanted:
                break
    return found


def _matches(row: Any, words: list[str]) -> bool:
    if not words:
        return True
    text = folded(" ".join(part for part in (row.number, row.family_name, row.first_name, row.last_name) if part))
    return all(word in text for word in words)


def _a_month_ago() -> datetime:
    return clock.now() - RECENT
