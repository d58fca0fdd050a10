"""« Liste des demandes »: what the family asked for in the last month, and what became of it."""

from typing import ClassVar

import reflex as rx

from portail_app.errors import Refused
from portail_app.rules.statuses import CHILD_KINDS, FAMILY_KINDS, RequestKind, RequestStatus
from portail_app.services import requests
from portail_app.ui import components as c
from portail_app.ui import french
from portail_app.ui.guard import Access
from portail_app.ui.layout import family_page
from portail_app.ui.live import hub
from portail_app.ui.notices import Notices
from portail_app.ui.request_rows import PaperRow, RequestRow, request_row
from portail_app.ui.session import SessionState, commune
from portail_app.ui.visits import act, current

ANY = ""
# Where a request was made: the two lists of the notice.
SCOPES = {"mon-compte": FAMILY_KINDS, "mes-enfants": CHILD_KINDS}


class RequestsState(rx.State):
    """« Liste des demandes »."""

    ACCESS: ClassVar[Access] = Access.FAMILY

    loaded: bool = False
    rows: list[RequestRow] = []
    scope: str = ANY
    kind: str = ANY
    status: str = ANY
    # The kinds that the family has used: an empty choice would only be in the way.
    kinds: list[tuple[str, str]] = []

    @rx.event
    async def load(self) -> None:
        """Show the list."""
        hub.shows(current().tab, RequestsState.refresh)
        views = await act(requests.recent, None, None, SCOPES.get(self.scope))
        used = sorted({view.kind for view in views}, key=french.label)
        self.kinds = [(str(kind), french.label(kind)) for kind in used]
        shown = [view for view in views if self.kind in {ANY, view.kind} and self.status in {ANY, view.status}]
        self.rows = [request_row(view) for view in shown]
        self.loaded = True

    @rx.event
    async def refresh(self) -> rx.event.EventSpec | None:
        """Show the list again, because somebody answered."""
        before = {row["number"]: row["status"] for row in self.rows}
        await self.load()
        for row in self.rows:
            if row["status"] != before.get(row["number"], row["status"]):
                word = french.label(RequestStatus(row["status"])).lower()
                return Notices.say(f"Demande n° {row['number']} : {word}.", "news")
        return None

    @rx.event
    async def choose_scope(self, scope: str) -> None:
        """Show the requests of one part of the portal."""
        self.scope, self.kind = (scope if scope in SCOPES else ANY), ANY
        await self.load()

    @rx.event
    async def choose_kind(self, kind: str) -> None:
        """Show one kind of request."""
        self.kind = kind if kind in set(RequestKind) else ANY
        await self.load()

    @rx.event
    async def choose_status(self, status: str) -> None:
        """Show the requests in one state."""
        self.status = status if status in set(RequestStatus) else ANY
        await self.load()

    @rx.event
    async def withdraw(self, request_id: int) -> rx.event.EventSpec:
        """Take a pending request back."""
        try:
            view = await act(requests.withdraw, request_id)
        finally:
            # Also when it was answered a moment ago: the page then shows the answer beside the refusal.
            await self.load()
        return Notices.say(f"Demande n° {view.number} retirée.", "done")

    @rx.event
    async def attach(self, request_id: int, document_id: int) -> rx.event.EventSpec:
        """Join the certificate that the browser has just sent."""
        try:
            view = await act(requests.attach_certificate, request_id, document_id)
        except Refused as refusal:
            return Notices.say(refusal.message, "refused")
        await self.load()
        return Notices.say(f"Certificat joint à la demande n° {view.number}.", "done")


def page() -> rx.Component:
    """Lay out « Liste des demandes »."""
    return family_page(
        "Liste des demandes",
        "/liste-des-demandes",
        _filters(),
        c.loading(
            ~RequestsState.loaded,
            rx.cond(
                RequestsState.rows.length() > 0,
                rx.el.ul(rx.foreach(RequestsState.rows, _request), class_name="cards"),
                _empty(),
            ),
            lines=6,
        ),
        *(rx.el.script(src=f"/{name}.js", custom_attrs={"async": True}) for name in ("requests", "papers")),
        lead="Vos demandes de moins d’un mois, et les réponses de la mairie.",
        commune=commune(),
        person=SessionState.person,
    )


def _filters() -> rx.Component:
    return rx.el.div(
        c.select_field(
            "scope",
            "Rubrique",
            [(ANY, "Toutes"), ("mon-compte", "Mon compte"), ("mes-enfants", "Mes enfants")],
            value=RequestsState.scope,
            on_change=RequestsState.choose_scope,
        ),
        c.field(
            "kind",
            "Type de demande",
            rx.el.select(
                rx.el.option("Tous", value=ANY),
                rx.foreach(RequestsState.kinds, lambda kind: rx.el.option(kind[1], value=kind[0])),
                value=RequestsState.kind,
                on_change=RequestsState.choose_kind,
                class_name="control",
                custom_attrs={"id": "champ-kind"},
            ),
        ),
        c.select_field(
            "status",
            "État",
            [(ANY, "Tous"), *((str(status), french.label(status)) for status in RequestStatus)],
            value=RequestsState.status,
            on_change=RequestsState.choose_status,
        ),
        class_name="filters",
        role="search",
        aria_label="Filtrer les demandes",
    )


def _request(request: RequestRow) -> rx.Component:
    return rx.el.li(
        c.card(
            rx.el.div(
                rx.el.h2(request["title"], class_name="card-name"),
                c.request_badge(request["status"]),
                class_name="card-head",
            ),
            rx.cond(request["child"] != "", rx.el.p(request["child"], ", ", request["day"])),
            rx.cond(request["absence"] != "", rx.el.p(request["absence"])),
            rx.cond(request["comment"] != "", rx.el.p("« ", request["comment"], " »", class_name="quiet-text")),
            rx.cond(
                request["reason"] != "",
                rx.el.p(rx.el.strong("Motif du refus : "), request["reason"], class_name="answer"),
            ),
            _certificate(request),
            rx.el.p(
                "Demande n° ", request["number"], " envoyée ", request["sent"],
                rx.cond(request["answered"] != "", " · " + request["answered"], ""),
                class_name="quiet-text",
            ),
            rx.cond(request["by_staff"], c.note_badge("saisi par la mairie")),
            rx.cond(
                request["can_withdraw"],
                c.actions(
                    c.button(
                        "Retirer la demande",
                        "undo",
                        on_click=RequestsState.withdraw(request["id"]),
                        aria_label="Retirer la demande " + request["number"],
                    )
                ),
            ),
            custom_attrs={"data-request": request["number"]},
        ),
        key=request["number"],
    )  # fmt: skip


def _certificate(request: RequestRow) -> rx.Component:
    return rx.fragment(
        rx.cond(request["certificate"] != "", c.note_badge(request["certificate"])),
        rx.foreach(
            request["papers"].to(list[PaperRow]),
            lambda paper: c.document_link(paper["name"], paper["href"], "paperclip"),
        ),
        rx.cond(request["can_attach"], _attach(request)),
    )


def _attach(request: RequestRow) -> rx.Component:
    """Let the family send the certificate later; requests.js uploads it, then clicks the hidden button."""
    number = request["number"]
    return rx.el.div(
        rx.el.label(
            rx.el.span(
                "Joindre le certificat (PDF, JPEG ou PNG, 5 Mo au plus)",
                rx.el.span(" à la demande ", number, class_name="sr-only"),
            ),
            rx.el.input(
                type="file",
                accept=".pdf,.jpg,.jpeg,.png",
                aria_describedby="erreur-certificat-" + number,
                custom_attrs={"data-paper": number, "data-child": request["child_id"]},
            ),
            class_name="button file-button",
        ),
        rx.el.p(
            class_name="field-error",
            role="alert",
            custom_attrs={"id": "erreur-certificat-" + number, "data-paper-error": number},
        ),
        rx.el.button(
            "Enregistrer",
            type="button",
            hidden=True,
            on_click=RequestsState.attach(request["id"], rx.Var("globalThis.portailPaper()", _var_type=int)),
            custom_attrs={"data-paper-done": number},
        ),
        class_name="attach",
    )


def _empty() -> rx.Component:
    return c.empty_state(
        "Aucune demande à montrer",
        "Pour réserver un jour ou déclarer une absence, ouvrez le calendrier de votre enfant.",
        c.button_link("Mes enfants", "/mes-enfants", "children", primary=True),
        icon_name="requests",
    )
