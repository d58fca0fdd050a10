"""The accounts that the town hall hands out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from portail_app import clock, db
from portail_app.access import Role
from portail_app.errors import NotAllowed, Refused
from portail_app.models.people import Guardian
from portail_app.rules.passwords import unmet
from portail_app.services import accounts, auth, own_password, passwords
from tests.accounts import GOOD, HERE, OTHER, account, actor, leaz, parent, signed_in, staff

pytestmark = pytest.mark.usefixtures("database")


def guardian_id() -> int:
    with db.transaction() as session:
        guardian = Guardian(first_name="Zoé", last_name="Nguyễn")
        session.add(guardian)
        session.flush()
        assert guardian.id is not None
        return guardian.id


def test_the_letter_s_password_opens_the_account_and_must_be_changed() -> None:
    leaz()
    made = accounts.create(None, " Zoe.Nguyen ", Role.PARENT, "Zoé Nguyễn", guardian_id=guardian_id())
    assert made.identifier == "zoe.nguyen"
    assert auth.sign_in("zoe.nguyen", made.first_password, HERE).must_change_password


def test_the_letter_s_password_is_valid_sixty_days(at: Callable) -> None:
    start = clock.now()
    with at(start):
        made = accounts.create(None, "agnes", Role.AGENT, "Agnès Blanc")
    assert made.valid_until == start + timedelta(days=60)
    with at(start + timedelta(days=60)), pytest.raises(Refused, match="premier mot de passe"):
        auth.sign_in("agnes", made.first_password, HERE)
    with at(start + timedelta(days=60, seconds=-1)):
        assert auth.sign_in("agnes", made.first_password, HERE).token


def test_first_passwords_meet_the_rules_read_well_and_differ() -> None:
    drawn = {passwords.first_password() for _ in range(200)}
    assert len(drawn) == 200
    for password in drawn:
        assert unmet(password) == []
        assert re.fullmatch(r"[A-Z][a-z]{3}(-[a-z]{4}){3}-[a-z]{2}[0-9]{2}", password)
        assert not set(password) & set("0Oo1lIsS5")


def test_a_first_password_never_holds_a_name_of_its_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["Remi-tavi-kure-mipa-du47", "Tavi-kute-nipa-dugi-na47"])
    monkeypatch.setattr(passwords, "first_password", lambda: next(drawn))
    assert accounts.create(None, "r.blanc", Role.AGENT, "Rémi Blanc").first_password == "Tavi-kute-nipa-dugi-na47"


@pytest.mark.parametrize("identifier", ["", "ab", "léa", "a b/c", "-abc", "a" * 81, "<script>"])
def test_a_strange_identifier_is_refused(identifier: str) -> None:
    with pytest.raises(Refused, match="L’identifiant compte") as refusal:
        accounts.create(None, identifier, Role.AGENT, "Agnès Blanc")
    assert refusal.value.field == "identifier"


@pytest.mark.parametrize("identifier", ["abc", "a" * 80, "lea.martin-2@leaz"])
def test_a_plain_identifier_is_accepted(identifier: str) -> None:
    assert accounts.create(None, identifier, Role.AGENT, "Agnès Blanc").identifier == identifier


def test_an_identifier_is_given_once() -> None:
    accounts.create(None, "agnes", Role.AGENT, "Agnès Blanc")
    with pytest.raises(Refused, match="déjà pris"):
        accounts.create(None, "AGNES", Role.AGENT, "Agnès Noir")


def test_a_parent_s_account_belongs_to_an_adult_and_an_agent_s_to_none() -> None:
    with pytest.raises(Refused, match="appartient à un responsable"):
        accounts.create(None, "lea.martin", Role.PARENT, "Léa Martin")
    with pytest.raises(Refused, match="appartient à un responsable"):
        accounts.create(None, "agnes", Role.AGENT, "Agnès Blanc", guardian_id=guardian_id())
    with pytest.raises(NotAllowed):
        accounts.create(None, "lea.martin", Role.PARENT, "Léa Martin", guardian_id=999)


@pytest.mark.parametrize(
    ("by", "of", "allowed"),
    [
        (Role.AGENT, Role.PARENT, True),
        (Role.ADMINISTRATOR, Role.PARENT, True),
        (Role.ADMINISTRATOR, Role.AGENT, True),
        (Role.AGENT, Role.AGENT, False),
        (Role.AGENT, Role.ADMINISTRATOR, False),
        (Role.REGISSEUR, Role.PARENT, False),
        (Role.ANIMATOR, Role.PARENT, False),
    ],
)
def test_who_may_hand_out_which_account(by: Role, of: Role, allowed: bool) -> None:
    person = actor(staff("chef", by))
    if of is Role.PARENT:
        parent("cible")
    else:
        staff("cible", of)
    acts = [accounts.reset, accounts.suspend, accounts.reinstate]
    assert [_is_allowed(act, person) for act in acts] == [allowed] * 3


def test_a_parent_hands_out_nothing() -> None:
    person = actor(parent())
    parent("paul.durand")
    for act in (accounts.reset, accounts.suspend, accounts.reinstate):
        with pytest.raises(NotAllowed):
            act(person, "paul.durand")
    with pytest.raises(NotAllowed):
        accounts.create(person, "nouveau", Role.PARENT, "Nouveau", guardian_id=guardian_id())


def test_a_reset_ends_the_old_password_the_sessions_and_the_links() -> None:
    token = signed_in(parent())
    drawn = accounts.reset(None, "Lea.Martin")
    assert auth.actor_of(token) is None
    with pytest.raises(Refused):
        auth.sign_in("lea.martin", GOOD, HERE)
    assert auth.sign_in("lea.martin", drawn.first_password, HERE).must_change_password


def test_a_reset_lifts_the_delay_so_that_the_letter_opens_at_once(at: Callable) -> None:
    parent()
    with at(clock.now()):
        for _ in range(6):
            with pytest.raises(Refused):
                auth.sign_in("lea.martin", "Mauvais-mot-1", HERE)
        drawn = accounts.reset(None, "lea.martin")
        assert auth.sign_in("lea.martin", drawn.first_password, HERE).token


def test_a_reset_does_not_reinstate() -> None:
    parent(suspended_at=clock.now())
    drawn = accounts.reset(None, "lea.martin")
    with pytest.raises(Refused, match="suspendu"):
        auth.sign_in("lea.martin", drawn.first_password, HERE)


def test_a_reinstated_account_opens_with_the_password_it_had() -> None:
    parent()
    accounts.suspend(None, "lea.martin")
    with pytest.raises(Refused, match="suspendu"):
        auth.sign_in("lea.martin", GOOD, HERE)
    accounts.reinstate(None, "lea.martin")
    assert auth.sign_in("lea.martin", GOOD, HERE).token


def test_suspending_twice_keeps_the_first_date(at: Callable) -> None:
    parent()
    start = clock.now()
    with at(start):
        accounts.suspend(None, "lea.martin")
    with at(start + timedelta(days=1)):
        accounts.suspend(None, "lea.martin")
    assert account().suspended_at == start


def test_nobody_suspends_themself() -> None:
    person = actor(staff("chef", Role.ADMINISTRATOR))
    with pytest.raises(Refused, match="votre propre compte"):
        accounts.suspend(person, "chef")
    assert account("chef").suspended_at is None


def test_a_forced_change_refuses_to_keep_the_letter_s_password() -> None:
    made = accounts.create(None, "agnes", Role.AGENT, "Agnès Blanc")
    person = auth.actor_of(auth.sign_in("agnes", made.first_password, HERE).token)
    assert person is not None
    with pytest.raises(Refused, match="différent de l’actuel"):
        own_password.change(person, None, made.first_password)
    assert own_password.change(person, None, OTHER).must_change_password is False


def test_an_unknown_account_is_said_to_be_absent() -> None:
    for act in (accounts.reset, accounts.suspend, accounts.reinstate):
        with pytest.raises(NotAllowed, match="Ce compte est introuvable"):
            act(None, "personne")


def _is_allowed(act: Callable, person: object) -> bool:
    try:
        act(person, "cible")
    except NotAllowed:
        return False
    return True
