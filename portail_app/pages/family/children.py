"""« Mes enfants »: choose a child, see and change their month."""

import reflex as rx

from portail_app.pages.family.calendar import calendar
from portail_app.pages.family.children_state import ChildrenState, ChildTab
from portail_app.ui import components as c
from portail_app.ui.layout import family_page
from portail_app.ui.session import SessionState, commune

__all__ = ["ChildrenState", "page"]


def page() -> rx.Component:
    """Lay out « Mes enfants »."""
    return family_page(
        "Mes enfants",
        "/mes-enfants",
        rx.cond(
            ChildrenState.loaded,
            rx.cond(ChildrenState.children.length() > 0, rx.fragment(_children(), calendar()), _no_child()),
            c.skeleton(8, "skeleton-month"),
        ),
        *(rx.el.script(src=f"/{name}.js", custom_attrs={"async": True}) for name in ("calendar", "absence", "papers")),
        lead="Touchez un jour, ou faites un clic droit, pour réserver ou déclarer une absence.",
        commune=commune(),
        person=SessionState.person,
        wide=True,
    )


def _children() -> rx.Component:
    return rx.el.nav(
        rx.el.ul(rx.foreach(ChildrenState.children, _child)), class_name="child-tabs", aria_label="Choisir un enfant"
    )


def _child(child: ChildTab) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.strong(child["name"]),
            rx.el.span(child["classroom"], class_name="quiet-text"),
            href=child["href"],
            aria_current=rx.cond(child["id"] == ChildrenState.child_id, "page", "false"),
        )
    )


def _no_child() -> rx.Component:
    return c.empty_state(
        "Aucun enfant dans votre dossier",
        "Appelez la mairie ou écrivez-lui pour inscrire votre enfant.",
        icon_name="children",
    )
