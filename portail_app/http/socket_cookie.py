"""Keep the session cookie out of the states.

Reflex copies the headers of the websocket handshake into the state of each tab, from where they go back to the page
and into Redis. The cookie is HttpOnly so that no script reads it: it is taken out of the handshake here and kept in
the ASGI scope, which stays in the server's memory for the life of the connection.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

SCOPE_KEY = "portail.cookie"


class SocketCookieAside:
    """ASGI wrapper: move the ``cookie`` header of each websocket handshake to ``scope["portail.cookie"]``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "websocket":
            kept = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
            cookies = [value for name, value in scope["headers"] if name == b"cookie"]
            scope = {**scope, "headers": kept, SCOPE_KEY: b"; ".join(cookies).decode("latin-1")}
        await self.app(scope, receive, send)
