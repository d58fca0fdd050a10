"""The warning before a session ends, and the button that keeps it open (RGAA 13.1).

``assets/portail.js`` asks ``GET /session`` how long is left, opens this dialog in time, and posts to
``/session/prolonger``.
"""

import reflex as rx

from portail_app.ui.components import actions, button, dialog, native_form, primary_button


def dialog_before_expiry() -> rx.Component:
    """Return the dialog, closed; its presence tells the script that somebody is signed in."""
    return dialog(
        "fin-de-session",
        "Êtes-vous toujours là ?",
        rx.el.p(
            "Sans action de votre part, vous serez déconnecté ",
            rx.el.strong("bientôt", custom_attrs={"data-time-left": ""}),
            ". Ce que vous n’avez pas enregistré sera perdu.",
        ),
        actions(
            primary_button("Rester connecté", custom_attrs={"data-prolong": ""}),
            native_form(button("Déconnexion", "leave", type="submit"), action="/deconnexion"),
        ),
    )
