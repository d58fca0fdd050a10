"""The states of what people ask for and pay, and the moves allowed between them.

Only what cannot be computed is stored; the state of an invoice is computed from its amounts and its dates. The
French label of each member is in ``ui/french``.
"""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from portail_app.errors import Refused


class BookingStatus(StrEnum):
    """Say whether a child is expected on a day."""

    BOOKED = "booked"
    CANCELLED = "cancelled"


class RequestStatus(StrEnum):
    """Say how far the answer of the town hall to a request has come."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RequestKind(StrEnum):
    """Name what a request is about; the values are the words of the notice, without accents."""

    BOOKING = "reservation"
    ABSENCE = "absence"
    GUARDIAN = "responsable"
    PARTNER = "conjoint"
    ADDRESS = "adresse"
    PHONE = "telephone"
    EMAIL = "courriel"
    PROFESSION = "profession"
    CONTACT_CONSENT = "autorisations_contact"
    ALLOWANCE = "fiscales"
    DIRECT_DEBIT = "prelevement"
    NEW_CHILD = "enfant"
    CHILD_INFORMATION = "informations"
    AUTHORISATIONS = "autorisations"
    HEALTH = "donnees_sanitaires"
    PICKUP_CONTACTS = "personnes_autorisees"
    GLASSES = "lunettes"


class AbsenceReason(StrEnum):
    """Say why a child will not come."""

    MEDICAL = "medical"
    FAMILY = "family"
    SCHOOL_TRIP = "school_trip"
    TEACHER_ABSENT = "teacher_absent"
    OTHER = "other"


class InvoiceStatus(StrEnum):
    """Say what remains to be done about an invoice."""

    PAID = "paid"
    PARTLY_PAID = "partly_paid"
    UNPAID = "unpaid"
    OVERDUE = "overdue"


class PaymentMethod(StrEnum):
    """Say how money came in."""

    CARD = "card"
    DIRECT_DEBIT = "direct_debit"
    TRANSFER = "transfer"
    CHEQUE = "cheque"
    CASH = "cash"
    CESU = "cesu"


# « Mes enfants » lists these in « Liste des demandes »; « Mon compte » lists all the others. A child to be
# enrolled is asked for from « Mes enfants » too.
CHILD_KINDS = frozenset(
    {
        RequestKind.BOOKING,
        RequestKind.ABSENCE,
        RequestKind.NEW_CHILD,
        RequestKind.CHILD_INFORMATION,
        RequestKind.AUTHORISATIONS,
        RequestKind.HEALTH,
        RequestKind.PICKUP_CONTACTS,
        RequestKind.GLASSES,
    }
)
FAMILY_KINDS = frozenset(RequestKind) - CHILD_KINDS

Status = TypeVar("Status", BookingStatus, RequestStatus)


def move(current: Status, wanted: Status) -> Status:
    """Return ``wanted`` when the move is allowed, refuse it in French otherwise.

    Moving to the state one is already in is refused as well: a double click or a second agent then learns that
    the act is done, and nothing is recorded or sent twice.
    """
    if isinstance(current, BookingStatus) and isinstance(wanted, BookingStatus):
        if wanted not in BOOKING_MOVES[current]:
            raise Refused(_BOOKING_REFUSALS[current])
    elif isinstance(current, RequestStatus) and isinstance(wanted, RequestStatus):
        if wanted not in REQUEST_MOVES[current]:
            raise Refused(_REQUEST_REFUSALS[current])
    else:
        raise TypeError(f"no move from {current!r} to {wanted!r}: these are not two states of one thing")
    return wanted


def needs_certificate(reason: AbsenceReason) -> bool:
    """Say whether an absence must be justified by a certificate, at once or later."""
    return reason is AbsenceReason.MEDICAL


def invoice_status(total_cents: int, paid_cents: int, due_on: date, today: date) -> InvoiceStatus:
    """Compute the state of an invoice; the due date itself is still in time.

    An invoice with nothing left to pay is paid, whatever its date: a total of zero, a payment above the total. A
    part paid does not hide that the rest is late.
    """
    if paid_cents >= total_cents:
        return InvoiceStatus.PAID
    if today > due_on:
        return InvoiceStatus.OVERDUE
    return InvoiceStatus.PARTLY_PAID if paid_cents > 0 else InvoiceStatus.UNPAID


# A cancelled booking may be booked again: one row per child, service and day, held by the database.
BOOKING_MOVES = {
    BookingStatus.BOOKED: frozenset({BookingStatus.CANCELLED}),
    BookingStatus.CANCELLED: frozenset({BookingStatus.BOOKED}),
}
REQUEST_MOVES: dict[RequestStatus, frozenset[RequestStatus]] = {
    RequestStatus.PENDING: frozenset({RequestStatus.ACCEPTED, RequestStatus.REFUSED, RequestStatus.WITHDRAWN}),
    RequestStatus.ACCEPTED: frozenset(),
    RequestStatus.REFUSED: frozenset(),
    RequestStatus.WITHDRAWN: frozenset(),
}
# By the state one is in: it alone explains the refusal.
_BOOKING_REFUSALS = {
    BookingStatus.BOOKED: "Ce jour est déjà réservé.",
    BookingStatus.CANCELLED: "Cette réservation est déjà annulée.",
}
_REQUEST_REFUSALS = {
    RequestStatus.PENDING: "Cette demande est déjà en attente.",
    RequestStatus.ACCEPTED: "Cette demande a déjà été traitée.",
    RequestStatus.REFUSED: "Cette demande a déjà été traitée.",
    RequestStatus.WITHDRAWN: "Cette demande a été retirée.",
}
