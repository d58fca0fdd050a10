"""The marks of the calendar: a distinct shape and colour for each letter of ``rules.cells.CellMark``, with its word."""

import reflex as rx

from portail_app.rules.cells import CellMark
from portail_app.ui.french import label

# Reserved, present, present on a reserved day: the three marks of the notice come first.
LEGEND = (
    CellMark.RESERVED,
    CellMark.PRESENT,
    CellMark.PRESENT_RESERVED,
    CellMark.BOOKING_REQUESTED,
    CellMark.BOOKING_REFUSED,
    CellMark.ABSENCE_REQUESTED,
    CellMark.ABSENT,
)


def mark(letter: str) -> rx.Component:
    """Draw one mark; the word must stand beside it or in the name of its cell."""
    return rx.el.span(class_name=f"mark mark-{letter}", aria_hidden="true")


def legend() -> rx.Component:
    """Explain every mark."""
    return rx.el.ul(
        *(rx.el.li(mark(str(member)), rx.el.span(label(member))) for member in LEGEND),
        class_name="legend",
        aria_label="Légende du calendrier",
    )
