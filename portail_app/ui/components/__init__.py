"""The pieces that pages are made of: semantic elements with the classes of ``assets/portail.css``.

Every text may be a plain string or a Reflex var. Pages write ``from portail_app.ui import components as c`` and name
what they show; no page writes a style.
"""

from portail_app.ui.components.badges import invoice_badge, note_badge, request_badge
from portail_app.ui.components.buttons import (
    button,
    button_link,
    danger_button,
    document_link,
    primary_button,
    quiet_button,
    text_link,
)
from portail_app.ui.components.dialogs import (
    closing_button,
    dialog,
    menu,
    menu_item,
    menu_link,
    opening_button,
)
from portail_app.ui.components.fields import (
    checkbox,
    choices,
    date_field,
    field,
    file_field,
    native_form,
    select_field,
    text_area,
    text_field,
)
from portail_app.ui.components.marks import legend, mark
from portail_app.ui.components.passwords import new_password_field, password_field
from portail_app.ui.components.surfaces import (
    actions,
    card,
    details_list,
    empty_state,
    frame,
    loading,
    notice,
    page_title,
    skeleton,
)
from portail_app.ui.components.tables import cell, head_cell, row, table

__all__ = [
    "actions",
    "button",
    "button_link",
    "card",
    "cell",
    "checkbox",
    "choices",
    "closing_button",
    "danger_button",
    "date_field",
    "details_list",
    "dialog",
    "document_link",
    "empty_state",
    "field",
    "file_field",
    "frame",
    "head_cell",
    "invoice_badge",
    "legend",
    "loading",
    "mark",
    "menu",
    "menu_item",
    "menu_link",
    "native_form",
    "new_password_field",
    "note_badge",
    "notice",
    "opening_button",
    "page_title",
    "password_field",
    "primary_button",
    "quiet_button",
    "request_badge",
    "row",
    "select_field",
    "skeleton",
    "table",
    "text_area",
    "text_field",
    "text_link",
]
