"""Write requests as `services.requests` does, with their number, their history and their papers."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from portail_app.adapters.files import files
from portail_app.adapters.papers import PDF
from portail_app.clock import PARIS
from portail_app.demo import papers
from portail_app.demo.homes import Home, Kid
from portail_app.demo.ledger import Entry
from portail_app.demo.series import REQUESTS, Series
from portail_app.demo.services import Offer
from portail_app.models.requests import FamilyRequest, RequestEvent, SupportingDocument
from portail_app.rules.statuses import AbsenceReason, RequestKind, RequestStatus
from portail_app.services import days


@dataclass(slots=True)
class Ask:
    """One request to write, and the booked day that its acceptance made or changed."""

    kind: RequestKind
    home: Home
    created_at: datetime
    kid: Kid | None = None
    code: str = ""
    on: date | None = None
    payload: dict[str, Any] = field(default_factory=dict)
    status: RequestStatus = RequestStatus.PENDING
    decided_at: datetime | None = None
    reason: str = ""
    by_staff: bool = False
    certificate_at: datetime | None = None
    entry: Entry | None = None

    def answered(self, status: RequestStatus, at: datetime, reason: str = "") -> "Ask":
        """Say what became of it."""
        self.status, self.decided_at, self.reason = status, at, reason
        return self


def booking(home: Home, kid: Kid, code: str, on: date, created_at: datetime) -> Ask:
    """Ask for a day."""
    return Ask(RequestKind.BOOKING, home, created_at, kid, code, on)


def absence(entry: Entry, reason: AbsenceReason, created_at: datetime, comment: str = "") -> Ask:
    """Declare an absence on a booked day."""
    payload = {"reason": reason.value, "comment": comment}
    return Ask(RequestKind.ABSENCE, entry.home, created_at, entry.kid, entry.code, entry.on, payload, entry=entry)


def contact_change(home: Home, kind: RequestKind, before: dict[str, str], after: dict[str, str], at: datetime) -> Ask:
    """Ask to change the address or the telephone of the first adult of a family."""
    return Ask(kind, home, at, payload={"guardian_id": home.guardian_ids[0], "before": before, "after": after})


def add(session: Session, offer: Offer, asks: list[Ask], agent: int, series: Series) -> None:
    """Write the requests in the order in which they were sent."""
    ordered = sorted(asks, key=lambda ask: ask.created_at)
    rows = [_row(offer, ask, agent, series) for ask in ordered]
    session.add_all(rows)
    session.flush()
    for ask, row in zip(ordered, rows, strict=True):
        request_id = row.id or 0
        session.add_all(_events(ask, row, request_id, agent))
        if ask.certificate_at:
            session.add(_certificate(ask, row, request_id, ask.certificate_at))
        _tie(ask, request_id)
    session.flush()


def _row(offer: Offer, ask: Ask, agent: int, series: Series) -> FamilyRequest:
    decided_by = None if ask.status in {RequestStatus.PENDING, RequestStatus.WITHDRAWN} else agent
    author = ask.home.account_ids[0]
    return FamilyRequest(
        number=series.next(REQUESTS, ask.created_at.astimezone(PARIS).year),
        kind=ask.kind,
        status=ask.status,
        family_id=ask.home.family_id,
        child_id=ask.kid.child_id if ask.kid else None,
        service_id=offer.services[ask.code].id if ask.code else None,
        on=ask.on,
        payload=ask.payload,
        pending_key=_pending_key(offer, ask) if ask.status is RequestStatus.PENDING else None,
        author_id=agent if ask.by_staff else author,
        entered_by_staff=ask.by_staff,
        reason=ask.reason,
        created_at=ask.created_at,
        decided_at=ask.decided_at,
        decided_by_id=author if ask.status is RequestStatus.WITHDRAWN else decided_by,
    )


def _pending_key(offer: Offer, ask: Ask) -> str:
    if ask.kid and ask.on:
        return days.pending_key(ask.kind, ask.kid.child_id, offer.services[ask.code].id, ask.on)
    return f"{ask.kind.value}:{ask.home.family_id}:{ask.payload['guardian_id']}"


def _events(ask: Ask, row: FamilyRequest, request_id: int, agent: int) -> list[RequestEvent]:
    events = [(ask.created_at, row.author_id, RequestStatus.PENDING, "")]
    if ask.decided_at:
        events.append((ask.decided_at, row.decided_by_id or agent, ask.status, ask.reason))
    if ask.certificate_at and ask.decided_at and ask.certificate_at > ask.decided_at:
        events.append((ask.certificate_at, row.author_id, ask.status, "Certificat reçu."))
    return [
        RequestEvent(request_id=request_id, at=at, account_id=account_id, status=status, note=note)
        for at, account_id, status, note in events
    ]


def _certificate(ask: Ask, row: FamilyRequest, request_id: int, at: datetime) -> SupportingDocument:
    if ask.kid is None or ask.on is None:
        raise ValueError("a certificate is about a child and a day")
    content = papers.medical_certificate(ask.kid.name, ask.on)
    return SupportingDocument(
        family_id=row.family_id,
        request_id=request_id,
        uploaded_by_id=row.author_id,
        stored_name=files().add(content),
        file_name=f"certificat-{ask.kid.pupil.first_name}.pdf",
        media_type=PDF,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=at,
    )


def _tie(ask: Ask, request_id: int) -> None:
    """Let the accepted day remember the request that made it."""
    if ask.entry is None or ask.status is not RequestStatus.ACCEPTED:
        return
    ask.entry.answered_at = ask.decided_at
    if ask.kind is RequestKind.BOOKING:
        ask.entry.booking_request_id = request_id
    else:
        ask.entry.absence_request_id = request_id
