"""Another web site cannot make a parent's browser speak for the parent."""

import asyncio
from urllib.parse import urlsplit

import pytest

from tests.guards.conftest import Town
from tests.guards.test_routes import REQUESTS
from tests.protocol import Refusal

FOREIGN = ("https://evil.example", "http://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1.evil.example")
POSTS = [line.partition(" ")[2] for line in REQUESTS if line.startswith("POST")]


def _foreign(town: Town) -> list[str]:
    port = urlsplit(town.url).port or 0
    return [
        *FOREIGN,
        f"http://localhost.evil.example:{port}",
        f"http://127.0.0.1:{port + 1}",
        f"{town.url}.evil.example",
    ]


def test_a_websocket_opened_by_another_site_is_refused(town: Town) -> None:
    async def open_from(origin: str) -> None:
        page = town.page("/accueil", "parent", origin=origin)
        with pytest.raises(Refusal):
            await page.connect()
        assert page.frames == []

    for origin in _foreign(town):
        asyncio.run(open_from(origin))


def test_a_websocket_of_our_own_pages_is_accepted(town: Town) -> None:
    async def open_it() -> None:
        async with town.page("/accueil", "parent", origin=town.url) as page:
            assert page.state("session_state")["person"] == "Claire Perrin"

    asyncio.run(open_it())


def test_a_websocket_elsewhere_than_at_its_address_is_refused(town: Town) -> None:
    async def open_it(path: str) -> None:
        page = town.page("/accueil", "parent", socket_path=path)
        with pytest.raises(Refusal):
            await page.connect()

    for path in ("/", "/accueil", "/_event/../accueil", "/session"):
        asyncio.run(open_it(path))


@pytest.mark.parametrize("path", POSTS)
def test_a_form_sent_by_another_site_is_refused_and_ends_no_session(town: Town, path: str) -> None:
    before = town.content()
    cookie = town.scene.cookie(town.scene.perrin.responsable)
    for origin in _foreign(town):
        answer = town.ask("POST", path, headers={"Cookie": cookie, "Origin": origin}, data={"identifier": "x"})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers
    assert town.ask("GET", "/session", headers={"Cookie": cookie}).status_code == 200
    assert town.content() == before


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_without_an_origin_the_browsers_own_word_counts(town: Town, site: str) -> None:
    cookie = town.scene.cookie(town.scene.perrin.responsable)
    for path in POSTS:
        answer = town.ask("POST", path, headers={"Cookie": cookie, "Sec-Fetch-Site": site})
        assert answer.status_code == 403


def test_another_site_cannot_read_what_a_parent_reads(town: Town) -> None:
    cookie = town.scene.cookie(town.scene.perrin.responsable)
    for path in ("/session", f"/factures/{town.scene.invoice_id}.pdf", "/accueil"):
        answer = town.ask("GET", path, headers={"Cookie": cookie, "Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
