"""A request as families and agents read it: the shape, and how a row becomes one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from portail_app.rules.statuses import AbsenceReason, RequestKind, RequestStatus, needs_certificate
from portail_app.services.request_labels import FIELD_LABELS, KIND_LABELS

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


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[FieldChange]:
    return (FieldChange(FIELD_LABELS[name], before.get(name, ""), value) for name, value in after.items())
