"""Native forms that open and end sessions, and the little a page asks about its own session."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portail_app.errors import Refused
from portail_app.http import cookies, forms, password_forms
from portail_app.http.client_address import client_address
from portail_app.http.cookies import Flash
from portail_app.http.destinations import SIGN_IN, home_of, is_local, safe_suite, sign_in_then
from portail_app.http.threads import in_thread, with_password
from portail_app.services import auth

LONGEST_IDENTIFIER = 80
EVERYWHERE = "Vous êtes déconnecté de tous vos appareils."


async def sign_in(request: Request) -> Response:
    """Open a session, or go back to the form with one sentence that says why not."""
    form = await forms.read(request)
    identifier, suite = form.get("identifier", ""), form.get("suite", "")
    try:
        signed_in = await with_password(auth.sign_in, identifier, form.get("password", ""), client_address(request))
    except Refused as refusal:
        response = forms.see_other(sign_in_then(suite if is_local(suite) else ""))
        flash = Flash(SIGN_IN, refusal.message, identifier=identifier[:LONGEST_IDENTIFIER])
        cookies.set_flash(response, flash)
        return response
    await _end_session_of(request)
    home = home_of(signed_in.role, must_change_password=signed_in.must_change_password)
    wanted = "" if signed_in.must_change_password else safe_suite(suite, signed_in.role)
    response = forms.see_other(wanted or home)
    cookies.set_session(response, signed_in.token)
    cookies.clear_flash(response)
    return response


async def sign_out(request: Request) -> Response:
    """End the session and leave for the commune's own web site."""
    await _end_session_of(request)
    response = forms.see_other(await in_thread(auth.commune_website) or SIGN_IN)
    cookies.clear_session(response)
    cookies.clear_flash(response)
    return response


async def sign_out_everywhere(request: Request) -> Response:
    """End every session of the person, on every device."""
    token = cookies.token_of(request)
    actor = await in_thread(auth.actor_of, token) if token else None
    response = forms.see_other(SIGN_IN)
    if actor is not None:
        await in_thread(auth.sign_out_everywhere, actor)
        cookies.set_flash(response, Flash(SIGN_IN, EVERYWHERE, is_error=False))
    cookies.clear_session(response)
    return response


async def show_session(request: Request) -> Response:
    """Tell a page how many seconds its session still lasts, so that it can warn before the end."""
    token = cookies.token_of(request)
    return _session_json(await in_thread(auth.session_view, token) if token else None)


async def extend_session(request: Request) -> Response:
    """Make the session last longer: the person said "I am still here"."""
    token = cookies.token_of(request)
    return _session_json(await in_thread(auth.extend, token) if token else None)


async def _end_session_of(request: Request) -> None:
    if token := cookies.token_of(request):
        await in_thread(auth.sign_out, token)


def _session_json(view: auth.SessionView | None) -> Response:
    if view is None:
        return JSONResponse({"expires_in": 0}, status_code=401, headers=forms.NO_STORE)
    content = {"expires_in": view.expires_in, "warning": view.warning, "can_extend": view.can_extend}
    return JSONResponse(content, headers=forms.NO_STORE)


routes = [
    Route("/connexion", sign_in, methods=["POST"]),
    Route("/deconnexion", sign_out, methods=["POST"]),
    Route("/deconnexion-partout", sign_out_everywhere, methods=["POST"]),
    Route("/session", show_session, methods=["GET"]),
    Route("/session/prolonger", extend_session, methods=["POST"]),
    *password_forms.routes,
]
