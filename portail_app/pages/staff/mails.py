"""« Courriels »: in the demo, without a mail server, what the families would have received."""

from typing import ClassVar, TypedDict

import reflex as rx

from portail_app.errors import NotAllowed
from portail_app.services import outbox
from portail_app.settings import get_settings
from portail_app.ui import components as c
from portail_app.ui import french
from portail_app.ui.guard import Access
from portail_app.ui.layout import staff_page
from portail_app.ui.live import hub
from portail_app.ui.session import SessionState, commune
from portail_app.ui.visits import act, current


class MailRow(TypedDict):
    """One e-mail in ready texts."""

    id: int
    to: str
    subject: str
    text: str
    at: str


class MailsState(rx.State):
    """« Courriels »."""

    ACCESS: ClassVar[Access] = Access.STAFF

    loaded: bool = False
    rows: list[MailRow] = []

    @rx.event
    async def load(self) -> rx.event.EventSpec | None:
        """Show the last e-mails, in the demo only."""
        hub.shows(current().tab, MailsState.load)
        try:
            mails = await act(outbox.recent)
        except NotAllowed:
            return rx.redirect("/agents/demandes")
        self.rows = [
            MailRow(
                id=mail.id, to=mail.to, subject=mail.subject, text=mail.text, at=french.short_instant(mail.created_at)
            )
            for mail in mails
        ]
        self.loaded = True
        return None


def page() -> rx.Component:
    """Lay out « Courriels »."""
    return staff_page(
        "Courriels",
        "/agents/courriels",
        c.notice(rx.el.p("Démonstration : sans serveur de courriel, ces messages ne partent pas. Vous les lisez ici.")),
        c.loading(
            ~MailsState.loaded,
            rx.cond(
                MailsState.rows.length() > 0,
                rx.el.ul(rx.foreach(MailsState.rows, _mail), class_name="cards"),
                c.empty_state(
                    "Aucun courriel", "Les accusés de réception et les réponses s’affichent ici.", icon_name="mail"
                ),
            ),
        ),
        commune=commune(),
        person=SessionState.person,
        decides=SessionState.decides,
        is_demo=get_settings().is_demo,
    )


def _mail(mail: MailRow) -> rx.Component:
    return rx.el.li(
        rx.el.details(
            rx.el.summary(
                rx.el.strong(mail["subject"]), rx.el.span(" à ", mail["to"], ", ", mail["at"], class_name="quiet-text")
            ),
            rx.el.p(mail["text"], class_name="preserve"),
            class_name="card",
        ),
        key=mail["id"].to_string(),
    )
