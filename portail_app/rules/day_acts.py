"""What a family can do with one day of one service, and why not.

The calendar and the acts read the same sentences here: what the menu offers is what the server accepts.
"""

from dataclasses import dataclass
from datetime import date, datetime

from portail_app.errors import Refused
from portail_app.rules.deadlines import PARIS, DeadlineAct, require_open


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of one child, one service, one day.

    ``closed`` says why the service does not take the child that day, "" when it does; both limits are None then.
    """

    on: date
    closed: str
    booked: bool
    absent: bool
    booking_asked: bool
    absence_asked: bool
    booking_until: datetime | None
    absence_until: datetime | None


def booking_refusal(facts: DayFacts, now: datetime, *, by_staff: bool = False) -> str:
    """Say why the day cannot be asked for, or "".

    The deadline binds families; the town hall may enter a day until it is over (the child without a meal).
    """
    return booking_conflict(facts) or _too_late(facts.on, facts.booking_until, now, DeadlineAct.BOOKING, by_staff)


def absence_refusal(facts: DayFacts, now: datetime, *, by_staff: bool = False) -> str:
    """Say why an absence cannot be declared, or ""."""
    return absence_conflict(facts) or _too_late(facts.on, facts.absence_until, now, DeadlineAct.ABSENCE, by_staff)


def booking_conflict(facts: DayFacts) -> str:
    """Say what makes a booking impossible whatever the hour: this is checked again when it is accepted."""
    if facts.booked and not facts.absent:
        return "Ce jour est déjà réservé."
    if facts.booking_asked:
        return "Une réservation est déjà demandée pour ce jour."
    return f"Réservation impossible ce jour-là : {_inside(facts.closed)}." if facts.closed else ""


def absence_conflict(facts: DayFacts) -> str:
    """Say what makes an absence impossible whatever the hour."""
    if not facts.booked:
        if facts.booking_asked:
            return "La réservation de ce jour n’est pas encore acceptée : retirez-la dans « Liste des demandes »."
        return "Ce jour n’est pas réservé : il n’y a pas d’absence à déclarer."
    if facts.absent:
        return "L’absence de ce jour est déjà enregistrée."
    if facts.absence_asked:
        return "Une absence est déjà déclarée pour ce jour."
    return f"Aucune absence à déclarer ce jour-là : {_inside(facts.closed)}." if facts.closed else ""


def _too_late(on: date, until: datetime | None, now: datetime, act: DeadlineAct, by_staff: bool) -> str:
    if by_staff:
        return "Ce jour est passé." if on < now.astimezone(PARIS).date() else ""
    if until is None:
        return ""
    try:
        require_open(until, now, what=act)
    except Refused as late:
        return late.message
    return ""


def _inside(label: str) -> str:
    """Put the name of a closure inside a sentence: « Fermé » loses its capital, « Toussaint » keeps it."""
    first, _, rest = label.partition(" ")
    return " ".join([first.lower(), rest]).strip() if first in _COMMON_FIRST_WORDS else label


_COMMON_FIRST_WORDS = frozenset({"Fermé", "Fermée", "Pas", "Week-end", "Vacances", "Non", "Pont", "Journée"})
