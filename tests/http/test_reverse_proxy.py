"""One build, one start of `portail serve`: the same pages work under any name, any port, and https."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests import portal
from tests.commune import database_of_leaz
from tests.http.proxies import PUBLIC_NAME, certificate, relaying

pytestmark = pytest.mark.browser

ADDRESSES = ("direct", "another name and port", "https on another port")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """Give the certificate of the proxy."""
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def addresses(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, tls: ssl.SSLContext
) -> Iterator[dict[str, str]]:
    """Start one portal, and give the addresses under which it is reached."""
    folder = tmp_path_factory.mktemp("portal")
    url = database_of_leaz(sqlite_template, folder)
    with ExitStack() as stack:
        direct = stack.enter_context(portal.running(url, folder)).url
        backend = urlsplit(direct).port or 0
        clear = stack.enter_context(relaying(backend))
        secure = stack.enter_context(relaying(backend, tls))
        urls = (direct, f"http://{PUBLIC_NAME}:{clear}", f"https://{PUBLIC_NAME}:{secure}")
        yield dict(zip(ADDRESSES, urls, strict=True))


@pytest.fixture(scope="module")
def browser(launch: Callable[..., Browser]) -> Browser:
    """Open one browser that finds the public name on this machine."""
    return launch(f"--host-resolver-rules=MAP {PUBLIC_NAME} 127.0.0.1")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a tab that accepts the certificate of the test."""
    context = browser.new_context(ignore_https_errors=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_websocket_follows_the_address_of_the_page(page: Page, addresses: dict[str, str], address: str) -> None:
    url = addresses[address]
    with page.expect_websocket() as opening:
        page.goto(f"{url}/connexion")
    websocket = urlsplit(opening.value.url)
    asked = urlsplit(url)
    assert websocket.netloc == asked.netloc
    assert websocket.scheme == {"http": "ws", "https": "wss"}[asked.scheme]
    # The first message from the server: it accepted the connection.
    assert opening.value.wait_for_event("framereceived", timeout=10_000)
    assert not opening.value.is_closed()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_breaks_no_rule_of_its_own_security_policy(
    page: Page, addresses: dict[str, str], address: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{addresses[address]}/connexion", wait_until="networkidle")
    assert complaints == []


def test_the_page_is_not_redirected_elsewhere(page: Page, addresses: dict[str, str]) -> None:
    url = f"{addresses['https on another port']}/connexion"
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200
    assert page.url == url
    assert answer.request.redirected_from is None


def test_a_page_of_another_site_cannot_open_our_websocket(page: Page, addresses: dict[str, str]) -> None:
    page.goto(f"{addresses['another name and port']}/connexion")
    target = urlsplit(addresses["direct"]).netloc
    outcome = page.context.new_page()
    outcome.goto("data:text/html,<p>ailleurs</p>")
    closed = outcome.evaluate(
        """target => new Promise(resolve => {
            const socket = new WebSocket(`ws://${target}/_event/?EIO=4&transport=websocket&token=vol`);
            socket.onopen = () => resolve("open");
            socket.onerror = () => resolve("refused");
        })""",
        target,
    )
    assert closed == "refused"


def test_a_form_of_another_site_cannot_sign_anybody_in(page: Page, addresses: dict[str, str]) -> None:
    page.goto("data:text/html,<p>ailleurs</p>")
    with page.expect_response(lambda response: response.url.endswith("/connexion")) as answer:
        page.evaluate(
            """url => {
                const form = Object.assign(document.createElement("form"), {method: "post", action: url});
                document.body.append(form);
                form.submit();
            }""",
            f"{addresses['direct']}/connexion",
        )
    assert answer.value.status == 403
