"""Correct what Reflex generates before the front end is built.

**One build for any address.** Reflex bakes the address of its websocket into
the bundle. It swaps the host name for the one of the page, but keeps the port
given at build time (or drops it behind https). Here everything lives on one
port: the address of the page is the address of the websocket, whatever the
host name, the port and the proxy.

**Less to download.** Four libraries are replaced by the files of `frontend/`,
which keep what we use of them: 12 KB less, compressed. Without the style
engine, which writes `<style>` elements as it goes, the security policy can also
refuse any style that is not in our files. What every page needs is one file
instead of seven: a telephone opens six connections, and each answer costs a
round trip.

**French spaces.** `frontend/typeset.js` sets the no-break spaces of whatever is
drawn.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex_base.plugins import Plugin

REPLACEMENTS = Path(__file__).parent / "frontend"

BAKED_ADDRESS = "  const endpoint = new URL(url_str);\n"
PAGE_ADDRESS = """  const endpoint = new URL(url_str);
  if (typeof window !== "undefined") {
    const scheme = endpoint.protocol.startsWith("ws") ? "ws" : "http";
    return new URL(endpoint.pathname, window.location.origin.replace(/^http/, scheme));
  }
"""

ALIASES = "    alias: [\n"
ALIASES_TO_OURS = ALIASES + "".join(
    f"      {{ find: {found}, replacement: fileURLToPath(new URL('./utils/{file}', import.meta.url)) }},\n"
    for found, file in {
        "'@emotion/react'": "plain_jsx.js",
        "'universal-cookie'": "no_cookies.js",
        "'engine.io-client'": "websocket_only.js",
        r"/^\.\/transports\/index\.js$/": "websocket_transports.js",
    }.items()
)

GROUPS = """              test: /env.json/,
              name: "reflex-env",
"""
ONE_GROUP = """              test: /node_modules|env\\.json|\\.web\\/utils\\/(?!components)/,
              name: "portail",
"""


class GeneratedCodeChanged(Exception):
    """Tell that Reflex no longer generates the code that is corrected here: the correction is to be read again."""


class PortalFrontend(Plugin):
    """Apply the corrections at each build."""

    def pre_compile(self, **context: Any) -> None:
        """Register the corrections; Reflex applies them once its files are generated."""
        context["add_modify_task"]("utils/state.js", connect_to_the_page_address)
        context["add_modify_task"]("vite.config.js", lighten)

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """Add our replacements to the files that Reflex generates."""
        return [(Path("utils") / file.name, file.read_text("utf-8")) for file in sorted(REPLACEMENTS.glob("*.js"))]


def connect_to_the_page_address(state_js: str) -> str:
    """Make the websocket follow the address of the page, in the text of Reflex's `state.js`."""
    return _replace(state_js, BAKED_ADDRESS, PAGE_ADDRESS)


def lighten(vite_config: str) -> str:
    """Use our replacements, and gather what every page needs in one file, in the text of `vite.config.js`."""
    return _replace(_replace(vite_config, ALIASES, ALIASES_TO_OURS), GROUPS, ONE_GROUP)


def _replace(text: str, generated: str, corrected: str) -> str:
    if corrected in text:
        return text
    if text.count(generated) != 1:
        raise GeneratedCodeChanged(f"attendu une fois dans le code de Reflex : {generated!r}")
    return text.replace(generated, corrected)
