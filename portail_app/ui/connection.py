"""« Connexion perdue » : a calm line instead of the English messages of Reflex."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from portail_app.ui.icons import icon


def lost_banner() -> rx.Component:
    """Show that nothing can be saved for now; it comes after a second, so that a short cut is not noticed."""
    return rx.el.div(
        rx.cond(
            has_connection_errors,
            rx.el.p(icon("offline"), rx.el.span("Connexion perdue, nous réessayons…")),
        ),
        # Written by portail.js as soon as the device itself knows that it has no network.
        rx.el.p(class_name="offline", custom_attrs={"data-offline-note": ""}),
        class_name="connection",
        role="status",
    )
