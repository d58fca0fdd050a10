"""Short answers to an act, shown for a moment and announced politely (``role=status``)."""

import json

import reflex as rx


def say(text: str, tone: str = "good") -> rx.event.EventSpec:
    """Show a short answer from an event handler; ``tone`` is good, info or bad.

    A bad one stays until it is closed: people must have the time to read why.
    """
    return rx.call_script(f"portail.say({_literal(text)}, {_literal(tone)})")


def toast_region() -> rx.Component:
    """Hold the toasts; it must be in the page before the first of them, to be announced."""
    return rx.el.div(class_name="toasts", role="status", aria_live="polite", custom_attrs={"id": "annonces"})


def _literal(text: str) -> str:
    """Write a text as JavaScript: JSON, with the two line ends that old engines refuse in a string."""
    return json.dumps(text)
