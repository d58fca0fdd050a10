"""Which passwords are accepted: the criteria of the notice, then what an attacker tries first.

The criteria (8 characters, an upper case, a lower case, a digit) are weak alone; they hold together with the
throttling of sign-in, the refusal of common passwords, and the refusal of what is known of the person.
"""

import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

from portail_app.errors import Refused

MINIMUM_LENGTH = 8
MAXIMUM_LENGTH = 128
FIELD = "password"


class Criterion(StrEnum):
    """Name the criteria, in the order in which they are shown while typing."""

    LENGTH = "length"
    UPPERCASE = "uppercase"
    LOWERCASE = "lowercase"
    DIGIT = "digit"
    NOT_TOO_LONG = "not_too_long"


def canonical(password: str) -> str:
    """Return the one form (NFC) to judge and to hash.

    A phone and a computer may send « é » as one character or as two: the password must open on both.
    """
    return unicodedata.normalize("NFC", password)


def unmet(password: str) -> list[Criterion]:
    """Return the criteria of the notice that a password does not meet, in order; letters of any script count."""
    password = canonical(password)
    met = {
        Criterion.LENGTH: len(password) >= MINIMUM_LENGTH,
        Criterion.UPPERCASE: any(character.isupper() for character in password),
        Criterion.LOWERCASE: any(character.islower() for character in password),
        Criterion.DIGIT: any(character.isdecimal() for character in password),
        Criterion.NOT_TOO_LONG: len(password) <= MAXIMUM_LENGTH,
    }
    return [criterion for criterion, is_met in met.items() if not is_met]


def require_acceptable(password: str, *, identifier: str, names: Collection[str], common: Collection[str]) -> None:
    """Refuse a password that is too weak, and say what to change.

    ``names`` are those of the person and of the commune; ``common`` is ``common_passwords()``, in lower case. Case
    and accents never make a password different here: attackers try them all.
    """
    if missing := unmet(password):
        wanted = _listed([SENTENCES[criterion] for criterion in missing])
        raise Refused(f"Le mot de passe doit comporter {wanted}.", FIELD)
    if {password.casefold(), _plain(password)} & _as_set(common):
        raise Refused("Ce mot de passe est trop courant : choisissez-en un autre, plus personnel.", FIELD)
    if _holds(password, [identifier]):
        raise Refused("Le mot de passe ne doit pas contenir votre identifiant.", FIELD)
    if _holds(password, names):
        raise Refused("Le mot de passe ne doit contenir ni votre nom, ni votre prénom, ni le nom de la commune.", FIELD)


@cache
def common_passwords() -> frozenset[str]:
    """Return the shipped list of common passwords, in lower case; read once, at the first need."""
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("# "))


# Each completes « Le mot de passe doit comporter… », and stands alone in the list shown while typing.
SENTENCES = {
    Criterion.LENGTH: f"au moins {MINIMUM_LENGTH} caractères",
    Criterion.UPPERCASE: "au moins une lettre majuscule",
    Criterion.LOWERCASE: "au moins une lettre minuscule",
    Criterion.DIGIT: "au moins un chiffre",
    Criterion.NOT_TOO_LONG: f"au plus {MAXIMUM_LENGTH} caractères",
}

_COMMON = Path(__file__).parent / "data" / "common_passwords.txt"
# Shorter words are found by chance in good passwords: « Li », « Ô ».
_SHORTEST_WORD = 3


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} et {last}" if first else last


def _as_set(words: Collection[str]) -> frozenset[str] | set[str]:
    return words if isinstance(words, frozenset | set) else set(words)


def _holds(password: str, words: Iterable[str]) -> bool:
    """Say whether a password holds one of the words, hyphens, spaces and apostrophes left out of both."""
    letters = _letters(password)
    return any(len(word) >= _SHORTEST_WORD and word in letters for word in map(_letters, words))


def _letters(text: str) -> str:
    return "".join(character for character in _plain(text) if character.isalnum())


def _plain(text: str) -> str:
    """Return a text without case nor accents."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in split if not unicodedata.combining(character))
