"""Dates and hours in the words of people."""

from datetime import date, time

import pytest

from portail_app.rules.spoken_dates import spoken_day, spoken_hour


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 25), "mercredi 25 novembre"),
        (date(2026, 12, 1), "mardi 1er décembre"),
        (date(2026, 12, 2), "mercredi 2 décembre"),
        (date(2027, 2, 28), "dimanche 28 février"),
        (date(2026, 8, 31), "lundi 31 août"),
    ],
)
def test_a_day_is_said_with_its_weekday_and_the_first_is_1er(day: date, words: str) -> None:
    assert spoken_day(day) == words


def test_every_month_has_its_name() -> None:
    said = [spoken_day(date(2026, month, 2)).split()[-1] for month in range(1, 13)]
    words = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    assert " ".join(said) == words


def test_minutes_always_have_two_digits() -> None:
    assert spoken_hour(time(10, 0)) == "10 h 00"
    assert spoken_hour(time(9, 5)) == "9 h 05"
    assert spoken_hour(time(0, 30)) == "0 h 30"
