"""The `portail` command: what the town hall's technician types.

Imports are made inside the commands: `portail serve` must answer at once, and
`portail --help` must work on a machine where nothing is configured yet.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from portail_app.settings import Settings

ROOT = Path(__file__).parent.parent
DEMO_DIR = Path("var/demo")

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Portail Famille de la commune.")
account = typer.Typer(no_args_is_help=True, help="Comptes des familles et des agents.")
app.add_typer(account, name="account")

Host = Annotated[str | None, typer.Option(help="Adresse d’écoute (PORTAIL_HOST).", show_default=False)]
Port = Annotated[int | None, typer.Option(help="Port d’écoute (PORTAIL_PORT).", show_default=False)]
Workers = Annotated[int | None, typer.Option(help="Nombre de processus (PORTAIL_WORKERS).", show_default=False)]


@app.callback()
def _at_the_root() -> None:
    """Work from the project’s folder, wherever the command was typed: relative paths are counted from it."""
    os.chdir(ROOT)


@app.command()
def serve(host: Host = None, port: Port = None, workers: Workers = None) -> None:
    """Démarre le portail : met la base à jour, construit les pages si elles ont changé, puis répond."""
    _override(PORTAIL_HOST=host, PORTAIL_PORT=port, PORTAIL_WORKERS=workers)
    settings = _settings()
    _start(settings)


@app.command()
def demo(
    host: Host = None,
    port: Port = None,
    renew: Annotated[bool, typer.Option("--recreer", help="Repart de données neuves.")] = False,
) -> None:
    """Démarre le portail sur une commune de démonstration, dans var/demo."""
    _override(PORTAIL_HOST=host, PORTAIL_PORT=port)
    _work_on_demo_data()
    settings = _settings()
    _prepare_demo(settings, renew)
    _start(settings)


@app.command()
def migrate() -> None:
    """Met la base de données à jour."""
    _settings()
    _migrate()
    typer.echo("La base de données est à jour.")


@app.command()
def build() -> None:
    """Construit les pages si elles ont changé (`serve` le fait aussi)."""
    _settings()
    typer.echo("Les pages ont été construites." if _build() else "Les pages étaient déjà construites.")


@account.command("create")
def account_create(identifier: str, role: Annotated[str, typer.Option(help="Rôle du compte.")] = "agent") -> None:
    """Crée le compte d’un agent et affiche son premier mot de passe, à usage unique."""
    _settings()
    from portail_app.services import accounts

    _show_first_password(identifier, accounts.create_staff(identifier, role))


@account.command("reset")
def account_reset(identifier: str) -> None:
    """Remplace le mot de passe d’un compte par un premier mot de passe à usage unique."""
    _settings()
    from portail_app.services import accounts

    _show_first_password(identifier, accounts.reset_password(identifier))


def _start(settings: "Settings") -> None:
    from portail_app import server

    if not server.port_is_free(settings.host, settings.port):
        _stop(
            f"Le port {settings.port} est déjà employé par un autre programme. Arrêtez-le, ou choisissez-en un autre : "
            f"--port {settings.port + 1}, ou PORTAIL_PORT={settings.port + 1}."
        )
    _migrate()
    _build()
    typer.echo(f"Le portail répond sur {settings.public_url} (Ctrl+C pour l’arrêter).")
    server.run(settings)


def _migrate() -> None:
    from portail_app import db

    db.migrate()
    # Worker processes are forked from this one: they must not share its connections.
    db.dispose()


def _build() -> bool:
    from portail_app import frontend_build

    try:
        return frontend_build.ensure_built(announce=typer.echo)
    except frontend_build.BuildFailed as failure:
        _stop(f"Les pages n’ont pas pu être construites. Derniers messages des outils :\n{failure}")


def _prepare_demo(settings: "Settings", renew: bool) -> None:
    from portail_app import demo as demo_data

    demo_data.prepare(settings, renew=renew, say=typer.echo)


def _work_on_demo_data() -> None:
    """Point every setting at `var/demo`, so that a demonstration never touches a real installation.

    What was explicitly set in the environment is kept; a `.env` file is not: it is the one of the real portal.
    """
    defaults = {
        "ENVIRONMENT": "demo",
        "DATABASE_URL": f"sqlite:///{DEMO_DIR}/portail.db",
        "DATA_DIR": str(DEMO_DIR),
        "PUBLIC_URL": "",
        "REDIS_URL": "",
        "SMTP_HOST": "",
        "WORKERS": "1",
    }
    for name, value in defaults.items():
        os.environ.setdefault(f"PORTAIL_{name}", value)


def _settings() -> "Settings":
    from pydantic import ValidationError

    from portail_app.settings import get_settings

    try:
        return get_settings()
    except ValidationError as invalid:
        _stop("\n".join(_explain(error["loc"], error["msg"]) for error in invalid.errors()))


def _explain(location: tuple[int | str, ...], message: str) -> str:
    own_words = message.removeprefix("Value error, ")
    return own_words if own_words != message else f"PORTAIL_{'_'.join(map(str, location)).upper()} : {message}"


def _override(**values: object) -> None:
    for name, value in values.items():
        if value is not None:
            os.environ[name] = str(value)


def _show_first_password(identifier: str, password: str) -> None:
    typer.echo(
        f"Identifiant : {identifier}\nPremier mot de passe : {password}\nIl sera à changer à la première connexion."
    )


def _stop(message: str) -> NoReturn:
    typer.secho(message, fg=typer.colors.RED, err=True)
    sys.exit(1)
