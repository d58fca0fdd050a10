"""The schema holds the rules behind the services."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from portail_app import db
from portail_app.models.billing import Invoice
from portail_app.models.catalogue import ClosedDay
from portail_app.models.people import Family

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_the_migrations_make_exactly_the_tables_of_the_models(database: str) -> None:
    command.check(db.alembic_config())


def test_the_migrations_can_be_undone(database: str) -> None:
    command.downgrade(db.alembic_config(), "base")
    db.migrate()
    command.check(db.alembic_config())


def test_a_schema_that_is_the_newest_is_left_alone(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def upgrade(*_: object) -> None:
        raise AssertionError("migrated again")

    monkeypatch.setattr(command, "upgrade", upgrade)
    db.migrate()
    with db.transaction() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(AssertionError):
        db.migrate()


@pytest.mark.parametrize("statement", ["UPDATE invoice SET total_cents = 1", "DELETE FROM invoice"])
def test_an_issued_invoice_never_changes(database: str, statement: str) -> None:
    with db.transaction() as session:
        family = Family(number="F1", name="Perrin", created_at=NOW)
        session.add(family)
        session.flush()
        session.add(_invoice(family.id or 0))
    with pytest.raises(DBAPIError, match="issued invoices never change"), db.transaction() as session:
        session.connection().execute(text(statement))


def test_the_same_day_cannot_be_closed_twice_for_every_service(database: str) -> None:
    def close() -> None:
        with db.transaction() as session:
            session.add(ClosedDay(on=date(2026, 12, 25), name="Noël", is_public_holiday=True))

    close()
    with pytest.raises(IntegrityError):
        close()


def test_an_act_that_fails_leaves_nothing(database: str) -> None:
    with pytest.raises(RuntimeError), db.transaction() as session:
        session.add(Family(number="F1", name="Perrin", created_at=NOW))
        session.flush()
        raise RuntimeError("cut")
    with db.reading() as session:
        assert session.connection().execute(text("SELECT count(*) FROM family")).scalar() == 0


def test_an_act_is_told_only_once_it_is_on_the_disk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []
    monkeypatch.setattr("os.fsync", lambda _: happened.append("on the disk"))
    stop = db.on_commit(lambda _: happened.append("told"))
    with db.transaction() as session:
        session.add(Family(number="F1", name="Perrin", created_at=NOW))
        db.announce(session, "family:1")
    stop()
    assert happened == ["on the disk", "told"]


def test_an_act_that_the_disk_refuses_is_told_to_nobody(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError("broken disk")

    told: list[object] = []
    monkeypatch.setattr("os.fsync", broken)
    stop = db.on_commit(told.append)
    with pytest.raises(OSError, match="broken disk"), db.transaction() as session:
        session.add(Family(number="F1", name="Perrin", created_at=NOW))
        db.announce(session, "family:1")
    stop()
    assert told == []


def test_an_act_that_waited_for_a_flush_that_failed_flushes_by_itself(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushes: list[str] = []
    waiter = threading.Thread(target=db._flushed.wait)

    def once_broken(_: int) -> None:
        flushes.append("flush")
        if len(flushes) == 1:
            # A second act has committed meanwhile: it waits for this very flush.
            waiter.start()
            raise OSError("broken disk")

    monkeypatch.setattr("os.fsync", once_broken)
    with pytest.raises(OSError, match="broken disk"), db.transaction() as session:
        session.add(Family(number="F1", name="Perrin", created_at=NOW))
    waiter.join(10)
    assert flushes == ["flush", "flush"]


def test_topics_are_published_only_after_the_commit(database: str) -> None:
    published: list[frozenset[str]] = []
    stop = db.on_commit(published.append)
    try:
        _announce_then(lambda: None)
        with pytest.raises(RuntimeError):
            _announce_then(_fail)
    finally:
        stop()
    assert published == [frozenset({"family:1", "requests"})]


def _announce_then(act: Callable[[], None]) -> None:
    with db.transaction() as session:
        db.announce(session, "family:1", "requests")
        act()


def _fail() -> None:
    raise RuntimeError("cut")


def _invoice(family_id: int) -> Invoice:
    return Invoice(
        number="2026-000001",
        family_id=family_id,
        label="Octobre 2026",
        debtor_name="Claire Perrin",
        debtor_address="Rue Saint Amand",
        issued_on=date(2026, 11, 2),
        due_on=date(2026, 11, 30),
        total_cents=4520,
        created_at=NOW,
    )
