"""One short sentence about what just happened, announced to everybody: in a corner, and by screen readers."""

from typing import ClassVar

import reflex as rx

from portail_app.ui.guard import Access
from portail_app.ui.typography import typeset


class Notices(rx.State):
    """The last notice of a tab; ``serial`` changes so that the same sentence is announced again."""

    ACCESS: ClassVar[Access] = Access.PUBLIC

    text: str = ""
    tone: str = "done"
    serial: int = 0

    @rx.event
    def say(self, text: str, tone: str) -> None:
        """Show a sentence; ``tone`` is ``done``, ``news`` or ``refused``."""
        self._show(text, tone)

    @rx.event
    def dismiss(self) -> None:
        """Take the sentence away."""
        self.text = ""

    def _show(self, text: str, tone: str) -> None:
        self.text, self.tone = text, tone if tone in {"done", "news", "refused"} else "done"
        self.serial += 1


async def tell(state: rx.State, text: str, tone: str = "done") -> None:
    """Say a sentence in the same message as what the running handler changes.

    ``return Notices.say(…)`` is a second event: the guard reads the identity again, and the page is drawn twice.
    """
    (await state.get_state(Notices))._show(text, tone)


def region() -> rx.Component:
    """Return the place of the notices: always in the page, so that screen readers watch it."""
    return rx.el.div(
        rx.cond(
            Notices.text != "",
            rx.el.div(
                rx.el.p(typeset(Notices.text)),
                rx.el.button("Fermer", type="button", class_name="button quiet", on_click=Notices.dismiss),
                class_name="toast toast-" + Notices.tone,
                key=Notices.serial,
            ),
        ),
        role="status",
        class_name="toast-region",
    )
