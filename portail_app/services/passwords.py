"""Hash passwords, compare them, and draw the first one.

bcrypt costs a quarter of a second on purpose: call these functions in a thread, and outside any transaction.
"""

import base64
import hashlib
import secrets
from functools import cache

import bcrypt

from portail_app.rules.passwords import canonical
from portail_app.settings import get_settings

# No letter that a printed page confuses with a digit (l, o, s…), no « c » nor « q » that one spells with another.
_CONSONANTS = "bdfgkmnprtv"
_VOWELS = "aeiu"
_DIGITS = "2346789"
_SYLLABLES = 9
_DIGEST_LETTERS = 31
_UNFIT = ("bite", "pute", "puti", "pipi", "kaka", "pede", "puta", "tare", "debi")


def hashed(password: str) -> str:
    """Return the bcrypt hash to store, at the cost of the settings."""
    salt = bcrypt.gensalt(get_settings().bcrypt_cost)
    return bcrypt.hashpw(_prepared(password), salt).decode()


def matches(password: str, password_hash: str | None) -> bool:
    """Tell whether a password is the right one; without a hash, take the same time to answer no."""
    expected = password_hash or _nobodys_hash(get_settings().bcrypt_cost)
    right = bcrypt.checkpw(_prepared(password), expected.encode())
    return right and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Tell whether a hash was made at another cost than the one now set."""
    return int(password_hash.split("$")[2]) != get_settings().bcrypt_cost


def first_password() -> str:
    """Draw a password that reads well on a letter and types well on a phone: « Tavi-kure-mipa-dugi-na47 ».

    About 54 bits; it is limited in time, works once, and attempts are slowed down.
    """
    while True:
        letters = "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES))
        if not any(word in letters for word in _UNFIT):
            break
    groups = [letters[start : start + 4] for start in range(0, len(letters), 4)]
    number = secrets.choice(_DIGITS) + secrets.choice(_DIGITS)
    return "-".join(groups).capitalize() + number


def _prepared(password: str) -> bytes:
    """Shorten to 44 letters: bcrypt reads 72 bytes, and a long pass-phrase must count whole."""
    return base64.b64encode(hashlib.sha256(canonical(password).encode()).digest())


@cache
def _nobodys_hash(cost: int) -> str:
    # A salt and a digest that no password gives, written without computing one: the first stranger of the day must
    # not wait longer than the next.
    return bcrypt.gensalt(cost).decode() + "." * _DIGEST_LETTERS
