"""The demo commune: made once, always the same, never over a real commune."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from portail_app import db, demo, models
from portail_app.access import Role
from portail_app.adapters import papers
from portail_app.adapters.files import DiskFiles
from portail_app.demo.households import HOUSEHOLDS
from portail_app.demo.sign_ins import PARENT_PASSWORD, STAFF_PASSWORD
from portail_app.errors import Refused
from portail_app.models.exchanges import Municipality, PublishedDocument
from portail_app.models.people import Account, Family, Guardian
from portail_app.models.requests import FamilyRequest
from portail_app.pdf import fonts
from portail_app.rules.passwords import common_passwords, require_acceptable
from portail_app.rules.statuses import RequestStatus
from portail_app.services import accounts, auth, documents, numbers, requests, sessions
from portail_app.settings import get_settings
from tests.demos import Demos

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOME = "127.0.0.1"
# What chance alone decides: the salt of bcrypt, the names of the files.
RANDOM_COLUMNS = {"password_hash", "stored_name"}
TABLES = models.people.Family.metadata.sorted_tables


@pytest.fixture(scope="module")
def demos(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Demos:
    return Demos(sqlite_template, tmp_path_factory.mktemp("demos"))


@pytest.fixture
def made(demos: Demos, tmp_path: Path, use_settings: Callable[..., None]) -> Iterator[None]:
    """Work on a copy of the demo, its files included."""
    use_settings(database_url=demos.copy(NOW, tmp_path / "demo.db", get_settings().data_dir))
    db.dispose()
    yield
    db.dispose()


@pytest.fixture(autouse=True)
def _on_a_monday_of_november(at: Callable[..., AbstractContextManager[None]]) -> Iterator[None]:
    with at(NOW):
        yield


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
    agent = _signed_in("agent", STAFF_PASSWORD)
    with db.transaction() as session:
        numbered = session.exec(select(FamilyRequest.number)).all()
        assert numbers.next_request_number(session) == f"D-2026-{len(numbered) + 1:06d}"
        waiting = session.exec(select(FamilyRequest).where(FamilyRequest.status == RequestStatus.PENDING)).all()
    view = requests.accept(agent, waiting[0].id or 0)
    assert (view.number, view.status) == (waiting[0].number, RequestStatus.ACCEPTED)


def test_every_sign_in_of_the_list_works(made: None) -> None:
    roles = {}
    for row in demo.SIGN_INS.rows:
        signed_in = auth.sign_in(row.identifier, row.password, HOME)
        assert signed_in.must_change_password is (row.identifier == "perrin")
        roles[row.identifier] = signed_in.role
    assert roles == {
        "perrin": Role.PARENT,
        "martin": Role.PARENT,
        "moreau": Role.PARENT,
        "delorme": Role.PARENT,
        "agent": Role.AGENT,
        "animateur": Role.ANIMATOR,
        "regisseur": Role.REGISSEUR,
        "admin": Role.ADMINISTRATOR,
    }


def test_the_demo_passwords_follow_the_rules_of_the_notice(made: None) -> None:
    with db.reading() as session:
        rows = session.exec(select(Account)).all()
        assert len(rows) == 60
        for account in rows:
            password = PARENT_PASSWORD if account.role is Role.PARENT else STAFF_PASSWORD
            names = accounts.names_around(session, account)
            require_acceptable(password, identifier=account.identifier, names=names, common=common_passwords())


def test_the_list_of_sign_ins_is_aligned() -> None:
    lines = demo.SIGN_INS.as_text().splitlines()
    assert lines[0].startswith("Qui ")
    column = lines[0].index("Identifiant")
    assert [line[column:].split()[0] for line in lines[1:]] == [row.identifier for row in demo.SIGN_INS.rows]


def test_identifiers_are_typed_on_any_keyboard(made: None) -> None:
    with db.reading() as session:
        identifiers = session.exec(select(Account.identifier)).all()
    assert [name for name in identifiers if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,79}", name)] == []


def test_every_name_can_be_printed() -> None:
    names = [household.name for household in HOUSEHOLDS]
    names += [adult.name for household in HOUSEHOLDS for adult in household.adults]
    names += [f"{pupil.first_name} {pupil.last_name}" for household in HOUSEHOLDS for pupil in household.children]
    assert [name for name in names if fonts.printable(name) != name] == []
    scripts = "".join(names)
    assert all(letter in scripts for letter in "éœŁşğđȚÞñễΠШ’ß")


def test_separated_parents_and_a_stepfather_see_what_is_theirs(made: None) -> None:
    with db.reading() as session:
        families = {row.name: row.id for row in session.exec(select(Family)).all()}
    seen = {name: _signed_in(name, PARENT_PASSWORD).family_ids for name in ("moreau", "delorme", "martin")}
    assert seen["moreau"] == {families["Moreau"]}
    assert seen["delorme"] == {families["Perrin"], families["Delorme"]}
    assert seen["martin"] == _signed_in("karim.benaissa", PARENT_PASSWORD).family_ids == {families["Martin"]}


def test_the_documents_are_real_pdfs(made: None) -> None:
    agent = _signed_in("agent", STAFF_PASSWORD)
    store = DiskFiles(get_settings().data_dir / "documents")
    with db.reading() as session:
        published = session.exec(select(PublishedDocument)).all()
        certificates = session.exec(select(models.requests.SupportingDocument.id)).all()
    contents = [store.read(document.stored_name) for document in published]
    assert [len(content) for content in contents] == [document.size_bytes for document in published]
    contents += [documents.read(agent, number or 0).content for number in certificates]
    assert len(published) == 4
    assert certificates
    assert {papers.recognise(content) for content in contents} == {papers.PDF}


def test_no_address_of_the_demo_reaches_anybody(made: None) -> None:
    with db.reading() as session:
        adults = session.exec(select(Guardian)).all()
        emails = session.exec(select(Account.email)).all()
    assert {email.rpartition(".")[2] for email in emails} == {"example"}
    assert all(adult.mobile_phone.startswith("06 39 98 ") for adult in adults)


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


def _signed_in(identifier: str, password: str) -> Any:
    actor = sessions.actor_of(auth.sign_in(identifier, password, HOME).token)
    assert actor is not None
    return actor


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
