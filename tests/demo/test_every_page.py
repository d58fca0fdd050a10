"""The demo, served: everybody opens every page that is theirs, and nothing goes wrong behind it."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from portail_app import clock, db
from portail_app.demo.sign_ins import FIRST_TIME, SIGN_INS, DemoSignIn
from portail_app.http.destinations import Audience, audience_of, home_of
from portail_app.models.people import Account
from portail_app.pages.routes import ROUTES
from tests import accounts, protocol
from tests.demo.copies import Demos
from tests.portal import Portal, running, using
from tests.protocol import Page

PARENT, AGENT, NOBODY = "martin", "agent", ""
WHO = {Audience.PUBLIC: NOBODY, Audience.SIGNED_IN: FIRST_TIME, Audience.FAMILY: PARENT, Audience.STAFF: AGENT}
PAGES = {route.path: route for route in ROUTES if route.path != "/404"}
# How the notice of a refusal travels; the first values of all states are those of nobody.
REFUSAL = re.compile(r'tone_rx_state_": ?"refused"')
TROUBLE = re.compile(r"Traceback|\bERROR\b|\bWARNING\b|unexpected|refused|dropped|Deprecat", re.IGNORECASE)


@dataclass(frozen=True)
class Served:
    """The running demo, and the cookies of whoever signed in."""

    portal: Portal
    cookies: dict[str, str]

    async def open(self, path: str, who: str) -> Page:
        """Open a page as a browser does: the page over HTTP, then what fills it."""
        cookies = self.cookies.get(who, "")
        async with httpx.AsyncClient(base_url=self.portal.url, headers={"Cookie": cookies}) as browser:
            answer = await browser.get(path)
        assert answer.status_code == httpx.codes.OK, answer.headers.get("location")
        assert f"<title>{PAGES[path].title} · Portail Famille</title>" in answer.text
        async with Page(self.portal.url, path, cookies) as page:
            await page.settle()
            return page


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served-demo")
    url = Demos(sqlite_template, folder).copy(clock.now(), folder / "demo.db", folder)
    with using(url, folder):
        with db.reading() as session:
            ids = {account.identifier: account.id or 0 for account in session.exec(select(Account))}
        cookies = {row.identifier: protocol.cookie(accounts.signed_in(ids[row.identifier])) for row in SIGN_INS.rows}
    with running(url, folder) as portal:
        yield Served(portal, cookies)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_whom_it_is_for(served: Served, path: str) -> None:
    page = asyncio.run(served.open(path, WHO[audience_of(path)]))
    assert page.redirects == []
    expected = {handler.state_full_name for handler in PAGES[path].on_load}
    assert expected <= set(page.states)
    assert [name for name in expected if page.states[name].get("loaded") is False] == []
    assert [frame for frame in page.frames if REFUSAL.search(frame)] == []


@pytest.mark.parametrize("row", SIGN_INS.rows, ids=lambda row: row.identifier)
def test_everybody_who_can_be_tried_has_a_first_page(served: Served, row: DemoSignIn) -> None:
    async def first_page() -> str:
        headers = {"Cookie": served.cookies[row.identifier]}
        async with httpx.AsyncClient(base_url=served.portal.url, headers=headers) as browser:
            path = (await browser.get("/")).headers["location"]
        page = await served.open(path, row.identifier)
        assert page.redirects == []
        return path

    assert asyncio.run(first_page()) in {home_of("parent"), home_of("agent"), "/mot-de-passe"}


@pytest.mark.parametrize("path", ["/tarifs", "/agents/tarifs", "/accueil/tarifs", "/404"])
def test_an_address_that_is_no_page_is_not_found(served: Served, path: str) -> None:
    who = PARENT if path.startswith("/accueil") else AGENT
    answer = httpx.get(served.portal.url + path, headers={"Cookie": served.cookies[who]})
    assert answer.status_code == httpx.codes.NOT_FOUND


def test_nothing_went_wrong_behind_the_pages(served: Served) -> None:
    asyncio.run(served.open("/mes-enfants", PARENT))
    assert [line for line in served.portal.said.splitlines() if TROUBLE.search(line)] == []
