"""Read a plain HTML form, and nothing larger or stranger; answer it."""

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse

LONGEST_FORM = 16 * 1024
MOST_FIELDS = 20
NO_STORE = {"Cache-Control": "no-store"}
_FORM_TYPE = "application/x-www-form-urlencoded"


async def read(request: Request) -> dict[str, str]:
    """Return the fields of a form; the last one wins, as in the page that sends it."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
        raise HTTPException(415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            raise HTTPException(413)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise HTTPException(400) from error
    if any("\0" in text for field in fields for text in field):
        # PostgreSQL cannot hold it, and no person types it.
        raise HTTPException(400)
    return dict(fields)


def see_other(path: str) -> RedirectResponse:
    """Answer a form: the browser reads the next page, and going back does not send the form again."""
    return RedirectResponse(path, status_code=303, headers=NO_STORE)
