"""Which requests a hostile page cannot make in a parent's name."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from portail_app.http.same_origin import REFUSAL, SameOrigin

PUBLIC = "https://famille.leaz.fr"
COOKIE = {"cookie": "session=abc"}


def _answer(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("fait")


async def _websocket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(websocket.headers.get("origin", "sans origine"))
    await websocket.close()


def _browser(public_origin: str = PUBLIC, host: str = "famille.leaz.fr") -> TestClient:
    routes = [Route("/", _answer, methods=["GET", "POST", "DELETE"]), WebSocketRoute("/_event", _websocket)]
    return TestClient(SameOrigin(Starlette(routes=routes), public_origin), base_url=f"http://{host}")


def _post(browser: TestClient, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.post("/", headers={**COOKIE, **sent}).status_code


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (PUBLIC, 200),
        ("https://malveillant.example", 403),
        ("https://famille.leaz.fr.malveillant.example", 403),
        ("https://famille.leaz.fr:8443", 403),
        ("http://famille.leaz.fr", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_only_a_page_of_the_public_address_may_post(origin: str, status: int) -> None:
    assert _post(_browser(), origin=origin) == status


def test_the_refusal_says_what_to_do() -> None:
    answer = _browser().post("/", headers={"origin": "https://malveillant.example"})
    assert answer.text == REFUSAL


def test_any_method_that_changes_something_is_checked() -> None:
    assert _browser().delete("/", headers={"origin": "https://malveillant.example"}).status_code == 403


def test_a_link_from_another_site_opens_the_portal() -> None:
    assert (
        _browser().get("/", headers={"origin": "https://www.leaz.fr", "sec-fetch-site": "cross-site"}).status_code
        == 200
    )


def test_a_test_machine_may_be_reached_under_any_name() -> None:
    browser = _browser("http://localhost:8000", host="192.168.1.20:8000")
    assert _post(browser, origin="http://192.168.1.20:8000") == 200
    assert _post(browser, origin="http://192.168.1.20:9000") == 403


def test_behind_https_a_page_that_came_in_clear_may_not_post() -> None:
    browser = _browser(PUBLIC, host="portail.leaz.fr")
    assert _post(browser, origin="https://portail.leaz.fr") == 200
    assert _post(browser, origin="http://portail.leaz.fr") == 403


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 200), ("none", 200), ("same-site", 403), ("cross-site", 403)]
)
def test_without_origin_the_browser_says_whose_page_it_is(site: str, status: int) -> None:
    assert _post(_browser(), sec_fetch_site=site) == status


def test_without_any_of_these_a_cookie_is_not_enough() -> None:
    assert _browser().post("/", headers=COOKIE).status_code == 403


def test_a_server_that_acts_in_nobodys_name_may_notify() -> None:
    assert _browser().post("/").status_code == 200


def test_the_websocket_of_our_pages_opens_under_the_public_name() -> None:
    browser = _browser("http://localhost:8000", host="192.168.1.20:8000")
    with browser.websocket_connect(
        "ws://192.168.1.20:8000/_event", headers={"origin": "http://192.168.1.20:8000"}
    ) as websocket:
        assert websocket.receive_text() == "http://localhost:8000"


@pytest.mark.parametrize("origin", ["https://malveillant.example", "http://famille.leaz.fr", "null"])
def test_the_websocket_of_another_site_is_refused(origin: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        _browser().websocket_connect("ws://famille.leaz.fr/_event", headers={"origin": origin, **COOKIE}),
    ):
        pass
    assert refused.value.code == 1008


def test_a_program_that_is_no_browser_may_open_a_websocket() -> None:
    with _browser().websocket_connect("ws://famille.leaz.fr/_event") as websocket:
        assert websocket.receive_text() == "sans origine"
