"""The school year, its months, and what each day is for a service."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portail_app.errors import Refused
from portail_app.rules.spoken_dates import WEEKDAYS

Vacation = tuple[date, date, str]  # first day, last day (included), name


class DayKind(StrEnum):
    """Say what a day is for a service."""

    OPEN = "open"
    WEEKEND = "weekend"
    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_HOLIDAY = "school_holiday"
    CLOSURE = "closure"
    NOT_SERVED = "not_served"


@dataclass(frozen=True, slots=True)
class DayStatus:
    """Tell what a day is, and the French name to show on it; "" on an open day."""

    kind: DayKind
    label: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether the service takes children on that day."""
        return self.kind is DayKind.OPEN


def school_year_of(day: date) -> str:
    """Return the school year of a day, « 2026-2027 »; it turns on 1 September."""
    first = day.year if day.month >= _SEPTEMBER else day.year - 1
    return f"{first}-{first + 1}"


def school_year_bounds(school_year: str) -> tuple[date, date]:
    """Return the first and the last day, both included, of « 2026-2027 »."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{4})", school_year)
    if match is None or int(match[2]) != int(match[1]) + 1 or int(match[1]) < 1:
        raise Refused("L’année scolaire s’écrit par exemple « 2026-2027 ».")
    return date(int(match[1]), _SEPTEMBER, 1), date(int(match[2]), _SEPTEMBER - 1, 31)


def month_days(year: int, month: int) -> list[date]:
    """Return the days of a month, in order."""
    return [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]


def previous_month(year: int, month: int) -> tuple[int, int]:
    """Return the year and the month before."""
    return (year - 1, 12) if month == 1 else (year, month - 1)


def next_month(year: int, month: int) -> tuple[int, int]:
    """Return the year and the month after."""
    return (year + 1, 1) if month == _DECEMBER else (year, month + 1)


def require_weekdays(weekdays: str) -> str:
    """Return the days of the week on which a service works, « 1101100 » (Monday first), or refuse them."""
    if re.fullmatch(r"[01]{7}", weekdays) is None or "1" not in weekdays:
        raise Refused("Choisissez au moins un jour de la semaine.", "weekdays")
    return weekdays


def kind_of(
    day: date,
    *,
    weekdays: str,
    holidays: Mapping[date, str],
    vacations: Sequence[Vacation],
    closures: Mapping[date, str],
    open_in_vacations: bool,
) -> DayStatus:
    """Say what a day is for a service; the first of these that applies, from the most to the least telling.

    Public holiday, closure decided by the town hall, week-end (unless the service works on it), school holiday
    (unless the service works then), weekday on which the service never works, open day.
    """
    if day in holidays:
        return DayStatus(DayKind.PUBLIC_HOLIDAY, holidays[day])
    if day in closures:
        return DayStatus(DayKind.CLOSURE, closures[day] or "Fermé")
    served = weekdays[day.weekday()] == "1"
    if day.weekday() >= _SATURDAY and not served:
        return DayStatus(DayKind.WEEKEND, "Week-end")
    if not open_in_vacations and (name := vacation_on(day, vacations)):
        return DayStatus(DayKind.SCHOOL_HOLIDAY, name)
    if not served:
        return DayStatus(DayKind.NOT_SERVED, f"Pas de service le {WEEKDAYS[day.weekday()]}")
    return DayStatus(DayKind.OPEN)


def vacation_on(day: date, vacations: Sequence[Vacation]) -> str:
    """Return the name of the school holiday that holds a day, "" when there is none."""
    for first, last, name in vacations:
        if first <= day <= last:
            return name or "Vacances scolaires"
    return ""


_SEPTEMBER = 9
_DECEMBER = 12
_SATURDAY = 5
