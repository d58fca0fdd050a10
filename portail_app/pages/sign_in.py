"""The sign-in: a native form, so that the session cookie is out of reach of every script."""

from typing import ClassVar

import reflex as rx

from portail_app.http.cookies import Flash, read_flash, session_token
from portail_app.http.destinations import SIGN_IN
from portail_app.http.gate import SESSION_OVER
from portail_app.ui import components as c
from portail_app.ui.guard import Access
from portail_app.ui.layout import public_page
from portail_app.ui.session import commune
from portail_app.ui.visits import current


class SignInState(rx.State):
    """What the last attempt left to say; never a password."""

    ACCESS: ClassVar[Access] = Access.PUBLIC

    message: str = ""
    is_error: bool = False
    identifier: str = ""
    suite: str = ""

    @rx.event
    def load(self) -> None:
        """Read the sentence of the last attempt, and the page that was asked for."""
        flash = read_flash(current().cookie, SIGN_IN) or _session_over()
        self.message = flash.message if flash else ""
        self.is_error = flash is not None and flash.is_error
        self.identifier = flash.identifier if flash else ""
        self.suite = self.router.url.query_parameters.get("suite", "")


def _session_over() -> Flash | None:
    """Say why a page that was open has led here: the browser still shows a session, which is no longer one."""
    is_over = current().actor is None and session_token(current().cookie) is not None
    return Flash(SIGN_IN, SESSION_OVER, is_error=False) if is_over else None


def page() -> rx.Component:
    """Lay out « Connexion »; the form is there before any script."""
    return public_page(
        "Portail Famille",
        rx.el.p("Afin d’accéder à notre service, veuillez vous identifier", class_name="lead"),
        said(SignInState.message, SignInState.is_error),
        c.native_form(
            rx.el.input(type="hidden", name="suite", value=SignInState.suite, read_only=True),
            c.text_field(
                "identifier",
                "Identifiant",
                auto_complete="username",
                required=True,
                # A failed attempt gives back what was typed; the key makes the field take it.
                default_value=SignInState.identifier,
                key=SignInState.identifier,
                custom_attrs={"autoCapitalize": "none", "spellCheck": "false"},
            ),
            c.password_field("password", "Mot de passe", required=True),
            c.primary_button("Connexion", type="submit"),
            action="/connexion",
            class_name="stack",
        ),
        c.text_link("Mot de passe oublié ?", "/mot-de-passe-oublie"),
        _no_account(),
        commune=commune(),
    )


def said(message: rx.Var[str], is_error: rx.Var[bool]) -> rx.Component:
    """Show the sentence that a form left behind, announced at once."""
    return rx.el.div(
        rx.cond(
            message != "",
            rx.cond(is_error, c.notice(rx.el.p(message), tone="bad"), c.notice(rx.el.p(message), tone="good")),
        ),
        role="status",
    )


def _no_account() -> rx.Component:
    town_hall = commune()
    return rx.el.div(
        rx.el.h2("Pas encore d’identifiant ?"),
        rx.el.p("La mairie vous le remet, avec un premier mot de passe."),
        rx.el.ul(
            rx.el.li("Téléphone : ", rx.el.a(town_hall.phone, href=f"tel:{town_hall.phone}", reload_document=True)),
            rx.el.li("Courriel : ", rx.el.a(town_hall.email, href=f"mailto:{town_hall.email}", reload_document=True)),
            class_name="plain-list",
        ),
        class_name="help",
    )
