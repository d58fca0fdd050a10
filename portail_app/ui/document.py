"""What surrounds every page in the HTML document."""

import reflex as rx

# None of Reflex's own overlays: their texts are English and they weigh 60 KB. ``ui/connection`` and ``ui/notices``
# stand in for them.
WRAPS: dict = {}


def head() -> list[rx.Component]:
    """Return the icons and the one script that serves every page."""
    return [
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.meta(name="theme-color", content="#ffffff", media="(prefers-color-scheme: light)"),
        rx.el.meta(name="color-scheme", content="light dark"),
        rx.el.script(src="/portail.js", defer=True),
    ]
