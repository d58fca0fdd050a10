"""Every page of the portal, with somebody whom it is for: what the tests of accessibility walk through."""

from dataclasses import dataclass

from playwright.sync_api import Page

from portail_app.http.destinations import Audience, audience_of
from portail_app.pages.routes import ROUTES
from tests import factories as make
from tests.e2e.homes import Home


@dataclass(frozen=True)
class Place:
    """A page, and who opens it: « parent », « agent », or nobody ("")."""

    path: str
    title: str
    who: str

    def __str__(self) -> str:
        """Name the place in the list of tests."""
        return self.path


WHO = {Audience.STAFF: "agent", Audience.PUBLIC: ""}
PLACES = [Place(route.path, route.title, WHO.get(audience_of(route.path), "parent")) for route in ROUTES]


def arrive(page: Page, path: str) -> None:
    """Open a page and wait until its content is there."""
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()
    page.locator(".skeleton").first.wait_for(state="detached")


def resident(place: Place, home: Home) -> int | None:
    """Return the account of somebody whom the page is for."""
    return {"parent": home.account, "agent": make.agent().account_id}.get(place.who)
