"""Papers over HTTP: who may send and read them, and how a browser is told to treat them."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from portail_app import db
from portail_app.access import Actor
from portail_app.http import documents as routes
from portail_app.http.body_limit import BodyLimit
from portail_app.models.requests import SupportingDocument
from portail_app.services import sessions
from tests import factories as make
from tests import papers
from tests.factories import Household
from tests.services.scene import count


@pytest.fixture
def home(sqlite_database: str) -> Household:
    make.leaz()
    return make.perrin()


@pytest.fixture
def browser(sqlite_database: str) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes.routes), follow_redirects=False) as client:
        yield client


def sign_in(browser: TestClient, actor: Actor) -> TestClient:
    with db.transaction() as session:
        token = sessions.open_for(session, actor.account_id)
    browser.cookies.clear()
    browser.cookies.set("portail_session", token)
    return browser


def send(browser: TestClient, home: Household, content: bytes, name: str = "Certificat.pdf") -> dict[str, object]:
    answer = browser.post("/pieces", data={"child": str(home.child_id)}, files={"file": (name, content, "text/html")})
    return {"status": answer.status_code, **answer.json()}


def test_a_parent_sends_a_paper_and_reads_it_back(browser: TestClient, home: Household) -> None:
    sign_in(browser, home.responsable)
    kept = send(browser, home, papers.photo("PNG"), "Ordonnance d’Emma.txt")
    assert (kept["status"], kept["name"]) == (200, "Ordonnance d’Emma.png")
    shown = browser.get(f"/pieces/{kept['id']}")
    assert shown.content.startswith(b"\x89PNG")
    headers = {name: shown.headers[name] for name in ("content-type", "x-content-type-options", "cache-control")}
    assert headers == {
        "content-type": "image/png",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
    assert shown.headers["content-security-policy"] == "default-src 'none'; sandbox"
    disposition = f"inline; filename=\"Ordonnance dEmma.png\"; filename*=UTF-8''{quote('Ordonnance d’Emma.png')}"
    assert shown.headers["content-disposition"] == disposition


def test_a_pdf_opens_in_the_browser(browser: TestClient, home: Household) -> None:
    sign_in(browser, home.responsable)
    kept = send(browser, home, papers.pdf())
    shown = browser.get(f"/pieces/{kept['id']}")
    assert shown.headers["content-type"] == "application/pdf"
    assert shown.headers["content-disposition"].startswith("inline;")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG."),
        (b"", "Ce fichier est vide."),
    ],
)
def test_a_refused_paper_is_explained_in_one_sentence(
    browser: TestClient, home: Household, content: bytes, said: str
) -> None:
    assert send(sign_in(browser, home.responsable), home, content) == {"status": 422, "message": said}


@pytest.mark.parametrize("fields", [{}, {"child": "1"}, {"child": "abc"}])
def test_a_form_without_its_file_or_child_is_explained(
    browser: TestClient, home: Household, fields: dict[str, str]
) -> None:
    sign_in(browser, home.responsable)
    answer = browser.post("/pieces", data=fields, files={"other": ("a.pdf", papers.pdf())})
    assert (answer.status_code, answer.json()) == (422, {"message": "Choisissez un fichier : PDF, JPEG ou PNG."})


def test_without_session_nothing_is_sent_nor_read(browser: TestClient, home: Household) -> None:
    kept = send(sign_in(browser, home.responsable), home, papers.pdf())
    browser.cookies.clear()
    refused = {"status": 401, "message": "Votre session est terminée. Identifiez-vous de nouveau."}
    assert send(browser, home, papers.pdf()) == refused
    for path in (f"/pieces/{kept['id']}", "/factures/1.pdf"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/connexion")
    assert count(SupportingDocument) == 1


def test_a_paper_of_another_family_and_one_that_does_not_exist_answer_the_same(
    browser: TestClient, home: Household
) -> None:
    kept = send(sign_in(browser, home.responsable), home, papers.pdf())
    invoice = make.invoice(home.id)
    stranger = make.nguyen()
    sign_in(browser, stranger.responsable)
    for foreign, missing in (
        (f"/pieces/{kept['id']}", f"/pieces/{2**62}"),
        (f"/factures/{invoice}.pdf", "/factures/999999999999999.pdf"),
    ):
        answers = [browser.get(path) for path in (foreign, missing)]
        assert [(answer.status_code, answer.text) for answer in answers] == [(404, "Cet élément est introuvable.")] * 2
    assert send(browser, home, papers.pdf()) == {"status": 404, "message": "Cet élément est introuvable."}


def test_an_invoice_opens_in_the_browser_under_its_number(browser: TestClient, home: Household) -> None:
    invoice = make.invoice(home.id)
    shown = sign_in(browser, home.conjoint).get(f"/factures/{invoice}.pdf")
    assert shown.status_code == 200
    assert shown.content.startswith(b"%PDF-")
    assert shown.headers["content-disposition"].startswith('inline; filename="facture-2026-')
    assert shown.headers["cache-control"] == "private, no-store"


def test_an_agent_reads_the_papers_of_families(browser: TestClient, home: Household) -> None:
    kept = send(sign_in(browser, home.responsable), home, papers.pdf())
    assert sign_in(browser, make.agent()).get(f"/pieces/{kept['id']}").status_code == 200


def test_a_body_over_the_limit_is_cut_while_it_arrives(home: Household) -> None:
    content = papers.pdf() + bytes(20_000)
    with TestClient(BodyLimit(Starlette(routes=routes.routes), 10_000)) as client:
        sign_in(client, home.responsable)

        def flow() -> Iterator[bytes]:
            yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
            for start in range(0, len(content), 1000):
                yield content[start : start + 1000]

        answer = client.post("/pieces", content=flow(), headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 413
    assert count(SupportingDocument) == 0


@pytest.mark.parametrize("body", [b"", b"garbage", b"--x\r\n\r\n", b"--x--\r\n"])
def test_a_form_that_is_not_one_is_refused_without_an_error(browser: TestClient, home: Household, body: bytes) -> None:
    sign_in(browser, home.responsable)
    answer = browser.post("/pieces", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code in {400, 422}
