"""The town hall's queue: by mouse, by keyboard, many at once, and two agents at the same time."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from portail_app.access import Role
from portail_app.rules.statuses import AbsenceReason
from tests import factories as make
from tests.e2e.conftest import PHONE, WIDTHS, Visitor
from tests.e2e.homes import Home, cell, fontaine, notice, open_calendar

pytestmark = pytest.mark.usefixtures("data")


@pytest.fixture
def home() -> Home:
    return fontaine()


@pytest.fixture
def agent() -> int:
    return make.agent().account_id


@WIDTHS
def test_a_request_is_accepted_and_leaves_the_queue(
    visitor: Visitor, home: Home, agent: int, viewport: dict[str, int]
) -> None:
    number = home.ask(home.days[0])
    page = visitor(viewport, account=agent)
    _open_queue(page, home)
    _request(page, number).get_by_role("button", name=f"Accepter la demande {number}").click()
    expect(notice(page, f"Demande n° {number} acceptée : la famille est prévenue.")).to_be_visible()
    expect(_request(page, number)).to_be_hidden()
    assert [view.status for view in home.asked()] == ["accepted"]


@WIDTHS
def test_a_refusal_asks_a_reason_which_the_family_reads(
    visitor: Visitor, home: Home, agent: int, viewport: dict[str, int]
) -> None:
    number = home.ask(home.days[0])
    page, family = visitor(viewport, account=agent), visitor(viewport, account=home.account)
    family.goto("/liste-des-demandes")
    _open_queue(page, home)
    request = _request(page, number)
    request.get_by_label(f"Refuser la demande {number}").click()
    request.get_by_role("button", name="Refuser la demande", exact=True).click()
    expect(request.get_by_text("Indiquez le motif du refus : la famille le lira.")).to_be_visible()
    request.get_by_label("Motif du refus").fill("La classe est en sortie.")
    request.get_by_role("button", name="Refuser la demande", exact=True).click()
    expect(request).to_be_hidden()
    expect(_request(family, number).get_by_text("Refusée", exact=True)).to_be_visible()
    expect(_request(family, number)).to_contain_text("Motif du refus : La classe est en sortie.")


def test_the_arrows_go_from_request_to_request_a_accepts_and_the_next_one_takes_the_focus(
    visitor: Visitor, home: Home, agent: int
) -> None:
    first, second, third = (home.ask(day) for day in home.days[:3])
    page = visitor(account=agent)
    _open_queue(page, home)
    page.keyboard.press("ArrowDown")
    for key, reached in (("ArrowDown", second), ("ArrowDown", third), ("ArrowDown", first), ("ArrowUp", third)):
        page.keyboard.press(key)
        expect(_request(page, reached)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("a")
    expect(_request(page, second)).to_be_hidden()
    expect(_request(page, third)).to_be_focused()
    assert {view.number: view.status for view in home.asked()} == {
        first: "pending",
        second: "accepted",
        third: "pending",
    }


def test_r_opens_the_refusal_where_letters_are_only_letters(visitor: Visitor, home: Home, agent: int) -> None:
    number = home.ask(home.days[0])
    page = visitor(account=agent)
    _open_queue(page, home)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("R")
    reason = _request(page, number).get_by_label("Motif du refus")
    expect(reason).to_be_focused()
    page.keyboard.type("a r")
    expect(reason).to_have_value("a r")
    assert [view.status for view in home.asked()] == ["pending"]


def test_the_ticked_requests_are_accepted_at_once_and_the_others_wait(visitor: Visitor, home: Home, agent: int) -> None:
    numbers = [home.ask(day) for day in home.days[:3]]
    page = visitor(account=agent)
    _open_queue(page, home)
    page.get_by_label("Tout cocher").check()
    for number in numbers:
        expect(page.get_by_label(f"Cocher la demande {number}")).to_be_checked()
    page.get_by_label(f"Cocher la demande {numbers[1]}").uncheck()
    page.get_by_role("button", name="Accepter les demandes cochées").click()
    asked = page.get_by_role("dialog", name="Accepter ces demandes ?")
    expect(asked).to_contain_text("Vous avez coché 2 demandes.")
    asked.get_by_role("button", name="Accepter").click()
    expect(asked).to_be_hidden()
    expect(notice(page, "2 demandes acceptées.")).to_be_visible()
    expect(_request(page, numbers[0])).to_be_hidden()
    expect(_request(page, numbers[1])).to_be_visible()
    assert sorted(view.number for view in home.asked() if view.status == "accepted") == [numbers[0], numbers[2]]


def test_a_batch_says_how_many_certificates_are_missing_and_can_be_left_undone(
    visitor: Visitor, home: Home, agent: int
) -> None:
    home.ask(home.days[0])
    home.book(home.days[1])
    home.declare(home.days[1], AbsenceReason.MEDICAL)
    page = visitor(account=agent)
    _open_queue(page, home)
    page.get_by_label("Tout cocher").check()
    page.get_by_role("button", name="Accepter les demandes cochées").click()
    asked = page.get_by_role("dialog", name="Accepter ces demandes ?")
    expect(asked).to_contain_text("Vous avez coché 2 demandes, dont 1 sans son certificat.")
    asked.get_by_role("button", name="Annuler").click()
    expect(asked).to_be_hidden()
    assert {view.status for view in home.asked()} == {"pending"}


def test_a_batch_of_nothing_says_to_tick_first(visitor: Visitor, home: Home, agent: int) -> None:
    home.ask(home.days[0])
    page = visitor(account=agent)
    _open_queue(page, home)
    page.get_by_role("button", name="Accepter les demandes cochées").click()
    expect(notice(page, "Cochez d’abord les demandes à accepter.")).to_be_visible()


def test_the_search_forgives_accents_and_the_filters_choose_kind_and_state(
    visitor: Visitor, home: Home, agent: int
) -> None:
    home.book(home.days[1])
    booking, absence = home.ask(home.days[0]), home.declare(home.days[1])
    page = visitor(account=agent)
    page.goto("/agents/demandes")
    page.get_by_label("Chercher").fill(home.full_name.replace("i", "ï"))
    expect(page.locator("[data-request]")).to_have_count(2)
    page.get_by_label("Type de demande").select_option("absence")
    expect(_request(page, booking)).to_be_hidden()
    expect(_request(page, absence)).to_be_visible()
    page.get_by_label("État").select_option("accepted")
    expect(page.get_by_text("Aucune demande à montrer")).to_be_visible()
    page.get_by_label("Type de demande").select_option("")
    page.get_by_label("État").select_option("")
    expect(page.locator("[data-request]")).to_have_count(2)
    page.get_by_label("Chercher").fill(booking)
    expect(_request(page, absence)).to_be_hidden()
    expect(_request(page, booking)).to_be_visible()


def test_of_two_agents_the_second_sees_what_the_first_decided(visitor: Visitor, home: Home, agent: int) -> None:
    number = home.ask(home.days[0])
    first, second = visitor(account=agent), visitor(account=make.agent("Paul Rey").account_id)
    _open_queue(first, home)
    _open_queue(second, home)
    accept = f"Accepter la demande {number}"
    first.get_by_role("button", name=accept).click()
    expect(_request(first, number)).to_be_hidden()
    expect(_request(second, number)).to_be_hidden()
    second.get_by_label("État").select_option("accepted")
    expect(_request(second, number).get_by_text("Acceptée", exact=True)).to_be_visible()


def test_of_two_agents_on_one_request_the_slower_is_told_that_it_is_answered(
    visitor: Visitor, home: Home, agent: int
) -> None:
    number = home.ask(home.days[0])
    page = visitor(account=agent)
    _open_queue(page, home)
    # Answered from elsewhere: this page has not heard of it yet.
    home.answer(number, make.agent("Paul Rey"))
    _request(page, number).get_by_role("button", name=f"Accepter la demande {number}").click()
    expect(page.locator(".toast-refused")).to_contain_text("déjà")
    expect(_request(page, number)).to_be_hidden()


def test_a_request_that_a_family_sends_appears_in_the_open_queue(visitor: Visitor, home: Home, agent: int) -> None:
    page, family = visitor(account=agent), visitor(PHONE, account=home.account)
    page.goto("/agents/demandes")
    expect(page.get_by_label("Chercher")).to_be_visible()
    page.get_by_label("Chercher").fill(home.full_name)
    expect(page.get_by_text("Aucune demande à montrer")).to_be_visible()
    open_calendar(family, home)
    cell(family, home, home.days[0]).click()
    family.get_by_role("menuitem", name="Demande de Réservation").click()
    expect(page.locator("[data-request]")).to_have_count(1)


@pytest.mark.parametrize("role", [Role.ANIMATOR, Role.REGISSEUR])
def test_who_does_not_answer_requests_is_told_so(visitor: Visitor, home: Home, role: Role) -> None:
    home.ask(home.days[0])
    page = visitor(account=make.agent("Hugo Ferrand", role).account_id)
    page.goto("/agents/demandes")
    expect(page.get_by_text("Votre profil n’a pas encore de page ici")).to_be_visible()
    expect(page.locator("[data-request]")).to_have_count(0)


def _open_queue(page: Page, home: Home) -> None:
    """Show the requests of this family only: other tests leave theirs."""
    page.goto("/agents/demandes")
    page.get_by_label("Chercher").fill(home.full_name)
    expect(page.locator("[data-request]").filter(has_not_text=home.full_name)).to_have_count(0)
    expect(page.locator("[data-request]").filter(has_text=re.compile(home.full_name)).first).to_be_visible()
    page.get_by_role("heading", level=1).click()


def _request(page: Page, number: str) -> Locator:
    return page.locator(f'[data-request="{number}"]')
