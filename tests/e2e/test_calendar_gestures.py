"""One menu for the mouse, the finger and the keyboard; the keyboard never loses its place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from portail_app.ui import french
from tests.e2e.conftest import PHONE, WIDTHS, Visitor
from tests.e2e.homes import Home, cell, choice, fontaine, menu, open_calendar, sibling

pytestmark = pytest.mark.usefixtures("data")


def _press(key: str) -> Callable[[Locator], None]:
    def gesture(target: Locator) -> None:
        target.focus()
        target.press(key)

    return gesture


GESTURES = {
    "right click": lambda target: target.click(button="right"),
    "click": lambda target: target.click(),
    "Shift+F10": _press("Shift+F10"),
    "ContextMenu": _press("ContextMenu"),
    "Enter": _press("Enter"),
    "space": _press(" "),
}


@pytest.fixture
def home() -> Home:
    return fontaine()


@WIDTHS
def test_every_gesture_opens_the_same_menu_and_escape_gives_the_focus_back_to_the_day(
    visitor: Visitor, home: Home, viewport: dict[str, int]
) -> None:
    page = visitor(viewport, account=home.account)
    open_calendar(page, home)
    for gesture, day in zip(GESTURES.values(), home.days, strict=False):
        target = cell(page, home, day)
        gesture(target)
        expect(page.get_by_role("menu", name=f"Cantine, {french.long_day(day)}")).to_be_visible()
        expect(choice(page, "Demande de Réservation")).to_be_focused()
        expect(choice(page, "Déclarer une absence")).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu(page)).to_be_hidden()
        expect(target).to_be_focused()


@WIDTHS
def test_a_tap_opens_the_menu(visitor: Visitor, home: Home, viewport: dict[str, int]) -> None:
    page = visitor(viewport, account=home.account, has_touch=True)
    open_calendar(page, home)
    cell(page, home, home.days[3]).tap()
    expect(menu(page)).to_be_visible()


@WIDTHS
def test_a_finger_that_stays_opens_the_menu_and_lifting_it_leaves_the_menu_open(
    visitor: Visitor, home: Home, viewport: dict[str, int]
) -> None:
    page = visitor(viewport, account=home.account, has_touch=True)
    open_calendar(page, home)
    target = cell(page, home, home.days[3])
    finger = _Finger(page, target)
    finger.down()
    expect(menu(page)).to_be_visible()
    finger.up()
    # A tap further on is answered after whatever the lifting does.
    choice(page, "Demande de Réservation").tap()
    expect(target).to_have_attribute("data-state", "Réservation demandée")
    assert len(home.asked()) == 1


def test_a_finger_that_moves_is_scrolling_and_opens_nothing(visitor: Visitor, home: Home) -> None:
    page = visitor(PHONE, account=home.account, has_touch=True)
    open_calendar(page, home)
    first, second = cell(page, home, home.days[3]), cell(page, home, home.days[4])
    finger = _Finger(page, first)
    finger.down()
    finger.move(-60)
    finger.up()
    second.tap()
    expect(page.get_by_role("menu", name=f"Cantine, {french.long_day(home.days[4])}")).to_be_visible()


def test_a_click_beside_the_menu_closes_it(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    cell(page, home, home.days[2]).click()
    expect(menu(page)).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(menu(page)).to_be_hidden()


def test_the_arrows_go_round_the_acts_of_the_menu(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    cell(page, home, home.days[2]).press("Enter")
    book, absence = choice(page, "Demande de Réservation"), choice(page, "Déclarer une absence")
    expect(book).to_be_focused()
    for key, focused in (("ArrowDown", absence), ("ArrowDown", book), ("ArrowUp", absence), ("Home", book)):
        page.keyboard.press(key)
        expect(focused).to_be_focused()
    page.keyboard.press("End")
    expect(absence).to_be_focused()


def test_the_arrows_move_from_cell_to_cell_and_stop_at_the_edges(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    month = home.days[0]
    first, second = (_on(page, home.canteen, f"{month:%Y-%m}-{number:02}") for number in (1, 2))
    last = page.locator(f'[role=grid] [data-cell^="{home.canteen}:"]').last
    below = _on(page, home.evening, f"{month:%Y-%m}-02")
    corner = page.locator(f'[role=grid] [data-cell^="{home.evening}:"]').last
    first.focus()
    walk = (
        ("ArrowRight", second), ("ArrowDown", below), ("ArrowDown", below), ("ArrowUp", second), ("ArrowLeft", first),
        ("ArrowLeft", first), ("ArrowUp", first), ("End", last), ("ArrowRight", last), ("Home", first),
        ("Control+End", corner), ("Control+Home", first),
    )  # fmt: skip
    for key, reached in walk:
        page.keyboard.press(key)
        expect(reached).to_be_focused()


def test_the_tab_key_stops_once_in_the_grid_where_it_was_last(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    stops = page.locator('[role=grid] [data-cell][tabindex="0"]')
    expect(stops).to_have_count(1)
    page.get_by_role("link", name="Mois suivant").focus()
    page.keyboard.press("Tab")
    expect(stops).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    reached = _on(page, home.evening, f"{home.days[0]:%Y-%m}-02")
    expect(reached).to_be_focused()
    expect(stops).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator("[role=grid] :focus")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(reached).to_be_focused()


def test_a_shorter_month_keeps_a_stop_for_the_tab_key(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    page.goto(f"/mes-enfants?enfant={home.family.child_id}&mois=2028-01")
    _on(page, home.canteen, "2028-01-31").focus()
    page.get_by_role("link", name="Mois suivant").click()
    expect(page.get_by_role("heading", level=2, name="Février 2028")).to_be_visible()
    expect(page.locator('[role=grid] [data-cell][tabindex="0"]')).to_have_count(1)


def test_a_child_with_fewer_services_keeps_a_stop_for_the_tab_key(visitor: Visitor, home: Home) -> None:
    sibling(home, "Nora")
    page = visitor(account=home.account)
    open_calendar(page, home)
    _on(page, home.evening, home.days[0].isoformat()).focus()
    page.get_by_role("link", name="Nora").click()
    expect(page.get_by_role("grid", name="Calendrier de Nora")).to_be_visible()
    expect(page.locator('[role=grid] [data-cell][tabindex="0"]')).to_have_count(1)


def test_a_day_is_booked_by_keyboard_alone_from_the_sign_in_to_the_receipt(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    page.goto("/accueil")
    expect(page.get_by_role("heading", name="Bienvenue sur le Portail Famille")).to_be_visible()
    _tab_to(page, page.get_by_role("link", name="Mes enfants", exact=True).first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Mes enfants")).to_be_focused()
    _tab_to(page, page.get_by_role("link", name="Mois suivant"))
    page.keyboard.press("Enter")
    target = cell(page, home, home.days[-1])
    expect(target).to_be_visible()
    _tab_to(page, page.locator('[role=grid] [tabindex="0"]'))
    for _ in range(home.days[-1].day - 1):
        page.keyboard.press("ArrowRight")
    expect(target).to_be_focused()
    page.keyboard.press("Shift+F10")
    expect(choice(page, "Demande de Réservation")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".toast-region")).to_contain_text(f"Cantine, {french.long_day(home.days[-1])}, Lina")
    expect(target).to_be_focused()
    expect(target).to_have_attribute("data-state", "Réservation demandée")


class _Finger:
    """A finger on a touch screen, as the browser hears it."""

    def __init__(self, page: Page, target: Locator) -> None:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        self._at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        self._screen = page.context.new_cdp_session(page)

    def down(self) -> None:
        self._say("touchStart")

    def move(self, by: float) -> None:
        for _ in range(6):
            self._at[1] += by / 6
            self._say("touchMove")

    def up(self) -> None:
        self._screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def _say(self, kind: str) -> None:
        point = {"x": self._at[0], "y": self._at[1]}
        self._screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})


def _on(page: Page, service: int, day: str) -> Locator:
    return page.locator(f'[role=grid] [data-cell="{service}:{day}"]')


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; a page has fewer stops than this."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError("the Tab key never reaches it")
