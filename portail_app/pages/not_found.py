"""What is shown for an address that leads nowhere, or not for this person."""

import reflex as rx

from portail_app.ui import components as c
from portail_app.ui.layout import public_page
from portail_app.ui.session import commune


def page() -> rx.Component:
    """Show the way back."""
    return public_page(
        "Page introuvable",
        rx.el.p("Cette page n’existe pas, ou n’existe plus."),
        c.actions(c.button_link("Retour à l’accueil", "/", "home", primary=True)),
        commune=commune(),
    )
