"""What every page of a signed-in person shows of them and of the commune."""

from functools import cache
from typing import ClassVar

import reflex as rx

from portail_app.access import DECIDING_ROLES
from portail_app.http.cookies import read_flash
from portail_app.services import municipality
from portail_app.ui.guard import Access
from portail_app.ui.layout import Commune
from portail_app.ui.notices import tell
from portail_app.ui.visits import actor, current


class SessionState(rx.State):
    """The name of the signed-in person, and whether the tabs of agents are for them."""

    ACCESS: ClassVar[Access] = Access.SIGNED_IN

    person: str = ""
    decides: bool = False
    # Which sentence of a form this tab has said: its cookie lives for a minute, it is said once.
    _said_until: float = 0

    @rx.event
    async def load(self) -> None:
        """Show who is signed in, and what the form that led here had to say; earlier notices are over."""
        self.person, self.decides = actor().display_name, actor().role in DECIDING_ROLES
        flash = read_flash(current().cookie, current().path.rstrip("/"))
        if flash is None or flash.until == self._said_until:
            await tell(self, "")
            return
        self._said_until = flash.until
        await tell(self, flash.message, "refused" if flash.is_error else "done")


@cache
def commune() -> Commune:
    """Return the commune as the pages are built with it; a change is shown after the next start."""
    known = municipality.identity()
    return Commune(name=known.name, phone=known.phone, email=known.email, accent=known.accent_colour)
