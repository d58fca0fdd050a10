"""Who may open which page: the ASGI wrapper that refuses by default.

The built pages are the same files for everybody and hold no data, which come later through the websocket. The gate
saves people from an empty page: it sends each one where they belong, before anything is painted.
"""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from portail_app.access import Actor
from portail_app.http import cookies, forms
from portail_app.http.destinations import (
    OWN_PASSWORD,
    SIGN_IN,
    STAFF_HOME,
    Audience,
    actors_home,
    audience_of,
    is_devious,
    sign_in_then,
)
from portail_app.http.threads import in_thread
from portail_app.services import auth

WEBSOCKET = "/_event"
HEALTH = frozenset({"/ping", "/_health"})
STATIC_FOLDERS = ("/assets/", "/fonts/", "/icons/", "/images/")
STATIC_FILES = (".css", ".js", ".svg", ".png", ".ico", ".jpg", ".webp", ".woff2", ".webmanifest", "/robots.txt")
# Routes that check by themselves who asks, and what for.
OWN_CHECK = frozenset(
    {
        ("POST", "/connexion"),
        ("POST", "/deconnexion"),
        ("POST", "/deconnexion-partout"),
        ("POST", "/mot-de-passe"),
        ("POST", "/mot-de-passe-oublie"),
        ("POST", "/mot-de-passe-reinitialise"),
        ("GET", "/session"),
        ("POST", "/session/prolonger"),
        ("POST", "/pieces"),
    }
)
# Papers, by kind: each route asks its service whether this person may read or add this one.
OWN_CHECK_FOLDERS = ("/pieces/", "/factures/")

# Not the page of the portal that says the same: it would run the code of the very page that is refused.
NOT_FOUND_PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Page introuvable · Portail Famille</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/portail.css"></head><body><div class="shell public"><main class="main centred">
<div class="box"><h1>Page introuvable</h1><p>Cette page n’existe pas, ou n’existe plus.</p>
<p><a class="button primary" href="{home}">Retour à l’accueil</a></p></div></main></div></body></html>"""
SESSION_OVER = "Votre session est terminée. Identifiez-vous de nouveau."


class Gate:
    """Let through what is public, what checks for itself, and the pages of the person who asks; refuse the rest."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the portal."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        answer = None
        if scope["type"] == "websocket":
            if scope["path"].rstrip("/") != WEBSOCKET:
                await send({"type": "websocket.close", "code": 1008})
                return
        elif scope["type"] == "http" and not passes(scope["method"], scope["path"]):
            answer = await _answer(Request(scope))
        await (answer or self._app)(scope, receive, send)


def passes(method: str, path: str) -> bool:
    """Tell whether a request needs nobody's permission here: files of the build, and routes with their own check."""
    if is_devious(path):
        return False
    method = "GET" if method == "HEAD" else method
    if path.rstrip("/") == WEBSOCKET or (method, path) in OWN_CHECK or path.startswith(OWN_CHECK_FOLDERS):
        return True
    if method != "GET":
        return False
    is_top_file = path.count("/") == 1 and path.endswith(STATIC_FILES)
    return path in HEALTH or path.startswith(STATIC_FOLDERS) or is_top_file


async def _answer(request: Request) -> Response | None:
    """Return the redirection or the refusal to give instead of a page, or None to open it."""
    path = request.scope["path"]
    audience = audience_of(path)
    if request.method not in {"GET", "HEAD"}:
        return _not_found(SIGN_IN)
    page = path.rstrip("/") or "/"
    if audience is Audience.PUBLIC and page not in {"/", SIGN_IN}:
        return None
    token = cookies.token_of(request)
    actor = await in_thread(auth.actor_of, token) if token else None
    if actor is None:
        return None if page == SIGN_IN else _to_sign_in(request, has_cookie=token is not None)
    return _for_person(actor, audience, page)


def _for_person(actor: Actor, audience: Audience, page: str) -> Response | None:
    if actor.must_change_password:
        return None if page == OWN_PASSWORD else forms.see_other(OWN_PASSWORD)
    if audience is Audience.PUBLIC:
        return forms.see_other(actors_home(actor))
    if audience is Audience.FAMILY and actor.is_staff:
        return forms.see_other(STAFF_HOME)
    if audience is Audience.NOBODY or (audience is Audience.STAFF and not actor.is_staff):
        return _not_found(actors_home(actor))
    return None


def _to_sign_in(request: Request, *, has_cookie: bool) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    response = forms.see_other(sign_in_then(request.scope["path"] + query))
    if has_cookie:
        cookies.clear_session(response)
        cookies.set_flash(response, cookies.Flash(SIGN_IN, SESSION_OVER, is_error=False))
    return response


def _not_found(home: str) -> Response:
    return HTMLResponse(NOT_FOUND_PAGE.format(home=escape(home)), status_code=404, headers=forms.NO_STORE)
