"""Every address of the portal, for everybody: the answer is in a table, and an address without a line fails."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.routing import Mount, Route

from portail_app.frontend_build import built_dir
from portail_app.http import documents, sign_in
from portail_app.http.destinations import Audience, audience_of
from portail_app.http.gate import passes
from portail_app.http.static_files import built_pages
from portail_app.pages.routes import ROUTES
from tests import papers
from tests.guards.conftest import Town

PEOPLE = ("anonymous", "newcomer", "parent", "foreign parent", "agent")
SEEN, ABSENT = 200, 404
SIGN_IN, FIRST_PASSWORD, FAMILY, STAFF = "/connexion", "/mot-de-passe", "/accueil", "/agents/demandes"

Answer = int | str


@dataclass(frozen=True)
class Asked:
    """What each of ``PEOPLE`` is answered: a status, or the address where they are sent; what a POST carries."""

    answers: tuple[Answer, ...]
    form: dict[str, str] | None = None
    child: str = ""


def _all(answer: Answer) -> tuple[Answer, ...]:
    return (answer,) * len(PEOPLE)


BY_AUDIENCE: dict[Audience, tuple[Answer, ...]] = {
    Audience.PUBLIC: _all(SEEN),
    Audience.SIGNED_IN: (SIGN_IN, SEEN, SEEN, SEEN, SEEN),
    Audience.FAMILY: (SIGN_IN, FIRST_PASSWORD, SEEN, SEEN, STAFF),
    Audience.STAFF: (SIGN_IN, FIRST_PASSWORD, ABSENT, ABSENT, SEEN),
    Audience.NOBODY: (SIGN_IN, FIRST_PASSWORD, ABSENT, ABSENT, ABSENT),
}
ELSEWHERE = {
    "/": (SIGN_IN, FIRST_PASSWORD, FAMILY, FAMILY, STAFF),
    "/connexion": (SEEN, FIRST_PASSWORD, FAMILY, FAMILY, STAFF),
}
PAGES = {
    "/": Audience.PUBLIC,
    "/connexion": Audience.PUBLIC,
    "/mot-de-passe-oublie": Audience.PUBLIC,
    "/nouveau-mot-de-passe": Audience.PUBLIC,
    "/accessibilite": Audience.PUBLIC,
    "/mentions-legales": Audience.PUBLIC,
    "/mot-de-passe": Audience.SIGNED_IN,
    "/accueil": Audience.FAMILY,
    "/mes-enfants": Audience.FAMILY,
    "/liste-des-demandes": Audience.FAMILY,
    "/agents/demandes": Audience.STAFF,
    "/agents/courriels": Audience.STAFF,
    "/404": Audience.NOBODY,
}
WRONG_PASSWORD = {"identifier": "personne", "password": "faux"}
# Forms are sent as they would be by somebody who tries; none of them may succeed here.
REQUESTS = {
    "POST /connexion": Asked(_all(SIGN_IN), WRONG_PASSWORD),
    "POST /deconnexion": Asked(_all("https://www.leaz.fr")),
    "POST /deconnexion-partout": Asked(_all(SIGN_IN)),
    "POST /mot-de-passe": Asked(
        (SIGN_IN, *(FIRST_PASSWORD,) * 4), {"current": "faux", "new": "Chemin-vert-4242", "confirm": "autre"}
    ),
    "POST /mot-de-passe-oublie": Asked(_all("/mot-de-passe-oublie"), {"identifier": "personne"}),
    "POST /mot-de-passe-reinitialise": Asked(_all("/mot-de-passe-oublie"), {"token": "faux"}),
    "GET /session": Asked((401, SEEN, SEEN, SEEN, SEEN)),
    "POST /session/prolonger": Asked((401, SEEN, SEEN, SEEN, SEEN)),
    "POST /pieces": Asked((401, ABSENT, SEEN, ABSENT, SEEN), child="perrin"),
    "GET /pieces/{document_id:int}": Asked((SIGN_IN, ABSENT, SEEN, ABSENT, SEEN)),
    "GET /factures/{invoice_id:int}.pdf": Asked((SIGN_IN, ABSENT, SEEN, ABSENT, SEEN)),
    "GET /ping": Asked(_all(SEEN)),
    "GET /_health": Asked(_all(SEEN)),
    "GET /_event/": Asked(_all(400)),  # the websocket only: no polling
}
# Of no route: what scanners try, and what Reflex serves in other settings.
STRAY = (
    *("/_upload", "/_all_routes", "/agents", "/deconnexion", "/pieces", "/.env", "/sitemap.xml", "/env.json"),
    *("/accueil.html", "/index.html", "/404.html", "/agents/../.env", "/portail.css.br", "/reflex.json"),
    *("/assets/..%2faccueil.html", "/ACCUEIL", "//accueil", "/accueil.data"),
)


@pytest.mark.parametrize("path", [*PAGES])
def test_each_page_opens_for_those_it_is_for(town: Town, path: str) -> None:
    wanted = ELSEWHERE.get(path, BY_AUDIENCE[PAGES[path]])
    assert _answers(town, "GET", path) == dict(zip(PEOPLE, wanted, strict=True))


def test_every_page_has_its_line() -> None:
    assert {route.path for route in ROUTES} == PAGES.keys() - {"/"}
    assert {path: audience_of(path) for path in PAGES} == PAGES


def test_every_route_beside_the_websocket_has_its_line() -> None:
    from portail_app.portail_app import app

    assert app._api is not None
    found = {
        f"{method} {route.path}"
        for route in (*sign_in.routes, *documents.routes, *app._api.routes)
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    mounts = {f"GET {route.path}/" for route in app._api.routes if isinstance(route, Mount) and route.path}
    assert found | mounts == REQUESTS.keys()


@pytest.mark.parametrize("line", [*REQUESTS])
def test_each_route_answers_each_person_as_the_table_says(town: Town, line: str) -> None:
    method, _, template = line.partition(" ")
    asked = REQUESTS[line]
    numbers = {"document_id:int": town.scene.joined_paper_id, "invoice_id:int": town.scene.invoice_id}
    path = re.sub(r"{(.+?)}", lambda found: str(numbers[found[1]]), template)
    sent: dict[str, Any] = {}
    if method == "POST":
        sent["data"] = asked.form or {"child": str(town.scene.perrin.child_id)}
    if asked.child:
        sent["files"] = {"file": ("certificat.pdf", papers.pdf())}
    assert _answers(town, method, path, **sent) == dict(zip(PEOPLE, asked.answers, strict=True))


@pytest.mark.parametrize("path", STRAY)
def test_what_is_no_page_opens_for_nobody(town: Town, path: str) -> None:
    answers = _answers(town, "GET", path)
    assert answers.pop("anonymous") == SIGN_IN
    assert answers.pop("newcomer") == FIRST_PASSWORD
    assert set(answers.values()) <= {ABSENT}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"])
def test_a_page_is_only_read(town: Town, method: str) -> None:
    for path in ("/accueil", "/agents/demandes", "/connexion/", "/pieces"):
        assert set(_answers(town, method, path).values()) <= {ABSENT, 405} or (method, path) == ("POST", "/pieces")


@pytest.mark.parametrize("number", ["0", "2147483648", "99999999999999999999", "9" * 5000])
def test_a_number_that_is_no_document_is_absent(town: Town, number: str) -> None:
    for path in (f"/pieces/{number}", f"/factures/{number}.pdf"):
        assert _answers(town, "GET", path)["parent"] == ABSENT
    form = {"child": number}
    assert _answers(town, "POST", "/pieces", data=form, files={"file": ("a.pdf", papers.pdf())})["parent"] in {
        ABSENT,
        422,
    }


def test_each_built_file_is_public_or_a_page(town: Town) -> None:
    """Pages go through the gate under their own address only; everything else that is served is the same for all."""
    files = [f"/{file.relative_to(built_dir()).as_posix()}" for file in built_dir().rglob("*") if file.is_file()]
    private = {file for file in files if file.endswith(".html")}
    assert not [file for file in private if passes("GET", file)]
    shown = {file for file in files if passes("GET", file)}
    suffixes = {re.sub(r".*\.", ".", file) for file in shown}
    assert suffixes <= {".js", ".css", ".svg", ".woff2", ".png", ".ico", ".br", ".gz", ".txt"}
    assert built_pages(built_dir()).keys() >= PAGES.keys() - {"/", "/404"}


def test_no_built_file_and_no_page_holds_anything_of_a_family(town: Town) -> None:
    words = {*town.scene.secrets, town.scene.identifier, "@example.fr", "06 12 34 56 78", "12 route de Collonges"}
    texts = {file.name: file.read_text("utf-8") for file in built_dir().rglob("*") if file.suffix in {".html", ".js"}}
    cookie = {"Cookie": town.scene.cookie(town.scene.perrin.responsable)}
    texts |= {path: town.ask("GET", path, headers=cookie).text for path in PAGES}
    assert len(texts) > 20
    assert [(name, word) for name, text in texts.items() for word in words if word in text] == []


def _answers(town: Town, method: str, path: str, **sent: Any) -> dict[str, Answer]:
    """Ask once as each person, each time in a new session: some of the requests end it."""
    answers: dict[str, Answer] = {}
    for who, actor in town.scene.people.items():
        headers = {"Cookie": town.scene.cookie(actor), "Origin": town.url}
        response = town.ask(method, path, headers=headers, **sent)
        location = response.headers.get("location", "")
        answers[who] = location.partition("?")[0] if location else response.status_code
    return answers
