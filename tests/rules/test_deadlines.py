"""Until when a day can be booked: real days of 2026-2027 in France."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portail_app.errors import Refused
from portail_app.rules.deadlines import (
    DeadlineAct,
    DeadlineRule,
    closes_at,
    is_open,
    is_open_day,
    require_open,
)

PARIS = ZoneInfo("Europe/Paris")
NONE: frozenset[date] = frozenset()
ARMISTICE = date(2026, 11, 11)  # a Wednesday
EASTER_MONDAY = date(2027, 3, 29)
THURSDAY = date(2026, 11, 26)
ONE_SECOND = timedelta(seconds=1)


def limit(spec: str, day: date, closed: frozenset[date] = NONE) -> datetime:
    return closes_at(DeadlineRule.parse(spec), day, closed)


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("spec", "day", "expected"),
    [
        ("J-0 09:00", THURSDAY, (2026, 11, 26, 9, 0)),
        ("J-0 09:00 ouvrés", THURSDAY, (2026, 11, 26, 9, 0)),
        ("J-1 10:00", THURSDAY, (2026, 11, 25, 10, 0)),
        ("J-1 10:00", date(2026, 11, 23), (2026, 11, 22, 10, 0)),  # Monday: the Sunday before
        ("J-2 10:00", date(2027, 1, 1), (2026, 12, 30, 10, 0)),
        ("J-7 23:59", THURSDAY, (2026, 11, 19, 23, 59)),
        ("lundi 00:00", date(2026, 11, 23), (2026, 11, 16, 0, 0)),
        ("jeudi 12:00", date(2026, 11, 23), (2026, 11, 19, 12, 0)),  # Monday
        ("jeudi 12:00", THURSDAY, (2026, 11, 19, 12, 0)),
        ("jeudi 12:00", date(2026, 11, 29), (2026, 11, 19, 12, 0)),  # Sunday closes its week
        ("jeudi 12:00", date(2026, 11, 30), (2026, 11, 26, 12, 0)),  # the Monday after opens the next one
        ("dimanche 20:00", date(2026, 11, 23), (2026, 11, 22, 20, 0)),
        ("vendredi 12:00", date(2027, 1, 4), (2027, 1, 1, 12, 0)),  # across the ISO year of 53 weeks
    ],
)
def test_the_limit_is_counted_in_calendar_days_or_weeks(spec: str, day: date, expected: tuple[int, ...]) -> None:
    assert limit(spec, day) == paris(*expected)


@pytest.mark.parametrize(
    ("spec", "day", "expected"),
    [
        ("J-1 10:00 ouvrés", THURSDAY, date(2026, 11, 25)),
        ("J-1 10:00 ouvrés", date(2026, 11, 23), date(2026, 11, 20)),  # Monday: the Friday before
        ("J-2 10:00 ouvrés", date(2026, 11, 24), date(2026, 11, 20)),  # Tuesday: Monday, Friday
        ("J-3 10:00 ouvrés", THURSDAY, date(2026, 11, 23)),
        ("J-4 10:00 ouvrés", THURSDAY, date(2026, 11, 20)),
        ("J-1 10:00 ouvrés", date(2026, 11, 12), date(2026, 11, 10)),  # the day after 11 November
        ("J-2 10:00 ouvrés", date(2026, 11, 13), date(2026, 11, 10)),
        ("J-2 10:00 ouvrés", date(2026, 11, 12), date(2026, 11, 9)),
        ("J-1 10:00 ouvrés", date(2027, 3, 30), date(2027, 3, 26)),  # the Tuesday after Easter
        ("J-1 10:00 ouvrés", date(2026, 11, 29), date(2026, 11, 27)),  # a Sunday counts from itself
        ("J-0 10:00 ouvrés", ARMISTICE, ARMISTICE),  # day 0 is the day itself, even closed
        ("mercredi 12:00 ouvrés", date(2026, 11, 17), date(2026, 11, 10)),
        ("jeudi 12:00 ouvrés", date(2026, 11, 17), date(2026, 11, 12)),
        ("samedi 12:00 ouvrés", date(2026, 11, 17), date(2026, 11, 13)),
        ("dimanche 12:00 ouvrés", date(2026, 11, 17), date(2026, 11, 13)),
        ("lundi 12:00 ouvrés", date(2027, 4, 6), date(2027, 3, 26)),  # Easter Monday: the Friday before
    ],
)
def test_week_ends_and_closed_days_are_skipped_when_the_rule_says_so(spec: str, day: date, expected: date) -> None:
    assert limit(spec, day, frozenset({ARMISTICE, EASTER_MONDAY})).date() == expected


def test_closed_days_count_when_the_rule_does_not_skip_them() -> None:
    closed = frozenset({ARMISTICE})
    assert limit("J-1 10:00", date(2026, 11, 12), closed).date() == ARMISTICE
    assert limit("mercredi 10:00", date(2026, 11, 17), closed).date() == ARMISTICE


def test_a_run_of_closures_is_skipped_whole() -> None:
    closed = frozenset(date(2026, 12, 21) + timedelta(days=n) for n in range(14))
    assert limit("J-1 10:00 ouvrés", date(2027, 1, 4), closed).date() == date(2026, 12, 18)
    assert limit("jeudi 10:00 ouvrés", date(2027, 1, 4), closed).date() == date(2026, 12, 18)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 11, 30), True),
        (ARMISTICE, False),
    ],
)
def test_an_open_day_is_a_weekday_that_is_not_closed(day: date, expected: bool) -> None:
    assert is_open_day(day, {ARMISTICE}) is expected


def test_the_act_is_accepted_until_the_limit_and_refused_one_second_after() -> None:
    closing = limit("J-1 10:00", THURSDAY)
    for now in (closing - ONE_SECOND, closing, closing.astimezone(UTC)):
        assert is_open(closing, now)
        require_open(closing, now, what=DeadlineAct.BOOKING)
    assert not is_open(closing, closing + ONE_SECOND)
    assert not is_open(closing, (closing + ONE_SECOND).astimezone(UTC))


@pytest.mark.parametrize(
    ("day", "closing_utc"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 27, 9, 0, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 3, 29, 8, 0, tzinfo=UTC)),  # the clocks went forward that night
        (date(2026, 10, 25), datetime(2026, 10, 24, 8, 0, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 25, 9, 0, tzinfo=UTC)),  # the clocks went back that night
    ],
)
def test_ten_o_clock_is_ten_o_clock_in_france_on_both_sides_of_a_change_of_clocks(
    day: date, closing_utc: datetime
) -> None:
    closing = limit("J-1 10:00", day)
    assert is_open(closing, closing_utc)
    assert not is_open(closing, closing_utc + ONE_SECOND)


def test_an_hour_that_does_not_exist_gives_the_later_reading() -> None:
    closing = limit("J-0 02:30", date(2026, 3, 29))
    assert closing.isoformat() == "2026-03-29T03:30:00+02:00"
    assert is_open(closing, datetime(2026, 3, 29, 1, 30, tzinfo=UTC))
    assert not is_open(closing, datetime(2026, 3, 29, 1, 30, 1, tzinfo=UTC))


def test_an_hour_that_comes_twice_gives_the_second_one() -> None:
    closing = limit("J-0 02:30", date(2026, 10, 25))
    assert closing.isoformat() == "2026-10-25T02:30:00+01:00"
    assert is_open(closing, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert not is_open(closing, datetime(2026, 10, 25, 1, 30, 1, tzinfo=UTC))


def test_the_hour_that_comes_twice_is_not_compared_by_the_wall_clock() -> None:
    closing = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=0)
    assert not is_open(closing, datetime(2026, 10, 25, 2, 10, tzinfo=PARIS, fold=1))
    assert is_open(closing, datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=0))


def test_an_instant_without_a_zone_is_a_mistake_in_the_code() -> None:
    closing = limit("J-1 10:00", THURSDAY)
    with pytest.raises(ValueError, match="aware"):
        is_open(closing, datetime(2026, 11, 25, 10, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        is_open(datetime(2026, 11, 25, 10, 0), closing)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("what", "day", "sentence"),
    [
        (
            DeadlineAct.BOOKING,
            THURSDAY,
            "Réservation impossible : il fallait réserver avant le mercredi 25 novembre à 10 h 00.",
        ),
        (
            DeadlineAct.ABSENCE,
            THURSDAY,
            "Absence impossible à déclarer : il fallait prévenir avant le mercredi 25 novembre à 10 h 00.",
        ),
        (
            DeadlineAct.BOOKING,
            date(2026, 12, 2),
            "Réservation impossible : il fallait réserver avant le mardi 1er décembre à 10 h 00.",
        ),
    ],
)
def test_a_late_act_is_refused_with_the_limit(what: DeadlineAct, day: date, sentence: str) -> None:
    closing = limit("J-1 10:00", day)
    with pytest.raises(Refused) as refusal:
        require_open(closing, closing + ONE_SECOND, what=what)
    assert refusal.value.message == sentence


def test_the_limit_is_said_in_the_hour_of_france_whatever_the_zone_given() -> None:
    closing = limit("J-1 10:00", THURSDAY).astimezone(UTC)
    with pytest.raises(Refused, match="à 10 h 00"):
        require_open(closing, closing + ONE_SECOND, what=DeadlineAct.BOOKING)


def test_the_limit_of_another_year_says_its_year() -> None:
    closing = limit("J-1 10:00", date(2027, 1, 1))
    with pytest.raises(Refused, match="le jeudi 31 décembre à 10 h 00"):
        require_open(closing, paris(2026, 12, 31, 23, 59, 59), what=DeadlineAct.BOOKING)
    with pytest.raises(Refused, match="le jeudi 31 décembre 2026 à 10 h 00"):
        # One minute past midnight in France: still 2026 in UTC.
        require_open(closing, datetime(2026, 12, 31, 23, 1, tzinfo=UTC), what=DeadlineAct.BOOKING)
