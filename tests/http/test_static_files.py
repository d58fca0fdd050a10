"""How the built pages reach a browser: at their address, compressed, kept for as long as they may be."""

import gzip
from pathlib import Path

import pytest
from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from portail_app.http.static_files import ASK_EACH_TIME, FOR_EVER, NEVER, ONE_DAY, StaticFiles, built_pages, lifetime

SCRIPT = "console.log('bonjour')"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Write what Reflex leaves after a build: each page twice, scripts named after their content."""
    for name in ("accueil", "agents/demandes"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(name)
        (tmp_path / f"{name}.html").write_text(name)
    (tmp_path / "404.html").write_text("introuvable")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "root-CjfURs7Y.js").write_text(SCRIPT)
    (tmp_path / "assets" / "root-CjfURs7Y.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (tmp_path / "portail.css").write_text("body{}")
    (tmp_path / "logo.svg").write_text("<svg/>")
    return tmp_path


@pytest.fixture
def browser(built: Path) -> TestClient:
    """Ask the portal without following redirections."""
    files = PrecompressedStaticFiles(directory=built, html=True, encodings=["gzip"])
    app = Starlette(routes=[Route("/privé", _private), Route("/accueil", _posted, methods=["POST"]), Mount("/", files)])
    return TestClient(StaticFiles(app, built), follow_redirects=False)


def _private(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("facture")


async def _posted(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("reçu")


@pytest.mark.parametrize("address", ["/accueil", "/accueil/", "/agents/demandes", "/agents/demandes/"])
def test_a_page_answers_at_its_address_without_redirection(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.text == address.strip("/")


def test_a_page_is_asked_for_each_time_and_not_sent_twice(browser: TestClient) -> None:
    answer = browser.get("/accueil")
    assert answer.headers["cache-control"] == "no-cache"
    again = browser.get("/accueil", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers.get("cache-control", "no-cache") == "no-cache"


def test_a_file_named_after_its_content_is_kept_for_ever(browser: TestClient) -> None:
    assert browser.get("/assets/root-CjfURs7Y.js").headers["cache-control"] == FOR_EVER


def test_a_browser_that_reads_gzip_receives_the_compressed_file(browser: TestClient) -> None:
    compressed = browser.get("/assets/root-CjfURs7Y.js", headers={"accept-encoding": "gzip"})
    assert compressed.headers["content-encoding"] == "gzip"
    assert compressed.text == SCRIPT
    plain = browser.get("/assets/root-CjfURs7Y.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == SCRIPT


def test_what_a_route_answers_is_kept_by_nobody(browser: TestClient) -> None:
    assert browser.get("/privé").headers["cache-control"] == NEVER


def test_an_unknown_address_is_not_found_and_not_kept(browser: TestClient) -> None:
    answer = browser.get("/ailleurs")
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == NEVER


def test_a_form_sent_to_the_address_of_a_page_reaches_its_route(browser: TestClient) -> None:
    assert browser.post("/accueil").text == "reçu"


def test_no_address_leads_outside_the_built_folder(browser: TestClient, built: Path) -> None:
    (built.parent / "secret.html").write_text("secret")
    for address in ("/../secret", "/%2e%2e/secret", "/..%2fsecret.html"):
        assert "secret" not in browser.get(address).text


def test_before_any_build_there_is_no_page(tmp_path: Path) -> None:
    assert built_pages(tmp_path / "absent") == {}


@pytest.mark.parametrize(
    ("path", "query", "status", "content_type", "expected"),
    [
        ("/assets/index-KK1pcrW0.js", b"", 200, "text/javascript", FOR_EVER),
        ("/assets/style-BM26-UC_.css", b"", 206, "text/css", FOR_EVER),
        ("/assets/plain.js", b"", 200, "text/javascript", ASK_EACH_TIME),
        ("/assets/index-KK1pcrW0.js", b"", 404, "text/html", NEVER),
        ("/portail.css", b"", 200, "text/css", ASK_EACH_TIME),
        ("/calendar.js", b"v=1f2e3d", 200, "text/javascript", FOR_EVER),
        ("/calendar.js", b"w=1f2e3d", 200, "text/javascript", ASK_EACH_TIME),
        ("/accueil", b"v=1f2e3d", 200, "text/html", ASK_EACH_TIME),
        ("/fonts/texte.woff2", b"", 200, "font/woff2", ONE_DAY),
        ("/logo.svg", b"", 200, "image/svg+xml", ONE_DAY),
        ("/accueil", b"", 200, "text/html; charset=utf-8", ASK_EACH_TIME),
        ("/accueil", b"", 302, "", NEVER),
        ("/factures/2026-0001", b"", 200, "application/pdf", NEVER),
        ("/pieces/1", b"", 200, "image/png", NEVER),
        ("/session", b"", 200, "application/json", NEVER),
    ],
)
def test_how_long_each_kind_of_answer_is_kept(
    path: str, query: bytes, status: int, content_type: str, expected: str
) -> None:
    assert lifetime(path, query, status, content_type) == expected
