"""The `portail` command: what the town hall's technician types.

Imports are made inside the commands: `portail serve` must answer at once, and
`portail --help` must work on a machine where nothing is configured yet.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from portail_app.access import Role
from portail_app.errors import Refused

if TYPE_CHECKING:
    from portail_app.services.accounts import NewAccount
    from portail_app.settings import Settings

ROOT = Path(__file__).parent.parent

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
    from portail_app import demo_of_the_day

    demo_of_the_day.point_settings_at_it()
    settings = _settings()
    typer.echo("Préparation de la commune de démonstration…")
    sign_ins: list[str] = []
    with _refusals_in_red():
        demo_of_the_day.prepare(settings, renew=renew, say=sign_ins.append)
    _start(settings, *sign_ins)


@app.command()
def migrate() -> None:
    """Met la base de données à jour."""
    _ready_database()
    typer.echo("La base de données est à jour.")


@app.command()
def build() -> None:
    """Construit les pages si elles ont changé (`serve` le fait aussi)."""
    _settings()
    typer.echo("Les pages ont été construites." if _build() else "Les pages étaient déjà construites.")


@account.command("create")
def account_create(
    identifier: Annotated[str, typer.Argument(help="Identifiant, par exemple c.perrin.")],
    name: Annotated[str, typer.Option("--nom", help="Nom affiché, par exemple « Claire Perrin ».")],
    role: Annotated[Role, typer.Option(help="Ce que le compte permet.")] = Role.AGENT,
    email: Annotated[str, typer.Option("--courriel", help="Adresse pour « Mot de passe oublié ? ».")] = "",
    guardian: Annotated[int | None, typer.Option("--responsable", help="Numéro du responsable (parents).")] = None,
) -> None:
    """Crée un compte et affiche son premier mot de passe, à usage unique."""
    _ready_database()
    from portail_app.services import accounts

    with _refusals_in_red():
        _show(accounts.create(None, identifier, role, name, email=email, guardian_id=guardian))


@account.command("reset")
def account_reset(identifier: Annotated[str, typer.Argument(help="Identifiant du compte.")]) -> None:
    """Remplace le mot de passe d’un compte par un premier mot de passe, et ferme ses sessions."""
    _ready_database()
    from portail_app.services import accounts

    with _refusals_in_red():
        _show(accounts.reset(None, identifier))


def _start(settings: "Settings", *last_words: str) -> None:
    """Start the portal; ``last_words`` stay on the screen, after all that is said on the way."""
    from portail_app import server

    if not server.port_is_free(settings.host, settings.port):
        _stop(
            f"Le port {settings.port} est déjà employé par un autre programme. Arrêtez-le, ou choisissez-en un autre, "
            f"par exemple --port {settings.port + 1}."
        )
    _require_redis(settings)
    _migrate()
    _build()
    for words in last_words:
        typer.echo(words)
    typer.echo(f"Le portail répond sur {settings.public_url} (Ctrl+C pour l’arrêter).")
    server.run(settings)


def _require_redis(settings: "Settings") -> None:
    from portail_app.adapters.live import redis_answers

    # Never the address itself: it may hold a password.
    if settings.redis_url and not redis_answers(settings.redis_url):
        _stop("Redis ne répond pas à l’adresse PORTAIL_REDIS_URL : démarrez-le, ou corrigez cette adresse.")


def _migrate() -> None:
    from portail_app import db
    from portail_app.services import calendars

    db.migrate()
    calendars.seed_new_installation()
    # Worker processes are forked from this one: they must not share its connections.
    db.dispose()


def _build() -> bool:
    from portail_app import db, frontend_build
    from portail_app.services import municipality
    from portail_app.settings import get_settings

    # Read before any data arrives in a browser, so built into the pages: a change asks for another build.
    painted = repr((municipality.identity(), get_settings().is_demo))
    db.dispose()
    try:
        return frontend_build.ensure_built(announce=typer.echo, painted=painted)
    except frontend_build.BuildFailed as failure:
        _stop(f"Les pages n’ont pas pu être construites. Derniers messages des outils :\n{failure}")


def _ready_database() -> None:
    _settings()
    _migrate()


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


@contextmanager
def _refusals_in_red() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        _stop(refused.message)


def _show(created: "NewAccount") -> None:
    typer.echo(f"Identifiant : {created.identifier}")
    typer.echo(f"Premier mot de passe : {created.first_password}")
    typer.echo(f"À changer à la première connexion, avant le {created.valid_until:%d/%m/%Y}.")


def _stop(message: str) -> NoReturn:
    typer.secho(message, fg=typer.colors.RED, err=True)
    sys.exit(1)
