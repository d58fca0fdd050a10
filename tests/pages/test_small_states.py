"""The states that hold a sentence, a name, a list of e-mails."""

from collections.abc import Callable

import pytest

from portail_app.access import Actor, Role
from portail_app.http import cookies
from portail_app.http.cookies import Flash
from portail_app.pages.passwords import OwnPasswordState, PasswordState
from portail_app.pages.sign_in import SignInState
from portail_app.pages.staff.mails import MailsState
from portail_app.ui.notices import Notices
from portail_app.ui.session import SessionState
from tests.factories import Household
from tests.pages.tab import Tab
from tests.services.scene import ask


def _left_behind(flash: Flash) -> str:
    """Return the cookie that a form leaves for the next page."""
    from starlette.responses import Response

    response = Response()
    cookies.set_flash(response, flash)
    return response.headers["set-cookie"].partition(";")[0]


def test_the_sign_in_shows_what_the_last_attempt_left() -> None:
    flash = Flash("/connexion", "Identifiant ou mot de passe incorrect.", identifier="c.perrin")
    tab = Tab(None, "/connexion?suite=/mes-enfants", cookie=_left_behind(flash))
    tab.call(SignInState, "load")
    state = tab[SignInState]
    assert (state.message, state.is_error) == ("Identifiant ou mot de passe incorrect.", True)
    assert (state.identifier, state.suite) == ("c.perrin", "/mes-enfants")


@pytest.mark.parametrize("cookie", ["", "portail_message=faux.faux", "portail_message=", "autre=1"])
def test_the_sign_in_shows_nothing_of_a_cookie_that_is_not_ours(cookie: str) -> None:
    tab = Tab(None, "/connexion", cookie)
    tab.call(SignInState, "load")
    state = tab[SignInState]
    assert (state.message, state.is_error, state.identifier, state.suite) == ("", False, "", "")


def test_a_sentence_is_for_its_own_page() -> None:
    flash = Flash("/mot-de-passe", "Ce mot de passe est trop court.", field="new")
    shown = {}
    for address in ("/mot-de-passe", "/mot-de-passe-oublie"):
        tab = Tab(None, address, cookie=_left_behind(flash))
        tab.call(PasswordState, "load")
        state = tab[PasswordState]
        shown[address] = (state.message, state.field, state.is_error)
    assert shown == {
        "/mot-de-passe": ("Ce mot de passe est trop court.", "new", True),
        "/mot-de-passe-oublie": ("", "", False),
    }


@pytest.mark.parametrize("must_change", [True, False])
def test_the_first_password_is_replaced_without_being_typed_again(must_change: bool) -> None:
    tab = Tab(Actor(1, "parent", "Claire Perrin", must_change_password=must_change), "/mot-de-passe")
    tab.call(OwnPasswordState, "load")
    assert (tab[OwnPasswordState].is_known, tab[OwnPasswordState].is_first) == (True, must_change)


def test_somebody_who_is_not_signed_in_is_sent_to_the_sign_in() -> None:
    tab = Tab(None, "/mot-de-passe")
    tab.call(OwnPasswordState, "load")
    assert tab.redirects == ["/connexion"]
    assert tab[OwnPasswordState].is_known is False


@pytest.mark.parametrize("role", list(Role))
def test_the_tabs_of_requests_are_for_those_who_decide_them(role: Role) -> None:
    tab = Tab(Actor(1, role, "Paul Roux"), "/agents/demandes")
    tab.call(SessionState, "load")
    assert tab[SessionState].decides is (role in {Role.AGENT, Role.ADMINISTRATOR})


def test_the_same_sentence_is_announced_again_and_can_be_closed() -> None:
    tab = Tab(None)
    for _ in range(2):
        tab.call(Notices, "say", "Enregistré.", "done")
    assert (tab.said, tab[Notices].serial) == ("Enregistré.", 2)
    tab.call(Notices, "dismiss")
    assert tab.said == ""


def test_a_notice_takes_no_look_that_does_not_exist() -> None:
    tab = Tab(None)
    tab.call(Notices, "say", "Enregistré.", "javascript")
    assert tab.tone == "done"


def test_the_demo_shows_agents_the_mails_that_would_leave(
    home: Household, canteen: int, agent: Actor, use_settings: Callable[..., None]
) -> None:
    use_settings(environment="demo")
    ask(home, canteen)
    tab = Tab(agent, "/agents/courriels")
    tab.call(MailsState, "load")
    (mail,) = tab[MailsState].rows
    assert mail["subject"] == "Demande n° D-2026-000001 bien reçue : Réservation, Cantine, jeudi 26 novembre"
    assert "Enfant : Emma Perrin." in mail["text"]
    assert tab[MailsState].loaded


def test_nobody_reads_the_mails_of_a_real_commune(home: Household, canteen: int, agent: Actor) -> None:
    ask(home, canteen)
    tab = Tab(agent, "/agents/courriels")
    tab.call(MailsState, "load")
    assert tab.redirects == ["/agents/demandes"]
    assert tab[MailsState].rows == []
