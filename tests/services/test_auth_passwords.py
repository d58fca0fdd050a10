"""Changing one's own password, signed in or with a link."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from portail_app import clock, db
from portail_app.errors import Refused
from portail_app.models.people import Guardian
from portail_app.services import accounts, auth, own_password
from tests.accounts import GOOD, HERE, OTHER, account, actor, leaz, parent, queued, signed_in, staff

pytestmark = pytest.mark.usefixtures("database")
SECOND = timedelta(seconds=1)


def link_token() -> str:
    [token] = re.findall(r"/nouveau-mot-de-passe#(\S+)", queued()[-1].text)
    return str(token)


def signs_in(password: str, identifier: str = "lea.martin") -> bool:
    try:
        return bool(auth.sign_in(identifier, password, HERE).token)
    except Refused:
        return False


def test_the_new_password_replaces_the_old_one() -> None:
    own_password.change(actor(parent()), GOOD, OTHER)
    assert (signs_in(GOOD), signs_in(OTHER)) == (False, True)


def test_a_change_renews_this_session_and_ends_all_the_others() -> None:
    account_id = parent()
    phone, desktop = signed_in(account_id), signed_in(account_id)
    person = auth.actor_of(phone)
    assert person is not None
    renewed = own_password.change(person, GOOD, OTHER)
    assert [auth.actor_of(token) is None for token in (phone, desktop, renewed.token)] == [True, True, False]


def test_the_current_password_must_be_right() -> None:
    person = actor(parent())
    for current in ("Mauvais-mot-1", "", None):
        with pytest.raises(Refused, match="Le mot de passe actuel n’est pas le bon") as refusal:
            own_password.change(person, current, OTHER)
        assert refusal.value.field == "current"
    assert signs_in(GOOD)


def test_guesses_of_the_current_password_are_slowed_down(at: Callable) -> None:
    person = actor(parent())
    with at(clock.now()):
        for _ in range(5):
            with pytest.raises(Refused, match="actuel"):
                own_password.change(person, "Mauvais-mot-1", OTHER)
        with pytest.raises(Refused, match="Réessayez dans 30 secondes"):
            own_password.change(person, GOOD, OTHER)


def test_a_forced_first_change_does_not_ask_the_current_password_again() -> None:
    person = actor(parent(must_change_password=True, first_password_until=clock.now() + timedelta(days=1)))
    assert person.must_change_password
    renewed = auth.actor_of(own_password.change(person, None, OTHER).token)
    assert renewed is not None
    assert not renewed.must_change_password
    assert account().first_password_until is None


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("court1A", "au moins 8 caractères"),
        ("sans-majuscule-1", "lettre majuscule"),
        ("Password1", "trop courant"),
        ("Xx-Lea.Martin-9", "votre identifiant"),
        ("Bonjour-Martin-9", "ni votre nom"),
        ("Vive-Leaz-2026", "le nom de la commune"),
        (GOOD, "différent de l’actuel"),
    ],
)
def test_a_weak_personal_or_unchanged_password_is_refused_and_changes_nothing(new: str, sentence: str) -> None:
    leaz()
    person = actor(parent(identifier="lea.martin"))
    with pytest.raises(Refused, match=sentence) as refusal:
        own_password.change(person, GOOD, new)
    assert refusal.value.field == "password"
    assert signs_in(GOOD)


def test_the_owner_is_told_of_the_change() -> None:
    leaz()
    own_password.change(actor(parent(email="lea@example.fr")), GOOD, OTHER)
    [email] = queued()
    assert (email.recipient, email.subject) == ("lea@example.fr", "Votre mot de passe a été changé")
    assert "Mairie de Léaz" in email.text
    assert OTHER not in email.text + email.html


def test_staff_change_theirs_the_same_way() -> None:
    own_password.change(actor(staff()), GOOD, OTHER)
    assert signs_in(OTHER, "agnes")


def test_the_link_sets_a_new_password_and_ends_every_session(use_settings: Callable) -> None:
    use_settings(public_url="https://famille.leaz.fr/")
    token = signed_in(parent())
    own_password.send_link(" LEA.martin")
    assert "https://famille.leaz.fr/nouveau-mot-de-passe#" in queued()[0].text
    own_password.reset(link_token(), OTHER)
    assert (signs_in(GOOD), signs_in(OTHER), auth.actor_of(token)) == (False, True, None)


def test_a_link_works_once() -> None:
    parent()
    own_password.send_link("lea.martin")
    token = link_token()
    own_password.reset(token, OTHER)
    with pytest.raises(Refused, match="Ce lien n’est plus valable") as refusal:
        own_password.reset(token, "Montagne-grise-51")
    assert refusal.value.field == "token"
    assert signs_in(OTHER)


def test_of_two_simultaneous_clicks_on_a_link_one_wins() -> None:
    parent()
    own_password.send_link("lea.martin")
    token = link_token()
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda new: _resets(token, new), ["Montagne-grise-51", OTHER]))
    assert sorted(done) == [False, True]


def test_a_refused_password_does_not_use_the_link_up() -> None:
    parent()
    own_password.send_link("lea.martin")
    with pytest.raises(Refused, match="au moins 8"):
        own_password.reset(link_token(), "court")
    own_password.reset(link_token(), OTHER)
    assert signs_in(OTHER)


def test_a_link_lives_one_hour(at: Callable) -> None:
    parent()
    start = clock.now()
    with at(start):
        own_password.send_link("lea.martin")
    with at(start + timedelta(hours=1)), pytest.raises(Refused, match="plus valable"):
        own_password.reset(link_token(), OTHER)
    with at(start + timedelta(hours=1) - SECOND):
        own_password.reset(link_token(), OTHER)


def test_using_one_link_kills_the_others() -> None:
    parent()
    own_password.send_link("lea.martin")
    first = link_token()
    own_password.send_link("lea.martin")
    own_password.reset(link_token(), OTHER)
    with pytest.raises(Refused, match="plus valable"):
        own_password.reset(first, "Montagne-grise-51")


def test_a_link_does_not_open_a_suspended_account() -> None:
    parent()
    own_password.send_link("lea.martin")
    token = link_token()
    accounts.suspend(None, "lea.martin")
    accounts.reinstate(None, "lea.martin")
    with pytest.raises(Refused, match="plus valable"):
        own_password.reset(token, OTHER)


@pytest.mark.parametrize("changes", [{"suspended_at": clock.now()}, {"email": ""}])
def test_no_link_leaves_for_a_suspended_account_or_one_without_address(changes: dict) -> None:
    parent(**changes)
    own_password.send_link("lea.martin")
    own_password.send_link("personne")
    assert queued() == []


def test_without_an_address_of_its_own_an_account_is_written_to_at_the_adult_s() -> None:
    parent(email="")
    with db.transaction() as session:
        guardian = session.exec(select(Guardian)).one()
        guardian.email = "lea.a.la.maison@example.fr"
    own_password.send_link("lea.martin")
    own_password.reset(link_token(), OTHER)
    assert [email.recipient for email in queued()] == ["lea.a.la.maison@example.fr"] * 2


def test_a_link_lifts_the_delay_of_its_account(at: Callable) -> None:
    parent()
    with at(clock.now()):
        for _ in range(6):
            signs_in("Mauvais-mot-1")
        own_password.send_link("lea.martin")
        own_password.reset(link_token(), OTHER)
        assert signs_in(OTHER)


@pytest.mark.parametrize("identifier", ["lea.martin", "personne"])
def test_asking_for_links_is_slowed_down_the_same_for_anybody(identifier: str, at: Callable) -> None:
    parent()
    with at(clock.now()):
        for _ in range(3):
            own_password.require_link_allowed(identifier, HERE)
        with pytest.raises(Refused, match="Réessayez dans 30 secondes"):
            own_password.require_link_allowed(identifier, HERE)


def _resets(token: str, new: str) -> bool:
    try:
        own_password.reset(token, new)
    except Refused:
        return False
    return True
