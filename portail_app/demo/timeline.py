"""When the demo happens: everything is dated from one day, so that it always looks alive."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from portail_app import clock
from portail_app.clock import PARIS
from portail_app.rules.school_days import next_month, school_year_bounds, school_year_of
from portail_app.services.calendars import SCHOOL_YEARS

ONE_DAY = timedelta(days=1)
# Families come back to the town hall for the next year from June on.
_JUNE = 6
_HISTORY = timedelta(days=396)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The day of the demo and its instant."""

    today: date
    now: datetime

    @classmethod
    def at(cls, today: date | None) -> "Timeline":
        """Place the demo now, or in the morning of another day."""
        if today is None or today == clock.today():
            return cls(clock.today(), clock.now())
        return cls(today, instant(today, 9))

    @property
    def year_starts_on(self) -> date:
        """Return the first day of the running school year."""
        return school_year_bounds(school_year_of(self.today))[0]

    @property
    def history_starts_on(self) -> date:
        """Return the first day with bookings: two school years, within the calendars that are known."""
        first_known = school_year_bounds(SCHOOL_YEARS[0])[0]
        return max(first_known, school_year_bounds(school_year_of(self.today - _HISTORY))[0])

    @property
    def booked_until(self) -> date:
        """Return the last day on which families have already booked: the end of next month, or of September."""
        year, month = next_month(self.today.year, self.today.month)
        end = date(year, month, monthrange(year, month)[1])
        return max(end, self.next_year_starts_on.replace(day=30)) if self.next_year_is_open else end

    @property
    def next_year_starts_on(self) -> date:
        """Return the first day of the next school year."""
        return self.year_starts_on.replace(year=self.year_starts_on.year + 1)

    @property
    def next_year_is_open(self) -> bool:
        """Say whether children are already enrolled for the next school year."""
        return _JUNE <= self.today.month < self.year_starts_on.month

    @property
    def school_years(self) -> list[date]:
        """Return the first day of each school year with enrolments, oldest first."""
        last = self.next_year_starts_on if self.next_year_is_open else self.year_starts_on
        return [date(year, last.month, 1) for year in range(self.history_starts_on.year, last.year + 1)]

    def ago(self, days: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of a past day; of today, never later than now."""
        return min(instant(self.today - days * ONE_DAY, hour, minute), self.now)

    def draws(self, purpose: str) -> Random:
        """Return the random draws of one part of the demo: the same at each creation."""
        return Random(f"portail-famille {purpose}")  # noqa: S311 - invents people, protects nothing


def instant(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an hour of a day in France, in UTC."""
    return datetime.combine(day, time(hour, minute), PARIS).astimezone(UTC)


def end_of_school_year(starts_on: date) -> date:
    """Return 31 August."""
    return starts_on.replace(year=starts_on.year + 1) - ONE_DAY
