"""The demo commune: made once, always the same, never over a real commune."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from portail_app import db, demo, models
from portail_app.access import Role
from portail_app.adapters.files import DiskFiles
from portail_app.demo.sign_ins import STAFF_PASSWORD
from portail_app.errors import Refused
from portail_app.models.exchanges import Municipality, PublishedDocument
from portail_app.models.people import Account, Family
from portail_app.models.requests import FamilyRequest
from portail_app.rules.statuses import RequestStatus
from portail_app.services import numbers, requests
from portail_app.settings import get_settings
from tests.demo.conftest import NOW
from tests.demo.tables import signed_in

pytestmark = pytest.mark.usefixtures("on_a_monday_of_november")
# What chance alone decides: the salt of bcrypt, the names of the files.
RANDOM_COLUMNS = {"password_hash", "stored_name"}
TABLES = models.people.Family.metadata.sorted_tables


def test_two_creations_give_the_same_data(
    sqlite_template: Path, tmp_path: Path, use_settings: Callable[..., None]
) -> None:
    pictures = []
    for name in ("first", "second"):
        copy = tmp_path / f"{name}.db"
        copy.write_bytes(sqlite_template.read_bytes())
        use_settings(database_url=f"sqlite:///{copy}", data_dir=tmp_path / name)
        db.dispose()
        demo.create()
        pictures.append(_everything())
    db.dispose()
    assert pictures[0] == pictures[1]
    assert pictures[0]["booking"]


def test_creating_it_again_changes_nothing(made: None) -> None:
    before = _everything(but=set())
    assert demo.create() == demo.SIGN_INS
    assert _everything(but=set()) == before


@pytest.mark.parametrize(
    "row",
    [
        lambda: Municipality(name="Collonges"),
        lambda: Family(number="1", name="Blanc", created_at=NOW),
        lambda: Account(
            identifier="mairie", password_hash="x", role=Role.ADMINISTRATOR, display_name="Mairie", created_at=NOW
        ),
    ],
    ids=["commune", "family", "account"],
)
def test_a_database_already_in_use_is_refused(sqlite_database: str, row: Callable[[], SQLModel]) -> None:
    with db.transaction() as session:
        session.add(row())
    before = _everything()
    with pytest.raises(Refused, match="contient déjà une commune"):
        demo.create()
    assert _everything() == before


def test_the_portal_goes_on_where_the_demo_stops(database: str) -> None:
    demo.create()
    agent = signed_in("agent", STAFF_PASSWORD)
    with db.transaction() as session:
        numbered = session.exec(select(FamilyRequest.number)).all()
        assert numbers.next_request_number(session) == f"D-2026-{len(numbered) + 1:06d}"
        waiting = session.exec(select(FamilyRequest).where(FamilyRequest.status == RequestStatus.PENDING)).all()
    view = requests.accept(agent, waiting[0].id or 0)
    assert (view.number, view.status) == (waiting[0].number, RequestStatus.ACCEPTED)


def test_the_command_prepares_a_new_installation_and_prints_the_sign_ins(
    sqlite_copy: str, tmp_path: Path, use_settings: Callable[..., None]
) -> None:
    use_settings(environment="demo", database_url=f"sqlite:///{tmp_path}/new/portail.db")
    db.dispose()
    said: list[str] = []
    demo.prepare(get_settings(), renew=False, say=said.append)
    assert demo.SIGN_INS.as_text() in said[0]
    with db.reading() as session:
        assert session.get_one(Municipality, 1).name == "Léaz"
    db.dispose()


def test_renewing_starts_from_new_data(made: None, use_settings: Callable[..., None]) -> None:
    use_settings(environment="demo")
    before = _everything()
    with db.transaction() as session:
        session.get_one(Municipality, 1).name = "Ailleurs"
        old = session.exec(select(PublishedDocument.stored_name)).first() or ""
    demo.prepare(get_settings(), renew=True, say=lambda _: None)
    assert _everything() == before
    with pytest.raises(FileNotFoundError):
        DiskFiles(get_settings().data_dir / "documents").read(old)


def test_renewing_never_erases_a_real_commune(sqlite_database: str, use_settings: Callable[..., None]) -> None:
    use_settings(environment="demo")
    with db.transaction() as session:
        session.add(Municipality(name="Collonges"))
    with pytest.raises(Refused, match="contient déjà une commune"):
        demo.prepare(get_settings(), renew=True, say=lambda _: None)
    with db.reading() as session:
        assert session.get_one(Municipality, 1).name == "Collonges"


def test_the_demo_is_not_prepared_in_a_real_installation(sqlite_database: str) -> None:
    with pytest.raises(Refused, match="environnement de démonstration"):
        demo.prepare(get_settings(), renew=False, say=lambda _: None)


def _everything(but: set[str] = RANDOM_COLUMNS) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables, in the order of their keys."""
    with db.reading() as session:
        return {
            table.name: [
                tuple(row)
                for row in session.connection().execute(
                    sa.select(*(column for column in table.columns if column.name not in but)).order_by(
                        *table.primary_key
                    )
                )
            ]
            for table in TABLES
        }
