"""No page, in any of its states, has a fault that axe-core can see; the keyboard and screen readers find their way."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from portail_app.demo.sign_ins import FIRST_PASSWORD
from portail_app.pages.routes import ROUTES
from portail_app.ui.navigation import DEMO_STAFF_TABS, TABS
from tests import accounts
from tests import factories as make
from tests.e2e.conftest import PHONE, WIDE, Visitor, forgive
from tests.e2e.homes import Home, cell, choice, close_since_yesterday, fontaine, menu, notice, open_calendar
from tests.e2e.places import PLACES, Place, arrive, resident

pytestmark = pytest.mark.usefixtures("data")
EVERY_RULE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


@pytest.fixture
def home() -> Home:
    made = fontaine()
    made.book(*made.days[:2])
    made.ask(made.days[2])
    made.declare(made.days[1])
    return made


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_page_has_one_h1_its_own_title_its_language_and_no_violation_at_both_widths_by_day_and_by_night(
    visitor: Visitor, home: Home, place: Place, complaints: list[str]
) -> None:
    page = visitor(account=resident(place, home))
    arrive(page, place.path)
    expect(page.locator("h1")).to_have_count(1)
    expect(page).to_have_title(f"{place.title} · Portail Famille")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    _require_sound(page)
    if place.path == "/404":
        forgive(complaints, "404")


def test_no_two_pages_have_the_same_title() -> None:
    titles = [route.title for route in ROUTES]
    assert len(set(titles)) == len(titles)


def test_the_menu_of_a_day_has_no_violation(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        cell(page, home, home.days[4]).click()
        expect(menu(page)).to_be_visible()
        _require_sound(page, viewport)
        page.keyboard.press("Escape")


def test_the_form_of_an_absence_has_no_violation_with_and_without_its_errors(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        cell(page, home, home.days[0]).click()
        choice(page, "Déclarer une absence").click()
        form = page.get_by_role("dialog", name="Déclarer une absence")
        form.get_by_label("Raison de l’absence").select_option("medical")
        _require_sound(page, viewport)
        form.get_by_role("button", name="Déclarer l’absence").click()
        expect(form.get_by_text("Cochez la case")).to_be_visible()
        _require_sound(page, viewport)
        form.get_by_role("button", name="Annuler").click()


def test_a_notice_has_no_violation_whatever_it_says(visitor: Visitor, home: Home) -> None:
    # A notice that fades in has, for a fifth of a second, the colours of a ghost.
    page = visitor(account=home.account, reduced_motion="reduce")
    open_calendar(page, home)
    cell(page, home, home.days[4]).click()
    choice(page, "Demande de Réservation").click()
    expect(notice(page, "envoyée à la mairie")).to_be_visible()
    # Being read, it does not leave by itself.
    page.get_by_role("status").get_by_role("button", name="Fermer").focus()
    _require_sound(page)
    cell(page, home, home.days[5]).click()
    close_since_yesterday(home.canteen)
    choice(page, "Demande de Réservation").click()
    expect(notice(page, "Réservation impossible")).to_be_visible()
    _require_sound(page)


def test_a_refusal_being_written_and_the_personal_menu_have_no_violation(visitor: Visitor, home: Home) -> None:
    page = visitor(account=make.agent().account_id)
    arrive(page, "/agents/demandes")
    page.get_by_label("Chercher").fill(home.full_name)
    expect(page.locator("[data-request]")).to_have_count(2)
    page.get_by_label(re.compile("^Refuser la demande")).first.click()
    page.get_by_role("button", name="Refuser la demande", exact=True).click()
    expect(page.get_by_text("Indiquez le motif du refus")).to_be_visible()
    _require_sound(page)
    page.get_by_role("button", name="Mon menu personnel").click()
    expect(page.get_by_role("button", name="Déconnexion", exact=True)).to_be_visible()
    _require_sound(page)


def test_a_failed_sign_in_and_a_password_being_chosen_have_no_violation(visitor: Visitor) -> None:
    page = visitor()
    page.goto("/connexion")
    page.get_by_label("Identifiant", exact=True).fill("perrin")
    page.get_by_label("Mot de passe", exact=True).fill(f"{FIRST_PASSWORD}?")
    page.get_by_role("button", name="Connexion", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    _require_sound(page)
    chooser = visitor(account=accounts.parent("axe.dupont", must_change_password=True))
    arrive(chooser, "/mot-de-passe")
    chooser.get_by_label("Nouveau mot de passe", exact=True).fill("abc")
    chooser.get_by_label("Nouveau mot de passe, encore une fois").fill("abc")
    chooser.get_by_role("button", name="Enregistrer").click()
    expect(chooser.get_by_text("Le mot de passe doit comporter")).to_be_visible()
    chooser.get_by_label("Nouveau mot de passe", exact=True).fill("Abc")
    _require_sound(chooser)


@pytest.mark.parametrize("tabs", [TABS, DEMO_STAFF_TABS], ids=["parents", "agents"])
def test_after_a_navigation_the_focus_is_on_the_title_and_not_at_the_first_load(
    visitor: Visitor, home: Home, tabs: tuple[Any, ...]
) -> None:
    working = [tab for tab in tabs if tab.works]
    page = visitor(account=home.account if tabs is TABS else make.agent().account_id)
    arrive(page, working[0].href)
    expect(page.get_by_role("heading", level=1)).not_to_be_focused()
    for tab in (*working[1:], working[0]):
        page.get_by_role("navigation", name="Rubriques").get_by_role("link", name=tab.label, exact=True).click()
        expect(page).to_have_url(re.compile(f"{tab.href}$"))
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page.get_by_role("navigation", name="Rubriques").locator("[aria-current=page]")).to_have_text(tab.label)


@pytest.mark.parametrize("path", ["/connexion", "/accueil", "/mes-enfants"])
def test_the_first_stop_of_the_tab_key_skips_to_the_content(visitor: Visitor, home: Home, path: str) -> None:
    page = visitor(account=None if path == "/connexion" else home.account)
    arrive(page, path)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{path}#contenu$"))
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)
    expect(page.locator(".skeleton")).to_have_count(0)


def _require_sound(page: Page, viewport: dict[str, int] | None = None) -> None:
    """Let axe-core judge everything by day on a desktop and by night on a phone, and the colours of the other two."""
    views = [(viewport, "light", EVERY_RULE), (viewport, "dark", CONTRAST)]
    if viewport is None:
        views = [
            (WIDE, "light", EVERY_RULE), (WIDE, "dark", CONTRAST),
            (PHONE, "dark", EVERY_RULE), (PHONE, "light", CONTRAST),
        ]  # fmt: skip
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    for size, scheme, rules in views:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("rules => axe.run(rules)", rules)["violations"]
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
