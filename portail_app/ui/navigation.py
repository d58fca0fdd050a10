"""Where one can go: the tabs of parents and of agents, and the menu of the person."""

from dataclasses import dataclass

import reflex as rx

from portail_app.ui.components import menu, menu_item, menu_link, native_form
from portail_app.ui.components.buttons import Text
from portail_app.ui.icons import icon

PASSWORD_PAGE = "/mot-de-passe"  # noqa: S105 - an address
SIGN_OUT_ROUTE = "/deconnexion"
PERSON_MENU = "menu-personnel"


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the portal; ``works`` is false as long as its page does not exist: nobody then hears of it."""

    label: str
    href: str
    icon_name: str
    works: bool = True


TABS = (
    Tab("Accueil", "/accueil", "home"),
    Tab("Mon compte", "/mon-compte", "account", works=False),
    Tab("Mes enfants", "/mes-enfants", "children"),
    Tab("Relevé de compte", "/releve-de-compte", "statement", works=False),
    Tab("Boîte de réception", "/boite-de-reception", "inbox", works=False),
    Tab("Liste des demandes", "/liste-des-demandes", "requests"),
    Tab("Infos./Documents", "/infos-documents", "info", works=False),
)
STAFF_TABS = (Tab("Demandes", "/agents/demandes", "requests"),)
# Without a mail server, the demo shows what would have been sent.
DEMO_STAFF_TABS = (*STAFF_TABS, Tab("Courriels", "/agents/courriels", "mail"))


def tab_bar(tabs: tuple[Tab, ...], active: str, shown: rx.Var[bool] | None = None) -> rx.Component:
    """Show the tabs: above the page on a large screen, at the bottom of a phone; ``active`` is an address.

    As long as ``shown`` is false they are hidden but keep their room, so that nothing jumps when they come.
    """
    return rx.el.nav(
        rx.el.ul(*(rx.el.li(_tab(tab, active)) for tab in tabs if tab.works)),
        class_name="tabs" if shown is None else rx.cond(shown, "tabs", "tabs hushed"),
        aria_label="Rubriques",
    )


def person_menu(name: Text) -> rx.Component:
    """Show who is signed in, and open « Changer mon mot de passe » and « Déconnexion »."""
    return rx.el.div(
        rx.el.button(
            icon("account"),
            rx.el.span(name, class_name="person-name"),
            icon("down", "small"),
            rx.el.span("Mon menu personnel", class_name="sr-only"),
            type="button",
            class_name="person",
            aria_haspopup="true",
            custom_attrs={"popoverTarget": PERSON_MENU},
        ),
        menu(
            PERSON_MENU,
            menu_link("Changer mon mot de passe", PASSWORD_PAGE, "padlock"),
            native_form(menu_item("Déconnexion", "leave", type="submit"), action=SIGN_OUT_ROUTE),
        ),
    )


def _tab(tab: Tab, active: str) -> rx.Component:
    current = {"aria_current": "page"} if tab.href == active else {}
    return rx.el.a(icon(tab.icon_name), rx.el.span(tab.label), href=tab.href, **current)
