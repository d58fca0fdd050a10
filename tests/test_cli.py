"""What the technician reads when a command works, and when something is missing."""

import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from portail_app import db, settings
from portail_app.cli import app
from portail_app.errors import Refused
from portail_app.server import port_is_free
from tests.servers import free_port


@pytest.fixture(autouse=True)
def leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Undo what the command does to the process: its folder and its environment."""
    monkeypatch.chdir(Path.cwd())
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)
    db.dispose()
    settings.reset()


def _portail(*arguments: str) -> Result:
    settings.reset()
    db.dispose()
    return CliRunner().invoke(app, arguments)


def test_production_without_a_secret_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAIL_ENVIRONMENT", "production")
    result = _portail("migrate")
    assert result.exit_code == 1
    assert "PORTAIL_SECRET_KEY doit être définie" in result.stderr
    assert "Traceback" not in result.output


def test_a_setting_of_the_wrong_kind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAIL_PORT", "huit mille")
    result = _portail("migrate")
    assert result.exit_code == 1
    assert result.stderr.startswith("PORTAIL_PORT : ")


def test_a_port_that_is_taken_is_said_before_anything_is_done() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not port_is_free("127.0.0.1", port)
        result = _portail("serve", "--port", str(port))
    assert result.exit_code == 1
    assert f"Le port {port} est déjà employé" in result.stderr
    assert port_is_free("127.0.0.1", port)


def test_a_redis_that_is_away_is_said_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAIL_REDIS_URL", f"redis://:mot-de-passe@127.0.0.1:{free_port()}")
    result = _portail("serve", "--port", str(free_port()), "--workers", "2")
    assert result.exit_code == 1
    assert result.stderr == (
        "Redis ne répond pas à l’adresse PORTAIL_REDIS_URL : démarrez-le, ou corrigez cette adresse.\n"
    )


def test_migrate_makes_the_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAIL_DATABASE_URL", f"sqlite:///{tmp_path}/neuve/portail.db")
    result = _portail("migrate")
    assert result.exit_code == 0
    assert result.stdout == "La base de données est à jour.\n"
    assert (tmp_path / "neuve" / "portail.db").exists()


@pytest.mark.usefixtures("sqlite_database")
def test_an_account_is_created_with_its_first_password() -> None:
    result = _portail("account", "create", "c.perrin", "--nom", "Claire Perrin", "--role", "administrateur")
    assert result.exit_code == 0
    first, second, third = result.stdout.splitlines()
    assert first == "Identifiant : c.perrin"
    assert second.startswith("Premier mot de passe : ")
    assert third.startswith("À changer à la première connexion, avant le ")


@pytest.mark.usefixtures("sqlite_database")
def test_a_reset_gives_another_first_password() -> None:
    created = _portail("account", "create", "c.perrin", "--nom", "Claire Perrin")
    reset = _portail("account", "reset", "c.perrin")
    assert reset.exit_code == 0
    assert created.stdout.splitlines()[1] != reset.stdout.splitlines()[1]


@pytest.mark.usefixtures("sqlite_database")
def test_a_refusal_is_a_sentence_and_not_an_error() -> None:
    result = _portail("account", "reset", "personne")
    assert result.exit_code == 1
    assert result.stderr == "Ce compte est introuvable.\n"


class Demo:
    """Stand in for the demo commune: note how it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bool]] = []
        self.refuses = False

    def prepare(self, chosen: settings.Settings, *, renew: bool, say: Callable[[str], object]) -> None:
        """Note the call."""
        if self.refuses:
            raise Refused("Cette base contient déjà une commune.")
        chosen.data_dir.mkdir(parents=True, exist_ok=True)
        self.asked.append((chosen.database_url, renew))
        say("Comptes à essayer")


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Demo:
    """Prepare without creating, and start nothing."""
    made = Demo()
    monkeypatch.setattr("portail_app.demo.prepare", made.prepare)
    monkeypatch.setattr("portail_app.cli._migrate", lambda: None)
    monkeypatch.setattr("portail_app.cli._build", lambda: typer.echo("Pages construites"))
    monkeypatch.setattr("portail_app.server.port_is_free", lambda *_: True)
    monkeypatch.setattr("portail_app.server.run", lambda _settings: None)
    monkeypatch.setenv("PORTAIL_DATA_DIR", str(tmp_path))
    return made


def test_the_demo_works_on_data_of_its_own(demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAIL_DATABASE_URL", raising=False)
    result = _portail("demo")
    assert result.exit_code == 0
    *_, built, sign_ins, answers = result.stdout.splitlines()
    # The sign-ins are not lost above the messages of the build.
    assert (built, sign_ins) == ("Pages construites", "Comptes à essayer")
    assert answers.startswith("Le portail répond sur http://localhost:")
    assert demo.asked == [(f"sqlite:///{tmp_path}/portail.db", False)]
    assert settings.get_settings().is_demo
    assert not settings.get_settings().smtp_host


def test_the_demo_is_made_again_the_next_day_or_on_request(demo: Demo, at: Callable[..., Any]) -> None:
    with at(datetime(2026, 9, 1, 8, tzinfo=UTC)):
        _portail("demo")
        _portail("demo")
        _portail("demo", "--recreer")
    with at(datetime(2026, 9, 2, 8, tzinfo=UTC)):
        _portail("demo")
        _portail("demo")
    assert [renew for _, renew in demo.asked] == [False, False, True, True, False]


def test_the_demo_refuses_a_real_commune_in_a_sentence(demo: Demo) -> None:
    demo.refuses = True
    result = _portail("demo")
    assert result.exit_code == 1
    assert result.stderr == "Cette base contient déjà une commune.\n"
