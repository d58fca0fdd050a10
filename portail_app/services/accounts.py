"""The accounts that the town hall hands out: create, reset, suspend.

``actor`` is None for the command line, whose user already holds the database. Each act returns a first password to
print on a letter: it is shown this once, works once, and expires.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portail_app import clock, db
from portail_app.access import DECIDING_ROLES, Actor, Role, require_staff
from portail_app.errors import NotAllowed, Refused
from portail_app.models.exchanges import Municipality
from portail_app.models.people import Account, Guardian, PasswordReset
from portail_app.rules.passwords import common_passwords, require_acceptable
from portail_app.services import journal, passwords, sessions, throttle

FIRST_PASSWORD_LASTS = timedelta(days=60)
_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9._@-]{2,79}")


@dataclass(frozen=True)
class NewAccount:
    """What the letter tells: nobody can read this password again."""

    identifier: str
    first_password: str
    valid_until: datetime


def normalised(identifier: str) -> str:
    """Return the one spelling of an identifier: people add spaces and capitals as their phone pleases."""
    return "".join(unicodedata.normalize("NFKC", identifier).split()).lower()


def create(
    actor: Actor | None,
    identifier: str,
    role: Role,
    display_name: str,
    *,
    email: str = "",
    guardian_id: int | None = None,
) -> NewAccount:
    """Create an account, with the first password of its letter."""
    _require_may_manage(actor, role)
    identifier = normalised(identifier)
    if not _IDENTIFIER.fullmatch(identifier):
        raise Refused(
            "L’identifiant compte 3 à 80 caractères : lettres sans accent, chiffres, point, tiret.", "identifier"
        )
    if (role is Role.PARENT) != (guardian_id is not None):
        raise Refused("Un compte de parent, et lui seul, appartient à un responsable.", "guardian_id")
    account = Account(
        identifier=identifier,
        password_hash="",
        role=role,
        guardian_id=guardian_id,
        display_name=display_name.strip(),
        email=email.strip(),
        created_at=clock.now(),
    )
    with db.reading() as session:
        _require_free(session, identifier)
        names = names_around(session, account)
    drawn, account.password_hash = _draw(identifier, names)
    account.first_password_until = drawn.valid_until
    with db.transaction() as session:
        _require_free(session, identifier)
        session.add(account)
        session.flush()
        journal.record(actor, session, "account.created", account.id)
    return drawn


def reset(actor: Actor | None, identifier: str) -> NewAccount:
    """Give an account a new first password, and end everything its former password opened."""
    with db.reading() as session:
        account = _managed(session, actor, identifier)
        names = names_around(session, account)
    drawn, new_hash = _draw(account.identifier, names)
    with db.transaction() as session:
        account = _managed(session, actor, identifier)
        account.password_hash = new_hash
        account.must_change_password = True
        account.first_password_until = drawn.valid_until
        end_access(session, account)
        journal.record(actor, session, "account.reset", account.id)
    return drawn


def suspend(actor: Actor | None, identifier: str) -> None:
    """Close an account until further notice, from its next click on."""
    with db.transaction() as session:
        account = _managed(session, actor, identifier)
        if actor and actor.account_id == account.id:
            raise Refused("Vous ne pouvez pas suspendre votre propre compte.")
        account.suspended_at = account.suspended_at or clock.now()
        end_access(session, account)
        journal.record(actor, session, "account.suspended", account.id)


def reinstate(actor: Actor | None, identifier: str) -> None:
    """Open a suspended account again, with the password it had."""
    with db.transaction() as session:
        account = _managed(session, actor, identifier)
        account.suspended_at = None
        journal.record(actor, session, "account.reinstated", account.id)


def names_around(session: Session, account: Account) -> list[str]:
    """List the names that the account's password may not hold: the person's and the commune's."""
    names = account.display_name.split()
    guardian = session.get(Guardian, account.guardian_id) if account.guardian_id else None
    if account.guardian_id and guardian is None:
        raise NotAllowed
    if guardian:
        names += [guardian.first_name, guardian.last_name]
    return [*names, *session.exec(select(Municipality.name)).all()]


def email_of(session: Session, account: Account) -> str:
    """Return where to write to the owner of an account: its own address, or else the adult's."""
    if account.email or account.guardian_id is None:
        return account.email
    guardian = session.get(Guardian, account.guardian_id)
    return guardian.email if guardian else ""


def end_access(session: Session, account: Account) -> None:
    """End the sessions and the reset links of an account, and let its owner start again without delay."""
    if account.id is None:
        return
    sessions.close_all(session, account.id)
    session.connection().execute(
        sa.update(PasswordReset)
        .where(col(PasswordReset.account_id) == account.id, col(PasswordReset.used_at).is_(None))
        .values(used_at=clock.now())
    )
    throttle.forget(session, throttle.account(account.identifier))


def _require_may_manage(actor: Actor | None, role: Role) -> None:
    """Agents hand out the accounts of parents; only an administrator those of the staff."""
    if actor is not None:
        require_staff(actor, DECIDING_ROLES if role is Role.PARENT else frozenset({Role.ADMINISTRATOR}))


def _require_free(session: Session, identifier: str) -> None:
    if session.exec(select(Account.id).where(col(Account.identifier) == identifier)).first() is not None:
        raise Refused("Cet identifiant est déjà pris.", "identifier")


def _managed(session: Session, actor: Actor | None, identifier: str) -> Account:
    account = session.exec(select(Account).where(col(Account.identifier) == normalised(identifier))).first()
    if account is None:
        raise NotAllowed("Ce compte est introuvable.")
    _require_may_manage(actor, account.role)
    return account


def _draw(identifier: str, names: list[str]) -> tuple[NewAccount, str]:
    """Return a first password that the rules accept, and its hash; slow, so outside any transaction."""
    while True:
        drawn = passwords.first_password()
        try:
            require_acceptable(drawn, identifier=identifier, names=names, common=common_passwords())
        except Refused:
            continue  # by chance, it held a short name
        break
    return NewAccount(identifier, drawn, clock.now() + FIRST_PASSWORD_LASTS), passwords.hashed(drawn)
