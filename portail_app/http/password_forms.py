"""Native forms about one's own password; what they refuse is said on the page they come from."""

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portail_app.errors import NotSignedIn, Refused
from portail_app.http import cookies, forms
from portail_app.http.client_address import client_address
from portail_app.http.cookies import Flash
from portail_app.http.destinations import OWN_PASSWORD, SIGN_IN, home_of
from portail_app.http.threads import in_thread, with_password
from portail_app.services import auth, own_password

FORGOTTEN_PAGE = "/mot-de-passe-oublie"
NEW_PASSWORD_PAGE = "/nouveau-mot-de-passe"  # noqa: S105 - an address
LONGEST_IDENTIFIER = 80
LONGEST_TOKEN = 100

DIFFERENT = "Les deux saisies du nouveau mot de passe sont différentes."
CHANGED = "Votre mot de passe est changé."
RESET = "Votre nouveau mot de passe est enregistré. Vous pouvez vous identifier."
# The same whether the identifier exists or not.
LINK_SENT = (
    "Si un compte porte cet identifiant et si la mairie connaît son adresse électronique, un courriel vient de vous "
    "être envoyé. Le lien qu’il contient fonctionne pendant une heure. Pensez à regarder dans les indésirables ; "
    "sans courriel, appelez la mairie."
)


async def change_password(request: Request) -> Response:
    """Change the password of whoever is signed in; the browser gets a new session, the others lose theirs."""
    token = cookies.token_of(request)
    actor = await in_thread(auth.actor_of, token) if token else None
    if actor is None:
        return forms.see_other(SIGN_IN)
    form = await forms.read(request)
    try:
        _require_same(form)
        signed_in = await with_password(own_password.change, actor, form.get("current"), form.get("new", ""))
    except NotSignedIn:
        return forms.see_other(SIGN_IN)
    except Refused as refusal:
        return _back(OWN_PASSWORD, OWN_PASSWORD, refusal)
    home = home_of(signed_in.role)
    response = forms.see_other(home)
    cookies.set_session(response, signed_in.token)
    cookies.set_flash(response, Flash(home, CHANGED, is_error=False))
    return response


async def ask_link(request: Request) -> Response:
    """Answer the same to everybody; the e-mail is written once the answer has left."""
    identifier = (await forms.read(request)).get("identifier", "")[:LONGEST_IDENTIFIER]
    try:
        await in_thread(own_password.require_link_allowed, identifier, client_address(request))
    except Refused as refusal:
        return _back(FORGOTTEN_PAGE, FORGOTTEN_PAGE, refusal)
    response = forms.see_other(FORGOTTEN_PAGE)
    cookies.set_flash(response, Flash(FORGOTTEN_PAGE, LINK_SENT, is_error=False))
    response.background = BackgroundTask(in_thread, own_password.send_link, identifier)
    return response


async def reset_password(request: Request) -> Response:
    """Set a new password with the link of an e-mail."""
    form = await forms.read(request)
    token = form.get("token", "")[:LONGEST_TOKEN]
    try:
        _require_same(form)
        await with_password(own_password.reset, token, form.get("new", ""))
    except Refused as refusal:
        if refusal.field == "token":
            return _back(FORGOTTEN_PAGE, FORGOTTEN_PAGE, refusal)
        # The page takes the token from the part after « # », which browsers send to nobody.
        return _back(NEW_PASSWORD_PAGE, f"{NEW_PASSWORD_PAGE}#{token}", refusal)
    response = forms.see_other(SIGN_IN)
    cookies.clear_session(response)
    cookies.set_flash(response, Flash(SIGN_IN, RESET, is_error=False))
    return response


def _require_same(form: dict[str, str]) -> None:
    if form.get("new", "") != form.get("confirm", ""):
        raise Refused(DIFFERENT, "confirm")


def _back(page: str, address: str, refusal: Refused) -> Response:
    response = forms.see_other(address)
    field = "new" if refusal.field == "password" else refusal.field
    cookies.set_flash(response, Flash(page, refusal.message, field=field))
    return response


routes = [
    Route("/mot-de-passe", change_password, methods=["POST"]),
    Route("/mot-de-passe-oublie", ask_link, methods=["POST"]),
    Route("/mot-de-passe-reinitialise", reset_password, methods=["POST"]),
]
