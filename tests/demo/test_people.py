"""Who is in the demo commune, how they sign in, and which papers they find."""

import re

from sqlmodel import select

from portail_app import db, demo, models
from portail_app.access import Role
from portail_app.adapters import papers
from portail_app.adapters.files import DiskFiles
from portail_app.demo.households import HOUSEHOLDS
from portail_app.demo.sign_ins import PARENT_PASSWORD, STAFF_PASSWORD
from portail_app.models.exchanges import PublishedDocument
from portail_app.models.people import Account, Family, Guardian
from portail_app.pdf import fonts
from portail_app.rules.passwords import common_passwords, require_acceptable
from portail_app.services import accounts, auth, documents
from portail_app.settings import get_settings
from tests.demo.tables import signed_in

HOME = "127.0.0.1"


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
    seen = {name: signed_in(name, PARENT_PASSWORD).family_ids for name in ("moreau", "delorme", "martin")}
    assert seen["moreau"] == {families["Moreau"]}
    assert seen["delorme"] == {families["Perrin"], families["Delorme"]}
    assert seen["martin"] == signed_in("karim.benaissa", PARENT_PASSWORD).family_ids == {families["Martin"]}


def test_the_documents_are_real_pdfs(made: None) -> None:
    agent = signed_in("agent", STAFF_PASSWORD)
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
