"""The shells around every page: the commune leads, then the tabs, then the page, then how to reach the town hall."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from portail_app.ui import connection, notices, session_warning, theme
from portail_app.ui.components import page_title
from portail_app.ui.components.buttons import Text, given
from portail_app.ui.icons import icon
from portail_app.ui.navigation import DEMO_STAFF_TABS, STAFF_TABS, TABS, person_menu, tab_bar

ACCESSIBILITY_PAGE = "/accessibilite"
LEGAL_PAGE = "/mentions-legales"


@dataclass(frozen=True, slots=True)
class Commune:
    """Whose portal it is, how to reach the town hall, and the colour it chose (``#rrggbb``)."""

    name: Text
    phone: Text = ""
    email: Text = ""
    accent: str = ""


def family_page(
    title: Text, active: str, *content: Any, commune: Commune, person: Text, lead: Text = "", wide: bool = False
) -> rx.Component:
    """Lay out a page of parents; ``active`` is the address of its tab, ``wide`` gives room to the calendar."""
    return _shell(
        "family",
        commune,
        _header(commune, "/accueil", "Portail Famille", person),
        tab_bar(TABS, active),
        _main(title, lead, content, "main wide" if wide else "main"),
    )


def staff_page(
    title: Text,
    active: str,
    *content: Any,
    commune: Commune,
    person: Text,
    decides: rx.Var[bool],
    is_demo: bool = False,
) -> rx.Component:
    """Lay out a page of agents: denser, under a dark header, so that nobody takes one space for the other.

    All the tabs are about requests: they are for who ``decides`` them.
    """
    return _shell(
        "staff",
        commune,
        _header(commune, "/agents/demandes", "Espace agents", person),
        tab_bar(DEMO_STAFF_TABS if is_demo else STAFF_TABS, active, decides),
        _main(title, "", content, "main wide"),
    )


def public_page(title: Text, *content: Any, commune: Commune, lead: Text = "", boxed: bool = True) -> rx.Component:
    """Lay out a page for whoever is not signed in.

    ``boxed`` centres what is asked (sign-in, password); texts to read (accessibility, legal notice) go without.
    It needs no state: it paints before the websocket is there.
    """
    inside = rx.el.div(page_title(title, lead), *content, class_name="box") if boxed else _page(title, lead, content)
    return rx.el.div(
        _skip_link(),
        rx.el.header(rx.el.div(_brand(commune, "/", "Portail Famille"), class_name="bar"), class_name="header"),
        rx.el.main(
            inside,
            class_name="main centred" if boxed else "main",
            custom_attrs={"id": "contenu"},
        ),
        _footer(commune),
        class_name="shell public",
        custom_attrs=theme.accent_of(commune.accent),
    )


def _shell(kind: str, commune: Commune, header: Any, *parts: Any) -> rx.Component:
    return rx.el.div(
        _skip_link(),
        connection.lost_banner(),
        header,
        *parts,
        _footer(commune),
        notices.region(),
        session_warning.dialog_before_expiry(),
        class_name=f"shell {kind}",
        custom_attrs=theme.accent_of(commune.accent),
    )


class _SkipLink(BaseHTML):
    """A plain anchor: the router's link would write the address of the page before the fragment, and leave it."""

    tag = "a"

    href: rx.Var[str]


def _skip_link() -> rx.Component:
    return _SkipLink.create("Aller au contenu", href="#contenu", class_name="skip")


def _header(commune: Commune, home: str, space: str, person: Text) -> rx.Component:
    return rx.el.header(
        rx.el.div(_brand(commune, home, space), person_menu(person), class_name="bar"),
        class_name="header",
    )


def _brand(commune: Commune, home: str, space: str) -> rx.Component:
    return rx.el.a(
        rx.el.img(src="/logo.svg", alt="", custom_attrs={"width": "48", "height": "48"}),
        rx.el.span(
            rx.el.strong(commune.name),
            rx.el.span(space),
            class_name="brand-words",
        ),
        href=home,
        class_name="brand",
    )


def _main(title: Text, lead: Text, content: tuple[Any, ...], class_name: str) -> rx.Component:
    return rx.el.main(_page(title, lead, content), class_name=class_name, custom_attrs={"id": "contenu"})


def _page(title: Text, lead: Text, content: tuple[Any, ...]) -> rx.Component:
    return rx.fragment(page_title(title, lead), *content)


def _footer(commune: Commune) -> rx.Component:
    contacts = [
        _contact("phone", "Téléphone : ", commune.phone, "tel:"),
        _contact("mail", "Courriel : ", commune.email, "mailto:"),
    ]
    return rx.el.footer(
        rx.el.div(
            rx.el.ul(*(contact for contact in contacts if contact is not None), class_name="contacts"),
            rx.el.ul(
                # The words that the law asks for, as long as no audit has been made (RGAA, article 47).
                rx.el.li(rx.el.a("Accessibilité : non conforme", href=ACCESSIBILITY_PAGE)),
                rx.el.li(rx.el.a("Mentions légales", href=LEGAL_PAGE)),
            ),
            class_name="bar",
        ),
        class_name="footer",
    )


def _contact(icon_name: str, spoken: str, value: Text, scheme: str) -> rx.Component | None:
    if not given(value):
        return None
    return rx.el.li(
        rx.el.a(
            icon(icon_name),
            rx.el.span(spoken, class_name="sr-only"),
            rx.el.span(value),
            href=scheme + value,
            reload_document=True,
        )
    )
