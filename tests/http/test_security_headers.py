"""What each answer tells a browser it may do."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from portail_app.http.security_headers import SecurityHeaders, inline_script_hashes

OWN = "import '/assets/accueil.js'"
EVERYWHERE = "document.body"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Write pages whose scripts differ."""
    (tmp_path / "index.html").write_text("<script>accueil()</script>")
    (tmp_path / "accueil.html").write_text(f'<script>{EVERYWHERE}</script><script type="module">{OWN}</script>')
    (tmp_path / "404.html").write_text(f"<script>{EVERYWHERE}</script>")
    return tmp_path


def _browser(built: Path, *, behind_https: bool = False) -> TestClient:
    answers = {
        "/": HTMLResponse("racine"),
        "/accueil": HTMLResponse("page"),
        "/inconnu": HTMLResponse("introuvable", 404),
        "/facture": Response(b"%PDF", media_type="application/pdf"),
        "/texte": PlainTextResponse("texte"),
        "/dessin": Response("<svg/>", media_type="image/svg+xml"),
        "/script": Response("1", media_type="text/javascript"),
        "/inchange": Response(status_code=304),
        "/propre": HTMLResponse("x", headers={"Content-Security-Policy": "sandbox"}),
    }

    def answer(request: Request) -> Response:
        if request.headers.get("if-none-match"):
            return Response(status_code=304)
        return answers[request.url.path]

    app = Starlette(routes=[Route(path, answer) for path in answers])
    return TestClient(SecurityHeaders(app, built, behind_https=behind_https))


def _policy(browser: TestClient, path: str) -> dict[str, str]:
    header = browser.get(path).headers["content-security-policy"]
    return dict(directive.split(" ", 1) for directive in header.split("; "))


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def test_a_page_runs_our_files_and_its_own_inline_scripts_only(built: Path) -> None:
    allowed = _policy(_browser(built), "/accueil")["script-src"].split()
    assert allowed == ["'self'", _hash(EVERYWHERE), _hash(OWN)]


def test_the_root_and_an_unknown_page_have_their_own_policy(built: Path) -> None:
    assert _hash("accueil()") in _policy(_browser(built), "/")["script-src"]
    assert _policy(_browser(built), "/inconnu")["script-src"] == f"'self' {_hash(EVERYWHERE)}"


def test_no_page_may_be_framed_nor_change_its_base(built: Path) -> None:
    policy = _policy(_browser(built), "/accueil")
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["object-src"] == "'none'"


def test_signing_out_may_lead_to_a_commune_that_has_no_https(built: Path) -> None:
    assert _policy(_browser(built), "/accueil")["form-action"].split() == ["'self'", "https:", "http:"]


def test_no_page_evaluates_text_nor_takes_foreign_styles(built: Path) -> None:
    policy = _policy(_browser(built), "/accueil")
    assert policy["style-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]


def test_a_pdf_may_be_shown_inside_our_own_pages(built: Path) -> None:
    assert _policy(_browser(built), "/facture") == {"frame-ancestors": "'self'"}


@pytest.mark.parametrize("path", ["/texte", "/dessin"])
def test_what_is_not_a_page_can_do_nothing(built: Path, path: str) -> None:
    assert _policy(_browser(built), path)["default-src"] == "'none'"


def test_a_script_carries_no_useless_header(built: Path) -> None:
    headers = _browser(built).get("/script").headers
    assert "content-security-policy" not in headers
    assert "permissions-policy" not in headers
    assert headers["x-content-type-options"] == "nosniff"


def test_a_page_not_modified_keeps_the_policy_of_the_page(built: Path) -> None:
    browser = _browser(built)
    again = browser.get("/accueil", headers={"if-none-match": "x"})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == browser.get("/accueil").headers["content-security-policy"]


def test_a_file_not_modified_says_nothing_of_policies(built: Path) -> None:
    assert "content-security-policy" not in _browser(built).get("/inchange").headers


def test_a_route_keeps_the_policy_it_sets(built: Path) -> None:
    assert _browser(built).get("/propre").headers["content-security-policy"] == "sandbox"


def test_https_is_asked_for_again_only_where_it_is_served(built: Path) -> None:
    assert "strict-transport-security" not in _browser(built).get("/accueil").headers
    secure = _browser(built, behind_https=True).get("/accueil").headers
    assert secure["strict-transport-security"] == "max-age=31536000"
    assert secure["cross-origin-opener-policy"] == "same-origin"


def test_without_any_build_only_our_files_run(tmp_path: Path) -> None:
    assert _policy(_browser(tmp_path / "absent"), "/accueil")["script-src"] == "'self'"


def test_the_hash_is_the_one_that_browsers_compute() -> None:
    # https://www.w3.org/TR/CSP3/ gives this example.
    assert inline_script_hashes("<script>doSomething();</script>") == [
        "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"
    ]


def test_a_script_in_a_file_needs_no_hash_and_a_repeated_one_needs_one() -> None:
    html = '<script src="/a.js"></script><script>b()</script><script async="">b()</script>'
    assert inline_script_hashes(html) == [_hash("b()")]
