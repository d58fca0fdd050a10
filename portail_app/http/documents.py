"""Papers in and out: certificates that families send, invoices that they read.

``rx.upload`` trusts the tab's token; these routes trust the session cookie alone. What a person may not read answers
exactly like what does not exist.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from portail_app.access import Actor
from portail_app.errors import NotAllowed, Refused
from portail_app.http import cookies
from portail_app.http.destinations import SIGN_IN
from portail_app.http.forms import see_other
from portail_app.http.threads import in_thread
from portail_app.services import auth, documents, invoices

LONGEST_NUMBER = 10
UNAUTHORISED, NOT_FOUND, UNPROCESSABLE = 401, 404, 422
SESSION_OVER = "Votre session est terminée. Identifiez-vous de nouveau."
FILE_MISSING = "Choisissez un fichier : PDF, JPEG ou PNG."
# What families send is read, never trusted: nothing in it may run, load or post. A PDF cannot be sandboxed, browsers
# then refuse to show it: their own viewer isolates it.
_IMAGE_POLICY = "default-src 'none'; sandbox"
_ANY_PAPER = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


async def signed_in_actor(request: Request) -> Actor | None:
    """Return who stands behind the session cookie of a request."""
    token = cookies.token_of(request)
    return await in_thread(auth.actor_of, token) if token else None


async def add_certificate(request: Request) -> Response:
    """Keep a file (``file``) sent for a child (``child``); answer its number, or one French sentence."""
    actor = await signed_in_actor(request)
    if actor is None:
        return _refusal(SESSION_OVER, UNAUTHORISED)
    async with request.form(max_files=1, max_fields=4) as form:
        upload, child = form.get("file"), form.get("child")
        if not isinstance(upload, UploadFile) or not isinstance(child, str) or not _is_number(child):
            return _refusal(FILE_MISSING, UNPROCESSABLE)
        content = await upload.read()
    try:
        kept = await in_thread(documents.store_certificate, actor, int(child), upload.filename or "", content)
    except NotAllowed as refusal:
        return _refusal(refusal.message, NOT_FOUND)
    except Refused as refusal:
        return _refusal(refusal.message, UNPROCESSABLE)
    return JSONResponse({"id": kept.id, "name": kept.file_name}, headers=_ANY_PAPER)


async def show_certificate(request: Request) -> Response:
    """Show a paper to its family and to deciding agents."""

    async def paper(actor: Actor) -> Response:
        found = await in_thread(documents.read, actor, request.path_params["document_id"])
        return _paper(found.content, found.media_type, found.file_name)

    return await _for_actor(request, paper)


async def show_invoice(request: Request) -> Response:
    """Print an invoice as it stands now."""

    async def paper(actor: Actor) -> Response:
        file_name, content = await in_thread(invoices.pdf, actor, request.path_params["invoice_id"])
        return _paper(content, "application/pdf", file_name)

    return await _for_actor(request, paper)


routes = [
    Route("/pieces", add_certificate, methods=["POST"]),
    Route("/pieces/{document_id:int}", show_certificate, methods=["GET"]),
    Route("/factures/{invoice_id:int}.pdf", show_invoice, methods=["GET"]),
]


async def _for_actor(request: Request, answer: Callable[[Actor], Awaitable[Response]]) -> Response:
    actor = await signed_in_actor(request)
    if actor is None:
        return see_other(SIGN_IN)
    try:
        return await answer(actor)
    except Refused as refusal:
        return PlainTextResponse(refusal.message, NOT_FOUND, headers=_ANY_PAPER)


def _is_number(text: str) -> bool:
    # Python refuses to read a number of thousands of digits.
    return text.isdecimal() and len(text) <= LONGEST_NUMBER


def _paper(content: bytes, media_type: str, file_name: str) -> Response:
    plain = file_name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "") or "document"
    headers = {
        **_ANY_PAPER,
        "Content-Disposition": f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}",
    }
    if media_type.startswith("image/"):
        headers["Content-Security-Policy"] = _IMAGE_POLICY
    return Response(content, media_type=media_type, headers=headers)


def _refusal(message: str, status: int) -> Response:
    return JSONResponse({"message": message}, status_code=status, headers=_ANY_PAPER)
