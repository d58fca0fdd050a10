"""Which passwords are accepted."""

import unicodedata

import pytest

from portail_app.errors import Refused
from portail_app.rules.passwords import (
    MAXIMUM_LENGTH,
    SENTENCES,
    Criterion,
    canonical,
    common_passwords,
    require_acceptable,
    unmet,
)
from tests.rules import make_common_passwords

GOOD = "Vélo4rouge"
NAMES = ("Zoé", "Le Goff", "Jean-Pierre", "Léaz", "Li")


def refusal_of(password: str, identifier: str = "dupont.zoe") -> str:
    with pytest.raises(Refused) as refusal:
        require_acceptable(password, identifier=identifier, names=NAMES, common=common_passwords())
    assert refusal.value.field == "password"
    return refusal.value.message


def accept(password: str, identifier: str = "dupont.zoe") -> None:
    require_acceptable(password, identifier=identifier, names=NAMES, common=common_passwords())


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("Abcdefg1", []),
        ("Abcdef1", [Criterion.LENGTH]),
        ("abcdefg1", [Criterion.UPPERCASE]),
        ("ABCDEFG1", [Criterion.LOWERCASE]),
        ("Abcdefgh", [Criterion.DIGIT]),
        ("", [Criterion.LENGTH, Criterion.UPPERCASE, Criterion.LOWERCASE, Criterion.DIGIT]),
        ("12345678", [Criterion.UPPERCASE, Criterion.LOWERCASE]),
        ("Éàçèùûî1", []),  # accented letters are letters
        ("Пароль77", []),  # so are those of other scripts
        ("Abcdefg٣", []),  # and their digits
        ("Abcdefg²", [Criterion.DIGIT]),  # an exponent is not a digit
        ("Aa1 éééé", []),
        ("Aa1" + "x" * (MAXIMUM_LENGTH - 3), []),
        ("Aa1" + "x" * (MAXIMUM_LENGTH - 2), [Criterion.NOT_TOO_LONG]),
    ],
)
def test_each_unmet_criterion_is_named(password: str, missing: list[Criterion]) -> None:
    assert unmet(password) == missing


def test_the_same_password_typed_on_two_devices_is_one_password() -> None:
    split = unicodedata.normalize("NFD", GOOD)
    assert split != GOOD
    assert canonical(split) == GOOD
    assert unmet(unicodedata.normalize("NFD", "Aaé1éé8")) == [Criterion.LENGTH]  # 7 characters, however sent


def test_a_good_password_is_accepted() -> None:
    accept(GOOD)
    accept("Trois petits chats 3")


@pytest.mark.parametrize(
    ("password", "lacks"),
    [
        ("vélo4rouge", "au moins une lettre majuscule."),
        ("vélorouge", "au moins une lettre majuscule et au moins un chiffre."),
        (
            "vélo",
            "au moins 8 caractères, au moins une lettre majuscule et au moins un chiffre.",
        ),
        ("Aa1" + "x" * 126, "au plus 128 caractères."),
    ],
)
def test_a_weak_password_is_refused_with_what_it_lacks(password: str, lacks: str) -> None:
    assert refusal_of(password) == f"Le mot de passe doit comporter {lacks}"


def test_every_criterion_has_its_words() -> None:
    assert set(SENTENCES) == set(Criterion)


@pytest.mark.parametrize(
    "password",
    [
        "Azerty123",
        "Password1",
        "Motdepasse1",
        "MOTdePASSE1",
        "Motdepassé1",
        "Bienvenue2026!",
        "P@ssw0rd1",
        "1Q2w3e4r5t",
    ],
)
def test_a_common_password_is_refused_whatever_its_case_and_accents(password: str) -> None:
    assert refusal_of(password) == "Ce mot de passe est trop courant : choisissez-en un autre, plus personnel."


def test_the_common_passwords_may_come_as_any_collection() -> None:
    with pytest.raises(Refused, match="trop courant"):
        require_acceptable("Vélo4rouge", identifier="x", names=(), common=["velo4rouge"])


@pytest.mark.parametrize("password", ["Dupont.Zoe1", "1xDUPONTZOEx", "Xx-dupont-zoé-9"])
def test_a_password_that_holds_the_identifier_is_refused(password: str) -> None:
    assert refusal_of(password) == "Le mot de passe ne doit pas contenir votre identifiant."


def test_an_identifier_of_three_characters_counts_and_a_shorter_one_does_not() -> None:
    assert "identifiant" in refusal_of("Xyabc45678", identifier="abc")
    accept("Xyabc45678", identifier="ab")


@pytest.mark.parametrize(
    "password", ["Zoe45678x", "ZOÉ45678x", "xLegoff29x", "Xle-goff29", "Jeanpierre01x", "Leaz01200x"]
)
def test_a_password_that_holds_a_name_or_the_commune_is_refused(password: str) -> None:
    assert refusal_of(password) == (
        "Le mot de passe ne doit contenir ni votre nom, ni votre prénom, ni le nom de la commune."
    )


def test_a_name_of_two_letters_forbids_nothing() -> None:
    accept("Oliv1erVert")


def test_the_list_is_what_its_script_makes() -> None:
    assert make_common_passwords.FILE.read_text(encoding="utf-8") == make_common_passwords.made()


def test_the_list_is_long_enough_and_in_the_form_in_which_it_is_compared() -> None:
    common = common_passwords()
    assert len(common) >= 10_000
    assert all(password == password.casefold() and len(password) >= 8 for password in common)
    assert not any(password.startswith("# ") or password != password.strip() for password in common)


def test_the_list_is_read_once() -> None:
    assert common_passwords() is common_passwords()
