"""Keep the demo commune fresh: it is dated around the day it was made, so each day has its own."""

import shutil
from pathlib import Path

from sqlalchemy.engine import make_url

from portail_app import clock
from portail_app.errors import Refused
from portail_app.settings import Settings


def is_of_today(settings: Settings) -> bool:
    """Tell whether the demo data were made today."""
    stamp = _stamp(settings)
    return stamp.exists() and stamp.read_text() == clock.today().isoformat()


def forget(settings: Settings) -> None:
    """Remove the database and the documents of a former demo, and of a demo only.

    The stamp is written before anything else is: a database without it was not made here, and may be a real one.
    """
    files = _database_files(settings)
    if any(file.exists() for file in files) and not _stamp(settings).exists():
        raise Refused(f"{files[0]} n’est pas la base d’une démonstration : elle n’est pas effacée.")
    for file in files:
        file.unlink(missing_ok=True)
    shutil.rmtree(settings.uploads_dir, ignore_errors=True)


def create(settings: Settings) -> None:
    """Fill the empty database with the demo commune."""
    from portail_app import db, demo

    _stamp(settings).parent.mkdir(parents=True, exist_ok=True)
    _stamp(settings).write_text("en cours")
    db.migrate()
    demo.create()
    _stamp(settings).write_text(clock.today().isoformat())


def sign_ins() -> str:
    """Give the table of the accounts to try."""
    from portail_app.demo.sign_ins import SIGN_INS

    return SIGN_INS.as_text()


def _database_files(settings: Settings) -> list[Path]:
    database = make_url(settings.database_url)
    if database.get_backend_name() != "sqlite" or not database.database:
        return []
    return [Path(database.database + suffix) for suffix in ("", "-wal", "-shm")]


def _stamp(settings: Settings) -> Path:
    return settings.data_dir / "demo-du-jour"
