"""Statuses: a shape, a word and a colour, so that none of the three is needed alone."""

from enum import StrEnum

import reflex as rx

from portail_app.rules.statuses import InvoiceStatus, RequestStatus
from portail_app.ui.components.buttons import Text
from portail_app.ui.french import label

# The tone is a class of the stylesheet: it gives the colour and the shape.
REQUEST_TONES = {
    RequestStatus.PENDING: "wait",
    RequestStatus.ACCEPTED: "good",
    RequestStatus.REFUSED: "bad",
    RequestStatus.WITHDRAWN: "past",
}
INVOICE_TONES = {
    InvoiceStatus.UNPAID: "due",
    InvoiceStatus.OVERDUE: "late",
    InvoiceStatus.PAID: "good",
    InvoiceStatus.PARTLY_PAID: "part",
}


def request_badge(status: Text) -> rx.Component:
    """Show where a request stands; ``status`` is a value of ``RequestStatus``."""
    return _of(status, REQUEST_TONES)


def invoice_badge(status: Text) -> rx.Component:
    """Show what remains to be done about an invoice; ``status`` is a value of ``InvoiceStatus``."""
    return _of(status, INVOICE_TONES)


def note_badge(text: Text) -> rx.Component:
    """Show a remark that is not a state: « saisi par la mairie », « pièce jointe »."""
    return rx.el.span(text, class_name="badge note")


def _of(status: Text, tones: dict) -> rx.Component:
    if isinstance(status, rx.Var):
        return rx.match(status, *((str(member), _badge(member, tones)) for member in tones), rx.fragment())
    return _badge(type(next(iter(tones)))(status), tones)


def _badge(member: StrEnum, tones: dict) -> rx.Component:
    return rx.el.span(label(member), class_name=f"badge {tones[member]}")
