"""Password fields: a button that shows what is typed, and the criteria of the notice judged while typing.

Both work in ``assets/portail.js``, without a word to the server: a password never travels before it is sent.
"""

from typing import Any

import reflex as rx

from portail_app.rules.passwords import SENTENCES, Criterion
from portail_app.ui.components.buttons import Text
from portail_app.ui.components.fields import field, tied


def password_field(name: str, label: Text, error: Text = "", **props: Any) -> rx.Component:
    """Ask for a password; ``auto_complete`` is ``current-password`` unless said otherwise."""
    return field(name, label, _control(name, "", error, props), error=error)


def new_password_field(name: str, label: Text, error: Text = "", **props: Any) -> rx.Component:
    """Ask for a new password, with each criterion shown met or not while typing."""
    props = {"auto_complete": "new-password", **props, "custom_attrs": {"data-criteria": f"criteres-{name}"}}
    return rx.el.div(
        field(name, label, _control(name, "", error, props), error=error),
        rx.el.p("Votre mot de passe doit comporter :", class_name="criteria-title"),
        rx.el.ul(
            *(_criterion(criterion, sentence) for criterion, sentence in SENTENCES.items()),
            class_name="criteria",
            custom_attrs={"id": f"criteres-{name}"},
        ),
    )


def _criterion(criterion: Criterion, sentence: str) -> rx.Component:
    # An empty password is not too long: that one is met from the start, and only shown when it no longer is.
    is_met = criterion is Criterion.NOT_TOO_LONG
    return rx.el.li(
        rx.el.span(sentence),
        rx.el.span(" : rempli" if is_met else " : à compléter", class_name="sr-only", custom_attrs={"data-state": ""}),
        class_name="is-met" if is_met else "",
        custom_attrs={"data-criterion": str(criterion)},
    )


def _control(name: str, hint: Text, error: Text, props: dict[str, Any]) -> rx.Component:
    props = {"auto_complete": "current-password", "type": "password", **props}
    return rx.el.div(
        rx.el.input(name=name, **tied(name, hint, error, props)),
        rx.el.button(
            "Afficher",
            rx.el.span(" le mot de passe", class_name="sr-only"),
            type="button",
            class_name="reveal",
            aria_pressed="false",
            custom_attrs={"data-reveal": f"champ-{name}"},
        ),
        class_name="password",
    )
