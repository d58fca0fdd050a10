"""How a deadline is written, stored and said."""

from datetime import UTC, time

import pytest

from portail_app.errors import Refused
from portail_app.rules.deadlines import LONGEST_NOTICE_DAYS, DeadlineRule, describe


@pytest.mark.parametrize(
    "spec",
    ["J-0 09:00", "J-2 10:00 ouvrés", "J-60 00:00", "jeudi 12:00 ouvrés", "lundi 23:59", "dimanche 08:05 ouvrés"],
)
def test_a_rule_is_stored_and_read_back_unchanged(spec: str) -> None:
    rule = DeadlineRule.parse(spec)
    assert str(rule) == spec
    assert DeadlineRule.parse(str(rule)) == rule


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("j-2 10:00 OUVRÉS", "J-2 10:00 ouvrés"),
        ("  J - 2  10h00  ouvres ", "J-2 10:00 ouvrés"),
        ("j2 9 h 05", "J-2 09:05"),
        ("Jeudi 12:00", "jeudi 12:00"),
        ("jeudi\u00a012:00 ouvre\u0301s", "jeudi 12:00 ouvrés"),  # as pasted from a word processor
        ("J-02 10:00", "J-2 10:00"),
    ],
)
def test_small_differences_of_typing_are_forgiven(typed: str, stored: str) -> None:
    assert str(DeadlineRule.parse(typed)) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "J-2",
        "10:00",
        "J-2 24:00",
        "J-2 10:60",
        "J-2 10:5",
        "J--2 10:00",
        "J+2 10:00",
        "J-61 10:00",
        "J-100 10:00",
        "J-2 10:00 ouvrables",
        "J-2 10:00ouvrés",
        "jeudi",
        "jeud 12:00",
        "thursday 12:00",
        "J-2 jeudi 12:00",
        "J-² 10:00",
        "J-2 10:00\nJ-3 10:00",
    ],
)
def test_an_unreadable_rule_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        DeadlineRule.parse(text, field="booking_deadline")
    assert refusal.value.message == (
        "Ce délai n’est pas compris : écrivez par exemple « J-2 10:00 ouvrés », « J-0 09:00 » ou « jeudi 12:00 ouvrés »"
        " (60 jours au plus)."
    )
    assert refusal.value.field == "booking_deadline"


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("J-0 09:00", "jusqu’au jour même, 9 h 00"),
        ("J-0 09:00 ouvrés", "jusqu’au jour même, 9 h 00"),
        ("J-1 10:00", "jusqu’à la veille, 10 h 00"),
        ("J-1 10:00 ouvrés", "jusqu’à 1 jour ouvré avant, 10 h 00"),
        ("J-2 10:00", "jusqu’à 2 jours avant, 10 h 00"),
        ("J-2 10:00 ouvrés", "jusqu’à 2 jours ouvrés avant, 10 h 00"),
        ("jeudi 12:00", "jusqu’au jeudi de la semaine précédente, 12 h 00"),
        (
            "jeudi 12:05 ouvrés",
            "jusqu’au jeudi de la semaine précédente (ou le dernier jour ouvré avant lui), 12 h 05",
        ),
    ],
)
def test_a_rule_is_described_in_french(spec: str, sentence: str) -> None:
    assert describe(DeadlineRule.parse(spec)) == sentence


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"days_before": 1, "weekday": 1},
        {"days_before": -1},
        {"days_before": LONGEST_NOTICE_DAYS + 1},
        {"weekday": -1},
        {"weekday": 7},
        {"days_before": 1, "at": time(10, 0, 1)},
        {"days_before": 1, "at": time(10, 0, tzinfo=UTC)},
    ],
)
def test_a_rule_of_no_known_shape_is_a_mistake_in_the_code(shape: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"deadline|weekday"):
        DeadlineRule(**{"at": time(10, 0), **shape})  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [{"days_before": 0}, {"days_before": LONGEST_NOTICE_DAYS}, {"weekday": 6}])
def test_the_extreme_shapes_are_accepted(shape: dict[str, int]) -> None:
    rule = DeadlineRule(at=time(10, 0), open_days_only=False, **shape)
    assert DeadlineRule.parse(str(rule)) == rule
