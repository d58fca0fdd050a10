"""Create the demo commune, once, in an empty database."""

from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portail_app import db
from portail_app.adapters.files import DiskFiles, files
from portail_app.demo import bookings, exchanges, invoices, municipality, payments, people, requests, services, weeks
from portail_app.demo.adults import Hashes, Office
from portail_app.demo.series import Series
from portail_app.demo.sign_ins import SIGN_INS, DemoSignIns
from portail_app.demo.timeline import Timeline
from portail_app.errors import Refused
from portail_app.models.exchanges import Municipality, PublishedDocument
from portail_app.models.journal import JournalEntry
from portail_app.models.people import Account, Family
from portail_app.models.requests import SupportingDocument
from portail_app.services import journal
from portail_app.services.calendars import seed_calendars
from portail_app.settings import Settings, get_settings

# The line of the journal by which a demo is told from a real commune.
MARK = "demo.created"


def create(today: date | None = None) -> DemoSignIns:
    """Create the demo around a day, today by default; do nothing when it is already there.

    Refuses a database that holds a real commune. All or nothing: one transaction.
    """
    with db.reading() as session:
        if _is_there(session):
            return SIGN_INS
        _require_nobody(session)
    hashes = Hashes.make()
    with db.transaction() as session:
        # Asked again under the lock: of two commands at once, one creates.
        if not _is_there(session):
            _require_nobody(session)
            _fill(session, Timeline.at(today), hashes)
    return SIGN_INS


def prepare(settings: Settings, *, renew: bool, say: Callable[[str], object]) -> None:
    """Bring the schema up to date, create the demo if it is missing, and print how to sign in."""
    if not settings.is_demo:
        raise Refused("La démonstration ne se prépare que dans un environnement de démonstration.")
    db.migrate()
    if renew:
        _erase()
    sign_ins = create()
    say(f"Commune de démonstration : {municipality.NAME}. Comptes à essayer :\n\n{sign_ins.as_text()}\n")
    db.dispose()


def _fill(session: Session, timeline: Timeline, hashes: Hashes) -> None:
    series = Series()
    municipality.add(session)
    seed_calendars(session)
    offer = services.add(session, timeline)
    office = Office(session, timeline, timeline.draws("people"), hashes)
    everybody = people.add(office, offer.classrooms)
    ledger = weeks.plan(offer, everybody)
    bookings.add_enrolments(session, ledger, everybody)
    # Before the bookings: an accepted request changes days, and they remember it.
    requests.add(session, everybody, ledger, series)
    bookings.add(session, ledger, everybody)
    issued = invoices.add(session, everybody, ledger, series)
    payments.add(session, timeline, everybody, issued, series)
    exchanges.add(session, offer, everybody)
    series.save(session)
    journal.record(None, session, MARK, None)


def _is_there(session: Session) -> bool:
    return session.exec(select(JournalEntry.id).where(col(JournalEntry.action) == MARK)).first() is not None


def _require_nobody(session: Session) -> None:
    for table in (Municipality, Family, Account):
        if session.connection().execute(sa.select(sa.func.count()).select_from(table)).scalar_one():
            raise Refused("Cette base contient déjà une commune : la démonstration demande une base vide.")


def _erase() -> None:
    """Forget a demo and its files; a real commune is refused."""
    with db.reading() as session:
        if not _is_there(session):
            _require_nobody(session)
        papers = session.exec(select(SupportingDocument.stored_name)).all()
        published = session.exec(select(PublishedDocument.stored_name)).all()
    _recreate_the_tables()
    for name in papers:
        files().remove(name)
    for name in published:
        DiskFiles(get_settings().data_dir / "documents").remove(name)


def _recreate_the_tables() -> None:
    from alembic import command

    command.downgrade(db.alembic_config(), "base")
    db.migrate()
