"""« pièces justificatives »: recognised by what they hold, kept aside, read by those concerned."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from portail_app import db
from portail_app.access import Actor, Role
from portail_app.errors import NotAllowed, Refused
from portail_app.models.journal import JournalEntry
from portail_app.models.requests import SupportingDocument
from portail_app.services import documents
from portail_app.settings import get_settings
from tests import factories as make
from tests import papers
from tests.factories import NOW, Household
from tests.services.scene import count, medical

Frozen = Callable[..., AbstractContextManager[None]]
_PNG = papers.photo("PNG")
pytestmark = pytest.mark.usefixtures("monday_at_ten")


def send(
    home: Household, content: bytes | None = None, name: str = "Certificat.pdf", actor: Actor | None = None
) -> int:
    content = papers.pdf() if content is None else content
    return documents.store_certificate(actor or home.responsable, home.child_id, name, content).id


def stored() -> list[Path]:
    folder = get_settings().uploads_dir
    return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize(
    ("content", "name", "media_type", "kept_as"),
    [
        (papers.pdf(), "certificat médical.PDF", "application/pdf", "certificat médical.pdf"),
        (papers.photo("JPEG"), "IMG_0042.jpeg", "image/jpeg", "IMG_0042.jpg"),
        (papers.photo("PNG"), "capture", "image/png", "capture.png"),
        # The name lies: only the content counts.
        (papers.photo("PNG"), "certificat.pdf", "image/png", "certificat.png"),
    ],
)
def test_a_paper_is_recognised_by_its_content(
    home: Household, content: bytes, name: str, media_type: str, kept_as: str
) -> None:
    view = documents.store_certificate(home.responsable, home.child_id, name, content)
    assert (view.media_type, view.file_name, view.size_bytes) == (media_type, kept_as, len(content))
    kept = documents.read(home.conjoint, view.id)
    assert (kept.content, kept.media_type, kept.file_name) == (content, media_type, kept_as)


def test_what_is_not_a_paper_is_refused_and_leaves_nothing(home: Household) -> None:
    with pytest.raises(Refused, match="ni un PDF, ni une photo"):
        send(home, b"<!doctype html><script>alert(1)</script>")
    assert stored() == []
    assert count(SupportingDocument) == 0


def test_the_largest_file_is_accepted_and_one_byte_more_is_refused(
    home: Household, use_settings: Callable[..., None]
) -> None:
    use_settings(upload_max_bytes=len(_PNG))
    assert send(home, _PNG)
    use_settings(upload_max_bytes=len(_PNG) - 1)
    with pytest.raises(Refused, match=r"Ce fichier dépasse"):
        send(home, _PNG)


def test_a_family_has_so_much_room_and_its_neighbour_its_own(
    home: Household, use_settings: Callable[..., None]
) -> None:
    use_settings(family_quota_bytes=2 * len(_PNG))
    send(home, _PNG)
    send(home, _PNG)
    with pytest.raises(Refused, match="espace réservé à vos fichiers est plein"):
        send(home, _PNG)
    assert len(stored()) == 2
    assert send(make.nguyen(), _PNG)


def test_a_file_is_stored_under_a_random_name_that_its_owner_alone_can_open(home: Household) -> None:
    send(home, name="Certificat Emma Perrin.pdf")
    (path,) = stored()
    assert len(path.name) == 32
    assert set(path.name) <= set("0123456789abcdef")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_paper_is_read_by_its_family_and_by_deciding_agents_only(home: Household, agent: Actor) -> None:
    paper = send(home)
    for reader in (home.responsable, home.conjoint, agent, make.agent("Maire", Role.ADMINISTRATOR)):
        assert documents.read(reader, paper).content
    strangers = (make.nguyen().responsable, make.agent("Léo", Role.ANIMATOR), make.agent("Anne", Role.REGISSEUR))
    for reader in strangers:
        with pytest.raises(NotAllowed):
            documents.read(reader, paper)
    with pytest.raises(NotAllowed):
        documents.read(home.responsable, paper + 1)


def test_each_reading_by_an_agent_is_journalled(home: Household, agent: Actor) -> None:
    paper = send(home)
    documents.read(home.responsable, paper)
    documents.read(agent, paper)
    with db.reading() as session:
        read = session.exec(select(JournalEntry).where(JournalEntry.action == "document.read")).all()
    assert [(line.account_id, line.object_id) for line in read] == [(agent.account_id, paper)]


def test_nobody_sends_a_paper_for_a_foreign_child(home: Household) -> None:
    with pytest.raises(NotAllowed):
        send(home, actor=make.nguyen().responsable)
    assert stored() == []


def test_a_file_whose_row_was_never_committed_is_purged_after_an_hour(
    home: Household, monkeypatch: pytest.MonkeyPatch, at: Frozen
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise RuntimeError("cut")

    monkeypatch.setattr("portail_app.services.documents.journal.record", cut)
    with pytest.raises(RuntimeError):
        send(home)
    assert count(SupportingDocument) == 0
    (orphan,) = stored()
    aside = orphan.with_name("aside-abc123")
    aside.write_bytes(b"half")
    for path in (orphan, aside):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    with at(NOW + timedelta(hours=1)):
        assert documents.purge_orphans() == 0
    with at(NOW + timedelta(hours=1, seconds=1)):
        assert documents.purge_orphans() == 2
    assert stored() == []


def test_a_paper_that_no_request_took_is_dropped_after_a_day(home: Household, canteen: int, at: Frozen) -> None:
    send(home)
    joined = medical(home, canteen, send(home)).documents[0].id
    for path in stored():
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    with at(NOW + timedelta(days=1)):
        assert documents.purge_orphans() == 0
    with at(NOW + timedelta(days=1, seconds=1)):
        assert documents.purge_orphans() == 1
        assert documents.read(home.responsable, joined).content == papers.pdf()
    assert len(stored()) == 1


def test_what_is_not_ours_in_the_folder_stays(home: Household, at: Frozen) -> None:
    send(home)
    alien = stored()[0].with_name("sauvegarde.tar")
    alien.write_bytes(b"x")
    os.utime(alien, (0, 0))
    with at(NOW + timedelta(days=30)):
        documents.purge_orphans()
    assert stored() == [alien]


def test_a_row_whose_file_is_lost_looks_absent(home: Household) -> None:
    paper = send(home)
    stored()[0].unlink()
    with pytest.raises(NotAllowed):
        documents.read(home.responsable, paper)
