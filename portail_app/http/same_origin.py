"""Refuse what another web site makes a parent's browser send.

A browser joins our cookie to whatever a hostile page sends us: a form that
posts, a websocket that opens. It also says, in `Origin`, who asks. Only our own
pages may act: those of the public address, or of the very host name that was
asked (a test machine, a telephone on the local network).

Without `Origin` nothing is a browser's cross-site request, with two decisions:

- a websocket is accepted: browsers always name their origin there, so this is a
  program, and it has no cookie that it was not given;
- a request that changes something is accepted if the browser says that it comes
  from our pages (`Sec-Fetch-Site`), or if it carries no cookie at all: it acts in
  nobody's name (the payment service that notifies us).
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
OWN_FETCH_SITES = {"same-origin", "none"}
POLICY_VIOLATION = 1008
REFUSAL = "Cette demande ne vient pas d’une page du portail. Revenez au portail, rechargez la page et recommencez."


class SameOrigin:
    """Let through only what our own pages ask."""

    def __init__(self, app: ASGIApp, public_origin: str) -> None:
        """Protect `app`, known to browsers as `public_origin`."""
        self._app = app
        self._public_origin = public_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a cross-site request, let any other through."""
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http" and not self._request_is_ours(scope["method"], Headers(scope=scope)):
            await PlainTextResponse(REFUSAL, status_code=403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None:
            await self._app(scope, receive, send)
        elif self._is_ours(origin, headers):
            await self._app(self._under_public_name(scope), receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})

    def _request_is_ours(self, method: str, headers: Headers) -> bool:
        if method in SAFE_METHODS:
            return True
        origin = headers.get("origin")
        if origin is not None:
            return self._is_ours(origin, headers)
        if "sec-fetch-site" in headers:
            return headers["sec-fetch-site"] in OWN_FETCH_SITES
        return "cookie" not in headers

    def _is_ours(self, origin: str, headers: Headers) -> bool:
        if origin == self._public_origin:
            return True
        asked, public = urlsplit(origin), urlsplit(self._public_origin)
        if public.scheme == "https" and asked.scheme != "https":
            return False
        return asked.scheme in {"http", "https"} and asked.netloc == headers.get("host")

    def _under_public_name(self, scope: Scope) -> Scope:
        # Reflex has a lock of its own (`cors_allowed_origins`), which knows the public address only.
        kept = [(name, value) for name, value in scope["headers"] if name != b"origin"]
        return {**scope, "headers": [*kept, (b"origin", self._public_origin.encode())]}
