"""What surrounds every page in the HTML document."""

import reflex as rx

# None of Reflex's own overlays: their texts are English and they weigh 60 KB. ``ui/connection`` and ``ui/notices``
# stand in for them.
WRAPS: dict = {}


def head() -> list[rx.Component]:
    """Return the icons and the one script that serves every page."""
    return [
        # « cover »: the bar of tabs at the bottom of a phone goes down to the edge, and keeps its room by itself.
        rx.el.meta(name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.meta(name="theme-color", content="#ffffff", media="(prefers-color-scheme: light)"),
        rx.el.meta(name="theme-color", content="#1b2220", media="(prefers-color-scheme: dark)"),
        rx.el.meta(name="color-scheme", content="light dark"),
        rx.el.script(src="/portail.js", defer=True),
    ]
