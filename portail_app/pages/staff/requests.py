"""« Demandes à traiter »: accept, refuse with a reason, accept many at once."""

import reflex as rx

from portail_app.pages.staff.queue_state import ANY, CHOSEN_PREFIX, TO_CHECK, QueueState
from portail_app.rules.statuses import RequestStatus
from portail_app.settings import get_settings
from portail_app.ui import components as c
from portail_app.ui import french
from portail_app.ui.layout import staff_page
from portail_app.ui.request_rows import PaperRow, RequestRow
from portail_app.ui.session import SessionState, commune

__all__ = ["QueueState", "page"]

BATCH_FORM = "accepter-plusieurs"
BATCH_DIALOG = "confirmer-plusieurs"
BATCH_YES = {"data-batch-yes": ""}
Q = QueueState


def page() -> rx.Component:
    """Lay out the queue."""
    return staff_page(
        rx.cond(Q.allowed, "Demandes à traiter", "Espace agents"),
        "/agents/demandes",
        c.loading(
            ~Q.loaded,
            rx.cond(
                Q.allowed,
                rx.fragment(
                    _filters(), _problems(), rx.cond(Q.rows.length() > 0, _queue(), _nothing()), _batch_dialog()
                ),
                c.empty_state(
                    "Votre profil n’a pas encore de page ici",
                    "Les demandes des familles reviennent aux agents d’accueil. Pour y répondre vous aussi, "
                    "demandez à l’administrateur du portail, à la mairie, de changer votre profil.",
                    icon_name="info",
                ),
            ),
            lines=8,
        ),
        rx.el.script(src="/queue.js", custom_attrs={"async": True}),
        commune=commune(),
        person=SessionState.person,
        decides=SessionState.decides,
        is_demo=get_settings().is_demo,
    )


def _filters() -> rx.Component:
    return rx.el.div(
        c.text_field(
            "text",
            "Chercher",
            hint="Famille, enfant ou numéro",
            type="search",
            default_value=Q.text,
            on_change=Q.search.debounce(300),
        ),
        c.field(
            "kind",
            "Type de demande",
            rx.el.select(
                rx.el.option("Tous", value=ANY),
                rx.foreach(Q.kinds, lambda kind: rx.el.option(kind[1], value=kind[0])),
                value=Q.kind,
                on_change=Q.choose_kind,
                class_name="control",
                custom_attrs={"id": "champ-kind"},
            ),
        ),
        c.select_field(
            "status",
            "État",
            [
                *((str(status), french.label(status)) for status in RequestStatus),
                (TO_CHECK, "Certificats à vérifier"),
                (ANY, "Toutes"),
            ],
            value=Q.status,
            on_change=Q.choose_status,
        ),
        rx.el.p(rx.el.strong(Q.waiting), class_name="queue-count", role="status"),
        class_name="filters",
        role="search",
        aria_label="Filtrer les demandes",
    )


def _problems() -> rx.Component:
    return rx.cond(
        Q.problems.length() > 0,
        c.notice(
            rx.el.p("Ces demandes n’ont pas été acceptées :"),
            rx.el.ul(rx.foreach(Q.problems, rx.el.li)),
            tone="bad",
        ),
    )


def _queue() -> rx.Component:
    return rx.fragment(
        rx.cond(Q.status == str(RequestStatus.PENDING), _batch()),
        rx.el.ol(rx.foreach(Q.rows, _request), class_name="queue"),
        rx.cond(Q.more, c.actions(c.button("Afficher les suivantes", "down", on_click=Q.show_more))),
    )


def _batch() -> rx.Component:
    """Hold the button of the batch; each request's checkbox belongs to this form by its ``form`` attribute."""
    return rx.el.form(
        rx.el.label(
            rx.el.input(type="checkbox", custom_attrs={"data-choose-all": BATCH_FORM}),
            rx.el.span("Tout cocher"),
            class_name="choice",
        ),
        c.button("Accepter les demandes cochées", "check", custom_attrs={"data-confirm-batch": BATCH_DIALOG}),
        rx.el.p(
            "Clavier : ↑ ↓ d’une demande à l’autre, A pour accepter, R pour refuser.", class_name="quiet-text keys"
        ),
        on_submit=Q.accept_chosen,
        class_name="batch",
        custom_attrs={"id": BATCH_FORM},
    )


def _batch_dialog() -> rx.Component:
    """Ask once more: sixteen families are told at the same time. queue.js counts the ticked boxes."""
    return c.dialog(
        BATCH_DIALOG,
        "Accepter ces demandes ?",
        rx.el.p(custom_attrs={"data-batch-count": ""}),
        rx.el.p("Chaque famille est prévenue aussitôt par courriel."),
        c.actions(
            c.primary_button(
                "Accepter", "check", type="submit", custom_attrs={"form": BATCH_FORM, "data-batch-yes": ""}
            ),
            c.closing_button(),
        ),
    )


def _request(request: RequestRow) -> rx.Component:
    pending = request["status"] == str(RequestStatus.PENDING)
    return rx.el.li(
        rx.el.div(
            rx.cond(pending, _choose(request)),
            rx.el.div(
                rx.el.h2(request["title"], class_name="card-name"),
                rx.el.p(rx.cond(request["child"] != "", request["child"] + ", " + request["day"], "")),
                rx.el.p(
                    "Famille ", request["family"], " · n° ", request["number"], " · ", request["author"], ", ",
                    request["sent"],
                    class_name="quiet-text",
                ),
                class_name="queue-text",
            ),
            c.request_badge(request["status"]),
            class_name="queue-head",
        ),
        _details(request),
        rx.cond(pending, _answers(request)),
        rx.cond(
            Q.status == TO_CHECK,
            c.actions(c.primary_button("Certificat accepté", "check", on_click=Q.excuse(request["id"]))),
        ),
        class_name="queue-item card",
        tab_index=-1,
        key=request["number"],
        custom_attrs={"data-request": request["number"]},
    )  # fmt: skip


def _choose(request: RequestRow) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name=CHOSEN_PREFIX + request["id"].to_string(),
            aria_label="Cocher la demande " + request["number"],
            custom_attrs={"form": BATCH_FORM, "data-awaited": rx.cond(request["can_attach"], "yes", "no")},
        ),
        class_name="choice queue-choice",
    )


def _details(request: RequestRow) -> rx.Component:
    return rx.fragment(
        rx.cond(request["absence"] != "", rx.el.p(request["absence"])),
        rx.cond(request["comment"] != "", rx.el.p("« ", request["comment"], " »")),
        rx.cond(request["reason"] != "", rx.el.p(rx.el.strong("Motif du refus : "), request["reason"])),
        rx.cond(request["certificate"] != "", c.note_badge(request["certificate"])),
        rx.cond(request["by_staff"], c.note_badge("saisi par la mairie")),
        rx.foreach(
            request["papers"].to(list[PaperRow]),
            lambda paper: c.document_link(paper["name"], paper["href"], "paperclip"),
        ),
    )


def _answers(request: RequestRow) -> rx.Component:
    return rx.el.div(
        c.primary_button(
            "Accepter",
            "check",
            on_click=Q.accept(request["id"]),
            aria_label="Accepter la demande " + request["number"],
            custom_attrs={"data-key": "a"},
        ),
        rx.el.details(
            rx.el.summary(
                "Refuser…",
                class_name="button danger",
                aria_label="Refuser la demande " + request["number"],
                custom_attrs={"data-key": "r"},
            ),
            _refusal(request),
        ),
        class_name="queue-answers",
    )


def _refusal(request: RequestRow) -> rx.Component:
    return rx.el.form(
        # In the form, not in the handler: Reflex draws a form apart, where the request of the loop is not known.
        rx.el.input(type="hidden", name="request_id", value=request["id"].to_string(), read_only=True),
        c.text_area(
            "reason",
            "Motif du refus",
            hint="La famille le lira dans « Liste des demandes ».",
            error=rx.cond(Q.faulty_id == request["id"], Q.fault, ""),
            scope=request["number"] + "-",
            rows=2,
            max_length=1000,
        ),
        c.danger_button("Refuser la demande", "cross", type="submit"),
        on_submit=Q.refuse,
        reset_on_submit=False,
        class_name="stack",
    )


def _nothing() -> rx.Component:
    return c.empty_state(
        "Aucune demande à montrer",
        "Tout est traité, ou rien ne répond à ces filtres. Les nouvelles demandes s’affichent toutes seules.",
    )
