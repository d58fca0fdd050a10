"""The certificate of a medical absence: at once, later, after the answer; joined once, to one's own request."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from portail_app.access import Actor
from portail_app.errors import NotAllowed, Refused
from portail_app.rules.statuses import AbsenceReason, RequestStatus
from portail_app.services import documents, requests
from tests import factories as make
from tests import papers
from tests.factories import THURSDAY, Household
from tests.services.scene import absences, ask, declare, medical

Frozen = Callable[..., AbstractContextManager[None]]
_PNG = papers.photo("PNG")
pytestmark = pytest.mark.usefixtures("monday_at_ten")


def certificate(
    home: Household, content: bytes | None = None, name: str = "Certificat.pdf", actor: Actor | None = None
) -> int:
    content = papers.pdf() if content is None else content
    return documents.store_certificate(actor or home.responsable, home.child_id, name, content).id


def test_a_certificate_sent_at_once_excuses_the_absence(home: Household, canteen: int, agent: Actor) -> None:
    view = medical(home, canteen, certificate(home))
    assert view.certificate is requests.CertificateState.RECEIVED
    assert [paper.file_name for paper in view.documents] == ["Certificat.pdf"]
    requests.accept(agent, view.id)
    assert [absence.excused for absence in absences()] == [True]


def test_a_certificate_may_come_while_the_request_waits(home: Household, canteen: int, agent: Actor) -> None:
    asked = medical(home, canteen)
    assert asked.certificate is requests.CertificateState.AWAITED
    view = requests.attach_certificate(home.responsable, asked.id, certificate(home))
    assert view.certificate is requests.CertificateState.RECEIVED
    requests.accept(agent, view.id)
    assert [absence.excused for absence in absences()] == [True]


def test_a_certificate_that_comes_after_the_answer_is_checked_by_an_agent(
    home: Household, canteen: int, agent: Actor
) -> None:
    asked = medical(home, canteen)
    requests.accept(agent, asked.id)
    assert requests.queue(agent).certificates_to_check == 0
    requests.attach_certificate(home.responsable, asked.id, certificate(home))
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
    paper = certificate(home)
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
    for paper in (certificate(stranger), certificate(home, actor=home.conjoint), 999):
        with pytest.raises(NotAllowed, match="Ce fichier n’est plus disponible"):
            medical_again(home, canteen, paper)
    assert requests.recent(home.responsable) == []


def medical_again(home: Household, canteen: int, paper: int) -> requests.RequestView:
    service = make_other_canteen(home)
    return medical(home, service, paper)


def test_a_paper_serves_one_request(home: Household, canteen: int) -> None:
    paper = certificate(home)
    medical(home, canteen, paper)
    with pytest.raises(NotAllowed):
        medical(home, make_other_canteen(home), paper)


def test_joining_the_same_paper_twice_is_joining_it_once(home: Household, canteen: int) -> None:
    asked, paper = medical(home, canteen), certificate(home)
    requests.attach_certificate(home.responsable, asked.id, paper)
    again = requests.attach_certificate(home.responsable, asked.id, paper)
    assert len(again.documents) == 1


def test_a_request_carries_five_files_at_most(home: Household, canteen: int) -> None:
    asked = medical(home, canteen)
    for _ in range(documents.MOST_PER_REQUEST):
        requests.attach_certificate(home.responsable, asked.id, certificate(home))
    with pytest.raises(Refused, match="5 fichiers au plus"):
        requests.attach_certificate(home.responsable, asked.id, certificate(home))


def test_a_refused_absence_does_not_take_the_paper(home: Household, canteen: int) -> None:
    paper = certificate(home)
    with pytest.raises(Refused):
        requests.declare_absence(home.responsable, home.child_id, canteen, THURSDAY, AbsenceReason.MEDICAL, "", paper)
    asked = medical(home, canteen)
    assert requests.attach_certificate(home.responsable, asked.id, paper).status is RequestStatus.PENDING


def test_an_absence_for_another_reason_needs_no_paper(home: Household, canteen: int) -> None:
    make.book(home, canteen, THURSDAY)
    assert declare(home, canteen).certificate is requests.CertificateState.NOT_NEEDED
