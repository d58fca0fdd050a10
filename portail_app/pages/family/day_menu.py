"""What a day of the calendar offers: the menu of its two acts, and the form of an absence."""

import reflex as rx

from portail_app.pages.family.children_state import ChildrenState
from portail_app.rules.statuses import AbsenceReason
from portail_app.ui import components as c
from portail_app.ui import french
from portail_app.ui.components.fields import tied
from portail_app.ui.icons import icon

S = ChildrenState
# The service and the day that the menu is about, remembered by calendar.js.
CHOSEN_CELL = rx.Var("globalThis.portailCell()", _var_type=str)
CERTIFICATE_HINT = (
    "PDF, JPEG ou PNG, 5 Mo au plus. Vous pouvez aussi le joindre plus tard, dans « Liste des demandes »."
)


def day_menu() -> rx.Component:
    """Offer what can be done with the chosen day; one menu serves every cell and every gesture."""
    return rx.el.div(
        rx.el.div(
            rx.el.p(class_name="menu-title", custom_attrs={"data-menu-title": "", "id": "day-menu-title"}),
            rx.el.p(class_name="menu-state", custom_attrs={"data-menu-state": ""}),
        ),
        rx.el.div(
            _menu_choice("book", "Demande de Réservation", "plus", on_click=S.ask_booking(CHOSEN_CELL)),
            _menu_choice("absence", "Déclarer une absence", "absence", on_click=S.forget_error),
            role="menu",
            aria_labelledby="day-menu-title",
        ),
        class_name="menu day-menu",
        custom_attrs={"id": "day-menu", "popover": "auto"},
    )


def absence_dialog() -> rx.Component:
    """Ask why a child will not come, and for the certificate of a medical reason."""
    return c.dialog(
        "absence-dialog",
        "Déclarer une absence",
        rx.el.p(class_name="dialog-lead", custom_attrs={"data-absence-day": ""}),
        rx.el.form(
            rx.el.input(type="hidden", name="cell"),
            rx.el.input(type="hidden", name="certificate"),
            rx.el.input(type="hidden", name="child", value=S.child_id.to_string(), read_only=True),
            c.select_field(
                "reason",
                "Raison de l’absence",
                [("", "Choisir…"), *((str(reason), french.label(reason)) for reason in AbsenceReason)],
                error=_error("reason"),
            ),
            _certificate(),
            c.text_area("comment", "Précision (facultatif)", error=_error("comment"), rows=2, max_length=500),
            _confirmation(),
            rx.el.p(_error("form"), class_name="field-error", role="alert"),
            c.actions(
                c.primary_button("Déclarer l’absence", type="submit"),
                c.quiet_button("Annuler", custom_attrs={"data-close-dialog": ""}),
            ),
            on_submit=S.declare_absence,
            reset_on_submit=False,
        ),
        custom_attrs={"data-answer": S.answer},
    )


def _menu_choice(name: str, words: str, icon_name: str, **props: object) -> rx.Component:
    return rx.el.button(
        icon(icon_name),
        rx.el.span(rx.el.span(words), rx.el.span(class_name="menu-limit", custom_attrs={"data-limit": ""})),
        type="button",
        role="menuitem",
        class_name="menu-item",
        custom_attrs={"data-choice": name},
        **props,
    )


def _error(field: str) -> rx.Var[str]:
    return rx.cond(S.error_field == field, S.error_text, "")


def _confirmation() -> rx.Component:
    said = _error("confirmed")
    box = c.checkbox(
        "confirmed",
        "Je confirme l’absence de mon enfant ce jour-là.",
        aria_describedby="erreur-confirmed",
        aria_invalid=rx.cond(said != "", "true", "false"),
    )
    return rx.el.div(
        box,
        rx.el.p(said, class_name="field-error", aria_live="polite", custom_attrs={"id": "erreur-confirmed"}),
        class_name="field",
    )


def _certificate() -> rx.Component:
    said = _error("certificate")
    tie = {
        **tied("certificate", CERTIFICATE_HINT, said, {}),
        "aria_describedby": "aide-certificate erreur-certificate erreur-fichier",
    }
    return rx.el.div(
        # No name: absence.js has sent the file already, the form carries its number only.
        c.field(
            "certificate",
            "Certificat médical",
            rx.el.input(type="file", accept=".pdf,.jpg,.jpeg,.png", **tie),
            hint=CERTIFICATE_HINT,
            error=said,
        ),
        rx.el.p(class_name="field-error", role="alert", custom_attrs={"id": "erreur-fichier", "data-file-error": ""}),
        rx.el.p(class_name="field-done", role="status", custom_attrs={"data-file-done": ""}),
        custom_attrs={"data-certificate": "", "hidden": True},
    )
