"""Correct what Reflex generates before the front end is built.

**One build for any address.** Reflex bakes the address of its websocket into
the bundle. It swaps the host name for the one of the page, but keeps the port
given at build time (or drops it behind https). Here everything lives on one
port: the address of the page is the address of the websocket, whatever the
host name, the port and the proxy.

**No style engine.** Reflex sends every element through Emotion, which writes
`<style>` elements as it goes. All our style is in one stylesheet: without the
engine the pages are 7 KB lighter, quicker to draw on an old telephone, and the
security policy can refuse any style that is not in our files. A `style=`
argument still works: it becomes the plain attribute.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex_base.plugins import Plugin

BAKED_ADDRESS = "  const endpoint = new URL(url_str);\n"
PAGE_ADDRESS = """  const endpoint = new URL(url_str);
  if (typeof window !== "undefined") {
    const scheme = endpoint.protocol.startsWith("ws") ? "ws" : "http";
    return new URL(endpoint.pathname, window.location.origin.replace(/^http/, scheme));
  }
"""

PLAIN_JSX = Path("utils/plain_jsx.js")
ALIASES = "    alias: [\n"
ALIASES_WITHOUT_EMOTION = f"""    alias: [
      {{
        find: "@emotion/react",
        replacement: fileURLToPath(new URL("./{PLAIN_JSX}", import.meta.url)),
      }},
"""
# Throwing stops the build, because every page is drawn once during the build.
PLAIN_JSX_CODE = """import { createElement } from "react";

const plain = ({ css, ...props }) => {
  if (Object.values(css).some((value) => value !== null && typeof value === "object")) {
    throw new Error("Put pseudo-classes and media queries in the stylesheet: " + JSON.stringify(css));
  }
  return { ...props, style: { ...css, ...props.style } };
};

export const jsx = (type, props, ...children) =>
  createElement(type, props?.css ? plain(props) : props, ...children);
"""


class GeneratedCodeChanged(Exception):
    """Tell that Reflex no longer generates the code that is corrected here: the correction is to be read again."""


class PortalFrontend(Plugin):
    """Apply the corrections at each build."""

    def pre_compile(self, **context: Any) -> None:
        """Register the corrections; Reflex applies them once its files are generated."""
        context["add_modify_task"]("utils/state.js", connect_to_the_page_address)
        context["add_modify_task"]("vite.config.js", leave_emotion_out)

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """Add our file to those that Reflex generates."""
        return [(PLAIN_JSX, PLAIN_JSX_CODE)]


def connect_to_the_page_address(state_js: str) -> str:
    """Make the websocket follow the address of the page, in the text of Reflex's `state.js`."""
    return _replace(state_js, BAKED_ADDRESS, PAGE_ADDRESS)


def leave_emotion_out(vite_config: str) -> str:
    """Replace the style engine by React's own function, in the text of `vite.config.js`."""
    return _replace(vite_config, ALIASES, ALIASES_WITHOUT_EMOTION)


def _replace(text: str, generated: str, corrected: str) -> str:
    if corrected in text:
        return text
    if text.count(generated) != 1:
        raise GeneratedCodeChanged(f"attendu une fois dans le code de Reflex : {generated!r}")
    return text.replace(generated, corrected)
