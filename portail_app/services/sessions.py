"""The signed-in browsers: who stands behind a cookie, until when, and how that ends.

``actor_of`` runs at every event of every page: one indexed statement, and nothing remembered from one event to the
next, so that a sign-out or a suspension counts at once in every worker.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from portail_app import clock, db
from portail_app.access import Actor, Role
from portail_app.models.people import Account, AuthSession, FamilyGuardian
from portail_app.services import live, tokens
from portail_app.settings import get_settings

SLIDES_EVERY = timedelta(minutes=1)

_SESSION = AuthSession.metadata.tables["authsession"]
_ACCOUNT = Account.metadata.tables["account"]
_IN_FAMILY = FamilyGuardian.metadata.tables["familyguardian"]

_BEHIND_TOKEN = (
    sa.select(
        _SESSION.c.id,
        _SESSION.c.account_id,
        _SESSION.c.created_at,
        _SESSION.c.last_seen_at,
        _SESSION.c.expires_at,
        _ACCOUNT.c.role,
        _ACCOUNT.c.display_name,
        _ACCOUNT.c.must_change_password,
        _IN_FAMILY.c.family_id,
    )
    .join_from(_SESSION, _ACCOUNT, _SESSION.c.account_id == _ACCOUNT.c.id)
    # An account without an adult (an agent's) stands in no family: NULL joins nothing.
    .outerjoin(_IN_FAMILY, _IN_FAMILY.c.guardian_id == _ACCOUNT.c.guardian_id)
    .where(
        _SESSION.c.token_hash == sa.bindparam("token_hash"),
        _SESSION.c.expires_at > sa.bindparam("now"),
        _ACCOUNT.c.suspended_at.is_(None),
    )
)


@dataclass(frozen=True)
class SessionView:
    """How long a session still lasts; ``can_extend`` is false once its absolute end is near."""

    expires_at: datetime
    expires_in: int
    warning: int
    can_extend: bool


def actor_of(token: str) -> Actor | None:
    """Return who is signed in with this cookie; being seen moves the end of the session away."""
    now = clock.now()
    rows = _behind(token, now)
    if not rows:
        return None
    first = rows[0]
    if now - first.last_seen_at >= min(SLIDES_EVERY, _idle() / 10):
        _slide(first, now)
    families = (row.family_id for row in rows)
    return Actor(
        account_id=first.account_id,
        role=Role(first.role),
        display_name=first.display_name,
        family_ids=frozenset(family for family in families if family is not None),
        must_change_password=first.must_change_password,
        session_id=first.id,
    )


def session_view(token: str) -> SessionView | None:
    """Tell how long a session lasts without making it longer: a page that only watches is not a person."""
    now = clock.now()
    rows = _behind(token, now)
    return _view(rows[0].created_at, rows[0].expires_at, now) if rows else None


def extend(token: str) -> SessionView | None:
    """Give a session its whole idle time again, within its absolute end."""
    now = clock.now()
    rows = _behind(token, now)
    return _view(rows[0].created_at, _slide(rows[0], now), now) if rows else None


def open_for(session: Session, account_id: int) -> str:
    """Open a session and return the token of its cookie, which only the browser will know."""
    token, now = tokens.new_token(), clock.now()
    session.connection().execute(
        sa.insert(_SESSION).values(
            token_hash=tokens.digest(token),
            account_id=account_id,
            created_at=now,
            last_seen_at=now,
            expires_at=_end(now, now),
        )
    )
    return token


def close(session: Session, token: str) -> int | None:
    """End one session; return the account it belonged to, or None when it was already over."""
    held = _SESSION.c.token_hash == tokens.digest(token)
    found = session.connection().execute(sa.select(_SESSION.c.account_id).where(held)).scalar()
    session.connection().execute(sa.delete(_SESSION).where(held))
    return found


def close_all(session: Session, account_id: int) -> None:
    """End every session of an account; its open pages then leave by themselves."""
    session.connection().execute(sa.delete(_SESSION).where(_SESSION.c.account_id == account_id))
    db.announce(session, live.account_topic(account_id))


def close_expired(session: Session) -> None:
    """Erase the sessions that ended by themselves."""
    session.connection().execute(sa.delete(_SESSION).where(_SESSION.c.expires_at <= clock.now()))


def _behind(token: str, now: datetime) -> list[Any]:
    with db.engine().connect() as connection:
        found = connection.execute(_BEHIND_TOKEN, {"token_hash": tokens.digest(token), "now": now})
        return list(found)


def _slide(row: Any, now: datetime) -> datetime:
    """Move the end of a session; one that was closed meanwhile stays closed, since only an UPDATE is tried."""
    end = _end(row.created_at, now)
    with db.transaction() as session:
        session.connection().execute(
            sa.update(_SESSION).where(_SESSION.c.id == row.id).values(last_seen_at=now, expires_at=end)
        )
    return end


def _end(created_at: datetime, now: datetime) -> datetime:
    return min(now + _idle(), _absolute_end(created_at))


def _idle() -> timedelta:
    return timedelta(minutes=get_settings().session_idle_minutes)


def _absolute_end(created_at: datetime) -> datetime:
    return created_at + timedelta(hours=get_settings().session_absolute_hours)


def _view(created_at: datetime, expires_at: datetime, now: datetime) -> SessionView:
    return SessionView(
        expires_at=expires_at,
        expires_in=int((expires_at - now).total_seconds()),
        warning=get_settings().session_warning_minutes * 60,
        can_extend=expires_at < _absolute_end(created_at),
    )
