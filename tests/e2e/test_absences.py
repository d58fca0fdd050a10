"""« Déclarer une absence »: what the form asks, what it keeps, what it does with a certificate."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import papers
from tests.e2e.conftest import WIDTHS, Visitor, forgive
from tests.e2e.homes import Home, cell, choice, close_since_yesterday, fontaine, notice, open_calendar

pytestmark = pytest.mark.usefixtures("data")
FIVE_MEBIBYTES = 5 * 1024 * 1024


@pytest.fixture
def home() -> Home:
    made = fontaine()
    made.book(*made.days[:4])
    return made


@WIDTHS
def test_what_was_chosen_and_typed_stays_when_the_absence_is_refused(
    visitor: Visitor, home: Home, viewport: dict[str, int]
) -> None:
    page = visitor(viewport, account=home.account)
    form = _open_form(page, home)
    _send(form)
    expect(form.get_by_text("Choisissez la raison de l’absence.")).to_be_visible()
    expect(form.get_by_label("Raison de l’absence")).to_be_focused()
    form.get_by_label("Raison de l’absence").select_option("family")
    form.get_by_label("Précision").fill("Chez sa grand-mère")
    _send(form)
    expect(form.get_by_text("Cochez la case pour confirmer l’absence.")).to_be_visible()
    expect(form.get_by_label("Je confirme l’absence")).to_be_focused()
    expect(form.get_by_label("Raison de l’absence")).to_have_value("family")
    expect(form.get_by_label("Précision")).to_have_value("Chez sa grand-mère")
    form.get_by_label("Je confirme l’absence").check()
    close_since_yesterday(home.canteen)
    _send(form)
    expect(form.get_by_text("Absence impossible à déclarer : il fallait prévenir avant le")).to_be_visible()
    expect(form.get_by_label("Précision")).to_have_value("Chez sa grand-mère")
    expect(form.get_by_label("Je confirme l’absence")).to_be_checked()
    assert home.asked() == []


def test_the_form_of_another_day_starts_empty_and_without_the_earlier_refusal(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    form = _open_form(page, home)
    form.get_by_label("Précision").fill("Chez sa grand-mère")
    _send(form)
    expect(form.get_by_text("Choisissez la raison de l’absence.")).to_be_visible()
    form.get_by_role("button", name="Annuler").click()
    _open_form_of(page, home, 1)
    expect(form.get_by_label("Précision")).to_have_value("")
    expect(form.get_by_text("Choisissez la raison de l’absence.")).to_be_hidden()


@pytest.mark.parametrize("way", ["Escape", "Annuler", "Fermer"])
def test_leaving_the_form_gives_the_focus_back_to_the_day(visitor: Visitor, home: Home, way: str) -> None:
    page = visitor(account=home.account)
    form = _open_form(page, home)
    if way == "Escape":
        page.keyboard.press("Escape")
    else:
        form.get_by_role("button", name=way).click()
    expect(form).to_be_hidden()
    expect(cell(page, home, home.days[0])).to_be_focused()


def test_a_certificate_is_asked_for_a_medical_reason_only(visitor: Visitor, home: Home) -> None:
    form = _open_form(visitor(account=home.account), home)
    expect(form.get_by_label("Certificat médical")).to_be_hidden()
    form.get_by_label("Raison de l’absence").select_option("medical")
    expect(form.get_by_label("Certificat médical")).to_be_visible()
    form.get_by_label("Raison de l’absence").select_option("school_trip")
    expect(form.get_by_label("Certificat médical")).to_be_hidden()


@WIDTHS
def test_a_file_that_is_no_pdf_nor_photo_is_refused_beside_the_field(
    visitor: Visitor, home: Home, viewport: dict[str, int], complaints: list[str]
) -> None:
    form = _medical(visitor(viewport, account=home.account), home)
    _choose(form, "certificat.pdf", b"MZ\x90\x00 not a paper")
    expect(
        form.get_by_role("alert").filter(has_text="Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG.")
    ).to_be_visible()
    expect(form.get_by_label("Certificat médical")).to_have_attribute("aria-invalid", "true")
    forgive(complaints, "422")
    _choose(form, "certificat.pdf", papers.pdf())
    expect(form.get_by_text("Fichier reçu : certificat.pdf")).to_be_visible()
    expect(form.get_by_label("Certificat médical")).to_have_attribute("aria-invalid", "false")


def test_a_file_of_more_than_5_mo_is_refused_before_it_leaves(visitor: Visitor, home: Home) -> None:
    page = visitor(account=home.account)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/pieces") else None)
    form = _medical(page, home)
    _choose(form, "film.pdf", b"%PDF-" + bytes(FIVE_MEBIBYTES - 4))
    expect(form.get_by_text("Ce fichier dépasse 5 Mo.")).to_be_visible()
    assert sent == []


def test_a_file_that_the_front_door_finds_too_large_is_refused_with_the_same_words(
    visitor: Visitor, home: Home, complaints: list[str]
) -> None:
    page = visitor(account=home.account)
    page.route("**/pieces", lambda route: route.fulfill(status=413, content_type="text/plain", body="Trop grand"))
    form = _medical(page, home)
    _choose(form, "certificat.pdf", papers.pdf())
    expect(form.get_by_text("Ce fichier dépasse 5 Mo.")).to_be_visible()
    forgive(complaints, "413")


def test_a_file_cut_by_the_network_can_be_chosen_again(visitor: Visitor, home: Home, complaints: list[str]) -> None:
    page = visitor(account=home.account)
    page.route("**/pieces", lambda route: route.abort(), times=1)
    form = _medical(page, home)
    _choose(form, "certificat.pdf", papers.pdf())
    expect(form.get_by_text("Le fichier n’a pas pu être envoyé.")).to_be_visible()
    forgive(complaints, "ERR_FAILED")
    _choose(form, "certificat.pdf", papers.pdf())
    expect(form.get_by_text("Fichier reçu : certificat.pdf")).to_be_visible()


@WIDTHS
def test_a_medical_absence_is_sent_without_its_certificate_which_is_joined_later(
    visitor: Visitor, home: Home, viewport: dict[str, int], complaints: list[str]
) -> None:
    page = visitor(viewport, account=home.account)
    form = _medical(page, home)
    form.get_by_label("Je confirme l’absence").check()
    _send(form)
    expect(form).to_be_hidden()
    expect(cell(page, home, home.days[0])).to_be_focused()
    expect(cell(page, home, home.days[0])).to_have_attribute("data-state", "Absence demandée")
    [asked] = home.asked()
    expect(notice(page, f"Absence déclarée, demande n° {asked.number}")).to_be_visible()

    page.get_by_role("link", name="Liste des demandes", exact=True).click()
    request = page.locator(f'[data-request="{asked.number}"]')
    expect(request.get_by_text("Certificat attendu")).to_be_visible()
    field = request.get_by_label(re.compile("^Joindre le certificat"))
    field.set_input_files({"name": "film.mov", "mimeType": "video/quicktime", "buffer": b"no paper"})
    expect(
        request.get_by_role("alert").filter(has_text="Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG.")
    ).to_be_visible()
    forgive(complaints, "422")
    field.set_input_files({"name": "certificat.png", "mimeType": "image/png", "buffer": papers.photo("PNG")})
    expect(request.get_by_text("Certificat reçu")).to_be_visible()
    expect(notice(page, f"Certificat joint à la demande n° {asked.number}.")).to_be_visible()
    expect(request.get_by_role("link", name="certificat.png")).to_be_visible()
    expect(field).to_have_count(0)


def _open_form(page: Page, home: Home) -> Locator:
    open_calendar(page, home)
    return _open_form_of(page, home, 0)


def _open_form_of(page: Page, home: Home, place: int) -> Locator:
    cell(page, home, home.days[place]).click()
    choice(page, "Déclarer une absence").click()
    form = page.get_by_role("dialog", name="Déclarer une absence")
    expect(form).to_be_visible()
    return form


def _medical(page: Page, home: Home) -> Locator:
    form = _open_form(page, home)
    form.get_by_label("Raison de l’absence").select_option("medical")
    return form


def _choose(form: Locator, name: str, content: bytes) -> None:
    field = form.get_by_label("Certificat médical")
    field.set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})


def _send(form: Locator) -> None:
    form.get_by_role("button", name="Déclarer l’absence").click()
