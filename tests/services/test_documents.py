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
from portail_app.rules.statuses import AbsenceReason, RequestStatus
from portail_app.services import documents, requests
from portail_app.settings import get_settings
from tests import factories as make
from tests import papers
from tests.factories import NOW, THURSDAY, Household
from tests.services.scene import absences, ask, count, declare

Frozen = Callable[..., AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("monday_at_ten")


def send(
    home: Household, content: bytes | None = None, name: str = "Certificat.pdf", actor: Actor | None = None
) -> int:
    content = papers.pdf() if content is None else content
    return documents.store_certificate(actor or home.responsable, home.child_id, name, content).id


def stored() -> list[Path]:
    folder = get_settings().uploads_dir
    return sorted(folder.iterdir()) if folder.is_dir() else []


def medical(home: Household, canteen: int, certificate_id: int | None = None) -> requests.RequestView:
    make.book(home, canteen, THURSDAY)
    return requests.declare_absence(
        home.responsable, home.child_id, canteen, THURSDAY, AbsenceReason.MEDICAL, "", certificate_id
    )


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


def test_a_comment_in_a_pdf_is_no_reason_to_refuse_it(home: Household) -> None:
    assert send(home, papers.pdf_holding(b"% made by a scanner\n"))


def test_several_pictures_in_one_telephone_photo_are_one_photo(home: Household) -> None:
    assert send(home, papers.photo("MPO"), "photo.jpg")


_PDF, _JPEG, _PNG = papers.pdf(), papers.photo("JPEG"), papers.photo("PNG")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Ce fichier est vide"),
        (b"<!doctype html><script>alert(1)</script>", "ni un PDF, ni une photo"),
        (b"GIF89a" + bytes(40), "ni un PDF, ni une photo"),
        (b"\n" + _PDF, "ni un PDF, ni une photo"),
        (b"%PDF-1.7 facture", "incomplet ou abîmé"),
        (_PDF[:-30], "incomplet ou abîmé"),
        (_PDF.replace(b"startxref\n", b"startxref\n9"), "incomplet ou abîmé"),
        (_PDF + b"<html><script>alert(1)</script>", "incomplet ou abîmé"),
        (papers.pdf_holding(b"%<script>alert(1)</script>\n"), "contient autre chose"),
        (papers.pdf_holding(b"%<!DOCTYPE html>\n"), "contient autre chose"),
        (papers.pdf_holding(b"9 0 obj << /S /JavaScript /JS (app.alert) >> endobj\n"), "contient autre chose"),
        (papers.pdf_holding(b"9 0 obj << /S /Launch /F (calc) >> endobj\n"), "contient autre chose"),
        (_JPEG[: len(_JPEG) // 2], "incomplet ou abîmé"),
        (_PNG[:-20], "incomplet ou abîmé"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "incomplet ou abîmé"),
        (_JPEG + b"<script>alert(1)</script>", "contient autre chose"),
        (_PNG + b"PK\x05\x06" + bytes(18), "contient autre chose"),
    ],
)
def test_what_is_not_wholly_a_paper_is_refused_and_leaves_no_file(home: Household, content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        send(home, content)
    assert stored() == []
    assert count(SupportingDocument) == 0


def test_a_photo_that_unfolds_into_a_huge_one_is_refused(home: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portail_app.adapters.papers.MOST_PIXELS", 64 * 48 - 1)
    with pytest.raises(Refused, match="trop grande"):
        send(home, _PNG)
    monkeypatch.setattr("portail_app.adapters.papers.MOST_PIXELS", 64 * 48)
    assert send(home, _PNG)


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


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Documents\\Nguyễn.docx", "Nguyễn.pdf"),
        ('a"b<c>\r\nSet-Cookie: x', "a b c Set-Cookie x.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("é" * 300 + ".pdf", "é" * 120 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_made_harmless(sent: str, kept: str) -> None:
    assert documents.safe_name(sent, "application/pdf") == kept


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


def test_a_certificate_sent_at_once_excuses_the_absence(home: Household, canteen: int, agent: Actor) -> None:
    view = medical(home, canteen, send(home))
    assert view.certificate is requests.CertificateState.RECEIVED
    assert [paper.file_name for paper in view.documents] == ["Certificat.pdf"]
    requests.accept(agent, view.id)
    assert [absence.excused for absence in absences()] == [True]


def test_a_certificate_may_come_while_the_request_waits(home: Household, canteen: int, agent: Actor) -> None:
    asked = medical(home, canteen)
    assert asked.certificate is requests.CertificateState.AWAITED
    view = requests.attach_certificate(home.responsable, asked.id, send(home))
    assert view.certificate is requests.CertificateState.RECEIVED
    requests.accept(agent, view.id)
    assert [absence.excused for absence in absences()] == [True]


def test_a_certificate_that_comes_after_the_answer_is_checked_by_an_agent(
    home: Household, canteen: int, agent: Actor
) -> None:
    asked = medical(home, canteen)
    requests.accept(agent, asked.id)
    assert requests.queue(agent).certificates_to_check == 0
    requests.attach_certificate(home.responsable, asked.id, send(home))
    to_check = requests.queue(agent, certificates_to_check=True)
    assert ([view.id for view in to_check.items], to_check.certificates_to_check) == ([asked.id], 1)
    assert [absence.excused for absence in absences()] == [False]
    requests.excuse(agent, asked.id)
    assert [absence.excused for absence in absences()] == [True]
    assert requests.queue(agent).certificates_to_check == 0
    with pytest.raises(Refused, match="déjà justifiée"):
        requests.excuse(agent, asked.id)


def test_an_absence_without_certificate_cannot_be_excused(home: Household, canteen: int, agent: Actor) -> None:
    asked = medical(home, canteen)
    requests.accept(agent, asked.id)
    with pytest.raises(Refused, match="Aucun certificat n’a été reçu"):
        requests.excuse(agent, asked.id)


def test_a_request_that_awaits_nothing_takes_no_certificate(home: Household, canteen: int, agent: Actor) -> None:
    paper = send(home)
    with pytest.raises(Refused, match="n’attend pas de certificat"):
        requests.attach_certificate(home.responsable, ask(home, canteen).id, paper)
    asked = medical(home, make_other_canteen(home))
    requests.refuse(agent, asked.id, "Prévenu trop tard.")
    with pytest.raises(Refused, match="n’attend plus de certificat"):
        requests.attach_certificate(home.responsable, asked.id, paper)


def make_other_canteen(home: Household) -> int:
    other = make.canteen()
    make.enrol(home.child_id, other)
    return other


def test_a_paper_of_another_family_or_of_the_other_parent_cannot_be_joined(home: Household, canteen: int) -> None:
    stranger = make.nguyen()
    for paper in (send(stranger), send(home, actor=home.conjoint), 999):
        with pytest.raises(NotAllowed, match="Ce fichier n’est plus disponible"):
            medical_again(home, canteen, paper)
    assert requests.recent(home.responsable) == []


def medical_again(home: Household, canteen: int, paper: int) -> requests.RequestView:
    service = make_other_canteen(home)
    return medical(home, service, paper)


def test_a_paper_serves_one_request(home: Household, canteen: int) -> None:
    paper = send(home)
    medical(home, canteen, paper)
    with pytest.raises(NotAllowed):
        medical(home, make_other_canteen(home), paper)


def test_joining_the_same_paper_twice_is_joining_it_once(home: Household, canteen: int) -> None:
    asked, paper = medical(home, canteen), send(home)
    requests.attach_certificate(home.responsable, asked.id, paper)
    again = requests.attach_certificate(home.responsable, asked.id, paper)
    assert len(again.documents) == 1


def test_a_request_carries_five_files_at_most(home: Household, canteen: int) -> None:
    asked = medical(home, canteen)
    for _ in range(documents.MOST_PER_REQUEST):
        requests.attach_certificate(home.responsable, asked.id, send(home))
    with pytest.raises(Refused, match="5 fichiers au plus"):
        requests.attach_certificate(home.responsable, asked.id, send(home))


def test_a_refused_absence_does_not_take_the_paper(home: Household, canteen: int) -> None:
    paper = send(home)
    with pytest.raises(Refused):
        requests.declare_absence(home.responsable, home.child_id, canteen, THURSDAY, AbsenceReason.MEDICAL, "", paper)
    asked = medical(home, canteen)
    assert requests.attach_certificate(home.responsable, asked.id, paper).status is RequestStatus.PENDING


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


def test_an_absence_for_another_reason_needs_no_paper(home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    assert declare(home, canteen).certificate is requests.CertificateState.NOT_NEEDED
