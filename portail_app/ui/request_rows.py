"""One request in ready texts: the same words for the family's list and for the town hall's queue."""

from typing import TypedDict

from portail_app.rules.statuses import RequestStatus
from portail_app.services.requests import CertificateState, RequestView
from portail_app.ui import french


class PaperRow(TypedDict):
    """One paper joined to a request."""

    name: str
    href: str


class RequestRow(TypedDict):
    """A request as lists show it."""

    id: int
    number: str
    kind: str
    status: str
    # What leads the card: never the same word twice.
    title: str
    child: str
    child_id: int
    family: str
    day: str
    sent: str
    answered: str
    author: str
    by_staff: bool
    reason: str
    absence: str
    comment: str
    certificate: str
    papers: list[PaperRow]
    can_withdraw: bool
    can_attach: bool


CERTIFICATES = {
    CertificateState.NOT_NEEDED: "",
    CertificateState.AWAITED: "Certificat attendu",
    CertificateState.RECEIVED: "Certificat reçu",
}


def request_row(view: RequestView) -> RequestRow:
    """Describe a request."""
    changes = ", ".join(f"{change.label} : {change.old or '—'} → {change.new}" for change in view.changes)
    return RequestRow(
        id=view.id,
        number=view.number,
        kind=view.kind_label,
        status=str(view.status),
        title=changes or " · ".join(filter(None, (view.kind_label, view.service_name))),
        child=view.child_name,
        child_id=view.child_id or 0,
        family=view.family_name,
        day=french.long_day(view.on) if view.on else "",
        sent=french.short_instant(view.created_at),
        answered=_answered(view),
        author=view.author_name,
        by_staff=view.entered_by_staff,
        reason=view.reason,
        absence=french.label(view.absence_reason) if view.absence_reason else "",
        comment=view.comment,
        certificate=CERTIFICATES[view.certificate],
        papers=[PaperRow(name=paper.file_name, href=f"/pieces/{paper.id}") for paper in view.documents],
        can_withdraw=view.can_withdraw,
        can_attach=view.certificate is CertificateState.AWAITED
        and view.status in {RequestStatus.PENDING, RequestStatus.ACCEPTED},
    )


def _answered(view: RequestView) -> str:
    if view.decided_at is None:
        return ""
    word = "retirée" if view.status is RequestStatus.WITHDRAWN else "réponse"
    return f"{word} {french.short_instant(view.decided_at)}"
