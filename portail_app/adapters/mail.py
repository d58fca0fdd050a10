"""Hand e-mails to the town's SMTP server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from typing import Protocol
from urllib.parse import urlsplit

from portail_app.settings import Settings

TIMEOUT_SECONDS = 20
_LAST_PERMANENT_CODE = 599
_FIRST_PERMANENT_CODE = 500


@dataclass(frozen=True)
class Letter:
    """An e-mail on its way out; ``reference`` stays the same from one attempt to the next."""

    reference: str
    to: str
    subject: str
    text: str
    html: str


class MailDelayedError(Exception):
    """Tell that the letter did not leave and may leave later; holds no personal data."""


class MailRefusedError(Exception):
    """Tell that the letter will never leave (unknown address); holds no personal data."""


class Connection(Protocol):
    """An open line to the mail server."""

    def send(self, letter: Letter) -> None:
        """Deliver one letter, or raise MailDelayedError or MailRefusedError."""


class MailTransport(Protocol):
    """A way out for e-mails."""

    def connect(self) -> AbstractContextManager[Connection]:
        """Open a line for one batch; raises MailDelayedError when the server is out of reach."""


class SmtpTransport:
    """SMTP with STARTTLS and a password, as the settings say."""

    def __init__(self, settings: Settings) -> None:
        if settings.smtp_host is None:
            raise ValueError("PORTAIL_SMTP_HOST is not set")
        self._host = settings.smtp_host
        self._settings = settings

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open one SMTP session, authenticated when a user is set."""
        client = self._open()
        try:
            yield _SmtpConnection(client, self._settings)
        finally:
            try:
                client.quit()
            except (smtplib.SMTPException, OSError):
                client.close()

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        try:
            client = smtplib.SMTP(self._host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
        except (smtplib.SMTPException, OSError) as error:
            raise MailDelayedError(type(error).__name__) from error
        try:
            if settings.smtp_starttls:
                client.starttls(context=ssl.create_default_context())
            if settings.smtp_user and settings.smtp_password:
                client.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        except (smtplib.SMTPException, OSError) as error:
            client.close()
            raise MailDelayedError(type(error).__name__) from error
        return client


def transport(settings: Settings) -> MailTransport | None:
    """Return the way out that the settings describe; None keeps the e-mails in the outbox."""
    return SmtpTransport(settings) if settings.smtp_host else None


def composed(letter: Letter, settings: Settings) -> EmailMessage:
    """Build the MIME message.

    ``EmailMessage`` refuses line breaks in headers, so that no name or subject can add a recipient; the Message-ID is
    the same at each attempt, so that a mailbox which got the letter twice can show it once.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.smtp_from
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{letter.reference}@{urlsplit(settings.public_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


class _SmtpConnection:
    def __init__(self, client: smtplib.SMTP, settings: Settings) -> None:
        self._client = client
        self._settings = settings

    def send(self, letter: Letter) -> None:
        try:
            message = composed(letter, self._settings)
        except ValueError as error:
            raise MailRefusedError("malformed header") from error
        sender = parseaddr(self._settings.smtp_from)[1]
        try:
            self._client.send_message(message, from_addr=sender, to_addrs=[letter.to])
        except smtplib.SMTPRecipientsRefused as error:
            _raise(max(code for code, _ in error.recipients.values()), error)
        except smtplib.SMTPResponseException as error:
            _raise(error.smtp_code, error)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise MailDelayedError(type(error).__name__) from error


def _raise(code: int, error: Exception) -> None:
    # The server's own sentence is left out: it often repeats the address.
    permanent = _FIRST_PERMANENT_CODE <= code <= _LAST_PERMANENT_CODE
    raise (MailRefusedError if permanent else MailDelayedError)(f"SMTP {code}") from error
