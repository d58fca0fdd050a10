"""The main job, end to end, in two browsers: a parent asks, an agent answers, the parent's page changes by itself."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from portail_app import clock
from portail_app.demo.sign_ins import FIRST_PASSWORD, FIRST_TIME, STAFF_PASSWORD
from portail_app.ui import french
from tests import papers
from tests.e2e.conftest import PHONE, WIDE, Visitor, sign_in

NEW_PASSWORD = "Tilleul-Vert-26"


@pytest.fixture(params=[WIDE, PHONE], ids=["1280", "390"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    return request.param


def test_a_parent_books_an_agent_answers_and_the_parents_page_changes_by_itself(
    visitor: Visitor, viewport: dict[str, int]
) -> None:
    parent, agent = visitor(viewport), visitor(viewport)
    _first_sign_in(parent, already_done=viewport == PHONE)
    _read_invoice(parent)
    booked = _ask_for_a_day(parent)
    absent = _declare_a_medical_absence(parent)
    parent.get_by_role("link", name="Liste des demandes").click()
    for number in (booked, absent):
        expect(_request(parent, number).get_by_text("En attente")).to_be_visible()

    sign_in(agent, "agent", STAFF_PASSWORD)
    agent.get_by_label("Chercher").fill(booked)
    _request(agent, booked).get_by_role("button", name="Accepter la demande").click()
    expect(_request(parent, booked).get_by_text("Acceptée")).to_be_visible()

    agent.get_by_label("Chercher").fill(absent)
    _refuse(agent, absent, "Le certificat n’est pas lisible.")
    expect(_request(parent, absent).get_by_text("Refusée")).to_be_visible()
    expect(_request(parent, absent)).to_contain_text("Le certificat n’est pas lisible.")
    _leave(parent)


def _first_sign_in(page: Page, *, already_done: bool) -> None:
    if already_done:
        sign_in(page, FIRST_TIME, NEW_PASSWORD)
    else:
        sign_in(page, FIRST_TIME, FIRST_PASSWORD)
        expect(page).to_have_url(re.compile("/mot-de-passe$"))
        page.get_by_label("Nouveau mot de passe", exact=True).fill(NEW_PASSWORD)
        page.get_by_label("Nouveau mot de passe, encore une fois").fill(NEW_PASSWORD)
        page.get_by_role("button", name="Enregistrer").click()
    expect(page).to_have_url(re.compile("/accueil$"))
    expect(page.get_by_role("heading", name="Bienvenue sur le Portail Famille")).to_be_visible()
    expect(page.get_by_role("heading", name="Factures impayées")).to_be_visible()


def _read_invoice(page: Page) -> None:
    link = page.get_by_role("link", name=re.compile("^Facture .* en PDF")).first
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def _ask_for_a_day(page: Page) -> str:
    page.get_by_role("link", name="Mes enfants", exact=True).first.click()
    page.get_by_role("link", name="Mois suivant").click()
    expect(page.get_by_role("heading", level=2, name=_month_after_this())).to_be_visible()
    name = _first_cell(page, 'data-book^="+"')
    _open_menu(page, name)
    page.get_by_role("menuitem", name="Demande de Réservation").click()
    number = _announced_number(page)
    expect(_cell(page, name)).to_have_attribute("data-state", "Réservation demandée")
    return number


def _declare_a_medical_absence(page: Page) -> str:
    name = _first_cell(page, 'data-absence^="+"][data-state="Réservé"')
    _open_menu(page, name)
    page.get_by_role("menuitem", name="Déclarer une absence").click()
    dialog = page.get_by_role("dialog", name="Déclarer une absence")
    dialog.get_by_label("Raison de l’absence").select_option("medical")
    dialog.get_by_label("Certificat médical").set_input_files(
        {"name": "certificat.png", "mimeType": "image/png", "buffer": papers.photo("PNG")}
    )
    expect(dialog.get_by_text("Fichier reçu")).to_be_visible()
    dialog.get_by_label("Je confirme l’absence").check()
    dialog.get_by_role("button", name="Déclarer l’absence").click()
    expect(dialog).to_be_hidden()
    expect(_cell(page, name)).to_have_attribute("data-state", "Absence demandée")
    return _announced_number(page)


def _refuse(page: Page, number: str, reason: str) -> None:
    request = _request(page, number)
    request.get_by_label("Refuser la demande").click()
    request.get_by_role("button", name="Refuser la demande", exact=True).click()
    expect(request.get_by_text("Indiquez le motif du refus")).to_be_visible()
    request.get_by_label("Motif du refus").fill(reason)
    request.get_by_role("button", name="Refuser la demande", exact=True).click()
    expect(request).to_be_hidden()


def _leave(page: Page) -> None:
    page.route("https://www.leaz.fr/**", lambda route: route.fulfill(body="Le site de la commune"))
    page.get_by_role("button", name="Mon menu personnel").click()
    page.get_by_role("button", name="Déconnexion").click()
    page.wait_for_url("https://www.leaz.fr/**")
    page.goto("/accueil")
    expect(page).to_have_url(re.compile("/connexion"))


def _first_cell(page: Page, attribute: str) -> str:
    return page.locator(f"[data-cell][{attribute}]:visible").first.get_attribute("data-cell") or ""


def _cell(page: Page, name: str) -> Locator:
    return page.locator(f'[data-cell="{name}"]:visible')


def _open_menu(page: Page, name: str) -> None:
    _cell(page, name).click(button="right")
    expect(page.get_by_role("menu")).to_be_visible()


def _announced_number(page: Page) -> str:
    said = page.get_by_role("status").filter(has_text=re.compile(r"n°\s*D-")).inner_text()
    page.get_by_role("status").get_by_role("button", name="Fermer").click()
    found = re.search(r"D-\d{4}-\d{6}", said)
    assert found, said
    return found.group()


def _request(page: Page, number: str) -> Locator:
    return page.locator(f'[data-request="{number}"]')


def _month_after_this() -> str:
    today = clock.today()
    first = date(today.year + (today.month == 12), today.month % 12 + 1, 1)
    return french.month(first)
