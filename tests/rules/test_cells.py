"""The one mark of a calendar cell."""

from itertools import product

import pytest

from portail_app.rules.cells import CellMark, mark_of

FLAGS = ("booked", "present", "pending_booking", "refused_booking", "pending_absence", "absent")


def mark(*true: str) -> CellMark:
    assert set(true) <= set(FLAGS)
    return mark_of(**{flag: flag in true for flag in FLAGS})


@pytest.mark.parametrize(
    ("true", "expected"),
    [
        ((), " "),
        (("booked",), "r"),
        (("present",), "p"),
        (("booked", "present"), "b"),
        (("pending_booking",), "q"),
        (("refused_booking",), "n"),
        (("booked", "pending_absence"), "w"),
        (("absent",), "a"),
        (("booked", "absent"), "a"),  # declared too late: expected no more, still billed
    ],
)
def test_each_situation_has_its_mark(true: tuple[str, ...], expected: str) -> None:
    assert mark(*true) == expected


@pytest.mark.parametrize("others", list(product((False, True), repeat=4)))
def test_what_the_attendance_sheet_saw_wins_over_everything(others: tuple[bool, ...]) -> None:
    true = [flag for flag, is_true in zip(FLAGS[2:], others, strict=True) if is_true]
    assert mark("present", *true) == "p"
    assert mark("present", "booked", *true) == "b"


@pytest.mark.parametrize(
    ("true", "expected"),
    [
        (("pending_booking", "absent"), "q"),  # absent, then asked again
        (("pending_booking", "booked", "absent"), "q"),
        (("pending_booking", "refused_booking"), "q"),  # refused, then asked again
        (("pending_booking", "booked"), "r"),  # it would change nothing
        (("pending_booking", "booked", "pending_absence"), "w"),
        (("pending_absence",), " "),  # nobody is expected
        (("pending_absence", "absent", "booked"), "a"),
        (("pending_absence", "pending_booking"), "q"),
    ],
)
def test_a_request_is_shown_while_its_answer_would_change_the_day(true: tuple[str, ...], expected: str) -> None:
    assert mark(*true) == expected


@pytest.mark.parametrize(
    ("true", "expected"),
    [
        (("refused_booking", "booked"), "r"),  # an agent booked it afterwards
        (("refused_booking", "absent"), "n"),  # the refusal is the last word
        (("refused_booking", "booked", "absent"), "a"),
        (("refused_booking", "booked", "pending_absence"), "w"),
    ],
)
def test_a_refusal_is_shown_on_a_day_that_is_not_booked(true: tuple[str, ...], expected: str) -> None:
    assert mark(*true) == expected


def test_every_mark_is_one_distinct_letter_that_some_situation_gives() -> None:
    given = {
        mark(*(flag for flag, is_true in zip(FLAGS, values, strict=True) if is_true))
        for values in product((False, True), repeat=len(FLAGS))
    }
    assert given == set(CellMark)
    assert "".join(sorted(given)) == " abnpqrw"
