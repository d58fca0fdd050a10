"""What one cell of the calendar shows: a service, a day, one child."""

from enum import StrEnum


class CellMark(StrEnum):
    """Name the marks, one letter each: a month travels to the browser as one short string per service."""

    NOTHING = " "
    RESERVED = "r"
    PRESENT = "p"
    PRESENT_RESERVED = "b"
    BOOKING_REQUESTED = "q"
    BOOKING_REFUSED = "n"
    ABSENCE_REQUESTED = "w"
    ABSENT = "a"


def mark_of(
    *,
    booked: bool,
    present: bool,
    pending_booking: bool,
    refused_booking: bool,
    pending_absence: bool,
    absent: bool,
) -> CellMark:
    """Choose the one mark that a family needs to see.

    The first of these that applies:

    1. present: what the attendance sheet saw is a fact, whatever was asked or announced before;
    2. a request waiting for its answer, when it would change something: a booking on a day that is not expected
       (neither booked, or booked and then declared absent), an absence on a day that is;
    3. a refused booking on a day not booked: ``refused_booking`` means "the last request was refused, and nothing
       since", so it is later than any absence on that day;
    4. absent, also when the day stays booked because the absence came too late to be free of charge;
    5. reserved.
    """
    expected = booked and not absent
    if present:
        return CellMark.PRESENT_RESERVED if booked else CellMark.PRESENT
    if pending_booking and not expected:
        return CellMark.BOOKING_REQUESTED
    if pending_absence and expected:
        return CellMark.ABSENCE_REQUESTED
    return _settled_mark(booked=booked, refused_booking=refused_booking, absent=absent)


def _settled_mark(*, booked: bool, refused_booking: bool, absent: bool) -> CellMark:
    """Choose the mark of a day on which nothing waits for an answer and nobody has been seen."""
    if refused_booking and not booked:
        return CellMark.BOOKING_REFUSED
    if absent:
        return CellMark.ABSENT
    return CellMark.RESERVED if booked else CellMark.NOTHING
