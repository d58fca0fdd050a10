"""Tables that become cards under 640 px: each cell then carries the name of its column."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portail_app.ui.components.buttons import Text


def table(caption: Text, columns: Sequence[Any], *rows: Any, show_caption: bool = False) -> rx.Component:
    """Show rows of ``row(cell(…), …)``; ``columns`` are texts or ``head_cell(…)``.

    The roles are written out because the cards of phones, made by CSS, would take them away from screen readers.
    """
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="" if show_caption else "sr-only"),
            rx.el.thead(
                rx.el.tr(*(_head(column) for column in columns), role="row"),
                role="rowgroup",
            ),
            rx.el.tbody(*rows, role="rowgroup"),
            class_name="table",
            role="table",
        ),
        class_name="table-room",
    )


def head_cell(text: Text, class_name: str = "") -> rx.Component:
    """Name a column; the class ``amount`` aligns numbers to the right."""
    return rx.el.th(text, scope="col", role="columnheader", class_name=class_name)


def row(*cells: Any, **props: Any) -> rx.Component:
    """Show one thing of the table."""
    return rx.el.tr(*cells, role="row", **props)


def cell(column: str, *content: Any, class_name: str = "") -> rx.Component:
    """Show one fact; ``column`` is its name on a phone, empty for the title or the buttons of the card.

    Classes: ``amount`` (numbers), ``card-title`` (the name of the card), ``card-actions`` (its buttons).
    """
    return rx.el.td(*content, role="cell", class_name=class_name, custom_attrs={"data-column": column})


def _head(column: Any) -> rx.Component:
    return column if isinstance(column, rx.Component) else head_cell(column)
