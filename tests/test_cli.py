"""What the technician reads when a command works, and when something is missing."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from portail_app import clock, db, demo_data, settings
from portail_app.cli import app
from portail_app.errors import Refused
from portail_app.server import port_is_free


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


def _demo(folder: Path) -> settings.Settings:
    return settings.Settings(
        _env_file=None, environment="demo", data_dir=folder, database_url=f"sqlite:///{folder}/portail.db"
    )


def test_a_real_database_is_never_erased_by_the_demo(tmp_path: Path) -> None:
    (tmp_path / "portail.db").write_text("des familles")
    with pytest.raises(Refused, match="n’est pas la base d’une démonstration"):
        demo_data.forget(_demo(tmp_path))
    assert (tmp_path / "portail.db").read_text() == "des familles"


def test_the_demo_of_another_day_is_made_again(tmp_path: Path) -> None:
    demo = _demo(tmp_path)
    assert not demo_data.is_of_today(demo)
    (tmp_path / "demo-du-jour").write_text(clock.today().isoformat())
    (tmp_path / "portail.db").write_text("la démonstration")
    assert demo_data.is_of_today(demo)
    (tmp_path / "demo-du-jour").write_text("2001-01-01")
    assert not demo_data.is_of_today(demo)
    demo_data.forget(demo)
    assert not (tmp_path / "portail.db").exists()


def test_a_demo_that_was_interrupted_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "demo-du-jour").write_text("en cours")
    (tmp_path / "portail.db").write_text("à moitié")
    assert not demo_data.is_of_today(_demo(tmp_path))
    demo_data.forget(_demo(tmp_path))
    assert not (tmp_path / "portail.db").exists()
