"""Correct what Reflex generates before the front end is built.

Reflex bakes the address of its websocket into the bundle. It swaps the host
name for the one of the page, but keeps the port given at build time (or drops
it behind https), so that one build would not serve two installations. Here
everything lives on one port: the address of the page is the address of the
websocket, whatever the host name, the port and the proxy.
"""

from typing import Any

from reflex_base.plugins import Plugin

BAKED_ADDRESS = "  const endpoint = new URL(url_str);\n"
PAGE_ADDRESS = """  const endpoint = new URL(url_str);
  if (typeof window !== "undefined") {
    const scheme = endpoint.protocol.startsWith("ws") ? "ws" : "http";
    return new URL(endpoint.pathname, window.location.origin.replace(/^http/, scheme));
  }
"""


class GeneratedCodeChanged(Exception):
    """Tell that Reflex no longer generates the code that is corrected here: the correction is to be read again."""


class PortalFrontend(Plugin):
    """Make one build work behind any address."""

    def pre_compile(self, **context: Any) -> None:
        """Register the corrections; Reflex applies them once its files are generated."""
        context["add_modify_task"]("utils/state.js", connect_to_the_page_address)


def connect_to_the_page_address(state_js: str) -> str:
    """Make the websocket follow the address of the page, in the text of Reflex's `state.js`."""
    return _replace(state_js, BAKED_ADDRESS, PAGE_ADDRESS)


def _replace(text: str, generated: str, corrected: str) -> str:
    if corrected in text:
        return text
    if text.count(generated) != 1:
        raise GeneratedCodeChanged(f"attendu une fois dans le code de Reflex : {generated!r}")
    return text.replace(generated, corrected)
