"""« demandes »: ask, follow and take back; every kind of change of a family goes through here."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from portail_app import clock, db
from portail_app.access import Actor, require_family, require_id
from portail_app.errors import Refused
from portail_app.rules import day_acts
from portail_app.rules.statuses import AbsenceReason, RequestKind, RequestStatus
from portail_app.services import contact_changes, days, families, journal, request_mail, request_reading
from portail_app.services.documents import join_certificate
from portail_app.services.request_decisions import (
    Outcome,
    accept,
    accept_many,
    add_event,
    announce,
    close,
    excuse,
    refuse,
)
from portail_app.services.request_lists import QueueView, queue, recent
from portail_app.services.request_sending import Draft, draft_of, once, pending_id, submit
from portail_app.services.request_views import CertificateState, EventView, FieldChange, RequestView

__all__ = [
    "CertificateState",
    "EventView",
    "FieldChange",
    "Outcome",
    "QueueView",
    "RequestView",
    "accept",
    "accept_many",
    "ask_booking",
    "ask_contact_change",
    "attach_certificate",
    "declare_absence",
    "excuse",
    "one",
    "queue",
    "recent",
    "refuse",
    "withdraw",
]
LONGEST_COMMENT = 500


def ask_booking(actor: Actor, child_id: int, service_id: int, on: date) -> RequestView:
    """Ask for a day: « Demande de Réservation »."""

    def act(session: Session) -> RequestView:
        home = families.locate(actor, session, child_id)
        day = days.load(session, home.zone, child_id, service_id, on)
        refusal = day_acts.booking_refusal(day.facts, clock.now(), by_staff=actor.is_staff)
        return submit(actor, session, draft_of(RequestKind.BOOKING, home, service_id, on), refusal)

    return once(act)


def declare_absence(  # noqa: PLR0917 - the fields of the form, in its order
    actor: Actor,
    child_id: int,
    service_id: int,
    on: date,
    reason: AbsenceReason,
    comment: str = "",
    certificate_id: int | None = None,
) -> RequestView:
    """Declare an absence on a reserved day; a medical one needs a certificate, now or later."""
    comment = comment.strip()
    if len(comment) > LONGEST_COMMENT:
        raise Refused(f"Votre commentaire dépasse {LONGEST_COMMENT} caractères.", "comment")

    def act(session: Session) -> RequestView:
        home = families.locate(actor, session, child_id)
        day = days.load(session, home.zone, child_id, service_id, on)
        refusal = day_acts.absence_refusal(day.facts, clock.now(), by_staff=actor.is_staff)
        draft = replace(
            draft_of(RequestKind.ABSENCE, home, service_id, on),
            payload={"reason": reason.value, "comment": comment},
            certificate_id=certificate_id,
        )
        return submit(actor, session, draft, refusal)

    return once(act)


def ask_contact_change(
    actor: Actor, family_id: int, kind: RequestKind, values: dict[str, str], guardian_id: int | None = None
) -> RequestView:
    """Ask to change one's own address or telephone; an agent names the adult."""
    require_family(actor, require_id(family_id))

    def act(session: Session) -> RequestView:
        payload = contact_changes.payload(actor, session, family_id, kind, values, guardian_id=guardian_id)
        key = f"{kind.value}:{family_id}:{payload['guardian_id']}"
        refusal = "Une demande de ce type est déjà en attente." if pending_id(session, key) else ""
        return submit(actor, session, Draft(kind, family_id, key, payload), refusal)

    return once(act)


def attach_certificate(actor: Actor, request_id: int, document_id: int) -> RequestView:
    """Join the certificate of an absence, while it waits or after it was accepted."""
    with db.transaction() as session:
        view = request_reading.one(actor, session, request_id)
        if view.certificate is CertificateState.NOT_NEEDED:
            raise Refused("Cette demande n’attend pas de certificat.")
        if view.status not in {RequestStatus.PENDING, RequestStatus.ACCEPTED}:
            raise Refused("Cette demande n’attend plus de certificat.")
        join_certificate(actor, session, view.family_id, document_id, request_id)
        add_event(actor, session, request_id, view.status, clock.now(), note="Certificat reçu.")
        journal.record(actor, session, "certificate.attached", request_id, family_id=view.family_id)
        announce(session, view.family_id, view.child_id)
        return request_reading.one(actor, session, request_id)


def withdraw(actor: Actor, request_id: int) -> RequestView:
    """Take back a pending request; once it is answered, nobody can."""
    with db.transaction() as session:
        # Whoever may not see it is told that it does not exist, before its state says anything.
        request_reading.one(actor, session, request_id)
        close(actor, session, request_id, RequestStatus.WITHDRAWN, clock.now())
        view = request_reading.one(actor, session, request_id)
        journal.record(actor, session, "request.withdrawn", request_id, family_id=view.family_id)
        request_mail.send_withdrawal(session, view)
        announce(session, view.family_id, view.child_id)
        return view


def one(actor: Actor, request_id: int) -> RequestView:
    """Return one request with its papers and its history."""
    with db.reading() as session:
        return request_reading.with_events(actor, session, request_reading.one(actor, session, request_id))
