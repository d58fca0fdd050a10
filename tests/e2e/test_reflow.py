"""The smallest phone and the largest letters: nothing to scroll sideways for, nothing cut."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.e2e.conftest import WIDE, Visitor, forgive
from tests.e2e.homes import Home, cell, choice, fontaine, menu, notice, open_calendar
from tests.e2e.places import PLACES, Place, arrive, resident

pytestmark = pytest.mark.usefixtures("data")
SMALLEST = {"width": 320, "height": 568}
# Text that its own box cuts off: hidden overflow, with more inside than it shows.
CUT_TEXTS = """() => [...document.querySelectorAll("main *, footer *, nav *")]
  .filter((node) => node.checkVisibility() && !node.closest(".sr-only, thead") && node.innerText)
  .filter((node) => getComputedStyle(node).overflowX === "hidden" && node.scrollWidth > node.clientWidth + 1)
  .map((node) => node.outerHTML.slice(0, 120))"""


@pytest.fixture
def home() -> Home:
    made = fontaine()
    made.book(*made.days[:2])
    made.ask(made.days[2])
    make.invoice(made.family.id)
    return made


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_page_fits_in_320_pixels_and_with_letters_twice_as_large(
    visitor: Visitor, home: Home, place: Place, complaints: list[str]
) -> None:
    page = visitor(SMALLEST, account=resident(place, home))
    arrive(page, place.path)
    _require_no_sideways_scroll(page)
    assert page.evaluate(CUT_TEXTS) == []
    page.set_viewport_size(WIDE)
    _double_the_letters(page)
    _require_no_sideways_scroll(page)
    assert page.evaluate(CUT_TEXTS) == []
    if place.path == "/404":
        forgive(complaints, "404")


@pytest.mark.parametrize("double", [False, True], ids=["usual letters", "letters twice as large"])
def test_the_menu_the_form_of_an_absence_and_the_receipt_fit_in_320_pixels(
    visitor: Visitor, home: Home, double: bool
) -> None:
    page = visitor(SMALLEST, account=home.account)
    open_calendar(page, home)
    if double:
        _double_the_letters(page)
    cell(page, home, home.days[0]).click()
    _require_inside(page, ".day-menu")
    choice(page, "Déclarer une absence").click()
    form = page.get_by_role("dialog", name="Déclarer une absence")
    form.get_by_label("Raison de l’absence").select_option("medical")
    _require_inside(page, "#absence-dialog")
    form.get_by_role("button", name="Déclarer l’absence").click()
    expect(form.get_by_text("Cochez la case")).to_be_visible()
    form.get_by_role("button", name="Annuler").scroll_into_view_if_needed()
    form.get_by_role("button", name="Annuler").click()
    cell(page, home, home.days[4]).click()
    choice(page, "Demande de Réservation").click()
    expect(notice(page, "envoyée à la mairie")).to_be_visible()
    expect(menu(page)).to_be_hidden()
    _require_inside(page, ".toast")
    _require_no_sideways_scroll(page)


def test_an_agent_refuses_a_request_in_320_pixels(visitor: Visitor, home: Home) -> None:
    page = visitor(SMALLEST, account=make.agent().account_id)
    arrive(page, "/agents/demandes")
    page.get_by_label("Chercher").fill(home.full_name)
    expect(page.locator("[data-request]")).to_have_count(1)
    page.get_by_label(re.compile("^Refuser la demande")).first.click()
    expect(page.get_by_label("Motif du refus")).to_be_visible()
    _require_no_sideways_scroll(page)


def _double_the_letters(page: Page) -> None:
    """Do as a browser whose user has asked for text at 200 %."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")


def _require_no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def _require_inside(page: Page, selector: str) -> None:
    """Require that a thing which floats over the page is within the window, and scrolls only downwards."""
    box = page.locator(f"{selector}:visible").bounding_box()
    assert box is not None
    size = page.viewport_size
    assert size is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"]
    assert page.locator(f"{selector}:visible").evaluate("node => node.scrollWidth <= node.clientWidth")
