"""Buttons and links: one look per weight, the icon always beside its word."""

from typing import Any

import reflex as rx

from portail_app.ui.icons import icon

Text = str | rx.Var


def primary_button(text: Text, icon_name: str = "", **props: Any) -> rx.Component:
    """Show the one main act of a screen or of a dialog."""
    return _button("button primary", text, icon_name, props)


def button(text: Text, icon_name: str = "", **props: Any) -> rx.Component:
    """Show an act among others."""
    return _button("button", text, icon_name, props)


def quiet_button(text: Text, icon_name: str = "", **props: Any) -> rx.Component:
    """Show an act that must not draw the eye: close, cancel, go back."""
    return _button("button quiet", text, icon_name, props)


def danger_button(text: Text, icon_name: str = "", **props: Any) -> rx.Component:
    """Show an act that takes something away: refuse, withdraw."""
    return _button("button danger", text, icon_name, props)


def button_link(text: Text, href: Text, icon_name: str = "", *, primary: bool = False, **props: Any) -> rx.Component:
    """Show a link that leads to an act, with the look and the size of a button."""
    weight = "button primary" if primary else "button"
    return rx.el.a(*with_icon(text, icon_name), href=href, class_name=weight, **props)


def text_link(text: Text, href: Text, **props: Any) -> rx.Component:
    """Show a link within a text or a list, to another page of the portal."""
    return rx.el.a(text, href=href, class_name="link", **props)


def document_link(text: Text, href: Text, icon_name: str = "document", **props: Any) -> rx.Component:
    """Show a link to something that is not a page of the portal: a PDF, an upload, another site.

    The router must let the browser open it by itself, in a new tab, so that the page stays where it is.
    """
    return rx.el.a(
        *with_icon(text, icon_name),
        href=href,
        target="_blank",
        rel="noopener",
        reload_document=True,
        class_name="button",
        **props,
    )


def given(text: Text) -> bool:
    """Tell whether there may be something to show: a var is only known in the browser."""
    return isinstance(text, rx.Var) or text != ""


def with_icon(text: Text, icon_name: str) -> list[rx.Component]:
    """Return the icon, when there is one, and the word."""
    word = rx.el.span(text)
    return [icon(icon_name), word] if icon_name else [word]


def _button(class_name: str, text: Text, icon_name: str, props: dict[str, Any]) -> rx.Component:
    """Build a button; ``busy`` shows that the act is under way and swallows a second click."""
    busy = props.pop("busy", None)
    props.setdefault("type", "button")
    if busy is not None:
        class_name = rx.cond(busy, f"{class_name} is-busy", class_name)
        props |= {"aria_busy": busy, "aria_disabled": busy}
    return rx.el.button(*with_icon(text, icon_name), class_name=class_name, **props)
