"""Sign in, sign out, and know who is there.

A wrong identifier, a wrong password and a suspended account answer the same sentence after the same work: nobody
learns here which identifiers exist. Everything is plain blocking code, to be called in a thread.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from portail_app import clock, db
from portail_app.access import Actor, Role
from portail_app.errors import Refused
from portail_app.models.exchanges import Municipality
from portail_app.models.people import Account, PasswordReset
from portail_app.services import journal, passwords, sessions, throttle
from portail_app.services.accounts import normalised
from portail_app.services.sessions import SessionView, actor_of, extend, session_view

__all__ = [
    "WRONG",
    "SessionView",
    "SignedIn",
    "actor_of",
    "commune_website",
    "extend",
    "forget_what_is_over",
    "session_view",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
]

WRONG = "Identifiant ou mot de passe incorrect."
FIRST_PASSWORD_OVER = "Ce premier mot de passe a déjà servi, ou sa date est passée. Demandez-en un autre à la mairie."  # noqa: S105
SUSPENDED = "Ce compte est suspendu. Adressez-vous à la mairie."
# Once used, the printed password opens no other day; a double click, or a page closed too early, still finds it.
FIRST_PASSWORD_GRACE = timedelta(minutes=15)


@dataclass(frozen=True)
class SignedIn:
    """A new session: ``token`` goes into the cookie and nowhere else."""

    token: str
    role: Role
    must_change_password: bool


def sign_in(identifier: str, password: str, address: str) -> SignedIn:
    """Open a session for whoever knows the password; every failure makes the next attempts wait longer."""
    identifier = normalised(identifier)
    tried, origin = throttle.account(identifier), throttle.address(address)
    with db.transaction() as session:
        throttle.require_patience(session, tried, origin)
        throttle.count(session, tried)
        account = session.exec(select(Account).where(col(Account.identifier) == identifier)).first()
    # Outside the transaction: a quarter of a second under the write lock would stop everybody.
    if not passwords.matches(password, account.password_hash if account else None) or account is None:
        with db.transaction() as session:
            throttle.count(session, origin)
        raise Refused(WRONG)
    _require_usable(account, clock.now())
    better_hash = passwords.hashed(password) if passwords.is_outdated(account.password_hash) else None
    return _open(account, tried, better_hash)


def sign_out(token: str) -> None:
    """End this session; a session that is already over is no error."""
    with db.transaction() as session:
        account_id = sessions.close(session, token)
        if account_id is not None:
            journal.record(None, session, "account.signed_out", account_id)


def sign_out_everywhere(actor: Actor) -> None:
    """End every session of this person, this one included."""
    with db.transaction() as session:
        sessions.close_all(session, actor.account_id)
        journal.record(actor, session, "account.signed_out_everywhere", actor.account_id)


def commune_website() -> str:
    """Return the commune's own web site, where « Déconnexion » leads; empty when it has none."""
    with db.reading() as session:
        website = session.exec(select(Municipality.website)).first() or ""
    return website if website.startswith(("https://", "http://")) else ""


def forget_what_is_over() -> None:
    """Erase ended sessions, dead reset links and old counters; for the start of the portal and once a day."""
    with db.transaction() as session:
        sessions.close_expired(session)
        throttle.forget_old(session)
        session.connection().execute(sa.delete(PasswordReset).where(col(PasswordReset.expires_at) <= clock.now()))


def _require_usable(account: Account, now: datetime) -> None:
    """Refuse a suspended account or an expired first password, to somebody who knows the password."""
    if account.suspended_at is not None:
        raise Refused(SUSPENDED)
    if account.must_change_password and account.first_password_until and account.first_password_until <= now:
        raise Refused(FIRST_PASSWORD_OVER)


def _open(account: Account, tried: throttle.Subject, better_hash: str | None) -> SignedIn:
    now = clock.now()
    changes: dict[str, object] = {"last_sign_in_at": now}
    if account.must_change_password and account.first_password_until:
        changes["first_password_until"] = min(account.first_password_until, now + FIRST_PASSWORD_GRACE)
    if better_hash:
        changes["password_hash"] = better_hash
    with db.transaction() as session:
        # The password may have been changed, or the account suspended, while bcrypt was at work.
        opened = session.connection().execute(
            sa.update(Account)
            .where(
                col(Account.id) == account.id,
                col(Account.password_hash) == account.password_hash,
                col(Account.suspended_at).is_(None),
            )
            .values(**changes)
        )
        if opened.rowcount != 1 or account.id is None:
            raise Refused(WRONG)
        throttle.forget(session, tried)
        journal.record(None, session, "account.signed_in", account.id)
        token = sessions.open_for(session, account.id)
    return SignedIn(token, account.role, account.must_change_password)
