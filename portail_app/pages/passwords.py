"""Change one's password, ask for a link when it is forgotten, choose a new one with the link: native forms all."""

from typing import ClassVar

import reflex as rx

from portail_app.http.cookies import read_flash
from portail_app.pages.sign_in import said
from portail_app.ui import components as c
from portail_app.ui.guard import Access
from portail_app.ui.layout import public_page
from portail_app.ui.session import commune
from portail_app.ui.visits import actor, current

ADVICE = "Douze caractères ou plus, ou une phrase entière, protègent mieux votre dossier."


class PasswordState(rx.State):
    """What the last form left to say; never a password."""

    ACCESS: ClassVar[Access] = Access.PUBLIC

    message: str = ""
    field: str = ""
    is_error: bool = False

    @rx.event
    def load(self) -> None:
        """Read the sentence of the last form of this page."""
        flash = read_flash(current().cookie, self.router.url.path.rstrip("/"))
        self.message = flash.message if flash else ""
        self.field = flash.field if flash else ""
        self.is_error = flash is not None and flash.is_error


class OwnPasswordState(rx.State):
    """Whether the town hall's first password must be replaced before anything else."""

    ACCESS: ClassVar[Access] = Access.SIGNED_IN

    is_first: bool = False
    is_known: bool = False

    @rx.event
    def load(self) -> None:
        """Ask for the present password only when it is not the one just typed at the first sign-in."""
        self.is_first = actor().must_change_password
        self.is_known = True


def change_page() -> rx.Component:
    """Lay out « Changer mon mot de passe »."""
    return public_page(
        "Changer mon mot de passe",
        rx.cond(
            OwnPasswordState.is_first,
            rx.el.p(
                "Bienvenue ! Pour votre sécurité, choisissez un mot de passe que personne d’autre ne connaît.",
                class_name="lead",
            ),
        ),
        _general(),
        rx.cond(OwnPasswordState.is_known, _change_form(), c.skeleton(5)),
        rx.cond(OwnPasswordState.is_known & ~OwnPasswordState.is_first, _everywhere()),
        commune=commune(),
    )


def forgotten_page() -> rx.Component:
    """Lay out « Mot de passe oublié ? »."""
    return public_page(
        "Mot de passe oublié ?",
        rx.el.p("Indiquez votre identifiant : nous vous envoyons un lien pour choisir un nouveau mot de passe."),
        said(PasswordState.message, PasswordState.is_error),
        c.native_form(
            c.text_field("identifier", "Identifiant", auto_complete="username", required=True),
            c.primary_button("Recevoir le lien", "mail", type="submit"),
            action="/mot-de-passe-oublie",
            class_name="stack",
        ),
        c.text_link("Retour à la connexion", "/connexion"),
        commune=commune(),
    )


def reset_page() -> rx.Component:
    """Lay out the page of the link; its secret is after « # », which browsers send to nobody."""
    return public_page(
        "Choisir un nouveau mot de passe",
        _general(),
        c.native_form(
            rx.el.input(type="hidden", name="token", custom_attrs={"data-from-address": ""}),
            _new_fields(),
            c.primary_button("Enregistrer", type="submit"),
            action="/mot-de-passe-reinitialise",
            class_name="stack",
        ),
        c.text_link("Demander un autre lien", "/mot-de-passe-oublie"),
        commune=commune(),
    )


def _general() -> rx.Component:
    return said(rx.cond(PasswordState.field == "", PasswordState.message, ""), PasswordState.is_error)


def _change_form() -> rx.Component:
    return c.native_form(
        rx.cond(
            OwnPasswordState.is_first,
            rx.fragment(),
            c.password_field("current", "Mot de passe actuel", error=_error("current"), required=True),
        ),
        _new_fields(),
        c.actions(
            c.primary_button("Enregistrer", type="submit"),
            rx.cond(OwnPasswordState.is_first, rx.fragment(), c.button_link("Annuler", "/")),
        ),
        action="/mot-de-passe",
        class_name="stack",
    )


def _everywhere() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Un appareil perdu ou prêté ?"),
        rx.el.p("Mettez fin à votre session sur tous les ordinateurs et téléphones, celui-ci compris."),
        c.native_form(
            c.button("Me déconnecter partout", "leave", type="submit"),
            action="/deconnexion-partout",
        ),
        class_name="help",
    )


def _new_fields() -> rx.Component:
    return rx.fragment(
        c.new_password_field("new", "Nouveau mot de passe", error=_error("new"), required=True),
        rx.el.p(ADVICE, class_name="field-hint"),
        c.password_field(
            "confirm",
            "Nouveau mot de passe, encore une fois",
            error=_error("confirm"),
            required=True,
            auto_complete="new-password",
        ),
    )


def _error(field: str) -> rx.Var[str]:
    return rx.cond(PasswordState.field == field, PasswordState.message, "")
