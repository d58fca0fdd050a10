"""What holds the content: title, frames, cards, notices, empty states, and what is shown while loading."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portail_app.ui.components.buttons import Text, given
from portail_app.ui.icons import icon


def page_title(title: Text, lead: Text = "") -> rx.Component:
    """Show the one ``h1`` of a page; it receives the focus after a navigation (``assets/portail.js``)."""
    return rx.el.div(
        rx.el.h1(title, tab_index=-1),
        rx.el.p(lead, class_name="lead") if given(lead) else rx.fragment(),
        class_name="page-title",
    )


def frame(title: Text, *content: Any, icon_name: str = "", action: rx.Component | None = None) -> rx.Component:
    """Show a titled part of a page, such as « Factures impayées »; ``action`` stands beside the title."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(icon(icon_name) if icon_name else rx.fragment(), rx.el.span(title)),
            action or rx.fragment(),
            class_name="frame-head",
        ),
        *content,
        class_name="frame",
    )


def card(*content: Any, **props: Any) -> rx.Component:
    """Show one thing among others of its kind."""
    return rx.el.article(*content, class_name="card", **props)


def actions(*buttons: Any) -> rx.Component:
    """Line up buttons; on a phone they share the width."""
    return rx.el.div(*buttons, class_name="actions")


def notice(*content: Any, tone: str = "info") -> rx.Component:
    """Show a message within the page; ``tone`` is info, good, wait or bad.

    A bad one is announced at once by screen readers: it is the answer to what the person just did.
    """
    icons = {"info": "info", "good": "check", "wait": "clock", "bad": "alert"}
    role = {"role": "alert"} if tone == "bad" else {}
    return rx.el.div(icon(icons[tone]), rx.el.div(*content), class_name=f"notice {tone}", **role)


def empty_state(title: Text, what_to_do: Text, *buttons: Any, icon_name: str = "check") -> rx.Component:
    """Say that there is nothing here, and what to do then."""
    return rx.el.div(
        rx.el.div(icon(icon_name), class_name="empty-icon"),
        rx.el.p(title, class_name="empty-title"),
        rx.el.p(what_to_do),
        *([actions(*buttons)] if buttons else []),
        class_name="empty",
    )


def details_list(entries: Sequence[tuple[Text, Any]]) -> rx.Component:
    """Show names and values in two columns, one on a phone."""
    return rx.el.dl(
        *(rx.el.div(rx.el.dt(name), rx.el.dd(value)) for name, value in entries),
        class_name="details",
    )


def skeleton(lines: int = 3, class_name: str = "") -> rx.Component:
    """Hold the room of what is being loaded, so that nothing jumps; screen readers hear « Chargement… »."""
    return rx.el.div(
        rx.el.span("Chargement…", class_name="sr-only"),
        *(rx.el.span(class_name="bone", aria_hidden="true") for _ in range(lines)),
        class_name=f"skeleton {class_name}".strip(),
    )


def loading(is_loading: rx.Var, content: rx.Component, lines: int = 3) -> rx.Component:
    """Show a skeleton until the content is there."""
    return rx.cond(is_loading, skeleton(lines), content)
