"""How much a request may send."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from portail_app.http.body_limit import BodyLimit

LIMIT = 1024 * 1024


async def _receive(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def _disconnected(_request: Request) -> PlainTextResponse:
    raise ClientDisconnect


@pytest.fixture
def browser() -> TestClient:
    """Send to a route that reads all it is given."""
    routes = [Route("/", _receive, methods=["POST"]), Route("/parti", _disconnected, methods=["POST"])]
    return TestClient(BodyLimit(Starlette(routes=routes), LIMIT))


def _in_pieces(length: int) -> Iterator[bytes]:
    for start in range(0, length, 64 * 1024):
        yield b"x" * min(64 * 1024, length - start)


@pytest.mark.parametrize(("length", "status"), [(0, 200), (LIMIT, 200), (LIMIT + 1, 413)])
def test_the_limit_holds_for_an_announced_length(browser: TestClient, length: int, status: int) -> None:
    assert browser.post("/", content=b"x" * length).status_code == status


@pytest.mark.parametrize(("length", "status"), [(LIMIT, 200), (LIMIT + 1, 413), (5 * LIMIT, 413)])
def test_the_limit_holds_for_a_length_that_is_not_announced(browser: TestClient, length: int, status: int) -> None:
    assert browser.post("/", content=_in_pieces(length)).status_code == status


def test_the_refusal_says_the_limit(browser: TestClient) -> None:
    answer = browser.post("/", content=b"x" * (LIMIT + 1))
    assert answer.text == "Ce qui est envoyé dépasse 1 Mo, la taille permise."


def test_a_client_that_leaves_is_no_refusal(browser: TestClient) -> None:
    with pytest.raises(ClientDisconnect):
        browser.post("/parti", content=b"x")
