"""Change one's own password: signed in, or with the link of « Mot de passe oublié ? »."""

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portail_app import clock, db, emails
from portail_app.access import Actor
from portail_app.errors import NotSignedIn, Refused
from portail_app.models.exchanges import Municipality
from portail_app.models.people import Account, PasswordReset
from portail_app.rules.passwords import common_passwords, require_acceptable
from portail_app.services import accounts, journal, outbox, passwords, sessions, throttle, tokens
from portail_app.services.auth import SignedIn
from portail_app.settings import get_settings

LINK_LASTS = timedelta(hours=1)
# The token stands after « # »: a browser never sends that part, so that no log of any server on the way holds it.
LINK = "{public_url}/nouveau-mot-de-passe#{token}"
DEAD_LINK = "Ce lien n’est plus valable : il sert une seule fois, pendant une heure. Demandez-en un autre."
SAME = "Choisissez un mot de passe différent de l’actuel."


def change(actor: Actor, current: str | None, new: str) -> SignedIn:
    """Change the password of whoever is signed in, end the other sessions and renew this one.

    At a forced first change the current password is not asked again: it was typed a moment ago, from the letter.
    """
    with db.reading() as session:
        account = session.get(Account, actor.account_id)
        if account is None:
            raise NotSignedIn
        names = accounts.names_around(session, account)
    if not account.must_change_password:
        _require_current(account, current or "")
    new_hash = _accepted(account, names, new)
    with db.transaction() as session:
        _replace(session, account, new_hash)
        token = sessions.open_for(session, actor.account_id)
        journal.record(actor, session, "account.password_changed", account.id)
    return SignedIn(token, account.role, must_change_password=False)


def require_link_allowed(identifier: str, address: str) -> None:
    """Count one request of a link; the answer is the same whether an account has this identifier or not."""
    asked, origin = throttle.reset_request(accounts.normalised(identifier)), throttle.address(address)
    with db.transaction() as session:
        throttle.require_patience(session, asked, origin)
        throttle.count(session, asked)
        throttle.count(session, origin)


def send_link(identifier: str) -> None:
    """Send a link of one hour to the owner of an account; do nothing, silently, when there is none.

    Called once the answer has left, so that its delay tells nothing either.
    """
    now = clock.now()
    with db.transaction() as session:
        wanted = col(Account.identifier) == accounts.normalised(identifier)
        account = session.exec(select(Account).where(wanted, col(Account.suspended_at).is_(None))).first()
        to = accounts.email_of(session, account) if account else ""
        if account is None or account.id is None or not to:
            return
        token, until = tokens.new_token(), now + LINK_LASTS
        session.add(
            PasswordReset(token_hash=tokens.digest(token), account_id=account.id, created_at=now, expires_at=until)
        )
        link = LINK.format(public_url=get_settings().public_url.rstrip("/"), token=token)
        outbox.queue(session, emails.reset_link(to, link, until, commune(session)))
        journal.record(None, session, "account.reset_link_sent", account.id)


def reset(token: str, new: str) -> None:
    """Set a new password with a link, use the link up, and end every session of the account."""
    with db.reading() as session:
        account = _behind_link(session, token)
        names = accounts.names_around(session, account)
    new_hash = _accepted(account, names, new)
    with db.transaction() as session:
        _use_up(session, token)
        _replace(session, account, new_hash)
        journal.record(None, session, "account.password_reset", account.id)


def commune(session: Session) -> emails.Sender:
    """Return the commune as the sender of e-mails."""
    found = session.exec(select(Municipality)).first()
    if found is None:
        return emails.Sender("La mairie")
    return emails.Sender(f"Mairie de {found.name}", found.address, found.phone, found.email)


def _require_current(account: Account, current: str) -> None:
    """Check the current password, slowed down like a sign-in: whoever finds an open phone must not guess it."""
    tried = throttle.account(account.identifier)
    with db.transaction() as session:
        throttle.require_patience(session, tried)
        throttle.count(session, tried)
    if not passwords.matches(current, account.password_hash):
        raise Refused("Le mot de passe actuel n’est pas le bon.", "current")
    with db.transaction() as session:
        throttle.forget(session, tried)


def _accepted(account: Account, names: list[str], new: str) -> str:
    """Return the hash of a password that follows the rules; slow, so outside any transaction."""
    require_acceptable(new, identifier=account.identifier, names=names, common=common_passwords())
    if passwords.matches(new, account.password_hash):
        raise Refused(SAME, "password")
    return passwords.hashed(new)


def _replace(session: Session, account: Account, new_hash: str) -> None:
    """Write the new password, end every session and link, and tell the owner."""
    replaced = session.connection().execute(
        sa.update(Account)
        .where(
            col(Account.id) == account.id,
            col(Account.password_hash) == account.password_hash,
            col(Account.suspended_at).is_(None),
        )
        .values(password_hash=new_hash, must_change_password=False, first_password_until=None)
    )
    if replaced.rowcount != 1:
        raise Refused("Votre mot de passe vient d’être changé ailleurs. Identifiez-vous de nouveau.")
    accounts.end_access(session, account)
    to = accounts.email_of(session, account)
    outbox.queue(session, emails.password_changed(to, clock.now(), commune(session)))


def _behind_link(session: Session, token: str) -> Account:
    account = session.exec(
        select(Account)
        .join(PasswordReset, col(PasswordReset.account_id) == col(Account.id))
        .where(
            col(PasswordReset.token_hash) == tokens.digest(token),
            col(PasswordReset.used_at).is_(None),
            col(PasswordReset.expires_at) > clock.now(),
            col(Account.suspended_at).is_(None),
        )
    ).first()
    if account is None:
        raise Refused(DEAD_LINK, "token")
    return account


def _use_up(session: Session, token: str) -> None:
    """Use a link, once: of two simultaneous clicks, the second finds it used."""
    now = clock.now()
    used = session.connection().execute(
        sa.update(PasswordReset)
        .where(
            col(PasswordReset.token_hash) == tokens.digest(token),
            col(PasswordReset.used_at).is_(None),
            col(PasswordReset.expires_at) > now,
        )
        .values(used_at=now)
    )
    if used.rowcount != 1:
        raise Refused(DEAD_LINK, "token")
