"""Serve the built pages at their own address, and let browsers keep what never changes.

Reflex serves its files well (compressed in advance, with an ETag), but answers
`/accueil` by sending the browser to an absolute `/accueil/`, which costs a round
trip and loses the https of a proxy, and says nothing of caching.
"""

import re
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Vite names a file after its content: under this name it is the same for ever.
HASHED = re.compile(r"^/assets/.+-[\w-]{8}\.\w+$")
# A page may name our own scripts by their content too: `/calendar.js?v=1f2e3d4c`.
VERSION = b"v="
# Named by us, changed now and then, and never secret: the logo, the fonts.
LASTING_SUFFIXES = (".woff2", ".svg", ".png", ".ico", ".webp", ".jpg")

NOT_MODIFIED = 304
FOR_EVER = "public, max-age=31536000, immutable"
ONE_DAY = "public, max-age=86400"
ASK_EACH_TIME = "no-cache"
NEVER = "private, no-store"


class StaticFiles:
    """Put each built page at its address, with the headers that decide how long it is kept."""

    def __init__(self, app: ASGIApp, directory: Path) -> None:
        """Read the list of the pages once: it is fixed by the build."""
        self._app = app
        self._pages = built_pages(directory)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the file of the page, without redirection."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        page = self._pages.get(path.rstrip("/"))

        async def send_with_lifetime(message: Message) -> None:
            # « Not modified » renews what the browser holds, lifetime included: there is nothing to say again.
            if message["type"] == "http.response.start" and message["status"] != NOT_MODIFIED:
                headers = MutableHeaders(scope=message)
                kept = lifetime(path, scope["query_string"], message["status"], headers.get("content-type", ""))
                headers.setdefault("Cache-Control", kept)
            await send(message)

        await self._app({**scope, "path": page} if page else scope, receive, send_with_lifetime)


def built_pages(directory: Path) -> dict[str, str]:
    """Give the file that answers for each address, as `{"/accueil": "/accueil.html"}`."""
    files = [file.relative_to(directory).as_posix() for file in directory.rglob("*.html")]
    return {f"/{file.removesuffix('.html')}": f"/{file}" for file in files if not file.endswith("index.html")}


def lifetime(path: str, query: bytes, status: int, content_type: str) -> str:
    """Decide how long a browser may keep an answer without asking again.

    Pages are asked for each time (and answered « not modified »): a new build
    shows at once. What no rule foresees may be private, so nobody keeps it.
    """
    if status not in {200, 206}:
        return NEVER
    is_code = content_type.startswith(("text/css", "text/javascript"))
    if HASHED.match(path) or (is_code and query.startswith(VERSION)):
        return FOR_EVER
    if path.endswith(LASTING_SUFFIXES):
        return ONE_DAY
    if is_code or content_type.startswith("text/html"):
        return ASK_EACH_TIME
    return NEVER
