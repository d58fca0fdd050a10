"""Signing in and out, and who is behind a cookie."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from portail_app import clock, db
from portail_app.access import Role
from portail_app.errors import Refused
from portail_app.models.journal import JournalEntry
from portail_app.models.people import AuthSession
from portail_app.services import accounts, auth, passwords
from tests.accounts import GOOD, HERE, account, leaz, parent, signed_in, staff

pytestmark = pytest.mark.usefixtures("database")
SECOND = timedelta(seconds=1)


def test_the_right_password_opens_a_session_whatever_the_case_of_the_identifier() -> None:
    account_id = parent("lea.martin", families=2)
    opened = auth.sign_in(" Lea.Martin ", GOOD, HERE)
    actor = auth.actor_of(opened.token)
    assert (opened.role, opened.must_change_password) == (Role.PARENT, False)
    assert actor is not None
    assert (actor.account_id, actor.display_name, actor.role) == (account_id, "Léa Martin", Role.PARENT)
    assert len(actor.family_ids) == 2


def test_a_parent_is_only_in_her_own_families() -> None:
    first, second = parent("lea.martin"), parent("paul.durand")
    one, other = auth.actor_of(signed_in(first)), auth.actor_of(signed_in(second))
    assert one is not None
    assert other is not None
    assert len(one.family_ids) == len(other.family_ids) == 1
    assert not one.family_ids & other.family_ids


def test_staff_stand_in_no_family_even_beside_parents() -> None:
    parent()
    found = auth.actor_of(signed_in(staff()))
    assert found is not None
    assert found.is_staff
    assert found.family_ids == frozenset()


def test_knowing_who_is_there_takes_one_statement_and_remembers_nothing() -> None:
    token, statements = signed_in(parent(families=3)), []
    listened = (db.engine(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    event.listen(*listened)
    for _ in range(3):
        assert auth.actor_of(token) is not None
    event.remove(*listened)
    assert [statement.split()[0] for statement in statements if not statement.startswith("BEGIN")] == ["SELECT"] * 3


def test_a_made_up_token_is_nobody() -> None:
    signed_in(parent())
    assert auth.actor_of("x" * 43) is None
    assert auth.actor_of("") is None


def test_the_database_does_not_hold_the_token() -> None:
    parent()
    token = auth.sign_in("lea.martin", GOOD, HERE).token
    with db.reading() as session:
        stored = session.exec(select(AuthSession)).one()
    assert token not in (stored.token_hash, str(stored))


@pytest.mark.parametrize(
    ("identifier", "password"), [("lea.martin", "Mauvais-mot-1"), ("personne", GOOD), ("lea.martin", ""), ("", "")]
)
def test_every_wrong_sign_in_gets_the_same_sentence(identifier: str, password: str) -> None:
    parent()
    with pytest.raises(Refused) as refusal:
        auth.sign_in(identifier, password, HERE)
    assert (refusal.value.message, refusal.value.field) == ("Identifiant ou mot de passe incorrect.", "")


def test_an_unknown_identifier_costs_one_bcrypt_of_the_same_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    parent()
    compared: list[str] = []
    real = passwords.bcrypt.checkpw

    def watched(password: bytes, stored: bytes) -> bool:
        compared.append(stored.decode()[:7])
        return bool(real(password, stored))

    monkeypatch.setattr(passwords.bcrypt, "checkpw", watched)
    for identifier in ("lea.martin", "personne"):
        with pytest.raises(Refused):
            auth.sign_in(identifier, "Mauvais-mot-1", HERE)
    assert compared == ["$2b$04$", "$2b$04$"]


def test_a_suspended_account_is_told_so_only_with_its_right_password() -> None:
    parent(suspended_at=clock.now())
    with pytest.raises(Refused, match=auth.WRONG):
        auth.sign_in("lea.martin", "Mauvais-mot-1", HERE)
    with pytest.raises(Refused, match="Ce compte est suspendu"):
        auth.sign_in("lea.martin", GOOD, HERE)


def test_a_suspension_counts_at_the_next_event() -> None:
    token = signed_in(parent())
    assert auth.actor_of(token) is not None
    accounts.suspend(None, "lea.martin")
    assert auth.actor_of(token) is None


def test_a_sign_out_counts_at_the_next_event() -> None:
    token, other = signed_in(parent()), signed_in(parent("paul.durand"))
    auth.sign_out(token)
    assert auth.actor_of(token) is None
    assert auth.actor_of(other) is not None
    auth.sign_out(token)


def test_signing_out_everywhere_ends_every_session_of_this_person_only() -> None:
    lea, paul = parent(), parent("paul.durand")
    phone, desktop, paul_phone = signed_in(lea), signed_in(lea), signed_in(paul)
    actor = auth.actor_of(phone)
    assert actor is not None
    auth.sign_out_everywhere(actor)
    assert [auth.actor_of(token) is None for token in (phone, desktop, paul_phone)] == [True, True, False]


def test_a_session_ends_after_the_idle_time_and_not_before(at: Callable) -> None:
    start = clock.now()
    with at(start):
        token = signed_in(parent())
    with at(start + timedelta(minutes=60)):
        assert auth.actor_of(token) is None
    with at(start + timedelta(minutes=60) - SECOND):
        assert auth.actor_of(token) is not None


def test_being_seen_moves_the_end_of_the_session(at: Callable) -> None:
    start = clock.now()
    with at(start):
        token = signed_in(parent())
    for minutes in (59, 118):
        with at(start + timedelta(minutes=minutes)):
            assert auth.actor_of(token) is not None
    with at(start + timedelta(minutes=178)):
        assert auth.actor_of(token) is None


def test_being_seen_writes_at_most_once_a_minute(at: Callable) -> None:
    start = clock.now()
    with at(start):
        token = signed_in(parent())
        before = auth.session_view(token)
    with at(start + timedelta(seconds=59)):
        auth.actor_of(token)
        assert auth.session_view(token).expires_at == before.expires_at
    with at(start + timedelta(seconds=60)):
        auth.actor_of(token)
        assert auth.session_view(token).expires_at == before.expires_at + timedelta(seconds=60)


def test_no_activity_keeps_a_session_past_its_absolute_end(at: Callable) -> None:
    start = clock.now()
    with at(start):
        token = signed_in(parent())
    for minutes in range(30, 12 * 60, 30):
        with at(start + timedelta(minutes=minutes)):
            assert auth.actor_of(token) is not None
    with at(start + timedelta(hours=12) - SECOND):
        assert auth.extend(token).can_extend is False
        assert auth.actor_of(token) is not None
    with at(start + timedelta(hours=12)):
        assert auth.actor_of(token) is None


def test_watching_a_session_does_not_make_it_last(at: Callable) -> None:
    start = clock.now()
    with at(start):
        token = signed_in(parent())
    with at(start + timedelta(minutes=55)):
        view = auth.session_view(token)
        assert (view.expires_in, view.warning, view.can_extend) == (300, 300, True)
    with at(start + timedelta(minutes=60)):
        assert auth.session_view(token) is None


def test_extending_gives_the_whole_idle_time_again(at: Callable) -> None:
    start = clock.now()
    with at(start):
        token = signed_in(parent())
    with at(start + timedelta(minutes=59)):
        assert auth.extend(token).expires_in == 3600
    with at(start + timedelta(minutes=118)):
        assert auth.actor_of(token) is not None


def test_a_dead_session_cannot_be_extended(at: Callable) -> None:
    start = clock.now()
    with at(start):
        token = signed_in(parent())
    with at(start + timedelta(minutes=60)):
        assert auth.extend(token) is None


def test_the_first_password_opens_a_quarter_of_an_hour_then_nothing(at: Callable) -> None:
    start = clock.now()
    parent(must_change_password=True, first_password_until=start + timedelta(days=60))
    with at(start):
        assert auth.sign_in("lea.martin", GOOD, HERE).must_change_password
    with at(start + timedelta(minutes=15) - SECOND):
        assert auth.sign_in("lea.martin", GOOD, HERE).must_change_password
    with at(start + timedelta(minutes=15)), pytest.raises(Refused, match="Ce premier mot de passe a déjà servi"):
        auth.sign_in("lea.martin", GOOD, HERE)


def test_the_first_password_expires_unused(at: Callable) -> None:
    start = clock.now()
    parent(must_change_password=True, first_password_until=start + timedelta(days=60))
    with at(start + timedelta(days=60)), pytest.raises(Refused, match="Ce premier mot de passe"):
        auth.sign_in("lea.martin", GOOD, HERE)
    with at(start + timedelta(days=60) - SECOND):
        assert auth.sign_in("lea.martin", GOOD, HERE).must_change_password


def test_a_long_pass_phrase_counts_whole() -> None:
    phrase = "Une phrase de passe vraiment longue, plus de 72 octets, avec un chiffre 7 et la fin qui compte : A"
    parent(password=phrase)
    with pytest.raises(Refused):
        auth.sign_in("lea.martin", phrase[:-1] + "B", HERE)
    assert auth.sign_in("lea.martin", phrase, HERE).token


def test_an_accent_typed_in_two_keys_opens_too() -> None:
    parent(password="Ele\u0301phant-gris-9")
    assert auth.sign_in("lea.martin", "El\u00e9phant-gris-9", HERE).token


def test_a_hash_of_another_cost_is_renewed_at_sign_in(use_settings: Callable) -> None:
    parent()
    assert account().password_hash.startswith("$2b$04$")
    use_settings(bcrypt_cost=5)
    auth.sign_in("lea.martin", GOOD, HERE)
    assert account().password_hash.startswith("$2b$05$")
    assert auth.sign_in("lea.martin", GOOD, HERE).token


def test_the_journal_tells_who_signed_in_and_out() -> None:
    account_id = parent()
    auth.sign_out(auth.sign_in("lea.martin", GOOD, HERE).token)
    with db.reading() as session:
        entries = session.exec(select(JournalEntry).order_by(JournalEntry.id)).all()
    assert [(entry.action, entry.object_id) for entry in entries] == [
        ("account.signed_in", account_id),
        ("account.signed_out", account_id),
    ]


def test_the_commune_s_site_is_followed_only_if_it_is_a_web_address() -> None:
    assert auth.commune_website() == ""
    leaz()
    assert auth.commune_website() == "https://www.leaz.fr"


def test_what_is_over_is_erased_and_the_rest_kept(at: Callable) -> None:
    start = clock.now()
    with at(start):
        dead = signed_in(parent())
    with at(start + timedelta(minutes=30)):
        living = signed_in(parent("paul.durand"))
    with at(start + timedelta(minutes=60)):
        auth.forget_what_is_over()
        assert auth.actor_of(living) is not None
        with db.reading() as session:
            assert len(session.exec(select(AuthSession)).all()) == 1
        assert auth.actor_of(dead) is None
