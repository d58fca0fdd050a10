"""The Reflex application: the pages, the guard, the routes beside the websocket; nothing else."""

import reflex as rx
from starlette.applications import Starlette

from portail_app.http import documents, logs, sign_in
from portail_app.http.front_door import front_door, static_pages
from portail_app.http.gate import Gate
from portail_app.http.socket_cookie import SocketCookieAside
from portail_app.pages import register
from portail_app.ui import background, document, failures
from portail_app.ui.guard import Guard
from portail_app.ui.live import hub

app = rx.App(
    html_lang="fr",
    stylesheets=["/portail.css"],
    head_components=document.head(),
    toaster=None,
    app_wraps=document.WRAPS,
    backend_exception_handler=failures.answer,
    # From the innermost to the outermost: the built pages, our routes, who may open which page, the front door.
    api_transformer=[
        static_pages,
        Starlette(routes=[*sign_in.routes, *documents.routes]),
        Gate,
        SocketCookieAside,
        front_door,
    ],
)
app.add_middleware(Guard(), index=0)
app.register_lifespan_task(logs.write_discreetly)
app.register_lifespan_task(hub.running)
app.register_lifespan_task(background.sending_emails)
app.register_lifespan_task(background.tidying)
app.register_lifespan_task(background.sparing_the_collector)
register(app)
