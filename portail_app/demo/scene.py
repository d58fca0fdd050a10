"""Where requests can be made: free days, booked days, and children that have no other request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from portail_app.demo import asks
from portail_app.demo.asks import Ask
from portail_app.demo.codes import CODES
from portail_app.demo.homes import Home, Kid, People
from portail_app.demo.ledger import Entry, Ledger, home_on
from portail_app.demo.services import Offer
from portail_app.demo.timeline import Timeline
from portail_app.demo.weeks import is_enrolled

# Pending requests keep some days ahead, so that the demo can still be shown the week after.
_AHEAD = timedelta(days=9)
_NEAR = timedelta(days=15)


@dataclass(slots=True)
class Scene:
    """What the requests are drawn from; each child is used once."""

    people: People
    ledger: Ledger
    used: set[int] = field(default_factory=set)

    @property
    def offer(self) -> Offer:
        """Return the services."""
        return self.ledger.offer

    @property
    def timeline(self) -> Timeline:
        """Return when all this happens."""
        return self.offer.timeline

    def free_day(self, kid: Kid, code: str, home: Home | None = None) -> date | None:
        """Return the first day that can still be asked for, in one home of the child when it is given."""
        if code not in self.ledger.plans[kid.child_id]:
            return None
        service, now = self.offer.services[code], self.timeline.now
        for day in self.offer.open_days(code, self.timeline.today + _AHEAD, self.timeline.booked_until):
            if (
                self.ledger.find(kid, code, day) is None
                and is_enrolled(self.timeline, kid, day)
                and self.ledger.has_room(code, day)
                and now < self.offer.opening.booking_until(service, day)
                and (home is None or home is home_on(kid, day))
            ):
                return day
        return None

    def coming(self, kid: Kid) -> list[Entry]:
        """Return the booked days on which an absence can still be declared."""
        first = self.timeline.today + _AHEAD
        return [
            entry
            for entry in self.ledger.entries.values()
            if entry.kid is kid and entry.on >= first and entry.is_expected and self._can_be_excused(entry)
        ]

    def next_free(self, *wanted: str) -> Ask:
        """Ask a free day for a child that has no other request, of the first service wanted that has one."""
        for code in (*wanted, *CODES):
            for kid in self._unused():
                day = self.free_day(kid, code)
                if day:
                    self.used.add(kid.child_id)
                    self.ledger.taken[code, day] += 1
                    return asks.booking(home_on(kid, day), kid, code, day, self.timeline.now)
        raise LookupError("nobody has a free day in the coming weeks")

    def next_lived(self) -> Entry:
        """Take a day of the last or next two weeks, of a child that has no other request."""
        first, last = self.timeline.today - _NEAR, self.timeline.today + _NEAR
        return self._take(
            lambda kid: [
                entry
                for entry in self.ledger.entries.values()
                if entry.kid is kid and first <= entry.on <= last and entry.is_expected
            ]
        )

    def next_booked(self) -> Entry:
        """Take a coming booked day of a child that has no other request."""
        return self._take(self.coming)

    def _take(self, days_of: Callable[[Kid], list[Entry]]) -> Entry:
        for kid in self._unused():
            days = days_of(kid)
            if days:
                self.used.add(kid.child_id)
                return days[kid.child_id * 5 % len(days)]
        raise LookupError("nobody comes in these weeks")

    def _can_be_excused(self, entry: Entry) -> bool:
        service = self.offer.services[entry.code]
        return self.timeline.now < self.offer.opening.absence_until(service, entry.on)

    def _unused(self) -> Iterator[Kid]:
        # Every seventh child, round and round: neighbours in the list are brothers and sisters.
        others = [kid for kid in self.people.others if kid.child_id not in self.used]
        return iter(sorted(others, key=lambda kid: (kid.child_id * 7) % 64))
