"""The e-mails that go with a request: the receipt when it is sent, the answer when it is decided.

They are rendered at once, in the act's transaction: a few string joins cost less than keeping a frozen payload, and
what was promised to a family does not change with a later version of the text. Nothing in them tells of a health,
e-mail is read by others: of an absence, neither the reason, nor that a certificate is awaited, nor why it was refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import emails
from portail_app.emails import Email, RequestFacts, Sender
from portail_app.models.exchanges import Municipality
from portail_app.models.people import Account, FamilyGuardian, Guardian
from portail_app.rules.spoken_dates import spoken_day
from portail_app.rules.statuses import RequestKind, RequestStatus
from portail_app.services import outbox
from portail_app.services.request_views import RequestView
from portail_app.settings import get_settings


def send_receipt(session: Session, view: RequestView) -> None:
    """Acknowledge a request (CRPA L112-11)."""
    letter = _letter(session, view)
    for to in letter.recipients:
        outbox.queue(session, emails.request_received(to, letter.facts, letter.sender))


def send_answer(session: Session, view: RequestView, decided_at: datetime) -> None:
    """Tell the family that its request is accepted, or refused and why."""
    letter = _letter(session, view)
    reason = "" if view.kind is RequestKind.ABSENCE else view.reason
    for to in letter.recipients:
        outbox.queue(session, _answer(to, letter, reason, decided_at))


def send_withdrawal(session: Session, view: RequestView) -> None:
    """Confirm that a request was taken back."""
    letter = _letter(session, view)
    for to in letter.recipients:
        outbox.queue(session, emails.request_withdrawn(to, letter.facts, letter.sender))


def details(view: RequestView) -> tuple[str, ...]:
    """Say in French lines what the request is about."""
    lines = []
    if view.child_name:
        lines.append(f"Enfant : {view.child_name}.")
    if view.service_name:
        lines.append(f"Prestation : {view.service_name}.")
    if view.on:
        lines.append(f"Jour : {spoken_day(view.on)} {view.on.year}.")
    lines += [f"{change.label} : {change.new}." for change in view.changes]
    if view.kind is RequestKind.ABSENCE and view.status in {RequestStatus.PENDING, RequestStatus.ACCEPTED}:
        # The same for all reasons: only an absence for health asks for a paper.
        lines.append("S’il manque un document, « Liste des demandes » vous le dira.")
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Letter:
    recipients: Sequence[str]
    facts: RequestFacts
    sender: Sender
    refused: bool


def _answer(to: str, letter: _Letter, reason: str, decided_at: datetime) -> Email:
    if letter.refused:
        return emails.request_refused(to, letter.facts, decided_at, reason, letter.sender)
    return emails.request_accepted(to, letter.facts, decided_at, letter.sender)


_ACCOUNT = Account.metadata.tables["account"]
_GUARDIAN = Guardian.metadata.tables["guardian"]
_STANDS = FamilyGuardian.metadata.tables["familyguardian"]
_TOWN = Municipality.metadata.tables["municipality"]
_HEAD = (
    sa.select(
        _TOWN.c.name,
        _TOWN.c.address,
        _TOWN.c.phone,
        _TOWN.c.email,
        sa.func.coalesce(sa.func.nullif(_ACCOUNT.c.email, ""), _GUARDIAN.c.email, "").label("author_email"),
    )
    .select_from(
        _ACCOUNT.outerjoin(_GUARDIAN, _GUARDIAN.c.id == _ACCOUNT.c.guardian_id).outerjoin(_TOWN, _TOWN.c.id == 1)
    )
    .where(_ACCOUNT.c.id == sa.bindparam("author_id"))
)
_ADULTS = (
    sa.select(_GUARDIAN.c.id, _GUARDIAN.c.email)
    .join_from(_STANDS, _GUARDIAN, _GUARDIAN.c.id == _STANDS.c.guardian_id)
    .where(_STANDS.c.family_id == sa.bindparam("family_id"), _GUARDIAN.c.email != "")
    .order_by(_GUARDIAN.c.id)
)


def _letter(session: Session, view: RequestView) -> _Letter:
    head = session.connection().execute(_HEAD, {"author_id": view.author_id}).one()
    recipients = _adults(session, view) if view.entered_by_staff else [head.author_email]
    facts = RequestFacts(
        number=view.number,
        subject=view.kind_label,
        author=view.author_name,
        sent_at=view.created_at,
        details=details(view),
        link=f"{get_settings().public_url}/liste-des-demandes",
        entered_by_staff=view.entered_by_staff,
        about=", ".join(filter(None, (view.service_name, spoken_day(view.on) if view.on else ""))),
    )
    sender = (
        Sender(f"Mairie de {head.name}", head.address, head.phone, head.email) if head.name else Sender("La mairie")
    )
    return _Letter(recipients, facts, sender, refused=view.status is RequestStatus.REFUSED)


def _adults(session: Session, view: RequestView) -> list[str]:
    """Return who is told of a request that the town hall entered: the adult it concerns, or each adult."""
    rows = session.connection().execute(_ADULTS, {"family_id": view.family_id}).all()
    told = [row.email for row in rows if view.guardian_id in {None, row.id}]
    return list(dict.fromkeys(told))
