"""Send e-mails after the act they tell of, never before and never without it.

``queue`` writes the e-mail in the act's own transaction; a thread sends what is due. A worker claims an e-mail with a
guarded UPDATE that pushes its next attempt away, so that two workers never send the same one. A worker killed after the
server took the e-mail and before it was marked leaves it to a second attempt ten minutes later: an e-mail may arrive
twice (with the same Message-ID), it is never lost.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portail_app import clock, db
from portail_app.access import DECIDING_ROLES, Actor, require_staff
from portail_app.adapters import mail
from portail_app.emails import Email
from portail_app.errors import NotAllowed
from portail_app.models.exchanges import OutgoingEmail
from portail_app.settings import get_settings

CLAIM_LASTS = timedelta(minutes=10)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=5)
POLL_SECONDS = 5.0
_BATCH = 20
_SHOWN = 100
_TOPIC = "outbox"

_OUTBOX = OutgoingEmail.metadata.tables["outgoingemail"]
_INSERT = sa.insert(_OUTBOX)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EmailView:
    """An e-mail as the demo shows it to agents."""

    id: int
    to: str
    subject: str
    text: str
    created_at: datetime


def queue(session: Session, email: Email) -> None:
    """Add one e-mail to the running act; nothing is queued for somebody without an address."""
    if not email.to:
        return
    now = clock.now()
    row = {"recipient": email.to, "subject": email.subject[:200], "text": email.text, "html": email.html}
    session.connection().execute(
        _INSERT, {**row, "created_at": now, "next_attempt_at": now, "attempts": 0, "last_error": ""}
    )
    db.announce(session, _TOPIC)


def send_due() -> int:
    """Send what is due, and return how many e-mails left; without SMTP they stay in the outbox."""
    transport = mail.transport(get_settings())
    if transport is None:
        return 0
    sent = 0
    while claimed := _claim():
        left = _deliver(transport, claimed)
        sent += left
        if left < len(claimed):
            break
    return sent


def start_sender(poll_seconds: float = POLL_SECONDS) -> Callable[[], None]:
    """Start the thread that sends what is queued; return the function that stops it."""
    wake, stopping = threading.Event(), threading.Event()

    def listen(topics: frozenset[str]) -> None:
        if _TOPIC in topics:
            wake.set()

    def run() -> None:
        while not stopping.is_set():
            _send_and_survive()
            wake.wait(poll_seconds)
            wake.clear()

    forget = db.on_commit(listen)
    thread = threading.Thread(target=run, name="portail-outbox", daemon=True)
    thread.start()

    def stop() -> None:
        forget()
        stopping.set()
        wake.set()
        thread.join(timeout=mail.TIMEOUT_SECONDS)

    return stop


def recent(actor: Actor) -> list[EmailView]:
    """Show the last e-mails to an agent, in the demo only and only when no server sends them.

    They hold reset links: in a real installation nobody but their owner may read them. They tell of requests: who does
    not decide these does not read them either.
    """
    require_staff(actor, DECIDING_ROLES)
    settings = get_settings()
    if not settings.is_demo or settings.smtp_host:
        raise NotAllowed
    with db.reading() as session:
        rows = session.exec(select(OutgoingEmail).order_by(col(OutgoingEmail.id).desc()).limit(_SHOWN)).all()
        return [EmailView(row.id or 0, row.recipient, row.subject, row.text, row.created_at) for row in rows]


def _send_and_survive() -> None:
    """Keep the thread alive through a database that is away: the e-mails wait in it anyway."""
    try:
        send_due()
    except sa.exc.SQLAlchemyError as error:
        _log.warning("outbox: %s", type(error).__name__)


def _claim() -> list[OutgoingEmail]:
    """Take up to a batch of due e-mails that no other worker holds."""
    now = clock.now()
    # A first look without the write lock: most of the time nothing is due.
    with db.reading() as session:
        due = session.exec(
            select(OutgoingEmail)
            .where(col(OutgoingEmail.sent_at).is_(None), col(OutgoingEmail.next_attempt_at) <= now)
            .order_by(col(OutgoingEmail.id))
            .limit(_BATCH)
        ).all()
    if not due:
        return []
    with db.transaction() as session:
        return [email for email in due if _take(session, email, now)]


def _take(session: Session, email: OutgoingEmail, now: datetime) -> bool:
    taken = session.connection().execute(
        sa.update(_OUTBOX)
        .where(
            _OUTBOX.c.id == email.id,
            _OUTBOX.c.sent_at.is_(None),
            _OUTBOX.c.next_attempt_at == email.next_attempt_at,
        )
        .values(next_attempt_at=now + CLAIM_LASTS, attempts=_OUTBOX.c.attempts + 1)
    )
    return taken.rowcount == 1


def _deliver(transport: mail.MailTransport, claimed: list[OutgoingEmail]) -> int:
    """Send the claimed e-mails on one connection; whatever does not leave is put back."""
    try:
        with transport.connect() as connection:
            return sum(_send_one(connection, email) for email in claimed)
    except mail.MailDelayedError as error:
        for email in claimed:
            _postpone(email, str(error))
        return 0


def _send_one(connection: mail.Connection, email: OutgoingEmail) -> bool:
    try:
        connection.send(_letter(email))
    except mail.MailDelayedError as error:
        _postpone(email, str(error))
        return False
    except mail.MailRefusedError as error:
        _log.warning("outbox: e-mail %s refused for good (%s)", email.id, error)
        _mark(email, next_attempt_at=None, last_error=str(error), text="", html="")
        return False
    # What was sent is not kept: it may hold a reset link and names.
    _mark(email, sent_at=clock.now(), next_attempt_at=None, last_error="", text="", html="")
    return True


def _postpone(email: OutgoingEmail, error: str) -> None:
    now = clock.now()
    if now - email.created_at >= GIVE_UP_AFTER:
        _log.warning("outbox: e-mail %s given up (%s)", email.id, error)
        _mark(email, next_attempt_at=None, last_error=error, text="", html="")
        return
    delay = min(FIRST_RETRY * 2 ** min(email.attempts, 10), LONGEST_RETRY)
    _mark(email, next_attempt_at=now + delay, last_error=error)


def _mark(email: OutgoingEmail, **values: object) -> None:
    with db.transaction() as session:
        session.connection().execute(sa.update(_OUTBOX).where(_OUTBOX.c.id == email.id).values(**values))


def _letter(email: OutgoingEmail) -> mail.Letter:
    return mail.Letter(f"courriel-{email.id}", email.recipient, email.subject, email.text, email.html)
