"""The calendar of a child: what each cell says, and until when it can change."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from portail_app import db
from portail_app.errors import NotAllowed, Refused
from portail_app.models.catalogue import ClosedDay, SchoolVacation
from portail_app.rules.cells import CellMark
from portail_app.rules.deadlines import PARIS
from portail_app.rules.statuses import AbsenceReason, BookingStatus
from portail_app.services import bookings, requests
from tests import factories as make
from tests.factories import FRIDAY, THURSDAY, Household

Frozen = Callable[..., AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("monday_at_ten")


def row_of(home: Household, month: int = 11) -> bookings.ServiceRow:
    return bookings.calendar_month(home.responsable, home.child_id, 2026, month).rows[0]


def mark_on(home: Household, on: date) -> CellMark:
    return CellMark(row_of(home, on.month).marks[on.day - 1])


def test_a_month_has_one_column_per_day_and_one_row_per_service_in_the_order_of_the_town_hall(
    home: Household, canteen: int
) -> None:
    care = make.morning_care()
    make.enrol(home.child_id, care)
    month = bookings.calendar_month(home.responsable, home.child_id, 2026, 11)
    assert [day.on for day in month.days] == [date(2026, 11, n) for n in range(1, 31)]
    assert [row.service_id for row in month.rows] == [canteen, care]
    assert month.child_name == "Emma Perrin"
    assert {len(row.marks) for row in month.rows} == {30}


def test_a_service_without_enrolment_has_no_row(home: Household) -> None:
    make.morning_care()
    assert len(bookings.calendar_month(home.responsable, home.child_id, 2026, 11).rows) == 1


def test_outside_the_dates_of_the_enrolment_a_day_says_so(home: Household) -> None:
    care = make.morning_care()
    make.enrol(home.child_id, care, date(2026, 11, 10), date(2026, 11, 26))
    closed = bookings.calendar_month(home.responsable, home.child_id, 2026, 11).rows[1].closed
    assert closed[9 - 1] == "Pas d’inscription à cette date"
    assert closed[10 - 1] == closed[26 - 1] == ""
    assert closed[27 - 1] == "Pas d’inscription à cette date"


def test_week_ends_holidays_vacations_and_closures_are_named(home: Household, canteen: int) -> None:
    make.add(ClosedDay(on=date(2026, 12, 25), name="Noël", is_public_holiday=True))
    make.add(ClosedDay(on=date(2026, 12, 11), name="Grève", service_id=canteen))
    make.add(ClosedDay(on=date(2026, 12, 14), name="Chauffage en panne"))
    make.add(SchoolVacation(zone="A", name="Vacances de Noël", starts_on=date(2026, 12, 19), ends_on=date(2027, 1, 3)))
    month = bookings.calendar_month(home.responsable, home.child_id, 2026, 12)
    closed = month.rows[0].closed
    assert closed[4 - 1] == ""
    assert closed[5 - 1] == "Week-end"
    assert closed[9 - 1] == "Pas de service le mercredi"
    assert closed[11 - 1] == "Grève"
    assert closed[14 - 1] == "Chauffage en panne"
    assert closed[18 - 1] == ""
    assert closed[21 - 1] == "Vacances de Noël"
    assert closed[25 - 1] == "Noël"
    columns = [day.closed for day in month.days]
    # The strike closes one service: the day itself is not closed.
    assert columns[11 - 1] == ""
    assert columns[14 - 1] == "Chauffage en panne"
    assert columns[25 - 1] == "Noël"


def test_the_vacations_are_those_of_the_zone_of_the_child_s_school(home: Household, canteen: int) -> None:
    make.add(SchoolVacation(zone="A", name="Vacances", starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 26)))
    other = make.family("Okafor", adults=("Ngozi", "Emeka"), child="Ada", classroom_id=make.classroom(zone="B"))
    make.enrol(other.child_id, canteen)
    assert row_of(home).closed[26 - 1] == "Vacances"
    assert row_of(other).closed[26 - 1] == ""


def test_a_closed_day_added_by_the_town_hall_is_seen_at_once(home: Household) -> None:
    assert row_of(home).closed[26 - 1] == ""
    make.add(ClosedDay(on=THURSDAY, name="Neige"))
    assert row_of(home).closed[26 - 1] == "Neige"


def test_each_day_says_until_when_it_can_be_booked_and_cancelled(home: Household) -> None:
    row = row_of(home)
    assert row.booking_until[26 - 1] == datetime(2026, 11, 24, 10, tzinfo=PARIS)
    assert row.absence_until[26 - 1] == datetime(2026, 11, 26, 9, tzinfo=PARIS)
    assert row.booking_until[28 - 1] is None
    assert row.absence_until[28 - 1] is None


def test_a_deadline_in_working_days_skips_the_week_end_and_the_public_holiday(home: Household) -> None:
    assert row_of(home).booking_until[30 - 1] == datetime(2026, 11, 26, 10, tzinfo=PARIS)
    make.add(ClosedDay(on=FRIDAY, name="Férié", is_public_holiday=True))
    assert row_of(home).booking_until[30 - 1] == datetime(2026, 11, 25, 10, tzinfo=PARIS)


def test_a_closure_of_one_service_does_not_move_the_deadline_of_others(home: Household, canteen: int) -> None:
    make.add(ClosedDay(on=FRIDAY, name="Grève", service_id=canteen))
    assert row_of(home).booking_until[30 - 1] == datetime(2026, 11, 26, 10, tzinfo=PARIS)


def test_the_hour_of_a_deadline_is_that_of_the_commune_on_both_sides_of_the_change_of_clocks(home: Household) -> None:
    # Clocks go back on Sunday 25 October 2026.
    row = row_of(home, 10)
    assert row.booking_until[22 - 1] == datetime(2026, 10, 20, 8, tzinfo=UTC)
    assert row.booking_until[29 - 1] == datetime(2026, 10, 27, 9, tzinfo=UTC)


def test_a_day_is_refused_one_second_after_its_deadline_and_says_why(home: Household, at: Frozen) -> None:
    limit = datetime(2026, 11, 24, 9, tzinfo=UTC)
    with at(limit):
        assert row_of(home).booking_refusals[26 - 1] == ""
    with at(limit + timedelta(seconds=1)):
        late = "Réservation impossible : il fallait réserver avant le mardi 24 novembre à 10 h 00."
        assert row_of(home).booking_refusals[26 - 1] == late


def test_the_calendar_offers_what_the_act_accepts(home: Household, canteen: int) -> None:
    make.book(home, canteen, date(2026, 11, 24))
    offered = row_of(home).booking_refusals
    for number, refusal in enumerate(offered, start=1):
        if refusal:
            with pytest.raises(Refused) as refused:
                requests.ask_booking(home.responsable, home.child_id, canteen, date(2026, 11, number))
            assert refused.value.message == refusal
        else:
            requests.ask_booking(home.responsable, home.child_id, canteen, date(2026, 11, number))
    assert [n for n, refusal in enumerate(offered, start=1) if not refusal] == [26, 27, 30]


@pytest.mark.parametrize("year_month", [(2026, 0), (2026, 13), (1999, 12), (2101, 1), (0, 1)])
def test_a_month_that_does_not_exist_is_refused(home: Household, year_month: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="Ce mois n’existe pas"):
        bookings.calendar_month(home.responsable, home.child_id, *year_month)


def test_marks_booked_absent_present(home: Household, canteen: int) -> None:
    first, second, third, fourth = (date(2026, 11, n) for n in (16, 17, 19, 20))
    make.book(home, canteen, first)
    make.absent(make.book(home, canteen, second))
    make.book(home, canteen, third)
    make.attend(home.child_id, canteen, third)
    make.attend(home.child_id, canteen, fourth)
    make.attend(home.child_id, canteen, first, present=False)
    marks = [mark_on(home, on) for on in (first, second, third, fourth)]
    assert marks == [CellMark.RESERVED, CellMark.ABSENT, CellMark.PRESENT_RESERVED, CellMark.PRESENT]


def test_a_cancelled_booking_leaves_no_mark(home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY, BookingStatus.CANCELLED)
    assert mark_on(home, THURSDAY) is CellMark.NOTHING


def test_the_mark_follows_the_request_until_its_answer(home: Household, canteen: int) -> None:
    agent = make.agent()
    asked = requests.ask_booking(home.responsable, home.child_id, canteen, THURSDAY)
    assert mark_on(home, THURSDAY) is CellMark.BOOKING_REQUESTED
    requests.refuse(agent, asked.id, "Complet.")
    assert mark_on(home, THURSDAY) is CellMark.BOOKING_REFUSED
    asked = requests.ask_booking(home.responsable, home.child_id, canteen, THURSDAY)
    assert mark_on(home, THURSDAY) is CellMark.BOOKING_REQUESTED
    requests.accept(agent, asked.id)
    assert mark_on(home, THURSDAY) is CellMark.RESERVED
    away = requests.declare_absence(home.responsable, home.child_id, canteen, THURSDAY, AbsenceReason.FAMILY)
    assert mark_on(home, THURSDAY) is CellMark.ABSENCE_REQUESTED
    requests.accept(agent, away.id)
    assert mark_on(home, THURSDAY) is CellMark.ABSENT


def test_a_withdrawn_request_leaves_no_mark(home: Household, canteen: int) -> None:
    asked = requests.ask_booking(home.responsable, home.child_id, canteen, THURSDAY)
    requests.withdraw(home.responsable, asked.id)
    assert mark_on(home, THURSDAY) is CellMark.NOTHING


def test_the_marks_after_an_act_are_those_of_the_month(home: Household, canteen: int) -> None:
    make.enrol(home.child_id, make.morning_care())
    make.book(home, canteen, FRIDAY)
    requests.ask_booking(home.responsable, home.child_id, canteen, THURSDAY)
    marks = bookings.marks(home.responsable, home.child_id, canteen, 2026, 11)
    assert marks == row_of(home).marks
    assert marks.strip() == CellMark.BOOKING_REQUESTED + CellMark.RESERVED


def test_a_month_is_read_in_seven_statements_whatever_the_services(home: Household) -> None:
    for _ in range(6):
        make.enrol(home.child_id, make.morning_care())
    statements: list[str] = []
    event.listen(db.engine(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    month = bookings.calendar_month(home.responsable, home.child_id, 2026, 11)
    assert len(month.rows) == 7
    assert len([text for text in statements if text.startswith("SELECT")]) == 7


def test_both_households_of_a_child_see_the_same_days(canteen: int) -> None:
    mother = make.family("Benali", adults=("Amina", "Luc"), child="Inès")
    father_home = make.family("Rossi", adults=("Marco", "Paola"))
    make.add(make.FamilyChild(family_id=father_home.id, child_id=mother.child_id))
    make.enrol(mother.child_id, canteen)
    make.book(mother, canteen, THURSDAY)
    seen = bookings.calendar_month(father_home.responsable, mother.child_id, 2026, 11)
    assert seen.rows[0].marks[26 - 1] == CellMark.RESERVED


@pytest.mark.parametrize("child_id", [0, -1, 2**31, 2**80, 987654])
def test_a_child_that_does_not_exist_looks_absent(home: Household, child_id: int) -> None:
    with pytest.raises(NotAllowed):
        bookings.calendar_month(home.responsable, child_id, 2026, 11)


def test_a_foreign_child_looks_absent(home: Household, canteen: int) -> None:
    stranger = make.nguyen()
    with pytest.raises(NotAllowed):
        bookings.calendar_month(stranger.responsable, home.child_id, 2026, 11)
    with pytest.raises(NotAllowed):
        bookings.marks(stranger.responsable, home.child_id, canteen, 2026, 11)
