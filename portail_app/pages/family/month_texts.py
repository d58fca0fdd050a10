"""The calendar of one child in ready texts, as small as the page needs.

What stays the same for the whole month (days, limits) travels once; what an act changes is one string of letters per
service.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import TypedDict

from portail_app.rules.cells import CellMark
from portail_app.rules.day_acts import DayFacts, absence_conflict, booking_conflict
from portail_app.rules.deadlines import is_open
from portail_app.services.bookings import MonthDay, MonthView, ServiceRow
from portail_app.ui import french

INITIALS = "LMMJVSD"


class DayTexts(TypedDict):
    """One column of the grid: ``on`` is ISO, ``note`` the name of a holiday, ``look`` a class of the stylesheet."""

    on: str
    number: str
    initial: str
    name: str
    note: str
    look: str


class RowTexts(TypedDict):
    """One row of the grid: what is known of each day before anybody acts.

    The days hold numbers of ``Sentences``. Those of ``book`` and ``absence`` start with ``+`` when the act is still
    possible and with ``-`` when it is not; ``closed`` says why the service does not open, 0 when it does.
    """

    id: str
    name: str
    rule: str
    closed: list[int]
    book: list[int]
    absence: list[int]


class Sentences:
    """Number the sentences of a month, so that each travels once and not once per service; number 0 is empty."""

    def __init__(self) -> None:
        self._numbers = {"": 0}

    def number(self, sentence: str) -> int:
        """Return the number of a sentence."""
        return self._numbers.setdefault(sentence, len(self._numbers))

    def in_order(self) -> list[str]:
        """Return the sentences, each at the place of its number."""
        return list(self._numbers)


def day_texts(day: MonthDay, today: date, eve: MonthDay | None = None) -> DayTexts:
    """Describe one column; a closure of several days is named on its first day only (``eve`` is the column before)."""
    look = "is-today" if day.on == today else "is-past" if day.on < today else ""
    return DayTexts(
        on=day.on.isoformat(),
        number=str(day.on.day),
        initial=INITIALS[day.on.weekday()],
        name=_day_name(day.on),
        note="" if eve and eve.closed == day.closed else day.closed,
        look=f"{look} {'is-closed' if day.closed else ''}".strip(),
    )


def row_texts(row: ServiceRow, now: datetime, sentences: Sentences) -> RowTexts:
    """Describe one service over the month."""
    number = sentences.number
    return RowTexts(
        id=str(row.service_id),
        name=row.name,
        rule=f"réservation {row.booking_rule} ; absence {row.absence_rule}",
        closed=[number(closed) for closed in row.closed],
        book=[number(_limit(*day, now)) for day in zip(row.closed, row.booking_until, strict=True)],
        absence=[number(_limit(*day, now)) for day in zip(row.closed, row.absence_until, strict=True)],
    )


def open_days(month: MonthView) -> list[int]:
    """Return the places of the days on which at least one service takes the child."""
    return [i for i in range(len(month.days)) if any(not row.closed[i] for row in month.rows)]


def marks_by_cell(rows: list[RowTexts], days: list[DayTexts], marks: list[str]) -> dict[tuple[str, str], str]:
    """Return the letter of each service and day, by their French names."""
    return {
        (row["name"], day["name"]): letter
        for row, letters in zip(rows, marks, strict=True)
        for day, letter in zip(days, letters, strict=True)
    }


def news(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> str:
    """Say what changed between two pictures of the same month: « cantine, jeudi 3 décembre 2026 : réservé »."""
    changed = [cell for cell, letter in after.items() if before.get(cell, letter) != letter]
    if not changed:
        return ""
    service, day = changed[0]
    others = f", et {french.count(len(changed) - 1, 'autre jour', 'autres jours')}" if len(changed) > 1 else ""
    return f"{service.lower()}, {day} : {WORDS[after[changed[0]]].lower()}{others}"


def _limit(closed: str, until: datetime | None, now: datetime) -> str:
    return _limit_words(closed, until, is_possible=until is not None and is_open(until, now))


# The same sentences stand in the open pages of every family: one copy of each makes a page a third lighter.
@lru_cache(maxsize=4096)
def _limit_words(closed: str, until: datetime | None, *, is_possible: bool) -> str:
    if until is None:
        return f"-{closed}"
    if is_possible:
        return f"+possible jusqu’au {french.short_instant(until)}"
    return f"-impossible depuis {french.short_instant(until)}, délai dépassé"


_day_name = lru_cache(maxsize=1024)(french.long_day)


def _facts(mark: CellMark) -> DayFacts:
    """Make up the least that a mark means, to ask the rules for their own sentence."""
    booked = mark in {CellMark.RESERVED, CellMark.PRESENT_RESERVED, CellMark.ABSENCE_REQUESTED, CellMark.ABSENT}
    return DayFacts(
        on=date.min,
        closed="",
        booked=booked,
        absent=mark is CellMark.ABSENT,
        booking_asked=mark is CellMark.BOOKING_REQUESTED,
        absence_asked=mark is CellMark.ABSENCE_REQUESTED,
        booking_until=None,
        absence_until=None,
    )


WORDS = {str(mark): french.label(mark) for mark in CellMark}
# Why the mark itself forbids an act, in the words of the server; "" when only the day and the hour decide.
BOOKING_CONFLICTS = {str(mark): booking_conflict(_facts(mark)) for mark in CellMark}
ABSENCE_CONFLICTS = {str(mark): absence_conflict(_facts(mark)) for mark in CellMark}
