"""Dates, hours, amounts and the word for every state, as parents and agents read them.

Components cannot format values in the browser: pages call these functions and hand over ready texts. Spaces inside
a quantity never break at the end of a line.
"""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from portail_app.access import Role
from portail_app.clock import PARIS
from portail_app.rules.cells import CellMark
from portail_app.rules.kinds import AllowanceScheme, AttemptStatus, GuardianRole, ServiceNature
from portail_app.rules.spoken_amounts import NO_BREAK, euros, quantity
from portail_app.rules.spoken_dates import MONTHS, WEEKDAYS
from portail_app.rules.statuses import (
    AbsenceReason,
    BookingStatus,
    InvoiceStatus,
    PaymentMethod,
    RequestKind,
    RequestStatus,
)

__all__ = [
    "LABELS",
    "NO_BREAK",
    "count",
    "euros",
    "file_size",
    "hour",
    "instant",
    "label",
    "long_day",
    "month",
    "plain_day",
    "quantity",
    "short_day",
    "short_instant",
]


def long_day(day: date) -> str:
    """Return « mercredi 25 novembre 2026 », « mardi 1er décembre 2026 »."""
    return f"{WEEKDAYS[day.weekday()]} {plain_day(day)}"


def plain_day(day: date) -> str:
    """Return « 25 novembre 2026 »."""
    return f"{_number(day)}{NO_BREAK}{MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def short_day(day: date) -> str:
    """Return « mer. 25 nov. », for a list that already shows the year or the month."""
    return f"{WEEKDAYS[day.weekday()][:3]}. {_number(day)}{NO_BREAK}{_SHORT_MONTHS[day.month - 1]}"


def month(day: date) -> str:
    """Return « novembre 2026 »."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def hour(at: time) -> str:
    """Return « 10 h 00 »."""
    return f"{at.hour}{NO_BREAK}h{NO_BREAK}{at.minute:02d}"


def instant(at: datetime) -> str:
    """Return « mercredi 25 novembre 2026 à 10 h 00 », by the clocks of France."""
    there = _in_france(at)
    return f"{long_day(there.date())} à {hour(there.time())}"


def short_instant(at: datetime) -> str:
    """Return « mer. 25 nov. à 10 h 00 », by the clocks of France."""
    there = _in_france(at)
    return f"{short_day(there.date())} à {hour(there.time())}"


def count(number: int, one: str, several: str = "") -> str:
    """Return « 1 demande », « 3 demandes », « 0 demande »: French counts from two."""
    return f"{number}{NO_BREAK}{one if abs(number) < _SEVERAL else several or one + 's'}"


def file_size(size_bytes: int) -> str:
    """Return « 820 Ko », « 1,4 Mo »."""
    if size_bytes < _MEGA:
        return f"{max(1, round(size_bytes / _KILO))}{NO_BREAK}Ko"
    return f"{quantity(round(Decimal(size_bytes) / _MEGA, 1))}{NO_BREAK}Mo"


def label(member: StrEnum) -> str:
    """Return the French word for a state, a kind or a role, with its capital."""
    return LABELS[type(member)][member]


LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Role: {
        Role.PARENT: "Parent",
        Role.AGENT: "Agent d’accueil",
        Role.ANIMATOR: "Animateur",
        Role.REGISSEUR: "Régisseur",
        Role.ADMINISTRATOR: "Administrateur",
    },
    BookingStatus: {BookingStatus.BOOKED: "Réservé", BookingStatus.CANCELLED: "Annulé"},
    RequestStatus: {
        RequestStatus.PENDING: "En attente",
        RequestStatus.ACCEPTED: "Acceptée",
        RequestStatus.REFUSED: "Refusée",
        RequestStatus.WITHDRAWN: "Retirée",
    },
    # The words of the notice, as the filter of « Liste des demandes » shows them.
    RequestKind: {
        RequestKind.BOOKING: "Réservations",
        RequestKind.ABSENCE: "Absences",
        RequestKind.GUARDIAN: "Responsable",
        RequestKind.PARTNER: "Conjoint",
        RequestKind.ADDRESS: "Adresse",
        RequestKind.PHONE: "Téléphone",
        RequestKind.EMAIL: "Courriel",
        RequestKind.PROFESSION: "Profession",
        RequestKind.CONTACT_CONSENT: "Autorisations SMS et courriel",
        RequestKind.ALLOWANCE: "Fiscales",
        RequestKind.DIRECT_DEBIT: "Prélèvement",
        RequestKind.NEW_CHILD: "Nouvel enfant",
        RequestKind.CHILD_INFORMATION: "Informations",
        RequestKind.AUTHORISATIONS: "Autorisations",
        RequestKind.HEALTH: "Données sanitaires",
        RequestKind.PICKUP_CONTACTS: "Personnes autorisées",
        RequestKind.GLASSES: "Lunettes",
    },
    AbsenceReason: {
        AbsenceReason.MEDICAL: "Raison médicale",
        AbsenceReason.FAMILY: "Raison familiale",
        AbsenceReason.SCHOOL_TRIP: "Sortie scolaire",
        AbsenceReason.TEACHER_ABSENT: "Enseignant absent",
        AbsenceReason.OTHER: "Autre raison",
    },
    InvoiceStatus: {
        InvoiceStatus.PAID: "Payée",
        InvoiceStatus.PARTLY_PAID: "Payée en partie",
        InvoiceStatus.UNPAID: "À payer",
        InvoiceStatus.OVERDUE: "En retard",
    },
    PaymentMethod: {
        PaymentMethod.CARD: "Carte bancaire",
        PaymentMethod.DIRECT_DEBIT: "Prélèvement",
        PaymentMethod.TRANSFER: "Virement",
        PaymentMethod.CHEQUE: "Chèque",
        PaymentMethod.CASH: "Espèces",
        PaymentMethod.CESU: "CESU",
    },
    GuardianRole: {GuardianRole.RESPONSABLE: "Responsable", GuardianRole.CONJOINT: "Conjoint"},
    AllowanceScheme: {AllowanceScheme.CAF: "CAF", AllowanceScheme.MSA: "MSA", AllowanceScheme.OTHER: "Autre régime"},
    ServiceNature: {
        ServiceNature.CHILDCARE: "Garde d’enfant",
        ServiceNature.MEAL: "Repas",
        ServiceNature.ACTIVITY: "Activité",
        ServiceNature.OTHER: "Autre",
    },
    AttemptStatus: {
        AttemptStatus.CREATED: "Commencé",
        AttemptStatus.PENDING: "En cours",
        AttemptStatus.PAID: "Payé",
        AttemptStatus.REFUSED: "Refusé",
        AttemptStatus.CANCELLED: "Abandonné",
        AttemptStatus.EXPIRED: "Expiré",
        AttemptStatus.ANOMALY: "Anomalie",
    },
    CellMark: {
        CellMark.NOTHING: "Non réservé",
        CellMark.RESERVED: "Réservé",
        CellMark.PRESENT: "Présent",
        CellMark.PRESENT_RESERVED: "Présent sur un jour réservé",
        CellMark.BOOKING_REQUESTED: "Réservation demandée",
        CellMark.BOOKING_REFUSED: "Réservation refusée",
        CellMark.ABSENCE_REQUESTED: "Absence demandée",
        CellMark.ABSENT: "Absence",
    },
}

_SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.")
_SEVERAL = 2
_KILO = 1024
_MEGA = 1024 * 1024


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _in_france(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant is shown from an aware datetime")
    return at.astimezone(PARIS)
