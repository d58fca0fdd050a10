"""Tell browsers what a page of the portal may do, which is little.

The policy is the narrowest a Reflex page works with: scripts come from our
files, and the few that are written inside the built pages are named by their
hash, so that no injected script runs. `eval` is refused: an event handler
cannot send JavaScript to run (`rx.call_script`), only the bundle has code.
"""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portail_app.http.static_files import NOT_MODIFIED, built_pages

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
ONE_YEAR = 31536000
FALLBACK_PAGE = "/404.html"

EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Only where a browser reads them: thirteen files make a page, and each byte of header is paid thirteen times.
PAGES_ONLY = {
    # Not « no-referrer »: browsers would then send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
HTTPS_PAGES_ONLY = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": f"max-age={ONE_YEAR}",
}
# A PDF is shown inside a page of ours; nothing else may be framed, by anybody.
PDF_POLICY = "frame-ancestors 'self'"
INERT_POLICY = "default-src 'none'; frame-ancestors 'none'"
WITHOUT_POLICY = ("text/javascript", "text/css", "font/", "image/png", "image/jpeg", "image/webp", "application/json")


class SecurityHeaders:
    """Add the security headers to every answer; a route that sets one itself keeps its own."""

    def __init__(self, app: ASGIApp, directory: Path, behind_https: bool) -> None:
        """Compute the policy of each built page once."""
        self._app = app
        self._policies = page_policies(directory)
        self._fallback = self._policies.get(FALLBACK_PAGE.removesuffix(".html"), policy([]))
        self._pages_only = PAGES_ONLY | (HTTPS_PAGES_ONLY if behind_https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through and complete its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), message["status"], scope["path"])
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _complete(self, headers: MutableHeaders, status: int, path: str) -> None:
        content_type = headers.get("content-type", "")
        added = dict(EVERY_ANSWER)
        if status == NOT_MODIFIED:
            # It has no type, and its headers replace those that the browser holds: say nothing wrong.
            added = self._renewed(path)
        elif content_type.startswith("text/html"):
            added |= self._pages_only
            added["Content-Security-Policy"] = self._policies.get(path.rstrip("/"), self._fallback)
        elif content_type.startswith("application/pdf"):
            added["Content-Security-Policy"] = PDF_POLICY
        elif not content_type.startswith(WITHOUT_POLICY):
            added["Content-Security-Policy"] = INERT_POLICY
        for name, value in added.items():
            headers.setdefault(name, value)

    def _renewed(self, path: str) -> dict[str, str]:
        policy_of_page = self._policies.get(path.rstrip("/"))
        return {"Content-Security-Policy": policy_of_page} if policy_of_page else {}


def page_policies(directory: Path) -> dict[str, str]:
    """Give the policy of each built page, by address."""
    files = {"": "/index.html", **built_pages(directory)}
    return {
        address: policy(inline_script_hashes((directory / file[1:]).read_text("utf-8")))
        for address, file in files.items()
        if (directory / file[1:]).exists()
    }


def inline_script_hashes(html: str) -> list[str]:
    """Name the scripts written inside a page by the hash of their text, as browsers compute it."""
    scripts = dict.fromkeys(INLINE_SCRIPT.findall(html))
    return [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]


def policy(script_hashes: list[str]) -> str:
    """Write the Content-Security-Policy of one page."""
    directives = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *script_hashes]),
        "style-src": "'self'",
        # React writes `style` attributes into the pages it prepares.
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        # A form may end at the payment partner or, signing out, at the commune's site, which may have no TLS.
        "form-action": "'self' https: http:",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
