"""Until when a day can be booked, or an absence declared.

A rule is written in one readable line, stored as such: « J-2 10:00 ouvrés », « J-0 09:00 », « jeudi 12:00 ouvrés ».
Limits are hours of Europe/Paris. Around a change of clocks a limit may fall in an hour that exists twice or not at
all; families then always get the later of the two readings.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from unicodedata import normalize
from zoneinfo import ZoneInfo

from portail_app.errors import Refused
from portail_app.rules.spoken_dates import WEEKDAYS, spoken_day, spoken_hour

PARIS = ZoneInfo("Europe/Paris")
LONGEST_NOTICE_DAYS = 60


class DeadlineAct(StrEnum):
    """Name the two acts that have a deadline, each its own."""

    BOOKING = "booking"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """Say how far ahead an act must be done.

    Either ``days_before`` (0 is the day itself) or ``weekday`` (0 is Monday) of the week before, at the hour ``at``.
    With ``open_days_only``, only Mondays to Fridays that are neither public holidays nor closures are counted, and
    a weekday that is not such a day gives way to the last one before it.
    """

    at: time
    days_before: int | None = None
    weekday: int | None = None
    open_days_only: bool = False

    def __post_init__(self) -> None:
        """Refuse a rule that is neither, or both, of the two shapes, or out of range."""
        if (self.days_before is None) == (self.weekday is None):
            raise ValueError("a deadline counts days or names a weekday, one of the two")
        if self.days_before is not None and not 0 <= self.days_before <= LONGEST_NOTICE_DAYS:
            raise ValueError(f"a deadline is 0 to {LONGEST_NOTICE_DAYS} days before")
        if self.weekday is not None and not 0 <= self.weekday < len(WEEKDAYS):
            raise ValueError("a weekday goes from 0 to 6")
        if self.at.tzinfo is not None or self.at.second or self.at.microsecond:
            raise ValueError("the hour of a deadline is hours and minutes of Europe/Paris")

    @classmethod
    def parse(cls, text: str, *, field: str = "") -> "DeadlineRule":
        """Read a rule as agents write it; case, spaces, « 10h00 » and « ouvres » are forgiven."""
        match = _SPEC.fullmatch(" ".join(normalize("NFC", text).lower().split()))
        if match is None:
            raise Refused(_UNREADABLE, field)
        days, weekday, hour, minute, open_days = match.group("days", "weekday", "hour", "minute", "open_days")
        try:
            return cls(
                at=time(int(hour), int(minute)),
                days_before=None if days is None else int(days),
                weekday=None if weekday is None else WEEKDAYS.index(weekday),
                open_days_only=open_days is not None,
            )
        except ValueError:
            raise Refused(_UNREADABLE, field) from None

    def __str__(self) -> str:
        """Write the rule as it is stored; ``parse`` reads it back."""
        when = f"J-{self.days_before}" if self.weekday is None else WEEKDAYS[self.weekday]
        return f"{when} {self.at:%H:%M}{' ouvrés' if self.open_days_only else ''}"


def closes_at(rule: DeadlineRule, day: date, closed: Collection[date]) -> datetime:
    """Return the last instant (aware, Europe/Paris) at which the act is still accepted for ``day``.

    ``closed`` holds public holidays and closures; give a frozenset, it is searched for each cell of the calendar.
    """
    return _in_paris(_last_day(rule, day, closed), rule.at)


def is_open(closes_at: datetime, now: datetime) -> bool:
    """Say whether the act is accepted: up to and including the limit, refused one second after.

    Both instants are compared in UTC: Python compares two datetimes of the same zone by their wall clock, which is
    wrong in the hour that comes twice.
    """
    return _in_utc(now) <= _in_utc(closes_at)


def require_open(closes_at: datetime, now: datetime, *, what: DeadlineAct) -> None:
    """Refuse an act that comes too late, and say what the limit was."""
    if is_open(closes_at, now):
        return
    limit = closes_at.astimezone(PARIS)
    year = f" {limit.year}" if limit.year != now.astimezone(PARIS).year else ""
    raise Refused(f"{_TOO_LATE[what]} avant le {spoken_day(limit)}{year} à {spoken_hour(limit.time())}.")


def describe(rule: DeadlineRule) -> str:
    """Return the rule in French, to follow « Réservation possible » or stand alone.

    « jusqu’à 2 jours ouvrés avant, 10 h 00 », « jusqu’au jeudi de la semaine précédente, 12 h 00 ».
    """
    return f"{_spoken_limit(rule)}, {spoken_hour(rule.at)}"


def is_open_day(day: date, closed: Collection[date]) -> bool:
    """Say whether the town hall works: Monday to Friday, neither public holiday nor closure."""
    return day.weekday() < _SATURDAY and day not in closed


_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_SPEC = re.compile(
    rf"(?:j ?-? ?(?P<days>[0-9]{{1,2}})|(?P<weekday>{'|'.join(WEEKDAYS)}))"
    r" (?P<hour>[0-9]{1,2}) ?[:h] ?(?P<minute>[0-9]{2})(?P<open_days> ouvr[ée]s)?"
)
_UNREADABLE = (
    "Ce délai n’est pas compris : écrivez par exemple « J-2 10:00 ouvrés », « J-0 09:00 » ou « jeudi 12:00 ouvrés » "
    f"({LONGEST_NOTICE_DAYS} jours au plus)."
)
_TOO_LATE = {
    DeadlineAct.BOOKING: "Réservation impossible : il fallait réserver",
    DeadlineAct.ABSENCE: "Absence impossible à déclarer : il fallait prévenir",
}


def _last_day(rule: DeadlineRule, day: date, closed: Collection[date]) -> date:
    if rule.weekday is not None:
        last = day - timedelta(days=day.weekday() + 7 - rule.weekday)
        while rule.open_days_only and not is_open_day(last, closed):
            last -= _ONE_DAY
        return last
    days_before = rule.days_before or 0
    if not rule.open_days_only:
        return day - timedelta(days=days_before)
    for _ in range(days_before):
        day -= _ONE_DAY
        while not is_open_day(day, closed):
            day -= _ONE_DAY
    return day


def _in_paris(day: date, at: time) -> datetime:
    """Return that hour of that day in France; the later reading when the clocks change within it.

    02:30 exists twice on the last Sunday of October: the second. It does not exist on the last Sunday of March:
    what was 02:30 is 03:30.
    """
    first = datetime.combine(day, at, PARIS)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    return max(first.astimezone(UTC), second.astimezone(UTC)).astimezone(PARIS)


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a deadline is compared with an aware datetime")
    return instant.astimezone(UTC)


def _spoken_limit(rule: DeadlineRule) -> str:
    if rule.weekday is not None:
        moved = " (ou le dernier jour ouvré avant lui)" if rule.open_days_only else ""
        return f"jusqu’au {WEEKDAYS[rule.weekday]} de la semaine précédente{moved}"
    if not rule.days_before:
        return "jusqu’au jour même"
    if not rule.open_days_only:
        return "jusqu’à la veille" if rule.days_before == 1 else f"jusqu’à {rule.days_before} jours avant"
    return "jusqu’à 1 jour ouvré avant" if rule.days_before == 1 else f"jusqu’à {rule.days_before} jours ouvrés avant"
