"""What every page of a signed-in person shows of them and of the commune."""

from functools import cache
from typing import ClassVar

import reflex as rx

from portail_app.services import municipality
from portail_app.ui.guard import Access
from portail_app.ui.layout import Commune
from portail_app.ui.visits import actor


class SessionState(rx.State):
    """The name of the signed-in person."""

    ACCESS: ClassVar[Access] = Access.SIGNED_IN

    person: str = ""

    @rx.event
    def load(self) -> None:
        """Show who is signed in."""
        self.person = actor().display_name


@cache
def commune() -> Commune:
    """Return the commune as the pages are built with it; a change is shown after the next start."""
    known = municipality.identity()
    return Commune(name=known.name, phone=known.phone, email=known.email, accent=known.accent_colour)
