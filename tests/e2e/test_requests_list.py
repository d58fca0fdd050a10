"""« Liste des demandes »: what was asked in the last month, filtered, taken back, answered before one's eyes."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from portail_app.rules.statuses import RequestKind
from portail_app.services import requests
from tests import factories as make
from tests.e2e.conftest import WIDTHS, Visitor
from tests.e2e.homes import Home, fontaine, notice

pytestmark = pytest.mark.usefixtures("data")


@pytest.fixture
def home() -> Home:
    return fontaine()


def test_a_family_that_asked_nothing_is_led_to_the_calendar(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    page.goto("/liste-des-demandes")
    expect(page.get_by_text("Aucune demande à montrer")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Mes enfants").click()
    expect(page.get_by_role("heading", level=1, name="Mes enfants")).to_be_visible()


@WIDTHS
def test_the_list_is_filtered_by_part_kind_and_state(visitor: Visitor, home: Home, viewport: dict[str, int]) -> None:
    home.book(home.days[1])
    booking, absence = home.ask(home.days[0]), home.declare(home.days[1])
    moved = requests.ask_contact_change(
        home.actor, home.family.id, RequestKind.ADDRESS, {"address": "14 rue de la Valserine"}
    ).number
    home.answer(booking, make.agent())
    page = visitor(viewport, account=home.account)
    page.goto("/liste-des-demandes")
    expect(page.locator("[data-request]")).to_have_count(3)
    for part, kind, state, shown in (
        ("mon-compte", "", "", {moved}),
        ("mes-enfants", "", "", {booking, absence}),
        ("mes-enfants", "absence", "", {absence}),
        ("mes-enfants", "reservation", "accepted", {booking}),
        ("mes-enfants", "reservation", "refused", set()),
    ):
        page.get_by_label("État").select_option("")
        page.get_by_label("Rubrique", exact=True).select_option(part)
        expect(page.get_by_label("Type de demande")).to_have_value("")
        page.get_by_label("Type de demande").select_option(kind)
        page.get_by_label("État").select_option(state)
        expect(page.locator("[data-request]")).to_have_count(len(shown))
        for number in shown:
            expect(_request(page, number)).to_be_visible()


@WIDTHS
def test_a_pending_request_is_taken_back_and_its_day_is_free_again(
    visitor: Visitor, home: Home, viewport: dict[str, int]
) -> None:
    number = home.ask(home.days[0])
    page, calendar = visitor(viewport, account=home.account), visitor(viewport, account=home.account)
    calendar.goto(home.address)
    day = calendar.locator(f'[data-cell="{home.cell(home.days[0])}"]:visible')
    expect(day).to_have_attribute("data-state", "Réservation demandée")
    page.goto("/liste-des-demandes")
    _request(page, number).get_by_role("button", name=f"Retirer la demande {number}").click()
    expect(notice(page, f"Demande n° {number} retirée.")).to_be_visible()
    expect(_request(page, number).get_by_text("Retirée", exact=True)).to_be_visible()
    expect(_request(page, number).get_by_role("button")).to_have_count(0)
    expect(day).to_have_attribute("data-state", "Non réservé")


def test_a_request_answered_meanwhile_cannot_be_taken_back_and_shows_its_answer(visitor: Visitor, home: Home) -> None:
    number = home.ask(home.days[0])
    page = visitor(account=home.account)
    page.goto("/liste-des-demandes")
    withdraw = _request(page, number).get_by_role("button", name=f"Retirer la demande {number}")
    expect(withdraw).to_be_visible()
    home.answer(number, make.agent())
    withdraw.click()
    expect(page.locator(".toast-refused")).to_be_visible()
    expect(_request(page, number).get_by_text("Acceptée", exact=True)).to_be_visible()


def test_what_the_town_hall_enters_for_a_family_is_marked(visitor: Visitor, home: Home) -> None:
    number = requests.ask_booking(make.agent(), home.family.child_id, home.canteen, home.days[0]).number
    page = visitor(account=home.account)
    page.goto("/liste-des-demandes")
    expect(_request(page, number).get_by_text("saisi par la mairie")).to_be_visible()


def test_a_request_says_what_for_whom_when_and_its_number(visitor: Visitor, home: Home) -> None:
    number = home.ask(home.days[0])
    page = visitor(account=home.account)
    page.goto("/liste-des-demandes")
    request = _request(page, number)
    expect(request.get_by_role("heading", level=2)).to_have_text(re.compile("^Réservation.*Cantine$"))
    expect(request).to_contain_text(home.full_name)
    expect(request).to_contain_text(f"Demande n° {number} envoyée")
    expect(request.get_by_text("En attente")).to_be_visible()


def _request(page: Page, number: str) -> Locator:
    return page.locator(f'[data-request="{number}"]')
