"""E-mails leave after the act, once, through a real SMTP server, and come back to it when it was away."""

import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from portail_app import clock, db
from portail_app.access import Role
from portail_app.emails import Email
from portail_app.errors import NotAllowed
from portail_app.services import outbox
from tests.accounts import actor, parent, queued, staff
from tests.servers import free_port

pytestmark = pytest.mark.usefixtures("database")


class TownServer:
    """A real SMTP server that keeps what it accepts, and answers as told."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.port = free_port()
        self.options: dict[str, object] = {}
        self._controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        received = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(received, EmailMessage)
        self.received.append(received)
        return "250 OK"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **self.options)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


@pytest.fixture
def town(use_settings: Callable) -> Iterator[TownServer]:
    server = TownServer()
    use_settings(
        smtp_host="127.0.0.1",
        smtp_port=server.port,
        smtp_starttls=False,
        smtp_from="Portail Famille de Léaz <portail@leaz.fr>",
        public_url="https://famille.leaz.fr",
    )
    server.start()
    yield server
    server.stop()


def letter(to: str = "lea@example.fr", subject: str = "Réponse à votre demande") -> Email:
    return Email(to, subject, "Bonjour Léa,\n\nc’est accepté.\n", "<p>Bonjour Léa,</p><p>c’est accepté.</p>")


def queue(*emails: Email) -> None:
    with db.transaction() as session:
        for email in emails:
            outbox.queue(session, email)


def test_an_email_arrives_whole_with_accents_in_text_and_html(town: TownServer) -> None:
    queue(letter())
    assert outbox.send_due() == 1
    [received] = town.received
    assert (received["To"], received["Subject"]) == ("lea@example.fr", "Réponse à votre demande")
    assert received["From"] == "Portail Famille de Léaz <portail@leaz.fr>"
    text, html = received.get_body(("plain",)), received.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == "Bonjour Léa,\n\nc’est accepté.\n"
    assert "<p>c’est accepté.</p>" in html.get_content()


def test_an_email_leaves_once(town: TownServer) -> None:
    queue(letter())
    assert [outbox.send_due(), outbox.send_due()] == [1, 0]
    assert len(town.received) == 1


def test_an_act_that_fails_sends_nothing(town: TownServer) -> None:
    with pytest.raises(ZeroDivisionError):
        _queue_and_fail()
    assert outbox.send_due() == 0
    assert (town.received, queued()) == ([], [])


def test_nothing_is_queued_for_somebody_without_an_address() -> None:
    queue(letter(to=""))
    assert queued() == []


def test_what_was_sent_is_not_kept(town: TownServer) -> None:
    queue(letter())
    outbox.send_due()
    [email] = queued()
    assert (email.text, email.html, email.next_attempt_at) == ("", "", None)
    assert email.sent_at is not None


def test_more_than_a_batch_leaves_at_once(town: TownServer) -> None:
    queue(*(letter(f"parent{number}@example.fr") for number in range(45)))
    assert outbox.send_due() == 45
    assert {message["To"] for message in town.received} == {f"parent{number}@example.fr" for number in range(45)}


def test_when_the_server_is_away_the_email_waits_and_leaves_later(town: TownServer, at: Callable) -> None:
    start = clock.now()
    town.stop()
    with at(start):
        queue(letter())
        assert outbox.send_due() == 0
    town.start()
    with at(start + timedelta(minutes=1, seconds=-1)):
        assert outbox.send_due() == 0
    with at(start + timedelta(minutes=1)):
        assert outbox.send_due() == 1
    assert len(town.received) == 1


def test_each_failure_waits_twice_as_long_up_to_an_hour(use_settings: Callable, at: Callable) -> None:
    use_settings(smtp_host="127.0.0.1", smtp_port=free_port(), smtp_starttls=False)
    now, waits = clock.now(), []
    with at(now):
        queue(letter())
    for _ in range(9):
        with at(now):
            outbox.send_due()
        [email] = queued()
        waits.append(int((email.next_attempt_at - now).total_seconds()) // 60)
        now = email.next_attempt_at
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert email.last_error == "ConnectionRefusedError"


def test_after_five_days_an_email_is_given_up(use_settings: Callable, at: Callable) -> None:
    use_settings(smtp_host="127.0.0.1", smtp_port=free_port(), smtp_starttls=False)
    start = clock.now()
    with at(start):
        queue(letter())
    with at(start + timedelta(days=5, seconds=-1)):
        outbox.send_due()
        assert queued()[0].next_attempt_at is not None
    with at(start + timedelta(days=6)):
        outbox.send_due()
        assert (queued()[0].next_attempt_at, queued()[0].text) == (None, "")


def test_an_unknown_address_is_given_up_and_does_not_hold_the_others(town: TownServer, at: Callable) -> None:
    town.answers["parti@example.fr"] = "550 no such user parti@example.fr"
    queue(letter("parti@example.fr"), letter("lea@example.fr"))
    assert outbox.send_due() == 1
    gone, _ = queued()
    assert (gone.next_attempt_at, gone.sent_at, gone.last_error) == (None, None, "SMTP 550")


def test_a_full_mailbox_is_tried_again_and_does_not_hold_the_others(town: TownServer, at: Callable) -> None:
    town.answers["plein@example.fr"] = "452 mailbox full"
    start = clock.now()
    with at(start):
        queue(letter("plein@example.fr"), letter("lea@example.fr"))
        assert outbox.send_due() == 1
    town.answers.clear()
    with at(start + timedelta(minutes=1)):
        assert outbox.send_due() == 1
    assert [message["To"] for message in town.received] == ["lea@example.fr", "plein@example.fr"]


@pytest.mark.parametrize("field", ["to", "subject"])
def test_a_line_break_in_a_header_adds_no_recipient(field: str, town: TownServer) -> None:
    queue(letter(**{field: "lea@example.fr\r\nBcc: voleur@example.com"}))
    outbox.send_due()
    assert all("voleur@example.com" not in str(message["Bcc"]) for message in town.received)
    assert all(message["To"] == "lea@example.fr" for message in town.received)
    assert queued()[0].last_error == "malformed header"


def test_with_starttls_the_password_and_the_email_travel_encrypted_to_a_known_server(
    town: TownServer, certificate: tuple[Path, Path], use_settings: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = _speak_tls(town, certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    use_settings(smtp_starttls=True, smtp_user="portail", smtp_password="Secret-du-serveur-1")
    queue(letter())
    assert outbox.send_due() == 1
    assert seen == [("portail", "Secret-du-serveur-1")]


def test_with_starttls_a_server_that_nobody_vouches_for_gets_nothing(
    town: TownServer, certificate: tuple[Path, Path], use_settings: Callable
) -> None:
    seen = _speak_tls(town, certificate)
    use_settings(smtp_starttls=True, smtp_user="portail", smtp_password="Secret-du-serveur-1")
    queue(letter())
    assert outbox.send_due() == 0
    assert (seen, town.received, queued()[0].last_error) == ([], [], "SSLCertVerificationError")


def test_with_starttls_a_server_that_does_not_offer_it_gets_nothing(town: TownServer, use_settings: Callable) -> None:
    use_settings(smtp_starttls=True)
    queue(letter())
    assert outbox.send_due() == 0
    assert (town.received, queued()[0].last_error) == ([], "SMTPNotSupportedError")


def test_two_workers_send_each_email_once(town: TownServer) -> None:
    queue(*(letter(f"parent{number}@example.fr") for number in range(30)))
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(outbox.send_due) for _ in range(4)]:
            done.result()
    assert sorted(message["To"] for message in town.received) == sorted(
        f"parent{number}@example.fr" for number in range(30)
    )


def test_a_worker_killed_before_the_mark_leaves_a_second_copy_with_the_same_reference(
    town: TownServer, at: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    with monkeypatch.context() as killed, at(start):
        queue(letter())
        killed.setattr(outbox, "_mark", _killed)
        with pytest.raises(KeyboardInterrupt):
            outbox.send_due()
    with at(start + timedelta(minutes=10, seconds=-1)):
        assert outbox.send_due() == 0
    with at(start + timedelta(minutes=10)):
        assert outbox.send_due() == 1
    first, second = town.received
    assert first["Message-ID"] == second["Message-ID"] != ""


def test_without_a_server_emails_stay_in_the_outbox() -> None:
    queue(letter())
    assert outbox.send_due() == 0
    assert queued()[0].text.startswith("Bonjour")


def test_the_sender_sends_what_is_committed_then_stops(town: TownServer, sent: Callable) -> None:
    stop = outbox.start_sender(poll_seconds=600)
    queue(letter("un@example.fr"))
    sent(1)
    queue(letter("deux@example.fr"))
    sent(2)
    stop()
    assert all(thread.name != "portail-outbox" for thread in threading.enumerate())
    assert sorted(message["To"] for message in town.received) == ["deux@example.fr", "un@example.fr"]


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMINISTRATOR])
def test_the_demo_shows_its_emails_to_agents(role: Role, use_settings: Callable) -> None:
    use_settings(environment="demo")
    queue(letter(subject="Une"), letter(subject="Deux"))
    shown = outbox.recent(actor(staff(role=role)))
    assert [email.subject for email in shown] == ["Deux", "Une"]
    assert shown[0].text.startswith("Bonjour Léa")


@pytest.mark.parametrize("role", [Role.ANIMATOR, Role.REGISSEUR])
def test_who_does_not_decide_requests_never_sees_the_outbox(role: Role, use_settings: Callable) -> None:
    use_settings(environment="demo")
    queue(letter())
    with pytest.raises(NotAllowed):
        outbox.recent(actor(staff(role=role)))


def test_a_parent_never_sees_the_outbox(use_settings: Callable) -> None:
    use_settings(environment="demo")
    with pytest.raises(NotAllowed):
        outbox.recent(actor(parent()))


@pytest.mark.parametrize("setting", [{"environment": "test"}, {"environment": "demo", "smtp_host": "127.0.0.1"}])
def test_outside_the_demo_or_with_a_server_nobody_sees_the_outbox(setting: dict, use_settings: Callable) -> None:
    use_settings(**setting)
    with pytest.raises(NotAllowed):
        outbox.recent(actor(staff(role=Role.ADMINISTRATOR)))


@pytest.fixture
def sent(town: TownServer) -> Callable[[int], None]:
    """Return ``sent(n)``: wait until the outbox marks n e-mails as sent."""

    def wait(number: int) -> None:
        changed = threading.Event()
        for _ in range(600):
            if sum(email.sent_at is not None for email in queued()) >= number:
                return
            changed.wait(0.05)
        raise AssertionError(f"fewer than {number} e-mails left")

    return wait


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate for the loopback address: the certificate, its key."""
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "36500", "-subj", "/CN=town"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(made)]
    subprocess.run([*command, *names], check=True, capture_output=True)
    return made, key


def _speak_tls(town: TownServer, certificate: tuple[Path, Path]) -> list[tuple[str, str]]:
    """Start the server again with STARTTLS and a password; return the list of the passwords it is given."""
    seen: list[tuple[str, str]] = []

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword) -> AuthResult:
        seen.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=True)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    town.stop()
    town.options = {"tls_context": context, "authenticator": check, "auth_required": True}
    town.start()
    return seen


def _queue_and_fail() -> None:
    with db.transaction() as session:
        outbox.queue(session, letter())
        raise ZeroDivisionError


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
