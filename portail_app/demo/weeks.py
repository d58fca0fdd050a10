"""The week of each child, and what became of each of its days: drawn once, then kept in the ledger."""

from datetime import date
from random import Random

from portail_app.demo.codes import CANTEEN, CODES, EVENING, MORNING, WEDNESDAY
from portail_app.demo.homes import Kid, People
from portail_app.demo.households import LEVELS
from portail_app.demo.ledger import Entry, Ledger, Plan, home_on
from portail_app.demo.services import Offer
from portail_app.demo.timeline import Timeline
from portail_app.rules.statuses import AbsenceReason

_SCHOOL_WEEK = (0, 1, 3, 4)
_WEEKDAYS = {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4}
# How many days a week, drawn among these: most children eat at school, fewer stay before or after.
_DAYS_A_WEEK = {CANTEEN: (4, 4, 4, 3, 3, 2, 2, 0), MORNING: (3, 2, 0, 0, 0), EVENING: (4, 3, 2, 0, 0)}
_COMES_ON_WEDNESDAY = 0.35
_SKIPPED, _CANCELLED, _AWAY, _NO_SHOW, _WALK_IN = 0.04, 0.01, 0.03, 0.006, 0.003
_SKIPPED_IN_VACATIONS = 0.3
_REASONS = (*[AbsenceReason.MEDICAL] * 5, *[AbsenceReason.FAMILY] * 3, AbsenceReason.SCHOOL_TRIP, AbsenceReason.OTHER)
_WITHOUT_CERTIFICATE = 0.2


def plan(offer: Offer, people: People) -> Ledger:
    """Draw the week of each child, then every day of its history and of the weeks to come."""
    timeline = offer.timeline
    ledger = Ledger(offer, {kid.child_id: _weeks(kid, timeline.draws(f"week {kid.name}")) for kid in people.kids})
    draws = timeline.draws("days")
    for code in CODES:
        for day in offer.open_days(code, timeline.history_starts_on, timeline.booked_until):
            for kid in people.kids:
                _live(ledger, kid, code, day, draws)
    return ledger


def is_enrolled(timeline: Timeline, kid: Kid, day: date) -> bool:
    """Say whether a child goes to this school on a day: levels follow one another from year to year."""
    year = day.year if day.month >= timeline.year_starts_on.month else day.year - 1
    return 0 <= kid.level + year - timeline.year_starts_on.year < len(LEVELS)


def _weeks(kid: Kid, draws: Random) -> dict[str, Plan]:
    if kid.pupil.weeks:
        return dict(map(_written, kid.pupil.weeks))
    chosen = {code: frozenset(draws.sample(_SCHOOL_WEEK, draws.choice(count))) for code, count in _DAYS_A_WEEK.items()}
    if draws.random() < _COMES_ON_WEDNESDAY:
        chosen[WEDNESDAY] = frozenset({_WEEKDAYS["mer"]})
    # Everybody is enrolled at the canteen: a child may need it any day.
    return {code: Plan(days) for code, days in chosen.items() if days or code == CANTEEN}


def _written(line: str) -> tuple[str, Plan]:
    code, _, words = line.partition(": ")
    days = frozenset(_WEEKDAYS[word] for word in words.split() if word in _WEEKDAYS)
    return code, Plan(days, odd_only=words.endswith("impaires"))


def _live(ledger: Ledger, kid: Kid, code: str, day: date, draws: Random) -> None:
    """Let one day of one child come to pass."""
    week, timeline = ledger.plans[kid.child_id].get(code), ledger.offer.timeline
    if week is None or not is_enrolled(timeline, kid, day):
        return
    entry = Entry(kid, code, day, home_on(kid, day))
    is_past = day < timeline.today
    if not week.holds(day):
        if is_past and draws.random() < _WALK_IN:
            ledger.walk_ins.append(entry)
        return
    if draws.random() < _chance_of_skipping(ledger.offer, kid, day) or not ledger.has_room(code, day):
        return
    if is_past:
        _decide(entry, draws)
    ledger.add(entry)


def _chance_of_skipping(offer: Offer, kid: Kid, day: date) -> float:
    if kid.pupil.weeks:
        return 0
    return _SKIPPED_IN_VACATIONS if offer.is_vacation(day) else _SKIPPED


def _decide(entry: Entry, draws: Random) -> None:
    """Say what became of a past booking."""
    chance = draws.random()
    if chance < _CANCELLED:
        entry.cancelled = True
    elif chance < _CANCELLED + _AWAY:
        entry.absence = draws.choice(_REASONS)
        entry.excused = entry.absence is not AbsenceReason.MEDICAL or draws.random() >= _WITHOUT_CERTIFICATE
    entry.present = entry.is_expected and chance < 1 - _NO_SHOW
