"""The screens; each module says its address, its title and the state that fills it."""

import reflex as rx

from portail_app.pages.routes import ROUTES


def register(app: rx.App) -> None:
    """Add every page to the application."""
    for route in ROUTES:
        app.add_page(route.page, route=route.path, title=f"{route.title} · Portail Famille", on_load=route.on_load)
