"""The calendars of the State, as the official pages give them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from portail_app import db
from portail_app.adapters import calendars as published
from portail_app.models.catalogue import ClosedDay, SchoolVacation
from portail_app.rules.school_days import Vacation, vacation_on
from portail_app.services import calendars

ONE_DAY = timedelta(days=1)

# Days without school in zone A, both bounds included (education.gouv.fr; the last school day is the day before).
OFFICIAL = [
    ("Vacances de la Toussaint", date(2025, 10, 18), date(2025, 11, 2)),
    ("Vacances de Noël", date(2025, 12, 20), date(2026, 1, 4)),
    ("Vacances d’hiver", date(2026, 2, 7), date(2026, 2, 22)),
    ("Vacances de printemps", date(2026, 4, 4), date(2026, 4, 19)),
    ("Vacances d’été", date(2026, 7, 4), date(2026, 8, 31)),
    ("Vacances de la Toussaint", date(2026, 10, 17), date(2026, 11, 1)),
    ("Vacances de Noël", date(2026, 12, 19), date(2027, 1, 3)),
    ("Vacances d’hiver", date(2027, 2, 13), date(2027, 2, 28)),
    ("Vacances de printemps", date(2027, 4, 10), date(2027, 4, 25)),
    ("Pont de l’Ascension", date(2027, 5, 6), date(2027, 5, 8)),
]


@pytest.mark.parametrize(("name", "first", "last"), OFFICIAL)
def test_a_vacation_starts_and_ends_on_its_official_days(
    sqlite_database: str, name: str, first: date, last: date
) -> None:
    vacations = _seeded_vacations()
    assert [vacation_on(day, vacations) for day in (first - ONE_DAY, first, last, last + ONE_DAY)] == [
        "",
        name,
        name,
        "",
    ]


def test_the_bridge_of_the_ascension_of_2028_has_no_school(sqlite_database: str) -> None:
    assert vacation_on(date(2028, 5, 26), _seeded_vacations()) == "Pont de l’Ascension"


def test_three_school_years_are_covered_and_nothing_else(sqlite_database: str) -> None:
    vacations = _seeded_vacations()
    assert vacations[0][0] > date(2025, 9, 1)
    assert vacations[-1][1] == date(2028, 8, 31)
    assert [name for first, _, name in vacations if name == "Vacances d’été"] == ["Vacances d’été"] * 3


def test_a_vacation_over_the_new_year_is_one_vacation(sqlite_database: str) -> None:
    christmases = [vacation for vacation in _seeded_vacations() if vacation[2] == "Vacances de Noël"]
    assert [(first.year, last.year) for first, last, _ in christmases] == [(2025, 2026), (2026, 2027), (2027, 2028)]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 11, 1), "Toussaint"),
        (date(2025, 11, 11), "Armistice"),
        (date(2025, 12, 25), "Noël"),
        (date(2026, 1, 1), "Jour de l’an"),
        (date(2026, 4, 6), "Lundi de Pâques"),
        (date(2026, 5, 14), "Ascension"),
        (date(2026, 5, 25), "Lundi de Pentecôte"),
        (date(2027, 3, 29), "Lundi de Pâques"),
        (date(2027, 5, 6), "Ascension"),
        (date(2027, 5, 17), "Lundi de Pentecôte"),
        (date(2027, 7, 14), "Fête nationale"),
        (date(2028, 4, 17), "Lundi de Pâques"),
        (date(2028, 8, 15), "Assomption"),
    ],
)
def test_public_holidays_are_closed_for_every_service(sqlite_database: str, day: date, name: str) -> None:
    found = [closed for closed in _seeded_holidays() if closed.on == day]
    assert [(closed.name, closed.is_public_holiday, closed.service_id) for closed in found] == [(name, True, None)]


def test_there_are_eleven_public_holidays_a_year_and_none_of_alsace(sqlite_database: str) -> None:
    days = [closed.on for closed in _seeded_holidays()]
    assert len([day for day in days if day.year == 2026]) == 11
    assert date(2026, 12, 26) not in days
    assert date(2026, 4, 3) not in days


def test_seeding_twice_changes_nothing(database: str) -> None:
    assert (_seeded_vacations(), _seeded_holidays()) == (_seeded_vacations(), _seeded_holidays())


def test_a_vacation_corrected_by_the_town_hall_stays_corrected(sqlite_database: str) -> None:
    _seeded_vacations()
    with db.transaction() as session:
        toussaint = session.exec(select(SchoolVacation).where(SchoolVacation.starts_on == date(2026, 10, 17))).one()
        toussaint.starts_on = date(2026, 10, 16)
        session.add(toussaint)
    vacations = _seeded_vacations()
    assert [first for first, _, _ in vacations if (first.year, first.month) == (2026, 10)] == [date(2026, 10, 16)]


def test_a_closure_already_decided_on_a_public_holiday_is_kept(sqlite_database: str) -> None:
    with db.transaction() as session:
        session.add(ClosedDay(on=date(2026, 11, 11), name="Cérémonie au monument"))
    assert [closed.name for closed in _seeded_holidays() if closed.on == date(2026, 11, 11)] == [
        "Cérémonie au monument"
    ]


def test_a_year_that_is_not_published_has_no_vacation() -> None:
    assert published.school_vacations("A", date(2040, 9, 1), date(2041, 8, 31)) == []


def test_zones_have_their_own_winter() -> None:
    winter = {zone: published.school_vacations(zone, date(2027, 2, 1), date(2027, 3, 20))[0][0] for zone in "ABC"}
    assert winter == {"A": date(2027, 2, 13), "B": date(2027, 2, 20), "C": date(2027, 2, 6)}


def _seeded_vacations() -> list[Vacation]:
    with db.transaction() as session:
        calendars.seed_calendars(session)
        rows = session.exec(select(SchoolVacation).order_by(col(SchoolVacation.starts_on))).all()
        return [(row.starts_on, row.ends_on, row.name) for row in rows]


def _seeded_holidays() -> list[ClosedDay]:
    with db.transaction() as session:
        calendars.seed_calendars(session)
        return list(session.exec(select(ClosedDay).order_by(col(ClosedDay.on))).all())


def test_a_new_installation_gets_its_calendars_once(database: str) -> None:
    assert calendars.seed_new_installation()
    assert not calendars.seed_new_installation()


def test_a_public_holiday_that_the_town_hall_opened_stays_open_at_the_next_start(database: str) -> None:
    calendars.seed_new_installation()
    with db.transaction() as session:
        session.exec(sa.delete(ClosedDay).where(col(ClosedDay.on) == date(2027, 5, 17)))
    calendars.seed_new_installation()
    with db.reading() as session:
        assert session.exec(select(ClosedDay).where(ClosedDay.on == date(2027, 5, 17))).first() is None
