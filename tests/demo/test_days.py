"""Whatever the day on which the demo is created, its days make sense."""

from collections import Counter, defaultdict
from datetime import date

from portail_app import clock
from portail_app.models.bookings import Absence, Attendance, Booking
from portail_app.models.catalogue import Classroom, Enrolment, Service
from portail_app.models.exchanges import CanteenMenu, Message
from portail_app.models.people import Child
from portail_app.rules.school_days import school_year_of
from portail_app.rules.statuses import BookingStatus
from tests.demo.tables import all_of, by_id, opening, view_of


def test_no_day_is_booked_while_the_service_is_closed(today: date) -> None:
    services, bookings = by_id(Service), all_of(Booking)
    calendar = opening(min(row.on for row in bookings), max(row.on for row in bookings))
    views = {number: view_of(service) for number, service in services.items()}
    closed = [row for row in bookings if not calendar.status(views[row.service_id], row.on).is_open]
    assert bookings
    assert closed == []


def test_every_booked_day_is_within_an_enrolment(today: date) -> None:
    enrolled: defaultdict[tuple[int, int], list[Enrolment]] = defaultdict(list)
    for row in all_of(Enrolment):
        enrolled[row.child_id, row.service_id].append(row)
    outside = [
        row
        for row in all_of(Booking)
        if not any(one.starts_on <= row.on <= one.ends_on for one in enrolled[row.child_id, row.service_id])
    ]
    assert outside == []


def test_no_service_takes_more_children_than_it_can(today: date) -> None:
    absent = {row.booking_id for row in all_of(Absence)}
    taken = Counter(
        (row.service_id, row.on)
        for row in all_of(Booking)
        if row.status is BookingStatus.BOOKED and row.id not in absent
    )
    services = by_id(Service)
    assert [key for key, count in taken.items() if count > (services[key[0]].capacity or 0)] == []


def test_the_roll_was_called_on_past_days_only(today: date) -> None:
    rolls = all_of(Attendance)
    assert max(row.on for row in rolls) < today
    assert 0.9 < sum(row.present for row in rolls) / len(rolls) < 1
    booked = {(row.child_id, row.service_id, row.on) for row in all_of(Booking)}
    assert any((row.child_id, row.service_id, row.on) not in booked for row in rolls)
    assert max(row.on for row in all_of(Booking)) >= today


def test_children_have_the_age_of_their_class(today: date) -> None:
    rooms, year = by_id(Classroom), int(school_year_of(today)[:4])
    ages: defaultdict[str, set[int]] = defaultdict(set)
    for child in all_of(Child):
        ages[rooms[child.classroom_id or 0].name].add(year - child.born_on.year)
    assert ages == {
        "Petite et moyenne sections": {3, 4},
        "Grande section": {5},
        "CP – CE1": {6, 7},
        "CE2": {8},
        "CM1 – CM2": {9, 10},
    }


def test_messages_and_menus_are_around_today(today: date) -> None:
    assert max(row.sent_at for row in all_of(Message)) <= clock.now()
    menus = sorted(row.on for row in all_of(CanteenMenu))
    assert menus[0] < today < menus[-1]
    assert len(menus) == 24
