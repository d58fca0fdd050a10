"""What the families booked and what happened, before it is written: every other part reads it here."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from portail_app.demo.homes import Home, Kid
from portail_app.demo.services import Offer
from portail_app.rules.statuses import AbsenceReason

Key = tuple[int, str, date]  # child, service code, day


@dataclass(slots=True)
class Entry:
    """One booked day of one child."""

    kid: Kid
    code: str
    on: date
    home: Home
    cancelled: bool = False
    absence: AbsenceReason | None = None
    excused: bool = True
    present: bool = True
    booking_request_id: int | None = None
    absence_request_id: int | None = None
    # When a request about this day was accepted.
    answered_at: datetime | None = None

    @property
    def is_expected(self) -> bool:
        """Say whether the child takes a place on that day."""
        return not self.cancelled and self.absence is None

    @property
    def is_billed(self) -> bool:
        """Say whether the day is paid for: a booked day is, unless an excuse was accepted."""
        return not self.cancelled and (self.absence is None or not self.excused)


@dataclass(slots=True)
class Ledger:
    """All bookings by child, service and day; ``walk_ins`` came without one."""

    offer: Offer
    plans: dict[int, dict[str, "Plan"]]
    entries: dict[Key, Entry] = field(default_factory=dict)
    walk_ins: list[Entry] = field(default_factory=list)
    taken: Counter[tuple[str, date]] = field(default_factory=Counter)

    def add(self, entry: Entry) -> None:
        """Book a day."""
        self.entries[entry.kid.child_id, entry.code, entry.on] = entry
        self.taken[entry.code, entry.on] += entry.is_expected

    def find(self, kid: Kid, code: str, on: date) -> Entry | None:
        """Return what is booked on a day, if anything."""
        return self.entries.get((kid.child_id, code, on))

    def has_room(self, code: str, on: date) -> bool:
        """Say whether one more child can be taken."""
        capacity = self.offer.services[code].capacity
        return capacity is None or self.taken[code, on] < capacity


@dataclass(frozen=True, slots=True)
class Plan:
    """The days of the week on which a child comes (0 is Monday); on odd weeks only, when ``odd_only``."""

    weekdays: frozenset[int]
    odd_only: bool = False

    def holds(self, day: date) -> bool:
        """Say whether the child comes on a day."""
        return day.weekday() in self.weekdays and (not self.odd_only or is_odd_week(day))


def is_odd_week(day: date) -> bool:
    """Say whether a day is in an odd week of the year, as separated parents count them."""
    return day.isocalendar().week % 2 == 1


def home_on(kid: Kid, day: date) -> Home:
    """Return the family in which a child lives on a day, and which pays for it."""
    return kid.homes[1] if len(kid.homes) > 1 and is_odd_week(day) else kid.homes[0]
