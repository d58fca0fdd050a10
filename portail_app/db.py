"""The database: one engine, one transaction per act, and the announcement of what changed once it is committed.

SQLite in WAL mode is the embedded default; PostgreSQL is the same code with another ``PORTAIL_DATABASE_URL``.
"""

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from portail_app.settings import get_settings

MIGRATIONS = Path(__file__).parent / "migrations"

LONGEST_WAIT_SECONDS = 30

_REVISION = re.compile(r"^(revision|down_revision) = \W?(\w+)", re.MULTILINE)

_writing = threading.Lock()
_listeners: list[Callable[[frozenset[str]], None]] = []


@cache
def engine() -> Engine:
    """Return the engine of this process, made at first use."""
    return _make_engine(get_settings().database_url)


def dispose() -> None:
    """Close the engine, so that a test or a forked worker makes its own."""
    if engine.cache_info().currsize:
        engine().dispose()
        engine.cache_clear()


@contextmanager
def transaction() -> Iterator[Session]:
    """Run one act: everything is committed together, or nothing is.

    On SQLite the write lock is taken at the start (BEGIN IMMEDIATE): two acts that read then write wait for each
    other instead of failing half-way. It returns once the act is on the disk: what was acknowledged to a parent
    survives a power cut, not only a crash of the process. The topics announced during the act are published only then.
    """
    with _turn_to_write(), Session(engine(), expire_on_commit=False) as session:
        session.connection(execution_options={"portail_write": True})
        yield session
        session.commit()
        topics = frozenset(session.info.get("topics", ()))
    _flushed.wait()
    if topics:
        for listener in _listeners:
            listener(topics)


@contextmanager
def reading() -> Iterator[Session]:
    """Read a consistent picture; anything written in it is thrown away."""
    with Session(engine(), expire_on_commit=False) as session:
        yield session


def announce(session: Session, *topics: str) -> None:
    """Note which topics (``family:12``, ``requests``) the running transaction changes."""
    session.info.setdefault("topics", set()).update(topics)


def on_commit(listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
    """Call ``listener`` with the topics of each committed act; return the function that stops it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def migrate() -> None:
    """Bring the schema to the newest version (Alembic)."""
    url = make_url(get_settings().database_url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    if _is_newest():
        return
    from alembic import command

    command.upgrade(alembic_config(), "head")


def alembic_config() -> Any:
    """Return the Alembic configuration of this installation."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _is_newest() -> bool:
    """Tell whether the schema is already the newest, without Alembic: its import alone is a fifth of each start.

    Whatever is not understood here (a branch, a merge) is left to Alembic.
    """
    files = [dict(_REVISION.findall(file.read_text("utf-8"))) for file in (MIGRATIONS / "versions").glob("*.py")]
    newest = {file["revision"] for file in files} - {file["down_revision"] for file in files}
    with engine().connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars()) == newest


class _Flushed:
    """Bring the log of SQLite to the disk, once for all the acts that wait for it.

    ``synchronous=FULL`` would do it for each act, under the write lock: on a busy disk, ten milliseconds during which
    nobody else writes.
    """

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._begun = 0
        self._refused = False

    def wait(self) -> None:
        """Return once what this thread has committed is on the disk."""
        url = engine().url
        if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
            return
        begun_before = self._begun
        with self._one_at_a_time:
            # Begun after our commit, by an act that waited beside us: it took ours along, unless the disk refused.
            if self._begun == begun_before or self._refused:
                self._begun += 1
                self._refused = True
                # No log: SQLite has put everything in its place, on the disk, and taken the log away.
                with suppress(FileNotFoundError), Path(f"{url.database}-wal").open("rb") as log:
                    os.fsync(log.fileno())
                self._refused = False


_flushed = _Flushed()


@contextmanager
def _turn_to_write() -> Iterator[None]:
    """Queue the writers of this process, on SQLite: its own waiting is naps of up to a tenth of a second, in no order.

    Whoever waited as long as SQLite would goes on, and hears from SQLite itself that the database is locked.
    """
    if engine().dialect.name != "sqlite":
        yield
        return
    taken = _writing.acquire(timeout=LONGEST_WAIT_SECONDS)
    try:
        yield
    finally:
        if taken:
            _writing.release()


def _make_engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    made = create_engine(
        url, connect_args={"timeout": LONGEST_WAIT_SECONDS, "check_same_thread": False}, pool_size=20, max_overflow=20
    )
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: _begin_sqlite does it with the right kind of lock.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        # Never a broken file; ``transaction`` itself waits for the disk, after it has let the next act begin.
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={LONGEST_WAIT_SECONDS * 1000}",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    write = connection.get_execution_options().get("portail_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
