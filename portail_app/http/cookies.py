"""The two cookies of the portal: the session, and the sentence that follows a form from one page to the next.

A form is answered by a redirection, and what must be said on the next page ("wrong password") travels in a signed
cookie of one minute: never in an address, which histories and logs keep. It is sent to the whole site because pages
read it from the websocket's handshake, whose path is not the page's.
"""

from dataclasses import asdict, dataclass
from dataclasses import field as attribute

from starlette.requests import Request
from starlette.responses import Response

from portail_app import clock
from portail_app.services import tokens
from portail_app.settings import get_settings

FLASH_SECONDS = 60
_FLASH_SEAL = "flash"


@dataclass(frozen=True)
class Flash:
    """A sentence for one page; ``field`` is the faulty field, ``identifier`` what was typed. Never a password.

    ``until`` tells two equal sentences apart; ``set_flash`` writes it.
    """

    page: str
    message: str
    is_error: bool = True
    field: str = ""
    identifier: str = ""
    until: float = attribute(default=0, compare=False)


def session_token(cookie_header: str) -> str | None:
    """Return the session's token from a raw ``Cookie`` header."""
    return _value(cookie_header, _name("portail_session")) or None


def token_of(request: Request) -> str | None:
    """Return the session's token of a request."""
    return session_token(request.headers.get("cookie", ""))


def set_session(response: Response, token: str) -> None:
    """Hand the session to the browser; it ends with the browser, or before, when the server says so."""
    _set(response, _name("portail_session"), token, max_age=None)


def clear_session(response: Response) -> None:
    """Take the session back from the browser."""
    _set(response, _name("portail_session"), "", max_age=0)


def read_flash(cookie_header: str, page: str) -> Flash | None:
    """Return what the last form left to say on this page, while it is fresh."""
    content = tokens.unsealed(_FLASH_SEAL, _value(cookie_header, _name("portail_message")))
    if content is None or content["until"] <= clock.now().timestamp():
        return None
    flash = Flash(**content)
    return flash if flash.page == page else None


def set_flash(response: Response, flash: Flash) -> None:
    """Leave a sentence for the page that the response leads to."""
    content = {**asdict(flash), "until": clock.now().timestamp() + FLASH_SECONDS}
    _set(response, _name("portail_message"), tokens.sealed(_FLASH_SEAL, content), max_age=FLASH_SECONDS)


def clear_flash(response: Response) -> None:
    """Forget the sentence of an earlier form."""
    _set(response, _name("portail_message"), "", max_age=0)


def _name(name: str) -> str:
    # The prefix makes browsers refuse this cookie from a neighbouring site of the same domain.
    return f"__Host-{name}" if get_settings().cookie_secure else name


def _set(response: Response, name: str, value: str, max_age: int | None) -> None:
    secure = get_settings().cookie_secure
    response.set_cookie(name, value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="lax")


def _value(cookie_header: str, name: str) -> str:
    # One by one: a foreign cookie that the parser dislikes must not hide ours.
    for part in cookie_header.split(";"):
        found, _, value = part.strip().partition("=")
        if found == name:
            return value.strip().strip('"')
    return ""
