"""Native dialogs and popover menus: the browser keeps the focus inside and closes them with Escape.

``assets/portail.js`` opens dialogs: by a button that names them, or when ``shown`` becomes true. (Handlers cannot send
JavaScript: the security policy of the pages refuses it.)
"""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.other import Dialog

from portail_app.ui.components.buttons import Text, button, quiet_button, with_icon
from portail_app.ui.icons import icon


class _ModalDialog(Dialog):
    """A dialog that tells when the browser has closed it, by Escape or by a button."""

    on_close: rx.EventHandler[rx.event.no_args_event_spec]


def dialog(dialog_id: str, title: Text, *content: Any, shown: rx.Var | None = None, **props: Any) -> rx.Component:
    """Ask something before an act; on a phone it rises from the bottom of the screen.

    With ``shown``, a handler opens and closes it; ``on_close`` must then make ``shown`` false.
    """
    attributes = {"id": dialog_id, **props.pop("custom_attrs", {})}
    if shown is not None:
        attributes["data-shown"] = rx.cond(shown, "true", "false")
    return _ModalDialog.create(
        rx.el.div(
            rx.el.h2(title, custom_attrs={"id": f"{dialog_id}-titre"}),
            rx.el.button(
                icon("cross"),
                rx.el.span("Fermer", class_name="sr-only"),
                type="button",
                class_name="icon-button",
                custom_attrs={"data-close": ""},
            ),
            class_name="dialog-head",
        ),
        *content,
        class_name="dialog",
        aria_labelledby=f"{dialog_id}-titre",
        custom_attrs=attributes,
        **props,
    )


def opening_button(text: Text, dialog_id: str, icon_name: str = "", **props: Any) -> rx.Component:
    """Open a dialog that needs nothing from the server."""
    return button(text, icon_name, custom_attrs={"data-open": dialog_id}, aria_haspopup="dialog", **props)


def closing_button(text: Text = "Annuler", **props: Any) -> rx.Component:
    """Leave the dialog and change nothing."""
    return quiet_button(text, custom_attrs={"data-close": ""}, **props)


def menu(menu_id: str, *items: Any, **props: Any) -> rx.Component:
    """Hold the items of a popover menu; a button opens it with ``popoverTarget``."""
    attributes = {"id": menu_id, "popover": "auto", **props.pop("custom_attrs", {})}
    return rx.el.div(*items, class_name="menu", custom_attrs=attributes, **props)


def menu_item(text: Text, icon_name: str = "", **props: Any) -> rx.Component:
    """Offer one act in a menu."""
    props.setdefault("type", "button")
    return rx.el.button(*with_icon(text, icon_name), class_name="menu-item", **props)


def menu_link(text: Text, href: Text, icon_name: str = "", **props: Any) -> rx.Component:
    """Offer one page in a menu."""
    return rx.el.a(*with_icon(text, icon_name), href=href, class_name="menu-item", **props)
