"""Whoever guesses waits longer and longer; whoever knows does not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from portail_app import clock, db
from portail_app.errors import Refused
from portail_app.models.people import SignInThrottle
from portail_app.services import auth, throttle
from tests.accounts import GOOD, HERE, parent

pytestmark = pytest.mark.usefixtures("database")
WRONG = "Mauvais-mot-1"
SECOND = timedelta(seconds=1)


def fail(identifier: str = "lea.martin", address: str = HERE) -> str:
    with pytest.raises(Refused) as refusal:
        auth.sign_in(identifier, WRONG, address)
    return refusal.value.message


@pytest.mark.parametrize("identifier", ["lea.martin", "personne"])
def test_the_fifth_failure_starts_a_delay_of_thirty_seconds_even_for_nobody(identifier: str, at: Callable) -> None:
    parent()
    with at(clock.now()):
        assert [fail(identifier) for _ in range(5)] == [auth.WRONG] * 5
        assert fail(identifier) == "Trop d’essais. Réessayez dans 30 secondes."


def test_during_the_delay_even_the_right_password_waits(at: Callable) -> None:
    parent()
    start = clock.now()
    with at(start):
        for _ in range(5):
            fail()
    with at(start + 30 * SECOND - SECOND), pytest.raises(Refused, match="Réessayez dans 1 seconde"):
        auth.sign_in("lea.martin", GOOD, HERE)
    with at(start + 30 * SECOND):
        assert auth.sign_in("lea.martin", GOOD, HERE).token


def test_each_failure_after_the_delay_doubles_it_up_to_an_hour(at: Callable) -> None:
    parent()
    now, heard = clock.now(), []
    with at(now):
        for _ in range(4):
            fail()
    for _ in range(9):
        with at(now):
            assert fail() == auth.WRONG
            heard.append(fail().removeprefix("Trop d’essais. Réessayez dans "))
        now += timedelta(hours=1)
    assert heard == [
        "30 secondes.",
        "1 minute.",
        "2 minutes.",
        "4 minutes.",
        "8 minutes.",
        "16 minutes.",
        "32 minutes.",
        "1 heure.",
        "1 heure.",
    ]


def test_success_sets_the_account_s_counter_back_to_nothing(at: Callable) -> None:
    parent()
    with at(clock.now()):
        for _ in range(3):
            for _ in range(4):
                fail()
            assert auth.sign_in("lea.martin", GOOD, HERE).token


def test_a_delayed_account_does_not_delay_the_others_at_the_same_address(at: Callable) -> None:
    parent()
    parent("paul.durand")
    with at(clock.now()):
        for _ in range(6):
            fail()
        assert auth.sign_in("paul.durand", GOOD, HERE).token


def test_the_twentieth_failure_from_one_address_delays_it_whatever_the_identifier(at: Callable) -> None:
    parent()
    with at(clock.now()):
        for number in range(20):
            assert fail(f"essai{number}") == auth.WRONG
        assert fail("essai20") == "Trop d’essais. Réessayez dans 30 secondes."
        with pytest.raises(Refused, match="30 secondes"):
            auth.sign_in("lea.martin", GOOD, HERE)
        assert auth.sign_in("lea.martin", GOOD, "192.0.2.11").token


def test_success_does_not_clear_the_address_so_that_one_good_account_pays_for_no_guess(at: Callable) -> None:
    parent()
    with at(clock.now()):
        for number in range(19):
            fail(f"essai{number}")
        auth.sign_in("lea.martin", GOOD, HERE)
        fail("essai19")
        assert "30 secondes" in fail("essai20")


def test_many_good_sign_ins_from_one_address_never_wait() -> None:
    for number in range(25):
        parent(f"parent{number}")
        assert auth.sign_in(f"parent{number}", GOOD, HERE).token


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "inconnue", False),
    ],
)
def test_an_ipv6_subscriber_is_counted_by_the_64(one: str, other: str, same: bool) -> None:
    assert (throttle.address(one) == throttle.address(other)) is same


def test_simultaneous_guesses_on_one_account_are_all_counted() -> None:
    parent()
    with ThreadPoolExecutor(12) as pool:
        heard = list(pool.map(lambda number: _outcome(f"192.0.2.{number}"), range(12)))
    assert sorted(message == auth.WRONG for message in heard) == [False] * 7 + [True] * 5


def test_failures_older_than_a_day_are_forgotten(at: Callable) -> None:
    parent()
    start = clock.now()
    with at(start):
        for _ in range(4):
            fail()
    with at(start + timedelta(days=1)):
        assert [fail() for _ in range(5)] == [auth.WRONG] * 5
        assert "30 secondes" in fail()


def test_failures_of_less_than_a_day_still_count(at: Callable) -> None:
    parent()
    start = clock.now()
    with at(start):
        for _ in range(4):
            fail()
    with at(start + timedelta(days=1) - SECOND):
        assert fail() == auth.WRONG
        assert "30 secondes" in fail()


def test_the_counters_name_neither_the_identifier_nor_the_address() -> None:
    parent()
    fail()
    with db.reading() as session:
        rows = session.exec(select(SignInThrottle)).all()
    assert len(rows) == 2
    assert all(len(row.key) == 64 and "lea" not in row.key and "192" not in row.key for row in rows)


def test_another_installation_names_the_same_address_otherwise(use_settings: Callable) -> None:
    ours = throttle.address(HERE).key
    use_settings(secret_key="u" * 40)
    assert throttle.address(HERE).key != ours


def test_old_counters_are_erased(at: Callable) -> None:
    parent()
    start = clock.now()
    with at(start):
        fail()
    with at(start + timedelta(days=1)):
        auth.forget_what_is_over()
    with db.reading() as session:
        assert session.exec(select(SignInThrottle)).all() == []


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "1 seconde"),
        (59, "59 secondes"),
        (60, "1 minute"),
        (60.5, "2 minutes"),
        (3540, "59 minutes"),
        (3541, "1 heure"),
    ],
)
def test_a_delay_is_said_in_words_that_are_never_too_short(seconds: float, said: str) -> None:
    assert throttle.spoken_delay(timedelta(seconds=seconds)) == said


def _outcome(address: str) -> str:
    try:
        auth.sign_in("lea.martin", WRONG, address)
    except Refused as refusal:
        return refusal.message
    return "signed in"
