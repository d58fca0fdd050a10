"""Families that one test makes for itself: their calendar holds what the test says, whatever the day it runs on."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from playwright.sync_api import Locator, Page

from portail_app import clock, db
from portail_app.access import Actor
from portail_app.models.catalogue import Service
from portail_app.rules import school_days
from portail_app.rules.statuses import AbsenceReason, RequestKind
from portail_app.services import bookings, requests
from tests import factories as make

_serial = count(1)
FAR_AWAY = (date(2025, 9, 1), date(2030, 7, 31))


@dataclass(frozen=True)
class Home:
    """A family with one child, Lina, enrolled in two services of its own; ``days`` are open days of next month."""

    family: make.Household
    child: str
    canteen: int
    evening: int
    days: tuple[date, ...]

    @property
    def account(self) -> int:
        """Return the account of the mother."""
        return self.family.responsable.account_id

    @property
    def actor(self) -> Actor:
        """Return the mother, signed in."""
        return self.family.responsable

    @property
    def full_name(self) -> str:
        """Return the child's name as receipts write it."""
        return f"{self.child} {self.actor.display_name.removeprefix('Claire ')}"

    @property
    def address(self) -> str:
        """Return the address of the child's calendar, next month."""
        return f"/mes-enfants?enfant={self.family.child_id}&mois={self.days[0]:%Y-%m}"

    def cell(self, day: date) -> str:
        """Name a cell of the canteen as the page does."""
        return f"{self.canteen}:{day.isoformat()}"

    def book(self, *days: date) -> None:
        """Reserve days of the canteen."""
        for day in days:
            make.book(self.family, self.canteen, day)

    def ask(self, day: date) -> str:
        """Ask for a day of the canteen, as the mother; return the number of the request."""
        return requests.ask_booking(self.actor, self.family.child_id, self.canteen, day).number

    def declare(self, day: date, reason: AbsenceReason = AbsenceReason.FAMILY) -> str:
        """Declare an absence of the canteen, as the mother; return the number of the request."""
        return requests.declare_absence(self.actor, self.family.child_id, self.canteen, day, reason).number

    def answer(self, number: str, agent: Actor) -> None:
        """Accept a request; the running portal hears of it when a page asks."""
        requests.accept(agent, next(view.id for view in self.asked() if view.number == number))

    def asked(self) -> list[requests.RequestView]:
        """Return what the family has asked for days, as the town hall sees it."""
        return [view for view in requests.recent(self.actor) if view.kind in {RequestKind.BOOKING, RequestKind.ABSENCE}]


def fontaine(child: str = "Lina") -> Home:
    """Make the Fontaine family; the day before at 18 h to book, the day itself at 9 h for an absence."""
    name = f"Fontaine-{next(_serial)}"
    family = make.family(name, adults=("Claire", "Julien"), child=child)
    opening = {"weekdays": "1111100", "open_in_vacations": True, "booking_deadline": "J-1 18:00"}
    canteen, evening = make.canteen(**opening), make.canteen(name="Garderie soir", position=1, **opening)
    for service in (canteen, evening):
        make.enrol(family.child_id, service, *FAR_AWAY)
    return Home(family, child, canteen, evening, _open_days(family, canteen))


def sibling(home: Home, first_name: str) -> int:
    """Add a child to the family, enrolled in the canteen."""
    child_id = make.a_child(first_name, "Fontaine", home.family.id)
    make.enrol(child_id, home.canteen, *FAR_AWAY)
    return child_id


def close_since_yesterday(service_id: int) -> None:
    """Move both limits of a service to sixty days before the day: what was still open no longer is."""
    with db.transaction() as session:
        service = session.get_one(Service, service_id)
        service.booking_deadline = service.absence_deadline = "J-60 00:00"


def open_calendar(page: Page, home: Home) -> None:
    """Show next month's calendar of the child."""
    page.goto(home.address)
    # Waits at each frame, where an expectation looks again after longer and longer naps.
    page.locator("[data-cell]:visible").first.wait_for()


def cell(page: Page, home: Home, day: date) -> Locator:
    """Find the button of the canteen on a day, in the layout that is shown."""
    return page.locator(f'[data-cell="{home.cell(day)}"]:visible')


def menu(page: Page) -> Locator:
    """Find the menu of a day."""
    return page.get_by_role("menu")


def choice(page: Page, name: str) -> Locator:
    """Find one act of the menu."""
    return menu(page).get_by_role("menuitem", name=name)


def notice(page: Page, text: str) -> Locator:
    """Find the sentence that the portal has just said."""
    return page.locator(".toast-region").get_by_text(text)


def _open_days(family: make.Household, service_id: int) -> tuple[date, ...]:
    today = clock.today()
    year, month = school_days.next_month(today.year, today.month)
    view = bookings.calendar_month(family.responsable, family.child_id, year, month)
    row = next(row for row in view.rows if row.service_id == service_id)
    first_sure = today + timedelta(days=3)
    return tuple(day.on for day, why in zip(view.days, row.closed, strict=True) if not why and day.on >= first_sure)
