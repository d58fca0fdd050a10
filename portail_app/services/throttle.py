"""Slow down whoever guesses: a growing delay per account and per address.

Failures are counted in the database, so that several workers count together. The attempt on an account is counted
before its password is read and given back when it was right: fifty simultaneous guesses are fifty attempts. Keys are
keyed hashes: the table tells nobody which identifiers were tried, nor from where.
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from portail_app import clock
from portail_app.errors import Refused
from portail_app.models.people import SignInThrottle
from portail_app.services import tokens

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)

_THROTTLE = SignInThrottle.metadata.tables["signinthrottle"]
_SHARED_IPV6_PREFIX = 64
_ENOUGH_DOUBLINGS = 12
_MINUTE, _HOUR = 60, 60


@dataclass(frozen=True)
class Subject:
    """What is counted: ``key`` names it, ``free_failures`` are allowed before the first delay."""

    key: str
    free_failures: int


def account(identifier: str) -> Subject:
    """Count what is tried on one identifier, whether an account has it or not."""
    return Subject(tokens.keyed("throttle account", identifier), 5)


def address(client: str) -> Subject:
    """Count what comes from one address.

    Four times as many failures are free: a school, a town hall or a mobile operator lends one address to many families.
    """
    return Subject(tokens.keyed("throttle address", network(client)), 20)


def reset_request(identifier: str) -> Subject:
    """Count the reset links asked for one identifier: each is an e-mail in somebody's box."""
    return Subject(tokens.keyed("throttle reset", identifier), 3)


def require_patience(session: Session, *subjects: Subject) -> None:
    """Refuse, with the delay in French, while one of the subjects must wait; lock their counters otherwise."""
    now = clock.now()
    rows = _locked(session, subjects, now)
    until = max((row.blocked_until for row in rows if row.blocked_until), default=now)
    if until > now:
        raise Refused(f"Trop d’essais. Réessayez dans {spoken_delay(until - now)}.")


def count(session: Session, subject: Subject) -> None:
    """Count one attempt, and set the delay it leads to."""
    now = clock.now()
    [row] = _locked(session, (subject,), now)
    stale = now - row.last_failure_at >= FORGOTTEN_AFTER
    failures = 1 if stale else row.failures + 1
    blocked_until = now + delay_after(failures, subject.free_failures) if failures >= subject.free_failures else None
    session.connection().execute(
        sa.update(_THROTTLE)
        .where(_THROTTLE.c.key == subject.key)
        .values(failures=failures, last_failure_at=now, blocked_until=blocked_until)
    )


def forget(session: Session, *subjects: Subject) -> None:
    """Start again from nothing: the person has proved who they are."""
    keys = [subject.key for subject in subjects]
    session.connection().execute(sa.delete(_THROTTLE).where(_THROTTLE.c.key.in_(keys)))


def forget_old(session: Session) -> None:
    """Erase the counters that no longer count."""
    limit = clock.now() - FORGOTTEN_AFTER
    session.connection().execute(sa.delete(_THROTTLE).where(_THROTTLE.c.last_failure_at <= limit))


def delay_after(failures: int, free_failures: int) -> timedelta:
    """Return 30 s at the last free failure, then twice as much each time, up to one hour."""
    doublings = max(0, min(failures - free_failures, _ENOUGH_DOUBLINGS))
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def spoken_delay(delay: timedelta) -> str:
    """Return « 30 secondes », « 2 minutes », « 1 heure », never less than what is left to wait."""
    seconds = math.ceil(delay.total_seconds())
    if seconds < _MINUTE:
        return f"{seconds} seconde{'s' if seconds > 1 else ''}"
    minutes = math.ceil(seconds / _MINUTE)
    if minutes < _HOUR:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    return "1 heure"


def network(client: str) -> str:
    """Return the address to count: one IPv4 address, or the /64 that one IPv6 subscriber owns whole."""
    try:
        parsed = ipaddress.ip_address(client)
    except ValueError:
        return client
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), _SHARED_IPV6_PREFIX), strict=False))


def _locked(session: Session, subjects: tuple[Subject, ...], now: datetime) -> list[SignInThrottle]:
    """Return the counters, made if needed and held until the end of the act, always in the same order."""
    connection = session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    keys = sorted(subject.key for subject in subjects)
    for key in keys:
        connection.execute(
            insert(_THROTTLE)
            .values(key=key, failures=0, last_failure_at=now, blocked_until=None)
            .on_conflict_do_nothing(index_elements=["key"])
        )
    statement = sa.select(_THROTTLE).where(_THROTTLE.c.key.in_(keys)).order_by(_THROTTLE.c.key).with_for_update()
    return [SignInThrottle(**row) for row in connection.execute(statement).mappings()]
