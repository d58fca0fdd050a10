"""Keep the session cookie out of the states, and each tab's state to the session that filled it.

Reflex copies the headers of the websocket handshake into the state of each tab, from where they go back to the page
and into Redis. The cookie is HttpOnly so that no script reads it: it is taken out of the handshake here and kept in
the ASGI scope, which stays in the server's memory for the life of the connection.

Reflex finds the state of a tab by a token in the address of the websocket, and sends what a handler still had to say
to whoever holds this token by then. Here the token is sealed together with the session: whoever replays the token of
somebody else's tab, even during one of its events, reaches an empty state of their own. A token that reaches a log
opens nothing either.
"""

from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

from portail_app.http.cookies import session_token
from portail_app.services import tokens

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
            cookie = b"; ".join(cookies).decode("latin-1")
            query = _with_own_tab(scope["query_string"], session_token(cookie) or "")
            scope = {**scope, "headers": kept, "query_string": query, SCOPE_KEY: cookie}
        await self.app(scope, receive, send)


def _with_own_tab(query: bytes, session: str) -> bytes:
    fields = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    own = [(name, tokens.keyed("tab", f"{session}\0{value}") if name == "token" else value) for name, value in fields]
    return urlencode(own).encode()
