"""The school year and what each day is for a service."""

from datetime import date

import pytest

from portail_app.errors import Refused
from portail_app.rules.school_days import (
    DayKind,
    DayStatus,
    Vacation,
    kind_of,
    month_days,
    next_month,
    previous_month,
    require_weekdays,
    school_year_bounds,
    school_year_of,
    vacation_on,
)

CANTINE = "1101100"  # Monday, Tuesday, Thursday, Friday
HOLIDAYS = {date(2026, 11, 1): "Toussaint", date(2026, 11, 11): "Armistice 1918", date(2026, 12, 25): "Noël"}
VACATIONS: list[Vacation] = [
    (date(2026, 10, 17), date(2026, 11, 1), "Vacances de la Toussaint"),
    (date(2026, 12, 19), date(2027, 1, 3), "Vacances de Noël"),
]
CLOSURES = {date(2026, 11, 13): "Grève", date(2026, 11, 16): "", date(2026, 11, 11): "Pont"}


def status(day: date, weekdays: str = CANTINE, *, open_in_vacations: bool = False) -> DayStatus:
    return kind_of(
        day,
        weekdays=weekdays,
        holidays=HOLIDAYS,
        vacations=VACATIONS,
        closures=CLOSURES,
        open_in_vacations=open_in_vacations,
    )


@pytest.mark.parametrize(
    ("day", "kind", "label"),
    [
        (date(2026, 11, 26), DayKind.OPEN, ""),
        (date(2026, 11, 25), DayKind.NOT_SERVED, "Pas de service le mercredi"),
        (date(2026, 11, 28), DayKind.WEEKEND, "Week-end"),
        (date(2026, 11, 29), DayKind.WEEKEND, "Week-end"),
        (date(2026, 11, 11), DayKind.PUBLIC_HOLIDAY, "Armistice 1918"),
        (date(2026, 11, 1), DayKind.PUBLIC_HOLIDAY, "Toussaint"),  # a Sunday within the school holiday
        (date(2026, 12, 25), DayKind.PUBLIC_HOLIDAY, "Noël"),
        (date(2026, 11, 13), DayKind.CLOSURE, "Grève"),
        (date(2026, 11, 16), DayKind.CLOSURE, "Fermé"),
        (date(2026, 12, 18), DayKind.OPEN, ""),
        (date(2026, 12, 19), DayKind.WEEKEND, "Week-end"),
        (date(2026, 12, 21), DayKind.SCHOOL_HOLIDAY, "Vacances de Noël"),
        (date(2026, 12, 23), DayKind.SCHOOL_HOLIDAY, "Vacances de Noël"),  # a Wednesday: the holiday tells more
        (date(2027, 1, 1), DayKind.SCHOOL_HOLIDAY, "Vacances de Noël"),
        (date(2027, 1, 4), DayKind.OPEN, ""),
        (date(2026, 10, 16), DayKind.OPEN, ""),
        (date(2026, 10, 19), DayKind.SCHOOL_HOLIDAY, "Vacances de la Toussaint"),
        (date(2026, 11, 2), DayKind.OPEN, ""),
    ],
)
def test_each_day_is_shown_with_its_name(day: date, kind: DayKind, label: str) -> None:
    found = status(day)
    assert (found.kind, found.label) == (kind, label)
    assert found.is_open is (kind is DayKind.OPEN)


def test_a_service_that_works_on_saturdays_is_open_then() -> None:
    assert status(date(2026, 11, 28), "0000010").kind is DayKind.OPEN
    assert status(date(2026, 11, 29), "0000010").kind is DayKind.WEEKEND


def test_a_service_open_in_school_holidays_keeps_its_weekdays_and_closed_days() -> None:
    assert status(date(2026, 12, 21), open_in_vacations=True).kind is DayKind.OPEN
    assert status(date(2026, 12, 23), open_in_vacations=True).label == "Pas de service le mercredi"
    assert status(date(2026, 12, 25), open_in_vacations=True).kind is DayKind.PUBLIC_HOLIDAY
    assert status(date(2026, 12, 26), open_in_vacations=True).kind is DayKind.WEEKEND


def test_both_ends_of_a_school_holiday_are_included() -> None:
    first, last, name = date(2026, 12, 21), date(2026, 12, 22), "Noël"
    vacations = [(first, last, name)]
    assert vacation_on(date(2026, 12, 20), vacations) == ""
    assert vacation_on(first, vacations) == name
    assert vacation_on(last, vacations) == name
    assert vacation_on(date(2026, 12, 23), vacations) == ""


def test_a_school_holiday_without_a_name_still_closes_the_day() -> None:
    day = date(2026, 12, 21)
    found = kind_of(
        day, weekdays=CANTINE, holidays={}, vacations=[(day, day, "")], closures={}, open_in_vacations=False
    )
    assert found == DayStatus(DayKind.SCHOOL_HOLIDAY, "Vacances scolaires")


@pytest.mark.parametrize(
    ("day", "school_year"),
    [
        (date(2026, 8, 31), "2025-2026"),
        (date(2026, 9, 1), "2026-2027"),
        (date(2026, 12, 31), "2026-2027"),
        (date(2027, 1, 1), "2026-2027"),
        (date(2027, 8, 31), "2026-2027"),
        (date(2027, 9, 1), "2027-2028"),
    ],
)
def test_the_school_year_turns_on_1_september(day: date, school_year: str) -> None:
    assert school_year_of(day) == school_year
    first, last = school_year_bounds(school_year)
    assert first <= day <= last


def test_the_bounds_of_a_school_year_are_both_included() -> None:
    assert school_year_bounds("2026-2027") == (date(2026, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-2028", "2027-2026", "2026/2027", "26-27", "0000-0001", "9999-10000"]
)
def test_a_school_year_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        school_year_bounds(text)
    assert refusal.value.message == "L’année scolaire s’écrit par exemple « 2026-2027 »."


@pytest.mark.parametrize(("year", "month", "length"), [(2026, 11, 30), (2027, 2, 28), (2028, 2, 29), (2026, 12, 31)])
def test_a_month_has_all_its_days_in_order(year: int, month: int, length: int) -> None:
    days = month_days(year, month)
    assert days == [date(year, month, number + 1) for number in range(length)]


def test_the_arrows_go_from_month_to_month_across_years() -> None:
    assert previous_month(2027, 1) == (2026, 12)
    assert previous_month(2026, 12) == (2026, 11)
    assert next_month(2026, 12) == (2027, 1)
    assert next_month(2026, 11) == (2026, 12)


@pytest.mark.parametrize("weekdays", ["1101100", "0010000", "1111111"])
def test_days_of_the_week_are_seven_zeros_or_ones(weekdays: str) -> None:
    assert require_weekdays(weekdays) == weekdays


@pytest.mark.parametrize("weekdays", ["", "110110", "11011000", "0000000", "1101102", "1101100\n"])
def test_other_days_of_the_week_are_refused(weekdays: str) -> None:
    with pytest.raises(Refused) as refusal:
        require_weekdays(weekdays)
    assert refusal.value.message == "Choisissez au moins un jour de la semaine."
    assert refusal.value.field == "weekdays"
