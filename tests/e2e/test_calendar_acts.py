"""What the calendar says of each day, what it lets a family do, and what it answers."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portail_app import clock
from portail_app.demo.sign_ins import STAFF_PASSWORD
from portail_app.ui import french
from tests import factories as make
from tests.e2e.conftest import PHONE, WIDTHS, Visitor, sign_in
from tests.e2e.homes import (
    Home,
    cell,
    choice,
    close_since_yesterday,
    fontaine,
    menu,
    notice,
    open_calendar,
    sibling,
)

SIX_PM, NINE_AM = "18\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00", "9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}00"
pytestmark = pytest.mark.usefixtures("data")


@pytest.fixture
def home() -> Home:
    return fontaine()


def test_the_name_of_a_cell_says_child_service_day_state_and_deadline(visitor: Visitor, home: Home) -> None:
    free, booked, asked = home.days[2:5]
    home.book(booked)
    home.ask(asked)
    page = visitor(account=home.account)
    open_calendar(page, home)
    eve = french.short_day(free - timedelta(days=1))
    expect(cell(page, home, free)).to_have_accessible_name(
        f"Lina, Cantine, {french.long_day(free)} : Non réservé, réservation possible jusqu’au {eve} à {SIX_PM}"
    )
    expect(cell(page, home, booked)).to_have_accessible_name(
        f"Lina, Cantine, {french.long_day(booked)} : Réservé, "
        f"absence possible jusqu’au {french.short_day(booked)} à {NINE_AM}"
    )
    expect(cell(page, home, asked)).to_have_accessible_name(
        f"Lina, Cantine, {french.long_day(asked)} : Réservation demandée"
    )


def test_on_a_phone_each_line_says_service_state_and_deadline_under_its_day(visitor: Visitor, home: Home) -> None:
    day = home.days[2]
    page = visitor(PHONE, account=home.account)
    open_calendar(page, home)
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", level=3, name=french.long_day(day)))
    line = card.get_by_role("button", name=re.compile("^Cantine"))
    expect(line).to_have_accessible_name(re.compile("Non réservé.*Réservation possible jusqu’au .* à 18\\sh\\s00"))


CLOSED = {
    "week-end": ("2027-05", "2027-05-22", "Week-end"),
    "public holiday": ("2027-07", "2027-07-14", "Fête nationale"),
    "school vacations": ("2027-02", "2027-02-16", "Vacances d’hiver"),
}


@pytest.mark.parametrize("kind", CLOSED)
def test_a_closed_day_offers_nothing_and_says_why(visitor: Visitor, home: Home, kind: str) -> None:
    month, day, why = CLOSED[kind]
    school_time_only = make.morning_care(name="Étude", weekdays="1111100", open_in_vacations=False)
    make.enrol(home.family.child_id, school_time_only)
    page = visitor(account=home.account)
    page.goto(f"/mes-enfants?enfant={home.family.child_id}&mois={month}")
    closed = page.locator(f'[role=grid] [data-cell="{school_time_only}:{day}"]')
    expect(closed).to_have_accessible_name(re.compile(f"^Lina, Étude, .* : {why}$"))
    closed.click()
    expect(menu(page)).to_be_visible()
    for act in ("Demande de Réservation", "Déclarer une absence"):
        expect(choice(page, act)).to_be_disabled()
        expect(choice(page, act)).to_contain_text(why)
        choice(page, act).press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(menu(page)).to_be_visible()
    assert home.asked() == []


@WIDTHS
def test_after_the_deadline_the_menu_refuses_and_says_since_when(
    visitor: Visitor, home: Home, viewport: dict[str, int]
) -> None:
    close_since_yesterday(home.canteen)
    page = visitor(viewport, account=home.account)
    open_calendar(page, home)
    day = home.days[1]
    cell(page, home, day).click()
    booking = choice(page, "Demande de Réservation")
    expect(booking).to_be_disabled()
    expect(booking).to_contain_text(f"impossible depuis {french.short_day(day - timedelta(days=60))} à 0")
    booking.press("Enter")
    expect(menu(page)).to_be_visible()
    assert home.asked() == []


@WIDTHS
def test_a_page_opened_before_the_deadline_hears_the_servers_refusal_and_shows_the_limit(
    visitor: Visitor, home: Home, viewport: dict[str, int]
) -> None:
    page = visitor(viewport, account=home.account)
    open_calendar(page, home)
    day = home.days[0]
    cell(page, home, day).click()
    close_since_yesterday(home.canteen)
    choice(page, "Demande de Réservation").click()
    expect(notice(page, "Réservation impossible : il fallait réserver avant le")).to_be_visible()
    expect(cell(page, home, day)).to_have_attribute("data-book", re.compile("^-impossible depuis .* délai dépassé$"))
    assert home.asked() == []


def test_a_double_click_on_the_act_makes_one_request_and_opens_nothing_else(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    cell(page, home, home.days[1]).click()
    choice(page, "Demande de Réservation").dblclick()
    expect(notice(page, "envoyée à la mairie")).to_be_visible()
    expect(menu(page)).to_be_hidden()
    assert len(home.asked()) == 1


def test_the_receipt_says_number_service_day_and_child(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    open_calendar(page, home)
    cell(page, home, home.days[1]).click()
    choice(page, "Demande de Réservation").click()
    expect(notice(page, f"Cantine, {french.long_day(home.days[1])}, {home.full_name}")).to_be_visible()
    [asked] = home.asked()
    expect(
        notice(
            page,
            f"Demande n° {asked.number} envoyée à la mairie : Cantine, {french.long_day(asked.on)}, {home.full_name}.",
        )
    ).to_be_visible()


@WIDTHS
def test_the_arrows_change_the_month_and_the_browser_goes_back_to_the_one_before(
    visitor: Visitor, home: Home, viewport: dict[str, int]
) -> None:
    page = visitor(viewport, account=home.account)
    page.goto(f"/mes-enfants?enfant={home.family.child_id}")
    heading = page.get_by_role("heading", level=2)
    this_month = french.month(clock.today())
    next_month = french.month(home.days[0])
    expect(heading.filter(has_text=this_month)).to_be_visible()
    page.get_by_role("link", name="Mois suivant").click()
    expect(heading.filter(has_text=next_month)).to_be_visible()
    page.go_back()
    expect(heading.filter(has_text=this_month)).to_be_visible()
    page.go_forward()
    expect(heading.filter(has_text=next_month)).to_be_visible()
    page.get_by_role("link", name="Mois précédent").click()
    expect(heading.filter(has_text=this_month)).to_be_visible()
    page.reload()
    expect(heading.filter(has_text=this_month)).to_be_visible()


@WIDTHS
def test_another_child_shows_their_own_days_of_the_same_month(
    visitor: Visitor, home: Home, viewport: dict[str, int]
) -> None:
    sibling(home, "Nora")
    home.book(home.days[0])
    page = visitor(viewport, account=home.account)
    open_calendar(page, home)
    expect(cell(page, home, home.days[0])).to_have_attribute("data-state", "Réservé")
    page.get_by_role("link", name="Nora").click()
    expect(page.get_by_role("link", name="Nora")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("heading", level=2, name=french.month(home.days[0]))).to_be_visible()
    expect(cell(page, home, home.days[0])).to_have_attribute("data-state", "Non réservé")
    cell(page, home, home.days[0]).click()
    choice(page, "Demande de Réservation").click()
    expect(notice(page, f"Cantine, {french.long_day(home.days[0])}, Nora Fontaine")).to_be_visible()


def test_the_calendar_and_the_home_page_change_by_themselves_when_an_agent_answers(
    visitor: Visitor, home: Home
) -> None:
    number = home.ask(home.days[0])
    calendar, welcome, agent = visitor(account=home.account), visitor(account=home.account), visitor()
    open_calendar(calendar, home)
    welcome.goto("/accueil")
    expect(welcome.get_by_text("1 demande en attente")).to_be_visible()
    expect(cell(calendar, home, home.days[0])).to_have_attribute("data-state", "Réservation demandée")
    _accept(agent, number)
    expect(cell(calendar, home, home.days[0])).to_have_attribute("data-state", "Réservé")
    expect(notice(calendar, f"Lina, cantine, {french.long_day(home.days[0])} : réservé.")).to_be_visible()
    expect(welcome.get_by_text("1 demande en attente")).to_be_hidden()
    expect(welcome.get_by_role("listitem").filter(has_text=number).get_by_text("Acceptée", exact=True)).to_be_visible()


def test_what_one_parent_asks_is_shown_to_the_other_at_once(visitor: Visitor, home: Home) -> None:
    mother, father = visitor(account=home.account), visitor(account=home.family.conjoint.account_id)
    open_calendar(mother, home)
    open_calendar(father, home)
    cell(mother, home, home.days[0]).click()
    choice(mother, "Demande de Réservation").click()
    expect(cell(father, home, home.days[0])).to_have_attribute("data-state", "Réservation demandée")


def _accept(page: Page, number: str) -> None:
    sign_in(page, "agent", STAFF_PASSWORD)
    page.get_by_label("Chercher").fill(number)
    page.get_by_role("button", name=f"Accepter la demande {number}").click()
    expect(notice(page, f"Demande n° {number} acceptée")).to_be_visible()
