"""Form fields: label, hint and error tied to their control, as screen readers need them.

``name`` is the name of the value sent; ``error`` is empty while all is well. The error element is always in the
page, so that a message that appears is announced. When two forms of one page ask for the same ``name``, ``scope``
keeps their ids apart.
"""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from portail_app.ui.components.buttons import Text, given


class _NativeForm(BaseHTML):
    """A form that the browser posts by itself: ``rx.el.form`` prevents it when it has no ``on_submit``."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    enc_type: rx.Var[str]
    auto_complete: rx.Var[str]
    no_validate: rx.Var[bool]


def native_form(*children: Any, action: Text, **props: Any) -> rx.Component:
    """Post to a route of ``http/`` with a full page load: sign-in, sign-out, uploads."""
    return _NativeForm.create(*children, action=action, method="post", **props)


def field(name: str, label: Text, control: rx.Component, hint: Text = "", error: Text = "") -> rx.Component:
    """Stack a label, a hint, a control and the room of its error; ``name`` makes the ids of all four."""
    return rx.el.div(
        rx.el.label(label, html_for=f"champ-{name}", class_name="field-label"),
        rx.el.p(hint, class_name="field-hint", custom_attrs={"id": f"aide-{name}"}) if given(hint) else rx.fragment(),
        control,
        rx.el.p(error, class_name="field-error", aria_live="polite", custom_attrs={"id": f"erreur-{name}"}),
        class_name="field",
    )


def text_field(name: str, label: Text, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """Ask for one line; ``type``, ``auto_complete``, ``input_mode``… go to the input."""
    key = props.pop("scope", "") + name
    control = rx.el.input(name=name, **tied(key, hint, error, props))
    return field(key, label, control, hint, error)


def date_field(name: str, label: Text, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """Ask for a day with the browser's own picker."""
    return text_field(name, label, hint, error, type="date", **props)


def text_area(name: str, label: Text, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """Ask for a text of several lines."""
    props.setdefault("rows", 4)
    key = props.pop("scope", "") + name
    control = rx.el.textarea(name=name, **tied(key, hint, error, props))
    return field(key, label, control, hint, error)


def select_field(
    name: str,
    label: Text,
    options: Sequence[tuple[Text, Text]] | rx.Var,
    hint: Text = "",
    error: Text = "",
    **props: Any,
) -> rx.Component:
    """Ask for one choice of a closed list of (value, French word)."""
    if isinstance(options, rx.Var):
        entries = [rx.foreach(options, lambda option: rx.el.option(option[1], value=option[0]))]
    else:
        entries = [rx.el.option(word, value=value) for value, word in options]
    key = props.pop("scope", "") + name
    control = rx.el.select(*entries, name=name, **tied(key, hint, error, props))
    return field(key, label, control, hint, error)


def file_field(name: str, label: Text, accept: str, hint: Text = "", error: Text = "", **props: Any) -> rx.Component:
    """Ask for a file; the kinds and the size allowed belong in the hint."""
    key = props.pop("scope", "") + name
    control = rx.el.input(type="file", name=name, accept=accept, **tied(key, hint, error, props))
    return field(key, label, control, hint, error)


def checkbox(name: str, label: Text, **props: Any) -> rx.Component:
    """Ask a yes or no; the whole line can be touched."""
    return rx.el.label(rx.el.input(type="checkbox", name=name, **props), rx.el.span(label), class_name="choice")


def choices(
    name: str, legend: Text, options: Sequence[tuple[str, Text]], error: Text = "", **props: Any
) -> rx.Component:
    """Ask for one of a few choices, all visible; ``options`` are (value, French word)."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="field-label"),
        *(
            rx.el.label(
                rx.el.input(type="radio", name=name, value=value, **props), rx.el.span(word), class_name="choice"
            )
            for value, word in options
        ),
        rx.el.p(error, class_name="field-error", aria_live="polite"),
        class_name="field",
    )


def tied(name: str, hint: Text, error: Text, props: dict[str, Any]) -> dict[str, Any]:
    """Return the props that tie a control to its label, its hint and its error.

    The ``id`` goes around Reflex, which would add a React reference for each.
    """
    described = f"aide-{name} erreur-{name}" if given(hint) else f"erreur-{name}"
    invalid = rx.cond(error != "", "true", "false") if isinstance(error, rx.Var) else str(error != "").lower()
    extra = props.pop("custom_attrs", {})
    return {
        "class_name": "control",
        **props,
        "aria_describedby": described,
        "aria_invalid": invalid,
        "custom_attrs": {"id": f"champ-{name}", **extra},
    }


def _radio(name: str, value: str, word: Text, props: dict[str, Any]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, **props), rx.el.span(word), class_name="choice"
    )
