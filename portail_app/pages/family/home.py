"""« Accueil »: the commune's message, and what there is to do."""

from typing import ClassVar, TypedDict

import reflex as rx

from portail_app.rules.statuses import RequestStatus
from portail_app.services import invoices, municipality, requests
from portail_app.ui import components as c
from portail_app.ui import french
from portail_app.ui.guard import Access
from portail_app.ui.layout import family_page
from portail_app.ui.live import hub
from portail_app.ui.session import SessionState, commune
from portail_app.ui.typography import typeset
from portail_app.ui.visits import act, current

# Enough to see that the town hall answered; the whole list has its own page.
LATEST_ANSWERS = 3


class InvoiceRow(TypedDict):
    """One unpaid invoice in ready texts."""

    number: str
    label: str
    balance: str
    total: str
    due: str
    status: str
    pdf: str


class AnswerRow(TypedDict):
    """One answered request in ready texts."""

    title: str
    status: str
    detail: str
    reason: str


class HomeState(rx.State):
    """« Accueil »."""

    ACCESS: ClassVar[Access] = Access.FAMILY

    loaded: bool = False
    message_title: str = ""
    message: str = ""
    unpaid: list[InvoiceRow] = []
    total_due: str = ""
    pending: str = ""
    answers: list[AnswerRow] = []

    @rx.event
    async def load(self) -> None:
        """Show the message and what there is to do."""
        hub.shows(current().tab, HomeState.load)
        welcome = await act(municipality.welcome)
        self.message_title, self.message = welcome.title, welcome.message
        await self._show_invoices()
        await self._show_requests()
        self.loaded = True

    async def _show_invoices(self) -> None:
        unpaid = await act(invoices.unpaid)
        self.unpaid = [_invoice_row(invoice) for invoice in unpaid]
        self.total_due = french.euros(sum(invoice.balance_cents for invoice in unpaid))

    async def _show_requests(self) -> None:
        recent = await act(requests.recent)
        waiting = sum(view.status is RequestStatus.PENDING for view in recent)
        self.pending = french.count(waiting, "demande en attente", "demandes en attente") if waiting else ""
        answered = [view for view in recent if view.decided_at and view.status is not RequestStatus.WITHDRAWN]
        answered.sort(key=lambda view: view.decided_at or view.created_at, reverse=True)
        self.answers = [_answer_row(view) for view in answered[:LATEST_ANSWERS]]


def page() -> rx.Component:
    """Lay out « Accueil »."""
    return family_page(
        "Accueil",
        "/accueil",
        rx.el.section(
            rx.cond(
                HomeState.loaded,
                rx.fragment(
                    rx.el.h2(typeset(HomeState.message_title)),
                    rx.el.p(typeset(HomeState.message), class_name="preserve"),
                ),
                c.skeleton(7),
            ),
            class_name="welcome",
        ),
        c.frame(
            "Factures impayées",
            c.loading(~HomeState.loaded, rx.cond(HomeState.unpaid.length() > 0, _unpaid(), _all_paid()), lines=6),
            icon_name="card",
        ),
        c.frame(
            "Mes demandes",
            c.loading(~HomeState.loaded, _answers(), lines=6),
            icon_name="requests",
            action=c.text_link("Toutes mes demandes", "/liste-des-demandes"),
        ),
        commune=commune(),
        person=SessionState.person,
    )


def _unpaid() -> rx.Component:
    return rx.fragment(
        c.table(
            "Factures impayées",
            [
                "Facture",
                "À payer avant le",
                c.head_cell("Reste à payer", "amount"),
                "État",
                c.head_cell("Document", "amount"),
            ],
            rx.foreach(HomeState.unpaid, _invoice),
        ),
        rx.el.p("Total à payer : ", rx.el.strong(HomeState.total_due), class_name="total"),
    )


def _invoice(invoice: InvoiceRow) -> rx.Component:
    return c.row(
        c.cell("", rx.el.strong(invoice["label"]), rx.el.span("n° ", invoice["number"], class_name="quiet-text block")),
        c.cell("À payer avant le", invoice["due"]),
        c.cell("Reste à payer", invoice["balance"], class_name="amount"),
        c.cell("État", c.invoice_badge(invoice["status"])),
        c.cell(
            "",
            c.document_link(
                "PDF", invoice["pdf"], aria_label="Facture " + invoice["number"] + " en PDF, nouvel onglet"
            ),
            class_name="card-actions",
        ),
    )


def _all_paid() -> rx.Component:
    return c.empty_state("Tout est payé", "Vous n’avez aucune facture à régler. Merci !")


def _answers() -> rx.Component:
    return rx.fragment(
        rx.cond(HomeState.pending != "", rx.el.p(HomeState.pending, " : la mairie vous répondra ici et par courriel.")),
        rx.cond(
            HomeState.answers.length() > 0,
            rx.el.ul(rx.foreach(HomeState.answers, _answer), class_name="plain-list"),
            rx.cond(
                HomeState.pending == "",
                c.empty_state(
                    "Aucune demande récente",
                    "Pour réserver un jour ou déclarer une absence, ouvrez le calendrier de votre enfant.",
                    c.button_link("Mes enfants", "/mes-enfants", "children"),
                    icon_name="calendar",
                ),
            ),
        ),
    )


def _answer(answer: AnswerRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.strong(answer["title"]), c.request_badge(answer["status"]), class_name="line"),
        rx.el.p(answer["detail"], class_name="quiet-text"),
        rx.cond(answer["reason"] != "", rx.el.p("Motif : ", answer["reason"])),
    )


def _invoice_row(invoice: invoices.InvoiceView) -> InvoiceRow:
    return InvoiceRow(
        number=invoice.number,
        label=invoice.label,
        balance=french.euros(invoice.balance_cents),
        total=french.euros(invoice.total_cents),
        due=french.plain_day(invoice.due_on),
        status=str(invoice.status),
        pdf=f"/factures/{invoice.id}.pdf",
    )


def _answer_row(view: requests.RequestView) -> AnswerRow:
    on = f", {french.long_day(view.on)}" if view.on else ""
    return AnswerRow(
        title=f"{view.kind_label} {view.service_name}".strip() + on,
        status=str(view.status),
        detail=f"{view.child_name} · demande n° {view.number}".lstrip(" ·"),
        reason=view.reason,
    )
