"""Who may open which page: refused by default."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from portail_app import clock
from portail_app.access import Role
from portail_app.http import documents, sign_in
from portail_app.http.cookies import read_flash
from portail_app.http.destinations import FAMILY_SECTIONS, PUBLIC_PAGES, SIGNED_IN_PAGES, Audience, audience_of
from portail_app.http.gate import OWN_CHECK, OWN_CHECK_FOLDERS, Gate, passes
from portail_app.services import auth
from tests.accounts import parent, signed_in, staff

HOST = "famille.leaz.fr"
pytestmark = pytest.mark.usefixtures("sqlite_database")
OPENED = (200, "opened")


@pytest.fixture
def browser() -> TestClient:
    async def opened(request: Request) -> PlainTextResponse:
        return PlainTextResponse("opened")

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close()

    methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
    app = Starlette(routes=[WebSocketRoute("/{path:path}", socket), Route("/{path:path}", opened, methods=methods)])
    return TestClient(Gate(app), follow_redirects=False, base_url=f"http://{HOST}")


@pytest.fixture
def as_parent(browser: TestClient) -> TestClient:
    browser.cookies.set("portail_session", signed_in(parent()), domain=HOST, path="/")
    return browser


@pytest.fixture
def as_agent(browser: TestClient) -> TestClient:
    browser.cookies.set("portail_session", signed_in(staff()), domain=HOST, path="/")
    return browser


def asked(browser: TestClient, path: str) -> tuple[int, str]:
    answer = browser.get(path)
    return answer.status_code, answer.headers.get("location", answer.text if answer.status_code == 200 else "")


@pytest.mark.parametrize("page", sorted(PUBLIC_PAGES - {"/"}))
def test_anybody_opens_a_public_page(page: str, browser: TestClient) -> None:
    assert asked(browser, page) == asked(browser, page + "/") == OPENED


@pytest.mark.parametrize(
    "page",
    [*sorted(FAMILY_SECTIONS | SIGNED_IN_PAGES), "/agents", "/agents/demandes", "/inconnue", "/accueil.html", "/404"],
)
def test_without_a_session_every_other_page_leads_to_the_sign_in(page: str, browser: TestClient) -> None:
    assert asked(browser, page) == (303, f"/connexion?suite={page}")


def test_the_page_asked_is_kept_with_its_question(browser: TestClient) -> None:
    assert asked(browser, "/mes-enfants?enfant=3&mois=2026-11") == (
        303,
        "/connexion?suite=/mes-enfants%3Fenfant%3D3%26mois%3D2026-11",
    )


def test_the_root_leads_each_one_home(browser: TestClient) -> None:
    assert asked(browser, "/") == (303, "/connexion")
    browser.cookies.set("portail_session", signed_in(parent()), domain=HOST, path="/")
    assert asked(browser, "/") == (303, "/accueil")
    browser.cookies.set("portail_session", signed_in(staff()), domain=HOST, path="/")
    assert asked(browser, "/") == (303, "/agents/demandes")


def test_whoever_is_signed_in_does_not_sign_in_again(as_parent: TestClient) -> None:
    assert asked(as_parent, "/connexion") == (303, "/accueil")


@pytest.mark.parametrize("page", [*sorted(FAMILY_SECTIONS | SIGNED_IN_PAGES), "/mes-enfants/sante"])
def test_a_parent_opens_the_family_pages(page: str, as_parent: TestClient) -> None:
    assert asked(as_parent, page) == OPENED


@pytest.mark.parametrize("page", ["/agents", "/agents/demandes", "/agents/", "/agents/demandes/index.html"])
def test_a_parent_is_told_that_an_agents_page_does_not_exist(page: str, as_parent: TestClient) -> None:
    answer = as_parent.get(page)
    assert answer.status_code == 404
    assert "<h1>Page introuvable</h1>" in answer.text
    assert 'href="/accueil"' in answer.text


@pytest.mark.parametrize("role", [Role.AGENT, Role.ANIMATOR, Role.REGISSEUR, Role.ADMINISTRATOR])
def test_staff_open_the_agents_pages_and_are_sent_there_from_the_others(role: Role, browser: TestClient) -> None:
    browser.cookies.set("portail_session", signed_in(staff(role=role)), domain=HOST, path="/")
    assert asked(browser, "/agents/demandes") == OPENED
    for page in FAMILY_SECTIONS:
        assert asked(browser, page) == (303, "/agents/demandes")


@pytest.mark.parametrize(
    "page",
    [
        "/inconnue",
        "/404",
        "/index.html",
        "/accueil.html",
        "/__spa-fallback.html",
        "/Accueil",
    ],
)
def test_a_page_in_no_table_is_refused_to_everybody(page: str, browser: TestClient) -> None:
    for account_id in (parent(), staff()):
        browser.cookies.set("portail_session", signed_in(account_id), domain=HOST, path="/")
        answer = browser.get(page)
        assert (answer.status_code, answer.text == "opened") in {(404, False), (303, False)}


@pytest.mark.parametrize("page", ["/accueil", "/mes-enfants", "/connexion", "/", "/agents/demandes", "/inconnue"])
def test_a_forced_change_of_password_comes_before_any_page(page: str, browser: TestClient) -> None:
    for account_id in (parent(must_change_password=True), staff(must_change_password=True)):
        browser.cookies.set("portail_session", signed_in(account_id), domain=HOST, path="/")
        assert asked(browser, page) == (303, "/mot-de-passe")
        assert asked(browser, "/mot-de-passe") == OPENED


def test_a_dead_session_is_taken_back_and_the_page_says_why(browser: TestClient, at: Callable) -> None:
    start = clock.now()
    with at(start):
        browser.cookies.set("portail_session", signed_in(parent()), domain=HOST, path="/")
    with at(start + timedelta(minutes=60)):
        assert asked(browser, "/accueil") == (303, "/connexion?suite=/accueil")
        assert "portail_session" not in browser.cookies
        said = read_flash(f"portail_message={browser.cookies['portail_message']}", "/connexion")
    assert said is not None
    assert said.message == "Votre session est terminée. Identifiez-vous de nouveau."


def test_after_the_sign_out_no_page_opens_any_more(as_parent: TestClient) -> None:
    assert asked(as_parent, "/accueil") == OPENED
    auth.sign_out(as_parent.cookies["portail_session"])
    assert asked(as_parent, "/accueil") == (303, "/connexion?suite=/accueil")


@pytest.mark.parametrize(
    "path", ["/assets/root-cB9nOO_i.js", "/fonts/noto.woff2", "/portail.css", "/favicon.ico", "/robots.txt", "/ping"]
)
def test_the_files_of_the_build_are_for_everybody(path: str, browser: TestClient) -> None:
    assert asked(browser, path) == OPENED


@pytest.mark.parametrize(
    "path", ["/assets/../agents/demandes/index.html", "/agents/logo.png", "/_upload", "/_all_routes"]
)
def test_nothing_hides_behind_the_name_of_a_file(path: str) -> None:
    assert not passes("GET", path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/accueil"),
        ("POST", "/_upload"),
        ("POST", "/assets/root.js"),
        ("POST", "/session"),
        ("DELETE", "/session"),
        ("PUT", "/agents/demandes"),
        ("GET", "/_all_routes"),
        ("OPTIONS", "/accueil"),
        ("POST", "/connexion/"),
    ],
)
def test_what_no_table_names_is_refused_whoever_asks(method: str, path: str, browser: TestClient) -> None:
    for account_id in (parent(), staff(role=Role.ADMINISTRATOR)):
        browser.cookies.set("portail_session", signed_in(account_id), domain=HOST, path="/")
        assert browser.request(method, path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/accueil/../agents", "/mes-enfants/..", "//agents", "/./accueil", "/\\accueil", "/accueil\n"]
)
def test_a_devious_path_is_no_page(path: str) -> None:
    assert audience_of(path) is Audience.NOBODY


def test_the_gate_lets_the_routes_check_for_themselves_and_names_no_other() -> None:
    routes = [*sign_in.routes, *documents.routes]
    declared = {(method, route.path) for route in routes for method in route.methods or () if method != "HEAD"}
    assert {entry for entry in declared if "{" not in entry[1]} == OWN_CHECK
    assert all(passes(method, path) for method, path in declared)
    assert all(any(path.startswith(folder) for _, path in declared) for folder in OWN_CHECK_FOLDERS)


def test_only_the_event_websocket_opens(browser: TestClient) -> None:
    for path in ("/_event", "/_event/"):
        with browser.websocket_connect(path):
            pass
    for path in ("/", "/accueil", "/_event/autre"):
        with pytest.raises(WebSocketDisconnect) as closed, browser.websocket_connect(path):
            pass
        assert closed.value.code == 1008
